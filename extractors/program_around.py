"""Quotation marks around part of a name: 新经济培育“沃土”行动."""

import re

from extractors.program_found import ProgramFound
from extractors.program_heads import goes_on
from extractors.program_left import COUNT_OF_THINGS, left_edge, own_region, trim, walk
from extractors.program_quotations import CLAUSE, Quote, closing_head
from extractors.program_tables import Head, program_words
from extractors.rules import rule
from schemas.reading import Reading

_HAN = re.compile(r"[^\W0-9A-Za-z_的了是和与等将]{1,14}")
"""What may stand behind a closing mark up to a head: no particle, no digit."""


def _following_head(reading: Reading, close: int, widest: int) -> tuple[Head, int, int] | None:
    """Give the first head behind the closing mark, where it begins and ends: ``”产业攀登计划 -> 攀登计划``.

    Heads that follow one another are one: 专项|行动|计划.
    """
    tables, text = program_words(), reading.text
    match = None if text[close : close + 1] in tables.no_words else _HAN.match(text, close)
    if match is None or tables.some_head.search(text, close, match.end()) is None:
        return None
    found: tuple[Head, int, int] | None = None
    alone = tables.heads.get(text[close : match.end()])
    if alone is not None:
        return alone, close, match.end()
    if text.startswith(_HEADS_IN_A_WORD, close):
        return tables.heads[text[close : close + 2]], close, close + 2
    for each in tables.heads_by_first.get(text[close : close + 2], ()):
        if text.startswith(each.text, close) and not _goes_on_quoted(text, close + len(each.text), each):
            found = each, close, close + len(each.text)
            break
    for start, end in reading.words.words(close, match.end()):
        word = text[start:end]
        if found is not None and end <= found[2]:
            continue
        if found is not None and word not in tables.tails:
            return _further(reading, found, close, match.end())
        ends = (word in tables.stops and word not in _DOING) or word in tables.launch or word in _ABSTRACT
        if text[close - 2].isdigit() and word == "目标":
            ends = False
        counted = COUNT_OF_THINGS.fullmatch(word) is not None
        if (
            start < close
            or counted
            or (ends and word not in tables.heads and not (len(word) > 1 and text.startswith(_HEADS_AFTER_VERBS, end)))
        ):
            break
        piece = text[close : min(end, match.end())]
        head = closing_head(piece, ("named", "launched", "quoted", "inside", "bare"))
        if head is not None and (len(head.text) > 1 or word == head.text) and not _goes_on_quoted(text, end, head):
            found = head, close, end
        elif found is not None or end - close > widest:
            break
    return found


_HEADS_IN_A_WORD = ("工程建设", "企业名单")

_DOING = frozenset("抓推建走办打创做优强")
"""Short verbs inside a name: “陕耀全球”拓市场|抓|订单活动."""

_HEADS_AFTER_VERBS = ("机制", "模式", "负责制", "责任制")
"""“链长+链主”推进|机制, “米袋子”省长|负责制: the verb or the office belongs to the name."""


def _goes_on_quoted(text: str, end: int, head: Head) -> bool:
    """Tell whether a head behind quoted words goes on; “陇电入鲁”工程|建设 does not."""
    return not (head.text == "工程" and text.startswith("建设", end)) and goes_on(text, end, head)


def _further(reading: Reading, found: tuple[Head, int, int], close: int, limit: int) -> tuple[Head, int, int]:
    """Go on to a second head a word or two behind the first: “双百”重大项目|攻坚行动."""
    tables, text = program_words(), reading.text
    if found[0].type not in ("project", "plan"):
        return found
    for _, end in reading.words.words(found[2], min(limit, found[2] + 6))[:3]:
        head = tables.heads.get(text[found[2] : end])
        if head is not None and len(head.text) > 2 and head.needs == "named" and not goes_on(text, end, head):
            return head, close, end
    return found


_ABSTRACT = frozenset({"思想", "精神", "理念", "问题", "要求", "原则", "目标", "方针", "建设"})
"""Behind a closing mark these end what may be a name: “三个代表”重要|思想."""


@rule(
    "programs.around",
    "programs",
    says=[
        ("实施“春苗”人才培育计划，深化“一枚章”审批制度改革。", {"text": "“春苗”人才培育计划", "type": "plan"}),
        ("实施“春苗”人才培育计划，深化“一枚章”审批制度改革。", {"text": "“一枚章”审批制度改革", "type": "reform"}),
        ("“十三五”规划收官。", {"text": "“十三五”规划", "type": "plan"}),
        ("新增国家级专精特新“小巨人”企业8家。", {"text": "国家级专精特新“小巨人”企业", "type": "title"}),
        ("完善“网格+警格”推进机制。", {"text": "“网格+警格”推进机制", "type": "mechanism"}),
        ("“双千”重点项目攻坚行动收官。", {"text": "“双千”重点项目攻坚行动", "type": "action"}),
        ("开展“三下乡”活动。", {"text": "“三下乡”活动", "type": "action"}),
        ("法方和德国支持“一带一路”倡议。", {"text": "“一带一路”倡议", "type": "strategy"}),
        ("开展打通“毛细水网”攻坚行动。", {"text": "打通“毛细水网”攻坚行动", "type": "action"}),
        ("坚持“菜篮子”市长负责制。", {"text": "“菜篮子”市长负责制", "type": "mechanism"}),
    ],
    refuses=[
        "德国“工业蓝图”计划公布。",
        "叫停“夜市围城”非法活动。",
        "对腐败“零容忍”政策不变，“12345”热线平台畅通。",
        "制定“甲类、乙类”三张项目清单。",
        "“十三五”时期成效明显。",
    ],
)
def around_part(reading: Reading, quote: Quote) -> ProgramFound | None:
    """Quotation marks around part of a name: ``新经济培育“沃土”行动``, ``“1+N”审批制度改革``."""
    tables = program_words()
    follows = _following_head(reading, quote.close, 10)
    if follows is None or quote.content in tables.emphasis or CLAUSE.search(quote.content):
        return None
    head, _, end = follows
    if head.text == "活动" and tables.unlawful.search(reading.text, quote.close, end):
        return None
    if quote.content.isdigit() and head.type in ("other", "title"):
        return None
    if head.text == "企业" and tables.names.get(quote.content) != "title" and not _selected(quote, end - quote.close):
        return None
    if head.needs == "quoted" and quote.content[-1] in "式型性级" and len(quote.content) < 5:
        return None
    inner = None if "+" in quote.content else closing_head(quote.content)
    gap = end - quote.close - len(head.text)
    if (inner is not None or quote.content in tables.names or head.text == "城市") and gap > 0:
        return None
    if inner is not None and head.needs == "quoted" and head.text not in tables.tails:
        return None
    campaign = head.text == "活动" and not gap and tables.names.get(quote.content) != "strategy"
    weak = head.needs in ("quoted", "inside") and head.type != "title"
    if quote.content in tables.names and weak and not campaign:
        return None
    if quote.content in tables.plans and head.type != "plan":
        return None
    return ProgramFound(_quoted_start(reading, quote, head), end, head.type, "programs.around")


_BATCH = re.compile(r"(?:第[一二三四五六七八九十0-9]{1,3}批|首批|新增|评选|认定|培育|公布)$")


def _selected(quote: Quote, skip: int) -> bool:
    """Tell whether firms are chosen under the quoted name: 第三批“云领雁”企业|名单."""
    return _BATCH.search(quote.before) is not None or quote.after.startswith(("名单", "称号", "认定", "梯度培育"), skip)


def _quoted_start(reading: Reading, quote: Quote, head: Head) -> int:
    """Give where a name with quotation marks inside begins: words of it may stand before them."""
    tables, text = program_words(), reading.text
    if not text[quote.open - 1 : quote.open] or not "\u4e00" <= text[quote.open - 1] <= "\u9fff":
        return quote.open
    if head.type not in ("title", "zone") and head.needs in ("quoted", "inside"):
        return quote.open
    floor = max(left_edge(text, quote.open), quote.open - 12)
    left = walk(reading, max(0, floor - 1), quote.open, head.type)
    trim(reading, left, head.type)
    words = [text[start:end] for start, end in left.words]
    if not words or quote.open - left.start > 8 or left.words[-1][1] != quote.open:
        return quote.open
    if head.type not in ("title", "zone") and words[0] in tables.official:
        return quote.open
    if any(own_region(reading, word) or tables.abroad.fullmatch(word) for word in words) or (
        words[0][:2] in tables.stops and words[0][2:] in tables.opening
    ):
        return quote.open
    return left.start
