"""Tie every figure to what it measures: the indicator, what is said of it, when, against what, of what.

A figure is read with its own clause: the words in front of it (predicates.py), the thing in front of those or behind
the classifier (measured.py), what they say of it (aspects.py); what a clause leaves out is carried over from the one
before it.
"""

import re
from collections.abc import Sequence

from extractors.aspects import AspectReader
from extractors.clauses import Clause, Figure, Sentence, figures_of, sentences
from extractors.goals import Goals
from extractors.measured import Measured
from extractors.ordinals import OrdinalFound
from extractors.periods import PeriodFound
from extractors.phrases import Phrase, PhraseReader
from extractors.predicates import Predicate, PredicateReader
from extractors.rules import rule
from extractors.slots import QuantityFound
from extractors.statements import Carried, FactFound, Span, fact_words
from schemas import Reading

__all__ = ["FactFound", "read_facts"]

_BETWEEN = re.compile(r"\s?(?:、|和|与|及|以及|，|;|；)?\s?")
_JOINTS = "、和与及，, \u3000\u00a0"
_COMPARED_AHEAD = re.compile(r"[比较与同]$")
_COMPARES_NOTHING = ("占比", "同比", "环比", "通过", "经过")
_CONDITION = re.compile(r"(?:以上|以下|以内)?(?:（[^）\n]{0,12}）)?的(?:部分|[，、；。：]|$)", re.MULTILINE)
_SOMEWHERE = re.compile(r"处|外|远|开外|之外|范围内|半径|路程")
_PLACED = re.compile(r"位于|距离?[\u4e00-\u9fa5]{2}")
_AMONG = re.compile(r"(?:全[国省市区县州球]|世界|亚洲|在)$|在[^，。在]{2,14}(?:[中里内间]|当中|之中|之间)$")
_GOALS_ARE = re.compile(r"(?:主要|预期|总体|发展|工作|奋斗|具体)目标(?:任务|建议)?(?:是|为|：|:)")
"""Opens a paragraph of goals: 今年的主要预期目标是."""

_GROUND = re.compile(r"的?[^，。]{0,4}基础上")
_TO_NOW = re.compile(r"当[年月日季周]$")
_ASIDE = 10
"""So far a counted noun may reach over a short aside in it: 省（区、市）."""

_FEW = 4
"""So many periods may only compare in front of a list of figures."""

_MAX_TOPIC = 40
"""A longer clause without figures names no thing for the next."""


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
        self.goals = Goals(reading.text, periods, reading.published)
        self.found: list[FactFound] = []
        self.paragraph = -1
        self.paragraph_period: int | None = None
        self.goals_from = -1

    def read(self) -> list[FactFound]:
        """Read every sentence that holds a figure; the period of a paragraph is carried along."""
        if not self.figures:
            return []
        for sentence in sentences(self.text, self.figures, self.periods):
            if sentence.paragraph != self.paragraph:
                self.paragraph, self.paragraph_period = sentence.paragraph, None
            if sentence.figured:
                _SentenceReader(self, sentence).read()
            else:
                self._pass_over(sentence.clauses[0])
        return self.found

    def _pass_over(self, clause: Clause) -> None:
        """Take from a sentence without figures the period that governs the next."""
        for p in clause.periods:
            period = self.periods[p]
            if _compares(self.text, period) or (self.paragraph_period is not None and not _topical(clause, period)):
                continue
            if self.paragraph_period != p - 1 or not _repeats(self.text, self.periods, p):
                self.paragraph_period = p


class _SentenceReader:
    """Reads the facts of one sentence, clause by clause."""

    def __init__(self, reader: FactReader, sentence: Sentence) -> None:
        self.reader = reader
        self.text = reader.text
        self.sentence = sentence
        self.own = frozenset([p for clause in sentence.clauses for p in clause.periods])
        periods = [reader.periods[p] for p in self.own]
        self.carried = Carried()
        self.phrases = PhraseReader(reader.reading, periods)
        self.predicates = PredicateReader(self.text, periods)
        self.measured = Measured(self.phrases, self.predicates, self.carried)
        self.aspects = AspectReader(self.phrases, self.carried)
        if (
            reader.goals.covers(sentence.start) or reader.goals_from == sentence.paragraph
        ) and fact_words().done.search(self.text, sentence.start, sentence.end) is None:
            self.carried.target = self.carried.goal = True
        self.facts: list[FactFound] = []
        self.hinted = (
            self.text.find("将", sentence.start, sentence.end) >= 0
            or self.text.find("其中", sentence.start, sentence.end) >= 0
            or fact_words().target.search(self.text, sentence.start, sentence.end) is not None
        )
        self.outer: int | None = None
        self.period: int | None = None
        self._set_period(reader.paragraph_period)

    def read(self) -> None:
        """Read the figures of each clause from left to right; a parenthesis does not govern what follows it."""
        start, end = self.sentence.start, self.sentence.end
        if self.hinted and self.text.find("目标", start, end) >= 0 and _GOALS_ARE.search(self.text, start, end):
            self.reader.goals_from = self.sentence.paragraph
        for clause in self.sentence.clauses:
            if clause.mark in ("（", "("):
                self.outer = self.period
            elif clause.mark in ("）", ")") and self.outer is not None:
                self._set_period(self.outer)
                self.outer = None
            elif clause.mark in ("；", "：", ";", ":") and not self.carried.goal:
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
        while clause.governed < len(clause.periods):
            p = clause.periods[clause.governed]
            period = self.reader.periods[p]
            if period.start >= position:
                return
            clause.governed += 1
            if _compares(self.text, period):
                continue
            if not clause.figures and self.period is not None and not _topical(clause, period):
                continue
            if self.period == p - 1 and _repeats(self.text, self.reader.periods, p):
                continue
            self._set_period(p)

    def _set_period(self, p: int | None) -> None:
        """Let a period govern this sentence, and the paragraph behind it."""
        self.period = self.reader.paragraph_period = p
        self.aspects.period = self.reader.periods[p] if p is not None else None

    # --- targets ----------------------------------------------------------------------------------------------------

    def _targets(self, start: int, end: int) -> None:
        """Look for what makes the figures behind [start, end) targets, and for 其中."""
        if end <= start or not self.hinted:
            return
        text, carried = self.text, self.carried
        if not carried.target and (
            fact_words().target.search(text, start, end + 1)  # what follows the last word is looked at: 计划|，
            or (text.find("将", start, end) >= 0 and self._future(start, end))
        ):
            carried.target, carried.goal = True, text.find("目标", start, end) >= 0
        if carried.whole is None and text.find("其中", start, end) >= 0:
            carried.whole = carried.level

    def _future(self, start: int, end: int) -> bool:
        """Tell whether a 将 in [start, end) is the future: a verb or an adverb follows (将实现, not 将补贴标准提高)."""
        words, at = self.reader.reading.words, self.text.find("将", start, end)
        while at >= 0:
            left, right = words.word(at)
            if right - left == 1 and at + 1 < len(self.text):
                first, last = words.word(at + 1)
                if first == at + 1 and self.text[first:last] in fact_words().future_after:
                    return True
            at = self.text.find("将", at + 1, end)
        return False

    @rule(
        "facts.target",
        "facts",
        says=[
            ("力争产值突破600亿元", {"indicator": "产值", "aspect": "target", "direction": None}),
            ("到2025年，森林覆盖率达到45%", {"indicator": "森林覆盖率", "aspect": "target"}),
            ("预计旅游收入增长8%", {"aspect": "target", "direction": "up"}),
        ],
        refuses=["力争上游"],
    )
    def _is_target(self) -> bool:
        """Tell whether a figure is hoped for: 力争, 预计, 将, or a year that is still to come (到2025年)."""
        if self.carried.target:
            return True
        if self.period is None or self.period not in self.own:
            return False
        period, published = self.reader.periods[self.period], self.reader.published
        if published is None:
            return period.type == "until" and self.text.startswith("到", period.start)
        last = period.end_date if period.type == "until" else period.start_date
        return last is not None and last > published and period.type in ("until", "year", "plan", "range")

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
                self._figure(clause, start, figure, limits[figure.start])
                start = max(figure.end, self.measured.read_to)

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
        limit, behind = clause.end + (_ASIDE if self.text.startswith("（", clause.end) else 0), None
        for figure in reversed(clause.figures):
            if behind is not None and behind.start == figure.end and behind.quantity is not None:
                limits[figure.start] = limits[behind.start]
            else:
                limit = behind.start if behind is not None else limit
                limits[figure.start] = figure.end, limit
            behind = figure
        return limits

    def _figure(self, clause: Clause, start: int, figure: Figure, place: Span) -> None:
        """Read one figure; ``place`` is where behind it its counted noun may lie."""
        start = self._joint(min(start, figure.start), figure.start)
        if figure.rank is not None:
            self._rank(start, figure)
            return
        if self.period is None and clause.periods and not _compares(self.text, self.reader.periods[clause.periods[0]]):
            self._set_period(clause.periods[0])
        predicate = self.predicates.read(start, figure.start, figure.unit)
        fact = self._fact(start, figure, predicate, place)
        if fact is not None:
            self._keep(fact, predicate)

    def _joint(self, start: int, end: int) -> int:
        """Pass over what joins a figure to the one before it."""
        while start < end and self.text[start] in _JOINTS:
            start += 1
        return start

    def _fact(self, start: int, figure: Figure, predicate: Predicate, place: Span) -> FactFound | None:
        """Find the thing, and what is said of it; None where a figure says nothing by itself."""
        measured = self.measured
        if predicate.per is not None and predicate.per[1] <= predicate.end:
            start = max(start, predicate.per[1])
        thing = measured.thing(start, figure, predicate)
        if measured.only_a_length(figure, thing, start) or self._is_condition(figure, thing):
            return None
        fact = self.aspects.of_plan(thing, figure)
        if fact is None and (fact := self.aspects.of_whole(thing, predicate, figure, place[1])) is not None:
            measured.read_to = fact.indicator[-1][1]
        if fact is None:
            indicator = measured.indicator(thing, figure, predicate, place, start)
            if indicator is None:
                return None
            fact = FactFound(figure, indicator, "level", subject=thing.subject, per=predicate.per)
            self.aspects.read(fact, predicate, thing, measured.read_to > figure.end)
            if fact.rule == "facts.level" and self.aspects.lacks_verb(fact):
                return self.aspects.goes_on_changing(fact, predicate)
        return fact

    def _is_condition(self, figure: Figure, thing: Phrase) -> bool:
        """Tell whether a figure is but a condition, an age or a place: 超过5万元的部分, 40岁的村民, 以南30公里处."""
        text = self.text
        if _CONDITION.match(text, figure.end) is not None or "每隔" in text[max(0, figure.start - 5) : figure.start]:
            return True
        if figure.dimension not in ("age", "length"):
            return False
        if figure.dimension == "age":
            return not (thing and text[thing.end - 1] in "龄命数均")
        return (
            _SOMEWHERE.match(text, figure.end) is not None or _PLACED.search(text, thing.start, thing.end) is not None
        )

    @rule(
        "facts.rank",
        "facts",
        says=[
            ("进出口总额居全省第3位", {"indicator": "进出口总额", "aspect": "rank"}),
            ("新能源汽车产量全球第一", {"indicator": "新能源汽车产量", "aspect": "rank"}),
            ("企业数量位居全省第一、全国第三", {"indicator": "企业数量", "aspect": "rank"}),
        ],
        refuses=["第十批干部"],
    )
    def _rank(self, start: int, figure: Figure) -> None:
        """Read what is ranked: the words in front of the peers and of 居, else what the sentence spoke of."""
        rank, text = figure.rank, self.text
        assert rank is not None  # noqa: S101
        thing = self.phrases.left(start, self._ranked(start, figure, rank))
        previous = self.carried.fact
        indicator: tuple[Span, ...] | None = ((thing.start, thing.end),) if thing else None
        if previous is not None and (not thing or text[thing.start : thing.end] in fact_words().same_thing):
            indicator = previous.indicator
        elif indicator is None:
            behind = self.phrases.counted(figure.end, min(len(text), figure.end + 24))
            indicator = ((behind.start, behind.end),) if behind else None
        if indicator is not None and self._has_letters(indicator):
            fact = FactFound(figure, indicator, "rank", period=self.period, subject=thing.subject, rule="facts.rank")
            if self._is_target():
                fact.aspect, fact.rule = "target", "facts.target"
            self.reader.found.append(fact)
            self.carried.fact = fact

    def _ranked(self, start: int, figure: Figure, rank: OrdinalFound) -> int:
        """Give where the thing ends that is ranked: in front of the peers and of the verbs of ranking."""
        text = self.text
        end = rank.scope[0] if rank.scope is not None and rank.scope[0] >= start else figure.start
        while True:
            while end > start and text[end - 1] in " \u3000\u00a0的了第前":
                end -= 1
            period = self.predicates.period_ends.get(end)
            if period is not None and period.start >= start:
                end = period.start
                continue
            verb = next((word for word in fact_words().rank if text.endswith(word, start, end)), None)
            if verb is None:
                among = _AMONG.search(text[max(start, end - 18) : end])
                if among is None:
                    return end
                end -= len(among[0])
                continue
            end -= len(verb)

    def _respectively(self, clause: Clause, start: int, run: list[Figure]) -> bool:
        """Share a list of things, or of periods, out to a list of figures: 出口、进口分别为1.2万亿元、0.8万亿元."""
        start = self._joint(start, run[0].start)
        predicate = self.predicates.read(start, run[0].start, run[-1].unit)
        thing = self.phrases.left(start, predicate.end)
        things = self.measured.members(thing, len(run))
        if things is None and (predicate.respectively or predicate.multiple_of or predicate.verb) and not thing:
            things = self._spoken_of(len(run))
        periods = self._periods_listed(clause, run[0], len(run))
        if not things and not periods and not predicate.verb and not predicate.respectively:
            return False
        if not (things or periods or thing or self.carried.fact):
            return False
        for i, figure in enumerate(run):
            if periods:
                self._set_period(periods[i])
            place = figure.end, figure.end
            indicator = things[i] if things else self.measured.indicator(thing, figure, predicate, place, start)
            if indicator is None and self.carried.topic is not None:
                topic = self.measured.topic(predicate, figure)
                indicator = ((topic.start, topic.end),) if topic else None
            if indicator is not None:
                fact = FactFound(figure, indicator, "level", subject=thing.subject, per=predicate.per)
                self.aspects.read(fact, predicate, thing, False)
                fact.rule = "facts.respectively" if things else fact.rule
                self._keep(fact, predicate)
        return True

    def _spoken_of(self, count: int) -> list[tuple[Span, ...]] | None:
        """Give what the last so many figures measured: 企业200家、园区50个，分别增长|12%和20%."""
        before = self.facts[-count:]
        if len(before) < count or len({fact.indicator for fact in before}) < count:
            return None
        return [fact.indicator for fact in before] if before[0].aspect == before[-1].aspect else None

    def _periods_listed(self, clause: Clause, first: Figure, count: int) -> list[int] | None:
        """Give the periods in front of a list of figures where there are as many: 2015和2016年增速分别为."""
        ahead = clause.periods[: count + _FEW]
        ahead = [p for p in ahead if self.reader.periods[p].start < first.start]
        ahead = [p for p in ahead if not _compares(self.text, self.reader.periods[p])]
        return ahead[-count:] if count > 1 and len(ahead) == count else None

    def _has_letters(self, spans: tuple[Span, ...]) -> bool:
        """Tell whether an indicator is a name at all, not a mark or a blank."""
        text = self.text
        return text[spans[0][0]].isalpha() or any(any(map(str.isalpha, text[start:end])) for start, end in spans)

    def _keep(self, fact: FactFound, predicate: Predicate) -> None:
        """Keep a fact, and what the figures behind it may leave out."""
        carried = self.carried
        if not self._has_letters(fact.indicator):
            return
        fact.period = self.period
        self.reader.found.append(fact)
        self.facts.append(fact)
        if predicate.basis and predicate.basis != "avg":
            carried.basis = predicate.basis
        carried.opened = predicate.opens
        carried.spanned = carried.spanned or fact.rule == "facts.from_to"
        carried.moved = fact.direction if fact.rule == "facts.change_of_object" else None
        carried.fact = fact
        if fact.aspect == "level":
            carried.level = fact
        if self._is_target():
            fact.aspect = "target"
            fact.rule = fact.rule if fact.rule == "facts.respectively" else "facts.target"


def _compares(text: str, period: PeriodFound) -> bool:
    """Tell whether a period is what something is compared with: 比上年, 与2012年相比, 是2012年的5倍."""
    before = text[max(0, period.start - 2) : period.start]
    if before.endswith("在") and _GROUND.match(text, period.end) is not None:
        return True
    if _COMPARED_AHEAD.search(before) and not before.endswith(_COMPARES_NOTHING):
        return True
    return before.endswith("是") and text[period.end : period.end + 1] == "的"


def _repeats(text: str, periods: Sequence[PeriodFound], p: int) -> bool:
    """Tell whether a period only takes up the one in front of it: 6月份|当月."""
    period = periods[p]
    return p > 0 and periods[p - 1].end == period.start and _TO_NOW.match(text, period.start, period.end) is not None


def _topical(clause: Clause, period: PeriodFound) -> bool:
    """Tell whether a period opens its clause, or closes it: what else is there is but a connective."""
    return period.start - clause.start <= 1 or period.end >= clause.end - 1


def read_facts(
    reading: Reading,
    quantities: Sequence[QuantityFound],
    periods: Sequence[PeriodFound],
    ordinals: Sequence[OrdinalFound],
) -> list[FactFound]:
    """Read the facts of a view: one for each quantity and rank whose indicator the article names."""
    return FactReader(reading, quantities, periods, ordinals).read()
