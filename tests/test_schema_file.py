"""The JSON Schema in the repository is that of the code."""

import json
from pathlib import Path

from schemas import SCHEMA_VERSION, Extraction

FILE = Path(__file__).parents[1] / "docs" / "zhengshu.schema.json"


def test_the_published_schema_is_that_of_the_code():
    published = json.loads(FILE.read_text("utf-8"))
    now = Extraction.model_json_schema(mode="serialization")
    assert published == now, "write it anew: ./run zhengshu schema > docs/zhengshu.schema.json"
    assert published["properties"]["schema_version"]["const"] == SCHEMA_VERSION
