"""Phrases that a head closes: 消费扶贫|行动, 食品安全追溯|制度, 自由贸易|试验区."""

import re
from dataclasses import dataclass

from extractors.program_found import ProgramFound
from extractors.program_launches import LARGE, LARGE_LAUNCH, may_be_launched
from extractors.program_left import WINDOW, WORDLIKE, Left, left_edge, own_region, trim, walk
from extractors.program_sites import says_where
from extractors.program_tables import Head, program_words
from extractors.rules import rule
from schemas.reading import Reading

_COUNT_ONLY = re.compile(r"[0-9一二三四五六七八九十两几多]+[点项大个条]?|[0-9〇零一二三四五六七八九]{2,4}年度?")


def head_at(text: str, end: int) -> Head | None:
    """Give the longest head that ends at ``end`` and does not go on into another word."""
    ending = program_words().by_end[text[end - 2 : end]]
    head = ending.shortest
    if text[end - 3 : end - 2] in ending.ahead:
        for length, heads in ending.longer:
            longer = heads.get(text[end - length : end]) if length <= end else None
            if longer is not None:
                head = longer
                break
    return None if head is None or goes_on(text, end, head) else head


def goes_on(text: str, end: int, head: Head) -> bool:
    """Tell whether the characters of a head belong to another word: ``制度|性开放 -> True``."""
    tables = program_words()
    if text[end : end + 1] in tables.refused_begins:
        tails = tables.refused.get(head.text[-2:])
        if tails is not None and text.startswith(tails, end):
            return True
    return text[end : end + 1] in tables.organisation_begins and text.startswith(tables.organisation, end)


def _generic(text: str, words: list[tuple[int, int]]) -> bool:
    generic = program_words().generic
    return all(text[start:end] in generic or text[start:end].isdigit() for start, end in words)


_JOINED_BY = frozenset("、和与及")
"""What joins a phrase to a name in front of it; behind a comma only a list of projects goes on."""
_KINDS_OF_PLACES = re.compile(r"（[省州市县区旗、]{1,5}）")

_MARKS_BEFORE = frozenset("的）)，。、；：“”《》（\n \u3000")

_NEAR = re.compile(r"分钟|刻钟|小时")

_ROUND = re.compile(r"首轮|新一轮|第[一二三四五六七八九十0-9]{1,3}[轮期批]")
"""第二轮|电子消费优惠计划: what comes in rounds has been launched."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What closes at ``end`` with a head that begins at ``at``; no name of it can begin before ``floor``.

    ``chained`` holds where the names found so far end: 爱国卫生运动|和|灭鼠运动.
    """

    floor: int
    at: int
    end: int
    head: Head
    chained: set[int]


def headed(reading: Reading, end: int, head: Head, chained: set[int]) -> ProgramFound | None:
    """A head with a distinguishing part of its own: ``开展消费扶贫行动 -> 消费扶贫行动``; 重点工程 names nothing."""
    tables, text = program_words(), reading.text
    at = end - len(head.text)
    if head.needs == "bare":
        return _bare(reading, at, end, head)
    if text[at - 1 : at] in _MARKS_BEFORE:
        return _behind_a_mark(text, at, end, head) if at else None
    if head.text == "机制" and text[at - 2 : at] in tables.functions:
        return None
    if head.text == "工程" and _kind_of_work(text, at):
        return None
    floor = left_edge(text, at, head.type in ("project", "zone"))
    if at - floor < 2 or text[at - 1] == "个":
        return None
    return _READERS[head.needs](reading, Phrase(floor, at, end, head, chained))


def _kind_of_work(text: str, at: int) -> bool:
    """Tell whether what stands before 工程 says of what kind it is: 重点|工程; 东江引水二期|骨干|工程 is one."""
    kinds = program_words().kinds_of_work
    length = next((length for length in (2, 3) if text[at - length : at] in kinds), 0)
    return length > 0 and not text.endswith(("一期", "二期", "三期"), 0, at - length)


@rule(
    "programs.head_named",
    "programs",
    says=[
        ("深入开展养老诈骗整治专项行动。", {"text": "养老诈骗整治专项行动", "type": "action"}),
        ("全市推进农村集体产权制度改革。", {"text": "农村集体产权制度改革", "type": "reform"}),
        ("江西自贸试验区挂牌。", {"text": "江西自贸试验区", "type": "zone"}),
        ("沿海渔港和内河渔港提升三年行动启动。", {"text": "沿海渔港和内河渔港提升三年行动", "type": "action"}),
        ("推进中国-东盟自贸区建设。", {"text": "中国-东盟自贸区", "type": "zone"}),
        ("获评全省第一个生态文明示范县。", {"text": "生态文明示范县", "type": "title"}),
        ("抓好正在开展的整治噪声专项行动。", {"text": "整治噪声专项行动", "type": "action"}),
        ("开展四十多次养老诈骗整治专项行动。", {"text": "养老诈骗整治专项行动", "type": "action"}),
        ("拥有四个国家级先进制造业集群。", {"text": "国家级先进制造业集群", "type": "title"}),
        ("实施打造清廉机关三年行动。", {"text": "打造清廉机关三年行动", "type": "action"}),
        ("投融资体制改革逐步深化。", {"text": "投融资体制改革", "type": "reform"}),
        ("深化广西自贸试验区改革提升。", {"text": "广西自贸试验区", "type": "zone"}),
        ("被评为全省粮食生产先进单位。", {"text": "粮食生产先进单位", "type": "title"}),
        ("建设湿地保护和生态修复示范区。", {"text": "湿地保护和生态修复示范区", "type": "zone"}),
        ("推进一刻钟便民生活圈建设。", {"text": "一刻钟便民生活圈", "type": "mechanism"}),
    ],
    refuses=["欧盟交通网提升行动公布。", "这是一个示范区。", "成立国企改革专项行动领导小组。"],
)
def _named(reading: Reading, phrase: Phrase) -> ProgramFound | None:
    """A head that asks for a distinguishing part alone: ``养老诈骗整治|专项行动``."""
    left = _own_part(reading, phrase)
    return None if left is None else _found(reading.text, phrase, left)


@rule(
    "programs.head_launched",
    "programs",
    says=[
        ("完善公务员制度。", {"text": "公务员制度", "type": "mechanism"}),
        ("严格落实食品安全追溯制度。", {"text": "食品安全追溯制度", "type": "mechanism"}),
        ("推行首席代表制、项目会商制等。", {"text": "首席代表制", "type": "mechanism"}),
        ("推行首席代表制、项目会商制等。", {"text": "项目会商制", "type": "mechanism"}),
        ("投资十亿元实施为期两年的碧波工程。", {"text": "碧波工程", "type": "project"}),
        ("实施种业提质和农机升级工程。", {"text": "种业提质和农机升级工程", "type": "project"}),
        ("深化渔业供给侧结构性改革。", {"text": "渔业供给侧结构性改革", "type": "reform"}),
        ("启动东河引水二期骨干工程。", {"text": "东河引水二期骨干工程", "type": "project"}),
        ("汶湖流域综合治理工程批复。", {"text": "汶湖流域综合治理工程", "type": "project"}),
        ("玉屏江堤防加固工程完工。", {"text": "玉屏江堤防加固工程", "type": "project"}),
        ("设立总规模十亿元的乡村产业振兴基金。", {"text": "乡村产业振兴基金", "type": "fund"}),
        ("第二轮旅游消费优待计划启动。", {"text": "旅游消费优待计划", "type": "plan"}),
        ("爱国卫生运动和消灭鼠害运动一起开展。", {"text": "消灭鼠害运动", "type": "action"}),
    ],
    refuses=[
        "完善工作机制，推进重点工程，制定年度计划。",
        "推进制度性开放，深化改革开放。",
        "发行超长期债券，支持重大战略实施。",
        "推进深层次改革。",
        "一九五八年计划规定了产量。",
        "长江控制性工程开工，农村公路工程完工。",
        "设立社会保险基金。",
    ],
)
def _launched(reading: Reading, phrase: Phrase) -> ProgramFound | None:
    """A head that asks for a word of launch, or a place, too: ``落实|食品安全追溯|制度``, ``玉屏江堤防加固|工程``."""
    tables, text, head = program_words(), reading.text, phrase.head
    if not may_be_launched(text, phrase.floor, phrase.at, head, phrase.chained):
        return None
    left = _own_part(reading, phrase)
    if left is None:
        return None
    if head.type == "project" and says_where(reading, left, head):
        return _found(text, phrase, left)
    official = text[slice(*left.words[0])] in tables.official and len(left.words) > 1 and head.text != "计划"
    subject = not WORDLIKE.match(left.before) and text.startswith(tables.progress, phrase.end)
    described = (
        left.before in ("的", "亿元", "万元")
        and head.text in LARGE
        and LARGE_LAUNCH.search(text, max(0, left.start - 18), left.start)
    )
    put_to_work = left.before in tables.launch or _ROUND.fullmatch(left.before)
    joined = left.before_end - 1 in phrase.chained and (
        text[left.before_end - 1] in _JOINED_BY or (head.type == "project" and text[left.before_end - 1] == "，")
    )
    if not (put_to_work or official or subject or described or joined):
        return None
    return _found(text, phrase, left)


@rule(
    "programs.head_placed",
    "programs",
    says=[
        ("青石抽水蓄能电站项目获核准。", {"text": "青石抽水蓄能电站项目", "type": "project"}),
    ],
    refuses=["大型水库项目和公路项目。"],
)
def _placed(reading: Reading, phrase: Phrase) -> ProgramFound | None:
    """A head that asks where the thing lies: ``青石抽水蓄能|电站项目``."""
    if phrase.at - phrase.floor <= 1:
        return None
    left = _own_part(reading, phrase)
    if left is None or phrase.head.type != "project" or not says_where(reading, left, phrase.head):
        return None
    return _found(reading.text, phrase, left)


_READERS = {"named": _named, "launched": _launched, "placed": _placed}


def _own_part(reading: Reading, phrase: Phrase) -> Left | None:
    """Give the distinguishing part of a phrase, trimmed; None where it tells nothing apart."""
    tables, text, at, head = program_words(), reading.text, phrase.at, phrase.head
    if not _ends_word(reading, at, phrase.end):
        return None
    if head.text == "改革" and text.endswith(_ZONES, 0, at):
        return None
    left = walk(reading, max(0, phrase.floor - 1), at, head.type)
    trim(reading, left, head.type, phrase.chained)
    length = at - left.start
    if not left.words or (_generic(text, left.words) and not _even_so(reading, left, head)):
        return None
    if length < 2 or length > WINDOW - 2 or left.words[-1][1] != at or _COUNT_ONLY.fullmatch(text, left.start, at):
        return None
    if head.text[-2:] in ("制度", "机制") and head.needs == "launched" and length < (3 if len(left.words) == 1 else 4):
        return None
    if head.text[-1] == "圈" and _NEAR.search(text, left.start, at) is None:
        return None
    if head.text == "基金" and text[slice(*left.words[-1])] in tables.common_funds:
        return None
    return left


_ZONES = ("试验区", "自贸区", "示范区", "先行区", "自贸港")
"""深化|江西自贸试验区|改革 tells what is done to the zone."""


def _found(text: str, phrase: Phrase, left: Left) -> ProgramFound:
    """Give the name; the kinds of places behind a title belong to it: 示范县|（市、区）."""
    head, end = phrase.head, phrase.end
    if head.type == "title" and text.startswith("（", end):
        kinds = _KINDS_OF_PLACES.match(text, end)
        end = kinds.end() if kinds else end
    return ProgramFound(left.start, end, head.type, f"programs.head_{head.needs}")


_NO_SYSTEM = frozenset("体机控编限抑强复法税学建有绘研监管")
"""With these before it, 制 is no head: 体制 机制 控制 所有制; but 代办|制, 包干|制."""


def _ends_word(reading: Reading, at: int, end: int) -> bool:
    """Tell whether a head ends where a word ends; 工程|建设 is one word to jieba, 基金|港为|载体 is cut wrongly."""
    start, stop = reading.words.word(end - 1)
    if end - at == 1:
        return reading.text[at - 1] not in _NO_SYSTEM and (start == at or end - start > 2)
    return stop == end or reading.text[end:stop] == "建设" or (start > at and end - at > 2)


def _even_so(reading: Reading, left: Left, head: Head) -> bool:
    """Tell whether common words still tell a name apart: 上海|自贸试验区, 投资|审批|制度改革, 实施|质量|提升行动."""
    if head.text == "战略":
        return left.words[-1][1] - left.start >= 4 and left.before in program_words().launch
    if head.needs != "named":
        return False
    if head.type == "title":
        return reading.text[slice(*left.words[0])] in program_words().official
    if head.type == "zone":
        first = reading.text[slice(*left.words[0])]
        return own_region(reading, first) or (first in program_words().official and len(left.words) > 2)
    if head.type == "reform":
        if len(left.words) == 1:
            field = reading.text[slice(*left.words[0])] in program_words().fields
            goes_on = reading.text.startswith(program_words().progress, left.words[0][1] + len(head.text))
            begun = left.before in program_words().launch or (not WORDLIKE.match(left.before) and goes_on)
            return field and head.text != "综合改革" and begun
        return left.words[-1][1] - left.start >= 4
    return head.type == "action" and len(head.text) > 3 and left.before in program_words().launch


@rule(
    "programs.head_bare",
    "programs",
    says=[
        ("新增省级瞪羚企业12家。", {"text": "省级瞪羚企业", "type": "title"}),
    ],
    refuses=["支持企业发展。"],
)
def _bare(reading: Reading, at: int, end: int, head: Head) -> ProgramFound:
    """A head that is a whole name: ``新增省级瞪羚企业 -> 省级瞪羚企业``."""
    tables, text = program_words(), reading.text
    start = at
    for word_start, word_end in reversed(reading.words.words(max(0, at - 12), at)):
        word = text[word_start:word_end]
        if word_end != start or not (word in tables.official or word in tables.modifiers):
            break
        start = word_start
    return ProgramFound(start, end, head.type, "programs.head_bare")


_PILOT_ZONE = re.compile(r"中国[（(][\u4e00-\u9fff]{2,6}[）)]$")


@rule(
    "programs.pilot_zone",
    "programs",
    says=[
        ("中国（江西）自由贸易试验区获批。", {"text": "中国（江西）自由贸易试验区", "type": "zone"}),
    ],
    refuses=["中国（江西）博览会开幕。"],
)
def _pilot_zone(text: str, at: int, end: int) -> ProgramFound | None:
    """A pilot zone with its place in brackets: ``中国（云南）自由贸易试验区``."""
    match = _PILOT_ZONE.search(text, max(0, at - 12), at)
    return ProgramFound(match.start(), end, "zone", "programs.pilot_zone") if match else None


_OF_OLD = frozenset({"运动", "教育制度", "责任制", "责任制度"})
_OF = re.compile(r"(?:实行|开展|掀起|推行|发动|实施)了?(?P<name>(?!群众性|一)[^\W的了和在为是]{3,8}的)$")


@rule(
    "programs.with_of",
    "programs",
    says=[
        ("大力开展植树造林的运动。", {"text": "植树造林的运动", "type": "action"}),
    ],
    refuses=["开展群众性的体育运动。"],
)
def _with_of(text: str, at: int, end: int, head: Head) -> ProgramFound | None:
    """A name with 的 before its head, as older reports write it: ``开展|扫除文盲的运动``."""
    match = _OF.search(text, max(0, at - 14), at)
    return ProgramFound(match.start("name"), end, head.type, "programs.with_of") if match else None


def _behind_a_mark(text: str, at: int, end: int, head: Head) -> ProgramFound | None:
    """A name with brackets or 的 before its head."""
    if head.type == "zone" and text[at - 1] != "的":
        return _pilot_zone(text, at, end)
    return _with_of(text, at, end, head) if head.text in _OF_OLD and text[at - 1] == "的" else None
