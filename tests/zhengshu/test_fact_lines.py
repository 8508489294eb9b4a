"""Facts as flat lines: exact values, one line a fact, the evidence where it stands, nothing that a spreadsheet runs."""

import csv
import io
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas import Article, Extraction
from tests.corpus import NAMES, articles, document
from tests.documents import SENTENCE, full_document, span
from zhengshu import batch
from zhengshu.batch import targets
from zhengshu.errors import UsageError
from zhengshu.fact_lines import COLUMNS, FORMATS, csv_lines, fact_lines, json_lines

PIPELINE = str(Path(__file__).parents[2] / "pipeline.py")
CSV, JSONL = FORMATS["facts-csv"], FORMATS["facts-jsonl"]
LONG = "123456789012345678901234567890"


def changed(changes: dict[str, dict[str, Any]], text: str = SENTENCE) -> Extraction:
    """The document made by hand with some fields of its header (``article``) or of its first records made others."""
    raw = full_document(text).model_dump()
    for key, fields in changes.items():
        place = raw[key] if key == "article" else raw[key][0]
        place.update(fields)
    return Extraction.model_validate(raw)


def with_rank() -> Extraction:
    """A second fact on the rank."""
    raw = full_document().model_dump()
    raw["facts"] = [*raw["facts"], {**raw["facts"][0], "id": "f2", "quantity": "o1", "aspect": "rank", "period": None}]
    return Extraction.model_validate(raw)


def line(document: Extraction, text: str = SENTENCE) -> dict[str, Any]:
    (only,) = fact_lines(document, text)
    return only


def rows(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(CSV.head + written, newline=""), strict=True))


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, PIPELINE, "extract", *arguments]
    return subprocess.run(command, input=given.encode(), capture_output=True, check=False)


def test_a_line_has_figure_period_and_evidence():
    found = line(full_document())
    assert tuple(found) == COLUMNS
    told = {name: value for name, value in found.items() if value is not None}
    assert told == {
        "article": "sample",
        "fact": "f1",
        "indicator": "外来资金",
        "figure": "5600余亿元",
        "value": Decimal("560000000000"),
        "unit": "元",
        "modifier": "more_than",
        "period": "2021年",
        "period_start": "2021-01-01",
        "period_end": "2021-12-31",
        "period_type": "year",
        "aspect": "level",
        "rule": "facts.level",
        "evidence": SENTENCE,
        "figure_start": SENTENCE.index("5600"),
        "figure_end": SENTENCE.index("5600") + 7,
        "indicator_spans": ((10, 14),),
        "evidence_start": 0,
        "evidence_end": len(SENTENCE),
    }


def test_a_rank_has_cells_of_its_own():
    amount, rank = fact_lines(with_rank(), SENTENCE)
    assert (rank["rank"], rank["scope"], rank["top"], rank["value"], rank["period"]) == (3, "全省", False, None, None)
    assert (amount["rank"], amount["scope"], amount["top"]) == (None, None, None)
    written = rows(csv_lines(with_rank(), Article(id="sample", text=SENTENCE)))[1]
    assert (written["rank"], written["scope"], written["top"], written["value"]) == ("3", "全省", "false", "")


@pytest.mark.parametrize("value", [LONG, f"0.{LONG}", f"-{LONG}.50", "1" + "0" * 30, "0.00000000001"])
def test_no_digit_of_a_value_is_lost(value: str):
    found = changed({"quantities": {"value": value, "high": value}})
    article = Article(id="sample", text=SENTENCE)
    (cells,) = rows(csv_lines(found, article))
    assert (cells["value"], cells["high"]) == (value, value)
    assert json.loads(json_lines(found, article))["value"] == value


def test_commas_quotes_and_breaks_stay_in_their_cell():
    title = 'The "four", and\r\nmore\u2028still'
    text = "产值，“增长”\n5600余亿元"
    fact = {"indicator_spans": [[0, 2]], "indicator": "产值"}
    found = changed({"article": {"title": title}, "quantities": span(text, "5600余亿元"), "facts": fact})
    raw = found.model_dump()
    raw["findings"] = [{"code": "line_joined", "severity": "info", "message": "m", "start": 7, "end": 8}]
    written = csv_lines(Extraction.model_validate(raw), Article(id="sample", text=text))
    assert written.endswith("\r\n")
    assert len(written.splitlines()) == 1, "a fact is one line of the file"
    (cells,) = rows(written)
    assert cells["title"] == 'The "four", andmorestill'
    assert cells["evidence"] == "产值，“增长”5600余亿元"
    assert (cells["evidence_start"], cells["evidence_end"]) == ("0", str(len(text)))
    assert json.loads(cells["indicator_spans"]) == [[0, 2]]


@pytest.mark.parametrize("first", "=+-@＝＋－＠")
def test_no_text_is_run_as_a_formula(first: str):
    text = f'{first}HYPERLINK("https://example.org")'
    article = Article(id="sample", text=SENTENCE)
    found = changed({"article": {"title": text, "id": f"{first}1"}, "quantities": {"value": "-3.2"}})
    (cells,) = rows(csv_lines(found, article))
    assert (cells["title"], cells["article"]) == (f"'{text}", f"'{first}1")
    assert cells["value"] == "-3.2", "a number stays a number"
    told = json.loads(json_lines(found, article))
    assert (told["title"], told["article"]) == (text, f"{first}1"), "JSON is read by no spreadsheet"


def test_a_tab_in_front_is_guarded_too():
    (cells,) = rows(csv_lines(changed({"facts": {"subject": "\t=1"}}), Article(id="sample", text=SENTENCE)))
    assert cells["subject"] == "'\t=1"


def test_without_facts_there_is_no_line():
    raw = full_document().model_dump() | {"facts": []}
    article = Article(id="sample", text=SENTENCE)
    assert csv_lines(Extraction.model_validate(raw), article) == ""
    assert json_lines(Extraction.model_validate(raw), article) == ""


def test_evidence_is_the_sentence_alone():
    text = f"前一句。　{SENTENCE}\n后一句！"
    shift = text.index(SENTENCE)
    found = changed(
        {"quantities": span(text, "5600余亿元"), "facts": {"indicator_spans": [[shift + 10, shift + 14]]}}, text
    )
    told = line(found, text)
    assert told["evidence"] == SENTENCE
    assert told["evidence_start"] == shift


def test_evidence_holds_an_indicator_of_another_sentence():
    text = f"外来资金又有突破。{SENTENCE}再创新高。"
    found = changed({"quantities": span(text, "5600余亿元"), "facts": {"indicator_spans": [[0, 4]]}}, text)
    assert line(found, text)["evidence"] == f"外来资金又有突破。{SENTENCE}"


def test_a_text_of_one_sentence_is_not_written_again_for_each_fact():
    text = "外来资金" + "甲" * 5_000 + SENTENCE.rstrip("。") + "乙" * 5_000
    told = line(changed({"quantities": span(text, "5600余亿元"), "facts": {"indicator_spans": [[0, 4]]}}, text), text)
    assert len(str(told["evidence"])) < 1_000
    assert "5600余亿元" in str(told["evidence"])


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_of_the_corpus_is_a_line_with_its_evidence(name: str):
    text, found = articles()[name].text, document(name)
    lines = list(fact_lines(found, text))
    assert [told["fact"] for told in lines] == [fact.id for fact in found.facts]
    for told in lines:
        start, end = int(str(told["evidence_start"])), int(str(told["evidence_end"]))
        assert told["evidence"] == "".join(text[start:end].splitlines())
        assert start <= int(str(told["figure_start"])) < int(str(told["figure_end"])) <= end
    read = rows(csv_lines(found, articles()[name]))
    same = [json.loads(each) for each in json_lines(found, articles()[name]).splitlines()]
    assert [row["value"] or None for row in read] == [row["value"] for row in same]
    assert [row["evidence"].lstrip("'") for row in read] == [row["evidence"].lstrip("'") for row in same]


# --- the command --------------------------------------------------------------------------------------------------


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path):
    stream = [
        json.dumps({"id": f"{i}-{name}", "text": article.text, "title": article.title}, ensure_ascii=False)
        for i in range(6)
        for name, article in articles().items()
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(stream), "utf-8")
    for form, table in FORMATS.items():
        written = []
        for workers in "12":
            place = tmp_path / f"{workers}{table.suffix}"
            ran = run(str(source), "--format", form, "--out", str(place), "--workers", workers)
            assert ran.returncode == 0, ran.stderr.decode()
            written.append(place.read_bytes())
        assert written[0] == written[1]
        assert written[0].startswith(table.head.encode())
        assert written[0].count(b"\n") > 1000


def test_an_empty_input_gives_the_header(tmp_path: Path):
    for form, head in [("facts-csv", CSV.head), ("facts-jsonl", "")]:
        ran = run("-", "--format", form, "--out", "-")
        assert (ran.returncode, ran.stdout.decode()) == (0, head)


def test_the_default_place_and_the_mark_for_excel(tmp_path: Path):
    command = [sys.executable, PIPELINE, "extract", "-", "--format", "facts-csv", "--bom"]
    given = json.dumps({"id": "a", "text": "全市产值达86.5亿元。"}).encode()
    subprocess.run(command, input=given, cwd=tmp_path, capture_output=True, check=True)
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["facts.csv"]
    written = (tmp_path / "facts.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfarticle,title,")
    (cells,) = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert (cells["indicator"], cells["value"], cells["unit"]) == ("产值", "8650000000", "元")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "facts-csv", "--out", "outputs"], "the lines of all articles go to one file, not to outputs"),
        (["--format", "facts-jsonl", "--out", "facts.csv"], "name FILE.jsonl or - with --out"),
        (["--format", "facts-jsonl", "--bom", "--out", "-"], "--bom is for spreadsheets"),
        (["--bom"], "use it with --format facts-csv"),
        (["--out", "facts.csv"], "add --format facts-csv"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: list[str], says: str):
    ran = run("-", *arguments)
    assert ran.returncode == 2
    assert says in ran.stderr.decode()
    assert len(ran.stderr.decode().splitlines()) == 1


def test_a_folder_with_the_suffix_is_refused_and_a_stopped_run_keeps_the_old_file(tmp_path: Path):
    (tmp_path / "folder.csv").mkdir()
    folder = targets.choose("facts-csv", f"{tmp_path}/folder.csv")
    with pytest.raises(UsageError, match="it is a folder"), folder.open():
        pass
    place = tmp_path / "facts.csv"
    place.write_text("old")
    target = targets.choose("facts-csv", str(place))
    with pytest.raises(KeyboardInterrupt), target.open() as sink:
        sink.write("a", "line\r\n")
        raise KeyboardInterrupt
    assert place.read_text() == "old"
    with target.open() as sink:
        sink.write("a", "line\r\n")
        sink.write("b", "")
    assert place.read_bytes() == (target.head + "line\r\n").encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.csv", "folder.csv"]


def test_the_batch_writes_as_it_is_told():
    stream = [articles()[name] for name in NAMES[:2]]
    outcomes = list(batch.run(stream, lambda article: document(article.id), write=csv_lines))
    assert [each.document for each in outcomes if isinstance(each, batch.Done)] == [
        csv_lines(document(article.id), article) for article in stream
    ]
