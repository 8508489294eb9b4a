"""What the documents say holds: commands run, the sentence gives what is shown, every field and table is named."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from pipeline import extract
from schemas import ArticleHeader, Extraction, Fact, Finding, Numeral, Ordinal, Period, Program, Quantity
from schemas.facts import Aspect, Basis, Direction
from schemas.mentions import Modifier, NumeralRole, OrdinalRole, PeriodType, ProgramType, Severity
from tests.corpus import NAMES, document
from zhengshu.export import formats
from zhengshu.export.observations import COLUMNS as OBSERVED
from zhengshu.fact_lines import COLUMNS
from zhengshu.tables import TABLES

HOUSE = Path(__file__).parents[1]
PIPELINE = HOUSE / "pipeline.py"
READMES = ["README.md", "README.zh-CN.md"]
DOCUMENTS = [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "corpus/README.md"]
COMMANDS = ["extract", "watch", "load", "validate", "evaluate", "explain", "gold", "export", "schema", "demo"]

BLOCK = re.compile(r"(?:^<!-- (?P<mark>[^\n]*) -->\n)?^```(?P<kind>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
"""A fenced block; the mark above it, ``runs``, says that a test runs it."""

LINK = re.compile(r"\]\((?P<file>[^)#:]*)(?:#(?P<heading>[^)]*))?\)")


def text(name: str) -> str:
    return (HOUSE / name).read_text("utf-8")


def blocks(name: str, kind: str, mark: str = "") -> list[str]:
    return [m["code"] for m in BLOCK.finditer(text(name)) if m["kind"] == kind and (m["mark"] or "").startswith(mark)]


def headings(name: str) -> list[str]:
    return re.findall(r"^(#+) ", BLOCK.sub("", text(name)), re.MULTILINE)


@pytest.fixture
def shell(tmp_path: Path):
    """Run shell commands as a reader in the source tree does, but in a folder where their output may lie."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "zhengshu"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{PIPELINE}" "$@"\n')
    command.chmod(0o755)
    place = tmp_path / "tree"
    place.mkdir()
    (place / "corpus").symlink_to(HOUSE / "corpus")
    environment = {**os.environ, "PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONUTF8": "1"}

    def run(code: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-eu", "-c", code], cwd=place, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    return run


@pytest.mark.parametrize("name", ["README.md", "corpus/README.md"])
def test_documented_commands_run_in_their_order(name: str, shell: Any):
    commands = blocks(name, "sh", "runs")
    assert commands
    for code in commands:
        ran = shell(code)
        assert ran.returncode == 0, f"{code}\n{ran.stderr}"
        assert " failed" not in ran.stderr


def test_every_command_has_an_example():
    examples = "".join(blocks("README.md", "sh", "runs"))
    for command in COMMANDS:
        assert re.search(rf"zhengshu {command}\b", examples), command
    assert sorted(re.findall(r'_command\(commands, "(\w+)"', text("pipeline.py"))) == sorted(COMMANDS)


def test_commands_of_run_are_those_documented():
    shown = "".join(blocks("README.md", "sh"))
    for command in ("demo", "test"):
        assert f"./run {command}\n" in shown
        assert f"\n{command})\n" in text("run")


def test_the_sentence_gives_the_records_shown(shell: Any):
    (command,) = blocks("README.md", "sh", "runs: sentence")
    shown = json.loads(blocks("README.md", "json")[0])
    read = json.loads(shell(command).stdout)
    assert {key: read[key] for key in shown} == shown
    assert shown["facts"]
    assert read["findings"] == [], "the README says that they are empty"
    sentence = re.search(r"^> (.*)$", text("README.md"), re.MULTILINE)
    assert sentence is not None
    assert sentence[1] in command


@pytest.mark.parametrize("name", READMES)
def test_the_lines_of_facts_are_those_shown_and_every_column_is_explained(name: str, shell: Any):
    (command,) = blocks(name, "sh", "runs: facts")
    (shown,) = blocks(name, "csv")
    assert shell(command).stdout.replace("\r\n", "\n") == shown
    (body,) = re.findall(r"^#### Lines of facts\n(.*?)(?=^##)", text(name), re.MULTILINE | re.DOTALL)
    table = "".join(line for line in body.splitlines() if line.startswith("| "))
    assert [column for column in COLUMNS if f"`{column}`" not in table] == []


EXAMPLES = list(zip(blocks("README.md", "python"), blocks("README.md", "text"), strict=True))


@pytest.mark.parametrize(("code", "printed"), EXAMPLES)
def test_python_example_prints_what_is_shown(code: str, printed: str):
    if "spacy" in code and not entry_points(group="spacy_factories", name="zhengshu"):
        pytest.skip("the entry point is not installed: pip install -e '.[spacy]'")
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, encoding="utf-8", check=False)
    assert ran.stdout == printed, ran.stderr
    assert ran.stderr == "" or "spacy" in code, "jieba tells spaCy's users what it loads"
    assert len(code.splitlines()) <= 7


def test_every_way_to_export_is_explained():
    for name in READMES:
        (body,) = re.findall(r"^### export\n(.*?)(?=^##)", text(name), re.MULTILINE | re.DOTALL)
        assert re.findall(r"^\| `([\w-]+)` \|", body, re.MULTILINE)[1 : 1 + len(formats.NAMES)] == list(formats.NAMES)
        table = "".join(line for line in body.splitlines() if line.startswith("| "))
        assert [column for column in (*TABLES, *OBSERVED) if f"`{column}`" not in table] == []


def test_both_languages_have_the_same_headings_and_the_same_blocks():
    english, chinese = READMES
    assert headings(english) == headings(chinese)
    assert [m[0] for m in BLOCK.finditer(text(english))] == [m[0] for m in BLOCK.finditer(text(chinese))]
    rows = [text(name).count("\n| ") for name in READMES]
    assert rows[0] == rows[1], "a row of a table is missing in one language"


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_tables_of_words_exist_and_all_are_named(name: str):
    named = set(re.findall(r"`((?:extractors|zhengshu)/[\w.]+\.(?:toml|csv|txt))`", text(name)))
    there = {path for folder in ("extractors", "zhengshu") for path in (HOUSE / folder).iterdir()}
    tables = {str(path.relative_to(HOUSE)) for path in there if path.suffix in (".toml", ".csv", ".txt")}
    assert named == tables


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_and_paths_lead_somewhere(name: str):
    here = (HOUSE / name).parent
    for link in LINK.finditer(text(name)):
        target = here / link["file"] if link["file"] else HOUSE / name
        assert target.exists(), link[0]
        if link["heading"]:
            titles = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.MULTILINE)
            assert link["heading"] in {title.lower().replace(" ", "-") for title in titles}, link[0]
    for path in re.findall(r"`((?:extractors|zhengshu|tests|benchmarks|schemas)/[\w./]*)`", text(name)):
        assert (HOUSE / path).exists(), path


SECTIONS: dict[str, tuple[type[BaseModel], tuple[object, ...]]] = {
    "article": (ArticleHeader, ()),
    "numbers": (Numeral, get_args(NumeralRole)),
    "quantities": (Quantity, get_args(Modifier)),
    "periods": (Period, get_args(PeriodType)),
    "ordinals": (Ordinal, get_args(OrdinalRole)),
    "programs": (Program, get_args(ProgramType)),
    "facts": (Fact, (*get_args(Aspect), *get_args(Direction), *get_args(Basis))),
    "findings": (Finding, get_args(Severity)),
}
COMMON = {"id", "start", "end", "text", "rule"}


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("part", SECTIONS)
def test_every_field_and_value_is_explained(name: str, part: str):
    model, values = SECTIONS[part]
    (body,) = re.findall(rf"^### {part}\n(.*?)(?=^##)", text(name), re.MULTILINE | re.DOTALL)
    fields = set(model.model_fields) - (COMMON if part not in ("article", "findings") else set())
    missing = [word for word in (*sorted(fields), *map(str, values)) if f"`{word}`" not in body]
    assert not missing


@pytest.mark.parametrize("name", READMES)
def test_every_key_of_the_document_is_explained(name: str):
    for key in (*Extraction.model_fields, *COMMON):
        assert f"`{key}`" in text(name)


GROWN, GRAIN = "新能源汽车产量从200万辆增加到300万辆，增长", "2024年，全市粮食产量725万吨。\n2024年，全市粮食产量"
CODES = {
    "numeral_unread": "产量 12 34",
    "line_joined": "全市粮食产量达到725万\n吨。",
    "region_inferred": "湖州市粮食产量725万吨。",
    "dimension_mismatch": "全市粮食产量达到725亿元。",
    "share_over_100": "全市粮食产量占全省的105%。",
    "growth_confirmed": f"{GROWN}50%。",
    "growth_mismatch": f"{GROWN}60%。",
    "sum_confirmed": "粮食产量725万吨，其中早稻产量125万吨、晚稻产量600万吨。",
    "sum_mismatch": "粮食产量725万吨，其中早稻产量225万吨、晚稻产量600万吨。",
    "value_confirmed": f"{GRAIN}725万吨。",
    "value_conflict": f"{GRAIN}752万吨。",
    "total_confirmed": "2023年，全市地区生产总值1000亿元。制造业增加值260亿元，占全市GDP的26%。",
    "total_mismatch": "2023年，全市地区生产总值1000亿元。制造业增加值360亿元，占全市GDP的26%。",
    "count_confirmed": "先后于2016年、2018年、2020年三次获评先进。",
    "count_mismatch": "先后于2016年、2018年、2020年四次获评先进。",
}
"""Every code of a finding, with a sentence that gives it."""


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_found_where_the_readme_says(code: str):
    found = {finding.code: finding.severity for finding in extract(CODES[code], published="2025-07-18").findings}
    assert code in found
    for name in READMES:
        assert f"\n| `{code}` | {found[code]} | " in text(name)


@pytest.mark.parametrize("name", READMES)
def test_every_code_of_a_finding_is_explained(name: str):
    (body,) = re.findall(r"^### findings\n(.*?)(?=^##)", text(name), re.MULTILINE | re.DOTALL)
    explained = set(re.findall(r"^\| `(\w+)` \| (?:info|warning|error) \|", body, re.MULTILINE))
    assert explained == CODES.keys()
    assert {finding.code for article in NAMES for finding in document(article).findings} <= explained


def test_facts_are_read_as_the_readme_says():
    facts = [fact for article in NAMES for fact in document(article).facts]
    assert {fact.aspect for fact in facts} == set(get_args(Aspect))
    assert {fact.basis for fact in facts} == {*get_args(Basis), None}
    for name in READMES:
        (body,) = re.findall(r"^### facts\n(.*?)(?=^##)", text(name), re.MULTILINE | re.DOTALL)
        assert re.findall(r"^\| `(\w+)`(?:, `\w+`)? \|", body, re.MULTILINE) == list(Fact.model_fields)


def test_corpus_readme_lists_every_article():
    listed = re.findall(r"^\| ([a-z]+-[\w-]+) \|", text("corpus/README.md"), re.MULTILINE)
    assert listed == NAMES


def test_changelog_has_the_version():
    version = re.search(r'^version = "(.*)"$', text("pyproject.toml"), re.MULTILINE)
    assert version is not None
    assert f"## [{version[1]}]" in text("CHANGELOG.md")


def test_licence_and_notice():
    assert "Apache License\n                           Version 2.0" in text("LICENSE")
    assert "END OF TERMS AND CONDITIONS" in text("LICENSE")
    assert "OpenCC" in text("NOTICE")
    assert "zhengshu/traditional.tsv" in text("NOTICE")
    assert "extractors/regions.csv" in text("NOTICE")
