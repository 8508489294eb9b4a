"""Read the noun phrase that a figure measures: without region, period, connectives and the verb that led to it.

``全市已引进|过亿元重大招商项目 -> 过亿元重大招商项目``; a verb in front of 的 belongs to the phrase (用于“三农”的支出).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import add
from pathlib import Path

from extractors.periods import PeriodFound
from extractors.tables import load
from schemas import Reading

Span = tuple[int, int]

_OPEN, _CLOSE = "“‘《「『（(", "”’》」』）)"
_TRAILING = " \u3000\u00a0\t的了、，：:—-★●■◆▲▪·"
_MARKS = "，。；：、！？,;:!?\n（）()…—"
_COMPLETED = "了到出至"
_MODIFIERS = frozenset(
    ("大型", "中型", "小型", "临时", "具体", "重大", "主要", "重点", "新型", "专项", "集中", "临时集中")
)
"""Name nothing alone: the verb behind them belongs to the noun (3个大型|安置|点)."""

_DATED = ("year", "part", "day", "range", "since", "until", "as_of")
_HOLDS = _OPEN + "与和同比较至到于"
"""In front of a period that belongs to the words before it: 与|2012年相比."""

_EXAMPLE = re.compile(r"[^，。以]{0,8}以[^，。]{1,24}?为(?:代表|龙头|引领|首)的")
_MAX_OWNER = 16
_SHORT = 6
"""So long, with its verb, is what comes before 新增 in a name: 城镇新增, 企业新增."""

_MAX_COUNTED = 30
"""A counted noun is no longer than this."""


@dataclass(slots=True)
class Phrase:
    """A thing and what led to it: its span (empty where nothing is left), the verb in front, who did it."""

    start: int
    end: int
    verb: str = ""
    subject: Span | None = None

    def __bool__(self) -> bool:
        return self.end > self.start


@dataclass(frozen=True, slots=True)
class _Words:
    leading: frozenset[str]
    regions: frozenset[str]
    takes_object: frozenset[str]
    verbs: frozenset[str]
    nominal: frozenset[str]
    trailing: dict[str, tuple[str, ...]]
    in_use: tuple[str, ...]
    heads: frozenset[str]
    intransitive: frozenset[str]
    added: frozenset[str]
    participle: frozenset[str]
    stop: frozenset[str]
    adverbs: frozenset[str]
    never_lead: frozenset[str]
    acts: frozenset[str]
    alone: frozenset[str]
    known: frozenset[str]
    amounts: frozenset[str]
    of_action: frozenset[str]
    brings: frozenset[str]
    longest: int
    begins: frozenset[str]
    beginnings: frozenset[str]
    characters: frozenset[str]
    breaks: frozenset[str]
    adverb_beginnings: frozenset[str]
    amount_ends: frozenset[str]
    modals: frozenset[str]
    sums: frozenset[str]
    holders: tuple[str, ...]
    energies: frozenset[str]


@cache
def _words() -> _Words:
    table = load("facts")["phrase"]
    verbs, adverbs = _verbs()
    nominal = frozenset(table["nominal"])
    verbs -= nominal
    leads = frozenset([*table["takes_object"], *table["up_object"], *table["down_object"]])
    leading = frozenset(table["leading"])
    stop = (_movements() | verbs | leads) - nominal - frozenset(table["participle"]) | frozenset(table["stop"])
    amounts = frozenset([*table["bare_heads"], *table["of_action"], *table["traded"], *table["alone"]])
    leading_verbs = (
        leads | nominal | frozenset(table["intransitive"]) | frozenset(table["modals"]) | frozenset(table["sums"])
    )
    return _Words(
        leading,
        frozenset(table["regions"]),
        leads,
        verbs,
        nominal,
        _by_last(table["trailing"]),
        tuple(table["in_use"]),
        frozenset(table["bare_heads"]),
        frozenset(table["intransitive"]),
        frozenset(table["up_object"]),
        frozenset(table["participle"]),
        stop,
        adverbs - nominal,
        frozenset(table["never_lead"]),
        verbs - frozenset(table["stop"]) - _movements() - leads,
        frozenset(table["alone"]),
        verbs | leads | nominal | adverbs,
        amounts,
        frozenset(table["of_action"]),
        frozenset([*table["brings"], *table["up_object"], *table["down_object"]]),
        max(map(len, leading | frozenset(table["regions"]))),
        frozenset(word[0] for word in leading | frozenset(table["regions"])),
        frozenset(word[:2] for word in leading_verbs if len(word) > 1),
        frozenset(word for word in leading_verbs if len(word) == 1) | frozenset(_COMPLETED),
        frozenset(word[:2] for word in stop | adverbs) | frozenset(f"{_MARKS}{_OPEN}{_CLOSE}的和与及被"),
        frozenset(word[:2] for word in adverbs),
        frozenset(word[-1] for word in amounts),
        frozenset(table["modals"]),
        frozenset(table["sums"]),
        tuple(table["holders"]),
        frozenset(load("facts")["predicate"]["energies"]),
    )


def _by_last(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Group words by their last character, the longest first."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[-1], []).append(word)
    return {last: tuple(group) for last, group in groups.items()}


@cache
def _verbs() -> tuple[frozenset[str], frozenset[str]]:
    """Load the verbs and the adverbs of verbs.txt."""
    groups: dict[str, set[str]] = {"v": set(), "d": set()}
    for line in (Path(__file__).parent / "verbs.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            group, *words = line.split()
            groups[group].update(words)
    return frozenset(groups["v"]), frozenset(groups["d"])


def _movements() -> frozenset[str]:
    """Give the verbs of change, which end a counted noun: 113个重点城市|增加到."""
    table = load("facts")["predicate"]
    words = [*table["up"], *table["down"], *table["reached_by"]]
    return frozenset(word + end for word in words for end in ("", "到", "至") if len(word + end) > 1)


class PhraseReader:
    """Reads noun phrases in one view; ``periods`` are those of the sentence."""

    def __init__(self, reading: Reading, periods: Iterable[PeriodFound]) -> None:
        self.text = reading.text
        self.reading = reading
        self.period_starts = {period.start: period for period in periods}
        self.inner = sorted(start for start, period in self.period_starts.items() if period.type in _DATED)

    def left(self, start: int, end: int) -> Phrase:
        """Read the phrase in [start, end), in front of a predicate."""
        opened = self._behind_example(self._skip(start, end), end)
        start = self._behind_period(opened, end)
        owner = self._owner(opened, start)
        start = self._skip(start, end) if start > opened else start
        end = self._trim(start, end)
        phrase = Phrase(start, end)
        self._split(phrase)
        phrase.subject = phrase.subject or owner
        return phrase

    def _behind_example(self, start: int, end: int) -> int:
        """Begin behind what only gives an example: 某地以石化为代表的|重点产业."""
        if self.text.find("以", start, min(end, start + 12)) < 0:
            return start
        match = _EXAMPLE.match(self.text, start, end)
        return match.end() if match is not None and match.end() < end else start

    def _behind_period(self, start: int, end: int) -> int:
        """Begin behind a period in the phrase, which is no part of the thing: 发布的5月份|商务活动指数."""
        i = bisect_left(self.inner, end) - 1
        if i < 0 or self.inner[i] <= start:
            return start
        at, last = self.inner[i], self.period_starts[self.inner[i]].end
        if last + 1 >= end or self.text[last] in _CLOSE or self.text[at - 1] in _HOLDS:
            return start
        return last if self.text.find("、", start, at) < 0 else start

    def _owner(self, start: int, end: int) -> Span | None:
        """Give the name in front of a period in the phrase: 港口|2025年吞吐量."""
        if end <= start or (at := self.inner[bisect_left(self.inner, end) - 1]) - start > _MAX_OWNER:
            return None
        at = self._trim(start, at)
        words = self.reading.words.words(start, at) if at > start else []
        known = _words().known
        return (start, at) if words and not any(self.text[a:b] in known or b - a == 1 for a, b in words) else None

    def _skip(self, start: int, end: int) -> int:
        """Pass over connectives, regions, periods and closing marks at the beginning."""
        text, words = self.text, _words()
        while start < end:
            period = self.period_starts.get(start)
            if period is not None and period.end <= end:
                start = period.end
                continue
            if text[start] in _TRAILING or text[start] in _CLOSE:
                start += 1
                continue
            if text[start] not in words.begins:
                return start
            for length in range(min(words.longest, end - start), 0, -1):
                word = text[start : start + length]
                if word in words.regions or (word in words.leading and self._whole(start, length, end)):
                    start += length
                    break
            else:
                return start
        return start

    def _whole(self, start: int, length: int, end: int) -> bool:
        """Tell whether a connective of one character is a word here: 和|平, 新|增."""
        if length > 1 or start + length >= end:
            return True
        left, right = self.reading.words.word(start)
        return left == start and right == start + length

    def _trim(self, start: int, end: int) -> int:
        """Leave out closing particles and adverbs: 单晶硅片|各, 企业|等."""
        text, trailing = self.text, _words().trailing
        while end > start:
            if text[end - 1] in _TRAILING or text[end - 1] in _OPEN:
                end -= 1
                continue
            for word in trailing.get(text[end - 1], ()):
                if word == "能" and text[end - 2] in _words().energies:
                    continue
                if text.endswith(word, start, end) and self.reading.words.word(end - 1)[0] >= end - len(word):
                    end -= len(word)
                    break
            else:
                return end
        return end

    def _split(self, phrase: Phrase) -> None:
        """Cut at the last verb that leads to the thing; what stands before the verb is the subject."""
        if not self._may_lead(phrase):
            return
        tokens = self._tokens(phrase)
        cut = self._verb(phrase, tokens)
        if cut is None:
            if len(tokens) == 1 and self.text[slice(*tokens[0])] in _words().intransitive:
                phrase.verb, phrase.start = self.text[slice(*tokens[0])], phrase.end
            elif tokens and self.text[slice(*tokens[-1])] in _words().nominal:
                self._behind_preposition(phrase, tokens)
            return
        left, right = tokens[cut]
        if (
            cut == 1
            and right < phrase.end
            and self.text[left:right] in _words().added
            and right - phrase.start <= _SHORT
        ):
            phrase.verb = self.text[left:right]  # 城镇新增就业 names itself
            return
        head = Phrase(phrase.start, self._trim(phrase.start, left))
        phrase.subject = (head.start, head.end) if head else None
        phrase.verb = self.text[left:right]
        phrase.start = min(self._skip(right, phrase.end), phrase.end)
        if right < phrase.end and self.text[right] in "和、及并" and cut + 3 < len(tokens):
            self._second_verb(phrase)

    def _may_lead(self, phrase: Phrase) -> bool:
        """Tell whether any word that ``_split`` and ``_verb`` look for can stand in a phrase: else nothing is cut.

        Beginnings of words are asked for, not words: that takes a few steps of C and no segmenter.
        """
        text, words = self.text[phrase.start : phrase.end], _words()
        return not (words.beginnings.isdisjoint(map(add, text, text[1:])) and words.characters.isdisjoint(text))

    def _second_verb(self, phrase: Phrase) -> None:
        """Pass over a verb that is joined to the one that led to the thing: 取消和|下放|审批事项."""
        left, right = self.reading.words.word(phrase.start)
        word, words = self.text[left:right], _words()
        if left == phrase.start and right < phrase.end and (word in words.verbs or word in words.takes_object):
            phrase.start = min(self._skip(right, phrase.end), phrase.end)

    def _behind_preposition(self, phrase: Phrase, tokens: list[Span]) -> None:
        """Leave the verb alone where a preposition brought in who did it or where: 公司在科技城|投资."""
        if any(self.text[slice(*token)] in ("在", "由", "向", "对", "给") for token in tokens[:-1]):
            phrase.subject = phrase.start, self._trim(phrase.start, tokens[-1][0])
            phrase.start = tokens[-1][0]

    def _tokens(self, phrase: Phrase) -> list[Span]:
        spans = self.reading.words.words(phrase.start, phrase.end) if phrase else []
        if spans:
            spans[0] = max(spans[0][0], phrase.start), spans[0][1]
            spans[-1] = spans[-1][0], min(spans[-1][1], phrase.end)
        return spans

    def _verb(self, phrase: Phrase, tokens: list[Span]) -> int | None:
        """Find the last token that is such a verb: not in quotation marks, not in a relative clause (verb … 的)."""
        text, words = self.text, _words()
        depth, of = 0, False
        for index in range(len(tokens) - 1, -1, -1):
            left, right = tokens[index]
            word = text[left:right]
            if word in _CLOSE:
                depth += 1
            elif word in _OPEN:
                depth = max(0, depth - 1)
            elif word == "的":
                of = True
            if depth:
                continue
            if word in words.sums and index and not of and right < phrase.end:
                return index if index + 2 < len(tokens) or text[right : tokens[-1][1]] not in words.known else None
            strict, nominal = word in words.takes_object, word in words.nominal and word not in words.never_lead
            strict = strict or (word in words.verbs and right < phrase.end and text[right] in _COMPLETED)
            if not strict and index > 0 and text[slice(*tokens[index - 1])] in words.modals:
                strict = word in words.verbs or (nominal and right < phrase.end)
            if not strict and not nominal:
                continue
            opens = index == 0 or all(text[a:b] in words.leading for a, b in tokens[:index])
            if not strict and not opens:
                continue
            if of and not (
                opens and word in words.takes_object and len(word) > 1 and text[right : right + 1] not in ("的", "了")
            ):
                continue
            if right >= phrase.end and (word in words.alone or (index > 0 and (len(word) == 1 or not strict))):
                continue
            if index and text[left - 1] in "、和及或与" and index > 1 and self._participle(tokens[index - 2]):
                continue
            if not self._compound(tokens, index, strict):
                return index
        return None

    def _participle(self, token: Span) -> bool:
        return self.text[slice(*token)] in _words().participle

    def _compound(self, tokens: list[Span], index: int, strict: bool) -> bool:
        """Tell whether a verb is the first half of a noun: 投资|总额, 建设|用地, 服务|业, 改造|工程."""
        if index + 1 >= len(tokens):
            return False
        left, right = tokens[index + 1]
        following, last = self.text[left:right], self.text[slice(*tokens[-1])]
        if following == "了":
            return False
        if not strict and index == 0 and last in _words().amounts and following[-1] not in "后时来前间":
            return True
        if strict and index + 2 == len(tokens) and following in _words().of_action:
            return self.text[slice(*tokens[index])] not in _words().brings
        if not strict and following in "、和与及":
            return True
        if index + 2 < len(tokens):
            return False
        if strict:
            return following in tuple("率额量值数面度")
        heads = _words().heads
        return right - left == 1 or index > 0 or following in heads or following[-1] in "率额量值数"

    def counted(self, start: int, limit: int) -> Phrase:
        """Read the noun behind a classifier, up to a mark or a word that begins the predicate: ``42个|特色园区``."""
        text = self.text
        limit = min(limit, start + _MAX_COUNTED, len(text))
        while start < limit and text[start] in "的 \u3000\u00a0":
            start += 1
        if start >= limit or text[start] in _MARKS or text[start] in _CLOSE:
            return Phrase(start, start)
        end = self._trim(start, self._holder(start, self._noun_end(start, limit)))
        while end > start and text[end - 1] in "和与及或":
            end = self._trim(start, end - 1)
        return Phrase(start, end)

    def _holder(self, start: int, end: int) -> int:
        """End a counted noun at who has what is measured next: 3家|电信企业|用户总数."""
        if end <= start or self.text[end - 1] not in _words().amount_ends:
            return end
        tokens = self._tokens(Phrase(start, end))
        last = self.text[slice(*tokens[-1])] if tokens else ""
        if len(tokens) < 2 or last not in _words().amounts or last in _words().alone:
            return end
        for left, right in tokens[:-1]:
            if self.text[left:right].endswith(_words().holders):
                return right
        return end

    def _noun_end(self, start: int, limit: int) -> int:
        """Walk word by word to where a counted noun ends; what is in quotation marks is not looked at."""
        if self._unbroken(start, limit):
            return limit
        end, depth, passed = start, 0, self._relative(start, limit)
        for word_start, word_end in self.reading.words.words(start, limit):
            left, right = max(word_start, start), min(word_end, limit)
            word = self.text[left:right]
            if word in _OPEN and word not in "（(":
                depth += 1
            elif word in _CLOSE and word not in "）)":
                if not depth:
                    break
                depth -= 1
            elif depth == 0 and left == start and self._acts(word, right, limit):
                passed = max(passed, right)  # a verb right behind a classifier belongs to the noun: 30个|应用|场景
            elif depth == 0 and left >= passed:
                passed = max(passed, self._goes_on(word, left, limit))
                if passed <= left and self._ends(word, left, start, limit):
                    break
            end = max(right, min(passed, limit))
        return end

    def _acts(self, word: str, right: int, limit: int) -> bool:
        """Tell whether a verb behind a classifier of things opens a noun: 30个|应用|场景, not 6名|落水."""
        text, words = self.text, _words()
        if word not in words.acts or right >= limit or text[right] in _MARKS or text[right] in "了过着的到至出入为":
            return False
        follows = text[slice(*self.reading.words.word(right))]
        return text[right - len(word) - 1] not in "人名位户员次" and follows not in words.stop and len(follows) > 1

    def _unbroken(self, start: int, limit: int) -> bool:
        """Tell whether nothing that could end a noun stands in [start, limit): then no segmenter is asked."""
        text, breaks = self.text[start:limit], _words().breaks
        if not (breaks.isdisjoint(text) and breaks.isdisjoint(map(add, text, text[1:]))):
            return False
        return not any(start <= at < limit for at in self.period_starts)

    def _goes_on(self, word: str, left: int, limit: int) -> int:
        """Give how far a noun goes on past a word that would end it: 在建|项目, 省（区、市）; 0 where it does not."""
        words = _words()
        if word in words.stop and self.text.startswith(words.in_use, left):
            return left + max(len(each) for each in words.in_use if self.text.startswith(each, left))
        if word == "以上" and self.text[left - 1] == "级":
            return left + 2  # 省级以上|园区
        return self._aside(left, limit) if word in "（(" else 0

    def _ends(self, word: str, left: int, start: int, limit: int) -> bool:
        """Tell whether a word ends the noun in front of it: a mark, a verb, an adverb; 和 before the next figure."""
        words = _words()
        if word in _MARKS:
            return True
        if word in words.takes_object and self.text[start:left] in _MODIFIERS:
            return False
        if word[0] == "被" or left in self.period_starts:
            return left > start
        if word in "的和与及":
            return left == start or (word != "的" and self._figure_follows(left + 1, limit))
        return word in words.stop or (word in words.adverbs and left > start)

    def _aside(self, left: int, limit: int) -> int:
        """Give the end of a short aside in the noun itself: 省|（区、市）; 0 where it is none."""
        closed = self.text.find("）", left, min(limit, left + 9))
        return closed + 1 if closed > 0 and not any(c.isdigit() for c in self.text[left:closed]) else 0

    def says_nothing(self, noun: Phrase) -> bool:
        """Tell whether a noun behind a figure is but a verb or an adverb: 先后10次|关心, 数百万|甚至."""
        text, words = self.text[noun.start : noun.end], _words()
        if text not in words.verbs and words.adverb_beginnings.isdisjoint((text[:1], text[:2])):
            return False
        tokens = self._tokens(noun)
        word = self.text[slice(*tokens[0])] if tokens else ""
        return word in _words().adverbs or (len(tokens) == 1 and word in _words().verbs)

    def _relative(self, start: int, limit: int) -> int:
        """Give the end of a relative clause in front of a counted noun: 34条|有约束的|条目; else ``start``."""
        text = self.text
        of = text.find("的", start, limit)
        if of < 0:
            return start
        left, right = self.reading.words.word(start)
        if left != start or text[left:right] not in _words().stop:
            return start
        if any(mark in text[start:of] for mark in _MARKS) or of + 1 >= limit or text[of + 1] in _MARKS:
            return start
        return of + 1

    def _figure_follows(self, start: int, limit: int) -> bool:
        return any(
            character in "0123456789一二三四五六七八九十" for character in self.text[start : min(limit, start + 2)]
        )
