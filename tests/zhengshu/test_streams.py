"""Compressed files, tables and patterns give the articles that plain files give."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from schemas import Article
from zhengshu import compression, ingest


def ids(*inputs: object, **options: object) -> list[str]:
    found = ingest.read([str(each) for each in inputs], **options)  # type: ignore[arg-type]
    return [article.id if isinstance(article, Article) else str(article) for article in found]


def packed(folder: Path) -> dict[str, Path]:
    """Write three articles in every form of file."""
    records = [{"id": f"a{i}", "text": f"共{i}项。", "published": f"2024-01-0{i + 1}"} for i in range(3)]
    body = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    paths = {suffix: folder / f"in{suffix}" for suffix in ingest.SUFFIXES if suffix != ".txt"}
    for suffix, path in paths.items():
        if suffix == ".parquet":
            pq.write_table(pa.Table.from_pylist(records), path)
        else:
            with path.open("wb") as raw, compression.writing(raw, path.name) as file:
                file.write(body)
    return paths


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"])
def test_every_form_of_file_gives_the_same_articles(tmp_path: Path, suffix: str):
    path = packed(tmp_path)[suffix]
    articles = [article for article in ingest.read([str(path)]) if isinstance(article, Article)]
    assert [(a.id, a.text, str(a.published)) for a in articles] == [
        (f"a{i}", f"共{i}项。", f"2024-01-0{i + 1}") for i in range(3)
    ]
    assert articles[2].source == f"{path}:3"
    assert ingest.count([str(path)]) == 3


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst", ".parquet"])
def test_a_damaged_file_is_one_sentence_behind_what_it_gave(tmp_path: Path, suffix: str):
    path = packed(tmp_path)[suffix]
    path.write_bytes(path.read_bytes()[:-12])
    *_, last = ids(path)
    assert last.startswith(f"{path}: ")
    assert "damaged or cut off" in last or "this Parquet file cannot be read" in last
    assert ingest.count([str(path)]) is None


def test_patterns_find_files_and_make_the_ids_of_a_folder(tmp_path: Path):
    for name in ("2024/a.txt", "2024/b.txt", "2025/c.txt", "2025/d.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("共3项。")
    assert ids(tmp_path / "*" / "*.txt") == ["2024__a", "2024__b", "2025__c"]
    assert ids(tmp_path / "2024" / "[ab].txt") == ["a", "b"]
    assert ids(tmp_path / "**" / "*.txt") == ids(tmp_path)
    assert ingest.count([f"{tmp_path}/2024/?.txt"]) == 2
    (none,) = ids(tmp_path / "*.jsonl")
    assert "no file matches the pattern" in none
    (tmp_path / "what[1].txt").write_text("共3项。")
    assert ids(tmp_path / "what[1].txt") == ["what[1]"]


def test_columns_with_other_names(tmp_path: Path):
    table = pa.table({"url": [1, 2], "body": ["共3项。", None], "day": [date(2024, 1, 5), None]})
    pq.write_table(table, tmp_path / "in.parquet")
    named = {"id": "url", "text": "body", "published": "day"}
    first, second = ingest.read([str(tmp_path / "in.parquet")], columns=named)
    assert isinstance(first, Article)
    assert (first.id, first.published) == ("1", date(2024, 1, 5))
    assert str(second).endswith('in.parquet, row 2: the record has no text; an article is {"id": …, "text": …}')
    (missing,) = ids(tmp_path / "in.parquet", columns={"id": "url"})
    assert missing.endswith("it has no column text; name one of url, body, day with --columns text=…")
    (tmp_path / "in.jsonl").write_text('{"url": "x", "body": "共3项。"}\n')
    assert ids(tmp_path / "in.jsonl", columns=named) == ["x"]


def test_what_is_no_parquet(tmp_path: Path):
    (tmp_path / "in.parquet").write_text("no table")
    (said,) = ids(tmp_path / "in.parquet")
    assert "this Parquet file cannot be read" in said
