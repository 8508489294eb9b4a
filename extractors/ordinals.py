"""Read ranks and sequence numbers: 第N and 前N with their classifier, 首位, 榜首; a rank knows its peers."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.fates import LABEL, LIST, WORD, Fate
from extractors.labels import NOT_TOP
from extractors.numerals import Number
from extractors.periods import PeriodFound
from extractors.rules import rule
from extractors.tables import alternation, load
from schemas import Reading


@dataclass(slots=True)
class OrdinalFound:
    """An ordinal of the view: [start, end) from 第 or 前 to the classifier; the scope lies outside; its rule."""

    start: int
    end: int
    value: Decimal
    role: str
    scope: tuple[int, int] | None
    top: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Words:
    classifiers: re.Pattern[str]
    peers: re.Pattern[str]
    verbs: re.Pattern[str]
    lexical: re.Pattern[str]
    first: re.Pattern[str]
    longer: frozenset[str]
    sequence: frozenset[str]


@cache
def _words() -> _Words:
    table = load("ordinals")
    return _Words(
        re.compile(alternation(table["classifiers"])),
        re.compile(rf"(?:{alternation(table['peers'])})+$"),
        re.compile(rf"(?:{alternation(table['rank_verbs'])})$"),
        re.compile(alternation(table["lexical"])),
        re.compile(alternation(table["first"])),
        frozenset(table["longer"]),
        frozenset(table["sequence"]),
    )


_FIRST = re.compile(r"[首榜](?:(?<=首)位(?!度|数|席|置|于)|(?<=榜)首)")
_FIRST_AFTER = re.compile(r"[，。；、！）)”\s的]|$")
_GOES_ON = re.compile(r"[、和及]|，?(?:上升|跃升|提升|前移|下降|升|降|移)?[至到为]")
_DOCUMENT_BEFORE = frozenset("令告定文字函")
_CLAUSE = re.compile(r"[，。；！？、：:\n（）()“”]")
_RANKING = frozenset(("位", "名"))
_TOP_CLASSIFIER = re.compile(r"[位名强]|大(?!约|概|多|部|幅|力|于|量)")
_TOP_CONTEXT = re.compile(
    r"(?:居|列|排|入|进|位|跻身|名|保持|全球|全国|全省|世界|全市|国内|国际|稳居|亚洲|百强县?|榜|行业|城市|地区|长三角|中部|西部|东部)(?:了|在|至|到)?(?:全球|全国|全省|世界|全市|国内|亚洲|全区)?$"
)
_TOP_AFTER = re.compile(r"[，。；、）)（(\s]|$|的|行列|强|位")
_PEERS_FREE = re.compile(
    r"(?:位列|位居|名列|居|列|排在|排名|跃居|稳居|跻身|进入|(?<![的年])(?:是|成为))((?:(?![由从也均已的了在将又再首连达到至上])[\u4e00-\u9fa5]){2,8})$"
)
_PEERS_IN = re.compile(
    r"在([\u4e00-\u9fa50-9]{2,14}?)(?:中|里)?(?:的)?(?:综合)?(?:位居|位列|名列|排名|排在|排|居|列|并列|跃居|连续居)$"
)
_ENUMERATION = re.compile(r"[，,、：:]")
_SENTENCE_START = re.compile(r"(?:^|[。；：:\n！？”])\s*$")


class OrdinalReader:
    """Reads the ordinals of one view."""

    def __init__(self, reading: Reading, numbers: list[Number], periods: list[PeriodFound]) -> None:
        self.text = reading.text
        self.words = reading.words
        self.numbers = numbers
        self.taken = {number for period in periods for number in range(period.start, period.end)}

    def read(self) -> tuple[list[OrdinalFound], dict[int, Fate]]:
        """Read 第N and 前N at the numerals, 首位 and 榜首 between them; say why a 第N is no ordinal."""
        text = self.text
        found: list[OrdinalFound] = []
        fates: dict[int, Fate] = {}
        for number in self.numbers:
            lead = text[number.start - 1 : number.start]
            if lead not in ("第", "前") or number.value is None:
                continue
            ordinal = self._numbered(number) if lead == "第" else self._top(number)
            if isinstance(ordinal, Fate):
                fates[number.start] = ordinal
            elif ordinal is not None and self.taken.isdisjoint(range(ordinal.start, ordinal.end)):
                if found and found[-1].role == "rank" and _GOES_ON.fullmatch(text, found[-1].end, ordinal.start):
                    ordinal.role, ordinal.scope = "rank", ordinal.scope or found[-1].scope
                found.append(ordinal)
        for match in _FIRST.finditer(text):
            first = self._first(match.start(), match.end())
            if first is not None:
                found.append(first)
        found.sort(key=lambda ordinal: ordinal.start)
        return found, fates

    @rule(
        "ordinals.first",
        "ordinals",
        says=[
            ("产量居全国首位", {"text": "首位", "value": "1", "role": "rank", "scope": "全国", "top": False}),
            ("登上全省榜首", {"text": "榜首", "value": "1", "role": "rank", "scope": "全省"}),
        ],
        refuses=["把安全放在首位度最高的地方", "首席代表到访"],
    )
    def _first(self, start: int, end: int) -> OrdinalFound | None:
        """Read 首位 and 榜首 as 1 behind a verb of ranking or behind the peers."""
        scope = self._scope(start)
        ranked = _words().verbs.search(self.text[max(0, start - 6) : start])
        if ranked or (scope is not None and _FIRST_AFTER.match(self.text, end)):
            return OrdinalFound(start, end, Decimal(1), "rank", scope, False, "ordinals.first")
        return None

    @rule(
        "ordinals.numbered",
        "ordinals",
        says=[
            ("分别居全国第二、第七", {"text": "第七", "value": "7", "role": "rank", "scope": "全国"}),
            ("增速居全省第3位", {"text": "第3位", "value": "3", "role": "rank", "scope": "全省"}),
            ("位居全省第一、全国第三", {"text": "第三", "value": "3", "role": "rank", "scope": "全国"}),
            ("第十批援建干部", {"text": "第十批", "value": "10", "role": "sequence", "scope": None}),
        ],
        refuses=["第一产业增加值", "第一时间赶到", "第一，坚持创新"],
    )
    def _numbered(self, number: Number) -> OrdinalFound | Fate:
        """Read ``第3位``, ``第十批``, ``第一``; refuse words (第一产业) and enumerations (第一，…)."""
        text, start, words = self.text, number.start - 1, _words()
        value = number.value
        assert value is not None  # noqa: S101
        if number.high is not None or words.lexical.match(text, start):
            return WORD
        classifier = words.classifiers.match(text, number.end)
        if classifier is not None and classifier.group() == "号" and text[start - 1 : start] in _DOCUMENT_BEFORE:
            return LABEL
        if classifier is not None and len(classifier.group()) == 1:
            left, right = self.words.word(number.end)
            if left == number.end and right > classifier.end() and text[left:right] in words.longer:
                classifier = None
        end = classifier.end() if classifier else number.end
        if (
            classifier is None
            and _ENUMERATION.match(text, end)
            and _SENTENCE_START.search(text[max(0, start - 3) : start])
        ):
            return LIST
        scope = self._scope(start)
        role = self._role(classifier.group() if classifier else "", scope, start)
        if role == "sequence" and not (classifier and classifier.group() in ("个", "家", "座")):
            scope = None
        return OrdinalFound(start, end, value, role, scope, False, "ordinals.numbered")

    def _role(self, classifier: str, scope: tuple[int, int] | None, start: int) -> str:
        """Tell a rank (``居全省第3位``, ``内地第一家``) from a sequence number (``第十批``)."""
        if classifier in _RANKING:
            return "rank"
        if classifier in _words().sequence:
            return "sequence"
        if classifier:
            return "rank" if classifier == "大" or (scope is not None and classifier == "家") else "sequence"
        if scope is not None:
            return "rank"
        return "rank" if _words().verbs.search(self.text[max(0, start - 6) : start]) else "sequence"

    @rule(
        "ordinals.top",
        "ordinals",
        says=[
            ("连续保持全省前3位", {"text": "前3位", "value": "3", "scope": "全省", "top": True}),
            ("进入全球前十", {"text": "前十", "value": "10", "scope": "全球", "top": True}),
        ],
        refuses=["前三季度", "目前两市", "前10个月"],
    )
    def _top(self, number: Number) -> OrdinalFound | None:
        """Read ``前3位``, ``前十强``, and ``前十`` where it is a rank."""
        text, start, end = self.text, number.start - 1, number.end
        if start and text[start - 1] in NOT_TOP:
            return None
        value = number.value
        assert value is not None  # noqa: S101
        classifier = _TOP_CLASSIFIER.match(text, end)
        if classifier is not None:
            end = classifier.end()
        elif not (_TOP_CONTEXT.search(text[max(0, start - 8) : start]) and _TOP_AFTER.match(text, end)):
            return None
        if number.form == "scale" or value != value.to_integral_value():
            return None
        return OrdinalFound(start, end, value, "rank", self._scope(start), True, "ordinals.top")

    def _scope(self, start: int) -> tuple[int, int] | None:
        """Give the span of the peers that a rank at ``start`` names: ``位列三县两区第一 -> 三县两区``."""
        floor = max(0, start - 24)
        for match in _CLAUSE.finditer(self.text, floor, start):
            floor = match.end()
        end = start - 1 if self.text.endswith("的", floor, start) else start
        left, words = self.text[floor:end], _words()
        found = words.peers.search(left)
        if found is None:
            found = _PEERS_FREE.search(left) or _PEERS_IN.search(left)
            if found is not None:
                known = words.peers.search(found[1])
                begin = floor + found.start(1)
                return (begin + known.start(), begin + known.end()) if known else (begin, floor + found.end(1))
            while found is None and (verb := words.verbs.search(left)) is not None:
                left = left[: verb.start()].rstrip("中里内的")
                found = words.peers.search(left)
        return (floor + found.start(), floor + found.end()) if found else None


def read_ordinals(
    reading: Reading, numbers: list[Number], periods: list[PeriodFound]
) -> tuple[list[OrdinalFound], dict[int, Fate]]:
    """Find the ordinals of a view, in order, and the fate of each 第N that is none, by the numeral's start."""
    return OrdinalReader(reading, numbers, periods).read()
