"""The view that the rules read: folded, rejoined where there is evidence, and always with its way back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import extract
from schemas import Article, Extraction, Reading
from tests.corpus import NAMES, articles, document
from tests.shared import bulk, needs_shared, zibo
from zhengshu.views import fold, read


def view(text: str) -> Reading:
    return read(Article(id="view", text=text))


# --- folding --------------------------------------------------------------------------------------------------------

FOLDS = [
    ("Kangxi radicals", "⼀、⼆、⼋、⼗、⼟地、⾦属、⾷品", "一、二、八、十、土地、金属、食品"),
    ("digits", "０１２３４５６７８９", "0123456789"),
    ("letters", "ＧＤＰ、ＰＭ２．５、ｋｍ", "GDP、PM2.5、km"),
    ("signs", "８％＋３－２／７～９", "8%+3-2/7~9"),
    ("thousands", "１，２３４，５６７元", "1,234,567元"),
    ("no thousands", "１，２３４５；１２，３４", "1，2345；12，34"),
    ("comma of a sentence", "增长８％，达到１，０００元", "增长8%，达到1,000元"),
    ("brackets and money stay", "（一）￥５、！？：；", "（一）￥5、！？：；"),
    ("traditional", "全國經濟發展，億萬電腦", "全国经济发展，亿万电脑"),
    ("traditional numerals", "壹億貳仟萬", "壹亿贰仟万"),
    ("round zero", "二○二一年，一九五○年，二○○八年", "二〇二一年，一九五〇年，二〇〇八年"),
    ("round mark", "○重点项目、王○明", "○重点项目、王○明"),
    ("zero itself", "二〇二一年", "二〇二一年"),
    ("nothing to do", "全市生产总值增长8%。", "全市生产总值增长8%。"),
    ("what NFKC would stretch", "①②10²、㎡、㈠、ﬁ", "①②10²、㎡、㈠、ﬁ"),
    ("beyond the BMP", "𠮷野家增长５％", "𠮷野家增长5%"),
    ("empty", "", ""),
]


@pytest.mark.parametrize(("text", "folded"), [row[1:] for row in FOLDS], ids=[row[0] for row in FOLDS])
def test_fold(text: str, folded: str):
    assert fold(text) == folded
    assert fold(folded) == folded


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("０１９，．○二〇⼀億國２\n"))))
def test_fold_keeps_the_length(text: str):
    assert len(fold(text)) == len(text)


# --- joins ----------------------------------------------------------------------------------------------------------

LINE = "各级各部门坚持上下联动、一抓到底，在全市范围内持续推动产业转型升级"
"""A line as long as prose is wrapped, with a comma in it and no end."""

JOINS = {
    "an open quotation mark": (f"{LINE}，做好“稳中求", "\n\n", "进、进中提质”各项工作。"),
    "an open title": (f"{LINE}，落实《关于促进民营经济", "\n", "发展壮大的意见》。"),
    "an open comma": (f"{LINE}，", "\n", "全力稳定增长。"),
    "a sentence before": ("会议指出。各级各部门坚持上下联动，引进外来资金5600余", "\n\n", "亿元，有力支撑了发展。"),
    "a word": (f"{LINE}，不断加快新旧动能转", "\n", "换，取得明显成效。"),
    "a carriage return": (f"{LINE}，", "\r\n", "全力稳定增长。"),
    "a blank line that holds blanks": (f"{LINE}，", "\n 　\n", "全力稳定增长。"),
    "blanks at the end of the line": (f"{LINE}，", "  \n", "全力稳定增长。"),
    "a numeral from its scale": (f"{LINE}，全市引进外来资金5600余", "\n\n", "亿元，有力支撑了发展。"),
    "inside the digits": ("投资完成5", "\n", "6亿元，同比增长。"),
    "inside a unit": ("水面超过30平", "\r\n", "方公里。"),
    "a decimal": ("森林覆盖率达63.", "\n", "2%。"),
    "inside Chinese numerals": ("粮食总产二十", "\n\n", "四亿斤。"),
    "inside a year": ("过去一年即20", "\n", "23年的收成。"),
    "a month from its day": ("会议定于9月", "\n", "13日召开。"),
    "a rank": ("总量居全省第", "\n", "三位。"),
    "a range": ("增速保持在5%—", "\n", "6%之间。"),
    "截至 from its date": ("截至", "\n", "8月底完成过半。"),
    "the end of a since": ("党的十八大", "\n", "以来成效明显。"),
    "a quoted name": ("推进“链式", "\n", "发展”行动。"),
    "a numeral from its unit": (f"{LINE}，全市新增规模以上工业企业120", "\n", "家，有力支撑了发展。"),
}


def expected_join(upper: str, gap: str) -> tuple[int, int]:
    return len(upper), len(upper) + len(gap)


@pytest.mark.parametrize("parts", JOINS.values(), ids=JOINS)
def test_break_with_evidence_is_joined(parts: tuple[str, str, str]):
    upper, gap, lower = parts
    text = upper + gap + lower
    reading = view(text)
    assert [(join.start, join.end) for join in reading.joins] == [expected_join(upper, gap)]
    assert all(join.evidence for join in reading.joins)
    assert reading.text == fold(upper + lower)
    found = extract(text)
    notes = [(f.start, f.end) for f in found.findings if f.code == "line_joined"]
    assert notes == [expected_join(upper, gap)]


WRAPPED = [
    "全市上下坚持稳中求进的工作总基调，加快推进新旧动能",
    "转换和产业转型升级，全市生产总值同比增长百分之八，",
    "规模以上工业增加值同比增长百分之十，社会消费品零售",
    "总额同比增长百分之六，城镇居民人均可支配收入同比增",
    "长百分之五。",
]


def test_a_text_of_equal_lines_is_joined_throughout():
    reading = view("\n".join(WRAPPED))
    assert reading.text == "".join(WRAPPED)
    assert len(reading.joins) == len(WRAPPED) - 1


SEPARATE = {
    "the end of a sentence": f"{LINE}。\n\n全市经济稳步增长。",
    "the end of a quoted sentence": f"{LINE}。”\n\n全市经济稳步增长。",
    "a colon": f"{LINE}：\n全市经济稳步增长。",
    "a heading": "在全市经济工作会议上的讲话\n坚持稳中求进工作总基调，推动高质量发展。",
    "a long heading": "青湖市高质量发展这五年系列主题新闻发布会首场在青湖举行\n\n6月8日，首场新闻发布会举行。",
    "a heading that is a question": "青湖五年，一座湖区小城怎样走出绿色发展的新路子？\n\n青湖的做法值得借鉴。",
    "two headings": f"{LINE}\n{LINE}",
    "a list mark": f"{LINE}，\n一、坚持稳中求进。",
    "a list mark in brackets": f"{LINE}，\n（二）坚持稳中求进。",
    "a numbered item": f"{LINE}，\n3. 坚持稳中求进。",
    "an article": f"{LINE}，\n第三条　坚持稳中求进。",
    "a bullet": f"{LINE}，\n●坚持稳中求进。",
    "an indent": f"{LINE}，\n　　坚持稳中求进。",
    "an indent of blanks": f"{LINE}，\n    坚持稳中求进。",
    "a byline": f"{LINE}，\n记者 张三 李四 通讯员 王五 报道。",
    "a source": f"{LINE}，\n来源：市政府办公室。",
    "an annex": f"{LINE}，\n附件：任务清单。",
    "a short line": "主要指标\n全市经济稳步增长。",
    "short lines": "姓名\n职务\n单位\n电话。",
    "a table": "指标 绝对量 增长\n生产总值（亿元） 4841.8 5.1\n第一产业 512.3 3.9",
    "a verse": "白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。",
    "a poem": "红军不怕远征难，\n万水千山只等闲。\n五岭逶迤腾细浪，\n乌蒙磅礴走泥丸。",
    "a poem of couplets": "红军不怕远征难，万水千山只等闲。\n五岭逶迤腾细浪，乌蒙磅礴走泥丸。\n" * 3,
    "a poem without marks": "白日依山尽\n黄河入海流\n欲穷千里目\n更上一层楼\n",
    "a heading that ends in a figure": "全市外贸总额超96万\n十年来，口岸建设不断加快。",
    "a heading that ends in a rank": "贸易规模居全国第一\n截至6月底，全市有口岸5个。",
    "a heading before a newspaper": "全市人口突破500\n人民日报记者到访。",
    "an annex and a year": "见附件1\n2026年重点任务如下。",
    "an index before the next item": "居民消费价格指数：100.3\n5. 2023年工业价格下降。",
    "a page number": "12\n亿元投资落地。",
    "figures in a column": "12\n34\n56\n",
    "one line": LINE,
    "no text": "\n\n　\n",
    "a poem of couplets without ends": (
        "为有牺牲多壮志，敢教日月换新天\n喜看稻菽千重浪，遍地英雄下夕烟\n"
        "红军不怕远征难，万水千山只等闲\n五岭逶迤腾细浪，乌蒙磅礴走泥丸。"
    ),
    "a heading with a title in it": (
        "《青湖记忆——百个村庄的老照片展！》本周起免费开放\n\n展览由市档案馆举办，展期三个月。"
    ),
    "who was quoted": (
        "“能把路修进这样的深山，真是了不起的事情！”——一位老支书这样评价\n\n这条路改变了全村人的生活，也留住了年轻人。"
    ),
    "a quotation in a quotation": (
        "她说起当年的情形：“队长告诉我们。‘先把老人送下山，粮食以后再说。’”\n\n当天傍晚，全村转移完毕。"
    ),
}


@pytest.mark.parametrize("text", SEPARATE.values(), ids=SEPARATE)
def test_break_that_may_be_meant_stays(text: str):
    reading = view(text)
    assert reading.joins == ()
    assert reading.offsets is None
    assert reading.text == fold(text)


# --- the way back ---------------------------------------------------------------------------------------------------


def check_way_back(article: Article, found: Extraction) -> None:
    """Every character of the view is that of its source offset, and every record cites the source."""
    reading = read(article)
    offsets = reading.offsets if reading.offsets is not None else range(len(article.text))
    folded = fold(article.text)
    assert "".join(folded[offset] for offset in offsets) == reading.text
    left_out = {offset for join in reading.joins for offset in range(join.start, join.end)}
    assert sorted(left_out.union(offsets)) == list(range(len(article.text)))
    assert left_out.isdisjoint(offsets)
    for join in reading.joins:
        assert article.text[join.start : join.end].isspace()
        assert "\n" in article.text[join.start : join.end]
    for kind in ("numbers", "quantities", "periods", "ordinals", "programs"):
        for record in getattr(found, kind):
            assert record.text == article.text[record.start : record.end]


@pytest.mark.parametrize("name", NAMES)
def test_offsets_map_back(name: str):
    check_way_back(articles()[name], document(name))


def test_joins_of_the_corpus():
    """One article is hard-wrapped, one has a single broken line; no other is touched."""
    joins = {name: len(read(articles()[name]).joins) for name in NAMES}
    assert {name: count for name, count in joins.items() if count} == {
        "brief-hefeng-harvest": 1,
        "weifang-wrap-2022": 13,
    }


def test_a_record_across_a_break_cites_the_break():
    found = extract("会议指出。各级各部门坚持上下联动，引进外来资金5600余\n\n亿元，有力支撑了发展。")
    (quantity,) = found.quantities
    assert (quantity.text, str(quantity.value), quantity.unit) == ("5600余\n\n亿元", "560000000000", "元")
    assert [(entry.text, entry.role) for entry in found.numbers] == [("5600余\n\n亿", "quantity")]


ZIBO_JOINS = [
    ("实现稳中求", "进、进中提质"),
    ("为淄博经", "济和产业换道超车"),
    ("搭建起“链式发", "展”的高速通道"),
    ("聚焦打造区域", "性科创产业金融高地"),
    ("工作专班”三", "级工作架构"),
    ("高品质民生促进", "共同富裕集成改革任务"),
    ("让民生工作有温", "度、可触及"),
    ("重度残疾", "人护理补贴标准"),
]


@needs_shared
def test_zibo_joins():
    """Exactly the eight words that the page breaks apart, and no heading."""
    article = zibo()
    joins = read(article).joins
    assert len(joins) == len(ZIBO_JOINS)
    for join, (before, behind) in zip(joins, ZIBO_JOINS, strict=True):
        assert article.text[: join.start].endswith(before)
        assert article.text[join.end :].startswith(behind)
    check_way_back(article, extract(article))


@needs_shared
def test_offsets_of_the_bulk_map_back():
    for article in bulk(400):
        check_way_back(article, extract(article))
