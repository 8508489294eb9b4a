"""Exported files hold every record exactly, explain themselves, lead to the evidence, appear whole or not at all."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schemas import Article, Extraction, Period
from schemas.exact import plain
from tests.corpus import NAMES, articles, document
from tests.documents import SENTENCE, full_document
from zhengshu.errors import Failure, OutputLostError, UsageError
from zhengshu.export import formats, observations, sheets
from zhengshu.export.formats import Choices, documents
from zhengshu.tables import TABLES, rows

HOUSE = Path(__file__).parents[2]
PIPELINE = str(HOUSE / "pipeline.py")
LONG = "123456789012345678901234567890"
NASTY = 'a "b", c\r\nd\u2028𠮷\u3000=1'


def changed(changes: dict[str, dict[str, Any]], name: str = "sample") -> Extraction:
    """The document made by hand with some fields of its header (``article``) or first records made others."""
    raw = json.loads(full_document().model_dump_json())
    raw["article"]["id"] = name
    for key, fields in changes.items():
        (raw[key] if key == "article" else raw[key][0]).update(fields)
    return Extraction.model_validate_json(json.dumps(raw))


LONG_VALUES = {"value": LONG, "high": f"0.{LONG}", "base_value": f"-{LONG}.5"}
HARD = changed({"article": {"title": NASTY, "publisher": "=1+1"}, "quantities": LONG_VALUES}, "=hard")
"""A document with everything that files are bad at."""


def store(folder: Path, *found: Extraction) -> str:
    folder.mkdir(exist_ok=True)
    for item in found:
        (folder / f"{item.article.id}.json").write_text(item.model_dump_json(), "utf-8")
    return str(folder)


def export(kind: str, out: Path, *found: Extraction | tuple[Extraction, Article], **choices: Any) -> list[str]:
    with formats.load(kind).open(str(out), Choices(**choices)) as opened:
        for item in found:
            opened.add(*(item if isinstance(item, tuple) else (item, None)))
    return opened.told()


def read(path: Path, encoding: str = "utf-8") -> Iterator[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file, strict=True)


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, PIPELINE, "export", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


# --- documents on their way ---------------------------------------------------------------------------------------


def test_documents_that_cannot_go_are_named(tmp_path: Path):
    outputs = store(tmp_path / "out", full_document())
    (tmp_path / "out" / "broken.json").write_text("{")
    line = full_document().model_dump_json()
    dangling = line.replace('"quantity":"q1"', '"quantity":"q9"').replace('"id":"sample"', '"id":"dangling"')
    (tmp_path / "out" / "more.jsonl").write_text(f"{line}\n{dangling}\n")
    found = list(documents(outputs))
    told = sorted(str(item).removeprefix(str(tmp_path)) for item in found if isinstance(item, Failure))
    assert [item[0].article.id for item in found if not isinstance(item, Failure)] == ["sample"]
    assert len(told) == 3
    assert told[0].startswith("/out/broken.json: this is no JSON")
    assert "is no quantity or ordinal of the document" in told[1]
    assert told[2].endswith("is a second document of 'sample'") or "second document" in "".join(told)


def test_an_article_is_known_by_its_id_and_its_text(tmp_path: Path):
    outputs = store(tmp_path / "out", full_document(), changed({}, "other"))
    sources = [Article(id="sample", text=SENTENCE), Article(id="other", text="x"), Failure("x.txt", "no text")]
    failure, *found = sorted(documents(outputs, sources), key=lambda item: isinstance(item, tuple))
    assert failure == Failure("x.txt", "no text")
    assert [(item.article.id, article and article.id) for item, article in found] == [  # type: ignore[misc]
        ("sample", "sample"),
        ("other", None),
    ]


# --- CSV ----------------------------------------------------------------------------------------------------------


def cell(value: object) -> str:
    if isinstance(value, bool):
        return json.dumps(value)
    return "" if value is None else plain(value) if isinstance(value, Decimal) else str(value)


@pytest.mark.parametrize("bom", [False, True])
def test_every_record_is_in_the_tables_exactly(tmp_path: Path, bom: bool):
    found = [HARD, *(document(name) for name in NAMES[:4])]
    export("csv", tmp_path / "t", *found, guard=False, bom=bom)
    assert {path.stem for path in (tmp_path / "t").iterdir()} == {*TABLES, "datapackage"}
    for name, table in TABLES.items():
        names = [column.name for column in table.columns]
        wanted = [dict(zip(names, map(cell, row), strict=True)) for item in found for row in rows(item)[name]]
        assert list(read(tmp_path / "t" / f"{name}.csv", "utf-8-sig" if bom else "utf-8")) == wanted
    first = next(read(tmp_path / "t" / "quantities.csv", "utf-8-sig"))
    assert {name: first[name] for name in LONG_VALUES} == LONG_VALUES


def test_no_text_is_run_as_a_formula(tmp_path: Path):
    export("csv", tmp_path / "t", HARD)
    (article,) = read(tmp_path / "t" / "articles.csv")
    assert (article["id"], article["publisher"], article["title"]) == ("'=hard", "'=1+1", NASTY)
    (quantity,) = read(tmp_path / "t" / "quantities.csv")
    assert (quantity["article"], quantity["base_value"]) == ("'=hard", LONG_VALUES["base_value"])


@pytest.mark.parametrize("choices", [{}, {"bom": True}, {"guard": False}, {"tables": ("articles", "facts")}])
def test_frictionless_finds_the_package_valid(tmp_path: Path, choices: dict[str, Any]):
    frictionless = pytest.importorskip("frictionless", reason="pip install '.[test]'")
    export("csv", tmp_path / "t", HARD, *(document(name) for name in NAMES[:4]), **choices)
    report = frictionless.validate(str(tmp_path / "t" / "datapackage.json"))
    assert report.flatten(["type", "note"]) == []
    assert report.stats["tasks"] == len(choices.get("tables", TABLES))
    package = frictionless.Package(str(tmp_path / "t" / "datapackage.json"))
    if "tables" not in choices:
        first = package.get_resource("quantities").read_rows()[0]
        assert (first["value"], first["base_value"]) == (Decimal(LONG), Decimal(LONG_VALUES["base_value"]))
        periods = package.get_resource("periods").read_rows()
        assert periods[0]["start_date"] == date(2021, 1, 1)
    facts = package.get_resource("facts")
    assert facts.read_rows()[0]["indicator_spans"] == [[10, 14]]
    assert facts.schema.primary_key == ["article", "id"]


@pytest.mark.parametrize(
    ("table", "old", "new", "type"),
    [
        ("facts", "sample,f1", "other,f1", "foreign-key"),
        ("quantities", "560000000000,", "much,", "type-error"),
        ("facts", "sample,f1,q1", "sample,f1,", "constraint-error"),
    ],
)
def test_frictionless_sees_what_is_wrong(tmp_path: Path, table: str, old: str, new: str, type: str):
    frictionless = pytest.importorskip("frictionless", reason="pip install '.[test]'")
    export("csv", tmp_path / "t", full_document())
    path = tmp_path / "t" / f"{table}.csv"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    found = frictionless.validate(str(tmp_path / "t" / "datapackage.json")).flatten(["type"])
    assert [type] in found
    assert ["hash-count"] in found or ["byte-count"] in found


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path):
    out = tmp_path / "t"
    export("csv", out, full_document(), tables=("articles", "facts"))
    export("csv", out, changed({}, "other"), tables=("articles",))
    assert sorted(path.name for path in out.iterdir()) == ["articles.csv", "datapackage.json"]
    before = (out / "articles.csv").read_bytes()
    with pytest.raises(RuntimeError), formats.load("csv").open(str(out), Choices()) as opened:
        opened.add(full_document(), None)
        raise RuntimeError
    assert (out / "articles.csv").read_bytes() == before
    (out / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds other files, notes\.txt"):
        export("csv", out, full_document())
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_the_old_folder_comes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out, rename = tmp_path / "t", Path.rename
    export("csv", out, full_document())

    def fails(self: Path, target: Path) -> Path:
        if target == out and not (self / "datapackage.json").read_text("utf-8").count('"numbers"'):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OutputLostError, match="No space left"):
        export("csv", out, full_document(), tables=("articles",))
    assert (out / "numbers.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_what_a_killed_export_left_is_swept(tmp_path: Path):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f".zhengshu-{int(gone.stdout)}-0.tmp"
    left.mkdir()
    (left / "numbers.csv").write_text("half")
    export("csv", tmp_path / "t", full_document())
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


# --- workbooks ----------------------------------------------------------------------------------------------------


def book(path: Path, *, values: bool = False) -> Any:
    openpyxl = pytest.importorskip("openpyxl", reason="pip install '.[test]'")
    return openpyxl.load_workbook(path, data_only=values)


def table(sheet: Any) -> list[dict[str, Any]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def target(workbook: Any, formula: str) -> tuple[str, dict[str, Any]]:
    """Follow a link: the name of its sheet, and its row."""
    assert formula.startswith('=HYPERLINK("#'), formula
    name, _, row = formula.split('"')[1].removeprefix("#").partition("!A")
    return name, table(workbook[name])[int(row) - 2]


def test_a_workbook_has_a_sheet_a_table(tmp_path: Path):
    found = [document(name) for name in NAMES[:3]]
    (told,) = export("xlsx", tmp_path / "a.xlsx", *found)
    assert told.startswith("3 articles, ")
    workbook = book(tmp_path / "a.xlsx", values=True)
    assert workbook.sheetnames == [*TABLES, "columns"]
    for name, about in TABLES.items():
        sheet = workbook[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        head = [column.name for column in about.columns]
        shown = [tuple(row[key] for key in head) for row in table(sheet)]
        for row, wanted in zip(shown, [row for item in found for row in rows(item)[name]], strict=True):
            for value, exact in zip(row, wanted, strict=True):
                if isinstance(exact, Decimal) and isinstance(value, int | float):
                    assert Decimal(repr(value)) == exact
                elif isinstance(exact, date):
                    assert value == datetime.combine(exact, datetime.min.time())
                else:
                    assert value == (plain(exact) if isinstance(exact, Decimal) else exact if exact != "" else None)
    explained = {(row["sheet"], row["column"]) for row in table(workbook["columns"])}
    assert {(name, column.name) for name, about in TABLES.items() for column in about.columns} <= explained


@pytest.mark.parametrize("value", ["7.20", "0.1", "-3.2", "999999999999999", "123456789.012345", "0.000000000012", "0"])
def test_numbers_are_real_numbers(tmp_path: Path, value: str):
    export("xlsx", tmp_path / "a.xlsx", changed({"quantities": {"value": value}}))
    for sheet in ("quantities", "facts"):
        (row,) = book(tmp_path / "a.xlsx")[sheet].iter_rows(min_row=2)
        (shown,) = [cell for cell in row if cell.column_letter == ("H" if sheet == "quantities" else "T")]
        assert shown.data_type == "n"
        assert Decimal(repr(shown.value)) == Decimal(value)
        decimals = len(value.partition(".")[2])
        assert shown.number_format == (f"0.{'0' * decimals}" if decimals else "0")


@pytest.mark.parametrize(
    "value", [LONG, f"0.{LONG}", "1234567890123456", f"1{'0' * 28}1", "1" + "0" * 400, f"0.{'0' * 400}1"]
)
def test_no_digit_is_lost_in_a_number_too_long_for_a_spreadsheet(tmp_path: Path, value: str):
    export("xlsx", tmp_path / "a.xlsx", changed({"quantities": {"value": value}}))
    (row,) = table(book(tmp_path / "a.xlsx")["quantities"])
    assert row["value"] == value


def test_every_row_leads_to_the_sentence_that_proves_it(tmp_path: Path):
    known = [(document(name), articles()[name]) for name in NAMES[:4]]
    export("xlsx", tmp_path / "a.xlsx", *known)
    workbook = book(tmp_path / "a.xlsx")
    for name in ("numbers", "quantities", "periods", "ordinals", "programs", "facts"):
        assert table(workbook[name])
        for row in table(workbook[name])[::7]:
            sheet, sentence = target(workbook, row["evidence"])
            assert sheet == "sentences"
            assert sentence["article"] == row["article"]
            proof = row["figure"] if name == "facts" else row["text"]
            assert "".join(proof.splitlines()) in sentence["sentence"]
            if name != "facts":
                assert sentence["start"] <= row["start"] < row["end"] <= sentence["end"]
    sentences = [(row["article"], row["start"], row["end"]) for row in table(workbook["sentences"])]
    assert len(set(sentences)) == len(sentences)


def test_ids_lead_to_their_records(tmp_path: Path):
    export("xlsx", tmp_path / "a.xlsx", full_document(), changed({}, "other"))
    workbook = book(tmp_path / "a.xlsx")
    fact = table(workbook["facts"])[1]
    name, record = target(workbook, fact["quantity"])
    assert (name, record["article"], record["id"]) == ("quantities", "other", "q1")
    assert target(workbook, fact["evidence"])[1] == record, "without a text the figure is the evidence"
    assert target(workbook, fact["period"])[1]["id"] == "t1"
    assert target(workbook, table(workbook["numbers"])[6]["record"])[0] == "ordinals"
    assert target(workbook, table(workbook["programs"])[1]["evidence"])[1]["id"] == "other"
    (_, shown) = table(book(tmp_path / "a.xlsx", values=True)["facts"])
    assert (shown["quantity"], shown["value"], shown["unit"], shown["period_text"]) == (
        "q1",
        5600 * 10**8,
        "元",
        "2021年",
    )


def test_an_article_leads_to_its_file(tmp_path: Path):
    file = tmp_path / "in" / "a.jsonl"
    file.parent.mkdir()
    file.write_text("{}")
    page = 'https://example.org/?a="b"#c'
    gone = [f"{tmp_path}/gone.txt", "javascript:alert(1)", f"https://example.org/{'x' * 300}", None]
    sources = [f"{file}:1", page, *gone]
    found = [changed({"article": {"source": source}}, f"a{at}") for at, source in enumerate(sources)]
    export("xlsx", tmp_path / "out" / "a.xlsx", *found)
    links = [row["evidence"] for row in table(book(tmp_path / "out" / "a.xlsx")["articles"])]
    assert links[0] == '=HYPERLINK("../in/a.jsonl","→")'
    assert links[1] == '=HYPERLINK("https://example.org/?a=""b""#c","→")'
    assert [link for link in links[2:] if link not in (None, "→")] == []


def test_texts_are_texts(tmp_path: Path):
    titles = [NASTY, "=1+1", "\x00\x01\ufffe_x0041_", "甲" * 40_000, "𠮷" * 20_000, "http://example.org", "12"]
    found = [changed({"article": {"title": title}}, f"a{at}") for at, title in enumerate(titles)]
    export("xlsx", tmp_path / "a.xlsx", *found)
    cells = [row[5] for row in book(tmp_path / "a.xlsx")["articles"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert cells[0].value.replace("_x000D_", "\r") == NASTY
    assert [cells[1].value, cells[5].value, cells[6].value] == ["=1+1", "http://example.org", "12"]
    assert cells[3].value == "甲" * 32_766 + "…"
    assert cells[4].value == "𠮷" * 16_383 + "…"


def test_a_sheet_that_is_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 60)
    found = [changed({}, f"a{at}") for at in range(20)]
    (tmp_path / "a.xlsx").write_text("old")
    with pytest.raises(OutputLostError, match="the sheet numbers would need more rows than the 60"):
        export("xlsx", tmp_path / "a.xlsx", *found)
    assert (tmp_path / "a.xlsx").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    export("xlsx", tmp_path / "a.xlsx", *found, tables=("articles", "facts"))
    assert table(book(tmp_path / "a.xlsx")["facts"])[0]["quantity"] == "q1"


def test_a_workbook_needs_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"install it: pip install 'zhengshu\[xlsx\]'"):
        export("xlsx", tmp_path / "a.xlsx", full_document())


# --- observations -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "kind", "written"),
    [
        ("2021-01-01", "2021-12-31", "year", "2021"),
        ("2021-07-01", "2021-12-31", "part", "2021-S2"),
        ("2021-04-01", "2021-06-30", "part", "2021-Q2"),
        ("2021-06-01", "2021-06-30", "part", "2021-06"),
        ("2024-02-01", "2024-02-29", "part", "2024-02"),
        ("2023-02-01", "2023-02-28", "part", "2023-02"),
        ("2021-06-30", "2021-06-30", "as_of", "2021-06-30"),
        ("2021-02-01", "2021-04-30", "part", "2021-02-01/P3M"),
        ("2021-01-01", "2021-08-31", "part", "2021-01-01/P8M"),
        ("2016-01-01", "2020-12-31", "plan", "2016-01-01/P5Y"),
        ("2020-07-01", "2021-06-30", "range", "2020-07-01/P1Y"),
        ("2021-01-01", "2021-01-07", "range", "2021-01-01/P7D"),
        ("2012-11-08", "2022-09-13", "since", "2012-11-08/P3597D"),
        (None, "2025-12-31", "until", "2025-12-31"),
        ("2022-09-13", "2025-12-31", "until", "2025-12-31"),
        ("2012-11-08", None, "since", None),
        (None, None, "relative", None),
        ("2021-02-01", "2021-01-01", "range", None),
        ("0099-01-01", "0099-12-31", "year", "0099"),
    ],
)
def test_a_period_is_written_as_sdmx_does(start: str | None, end: str | None, kind: str, written: str | None):
    days = {"start_date": start and date.fromisoformat(start), "end_date": end and date.fromisoformat(end)}
    period = Period.model_validate({"id": "t1", "start": 0, "end": 1, "text": "x", "rule": "r", "type": kind, **days})
    assert observations.time_period(period) == written


REGION = {"region": "淄博市", "region_code": "370300"}


def observed(**changes: dict[str, Any]) -> dict[str, Any] | str:
    (found,) = observations.observe(changed({**changes, "facts": REGION | changes.get("facts", {})}))
    return found if isinstance(found, str) else dict(zip(observations.COLUMNS, found, strict=True))


def test_a_fact_is_an_observation():
    found = observed()
    assert isinstance(found, dict)
    assert {name: value for name, value in found.items() if value is not None} == {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": "ZHENGSHU:FACTS(1.0)",
        "ACTION": "I",
        "REF_AREA": "370300",
        "INDICATOR": "外来资金",
        "ASPECT": "level",
        "BASIS": "_Z",
        "SUBJECT": "_Z",
        "ARTICLE": "sample",
        "FACT": "f1",
        "TIME_PERIOD": "2021",
        "OBS_VALUE": Decimal(5600 * 10**8),
        "UNIT_MEASURE": "元",
        "MODIFIER": "more_than",
        "BASE_VALUE": Decimal(5600 * 10**8),
        "BASE_UNIT": "CNY",
        "INDICATOR_NAME": "外来资金",
        "REF_AREA_NAME": "淄博市",
    }


def test_a_fall_is_negative_and_the_nation_has_its_code():
    found = observed(facts={"aspect": "change", "direction": "down", "region": "全国", "region_code": None})
    assert isinstance(found, dict)
    assert found["OBS_VALUE"] == found["BASE_VALUE"] == Decimal(-5600 * 10**8)
    assert (found["REF_AREA"], found["REF_AREA_NAME"]) == ("CN", "全国")
    found = observed(facts={"aspect": "change", "direction": "down"}, quantities={"value": LONG})
    assert isinstance(found, dict)
    assert plain(found["OBS_VALUE"]) == f"-{LONG}"


def test_what_is_no_observation_is_counted(tmp_path: Path):
    cases = {
        "rank": {"facts": REGION | {"quantity": "o1"}},
        "range": {"facts": REGION, "quantities": {"high": "600000000000"}},
        "no period": {"facts": REGION | {"period": None}},
        "open period": {"facts": REGION, "periods": {"end_date": None}},
        "no region": {"facts": {"region": None, "region_code": None}},
    }
    assert tuple(cases) == observations.LEFT_OUT
    found = [changed(changes, f"a{at}") for at, changes in enumerate(cases.values())]
    assert [next(observations.observe(item)) for item in found] == [*cases]
    told = export("sdmx-csv", tmp_path / "o.csv", *found, changed({"facts": REGION}))
    assert told == ["1 observations; 5 facts left out: " + "; ".join(f"1 {reason}" for reason in cases)]
    (row,) = read(tmp_path / "o.csv")
    assert row["OBS_VALUE"] == "560000000000"


def test_observations_of_the_corpus_have_all_dimensions(tmp_path: Path):
    found = [document(name) for name in NAMES]
    export("sdmx-csv", tmp_path / "o.csv", *found, guard=False)
    lines = list(read(tmp_path / "o.csv"))
    assert len(lines) > 100
    assert all(row[name] for row in lines for name in observations.COLUMNS[:12])
    assert len({(row["ARTICLE"], row["FACT"]) for row in lines}) == len(lines)


# --- the command --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", formats.NAMES)
def test_the_same_documents_give_the_same_bytes(tmp_path: Path, kind: str):
    outputs = store(tmp_path / "out", *(document(name) for name in NAMES[:3]))
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        command = [outputs, "--format", kind, "--out", tmp_path / place / formats.load(kind).place]
        ran = run(
            *command, *(["--source", HOUSE / "corpus" / "articles"] if kind == "xlsx" else []), cwd=tmp_path / place
        )
        assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / x).rglob("*.*") if p.is_file()} for x in ("a", "b"))
    assert one == two != {}


def test_a_document_that_cannot_go_is_named_and_the_others_go_on(tmp_path: Path):
    store(tmp_path / "out", full_document())
    (tmp_path / "out" / "broken.json").write_text("{")
    ran = run("out", "--format", "csv", cwd=tmp_path)
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[0].startswith("out/broken.json: this is no JSON")
    assert ran.stderr.splitlines()[1].startswith("1 articles, 4 numbers, 1 quantities")
    assert ran.stderr.splitlines()[2] == "1 failed"
    assert (tmp_path / "csv" / "facts.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "csv", "--source", "x"], "--source means nothing to --format csv"),
        (["--format", "xlsx", "--bom"], "--bom means nothing to --format xlsx"),
        (["--format", "sdmx-csv", "--tables", "facts"], "--tables means nothing to --format sdmx-csv"),
        (["--format", "csv", "--tables", "fact"], "there is no table fact; --tables takes articles, numbers"),
        (["--format", "xlsx", "--out", "a.csv"], "name FILE.xlsx with --out"),
        (["--format", "sdmx-csv", "--out", "a.xlsx"], "name FILE.csv or - with --out"),
        (["--format", "csv", "--out", "out/sample.json"], "it is a file, not a folder"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(tmp_path: Path, arguments: list[str], says: str):
    store(tmp_path / "out", full_document())
    ran = run("out", *arguments, cwd=tmp_path)
    assert ran.returncode == 2
    assert says in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
