"""Names that stand in quotation marks whole, by their own words and by those around them."""

import re
from collections.abc import Iterator

from extractors.program_around import around_part
from extractors.program_counts import counted, measures
from extractors.program_found import ProgramFound
from extractors.program_quotations import CLAUSE, Quote, closing_head, quotations, whole
from extractors.program_tables import LEVELS, program_words
from extractors.rules import rule
from schemas.reading import Reading


@rule(
    "programs.theme",
    "programs",
    says=[
        ("举行“奋进的五年”主题新闻发布会。", {"text": "奋进的五年", "type": "campaign"}),
        ("大会以“开放共赢”为主题。", {"text": "开放共赢", "type": "campaign"}),
    ],
    refuses=["他说“我们的主题公园”很美。", "彩灯以“兔”为主题。"],
)
def _themed(quote: Quote) -> ProgramFound | None:
    """Quoted words that are the theme of a series or an event: ``“中国这十年”主题新闻发布会 -> 中国这十年``."""
    tables = program_words()
    if len(quote.content) < 2:
        return None
    if quote.after[:1] in tables.campaign_begins and tables.campaign_after.match(quote.after):
        return whole(quote, "campaign", "programs.theme")
    if quote.before.endswith(tables.theme_before) or (
        quote.before.endswith("以") and quote.after.startswith(tables.theme_after)
    ):
        return whole(quote, "campaign", "programs.theme")
    return None


_NO_TITLE = ("论坛", "会", "赛", "展", "节", "号", "榜")

_FIRST_AWARDED = ("首届", "首批", "荣获", "获评", "入选", "授予")

_AWARDED = re.compile(
    r"(?:集体|个人|模范|标兵|先进|城市|县|市|企业|单位|之乡|之都|之家|奖章|城|基地|人物|能手)(?:[（(].{1,4}[）)])?$"
)


@rule(
    "programs.branded",
    "programs",
    says=[
        ("做优“青快办”品牌，企业开办一日办结。", {"text": "青快办", "type": "other"}),
        ("擦亮“城小办”服务品牌，城小办窗口提速。", {"text": "城小办", "type": "other"}),
    ],
    refuses=["“桃源”品牌香烟降价。"],
)
def _branded(quote: Quote) -> ProgramFound | None:
    """Quoted words that are an office's own brand: ``擦亮“溪心办”服务品牌 -> 溪心办``."""
    tables = program_words()
    if "品牌" not in quote.after:
        return None
    called = quote.after.startswith("品牌") and quote.before.endswith(tables.branding)
    return whole(quote, "other", "programs.branded") if called or quote.after.startswith(tables.branded) else None


@rule(
    "programs.title",
    "programs",
    says=[
        ("授予他“全省优秀技能人才”称号。", {"text": "全省优秀技能人才", "type": "title"}),
        ("全市发布2023年“护林之星”。", {"text": "护林之星", "type": "title"}),
        ("“最美养路人”先进事迹报告会举行。", {"text": "最美养路人", "type": "title"}),
    ],
    refuses=["素有“水乡”之称。", "他是大家眼里的“护林之星”。"],
)
def _titled(text: str, quote: Quote) -> ProgramFound | None:
    """Quoted words that are awarded: ``授予“全国先进集体”称号 -> 全国先进集体``."""
    tables = program_words()
    of_a_level = quote.content.startswith(LEVELS) and not quote.content.endswith(_NO_TITLE)
    if of_a_level and (quote.before.endswith(_FIRST_AWARDED) or quote.after.startswith(("创建", "称号", "荣誉"))):
        return whole(quote, "title", "programs.title")
    if quote.after.startswith(tables.title_after) or (
        quote.before.endswith(tables.title_before) and _AWARDED.search(quote.content)
    ):
        return whole(quote, "title", "programs.title")
    if tables.honour.fullmatch(quote.content) and (
        quote.after.startswith(tables.honoured) or tables.honouring.search(text, max(0, quote.open - 10), quote.open)
    ):
        return whole(quote, "title", "programs.title")
    return None


@rule(
    "programs.closed",
    "programs",
    says=[
        ("扎实推进“工业强县五年倍增计划”。", {"text": "工业强县五年倍增计划", "type": "plan"}),
        ("推出“惠农贷”。", {"text": "惠农贷", "type": "fund"}),
    ],
    refuses=["叫停“形象工程”。"],
)
def _closed(quote: Quote) -> ProgramFound | None:
    """Quoted words that a head closes: ``“招商引资五年倍增计划”``, ``“关心关爱企业家十条”``."""
    tables = program_words()
    if quote.content[-1] not in tables.closing or CLAUSE.search(quote.content) or quote.content in tables.emphasis:
        return None
    listed = measures(quote)
    if listed is not None:
        return listed
    head = closing_head(quote.content)
    if head is None or (len(quote.content) - len(head.text) < 2 and head.needs != "bare"):
        return None
    if (len(head.text) == 1 and len(quote.content) < 3) or len(quote.content) > 24:
        return None
    quoted_text = quote.content[:2] in tables.launch and head.type in _NOT_OPENED_BY_VERBS
    if quoted_text or quote.content.endswith(("冰雪运动", "人制", "敌对行动", "中心城市", "孪生城市")):
        return None
    return whole(quote, head.type, "programs.closed")


_NOT_OPENED_BY_VERBS = frozenset({"mechanism", "reform", "strategy", "plan"})
"""“实施乡村振兴战略” quotes a sentence; the name stands inside it."""

_EACH = re.compile(r"一.一.|.*法案")


@rule(
    "programs.launched",
    "programs",
    says=[
        ("实行“东机西调”“南种北繁”，节约工时。", {"text": "东机西调", "type": "other"}),
        ("启动实施“百企联百村”，推进“智慧粮库”建设。", {"text": "百企联百村", "type": "action"}),
        ("启动实施“百企联百村”，推进“智慧粮库”建设。", {"text": "智慧粮库", "type": "other"}),
    ],
    refuses=["推进“一村一策”。"],
)
def _launched(quote: Quote) -> ProgramFound | None:
    """Quoted words that a government launched: ``推进“单一窗口”建设 -> 单一窗口``."""
    tables = program_words()
    launched = quote.before.endswith(tables.launch_before) and quote.after.startswith(tables.launched_after)
    if not launched and not (quote.before.endswith(tables.push_before) and quote.after.startswith(tables.push_after)):
        return None
    if len(quote.content) < 3 or len(quote.content) > 14 or quote.content in tables.emphasis:
        return None
    if quote.content in tables.plans or _EACH.fullmatch(quote.content):
        return None
    kind = "action" if quote.before.endswith(("实施", "启动", "开展", "了")) else "other"
    return whole(quote, kind, "programs.launched")


def quoted(reading: Reading) -> Iterator[ProgramFound]:
    """Everything that quotation marks show; a list of quotations shares what stands behind its last."""
    tables, text = program_words(), reading.text
    group: list[Quote] = []
    pushed: ProgramFound | None = None
    for quote in quotations(text):
        content = quote.content
        if group and not _listed(text[group[-1].close : quote.open]):
            group, pushed = [], None
        group.append(quote)
        around = _themed(quote) or (around_part(reading, quote) if len(content) > 1 else None)
        if around is not None:
            yield around
            if around.type in _SHARED and around.start == quote.open and content not in tables.names:
                yield from _sharing(group[:-1], around.type)
            continue
        if content in tables.names:
            if not quote.after.startswith(tables.bodies):
                yield whole(quote, tables.names[content], "programs.known")
            continue
        if len(content) < 2 or len(content) > 30:
            continue
        found = _branded(quote) or _titled(text, quote) or _closed(quote) or counted(text, quote)
        if found is None and not quote.after.startswith(tables.refuse_after):
            found = _launched(quote) or _goes_along(quote, pushed)
        pushed = found if found is not None and found.rule == "programs.launched" else None
        if found is not None:
            yield found
        same = tables.class_after.match(quote.after) if quote.after[:1] == "等" else None
        if same:
            yield from _classed(group, tables.class_nouns[same["noun"]])


def _goes_along(quote: Quote, pushed: ProgramFound | None) -> ProgramFound | None:
    """Quoted words listed behind launched ones: ``推进“一窗办”“马上就办”改革 -> 一窗办, 马上就办``."""
    tables = program_words()
    if pushed is None or not quote.after.startswith(tables.launched_after + tables.push_after):
        return None
    fits = 3 <= len(quote.content) <= 14 and quote.content not in tables.emphasis
    return whole(quote, pushed.type, "programs.launched") if fits else None


_SHARED = frozenset({"plan", "action", "strategy", "zone"})


@rule(
    "programs.shared",
    "programs",
    says=[("开展“清溪护岸”“绿道”专项行动。", {"text": "清溪护岸", "type": "action"})],
    refuses=["“旧貌”“新颜”对比鲜明。"],
)
def _sharing(group: list[Quote], kind: str) -> Iterator[ProgramFound]:
    """Quoted words in a list whose last member carries the head for all: ``“清溪护岸”“绿道”专项行动 -> 清溪护岸``."""
    tables = program_words()
    for quote in group:
        content = quote.content
        if (
            3 <= len(content) <= 12
            and content not in tables.emphasis | tables.plans
            and not (CLAUSE.search(content) or content.endswith(_NO_TITLE))
        ):
            yield whole(quote, kind, "programs.shared")


def _listed(between: str) -> bool:
    return between in ("", "、", "和", "及", "以及", "与")


@rule(
    "programs.classed",
    "programs",
    says=[
        ("推出“见贷即保”“随借随还”等政策。", {"text": "见贷即保", "type": "mechanism"}),
        ("推出“见贷即保”“随借随还”等政策。", {"text": "随借随还", "type": "mechanism"}),
    ],
    refuses=["反对“两面派”“小圈子”等违法犯罪活动。"],
)
def _classed(group: list[Quote], kind: str) -> Iterator[ProgramFound]:
    """The members of a list that a class noun sums up: ``“见贷即保”“随借随还”等政策 -> mechanism``."""
    for quote in group:
        tables = program_words()
        if 3 <= len(quote.content) <= 16 and quote.content not in tables.emphasis | tables.plans:
            yield whole(quote, kind, "programs.classed")
