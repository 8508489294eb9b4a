import csv
import re
import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

import extractors.programs as stage
from extractors.programs import read_programs
from extractors.rules import RULES
from schemas import Article, Reading
from zhengshu.views import read

HERE = Path(stage.__file__).parent
WORDS = tomllib.loads((HERE / "programs.toml").read_text("utf-8"))
HEADS = [head for lists in WORDS["heads"].values() for heads in lists.values() for head in heads]
TYPES = {
    "plan",
    "action",
    "project",
    "strategy",
    "reform",
    "mechanism",
    "fund",
    "zone",
    "campaign",
    "document",
    "title",
    "other",
}
PROOFS = [rule for rule in RULES.values() if rule.kind == "programs"]
SENTENCES = sorted({sentence for rule in PROOFS for sentence, _ in rule.says})


def view(text: str, region: str | None = None) -> Reading:
    return read(Article(id="test", text=text, region=region))


def found(text: str) -> list[tuple[str, str]]:
    reading = view(text)
    return [(reading.text[each.start : each.end], each.type) for each in read_programs(reading)]


def test_every_rule_of_the_stage_has_its_name_in_the_code():
    named = {name for path in HERE.glob("program*.py") for name in re.findall(r'"(programs\.\w+)"', path.read_text())}
    assert {rule.name for rule in PROOFS} == named - {"programs.toml"}


def test_tables_are_large_enough_and_name_no_head_twice():
    assert len(HEADS) == len(set(HEADS)) >= 120
    assert set(WORDS["heads"]) <= TYPES
    lines = (HERE / "program_names.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names)) >= 150
    assert {row["type"] for row in rows} <= TYPES
    assert {row["unquoted"] for row in rows} == {"yes", "no"}


def test_words_stand_in_one_left_list_only():
    left = WORDS["left"]
    launch, stops, opening = (set(left[key]) for key in ("launch", "stops", "opening"))
    assert not launch & stops
    assert not stops & opening
    assert not launch & opening


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_same_sentence_many_times_gives_the_same_each_time(sentence: str):
    assert set(found(f"{sentence}\n" * 5)) == set(found(sentence))


def test_finds_are_sorted_and_apart():
    finds = read_programs(view("".join(SENTENCES)))
    assert len(finds) > len(SENTENCES)
    assert all(a.end <= b.start for a, b in pairwise(finds))
    assert all(each.start < each.end for each in finds)


def test_a_name_that_a_head_closes_is_no_body_of_that_name():
    assert found("开展湖滩整治行动。") == [("湖滩整治行动", "action")]
    assert found("组建湖滩整治行动队。") == []


def test_the_articles_own_region_stays_outside():
    reading = view("广安市“链长制”见效，广安老旧工业城市振兴发展示范区获批。", region="广安市")
    assert next(reading.text[each.start : each.end] for each in read_programs(reading)) == "链长制"


@pytest.mark.parametrize("place", ["武威", "北屯市", "祁门县", "阿鲁科尔沁旗", "锡林郭勒盟", "甘孜州"])
def test_no_place_is_special(place: str):
    assert found(f"{place}“链长制”见效。") == [("链长制", "mechanism")]
    assert found(f"{place}产业引导基金设立。") == [(f"{place}产业引导基金", "fund")]
    assert found(f"{place}绿洲扩容改造工程完工。") == [(f"{place}绿洲扩容改造工程", "project")]


def test_traditional_characters_and_other_quotation_marks():
    assert found("实施「百校共建計劃」。") == [("百校共建计划", "plan")]
    assert found("圍繞「2+3」適度開放策略。") == [("「2+3」适度开放策略", "strategy")]
    assert found('启动"暖春行动"。') == [("暖春行动", "action")]


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "《",
        '"',
        "计划",
        "制、",
        "‘’",
        "“试点计划”",
        "国家级",
        "《通知》实施暖春行动。",
        "、",
        "的运动",
        "国家",
        "长江工程",
    ],
)
def test_time_grows_linearly(unit: str):
    def seconds(length: int) -> float:
        reading = view(unit * (length // len(unit)))
        start = time.perf_counter()
        read_programs(reading)
        return time.perf_counter() - start

    seconds(1_000)
    assert seconds(80_000) < 12 * seconds(20_000) + 0.5


@pytest.mark.parametrize("text", ["", "\n", "”“", "》《", "计划", "“”", "《》", "制", "第个五年规划", "“一", "等"])
def test_scraps_find_nothing(text: str):
    assert found(text) == []
