"""Every way to break a document is refused, and every difference is named."""

from collections.abc import Callable
from typing import Any

import pytest

from schemas import Article, Extraction
from tests.documents import SENTENCE, build, full_document, plain_document, span
from zhengshu.validate import NUMERALS, differences, faults

DOCUMENT = full_document()
Raw = dict[str, Any]


def changed(change: Callable[[Raw], object], document: Extraction = DOCUMENT) -> Extraction:
    raw = document.model_dump(mode="json")
    change(raw)
    return Extraction.model_validate(raw)


def test_sound_documents_have_no_faults():
    assert faults(DOCUMENT, SENTENCE) == []
    assert faults(plain_document(Article(id="a", text="没有数字。")), "没有数字。") == []
    assert faults(plain_document(Article(id="a", text="")), "") == []


def shift(kind: str, by: int) -> Callable[[Raw], object]:
    def change(raw: Raw) -> None:
        raw[kind][0]["start"] += by
        raw[kind][0]["end"] += by

    return change


STRUCTURE: dict[str, tuple[Callable[[Raw], object], str]] = {
    "hash": (lambda raw: raw["article"].update(sha256="0" * 64), "sha256 is not that of the text"),
    "length": (lambda raw: raw["article"].update(length=7), "length is 7"),
    "quantity shifted": (shift("quantities", 1), "quantity q1 17:24 “5600余亿元”: the article has “600余亿元，”"),
    "period shifted": (shift("periods", 1), "period t1 1:6 “2021年”: the article has “021年，”"),
    "ordinal shifted": (shift("ordinals", -1), "ordinal o1"),
    "program shifted": (shift("programs", 1), "program p1"),
    "number shifted": (shift("numbers", 1), "number n1"),
    "span beyond the text": (lambda raw: raw["programs"][0].update(start=500, end=510), "does not lie in the text"),
    "span empty": (lambda raw: raw["periods"][0].update(end=0), "does not lie in the text"),
    "finding beyond the text": (lambda raw: raw["findings"][0].update(end=500), "finding note 0:500"),
    "id twice": (lambda raw: raw["periods"][0].update(id="q1"), "id 'q1' is given to 2 records"),
    "fact of no quantity": (lambda raw: raw["facts"][0].update(quantity="t1"), "quantity 't1' is no quantity"),
    "fact of no period": (lambda raw: raw["facts"][0].update(period="q1"), "period 'q1' is no period"),
    "record twice": (
        lambda raw: raw["programs"].append({**raw["programs"][0], "id": "p2"}),
        "program p2 34:44 ““四强”产业攀登计划”: a second record of the same span",
    ),
    "quantity twice": (lambda raw: raw["quantities"].append({**raw["quantities"][0], "id": "q2"}), "second record"),
    "out of order": (lambda raw: raw["numbers"].reverse(), "not in the order of the text"),
    "entry removed": (lambda raw: raw["numbers"].pop(3), "the ledger lacks the numeral “四” at 35:36"),
    "entry cut short": (lambda raw: raw["numbers"][0].update(end=3, text="202"), "the ledger lacks the numeral “2021”"),
    "entry overlaps": (
        lambda raw: raw["numbers"].insert(1, {**raw["numbers"][0], "id": "n9", "start": 2, "text": "21"}),
        "overlaps the entry before it",
    ),
    "entry without numeral": (
        lambda raw: raw["numbers"].insert(1, {**raw["numbers"][3], "id": "n9", **span(SENTENCE, "全市")}),
        "“全市”: holds no numeral",
    ),
    "entry crosses a record": (
        lambda raw: raw["numbers"][0].update(end=6, text="2021年，"),
        "crosses the edge of period t1",
    ),
    "entry of no record": (lambda raw: raw["numbers"][1].update(record=None), "is quantity of no record, but stands"),
    "entry of another record": (lambda raw: raw["numbers"][1].update(record="t1"), "but stands inside quantity q1"),
    "entry of another role": (lambda raw: raw["numbers"][1].update(role="word"), "but stands inside quantity q1"),
    "entry claims a record": (lambda raw: raw["numbers"][3].update(record="q1"), "stands inside no such record"),
    "entry claims a role": (lambda raw: raw["numbers"][3].update(role="quantity"), "stands inside no such record"),
    "record gone": (lambda raw: raw["ordinals"].clear(), "is ordinal of o1, but stands inside no such record"),
    "records overlap": (
        lambda raw: raw["periods"].append({**raw["periods"][0], "id": "t2", **span(SENTENCE, "亿元，位")}),
        "quantity q1 and period t2 overlap at 21",
    ),
    "base without unit": (
        lambda raw: raw["quantities"][0].update(base_unit=None),
        "base_value and base_unit go together",
    ),
    "base without value": (lambda raw: raw["quantities"][0].update(base_value=None), "go together"),
    "period backwards": (lambda raw: raw["periods"][0].update(start_date="2022-01-01"), "ends before it starts"),
    "name is not the text": (lambda raw: raw["programs"][0].update(name="四强"), "is not the text without line breaks"),
}


@pytest.mark.parametrize(("change", "says"), STRUCTURE.values(), ids=STRUCTURE)
def test_broken_document_is_refused(change: Callable[[Raw], object], says: str):
    found = faults(changed(change), SENTENCE)
    assert any(says in fault for fault in found), found
    assert all("\n" not in fault for fault in found)


@pytest.mark.parametrize("position", [i for i, character in enumerate(SENTENCE) if character.isdigit()])
def test_changed_digit_of_the_text_is_refused(position: int):
    digit = "7" if SENTENCE[position] != "7" else "1"
    assert faults(DOCUMENT, SENTENCE[:position] + digit + SENTENCE[position + 1 :])


@pytest.mark.parametrize("numeral", "0９〇零一两廿卅百億亿万萬壹拾佰仟")
def test_every_numeral_character_is_accounted_for(numeral: str):
    article = Article(id="a", text=f"共{numeral}项")
    assert faults(plain_document(article), article.text) == []
    assert faults(build(article), article.text) == [f"the ledger lacks the numeral “{numeral}” at 1:2"]


def test_numerals_are_those_of_the_contract():
    han = "〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億"
    assert f"0-9０-９{han}" == NUMERALS


def test_name_of_a_programme_across_line_breaks():
    text = "实施“四强”产业\n\n攀登计划"
    fragment = "“四强”产业\n\n攀登计划"
    program = {
        "id": "p1",
        **span(text, fragment),
        "name": "“四强”产业攀登计划",
        "type": "plan",
        "rule": "programs.around",
    }
    article = Article(id="a", text=text)
    numbers = plain_document(article).model_dump(mode="json")["numbers"]
    assert faults(build(article, numbers=numbers, programs=[program]), text) == []


def set_field(kind: str, **fields: object) -> Callable[[Raw], object]:
    return lambda raw: raw[kind][0].update(fields)


CLAIMS: dict[str, tuple[Callable[[Raw], object], str]] = {
    "value": (set_field("quantities", value="5600"), "value is 5600, the article says 560000000000"),
    "high": (set_field("quantities", high="1"), "high is 1, the article says None"),
    "unit": (set_field("quantities", unit="美元"), "unit is 美元, the article says 元"),
    "modifier": (set_field("quantities", modifier="exact"), "modifier is exact, the article says more_than"),
    "date": (set_field("periods", end_date="2022-12-31"), "end_date is 2022-12-31, the article says 2021-12-31"),
    "period type": (set_field("periods", type="range"), "type is range"),
    "scope": (set_field("ordinals", scope="全国"), "scope is 全国"),
    "top": (set_field("ordinals", top=True), "top is True"),
    "program type": (set_field("programs", type="fund"), "type is fund"),
    "ledger value": (set_field("numbers", value="2020"), "number 0:4 “2021”: value is 2020, the article says 2021"),
    "ledger record": (set_field("numbers", record="q1"), "record is 16:23, the article says 0:5"),
    "direction": (set_field("facts", direction="up"), "direction is up"),
    "fact's period": (set_field("facts", period=None), "period is None, the article says 0:5"),
    "indicator": (set_field("facts", indicator="内资"), "内资: claimed, but not read"),
    "finding": (set_field("findings", message="another"), "message is another, the article says a note"),
    "invented": (
        lambda raw: (
            raw["periods"].append({**raw["periods"][0], "id": "t2", **span(SENTENCE, "同比") | {"end": 9}})
            if "同比" in SENTENCE
            else raw["periods"].append({**raw["periods"][0], "id": "t2", **span(SENTENCE, "全市")})
        ),
        "period 6:8 “全市”: claimed, but not read from the article",
    ),
    "dropped": (
        lambda raw: raw["programs"].clear(),
        "program 34:44 ““四强”产业攀登计划”: read from the article, but missing",
    ),
}


@pytest.mark.parametrize(("change", "says"), CLAIMS.values(), ids=CLAIMS)
def test_claim_that_the_article_does_not_make(change: Callable[[Raw], object], says: str):
    lines = differences(changed(change), DOCUMENT)
    assert any(line.startswith("sample: ") and says in line for line in lines), lines


def test_equal_readings_do_not_differ():
    assert differences(DOCUMENT, DOCUMENT) == []


def test_ids_may_differ_where_they_point_the_same_way():
    text = DOCUMENT.model_dump_json().replace('"q1"', '"q7"').replace('"t1"', '"t4"')
    assert differences(Extraction.model_validate_json(text), DOCUMENT) == []


def test_equal_numbers_may_be_written_differently():
    assert differences(changed(set_field("quantities", value="560000000000.0")), DOCUMENT) == []
