import time
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import get_args

import pytest

import extractors.indicators as stage
from extractors.indicators import (
    Indicator,
    Kind,
    dimension_mismatch,
    indicator,
    indicators,
    lookup,
    partitions,
)
from extractors.units import find_unit

UNITS = tomllib.loads((Path(stage.__file__).parent / "units.toml").read_text("utf-8"))
DIMENSIONS = {row["dimension"] for row in UNITS["unit"]} | {"count", "rate", "number"}
ROWS = indicators().values()


def code(text: str, dimension: str | None = None) -> str | None:
    found = lookup(text, dimension)
    return found.code if found else None


# --- the table ---------------------------------------------------------------


def test_the_table_is_large_and_its_codes_are_unique():
    lines = (Path(stage.__file__).parent / "indicators.csv").read_text("utf-8").splitlines()
    rows = [line for line in lines if not line.startswith("#")][1:]
    assert len(rows) == len(indicators()) >= 500


def test_every_row_is_filled():
    for row in ROWS:
        assert row.name and row.english and row.dimensions and row.source, row.code
        assert row.kind in get_args(Kind)
        assert row.code.isascii() and row.code == row.code.upper() and "." in row.code


def test_every_dimension_and_unit_is_known_to_the_units():
    for row in ROWS:
        assert set(row.dimensions) <= DIMENSIONS, row.code
        if not row.unit:
            assert "number" in row.dimensions, row.code
            continue
        unit = find_unit(row.unit, 0)
        assert unit is not None and unit.length == len(row.unit) and unit.name == row.unit, row.code
        assert unit.dimension in row.dimensions, row.code


def test_no_spelling_means_two_indicators():
    owners = defaultdict(set)
    for row in ROWS:
        for word in (row.name, row.local, *row.synonyms, *row.bare):
            owners[stage._normal(word)].add(row.code)
    owners.pop("")
    assert {word: codes for word, codes in owners.items() if len(codes) > 1} == {}


def test_every_parent_exists_and_no_row_is_its_own_ancestor():
    for row in ROWS:
        assert bool(row.partition) <= bool(row.parent), row.code
        ancestors, parent = {row.code}, row.parent
        while parent:
            assert parent in indicators() and parent not in ancestors, row.code
            ancestors.add(parent)
            parent = indicators()[parent].parent


def test_parts_that_add_up_measure_what_their_whole_measures():
    for row in ROWS:
        for parts in partitions(row.code).values():
            assert len(parts) > 1, row.code
            for part in parts:
                assert set(part.dimensions) & set(row.dimensions) or row.kind == "ratio", part.code


def test_every_name_and_synonym_finds_its_own_row():
    for row in ROWS:
        for word in (row.name, row.local, *row.synonyms):
            if word and word not in row.bare:
                assert code(word) == row.code, word
        for word in row.bare:
            assert code(f"全市{word}") == row.code, word


def test_partitions():
    assert {part.code for part in partitions("NA.GDP")["industry"]} == {"NA.GDP.P", "NA.GDP.S", "NA.GDP.T"}
    assert [part.name for part in partitions("FT.TOTAL")["direction"]] == ["出口总额", "进口总额"]
    income = indicator("INC.DPI.URB")
    assert income is not None and income.parent == "INC.DPI" and not income.partition
    assert partitions("NO.SUCH") == {}


def test_one_concept_has_a_name_for_the_nation_and_one_for_regions():
    product = indicator("NA.GDP")
    assert product is not None
    assert product.canonical(national=True) == "国内生产总值"
    assert product.canonical(national=False) == "地区生产总值"
    exports = indicator("FT.EXP")
    assert exports is not None and exports.canonical(national=False) == "出口总额"
    assert indicator("NO.SUCH") is None


# --- looking up --------------------------------------------------------------

FINDS = [
    ("地区生产总值", "NA.GDP"),
    ("地区生产总值（GDP）", "NA.GDP"),
    ("ＧＤＰ", "NA.GDP"),
    ("gdp", "NA.GDP"),
    ("去年全省生产总值", "NA.GDP"),
    ("青岛市地区生产总值", "NA.GDP"),
    ("福建地区生产总值", "NA.GDP"),
    ("2031年全市地区生产总值", "NA.GDP"),
    ("全年规模以上工业增加值", "IND.VA.ABOVE"),
    ("1—5月份规模以上工业增加值", "IND.VA.ABOVE"),
    ("工业增加值", "NA.VA.IND"),
    ("“三新”经济增加值", "NA.VA.THREENEW"),
    ("电力热力燃气及水生产和供应业增加值", "IND.VA.UTIL"),
    ("固定资产投资（不含农户）", "FAI.TOTAL"),
    ("固定资产投资总额", "FAI.TOTAL"),
    ("制造业增加值占地区生产总值的比重", "NA.VA.MFG.SH"),
    ("全国港口货物吞吐量", "TR.PORT"),
    ("年末常住人口", "POP.RES"),
    ("常住人口总量", "POP.RES"),
    ("农村居民人均可支配收入水平", "INC.DPI.RUR"),
    ("高新技术企业总数", "TECH.HNTE"),
    ("专精特新“小巨人”企业数量", "TECH.GIANT"),
    ("细颗粒物（PM2.5）平均浓度", "ENV.AIR.PM25"),
    ("一般公共预算收入规模", "FIN.REV"),
    ("研究与试验发展（R＆D）经费投入强度", "RD.INT"),
    ("每千人口执业（助理）医师数", "HL.DOC.K"),
    ("地表水优良水质的断面比例", "ENV.SW.GOOD"),
    ("铁路累计发送旅客", "TR.PASS.RAIL"),
]


@pytest.mark.parametrize(("text", "expected"), FINDS)
def test_lookup_finds(text: str, expected: str):
    assert code(text) == expected


REFUSES = [
    "",
    "的",
    "全市",
    "总额",
    "总数",
    "企业",
    "项目",
    "投资",
    "收入",
    "产量",
    "高端玩具产业增加值",
    "农民画产业投资",
    "规模以上玩具工业增加值",
    "超大城市常住人口",
    "全年新建口袋公园",
    "中心医院",
    "汽车",
    "粗钢",
    "地区生产总值增速",
    "一般公共预算收入（不含土地收入）",
    "开发区地区生产总值",
    "北京医院",
]


@pytest.mark.parametrize("text", REFUSES)
def test_lookup_refuses(text: str):
    assert lookup(text) is None


def test_an_everyday_word_needs_a_scope_or_a_figure_of_its_dimension():
    assert code("医院") is None
    assert code("医院", "count") is None
    assert code("全市医院") == code("医院总数") == "HL.HOSP"
    assert code("出口") is None
    assert code("出口", "currency") == code("出口", "ratio") == "FT.EXP"
    assert code("高速公路", "length") == "TR.EXPRESSWAY"
    assert code("高速公路", "count") is None


def test_a_name_longer_than_any_indicator_is_refused_at_once():
    started = time.perf_counter()
    assert lookup("全市" * 500_000) is None
    assert lookup("、" * 50 + "出口总额") == indicator("FT.EXP")
    assert lookup("（" * 59) is None
    assert time.perf_counter() - started < 1


# --- what an indicator can be measured in ------------------------------------


def row(code_: str) -> Indicator:
    found = indicator(code_)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code_", "dimension", "aspect", "expected"),
    [
        ("NA.GDP", "currency", "level", False),
        ("NA.GDP", "count", "level", True),
        ("NA.GDP", "ratio", "level", True),
        ("NA.GDP", "ratio", "change", False),
        ("NA.GDP", "currency", "change", False),
        ("NA.GDP", "ratio", "share", False),
        ("NA.GDP", "ratio difference", "contribution", False),
        ("NA.GDP", "ratio", "target", False),
        ("NA.GDP", None, "level", False),
        ("NA.GDP", "rate", "level", False),
        ("ENV.FOREST", "ratio", "level", False),
        ("ENV.FOREST", "area", "level", True),
        ("POP.RES", "count", "level", False),
        ("POP.RES", "currency", "level", True),
        ("NA.PMI.M", "ratio", "level", False),
        ("EN.CONS", "mass", "level", False),
        ("URB.PARK.PC", "area", "level", False),
    ],
)
def test_dimension_mismatch(code_: str, dimension: str | None, aspect: str, expected: bool):
    assert dimension_mismatch(row(code_), dimension, aspect) is expected
