"""Find what a figure measures: the thing in front of it, the noun behind its classifier, or what was spoken of before.

``高新技术企业达|456家``; ``新建了|42个|特色专业园区``; ``收入5200亿元，同比增长|10%`` carries 收入 on.
"""

import re

from extractors.clauses import Figure
from extractors.phrases import Phrase, PhraseReader
from extractors.predicates import Predicate, PredicateReader
from extractors.rules import rule
from extractors.statements import Carried, Span, fact_words

_ADVERBIAL = re.compile(
    r"(?:在|于|自|经过|通过)[^，。]{1,14}(?:初期|期间|时期|之初|之后|以后|之前|以前|时|后|前|中|上|下|内|间)?$"
)
_ON_BASIS = re.compile(r"(?:^|在)[^，。]{0,16}(?:基础|情况|条件|前提|形势)上?下?$")
_WHEN = re.compile(r"(?:初期|期间|时期|之初|以来|之后|以后|之前|以前)$")
_SOWN = re.compile(r"(?:的)?(?:(?:播种|种植|栽培|养殖|栽种|播栽|收获)(?:总)?面积|(?:总)?产量|单产|出栏量?|存栏量?)$")
_BEFALLEN = re.compile(
    r"(?:死亡|遇难|受伤|失踪|失联|获救|被困|受灾|罹难|丧生|重伤|轻伤|牺牲)(?=[，。；、！？\n0-9和及]|$)", re.MULTILINE
)
_LEVEL_WITH = re.compile(
    r"(?:(?:与|和|同|较|比)[^，。与和同较比]{1,12})?(?:基本)?(?:持平|相当|一致)$|[再又首]?创下?了?(?:历史)?(?:同期)?新[高低]$"
)
_TIME_HEADS = frozenset("期间时长限命龄数住程均")
_AFTER = "后来前费"
_MEMBERS = re.compile(r"、|(?<=[\u4e00-\u9fa5”])(?:和|与|及|以及)(?=[\u4e00-\u9fa5“])")


class Measured:
    """Finds the things in one sentence; ``read_to`` is how far nouns behind figures were read."""

    def __init__(self, phrases: PhraseReader, predicates: PredicateReader, carried: Carried) -> None:
        self.text = phrases.text
        self.phrases = phrases
        self.predicates = predicates
        self.carried = carried
        self.read_to = 0

    def thing(self, start: int, figure: Figure, predicate: Predicate) -> Phrase:
        """Read the thing in front of a predicate; empty where only time, place or nothing stands there."""
        thing = self.phrases.left(start, predicate.end)
        if thing and self._only_when(thing, predicate):
            thing = Phrase(thing.end, thing.end)
        says = predicate.end < figure.start or not self._counts(figure)
        if says and not (thing or thing.subject or thing.verb) and self.carried.fact is None and self.carried.topic:
            thing = self.topic(predicate, figure)
        return thing

    def _counts(self, figure: Figure) -> bool:
        return figure.dimension in (None, "count")

    def _only_when(self, thing: Phrase, predicate: Predicate) -> bool:
        """Tell whether what stands in front of a predicate says but when or on what ground: 在1980年的基础上|翻两番."""
        if _ADVERBIAL.fullmatch(self.text, thing.start, thing.end) or self._when(thing, predicate):
            return True
        return _ON_BASIS.fullmatch(self.text, thing.start, thing.end) is not None

    def _when(self, thing: Phrase, predicate: Predicate) -> bool:
        """Tell whether what stands in front of 由…到 only says when: 在调整初期由36.5%降低到."""
        return predicate.opens and _WHEN.search(self.text[thing.start : thing.end]) is not None

    def topic(self, predicate: Predicate, figure: Figure) -> Phrase:
        """Take the thing from the clause in front, which names it alone: 城乡居民的消费水平，|由175元提高到…."""
        assert self.carried.topic is not None  # noqa: S101
        start, end = self.carried.topic
        level = _LEVEL_WITH.search(self.text[max(start, end - 20) : end])
        topic = self.predicates.read(start, end - (len(level[0]) if level is not None else 0), figure.unit)
        if topic.verb:
            return Phrase(start, start)
        predicate.share, predicate.base = predicate.share or topic.share, predicate.base or topic.base
        return self.phrases.left(start, topic.end)

    def only_a_length(self, figure: Figure, thing: Phrase, start: int) -> bool:
        """Tell whether a figure is but a length of time that places the rest: 连续两年, 历时3个月."""
        if figure.dimension != "time":
            return False
        before = self.text[start : figure.start]
        if not thing or before.endswith(fact_words().length_only):
            return True
        if self.text[thing.end - 1] in _AFTER or before.endswith("费时"):
            return True
        return self.text[thing.end - 1] not in _TIME_HEADS and not before.endswith(("为", "达", "达到", "缩短", "延长"))

    @rule(
        "facts.level",
        "facts",
        says=[
            ("高新技术企业达456家", {"indicator": "高新技术企业", "aspect": "level"}),
            ("实现地区生产总值5233.7亿元", {"indicator": "地区生产总值", "aspect": "level"}),
            ("新建了42个特色专业园区", {"indicator": "特色专业园区", "aspect": "level"}),
            ("安排3亿元技改专项资金", {"indicator": "技改专项资金"}),
            ("山洪造成2人遇难、5人受伤", {"indicator": "受伤", "aspect": "level"}),
            ("新增贷款30亿元、余额200亿元，先后有10批161名干部来访", {"indicator": "干部"}),
        ],
        refuses=["连续两年", "历时3个月建成"],
    )
    def indicator(
        self, thing: Phrase, figure: Figure, predicate: Predicate, place: Span, start: int
    ) -> tuple[Span, ...] | None:
        """Choose what a figure measures: the noun behind its classifier, the thing in front, or what is carried on."""
        previous = self.carried.fact
        if previous is not None and self.carried.opened and predicate.reaches:
            return previous.indicator
        befallen = _BEFALLEN.match(self.text, figure.end) if self._counts(figure) and not predicate.verb else None
        if befallen is not None:
            self.read_to = befallen.end()
            return (befallen.span(),)
        behind = self._behind(thing, figure, predicate, place, start)
        if behind:
            self.read_to = behind.end
            return ((behind.start, behind.end),)
        if thing:
            return self._named(thing, start)
        if previous is not None and not (thing.subject and thing.verb):
            return previous.indicator
        return (thing.subject,) if thing.subject else None

    def _behind(self, thing: Phrase, figure: Figure, predicate: Predicate, place: Span, start: int) -> Phrase | None:
        """Read the noun behind a figure where that is what it counts: 42个|园区, 安排3亿元|专项资金."""
        text, counts = self.text, self._counts(figure)
        adds = predicate.verb in fact_words().objective and text.endswith(predicate.verb, start, figure.start)
        moves = bool(predicate.verb) and not (adds and counts)
        says = moves or predicate.share or predicate.contribution or predicate.reaches or predicate.opens
        attributive = text.startswith("的", figure.end) and thing and text[thing.end - 1] not in fact_words().measures
        if counts and text.endswith("等", start, figure.start):
            return self.phrases.counted(*place) or None  # 甲、乙等4条|公路: what is counted sums the list up
        held = counts or predicate.has or bool(attributive) or text.startswith(fact_words().amounts, figure.end)
        if thing and (says or not held):
            return None
        if not thing and self.carried.fact and (predicate.share or predicate.reaches or predicate.basis):
            return None
        behind = self.phrases.counted(*place)
        if behind and counts and self.phrases.says_nothing(behind):
            return None
        return behind if self._may_be_counted(behind, thing, figure) else None

    def _may_be_counted(self, behind: Phrase, thing: Phrase, figure: Figure) -> bool:
        """Tell whether the noun behind is what is counted: not where a thing in front has people or a bare head."""
        if not thing:
            return bool(behind)
        if self.text[behind.start : behind.end] in fact_words().bare_heads:
            return False
        return bool(behind) and figure.unit not in ("人", "人次", "户")

    def _named(self, thing: Phrase, start: int) -> tuple[Span, ...]:
        """Take the thing in front; a bare head goes with the thing before it: 企业7.6万家、|增加值增长3%."""
        previous, name = self.carried.fact, self.text[thing.start : thing.end]
        if previous is None or thing.subject:
            return ((thing.start, thing.end),)
        if name in fact_words().same_thing:
            return previous.indicator
        of_things = previous.figure.dimension == "count"
        if of_things and name in fact_words().bare_heads and self.text[start - 1 : start] == "、":
            return (*previous.indicator, (thing.start, thing.end))
        crop = self._crop(previous.indicator, name) if thing.start <= start + 1 and not thing.verb else None
        return (crop, (thing.start, thing.end)) if crop is not None else ((thing.start, thing.end),)

    @rule(
        "facts.crop",
        "facts",
        says=[
            ("大豆播种面积2万亩，产量4000吨", {"indicator": "大豆产量", "aspect": "level"}),
            ("苹果种植面积5万亩，总产量9万吨，产值8亿元", {"indicator": "苹果产值", "aspect": "level"}),
        ],
        refuses=["绿化面积逐年扩大，产量稳定"],
    )
    def _crop(self, previous: tuple[Span, ...], name: str) -> Span | None:
        """Give what was sown, reared or planted where its yield follows: 大豆|播种面积2万亩，产量4000吨."""
        if name not in fact_words().yields:
            return None
        text, (start, end) = self.text, previous[0]
        if len(previous) == 2 and text[slice(*previous[1])] in fact_words().yields:
            return previous[0]
        match = _SOWN.search(text[start:end]) if len(previous) == 1 else None
        return (start, start + match.start()) if match is not None and match.start() > 0 else None

    @rule(
        "facts.respectively",
        "facts",
        says=[
            ("出口、进口分别为1.2亿元、0.8亿元", {"indicator": "进口", "aspect": "level"}),
            (
                "一、二、三产业增加值分别增长4%、5%、6%",
                {"indicator": "二产业增加值", "aspect": "change", "direction": "up"},
            ),
        ],
        refuses=["分别于3月和5月举行"],
    )
    def members(self, thing: Phrase, count: int) -> list[tuple[Span, ...]] | None:
        """Split a list of so many things; what only the last one says belongs to each: 小型、微型|企业产业化率."""
        if not thing:
            return None
        text, parts, at = self.text, [], thing.start
        for match in _MEMBERS.finditer(text, thing.start, thing.end):
            parts.append((at, match.start()))
            at = match.end()
        parts.append((at, thing.end))
        parts = [part for part in parts if part[1] > part[0]]
        if len(parts) != count:
            return None
        tail = self._shared_tail(parts)
        return [*(((part, tail) if tail else (part,)) for part in parts[:-1]), (parts[-1],)]

    def _shared_tail(self, parts: list[Span]) -> Span | None:
        """Give what the last member says for all: the words behind the one that matches the members before it."""
        last_start, last_end = parts[-1]
        tokens = [(left, right) for left, right in self.phrases.reading.words.words(last_start, last_end)]
        if len(tokens) < 2:
            return None
        if self.text[last_end - 1] not in fact_words().measures:
            return None
        before = self.text[parts[0][0] : parts[0][1]]
        if before[-1] in fact_words().measures:
            return None
        for left, right in reversed(tokens[:-1]):
            if before.endswith(self.text[left:right]):
                return (right, last_end)
        return (tokens[0][1], last_end)
