"""Say what a figure is: a level, a change, a share, a contribution; a target whatever else it is.

Each rule looks at the words in front of the figure (predicates.py) and at what the sentence carried on.
"""

import re

from extractors.clauses import Figure
from extractors.periods import PeriodFound
from extractors.phrases import Phrase, PhraseReader
from extractors.predicates import Predicate
from extractors.rules import rule
from extractors.statements import Carried, FactFound, fact_words

_IS = re.compile(r"(?:均|都)?(?:是|为|属于?|来自于?)")
_PLANNED = re.compile(r"(?:计划|预算|目标|任务)$")


class AspectReader:
    """Reads the aspects in one sentence; ``period`` is the period that governs, kept up to date by the caller."""

    def __init__(self, phrases: PhraseReader, carried: Carried) -> None:
        self.text = phrases.text
        self.phrases = phrases
        self.carried = carried
        self.period: PeriodFound | None = None

    def read(self, fact: FactFound, predicate: Predicate, thing: Phrase, counted: bool) -> None:
        """Fill in what a fact says; ``counted`` where the noun behind the figure is its indicator."""
        fact.base = predicate.base
        if predicate.contribution:
            self._contribution(fact)
        elif predicate.gap:
            self._gap(fact, predicate)
        elif predicate.reaches or predicate.opens:
            self._from_to(fact, predicate)
        elif self.text[fact.figure.start] == "翻" or (fact.figure.unit == "倍" and predicate.multiple_of):
            self._multiple(fact, predicate)
        elif predicate.verb in fact_words().objective and counted:
            self._change_of_object(fact, predicate, "up" if predicate.verb in fact_words().up_object else "down")
        elif predicate.verb or fact.figure.unit == "百分点":
            self._change(fact, predicate, thing)
        elif predicate.share or (fact.figure.unit == "%" and self._names_a_share(fact)):
            self._share(fact)
        elif (fact.figure.unit not in ("%", "‰") or thing.verb in fact_words().moves) and (
            direction := self._object_of(fact, thing)
        ) is not None:
            self._change_of_object(fact, predicate, direction)

    @rule(
        "facts.contribution",
        "facts",
        says=[
            ("消费对经济增长贡献率达到52%", {"indicator": "消费", "aspect": "contribution", "base": "经济增长"}),
            ("服务业拉动全市经济增长2.6个百分点", {"aspect": "contribution"}),
        ],
        refuses=["作出突出贡献"],
    )
    def _contribution(self, fact: FactFound) -> None:
        """Read 对…的贡献率 and 拉动…增长: what part of a whole's growth a thing brought."""
        fact.aspect, fact.rule = "contribution", "facts.contribution"

    @rule(
        "facts.gap",
        "facts",
        says=[
            (
                "工业增速高于全省2.1个百分点",
                {"aspect": "change", "direction": "up", "basis": "other"},
            ),
        ],
        refuses=["高于一切"],
    )
    def _gap(self, fact: FactFound, predicate: Predicate) -> None:
        """Read a distance from somebody else: 高于全省2.1个百分点."""
        fact.aspect, fact.direction, fact.basis, fact.rule = "change", predicate.direction, "other", "facts.gap"

    @rule(
        "facts.from_to",
        "facts",
        says=[
            ("城镇化率从63.2%提高到72.7%", {"indicator": "城镇化率", "aspect": "level"}),
            ("工业占全市经济比重由30%提高到35%", {"indicator": "工业", "aspect": "share"}),
            ("公交线路增至159条", {"indicator": "公交线路", "aspect": "level", "direction": None}),
        ],
        refuses=["从头到尾"],
    )
    def _from_to(self, fact: FactFound, predicate: Predicate) -> None:
        """Read both ends of 从A提高到B, and B in 增至B: each is a level, of a share a share."""
        before = self.carried.fact if self.carried.opened else None
        shared = predicate.share or (before is not None and before.aspect == "share")
        fact.aspect, fact.rule = ("share" if shared else "level"), "facts.from_to"
        if shared and fact.base is None and before is not None:
            fact.base = before.base

    @rule(
        "facts.multiple",
        "facts",
        says=[
            ("居民收入翻了一番", {"indicator": "居民收入", "aspect": "change", "direction": "up", "basis": "other"}),
            ("产值达到9亿元，是2012年的5.1倍", {"indicator": "产值", "aspect": "change", "basis": "other"}),
            ("研发投入是设备投入的两倍多", {"indicator": "研发投入", "aspect": "change", "basis": "other"}),
        ],
        refuses=["三番五次"],
    )
    def _multiple(self, fact: FactFound, predicate: Predicate) -> None:
        """Read 翻一番 and 是…的5倍 as growth."""
        fact.aspect, fact.direction, fact.rule = "change", "up", "facts.multiple"
        fact.basis = predicate.basis or "other"

    @rule(
        "facts.change",
        "facts",
        says=[
            ("出口额同比下降3.2%", {"indicator": "出口额", "aspect": "change", "direction": "down", "basis": "yoy"}),
            ("比上年增长5.2%的收入达到9亿元，增长4%", {"aspect": "change", "direction": "up"}),
            ("粮食产量年均增长2%", {"indicator": "粮食产量", "basis": "avg"}),
            ("外贸额比年初增加3亿元", {"indicator": "外贸额", "basis": "ytd"}),
            ("收入50亿元，比2012年增长87%", {"indicator": "收入", "aspect": "change", "basis": "other"}),
        ],
        refuses=["不断增长"],
    )
    def _change(self, fact: FactFound, predicate: Predicate, thing: Phrase) -> None:
        """Read growth and decline with what they are against; a basis holds for the rest of the sentence."""
        carried, multiple = self.carried, fact.figure.unit == "倍"
        fact.aspect, fact.direction, fact.rule = "change", predicate.direction or "up", "facts.change"
        fact.basis = predicate.basis or (None if multiple else carried.basis)
        if fact.basis is None and (multiple or (carried.spanned and not thing)):
            fact.basis = "other"
        if predicate.compared is not None and self._year_before(predicate.compared):
            fact.basis = "yoy"

    @rule(
        "facts.change_of_object",
        "facts",
        says=[
            ("新增7名院士、9个实验室", {"indicator": "实验室", "aspect": "change", "direction": "up"}),
            ("关停小火电机组20万千瓦", {"indicator": "小火电机组", "aspect": "change", "direction": "down"}),
        ],
        refuses=["新增长点"],
    )
    def _change_of_object(self, fact: FactFound, predicate: Predicate, direction: str) -> None:
        """Read 新增, 净增 and 关停, 淘汰 with what they add or take away, and the list that goes on."""
        fact.aspect, fact.direction, fact.rule = "change", direction, "facts.change_of_object"
        fact.basis = predicate.basis

    @rule(
        "facts.share",
        "facts",
        says=[
            ("“四新”经济占GDP比重达到36.3%", {"indicator": "“四新”经济", "aspect": "share", "base": "GDP"}),
            ("固定资产投资完成24亿元，完成年度计划82%", {"aspect": "share", "base": "年度计划"}),
            ("企业中有研发活动的占比达到41%", {"aspect": "share", "base": "企业"}),
        ],
        refuses=["占领市场"],
    )
    def _share(self, fact: FactFound) -> None:
        """Read 占…的, 占比 and 比重; behind 其中 the whole is the level in front."""
        fact.aspect, fact.rule = "share", "facts.share"
        if fact.base is None and self.carried.whole is not None:
            fact.base = self.carried.whole.indicator[-1]

    def of_plan(self, thing: Phrase, figure: Figure) -> FactFound | None:
        """Read a percentage of a plan: 完成年度计划|82.3%."""
        previous = self.carried.fact
        if previous is None or figure.unit != "%" or not (thing and thing.verb):
            return None
        if _PLANNED.search(self.text[thing.start : thing.end]) is None:
            return None
        base = thing.start, thing.end
        return FactFound(figure, previous.indicator, "share", base=base, subject=previous.subject, rule="facts.share")

    @rule(
        "facts.share_of_whole",
        "facts",
        says=[
            ("国土面积的80%以上是山地", {"indicator": "山地", "aspect": "share", "base": "国土面积"}),
            ("70%的企业实现盈利", {"indicator": "企业", "aspect": "share"}),
        ],
        refuses=["是革命老区"],
    )
    def of_whole(self, thing: Phrase, predicate: Predicate, figure: Figure, limit: int) -> FactFound | None:
        """Read a share whose part stands behind it: 国土面积的80%|是革命老区, 70%的|企业."""
        if figure.unit != "%" or predicate.verb or predicate.share or predicate.contribution:
            return None
        text, end = self.text, figure.end
        if thing and any(mark in "，：；。\n" for mark in text[thing.end : figure.start][:8]):
            thing = Phrase(figure.start, figure.start)
        is_ = _IS.match(text, end) if thing and predicate.of else None
        if is_ is None and (thing or not text.startswith("的", end)):
            return None
        part = self.phrases.counted(is_.end() if is_ else end, limit)
        if not part:
            return None
        base = (thing.start, thing.end) if thing else None
        return FactFound(figure, ((part.start, part.end),), "share", base=base, rule="facts.share_of_whole")

    def _names_a_share(self, fact: FactFound) -> bool:
        start, end = fact.indicator[-1]
        return self.text[start:end].endswith(fact_words().share_ends)

    def _object_of(self, fact: FactFound, thing: Phrase) -> str | None:
        """Give the direction of a verb that adds or takes away: its own, or that of the list it goes on with."""
        words, before = fact_words(), self.carried.fact
        if thing.verb in words.up_object:
            return "up"
        if thing.verb in words.down_object:
            return "down"
        if thing.verb or before is None:
            return None
        return self.carried.moved if self._goes_on(before.figure.end, fact.figure.start) else None

    def lacks_verb(self, fact: FactFound) -> bool:
        """Tell whether a percentage or a multiple is put to an amount with no word of change: 利润总额4.3%."""
        unit = fact.figure.unit
        if unit not in ("%", "‰", "倍", "百分点"):
            return False
        start, end = fact.indicator[-1]
        name = self.text[start:end]
        if unit == "倍":
            return not name.endswith(("倍", "倍数", "率", "比"))
        return name.endswith(fact_words().amount_ends) and not any(ratio in name for ratio in ("率", "比", "均值"))

    @rule(
        "facts.change_goes_on",
        "facts",
        says=[
            ("营业收入增长5%，利润总额4.3%", {"indicator": "利润总额", "aspect": "change", "direction": "up"}),
        ],
        refuses=["利润总额4.3%"],
    )
    def goes_on_changing(self, fact: FactFound, predicate: Predicate) -> FactFound | None:
        """Read a percentage without a verb as growth that goes on (收入增长5%、利润|4.3%), else as nothing."""
        before = self.carried.fact
        if before is None or before.rule != "facts.change" or before.figure.unit != fact.figure.unit or predicate.says:
            return None
        if not 0 <= fact.indicator[0][0] - before.figure.end <= 2:
            return None
        fact.aspect, fact.direction, fact.basis = "change", before.direction, before.basis
        fact.rule = "facts.change_goes_on"
        return fact

    def _goes_on(self, end: int, start: int) -> bool:
        """Tell whether a figure goes on with the list of the one before it: 新增院士7名|、|实验室9个."""
        gap = self.text[end:start]
        return (gap[:1] in tuple("、和与及") or "、" in gap) and not any(mark in gap for mark in "，；：。")

    def _year_before(self, compared: PeriodFound) -> bool:
        """Tell whether what is compared with is the year in front of the one that governs: 2023年…比2022年."""
        governing = self.period
        if governing is None or governing.start_date is None or compared.start_date is None:
            return False
        if compared.type != "year" or governing.type not in ("year", "part"):
            return False
        return compared.start_date.year == governing.start_date.year - 1
