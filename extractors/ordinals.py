"""Read ranks and sequence numbers: 第N and 前N with their classifier, 首位, 榜首; a rank knows its peers."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.fates import CALENDAR, LABEL, LIST, NAME, WORD, Fate
from extractors.labels import NOT_TOP
from extractors.numerals import Number
from extractors.periods import PeriodFound
from extractors.rules import rule
from extractors.tables import alternation, load
from extractors.units import find_unit
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
    institutions: re.Pattern[str]
    titles: re.Pattern[str]
    slogans: re.Pattern[str]
    timed: frozenset[str]
    placing: re.Pattern[str]
    not_peers: re.Pattern[str]
    free: re.Pattern[str]
    top_before: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load("ordinals")
    attributes, unless = alternation(table["institution_attributes"]), table["institutions_unless"]
    heads = "|".join(
        f"{re.escape(head)}(?![{unless[head]}])" if head in unless else re.escape(head)
        for head in sorted(table["institutions"], key=len, reverse=True)
    )
    return _Words(
        re.compile(alternation(table["classifiers"])),
        re.compile(rf"(?:{alternation(table['peers'])})+$"),
        re.compile(rf"(?:{alternation(table['rank_verbs'])})$"),
        re.compile(alternation(table["lexical"])),
        re.compile(alternation(table["first"])),
        frozenset(table["longer"]),
        frozenset(table["sequence"]),
        re.compile(rf"(?:{attributes}){{0,3}}(?:{heads})"),
        re.compile(alternation(table["titles"])),
        re.compile(rf"(?:{alternation(table['slogans'])})$"),
        frozenset(table["timed"]),
        re.compile(rf"(?:{alternation(table['placing'])})了?$"),
        re.compile(alternation(table["not_peers"])),
        re.compile(
            rf"(?:{alternation(table['free_verbs'])}|(?<![的年])(?:{alternation(table['free_copulas'])}))"
            r"((?:(?![由从也均已的了在将又再首连达到至上稳暂仍])[\u4e00-\u9fa5]){2,8})$"
        ),
        re.compile(rf"(?:{alternation(table['top_before'])})(?:了|在|至|到)?(?:{alternation(table['top_peers'])})?$"),
    )


_FIRST = re.compile(r"[首榜](?:(?<=首)位(?!度|数|席|置|于)|(?<=榜)首)")
_FIRST_AFTER = re.compile(r"[，。；、！）”,;!)\s的]|$")
_GOES_ON = re.compile(r"[、和及]|，?(?:上升|跃升|提升|前移|下降|升|降|移)?[至到为]")
_DOCUMENT_BEFORE = frozenset("令告定文字函")
_CLAUSE = re.compile(r"[，。；！？、：,;!?:\n（）()“”]")
_RANKING = frozenset(("位", "名"))
_TOP_CLASSIFIER = re.compile(r"[位名强]|大(?!约|概|多|部|幅|力|于|量)")
_TOP_AFTER = re.compile(r"[，。；、）（,;:!)(\s]|$|的|行列|强|位")
_PEERS_IN = re.compile(
    r"在([\u4e00-\u9fa50-9]{2,14}?)(?:中|里)?(?:的)?(?:综合)?(?:位居|位列|名列|排名|排在|排|稳居|高居|跃居|连续居|暂居|居|列|并列)$"
)
_INDUSTRIES = re.compile(r"第[一二三](?:\s?[、和及与]\s?第?[一二三]){0,2}\s?产业")
_QUARTERS = re.compile(r"\s?[、和及与]\s?第?[二三四]季度")
_GOES_BEFORE_NOUN = re.compile(r"[\u4e00-\u9fa5](?<![的上升跃一提进中均都到以之与和及达并也在至从比前下降退后跌])")
"""What stands behind 第N位 where it counts a person (第三位总统), not a place (第三位，第三位的)."""

_UPHELD = re.compile(r"坚持[^，。；0-9坚]{1,12}$")
_NOUN_BEFORE = re.compile(r"[\u4e00-\u9fa5]{2}(?<![的了是个项多])")
_PLACE_ENDS = re.compile(r"[，。；、！）”,;!)\n]|$|的|但")
_ENUMERATION = re.compile(r"[，,：:]|、(?![0-9一二三四五六七八九十百])")
_SENTENCE_START = re.compile(r"(?:^|[。；：！？;:!?\n”])\s*$")


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
        refuses=["把安全放在首位度最高的地方", "首席代表到访", "她成为首位登顶的女队员"],
    )
    def _first(self, start: int, end: int) -> OrdinalFound | None:
        """Read 首位 and 榜首 as 1 behind a verb of ranking or behind the peers."""
        left = self.text[max(0, start - 6) : start]
        noun = _GOES_BEFORE_NOUN.match(self.text, end) or self.text[end : end + 1] == "在"
        if self.text[start] == "首" and noun and not _words().placing.search(left):
            return None
        scope = self._scope(start)
        ranked = _words().verbs.search(left)
        if ranked or (scope is not None and _FIRST_AFTER.match(self.text, end)):
            return OrdinalFound(start, end, Decimal(1), "rank", scope, False, "ordinals.first")
        return None

    @rule(
        "ordinals.numbered",
        "ordinals",
        says=[
            ("获评全省第一个生态文明示范县。", {"text": "第一个", "value": "1", "role": "sequence"}),
            ("分别居全国第二、第七", {"text": "第七", "value": "7", "role": "rank", "scope": "全国"}),
            ("增速居全省第3位", {"text": "第3位", "value": "3", "role": "rank", "scope": "全省"}),
            ("位居全省第一、全国第三", {"text": "第三", "value": "3", "role": "rank", "scope": "全国"}),
            ("第十批援建干部", {"text": "第十批", "value": "10", "role": "sequence", "scope": None}),
            ("迎来今年第3万名游客", {"text": "第3万名", "value": "30000", "role": "sequence"}),
            ("第十二、十三批队员", {"text": "第十二", "value": "12", "role": "sequence"}),
            ("比赛第38分钟", {"text": "第38分钟", "value": "38", "role": "sequence"}),
            ("全市连续5年夺得全省考核第一等次", {"text": "第一等次", "value": "1"}),
            ("以小组第一出线，以小组第二的成绩晋级", {"text": "第二", "role": "rank"}),
        ],
        refuses=[
            "第一产业增加值",
            "第一时间赶到",
            "第一，坚持创新",
            "市第六人民医院",
            "会见第一副总理",
            "坚持安全第一",
            "第一、第二产业",
            "今年第一、二季度，出口分别增长5.1%和6.3%",
            "海洋局第二海洋研究所",
        ],
    )
    def _numbered(self, number: Number) -> OrdinalFound | Fate:
        """Read ``第3位``, ``第十批``, ``第一``; refuse words (第一产业) and enumerations (第一，…)."""
        text, start = self.text, number.start - 1
        value = number.value
        assert value is not None  # noqa: S101
        refused = self._refused(number, start)
        if refused is not None:
            return refused
        classifier = self._classifier(number.end)
        if classifier == "号" and text[start - 1 : start] in _DOCUMENT_BEFORE:
            return LABEL
        end = number.end + len(classifier)
        if not classifier and _ENUMERATION.match(text, end) and _SENTENCE_START.search(text[max(0, start - 3) : start]):
            return LIST
        scope = self._scope(start)
        role = self._role(classifier, scope, start, end)
        if role == "sequence" and classifier not in ("个", "家", "座"):
            scope = None
        return OrdinalFound(start, end, value, role, scope, False, "ordinals.numbered")

    def _refused(self, number: Number, start: int) -> Fate | None:
        """Refuse 第N that is no ordinal: a word (第一产业), a title (第一副总理), an institution's name, a slogan."""
        text, words = self.text, _words()
        if number.high is not None or words.lexical.match(text, start) or _INDUSTRIES.match(text, start):
            return WORD
        if _QUARTERS.match(text, number.end):
            return CALENDAR
        if words.titles.match(text, number.end):
            return WORD
        if words.institutions.match(text, number.end):
            return NAME
        left = text[max(0, start - 14) : start]
        if (
            number.value == 1
            and (words.slogans.search(left) or _UPHELD.search(left))
            and _PLACE_ENDS.match(text, number.end)
        ):
            return WORD
        return None

    def _classifier(self, end: int) -> str:
        """Give the classifier behind 第N: one of the table, or any that counts (``第118分钟``, ``第四任``); else ""."""
        text, words = self.text, _words()
        match = words.classifiers.match(text, end)
        classifier = match.group() if match else ""
        if not classifier:
            unit = find_unit(text, end)
            if unit is None or not (unit.dimension == "count" or unit.name in words.timed):
                return ""
            classifier = text[end : end + unit.length]
        if len(classifier) == 1:
            left, right = self.words.word(end)
            if left == end and right > end + 1 and text[left:right] in words.longer:
                return ""
        return classifier

    def _role(self, classifier: str, scope: tuple[int, int] | None, start: int, end: int) -> str:
        """Tell a rank (``居全省第3位``, ``内地第一家``) from a sequence number (``第十批``, ``第三位总统``)."""
        text, words = self.text, _words()
        if classifier in _RANKING:
            person = _GOES_BEFORE_NOUN.match(text, end) and not words.placing.search(text[max(0, start - 6) : start])
            return "sequence" if person else "rank"
        if classifier in words.sequence:
            return "sequence"
        if classifier:
            return "rank" if classifier == "大" or (scope is not None and classifier == "家") else "sequence"
        if scope is not None or words.verbs.search(text[max(0, start - 6) : start]):
            return "rank"
        return (
            "rank"
            if text[end : end + 1] != "、"
            and _PLACE_ENDS.match(text, end)
            and _NOUN_BEFORE.match(text, max(0, start - 2))
            else "sequence"
        )

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
        elif not (_words().top_before.search(text[max(0, start - 8) : start]) and _TOP_AFTER.match(text, end)):
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
            found = words.free.search(left) or _PEERS_IN.search(left)
            if found is not None and words.not_peers.search(found[1]) and not words.peers.search(found[1]):
                return None
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
