"""Files as the tools write them, by hand: what is read from them, what is refused and in which words."""

import json
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pipeline import extract, main
from schemas import Extraction
from tests.gold_samples import MENTIONS, TEXT, annotated
from zhengshu.errors import DocumentError
from zhengshu.gold import exporting, formats
from zhengshu.gold.articles import Shelf
from zhengshu.gold.exchange import Notes
from zhengshu.gold.importing import Import
from zhengshu.gold.model import KINDS, GoldArticle, choices, field_names, parse

SENTENCE = "上半年，新增就业3万余人，\n增长7.2%。"

Read = tuple[list[dict[str, Any]], list[str], list[str]]


def bring(name: str, place: Path, articles: Path | None = None, annotator: str | None = None) -> Read:
    """Import; give the gold, what failed and what was noted."""
    shelf = Shelf([str(articles)]) if articles else None
    reading = Import(formats.load(name), shelf, annotator)
    found = list(reading.read(str(place)))
    gold = [item.record() for item in found if isinstance(item, GoldArticle)]
    failures = [str(failure) for item in found if isinstance(item, list) for failure in item]
    return gold, failures, reading.notes.lines()


def store(place: Path, content: Any) -> Path:
    place.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
    return place


def places(gold: dict[str, Any]) -> list[tuple[str, str]]:
    return [(mention["kind"], mention["text"]) for mention in gold["mentions"]]


def article(tmp_path: Path, text: str, name: str = "jobs") -> Path:
    (tmp_path / "articles").mkdir(exist_ok=True)
    (tmp_path / "articles" / f"{name}.txt").write_bytes(text.encode())
    (tmp_path / "articles" / f"{name}.meta.json").write_text('{"published": "2025-07-18"}')
    return tmp_path / "articles"


# --- Label Studio -----------------------------------------------------------------------------------------------------


def region(name: str, start: Any, end: Any, label: str, text: str | None = None, **controls: str) -> Iterator[Any]:
    """The results of a region: its label, then a textarea or choice for each control."""
    place = {"start": start, "end": end}
    quote = {} if text is None else {"text": text}
    common = {"id": name, "to_name": "text", "origin": "manual"}
    yield common | {"from_name": "label", "type": "labels", "value": place | quote | {"labels": [label]}}
    for control, value in controls.items():
        chosen = control.endswith(("modifier", "aspect", "type", "role", "top"))
        held = {"choices": [value]} if chosen else {"text": [value]}
        type_ = "choices" if chosen else "textarea"
        yield common | {"from_name": control, "type": type_, "value": place | held}


JOBS = list(
    region(
        "aX9", 8, 12, "quantity", "3万余人", quantity_value="30000", quantity_unit="人", quantity_modifier="more_than"
    )
)
RISE = list(region("bY0", 16, 20, "quantity", "7.2%", quantity_value="7.2", quantity_modifier="exact"))


def task(*results: Any, text: str = SENTENCE, **more: Any) -> dict[str, Any]:
    made = {"id": 81, "completed_by": {"id": 4, "email": "li@example.org"}, "was_cancelled": False}
    annotations = [made | {"result": list(results), "lead_time": 12.5, "ground_truth": False}]
    return {"id": 7, "data": {"text": text}, "annotations": annotations, "drafts": [], "predictions": []} | more


def test_label_studio_export_is_read(tmp_path: Path):
    half = region("c", 0, 3, "Period", "上半年", period_type="part")
    source = store(tmp_path / "export.json", b"\xef\xbb\xbf" + json.dumps([task(*half, *JOBS, *RISE)]).encode())
    (gold,), failures, notes = bring("label-studio", source)
    assert (failures, notes, gold["doc"]) == ([], [], "task-7")
    assert gold["mentions"] == [
        {
            "kind": "period",
            "start": 0,
            "end": 3,
            "text": "上半年",
            "end_date": None,
            "start_date": None,
            "type": "part",
        },
        {"kind": "quantity", "start": 8, "end": 12, "text": "3万余人"}
        | {"high": None, "modifier": "more_than", "unit": "人", "value": "30000"},
        {"kind": "quantity", "start": 16, "end": 20, "text": "7.2%"}
        | {"high": None, "modifier": "exact", "unit": None, "value": "7.2"},
    ]


def test_label_studio_mismatch_names_both_texts_and_the_rest_is_imported(tmp_path: Path):
    wrong = task(*region("aX9", 8, 12, "quantity", "4万余人"), id=8)
    source = store(tmp_path / "export.json", [wrong, task(*JOBS)])
    gold, failures, _ = bring("label-studio", source)
    assert [places(one) for one in gold] == [[("quantity", "3万余人")]]
    (line,) = failures
    for part in (f"{source}, task 8: region aX9:", "quotes “4万余人” at 8–12", "has “3万余人” there"):
        assert part in line


def test_label_studio_mismatch_says_where_the_quote_stands(tmp_path: Path):
    source = store(tmp_path / "export.json", [task(*region("r", 7, 11, "quantity", "3万余人"))])
    assert "the quoted text stands at 8" in bring("label-studio", source)[1][0]


def people(*annotators: Any) -> dict[str, Any]:
    results = {0: JOBS, 1: RISE}
    made = [{"id": i, "completed_by": by, "result": results[i % 2]} for i, by in enumerate(annotators)]
    return task() | {"annotations": made}


def test_label_studio_several_annotators_are_refused_or_chosen(tmp_path: Path):
    two = people({"id": 4, "email": "li@example.org"}, 5)
    source = store(tmp_path / "export.json", [two])
    assert bring("label-studio", source)[1] == [
        f"{source}, task 7: li@example.org, 5 annotated it; choose one with --annotator"
    ]
    for name, text in (("li@example.org", "3万余人"), ("4", "3万余人"), ("5", "7.2%")):
        assert places(bring("label-studio", source, annotator=name)[0][0]) == [("quantity", text)]
    assert "wang did not annotate it; li@example.org, 5 did" in bring("label-studio", source, annotator="wang")[1][0]
    source = store(tmp_path / "export.json", [people(4, 4)])
    assert "several times" in bring("label-studio", source)[1][0]


def test_label_studio_skipped_and_unannotated_tasks_are_said(tmp_path: Path):
    skipped = task()
    skipped["annotations"][0]["was_cancelled"] = True
    predicted = task(annotations=[], predictions=[{"result": JOBS}])
    source = store(tmp_path / "export.json", [skipped, predicted, task(annotations=[]), task()])
    gold, failures, notes = bring("label-studio", source)
    assert ([one["mentions"] for one in gold], failures) == ([[]], []), "an empty annotation is gold too"
    (line,) = notes
    for part in ("was skipped (1)", "has predictions only (1)", "is not annotated (1)"):
        assert part in line


def test_label_studio_overlaps_and_a_fact_over_its_quantity(tmp_path: Path):
    fact = region("f", 8, 12, "fact", "3万余人", fact_indicator="新增就业", fact_aspect="level")
    both = {"id": "g", "from_name": "label", "type": "labels", "value": {"start": 16, "end": 20}}
    both["value"] |= {"labels": ["ignore", "quantity"], "text": "7.2%"}  # type: ignore[operator]
    source = store(tmp_path / "export.json", [task(*JOBS, *fact, both, *region("h", 14, 20, "ignore"))])
    (gold,), failures, _ = bring("label-studio", source)
    assert failures == []
    assert places(gold) == [
        *[
            ("fact", "3万余人"),
            ("quantity", "3万余人"),
            ("ignore", "增长7.2%"),
            ("ignore", "7.2%"),
            ("quantity", "7.2%"),
        ]
    ]
    assert gold["mentions"][0]["indicator"] == "新增就业"
    assert gold["mentions"][0]["period"] is None


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (region("r", 8, 12, "Money"), "the label 'Money' is unknown; the labels are quantity, period, ordinal"),
        (region("r", 8, 12, "quantity", quantity_modifier="roughly"), "modifier: Input should be 'exact'"),
        (region("r", 8, 12, "quantity", quantity_value="30,000"), "value: String should match pattern"),
        (region("r", 0, 3, "period", period_start_date="2025-02-30", period_type="part"), "start_date"),
        (region("r", "/div[1]/text()[1]", 3, "period"), "not a whole number"),
        (region("r", 8, 99, "quantity", "3万余人"), "“3万余人” at 8–99 is no span of the article"),
        (region("r", 12, 8, "quantity"), "at 12–8 is no span of the article"),
        (region("r", 13, 14, "quantity"), "is nothing but white space"),
        ([*JOBS, *region("zz", 8, 12, "quantity")], "is there twice"),
    ],
)
def test_label_studio_faults_are_sentences(tmp_path: Path, items: Any, said: str):
    source = store(tmp_path / "export.json", [task(*items)])
    gold, (line,), _ = bring("label-studio", source)
    assert gold == []
    assert line.startswith(f"{source}, task 7: ")
    assert said in line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[{]", "is no JSON"),
        (b"\xff\xfe[", "is not UTF-8"),
        (b"[" * 100_000, "cannot be read"),
        ([{"id": 1, "text": SENTENCE, "label": []}], "export as JSON, not as JSON-MIN"),
        ([7], "no task of Label Studio"),
        ([{"data": {"image": "a.png"}}], "has no “text”"),
        ([task(annotations="none")], "no list of annotations"),
        ([task(annotations=[{"completed_by": 1}])], "no list “result”"),
    ],
)
def test_label_studio_files_that_are_none(tmp_path: Path, content: Any, said: str):
    _, (line,), _ = bring("label-studio", store(tmp_path / "export.json", content))
    assert said in line


def test_label_studio_two_values_are_refused(tmp_path: Path):
    items = [*JOBS]
    items[1] = items[1] | {"value": items[1]["value"] | {"text": ["30000", "3万"]}}
    assert "value has 2 values" in bring("label-studio", store(tmp_path / "a.json", [task(*items)]))[1][0]


def test_label_studio_what_gold_has_no_place_for_is_counted(tmp_path: Path):
    relation = {"type": "relation", "from_id": "aX9", "to_id": "bY0", "direction": "right"}
    quality = {"id": "q", "from_name": "quality", "type": "rating", "value": {"rating": 4}}
    doubt = {"id": "aX9", "from_name": "doubt", "type": "choices", "value": {"choices": ["yes"], "start": 8, "end": 12}}
    source = store(tmp_path / "export.json", [task(*JOBS, relation, relation, quality, doubt)])
    (_,), failures, (note,) = bring("label-studio", source)
    assert failures == []
    for part in ("relation (2)", "rating outside a region (1)", "choices “doubt” (1)"):
        assert part in note


def test_label_studio_quotes_with_line_breaks_and_trimmed_quotes(tmp_path: Path):
    broken = region("b", 8, 20, "ignore", "3万余人，\\n增长7.2%")
    trimmed = region("t", 12, 16, "ignore", "，增长")
    source = store(tmp_path / "export.json", [task(*broken, *trimmed)])
    (gold,), failures, _ = bring("label-studio", source)
    assert failures == []
    assert places(gold) == [("ignore", "3万余人，\n增长7.2%"), ("ignore", "，\n增长")]


def test_white_space_at_the_ends_of_a_span_is_cut_and_said(tmp_path: Path):
    source = store(tmp_path / "export.json", [task(*region("r", 13, 16, "ignore", "\n增长"))])
    (gold,), _, notes = bring("label-studio", source)
    assert places(gold) == [("ignore", "增长")]
    assert notes == ["white space was cut from the ends of: ignore (1)"]


def test_texts_that_a_tool_trimmed_or_whose_crlf_it_changed(tmp_path: Path):
    original = "\ufeff \r\n" + SENTENCE.replace("\n", "\r\n") + "\r\n"
    articles = article(tmp_path, original)
    source = store(tmp_path / "export.json", [task(*JOBS, *RISE)])
    (gold,), failures, notes = bring("label-studio", source, articles)
    assert (failures, gold["doc"], gold["published"]) == ([], "jobs", "2025-07-18")
    assert gold["length"] == len(original) - 1, "the byte order mark is no part of the article"
    assert [(m["start"], m["text"]) for m in gold["mentions"]] == [(11, "3万余人"), (20, "7.2%")]
    assert notes == ["carried over to the article, which differs in white space: jobs (1)"]


def test_a_text_that_differs_is_refused_with_both(tmp_path: Path):
    articles = article(tmp_path, SENTENCE.replace("3万", "4万"))
    exported = task(*JOBS)
    exported["data"]["doc"] = "jobs"
    _, (line,), _ = bring("label-studio", store(tmp_path / "a.json", [exported]), articles)
    assert "is not that of the article" in line
    assert "'3万余人，增长7.2%。' at 8" in line
    assert "the article has '4万余人，增长7.2%。'" in line
    exported["data"]["doc"] = "other"
    assert (
        "no article has the id 'other'" in bring("label-studio", store(tmp_path / "a.json", [exported]), articles)[1][0]
    )


def test_two_tasks_of_one_article_are_refused(tmp_path: Path):
    source = store(tmp_path / "export.json", [task(*JOBS), task(*RISE)])
    gold, (line,), _ = bring("label-studio", source)
    assert len(gold) == 1
    assert "annotates task-7, as" in line


def test_label_studio_interface_has_a_control_for_every_field():
    files = dict(formats.load("label-studio").write([annotated()], "code-points", Notes()))
    view = ElementTree.fromstring(files["label_config.xml"])  # noqa: S314
    assert [label.get("value") for label in view.iter("Label")] == list(KINDS)
    controls = {item.get("name"): item for item in [*view.iter("Choices"), *view.iter("TextArea")]}
    assert set(controls) == {f"{kind}_{name}" for kind in KINDS for name in field_names(kind)}
    modifiers = [choice.get("value") for choice in controls["quantity_modifier"]]
    assert tuple(modifiers) == choices("quantity", "modifier")
    (task_,) = json.loads(files["tasks.json"])
    named = {item["from_name"] for item in task_["annotations"][0]["result"]} - {"label"}
    assert named <= set(controls)


# --- doccano ----------------------------------------------------------------------------------------------------------


def test_doccano_lines_with_crlf_and_a_byte_order_mark(tmp_path: Path):
    line = {
        "id": 12,
        "text": SENTENCE,
        "label": [[8, 12, "QUANTITY"], [8, 12, "fact"], [0, 3, "period"]],
        "Comments": [],
    }
    entities = {
        "id": 13,
        "text": TEXT,
        "entities": [{"id": 5, "label": "ignore", "start_offset": 29, "end_offset": 32}],
        "relations": [{"id": 1, "from_id": 5, "to_id": 5, "type": "of"}],
        "Comments": ["看不清"],
    }
    content = "\ufeff" + "\r\n".join(json.dumps(one, ensure_ascii=False) for one in (line, entities)) + "\r\n\r\n"
    gold, failures, notes = bring("doccano", store(tmp_path / "admin.jsonl", content.encode()))
    assert (failures, [one["doc"] for one in gold]) == ([], ["12", "13"])
    assert places(gold[0]) == [("period", "上半年"), ("fact", "3万余人"), ("quantity", "3万余人")]
    assert places(gold[1]) == [("ignore", "7.2")], "offsets count UTF-16: two 𠮷 stand before"
    assert "left out, for a gold file has no place for it: relations (1), comments (1)" in notes


def test_doccano_spans_without_fields_are_imported_and_said(tmp_path: Path):
    source = store(tmp_path / "a.jsonl", {"id": 1, "text": SENTENCE, "label": [[8, 12, "quantity"]]})
    (gold,), _, (note,) = bring("doccano", source)
    assert gold["mentions"] == [{"kind": "quantity", "start": 8, "end": 12, "text": "3万余人"}]
    assert "filled in by hand" in note
    assert "quantity value (1), quantity high (1), quantity unit (1), quantity modifier (1)" in note


def test_doccano_spans_that_were_moved_lose_their_fields_and_others_keep_them(tmp_path: Path):
    written = dict(formats.load("doccano").write([annotated()], "utf-16", Notes()))["gold.jsonl"]
    line = json.loads(written)
    line["label"] = [[s, e + (kind == "ordinal"), kind] for s, e, kind in line["label"] if kind != "ignore"]
    (gold,), failures, (note,) = bring("doccano", store(tmp_path / "a.jsonl", line))
    assert failures == []
    assert len(gold["mentions"]) == len(MENTIONS) - 1
    assert gold["mentions"][-1] == {"kind": "ordinal", "start": 35, "end": 39, "text": "第2位。"}
    assert gold["mentions"][0]["type"] == "action"
    assert "ordinal value (1)" in note


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"text": SENTENCE, "label": [[8, 12]]}, "line 1: span 1 is [8, 12], not [start, end, label]"),
        ({"text": SENTENCE, "label": [["8", 12, "fact"]]}, "its start is '8', not a whole number"),
        ({"text": SENTENCE, "label": ["quantity"]}, "span 1 is 'quantity'"),
        ({"text": SENTENCE}, "no list “label”"),
        ({"label": []}, "has no “text”"),
        ([1], "is no JSON object"),
        ({"text": TEXT, "id": 3, "label": [[1, 3, "ignore"]]}, "at 1–3 is no span"),
        ({"text": "半\ud842", "id": 3, "label": []}, "cannot be used"),
    ],
)
def test_doccano_faults_are_sentences(tmp_path: Path, line: Any, said: str):
    source = store(tmp_path / "a.jsonl", json.dumps(line).encode())
    gold, (failure,), _ = bring("doccano", source)
    assert (gold, said in failure) == ([], True), failure
    assert failure.startswith(f"{source}, line 1: ")


def test_fields_that_ride_along_are_held_against_the_article(tmp_path: Path):
    written = dict(formats.load("doccano").write([annotated()], "utf-16", Notes()))["gold.jsonl"].decode()
    changed = json.loads(written)
    changed["zhengshu"]["mentions"][1]["text"] = "2023年"
    _, (failure,), _ = bring("doccano", store(tmp_path / "a.jsonl", changed))
    assert "quotes “2023年” at 13–18" in failure
    assert "has “2024年” there" in failure


# --- brat -------------------------------------------------------------------------------------------------------------


def brat(tmp_path: Path, annotations: str, text: str | None = SENTENCE, name: str = "jobs") -> Path:
    (tmp_path / "brat").mkdir(exist_ok=True)
    if text is not None:
        (tmp_path / "brat" / f"{name}.txt").write_bytes(text.encode())
    (tmp_path / "brat" / f"{name}.ann").write_bytes(annotations.encode())
    return tmp_path / "brat"


def test_brat_lines_of_all_kinds(tmp_path: Path):
    annotations = (
        "\ufeffT1\tquantity 8 12\t3万余人\r\n"
        "A1\tquantity_modifier T1 more_than\r\n"
        '#1\tAnnotatorNotes T1\t{"value": "30000", "unit": "人"}\r\n'
        "T2\tignore 8 13;14 20\t3万余人， 增长7.2%\r\n"
        "#2\tAnnotatorNotes T2\t范围待定\r\n"
        "R1\tpart Arg1:T1 Arg2:T2\r\nE1\tRise:T1\r\n*\tEquiv T1 T2\r\n\r\n"
    )
    (gold,), failures, (note,) = bring("brat", brat(tmp_path, annotations))
    assert (failures, gold["doc"]) == ([], "jobs")
    assert gold["mentions"][0] | {"start": 8} == {
        **{"kind": "quantity", "start": 8, "end": 12, "text": "3万余人"},
        **{"high": None, "modifier": "more_than", "unit": "人", "value": "30000"},
    }
    assert gold["mentions"][1]["text"] == "3万余人，\n增长7.2%"
    assert "relation (1), event (1), equivalence (1), note (1)" in note


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T1\tquantity 8 10;16 20\t3万 7.2%", "in pieces (8 10;16 20)"),
        ("T1\tquantity 8 12\t3万多人", "quotes “3万多人” at 8–12, but the article"),
        ("T1\tmoney 8 12\t3万余人", "the label 'money' is unknown"),
        ("T1\tquantity 8\t3万余人", "is no line of brat's standoff format"),
        ("A1\tquantity_modifier T9 exact", "belongs to T9, which is no span"),
        ("T1\tquantity 8 12\t3万余人\nA1\tquantity_modifier", "is no attribute of a span"),
        (
            'T1\tquantity 8 12\t3万余人\n#1\tAnnotatorNotes T1\t{"colour": "red"}',
            "the field 'colour'; its fields are value",
        ),
        ("something else", "is no line of brat's standoff format"),
    ],
)
def test_brat_faults_are_sentences(tmp_path: Path, line: str, said: str):
    _, (failure,), _ = bring("brat", brat(tmp_path, line + "\n"))
    assert said in failure
    assert "jobs.ann: line " in failure


def test_brat_without_texts_needs_the_articles(tmp_path: Path):
    place = brat(tmp_path, "T1\tignore 14 16\t增长\n", text=None)
    assert "name the articles with --articles" in bring("brat", place)[1][0]
    (gold,), failures, _ = bring("brat", place, article(tmp_path, SENTENCE))
    assert (failures, places(gold)) == ([], [("ignore", "增长")])


def test_brat_counts_the_byte_order_mark_of_a_text(tmp_path: Path):
    place = brat(tmp_path, "T1\tignore 15 17\t增长\n", text="\ufeff" + SENTENCE)
    (gold,), failures, _ = bring("brat", place)
    assert (failures, gold["length"]) == ([], len(SENTENCE))
    assert [(m["start"], m["text"]) for m in gold["mentions"]] == [(14, "增长")]


def test_brat_writes_a_mention_over_lines_as_fragments():
    files = dict(formats.load("brat").write([annotated()], "code-points", Notes()))
    lines = files["yoshino.ann"].decode().split("\n")
    assert "T4\tquantity 19 22;23 24\t3万余 户" in lines
    assert "A1\tprogram_type T1 action" in lines
    assert '#1\tAnnotatorNotes T1\t{"name": "“𠮷田”行动"}' in lines
    assert files["yoshino.txt"].decode() == TEXT
    assert "ordinal_role\tArg:ordinal, Value:rank|sequence" in files["annotation.conf"].decode()


# --- Prodigy ----------------------------------------------------------------------------------------------------------


def prodigy(tmp_path: Path, *tasks: dict[str, Any]) -> Path:
    return store(tmp_path / "db.jsonl", "".join(json.dumps(one) + "\n" for one in tasks).encode())


def test_prodigy_tasks_are_read_and_rejected_ones_left_out(tmp_path: Path):
    spans = [{"start": 8, "end": 12, "token_start": 8, "token_end": 11, "label": "quantity"}]
    common = {"text": SENTENCE, "spans": spans, "_input_hash": 1, "_session_id": "db-li"}
    other = {"text": "全年增长一成。", "answer": "reject", "spans": [], "_input_hash": 2}
    source = prodigy(tmp_path, common | {"answer": "accept", "meta": {"doc": "jobs"}}, other)
    (gold,), failures, notes = bring("prodigy", source)
    assert (failures, gold["doc"], places(gold)) == ([], "jobs", [("quantity", "3万余人")])
    assert "task answered reject (1)" in "\n".join(notes)


def test_prodigy_several_annotators_are_refused_or_chosen(tmp_path: Path):
    tasks = [
        {"text": SENTENCE, "spans": [], "_input_hash": 5, "_annotator_id": name, "answer": "accept"}
        for name in ("li", "wu")
    ]
    source = prodigy(tmp_path, *tasks)
    assert bring("prodigy", source)[1] == [f"{source}, line 1: li, wu annotated it; choose one with --annotator"]
    assert [one["doc"] for one in bring("prodigy", source, annotator="wu")[0]] == ["line-2"]


def test_prodigy_tokens_cover_the_text_and_bound_the_spans():
    line = json.loads(dict(formats.load("prodigy").write([annotated()], "code-points", Notes()))["gold.jsonl"])
    assert "".join(token["text"] for token in line["tokens"]) == TEXT
    for span in line["spans"]:
        first, last = line["tokens"][span["token_start"]], line["tokens"][span["token_end"]]
        assert (first["start"], last["end"]) == (span["start"], span["end"])


# --- Web Annotation ---------------------------------------------------------------------------------------------------


def web(start: int, end: int, exact: str, **more: Any) -> dict[str, Any]:
    """An annotation as @recogito/text-annotator serialises it: a list of targets, bodies with purposes."""
    selector = [
        {"type": "TextQuoteSelector", "exact": exact},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
    body = [{"type": "TextualBody", "purpose": "tagging", "value": "quantity"}]
    target = [{"source": "https://example.org/articles/yoshino.txt", "selector": selector}]
    context = "http://www.w3.org/ns/anno.jsonld"
    return {"@context": context, "id": "x1", "type": "Annotation", "body": body, "target": target} | more


def test_web_annotations_of_a_javascript_tool_count_utf16(tmp_path: Path):
    articles = article(tmp_path, TEXT, "yoshino")
    at = TEXT.index("7.2%")
    source = store(tmp_path / "a.json", [web(at + 2, at + 6, "7.2%")])
    (gold,), failures, notes = bring("web-annotation", source, articles)
    assert (failures, gold["doc"]) == ([], "yoshino")
    assert [(m["start"], m["text"]) for m in gold["mentions"]] == [(at, "7.2%")]
    assert notes[0] == "the quoted texts fit utf-16 offsets, so they were counted that way: yoshino (1)"


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (web(27, 31, "7.3%"), "annotation x1: the quantity quotes “7.3%” at 27–31, but the article"),
        (web(27, 31, "7.2%", target={"source": "yoshino.txt"}), "has no TextPositionSelector"),
        (web(27, 31, "7.2%", target=[web(1, 2, "a")["target"][0]] * 2), "it has 2 targets"),
        (web(27, 31, "7.2%", body=[]), "it has 0 tags"),
        (web(27, 31, "7.2%", body="money"), "the label 'money' is unknown"),
    ],
)
def test_web_annotation_faults_are_sentences(tmp_path: Path, item: dict[str, Any], said: str):
    _, (failure,), _ = bring("web-annotation", store(tmp_path / "a.json", [item]), article(tmp_path, TEXT, "yoshino"))
    assert said in failure


def test_web_annotation_creators_and_forms(tmp_path: Path):
    articles, at = article(tmp_path, TEXT, "yoshino"), TEXT.index("7.2%")
    mine, other = (web(at, at + 4, "7.2%", creator={"id": name}) for name in ("li", "wu"))
    source = store(tmp_path / "a.json", {"type": "AnnotationCollection", "first": {"items": [mine, other]}})
    assert "li, wu annotated it" in bring("web-annotation", source, articles)[1][0]
    assert len(bring("web-annotation", source, articles, "wu")[0][0]["mentions"]) == 1
    single = store(tmp_path / "a.json", mine)
    assert len(bring("web-annotation", single, articles)[0][0]["mentions"]) == 1
    assert "name the articles with --articles" in bring("web-annotation", single)[1][0]


def test_web_annotation_says_what_the_recommendation_says():
    page = json.loads(
        dict(formats.load("web-annotation").write([annotated()], "code-points", Notes()))["yoshino.jsonld"]
    )
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    for item in page["items"]:
        position, quote = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert quote["exact"] == TEXT[start:end], "code points"
        assert TEXT[:start].endswith(quote["prefix"])
        assert TEXT[end:].startswith(quote["suffix"])


# --- spaCy ------------------------------------------------------------------------------------------------------------


def test_docbin_is_what_spacy_reads(tmp_path: Path):
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install '.[spacy]'")
    written = dict(formats.load("docbin").write([annotated()], "code-points", Notes()))["gold.spacy"]
    (doc,) = spacy.tokens.DocBin().from_bytes(written).get_docs(spacy.blank("zh").vocab)
    assert doc.text == TEXT
    for span, mention in zip(doc.spans["sc"], annotated().gold.mentions, strict=True):
        assert (span.start_char, span.end_char, span.label_) == (mention.start, mention.end, mention.kind)
        assert doc.char_span(mention.start, mention.end).text == span.text == mention.text


def test_docbin_of_other_people(tmp_path: Path):
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install '.[spacy]'")
    doc = spacy.blank("zh")(SENTENCE)
    doc.ents = [doc.char_span(8, 12, label="QUANTITY")]
    other = spacy.blank("zh")(TEXT)
    other.spans["a"], other.spans["b"] = [], []
    spacy.tokens.DocBin(docs=[doc, other]).to_disk(tmp_path / "train.spacy")
    (gold,), (failure,), _ = bring("docbin", tmp_path / "train.spacy")
    assert places(gold) == [("quantity", "3万余人")]
    assert "it has the span groups a, b" in failure


def test_docbin_that_is_none(tmp_path: Path, monkeypatch: Any):
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install '.[spacy]'")
    monkeypatch.setattr("zhengshu.gold.docbin.MAX_UNPACKED", 5_000_000)
    for content in (b"", b"PK\x03\x04", zlib.compress(b"\x93\x01\x02\x03"), zlib.compress(b"\0" * 6_000_000)):
        _, (failure,), _ = bring("docbin", store(tmp_path / "a.spacy", content))
        assert "is no DocBin" in failure or "unpacks to more than" in failure


def test_docbin_without_spacy_says_what_to_install(tmp_path: Path, monkeypatch: Any, capsys: Any):
    monkeypatch.setitem(__import__("sys").modules, "spacy.tokens", None)
    assert main(["gold", "import", str(tmp_path), "--format", "docbin", "--out", str(tmp_path / "out")]) == 2
    assert "pip install 'zhengshu[spacy]'" in capsys.readouterr().err


# --- the commands -----------------------------------------------------------------------------------------------------


def test_import_writes_the_good_and_nothing_of_the_bad(tmp_path: Path, capsys: Any):
    bad = task(*RISE, *region("aX9", 8, 12, "quantity", "4万余人"), id=8)
    source = store(tmp_path / "export.json", [bad, task(*JOBS)])
    out = tmp_path / "gold"
    assert main(["gold", "import", str(source), "--format", "label-studio", "--out", str(out)]) == 1
    assert [path.name for path in out.iterdir()] == ["task-7.json"]
    said = capsys.readouterr().err
    assert "“4万余人”" in said
    assert "1 articles with 1 mentions" in said
    assert ", 1 failed" in said


def test_documents_go_out_as_predictions(tmp_path: Path, capsys: Any):
    articles = article(tmp_path, SENTENCE)
    assert main(["extract", str(articles), "--out", str(tmp_path / "outputs")]) == 0
    command = ["gold", "export", str(tmp_path / "outputs"), "--articles", str(articles), "--format", "label-studio"]
    assert main([*command, "--out", str(tmp_path / "pre.json")]) == 0
    (made,) = json.loads((tmp_path / "pre.json").read_text("utf-8"))
    assert made["annotations"] == []
    (prediction,) = made["predictions"]
    assert prediction["model_version"].startswith("zhengshu ")
    labels = [i["value"] for i in prediction["result"] if i["from_name"] == "label"]
    spans = {(value["text"], *value["labels"]) for value in labels}
    figures = {("3万余人", "quantity"), ("3万余人", "fact"), ("7.2%", "quantity")}
    assert spans == {("上半年", "period"), *figures}
    assert (tmp_path / "label_config.xml").exists()
    capsys.readouterr()


def test_facts_of_documents_stand_over_their_quantity():
    document = extract("上半年，新增就业3万余人。", published="2025-07-18")
    fact = {"id": "f1", "quantity": "q1", "indicator": "就业", "aspect": "change", "direction": "up", "basis": None}
    fact |= {"base": None, "period": "t1", "region": None, "region_code": None, "subject": None, "rule": "facts.test"}
    fact |= {"indicator_spans": [(6, 8)], "indicator_code": None, "indicator_name": None, "per": None}
    with_fact = Extraction.model_validate(document.model_dump() | {"facts": (fact,)})
    found = parse(exporting.reading(with_fact)).record()["mentions"]
    assert places({"mentions": found}) == [("period", "上半年"), ("fact", "3万余人"), ("quantity", "3万余人")]
    assert found[1] == {
        **{"kind": "fact", "start": 8, "end": 12, "text": "3万余人", "aspect": "change", "base": None, "basis": None},
        **{"direction": "up", "indicator": "就业", "period": "上半年", "region": None, "subject": None},
    }


def test_export_refuses_gold_that_does_not_fit_its_article(tmp_path: Path, capsys: Any):
    articles = article(tmp_path, TEXT, "yoshino")
    (tmp_path / "gold").mkdir()
    record = annotated().gold.record()
    store(tmp_path / "gold" / "a.json", record)
    wrong = record | {"doc": "wrong", "mentions": [{"kind": "ignore", "start": 0, "end": 2, "text": "吉野"}]}
    store(tmp_path / "gold" / "b.json", wrong)
    store(tmp_path / "gold" / "c.json", record | {"doc": "lost", "sha256": "0" * 64})
    store(tmp_path / "gold" / "d.json", record | {"doc": "../up"})
    store(tmp_path / "gold" / "e.json", record | {"mentions": [record["mentions"][0] | {"colour": "red"}]})
    command = ["gold", "export", str(tmp_path / "gold"), "--articles", str(articles), "--format", "brat"]
    assert main([*command, "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert "b.json: mention 1: the ignore quotes “吉野” at 0–2, but the article" in said
    assert "has “𠮷野” there" in said
    assert "c.json: no article has the text of lost" in said
    assert "d.json: doc: '../up' names no safe file" in said
    assert "e.json: mention 1, colour: Extra inputs are not permitted" in said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *["annotation.conf", "yoshino.ann", "yoshino.meta.json", "yoshino.txt"]
    ]


def test_formats_on_the_command_line_are_all_there_are(capsys: Any):
    with pytest.raises(SystemExit):
        main(["gold", "export", "--help"])
    assert "{" + ",".join(formats.NAMES) + "}" in "".join(capsys.readouterr().out.split())
    assert [formats.load(name).name for name in formats.NAMES] == list(formats.NAMES)


def test_many_marks_take_time_in_proportion(tmp_path: Path):
    """Twenty thousand spans with an attribute each; a quadratic reader would take minutes."""
    lines = (f"T{i}\tquantity {i} {i + 1}\t户\nA{i}\tquantity_modifier T{i} exact\n" for i in range(20_000))
    began = time.monotonic()
    (gold,), failures, _ = bring("brat", brat(tmp_path, "".join(lines), text="户" * 20_000))
    assert (len(gold["mentions"]), failures) == (20_000, [])
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("name", ["doccano", "brat"])
def test_annotator_is_refused_where_the_format_names_none(tmp_path: Path, name: str):
    with pytest.raises(DocumentError, match="annotat"):
        list(Import(formats.load(name), annotator="li").read(str(tmp_path)))


def test_sources_that_are_not_there(tmp_path: Path, capsys: Any):
    for source, said in ((tmp_path / "no", "there is no"), (tmp_path, "holds no .jsonl files")):
        out = ["--out", str(tmp_path / "out")]
        assert main(["gold", "import", str(source), "--format", "doccano", *out]) == 2
        assert said in capsys.readouterr().err
    assert main(["gold", "export", str(tmp_path / "no"), "--format", "brat", "--articles", str(tmp_path), *out]) == 2
    assert "there is no" in capsys.readouterr().err
