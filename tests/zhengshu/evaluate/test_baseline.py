"""A baseline keeps what became of every record; a rise never hides a fall."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.zhengshu.evaluate.samples import FLAWED, GOLD, HASH, PERFECT
from zhengshu.errors import OutputError, UsageError
from zhengshu.evaluate import evaluate
from zhengshu.evaluate.baseline import Baseline, Comparison, compare, keep, load, save


def kept(document: dict[str, Any], gold: dict[str, Any] = GOLD) -> Baseline:
    return keep(evaluate([gold], {HASH: document}))


def changed(**lists: list[dict[str, Any]]) -> Comparison:
    return compare(kept(PERFECT), kept({**PERFECT, **lists}))


def edited(index: int, **fields: Any) -> list[dict[str, Any]]:
    records = [dict(record) for record in PERFECT["quantities"]]
    records[index] |= fields
    return records


def test_nothing_changed():
    assert changed() == Comparison((), (), (), ())


@pytest.mark.parametrize("document", [PERFECT, FLAWED])
def test_file_gives_back_what_was_kept(tmp_path: Path, document: dict[str, Any]):
    place = str(tmp_path / "b.jsonl")
    save(place, kept(document))
    assert load(place) == kept(document)
    first = Path(place).read_bytes()
    save(place, load(place))
    assert Path(place).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["b.jsonl"]


def test_one_record_a_line(tmp_path: Path):
    save(str(tmp_path / "b.jsonl"), kept(FLAWED))
    head, *lines = (tmp_path / "b.jsonl").read_text("utf-8").split("\n")
    assert head == '{"baseline": "1"}'
    records = [json.loads(line) for line in lines if line]
    gold = sum(mention["kind"] != "ignore" for mention in GOLD["mentions"])
    assert len(records) == gold + 2, "every gold record and every spurious one"
    assert records[1] == {
        "article": "sample.txt",
        "kind": "quantity",
        "start": 22,
        "end": 26,
        "text": "8.1%",
        "outcome": "attribute",
        "wrong": ["modifier"],
        "rule": "quantities.amount",
    }


def test_a_fall_is_named_with_its_rule():
    (fall,) = changed(quantities=edited(1, unit="百分点")).falls
    assert str(fall) == "sample.txt: quantity “8.1%” at 22: right → wrong in unit (quantities.rule)"
    (fall,) = changed(quantities=PERFECT["quantities"][:2]).falls
    assert str(fall) == "sample.txt: quantity “三成” at 57: right → missed (quantities.rule)"
    assert fall.rule == "quantities.rule", "the rule that read it before"


def test_a_spurious_record_is_a_fall_and_its_going_a_rise():
    spurious = {**PERFECT["quantities"][0], "start": 6, "end": 8, "text": "引进", "id": "s"}
    (fall,) = changed(quantities=[*PERFECT["quantities"], spurious]).falls
    assert str(fall) == "sample.txt: quantity “引进” at 6: not read → spurious (quantities.rule)"
    back = compare(kept({**PERFECT, "quantities": [*PERFECT["quantities"], spurious]}), kept(PERFECT))
    assert (len(back.falls), [str(rise) for rise in back.rises]) == (
        0,
        ["sample.txt: quantity “引进” at 6: spurious → no longer read (quantities.rule)"],
    )


@pytest.mark.parametrize(
    ("before", "after", "falls", "rises"),
    [
        ({"unit": "元"}, {"unit": "元", "modifier": "approx"}, 1, 0),
        ({"unit": "元", "modifier": "approx"}, {"unit": "元"}, 0, 1),
        ({"unit": "元"}, {"modifier": "approx"}, 1, 0),
        ({"unit": "元"}, {"unit": "美元"}, 0, 0),
        ({"end": 25}, {"unit": "元"}, 0, 1),
        ({"unit": "元"}, {"end": 25}, 1, 0),
    ],
    ids=["one more wrong", "one less", "one for another", "wrong as before", "span mended", "span broken"],
)
def test_degrees_of_wrong(before: dict[str, Any], after: dict[str, Any], falls: int, rises: int):
    a, b = ({**PERFECT, "quantities": edited(1, **fields)} for fields in (before, after))
    found = compare(kept(a), kept(b))
    # The fact stands and falls with the span of its quantity.
    fell, rose = ([change for change in side if change.known.kind != "fact"] for side in (found.falls, found.rises))
    assert (len(fell), len(rose)) == (falls, rises)


def test_a_rise_does_not_hide_a_fall():
    before = kept({**PERFECT, "quantities": edited(0, unit="美元")})
    after = kept({**PERFECT, "quantities": edited(1, unit="美元")})
    found = compare(before, after)
    assert len(found.falls) == len(found.rises) == 1
    lines = found.lines()
    assert lines[0] == "against the baseline: 1 fell, 1 rose, 0 gold records vanished, 0 are new"
    assert lines[1] == "fell: 1 by quantities.rule"
    assert sum("fell: sample" in line or "rose: sample" in line for line in lines) == 2


def test_gold_that_came_and_went_is_no_fall():
    less = {**GOLD, "mentions": [mention for mention in GOLD["mentions"] if mention["text"] != "三成"]}
    document = {**PERFECT, "quantities": PERFECT["quantities"][:2]}
    found = compare(kept(PERFECT), kept(document, less))
    assert (found.falls, found.rises, found.new) == ((), (), ())
    assert [each.text for each in found.vanished] == ["三成"]
    back = compare(kept(document, less), kept(PERFECT))
    assert (back.falls, back.rises, back.vanished) == ((), (), ())
    assert [each.text for each in back.new] == ["三成"]
    assert "new: 1 gold records of sample.txt" in back.lines()


def test_what_was_spurious_and_is_gold_now_is_new():
    less = {**GOLD, "mentions": [mention for mention in GOLD["mentions"] if mention["text"] != "三成"]}
    found = compare(kept(PERFECT, less), kept(PERFECT))
    assert (found.falls, found.rises, len(found.new)) == ((), (), 1)


def test_facts_over_one_span_are_told_apart():
    twice = {**GOLD, "mentions": [*GOLD["mentions"], GOLD["mentions"][-1]]}
    assert len(kept(PERFECT, twice)) == len(kept(PERFECT)) + 1


def test_older_documents_have_no_rule():
    plain = [{key: value for key, value in record.items() if key != "rule"} for record in PERFECT["quantities"]]
    found = compare(kept({**PERFECT, "quantities": plain}), kept({**PERFECT, "quantities": plain[:2]}))
    assert found.lines()[1] == "fell: 1 by no rule"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is no baseline of this version"),
        ("[]\n", "is no baseline of this version"),
        ('{"baseline": "1"}\n{', "line 2: this is no record of a baseline"),
        ('{"baseline": "1"}\n\n3', "line 3: this is no record of a baseline"),
        ('{"baseline": "1"}\n{"article": "a"}', "line 2: this is no record of a baseline"),
        ('{"baseline": "1"}\n{"a": 1, "wrong": 1}', "line 2: this is no record of a baseline"),
    ],
)
def test_what_is_no_baseline_is_said(tmp_path: Path, content: str, says: str):
    place = tmp_path / "b.jsonl"
    place.write_text(content)
    with pytest.raises(UsageError, match=says):
        load(str(place))


def test_files_that_cannot_be_used(tmp_path: Path):
    with pytest.raises(UsageError, match=r"cannot be read: No such file.*--save-baseline"):
        load(str(tmp_path / "absent"))
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="is no baseline"):
        load(str(tmp_path / "bytes"))
    with pytest.raises(OutputError, match="cannot be written"):
        save(str(tmp_path / "absent" / "b.jsonl"), kept(PERFECT))
