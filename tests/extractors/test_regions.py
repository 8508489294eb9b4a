"""Regions: the gazetteer by year, the region of an article, and the place that governs a figure."""

import csv
import re
import subprocess
import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from extractors import gazetteer, units
from extractors.gazetteer import NATION, find
from extractors.regions import Home, RegionReader, article_region
from schemas import Article, Reading
from zhengshu import views

TABLE = Path(gazetteer.__file__).parent / "regions.csv"
NAMES = [
    ("淄博市", 2022, "370300", "淄博市"),
    ("淄博", 2022, "370300", "淄博市"),
    ("新疆", 2022, "650000", "新疆维吾尔自治区"),
    ("内蒙古", 2022, "150000", "内蒙古自治区"),
    ("广西", 2022, "450000", "广西壮族自治区"),
    ("宁夏", 2022, "640000", "宁夏回族自治区"),
    ("西藏", 2022, "540000", "西藏自治区"),
    ("香港", 2022, "810000", "香港特别行政区"),
    ("澳门", 2022, "820000", "澳门特别行政区"),
    ("香港", 1990, None, None),
    ("延边", 2022, "222400", "延边朝鲜族自治州"),
    ("凉山", 2022, "513400", "凉山彝族自治州"),
    ("恩施", 2022, "422800", "恩施土家族苗族自治州"),
    ("锡林郭勒", 2022, "152500", "锡林郭勒盟"),
    ("阿鲁科尔沁旗", 2022, "150421", "阿鲁科尔沁旗"),
    ("吉林", 2022, "220000", "吉林省"),
    ("莱芜市", 2018, "371200", "莱芜市"),
    ("莱芜市", 2019, "371200", "莱芜市"),
    ("莱芜市", 2020, None, None),
    ("莱芜区", 2020, "370116", "莱芜区"),
    ("巢湖市", 2010, "341400", "巢湖市"),
    ("巢湖市", 2012, "340181", "巢湖市"),
    ("襄樊市", 2010, "420600", "襄樊市"),
    ("襄樊市", 2011, None, None),
    ("襄阳市", 2011, "420600", "襄阳市"),
    ("思茅市", 2006, "530800", "思茅市"),
    ("普洱市", 2008, "530800", "普洱市"),
    ("崇文区", 2009, "110103", "崇文区"),
    ("崇文区", 2011, None, None),
    ("宣武区", 2010, "110104", "宣武区"),
    ("通县", 1990, "110223", "通县"),
    ("浦东新区", 2022, "310115", "浦东新区"),
    ("滨海新区", 2022, "120116", "滨海新区"),
    ("两江新区", None, "500157", "两江新区"),
    ("海淀", 1958, "110108", "海淀区"),
    ("鼓楼区", 2020, None, None),
    ("朝阳", 2020, None, None),
    ("鲁", 2020, None, None),
]


@pytest.mark.parametrize(("name", "year", "code", "full"), NAMES)
def test_a_name_finds_the_division_in_force_in_the_year(name, year, code, full):
    region = find(name, year)
    assert (region and region.code, region and region.name) == (code, full)


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("鼓楼区", "南京市", "320106"),
        ("鼓楼区", "福州", "350102"),
        ("朝阳", "北京", "110105"),
        ("朝阳", "辽宁", "211300"),
    ],
)
def test_the_region_around_decides_between_divisions_of_one_name(name, within, code):
    region = find(name, 2020, find(within, 2020))
    assert region is not None
    assert region.code == code


def test_level_and_parents_follow_from_the_code():
    district = find("淄川区", 2020)
    assert district is not None
    assert district.level == "county"
    assert [region.name for region in gazetteer.above(district, 2020)] == ["淄博市", "山东省"]


def test_rows_of_the_table_are_ordered_and_sound():
    lines = TABLE.read_text("utf-8").splitlines()
    data = [line for line in lines if not line.startswith("#")][1:]
    assert data == sorted(data)
    seen = set()
    for code, name, since, until in csv.reader(data):
        assert re.fullmatch(r"[1-8][0-9]{5}", code)
        assert 1980 <= int(since) <= int(until or 9999)
        assert (code, name, since) not in seen
        seen.add((code, name, since))
    assert len(data) > 7_500


def test_no_code_has_two_names_for_longer_than_the_year_of_a_change():
    rows = list(csv.DictReader(line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")))
    by_code = {}
    for row in rows:
        if int(row["since"]) >= 1985:  # codes were given out anew before
            by_code.setdefault(row["code"], []).append((int(row["since"]), int(row["until"] or 9999)))
    for code, spans in by_code.items():
        spans.sort()
        for (_, until), (since, _) in pairwise(spans):
            assert since >= until, code


def reading(text, published="2022-09-14", region=None):
    article = Article(id="a", text=text, published=published and date.fromisoformat(published), region=region)
    return views.read(article, units=units.surfaces())


ARTICLES = [
    ("淄博市", None, "无关的正文。", "淄博市", False),
    ("黑龙江大庆", None, "无关的正文。", "大庆市", False),
    ("浙江德清", None, "无关的正文。", "德清县", False),
    ("全国", None, "无关的正文。", "全国", False),
    ("某地", None, "无关的正文。", "某地", False),
    ("江苏苏州", "苏州高新区开工12个项目", "无关的正文。", "苏州高新区", True),
    ("广东广州", "来了！广州南沙新码头启用", "无关的正文。", "广州市南沙区", True),
    ("湖北", "湖北：粮食增产 湖南：秋收过半", "无关的正文。", "湖北省", False),
    (None, "淄博市2021年国民经济和社会发展统计公报", "无关的正文。", "淄博市", True),
    (None, None, "本报淄博9月13日电 记者获悉，今年以来新增企业12家。", "淄博市", True),
    (None, None, "潍坊市统计局发布数据，上半年全市粮食产量为30万吨。", "潍坊市", True),
    (None, None, "新华社北京9月13日电 上半年投资增长5%。", None, False),
    (None, None, "国家统计局发布数据，上半年投资增长5%。", "全国", True),
    (None, None, "一年来，全省上下同心，老区人民爱戴湖北的山水。", "湖北省", True),
    (None, "北京冬奥会闭幕", "来自各地的选手依依不舍。", None, False),
    (None, None, "央视网消息（新闻联播）：法国政府说，今年失业率为7%。", "法国", True),
    (None, None, "企业家说，今年订单增长5%。", None, False),
]


@pytest.mark.parametrize(("metadata", "title", "text", "name", "inferred"), ARTICLES)
def test_the_region_of_an_article(metadata, title, text, name, inferred):
    home = article_region(text, title, metadata, date(2022, 9, 14))
    assert (home.region and home.region.name, home.evidence is not None) == (name, inferred)
    assert (home.message is not None) == inferred


def test_what_was_inferred_is_said_with_its_evidence():
    home = article_region("无关。", "淄博市2021年统计公报", None, None)
    assert home.message is not None
    assert "淄博市 (370300)" in home.message
    assert "headline “淄博市2021年统计公报”" in home.message


FIGURES = [
    ("淄博市", "2021年，全市完成投资⟦300亿元⟧。", "淄博市", "370300"),
    ("淄博市", "产值达⟦300亿元⟧。", "淄博市", "370300"),
    ("淄博市", "上半年，全省粮食产量⟦500万吨⟧。", "山东省", "370000"),
    ("淄博市", "全市产值300亿元，占全省的⟦5%⟧。", "淄博市", "370300"),
    ("淄博市", "产值居全国⟦第3位⟧。", "淄博市", "370300"),
    ("淄博市", "其中，淄川区完成投资⟦30亿元⟧。", "淄川区", "370302"),
    ("淄博市", "淄川区完成投资30亿元。全市完成投资⟦300亿元⟧。", "淄博市", "370300"),
    ("淄博市", "淄川区、博山区分别完成30亿元、⟦20亿元⟧。", "博山区", "370304"),
    ("全国", "今天，湖南、湖北两省转移群众⟦30万人⟧。", "湖南、湖北两省", None),
    ("淄博市", "今年淄博高新区完成投资⟦30亿元⟧。", "淄博高新区", None),
    ("山东省", "西起济南，东至青岛，全长⟦300公里⟧。", "山东省", "370000"),
    ("山东省", "青岛某某装备有限公司产值⟦3亿元⟧。", "山东省", "370000"),
    ("德清县", "1月，全县完成投资⟦30亿元⟧。", "德清县", "330521"),
    ("南宁市", "1月，全区完成投资⟦300亿元⟧。", "广西壮族自治区", "450000"),
    ("全国", "本土病例30例（湖北12例，广东⟦5例⟧）。", "广东省", "440000"),
    ("全国", "本土病例30例（湖北12例），比前一日多⟦5例⟧。", "全国", None),
    ("全国", "今年以来，长三角新设企业⟦3万家⟧。", "长三角", None),
    ("全国", "目前，中西部22个省份安排项目⟦300个⟧。", "中西部22个省份", None),
    ("全国", "湖南：稳中有进\n\n前三季度，全省投资增长⟦5%⟧。", "湖南省", "430000"),
    ("全国", "湖南：稳中有进\n\n全省投资增长5%。\n\n能源供应充足\n\n发电量增长⟦6%⟧。", "全国", None),
    ("全国", "美国政府说，全国失业率为⟦5%⟧。", "美国", None),
    ("湖北省", "十年过去，这里成了⟦2万人⟧的杨柳镇。", "杨柳镇", None),
    ("上海市", "公司在海南设立⟦3亿元⟧的基金，在本市新增就业5万人。", "海南省", "460000"),
    (None, "全市完成投资⟦300亿元⟧。", "全市", None),
    (None, "产值达⟦300亿元⟧。", None, None),
]


@pytest.mark.parametrize(("home", "text", "name", "code"), FIGURES)
def test_the_place_that_governs_a_figure(home, text, name, code):
    start = text.index("⟦")
    view = reading(text.replace("⟦", "").replace("⟧", ""))
    governing = RegionReader(view, article_region(view.text, None, home, view.published)).governing(start)
    assert (governing.region and governing.region.name, governing.region and governing.region.code) == (name, code)
    if governing.span is not None:
        assert 0 <= governing.span[0] < governing.span[1] <= len(view.text)


def test_an_old_article_has_the_codes_of_its_time():
    view = reading("今年，襄樊投资增长5%。", "2009-05-01")
    region = RegionReader(view, Home(NATION)).governing(view.text.index("5")).region
    assert region is not None
    assert region.name == "襄樊市"


@pytest.mark.parametrize(
    ("piece", "times"),
    [(piece, 1_000_000) for piece in "市全的。1"] + [(piece, 50_000) for piece in ("全市", "淄博", "、淄博", "\n淄博")],
)
def test_time_grows_with_the_text(piece, times):
    text = piece * times
    view = Reading(text, text, None, (), _OneCharacter(), date(2022, 9, 14))
    start = time.perf_counter()
    home = article_region(text, text, text, view.published, text)
    reader = RegionReader(view, home)
    for position in range(0, len(text), 50):
        reader.governing(position)
    assert time.perf_counter() - start < 20


class _OneCharacter:
    def word(self, position: int) -> tuple[int, int]:
        return position, position + 1

    def words(self, start: int, end: int) -> list[tuple[int, int]]:
        return [(i, i + 1) for i in range(start, end)]


def test_the_table_is_loaded_only_where_a_region_is_asked_for():
    code = "import extractors.regions as r, extractors.gazetteer as g; print(g._regions.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
