"""Data flows one way, and so do imports: see the house in the contract."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]

LAW = {
    "schemas": {"schemas", "pydantic", "pydantic_core"},  # pydantic_core is pydantic's own, and comes with it
    "extractors": {"schemas", "extractors", "regex"},
    "zhengshu": {
        *("schemas", "zhengshu", "pydantic", "jieba", "rjieba", "charset_normalizer", "tqdm", "pyarrow", "rensa"),
        # of extras, imported where they are used:
        *("numpy", "jinja2", "spacy", "watchfiles", "xlsxwriter", "pandas", "polars", "psycopg"),
    },
}
"""What each package may import besides the standard library."""

FILES = [path for package in LAW for path in sorted((HOUSE / package).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}, line {node.lineno}: imports are absolute"
            assert node.module is not None
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_import_law(path: Path):
    allowed = LAW[path.relative_to(HOUSE).parts[0]]
    roots = {name.split(".")[0] for name in imports(path)} - set(sys.stdlib_module_names)
    assert roots <= allowed, f"{path.name} imports {sorted(roots - allowed)}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_module_shadows_the_standard_library(path: Path):
    """Run as a file, a module named like one of the standard library would stand in its place."""
    assert path.stem not in sys.stdlib_module_names


def test_validation_knows_schemas_alone():
    roots = {name.split(".")[0] for name in imports(HOUSE / "zhengshu" / "validate.py")}
    assert roots - set(sys.stdlib_module_names) == {"schemas"}
