"""Tie every figure to what it measures: the indicator, what is said of it, when, against what, of what.

A figure is read with its own clause: the words in front of it (predicates.py), the thing in front of those or behind
the classifier (phrases.py); what a clause leaves out is carried over from the one before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from extractors.clauses import Clause, Figure, Sentence, figures_of, sentences
from extractors.ordinals import OrdinalFound
from extractors.periods import PeriodFound
from extractors.phrases import Phrase, PhraseReader
from extractors.predicates import Predicate, PredicateReader
from extractors.rules import rule
from extractors.slots import QuantityFound
from extractors.tables import alternation, load
from schemas import Reading

Span = tuple[int, int]

_BETWEEN = re.compile(r"\s?(?:、|和|与|及|以及|，|;|；)?\s?")
_MAX_TOPIC = 40
"""A longer clause without figures names no thing for the next."""

_MEMBERS = re.compile(r"、|(?<=[\u4e00-\u9fa5”])(?:和|与|及|以及)(?=[\u4e00-\u9fa5“])")
_IS = re.compile(r"(?:均|都)?(?:是|为|属于?|来自于?)")
_COMPARED_AHEAD = re.compile(r"[比较与同]$")
_TO_NOW = re.compile(r"当[年月日季周]$")
_ADVERBIAL = re.compile(r"(?:在|于|自|经过|通过)[^，。]{1,14}(?:初期|期间|时期|之初|之后|以后|之前|以前|时|后|前|中|上|下|内|间)?$")
_WHEN = re.compile(r"(?:初期|期间|时期|之初|以来|之后|以后|之前|以前)$")
_PLANNED = re.compile(r"(?:计划|预算|目标|任务)$")
_TIME_HEADS = frozenset("期间时长限命龄数住程均")
_LENGTH_ONLY = frozenset(("连续", "历时", "为期", "每", "第", "持续"))


@dataclass(slots=True)
class FactFound:
    """A fact of the view: its figure, the spans of its indicator, and what is said of it."""

    figure: Figure
    indicator: tuple[Span, ...]
    aspect: str
    direction: str | None = None
    basis: str | None = None
    base: Span | None = None
    period: int | None = None
    subject: Span | None = None
    per: Span | None = None
    rule: str = "facts.level"


@dataclass(slots=True)
class _Carried:
    """What a sentence has said so far and its next figure may leave out."""

    fact: FactFound | None = None
    level: FactFound | None = None
    basis: str | None = None
    verb: str = ""
    participle: bool = False
    opened: bool = False
    spanned: bool = False
    target: bool = False
    goal: bool = False
    of_which: bool = False
    topic: Span | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    target: re.Pattern[str]
    future_after: frozenset[str]
    up_object: frozenset[str]
    down_object: frozenset[str]
    bare_heads: frozenset[str]
    same_thing: frozenset[str]
    measures: frozenset[str]
    amounts: tuple[str, ...]
    rank: tuple[str, ...]


@cache
def _words() -> _Words:
    table = load("facts")
    target, phrase = table["target"], table["phrase"]
    patterns = []
    for word in sorted(target["words"], key=lambda word: (-len(word), word)):
        before, after = target["not_before"].get(word), target["not_after"].get(word)
        patterns.append(
            (f"(?<![{before}])" if before else "") + re.escape(word) + (f"(?![{after}])" if after else "")
        )
    return _Words(
        re.compile("|".join(patterns)),
        frozenset(target["future_after"]),
        frozenset(phrase["up_object"]),
        frozenset(phrase["down_object"]),
        frozenset(phrase["bare_heads"]),
        frozenset(phrase["same_thing"]),
        frozenset(table["predicate"]["measures"]),
        tuple(phrase["amount_nouns"]),
        tuple(sorted(table["rank"]["strip"], key=len, reverse=True)),
    )


class FactReader:
    """Reads the facts of one view."""

    def __init__(
        self,
        reading: Reading,
        quantities: Sequence[QuantityFound],
        periods: Sequence[PeriodFound],
        ordinals: Sequence[OrdinalFound],
    ) -> None:
        self.reading = reading
        self.text = reading.text
        self.published = reading.published
        self.periods = periods
        self.figures = figures_of(quantities, ordinals)
        self.found: list[FactFound] = []
        self.paragraph = -1
        self.paragraph_period: int | None = None

    def read(self) -> list[FactFound]:
        """Read every sentence that holds a figure; the period of a paragraph is carried along."""
        if not self.figures:
            return []
        for sentence in sentences(self.text, self.figures, self.periods):
            if sentence.paragraph != self.paragraph:
                self.paragraph, self.paragraph_period = sentence.paragraph, None
            _SentenceReader(self, sentence).read()
        return self.found


class _SentenceReader:
    """Reads the facts of one sentence, clause by clause."""

    def __init__(self, reader: FactReader, sentence: Sentence) -> None:
        self.reader = reader
        self.text = reader.text
        self.sentence = sentence
        inside = [p for clause in sentence.clauses for p in clause.periods]
        periods = [reader.periods[p] for p in inside]
        self.predicates = PredicateReader(self.text, periods)
        self.phrases = PhraseReader(reader.reading, periods)
        self.carried = _Carried()
        self.period: int | None = reader.paragraph_period
        self.outer: int | None = None
        self.read_to = 0
        self.own_periods = frozenset(inside)

    def read(self) -> None:
        """Read the figures of each clause from left to right."""
        for clause in self.sentence.clauses:
            if clause.mark in ("（", "("):
                self.outer = self.period
            elif clause.mark in ("）", ")") and self.outer is not None:
                self.period = self.reader.paragraph_period = self.outer
                self.outer = None
            if clause.mark in ("；", "：", ";", ":") and not self.carried.goal:
                self.carried.target = False
            if clause.figures:
                self._clause(clause)
            else:
                self._pass_over(clause)

    def _pass_over(self, clause: Clause) -> None:
        """Take from a clause without figures what governs the next: its period, a target."""
        if clause.periods:
            self._govern(clause, clause.end)
        self._targets(clause.start, clause.end)
        if clause.mark not in ("（", "(") and 2 <= clause.end - clause.start <= _MAX_TOPIC:
            self.carried.topic = clause.start, clause.end

    # --- periods ----------------------------------------------------------------------------------------------------

    def _govern(self, clause: Clause, position: int) -> None:
        """Let the last period in front of ``position`` govern, unless it only serves a comparison."""
        for p in clause.periods:
            period = self.reader.periods[p]
            if period.start >= position or self._compares(period):
                continue
            if not clause.figures and self.period is not None and not self._topical(clause, period):
                continue
            if self.period is not None and self._repeats(p):
                continue
            self.period = self.reader.paragraph_period = p

    def _compares(self, period: PeriodFound) -> bool:
        """Tell whether a period is what something is compared with: 比上年, 与2012年相比, 是2012年的5倍."""
        text = self.text
        before = text[max(0, period.start - 2) : period.start]
        if _COMPARED_AHEAD.search(before) and not before.endswith(("占比", "同比", "环比", "通过", "经过")):
            return True
        return before.endswith("是") and text[period.end : period.end + 1] == "的"

    def _repeats(self, p: int) -> bool:
        """Tell whether a period only takes up the one in front of it: 6月份|当月."""
        period, before = self.reader.periods[p], self.reader.periods[p - 1] if p else None
        repeated = before is not None and self.period == p - 1 and before.end == period.start
        return repeated and _TO_NOW.match(self.text, period.start, period.end) is not None

    def _topical(self, clause: Clause, period: PeriodFound) -> bool:
        """Tell whether a period opens its clause: what comes before it is but a connective or the speaker."""
        return period.start - clause.start <= 1 or period.end >= clause.end - 1

    # --- figures ----------------------------------------------------------------------------------------------------

    def _clause(self, clause: Clause) -> None:
        runs, limits = self._runs(clause), self._limits(clause)
        start = clause.start
        for run in runs:
            first = run[0]
            self._govern(clause, first.start)
            self._targets(start, first.start)
            if len(run) > 1 and self._respectively(clause, start, run):
                start = run[-1].end
                continue
            for figure in run:
                self._govern(clause, figure.start)
                self._figure(clause, start, figure, *limits[figure.start])
                start = max(figure.end, self.read_to)

    def _runs(self, clause: Clause) -> list[list[Figure]]:
        """Group the figures that stand one behind another: 4%、5%和6%."""
        runs: list[list[Figure]] = []
        for figure in clause.figures:
            if runs and figure.start > runs[-1][-1].end and figure.rank is None:
                gap = self.text[runs[-1][-1].end : figure.start]
                if _BETWEEN.fullmatch(gap) and gap.strip():
                    runs[-1].append(figure)
                    continue
            runs.append([figure])
        return runs

    def _limits(self, clause: Clause) -> dict[int, Span]:
        """Give where behind each figure its counted noun may lie: up to the next figure or the clause's end.

        A figure right behind another counts the same thing (10批|161名福建干部), so it is passed over.
        """
        limits: dict[int, Span] = {}
        limit, behind = clause.end, None
        for figure in reversed(clause.figures):
            if behind is not None and behind.start == figure.end and behind.quantity is not None:
                limits[figure.start] = limits[behind.start]
            else:
                limit = behind.start if behind is not None else limit
                limits[figure.start] = figure.end, limit
            behind = figure
        return limits

    def _targets(self, start: int, end: int) -> None:
        if end <= start:
            return
        text, carried = self.text, self.carried
        if not carried.target and (
            _words().target.search(text, start, end) or (text.find("将", start, end) >= 0 and self._future(start, end))
        ):
            carried.target, carried.goal = True, text.find("目标", start, end) >= 0
        if not carried.of_which and text.find("其中", start, end) >= 0:
            carried.of_which = True

    def _future(self, start: int, end: int) -> bool:
        """Tell whether a 将 in [start, end) is the future: a verb or an adverb follows (将实现, not 将补贴标准提高)."""
        at = self.text.find("将", start, end)
        while at >= 0:
            left, right = self.phrases.reading.words.word(at)
            if right - left == 1 and at + 1 < len(self.text):
                follows = self.phrases.reading.words.word(at + 1)
                word = self.text[slice(*follows)]
                if follows[0] == at + 1 and (word in _words().future_after or word[-1:] == "将"):
                    return True
            at = self.text.find("将", at + 1, end)
        return False

    def _figure(self, clause: Clause, start: int, figure: Figure, behind: int, limit: int) -> None:
        start = self._joint(min(start, figure.start), figure.start)
        if figure.rank is not None:
            self._rank(start, figure)
            return
        quantity = figure.quantity
        assert quantity is not None  # noqa: S101
        unit = quantity.unit.name if quantity.unit else None
        predicate = self.predicates.read(start, figure.start, unit)
        if self.period is None and clause.periods and not self._compares(self.reader.periods[clause.periods[0]]):
            self.period = self.reader.paragraph_period = clause.periods[0]
        fact = self._fact(start, figure, predicate, (behind, limit))
        if fact is not None:
            self._keep(fact, predicate)

    def _joint(self, start: int, end: int) -> int:
        """Pass over what joins a figure to the one before it."""
        text = self.text
        while start < end and text[start] in "、和与及，, \u3000\u00a0":
            start += 1
        return start

    def _fact(self, start: int, figure: Figure, predicate: Predicate, behind: Span) -> FactFound | None:
        """Find the thing: in front of the predicate, behind the classifier, or carried over."""
        thing = self.phrases.left(start, predicate.end)
        if thing and (_ADVERBIAL.fullmatch(self.text, thing.start, thing.end) or self._when(thing, predicate)):
            thing = Phrase(thing.end, thing.end)
        if not thing and not thing.subject and not thing.verb and self.carried.fact is None and self.carried.topic:
            thing = self._topic(predicate, figure)
        if self._only_a_length(figure, thing, start):
            return None
        if thing and self._share_of_plan(thing, figure):
            return self._planned(thing, figure, predicate)
        of_whole = self._of_whole(thing, figure, predicate, behind[1])
        if of_whole is not None:
            return of_whole
        indicator = self._indicator(thing, figure, predicate, behind, start)
        if indicator is None:
            return None
        fact = FactFound(figure, indicator, "level", subject=thing.subject, per=predicate.per)
        self._aspect(fact, figure, predicate, thing)
        return fact

    def _when(self, thing: Phrase, predicate: Predicate) -> bool:
        """Tell whether what stands in front of 由…到 only says when: 在调整初期由36.5%降低到."""
        return predicate.opens and _WHEN.search(self.text[thing.start : thing.end]) is not None

    def _topic(self, predicate: Predicate, figure: Figure) -> Phrase:
        """Take the thing from the clause in front, which names it alone: 城乡居民的消费水平，|由175元提高到…."""
        assert self.carried.topic is not None  # noqa: S101
        start, end = self.carried.topic
        unit = figure.quantity.unit.name if figure.quantity is not None and figure.quantity.unit else None
        topic = self.predicates.read(start, end, unit)
        if topic.verb:
            return Phrase(start, start)
        predicate.share, predicate.base = predicate.share or topic.share, predicate.base or topic.base
        return self.phrases.left(start, topic.end)

    def _only_a_length(self, figure: Figure, thing: Phrase, start: int) -> bool:
        """Tell whether a figure is but a length of time that places the rest: 连续两年, 历时3个月."""
        quantity = figure.quantity
        assert quantity is not None  # noqa: S101
        if quantity.unit is None or quantity.unit.dimension != "time":
            return False
        before = self.text[start : figure.start]
        if not thing or any(before.endswith(word) for word in _LENGTH_ONLY):
            return True
        return self.text[thing.end - 1] not in _TIME_HEADS and not before.endswith(("为", "达", "达到", "缩短", "延长"))

    def _share_of_plan(self, thing: Phrase, figure: Figure) -> bool:
        """Tell whether a percentage is of a plan: 完成年度计划82.3%."""
        quantity = figure.quantity
        planned = _PLANNED.search(self.text[thing.start : thing.end]) is not None
        percent = quantity is not None and quantity.unit is not None and quantity.unit.name == "%"
        return percent and planned and bool(thing.verb) and self.carried.fact is not None

    def _of_whole(self, thing: Phrase, figure: Figure, predicate: Predicate, limit: int) -> FactFound | None:
        """Read a share whose part stands behind it: 国土面积的80%|是革命老区, 70%的|企业."""
        quantity = figure.quantity
        assert quantity is not None  # noqa: S101
        if quantity.unit is None or quantity.unit.name != "%" or predicate.verb or predicate.share:
            return None
        text, end = self.text, figure.end
        is_ = _IS.match(text, end) if thing and predicate.of else None
        if is_ is None and (thing or not text.startswith("的", end)):
            return None
        part = self.phrases.counted(is_.end() if is_ else end, limit)
        if not part:
            return None
        self.read_to = part.end
        base = (thing.start, thing.end) if thing else None
        return FactFound(figure, ((part.start, part.end),), "share", base=base, rule="facts.share_of_whole")

    def _planned(self, thing: Phrase, figure: Figure, predicate: Predicate) -> FactFound | None:
        previous = self.carried.fact
        assert previous is not None  # noqa: S101
        base = (thing.start, thing.end)
        return FactFound(figure, previous.indicator, "share", base=base, subject=previous.subject, rule="facts.share")

    def _indicator(
        self, thing: Phrase, figure: Figure, predicate: Predicate, place: Span, start: int
    ) -> tuple[Span, ...] | None:
        """Choose what the figure measures."""
        carried, text = self.carried, self.text
        quantity = figure.quantity
        assert quantity is not None  # noqa: S101
        counts = quantity.unit is None or quantity.unit.dimension == "count"
        objective = predicate.verb in (_words().up_object | _words().down_object) and text.endswith(
            predicate.verb, start, figure.start
        )
        moves = bool(predicate.verb) and not (objective and counts)
        says = moves or predicate.share or predicate.contribution or predicate.reaches or predicate.opens
        previous = carried.fact
        if previous is not None and carried.opened and predicate.reaches:
            return previous.indicator
        attributive = text.startswith("的", figure.end) and thing and text[thing.end - 1] not in _words().measures
        if not thing or (not says and (counts or predicate.has or attributive or self._amount(figure.end))):
            chained = not thing and previous is not None and (predicate.share or predicate.reaches or predicate.basis)
            behind = self.phrases.counted(*place) if not chained else thing
            held = counts or predicate.has or bool(attributive) or self._amount(figure.end)
            if behind is not thing and behind and self._may_be_counted(behind, thing, held, quantity):
                self.read_to = behind.end
                return ((behind.start, behind.end),)
        if not thing:
            if previous is not None and not (thing.subject and thing.verb):
                return previous.indicator
            return (thing.subject,) if thing.subject else None
        name = text[thing.start : thing.end]
        if previous is not None and name in _words().same_thing and not thing.subject:
            return previous.indicator
        before = previous.figure.quantity if previous is not None else None
        of_things = before is not None and before.unit is not None and before.unit.dimension == "count"
        if previous is not None and of_things and name in _words().bare_heads and text[start - 1 : start] == "、":
            return (*previous.indicator, (thing.start, thing.end))
        return ((thing.start, thing.end),)

    def _amount(self, end: int) -> bool:
        """Tell whether a noun of money or goods follows a figure: 1300亿元|资金."""
        return self.text.startswith(_words().amounts, end)

    def _may_be_counted(self, behind: Phrase, thing: Phrase, counts: bool, quantity: QuantityFound) -> bool:
        """Tell whether the noun behind a figure is what it counts: always behind a classifier, else without a thing."""
        if not thing:
            return True
        if self.text[behind.start : behind.end] in _words().bare_heads:
            return False
        if quantity.unit is not None and quantity.unit.name in ("人", "人次", "户"):
            return False
        return counts

    def _aspect(self, fact: FactFound, figure: Figure, predicate: Predicate, thing: Phrase) -> None:
        """Say what the figure is: a level, a change, a share, a contribution; a target whatever it is."""
        quantity, carried = figure.quantity, self.carried
        assert quantity is not None  # noqa: S101
        unit = quantity.unit.name if quantity.unit else None
        words = _words()
        verb = thing.verb
        joined = carried.fact is not None and self._is_joined(carried.fact.figure.end, figure.start)
        fact.base = predicate.base
        if predicate.contribution:
            fact.aspect, fact.rule = "contribution", "facts.contribution"
        elif predicate.gap:
            fact.aspect, fact.direction, fact.basis, fact.rule = "change", predicate.direction, "other", "facts.gap"
        elif predicate.reaches or predicate.opens:
            shared = predicate.share or (carried.opened and carried.fact is not None and carried.fact.aspect == "share")
            fact.aspect, fact.rule = ("share" if shared else "level"), "facts.from_to"
            if shared and fact.base is None and carried.fact is not None and carried.opened:
                fact.base = carried.fact.base
        elif self.text[quantity.start] == "翻" or (unit == "倍" and predicate.multiple_of):
            fact.aspect, fact.direction, fact.rule = "change", "up", "facts.multiple"
            fact.basis = predicate.basis or "other"
        elif predicate.verb in words.up_object | words.down_object and self.read_to > figure.end:
            direction = "up" if predicate.verb in words.up_object else "down"
            fact.aspect, fact.direction, fact.rule = "change", direction, "facts.change_of_object"
            fact.basis = predicate.basis
        elif predicate.verb or unit == "百分点":
            fact.aspect, fact.direction, fact.rule = "change", predicate.direction or "up", "facts.change"
            fact.basis = predicate.basis or (carried.basis if unit != "倍" else None)
            if fact.basis is None and (unit == "倍" or (carried.spanned and not thing)):
                fact.basis = "other"
            if predicate.compared is not None and self._year_before(predicate.compared):
                fact.basis = "yoy"
        elif predicate.share or (quantity.unit is not None and unit == "%" and self._is_share(fact)):
            fact.aspect, fact.rule = "share", "facts.share"
            if fact.base is None and carried.of_which and carried.level is not None:
                fact.base = carried.level.indicator[-1]
        elif unit in ("%", "‰"):
            pass
        elif verb in words.up_object or (not verb and joined and carried.verb in words.up_object):
            fact.aspect, fact.direction, fact.rule = "change", "up", "facts.change_of_object"
            fact.basis = predicate.basis
        elif verb in words.down_object or (not verb and joined and carried.verb in words.down_object):
            fact.aspect, fact.direction, fact.rule = "change", "down", "facts.change_of_object"
            fact.basis = predicate.basis
        if self._is_target():
            fact.aspect = "target"
            fact.rule = "facts.target"

    def _is_joined(self, end: int, start: int) -> bool:
        """Tell whether a figure goes on with the list of the one before it: 新增院士7名|、|实验室9个."""
        behind = end + 1 if self.text[end : end + 1] in "、和与及" else self.text.find("、", end, start) + 1
        return end < behind <= start and not any(mark in self.text[end:start] for mark in "，；：。")

    def _year_before(self, compared: PeriodFound) -> bool:
        """Tell whether what is compared with is the year in front of the one that governs: 2023年…比2022年."""
        governing = self.reader.periods[self.period] if self.period is not None else None
        if governing is None or governing.start_date is None or compared.start_date is None:
            return False
        if compared.type != "year" or governing.type not in ("year", "part"):
            return False
        return compared.start_date.year == governing.start_date.year - 1

    def _is_share(self, fact: FactFound) -> bool:
        start, end = fact.indicator[-1]
        return self.text[start:end].endswith(("占比", "比重", "份额", "占有率"))

    def _is_target(self) -> bool:
        """Tell whether a figure is hoped for: 力争, 预计, 到2025年."""
        if self.carried.target:
            return True
        if self.period is None or self.period not in self.own_periods:
            return False
        period, published = self.reader.periods[self.period], self.reader.published
        if published is None:
            return period.type == "until" and self.text.startswith("到", period.start)
        last = period.end_date if period.type == "until" else period.start_date
        return last is not None and last > published and period.type in ("until", "year", "plan", "range")

    def _rank(self, start: int, figure: Figure) -> None:
        """Read what is ranked: the words in front of the peers and of 居, else what the sentence spoke of."""
        rank, text = figure.rank, self.text
        assert rank is not None  # noqa: S101
        end = rank.scope[0] if rank.scope is not None and rank.scope[0] >= start else figure.start
        stripped = True
        while stripped:
            stripped = False
            while end > start and text[end - 1] in " \u3000\u00a0的了第前":
                end -= 1
            period = self.predicates.period_ends.get(end)
            if period is not None and period.start >= start:
                end, stripped = period.start, True
                continue
            for word in _words().rank:
                if text.endswith(word, start, end):
                    end, stripped = end - len(word), True
                    break
        thing = self.phrases.left(start, end)
        previous = self.carried.fact
        name = text[thing.start : thing.end]
        indicator: tuple[Span, ...] | None = ((thing.start, thing.end),) if thing else None
        if previous is not None and (indicator is None or name in _words().same_thing):
            indicator = previous.indicator
        elif indicator is None:
            behind = self.phrases.counted(figure.end, min(len(text), figure.end + 24))
            indicator = ((behind.start, behind.end),) if behind else None
        if indicator is not None:
            fact = FactFound(figure, indicator, "rank", period=self.period, subject=thing.subject, rule="facts.rank")
            self.reader.found.append(fact)
            self.carried.fact = fact

    def _respectively(self, clause: Clause, start: int, run: list[Figure]) -> bool:
        """Share a list of things out to a list of figures: 出口、进口分别为1.2万亿元、0.8万亿元."""
        first = run[0]
        start = self._joint(start, first.start)
        quantity = run[-1].quantity
        unit = quantity.unit.name if quantity is not None and quantity.unit else None
        predicate = self.predicates.read(start, first.start, unit)
        thing = self.phrases.left(start, predicate.end)
        things = self._members(thing, len(run))
        periods = self._periods_listed(clause, first, len(run))
        if not things and not periods and not thing and self.carried.fact is None:
            return False
        if not things and not periods and not (predicate.verb or predicate.respectively):
            return False
        for i, figure in enumerate(run):
            if things:
                indicator: tuple[Span, ...] | None = things[i]
            else:
                indicator = self._indicator(thing, figure, predicate, (figure.end, figure.end), start)
                if indicator is None and self.carried.topic is not None:
                    topic = self._topic(predicate, figure)
                    indicator = ((topic.start, topic.end),) if topic else None
            if indicator is None:
                continue
            if periods:
                self.period = periods[i]
            fact = FactFound(figure, indicator, "level", subject=thing.subject, per=predicate.per)
            self._aspect(fact, figure, predicate, thing)
            if things:
                fact.rule = "facts.respectively"
            self._keep(fact, predicate)
        return True

    def _members(self, thing: Phrase, count: int) -> list[tuple[Span, ...]] | None:
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
        if self.text[last_end - 1] not in _words().measures:
            return None
        before = self.text[parts[0][0] : parts[0][1]]
        for left, right in reversed(tokens[:-1]):
            if before.endswith(self.text[left:right]):
                return (right, last_end)
        return (tokens[0][1], last_end)

    def _periods_listed(self, clause: Clause, first: Figure, count: int) -> list[int] | None:
        """Give the periods in front of a list of figures where there are as many: 2015和2016年增速分别为."""
        ahead = [p for p in clause.periods if self.reader.periods[p].start < first.start]
        ahead = [p for p in ahead if not self._compares(self.reader.periods[p])]
        return ahead[-count:] if count > 1 and len(ahead) == count else None

    def _keep(self, fact: FactFound, predicate: Predicate) -> None:
        """Keep a fact, and what the figures behind it may leave out."""
        carried = self.carried
        fact.period = self.period
        self.reader.found.append(fact)
        if predicate.basis:
            carried.basis = predicate.basis if predicate.basis != "avg" else carried.basis
        carried.opened = predicate.opens
        carried.spanned = fact.rule == "facts.from_to" or (carried.spanned and carried.fact is not None)
        if fact.aspect in ("level", "target"):
            carried.level = fact
        carried.fact = fact
        carried.verb = ""
        if fact.rule == "facts.change_of_object":
            words = _words()
            carried.verb = next(iter(words.up_object if fact.direction == "up" else words.down_object))


def read_facts(
    reading: Reading,
    quantities: Sequence[QuantityFound],
    periods: Sequence[PeriodFound],
    ordinals: Sequence[OrdinalFound],
) -> list[FactFound]:
    """Read the facts of a view: one for each quantity and rank whose indicator the article names."""
    return FactReader(reading, quantities, periods, ordinals).read()
