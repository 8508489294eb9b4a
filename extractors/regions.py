"""Tell of which region a figure speaks: the region of the article, and the place that governs a position in it.

The article's region comes from its metadata, else from its headline, publisher and lead: then it is marked as inferred.
A place governs what follows in its sentence where it opens a clause (今年，山东将…; 其中河南…), the paragraph or the
section where it opens that. 占全国, 居全省第3位 and 比上海高 name no region of a figure. Names stand in regions.csv,
the words around them in regions.toml.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from extractors.gazetteer import NATION, Region, find
from extractors.places import DEICTIC, Finder, Place, resolve
from extractors.statements import FactFound
from extractors.tables import alternation, load
from schemas import Reading

__all__ = ["Governing", "Home", "Region", "RegionReader", "article_region", "find", "locate"]

_MAX_SENTENCE = 2_000
_MAX_HEADING = 60
_MAX_AHEAD = 400
_MAX_LEAD = 300
_MAX_OPENING = 30
_MAX_BEGINNING = 1_000
_LINE_TEXT = re.compile(r"[^\n]+")
_MEDIUM = re.compile(
    r"\s*(?:[^：:，。\n]{2,20}(?:消息|报道|讯)\s*)(?:[（(][^）)\n]{1,20}[）)])?\s*[：:]?\s*(?:本台消息[：:，])?"
)
_SENTENCE_END = re.compile(r"[。！？\n]")
_MARKS = frozenset('，,；;。：:！!？?（(“”"》】]、—…·▲★●■◆\u3000\u00a0 \n\t')
_PERIOD_END = re.compile(
    r"(?:[0-9〇零一二三四五六七八九十]年[末底初]?|[0-9一二三四五六七八九十]月份?[末底]?|[0-9一二三四五六七八九十]日|期间|年末|年底|年来|以来|季度末?|半年)$"
)
_DIGIT = re.compile(r"\s{0,2}[0-9]")
_BEFORE_LIST = re.compile(r"[0-9][^，。；、\n]{0,6}[、和及]$")
_JOINT = re.compile(r"[、和与及]|以及")
_ROUTE = re.compile(r"[至到—\-－~～]")
_OF_IT = re.compile(r"[^，。；、\n0-9]{0,8}的(?P<place>[\u4e00-\u9fa5]{1,3}[村镇乡])(?!委|民|办|里|上|企|长|干|级)")
_PART = re.compile(
    r"(?:中西|东中西|[东西中]|东北)部(?:地区)?\s?(?:[0-9]{1,2}\s?个?\s?)?(?:省份|省区市?|省(?=[^级会委])|地区|城市)"
)
_RESPECTIVELY = re.compile(r"分别|各")
_MEMBER = re.compile(r"[、和与及，](?=\D{0,6}[0-9])")
_DATELINE = re.compile(r"(?:本报|记者)?(?P<place>[\u4e00-\u9fa5]{2,12}?)(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:电|讯)")
_NEWS_AGENCY = re.compile(r"新华社|中新社|中新网|人民网|新华网|央视网|中央")


@dataclass(frozen=True, slots=True)
class Home:
    """The region of an article; ``evidence`` is what it was inferred from, None where the metadata says it.

    ``outer`` is the wider region of the metadata where the headline narrows it: 江苏苏州 around 苏州高新区.
    """

    region: Region | None
    evidence: str | None = None
    outer: Region | None = None

    @property
    def message(self) -> str | None:
        """Say what was inferred and from what, for the finding ``region_inferred``; None where nothing was."""
        if self.region is None or self.evidence is None:
            return None
        code = f" ({self.region.code})" if self.region.code else ""
        return f"the region of the article is taken to be {self.region.name}{code}, from the {self.evidence}"


class Governing(NamedTuple):
    """The region of a figure, and where the text names it: None where it is the article's."""

    region: Region | None
    span: tuple[int, int] | None = None


class _Named(NamedTuple):
    """A place that governs what follows its ``start`` up to ``until``."""

    start: int
    end: int
    region: Region
    until: int


def _year(published: date | None) -> int | None:
    return published.year if published is not None else None


def article_region(
    text: str, title: str | None, region: str | None, published: date | None, publisher: str | None = None
) -> Home:
    """Find the region of an article: metadata first, narrowed by the headline, then headline, publisher and lead.

    ``article_region("…", "苏州高新区开工20个项目", "江苏苏州", None) -> 苏州高新区``, evidence the headline.
    """
    year = _year(published)
    known = _named(region, year) if region else None
    headline = _headline(title, year, known)
    if known is not None:
        if headline is not None and _narrower(headline, known):
            return Home(headline.region, f"headline “{_cut(title)}”", known)
        return Home(known)
    if headline is not None:
        return Home(headline.region, f"headline “{_cut(title)}”")
    lead = "" if _is_bulletin(text) else _lead(text)
    for said, where, find_in in ((publisher, "publisher", _first), (lead, "lead", _opening)):
        found = find_in(said, year) if said else None
        if said and found is not None and found.region is not None:
            return Home(found.region, f"{where} “{said[found.start : found.end]}”")
    place = _spoken_of(text, year)
    if place is not None:
        return place
    for said, where in ((title, "headline"), (publisher, "publisher"), (lead, "lead")):
        match = _words().national.search(said or "")
        if match is not None:
            return Home(NATION, f"{where} “{match[0]}”")
    return Home(None)


def _cut(text: str | None) -> str:
    return (text or "").strip()[:40]


def _named(name: str, year: int | None) -> Region | None:
    """Read the region of the metadata: 黑龙江大庆 -> 大庆市; what is in no table stays as it is."""
    name = name.strip()[:80]
    if not name:
        return None
    region = find(name, year) or find(name, None)
    if region is not None:
        return region
    place = Finder(name, year, None).at(0, len(name)) or Finder(name, None, None).at(0, len(name))
    if place is not None and place.end == len(name) and place.region is not None:
        return place.region
    return Region(None, name, "area")


def _narrower(place: Place, known: Region) -> bool:
    """Tell whether the headline names a place inside the region of the metadata."""
    region = place.region
    if region is None or region.level == "country" or region == known:
        return False
    if region.level == "area":
        return known.level in ("prefecture", "county") and region.name.startswith(known.name[:2])
    return region.code != known.code and known.contains(region)


def _headline(title: str | None, year: int | None, known: Region | None) -> Place | None:
    """Find the place that a headline opens with, behind a bracketed or short first part: 来了！广州南沙…."""
    if not title:
        return None
    title = title[:200]
    for place in Finder(title, year, known).find(0, len(title)):
        if place.region is None or place.region is NATION or _is_wide(place.region):
            continue
        if _opens(title, 0, place) and not _follows(title, place, _words().institutions):
            return place
    return None


def _is_wide(region: Region) -> bool:
    """Tell whether a region is larger than one government's: 长三角, 全球."""
    return region.level == "area" and find(region.name[:2], None) is None


def _lead(text: str) -> str:
    """Give the first sentence of prose, without the name of the medium in front of its colon."""
    start = 0
    for match in _LINE_TEXT.finditer(text, 0, _MAX_BEGINNING):
        if match.end() - match.start() > _MAX_HEADING or match[0].rstrip().endswith("。"):
            start = match.start()
            break
    medium = _MEDIUM.match(text, start, start + 60)
    start = medium.end() if medium else start
    end = text.find("。", start, start + _MAX_LEAD)
    return text[start : end if end > 0 else start + _MAX_LEAD].lstrip()


def _is_bulletin(text: str) -> bool:
    """Tell whether an article strings several items together, each under a headline of its own."""
    headings = 0
    for match in _LINE_TEXT.finditer(text, 0, min(len(text), 2 * _MAX_BEGINNING)):
        headings += _is_heading(text, match.start(), match.end())
    return headings >= 3


def _first(said: str, year: int | None) -> Place | None:
    """Find the place that a publisher's name begins with: 淄博市|统计局."""
    place = Finder(said[:80], year).at(0, min(80, len(said)))
    return place if place is not None and place.region is not NATION else None


def _opening(lead: str, year: int | None) -> Place | None:
    """Find the place of a dateline of a local paper, else the place that opens the first sentence with one."""
    match = _DATELINE.search(lead, 0, 60) if "日电" in lead or "日讯" in lead else None
    if match is not None and not _NEWS_AGENCY.search(lead, 0, match.end()):
        place = Finder(lead, year).at(match.start("place"), match.end("place"))
        place = place or Finder(lead, year).at(match.start("place") + 2, match.end("place"))
        if place is not None and place.end == match.end("place"):
            return place
    for place in Finder(lead, year).find(0, len(lead)):
        if place.region is None or _is_wide(place.region) or _follows(lead, place, _words().institutions):
            continue
        if place.region is NATION:
            return place if _opens(lead, 0, place) else None
        if _opens(lead, 0, place):
            return place
    return None


def _spoken_of(text: str, year: int | None) -> Home | None:
    """Find the one region that 全省 or 我市 of the first paragraphs can mean."""
    if DEICTIC.search(text, 0, _MAX_BEGINNING) is None:
        return None
    deictics: dict[str, None] = {}
    named: dict[Region, None] = {}
    for place in Finder(text, year).find(0, min(len(text), _MAX_BEGINNING)):
        if place.deictic:
            deictics[place.deictic] = None
        elif place.region is not None and place.region.code is not None:
            named[place.region] = None
    for deictic in deictics:
        meant = {region for place in named if (region := resolve(deictic, place, year)) is not None}
        if len(meant) == 1:
            return Home(meant.pop(), f"beginning, which says {deictic}")
    return Home(None) if deictics else None


@dataclass(frozen=True, slots=True)
class _Words:
    openers: re.Pattern[str]
    refused: re.Pattern[str]
    facilities: re.Pattern[str]
    institutions: re.Pattern[str]
    located: re.Pattern[str]
    scope: re.Pattern[str]
    national: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load("regions")["places"]
    return _Words(
        re.compile(f"(?:{alternation(table['openers'])})$"),
        re.compile(f"(?:{alternation(table['refused'])})$"),
        re.compile(rf"[\u4e00-\u9fa5]{{0,6}}?(?:{alternation(table['facilities'])})"),
        re.compile(
            rf"[\u4e00-\u9fa5]{{0,4}}?(?:{alternation(table['institutions'])})"
            rf"|[\u4e00-\u9fa5（）]{{0,12}}?(?:{alternation(table['companies'])})"
        ),
        re.compile(f"(?:境内|地区)?(?:{alternation(table['located'])})"),
        re.compile(alternation(table["scope"])),
        re.compile(alternation(table["national"])),
    )


def _follows(text: str, place: Place, pattern: re.Pattern[str]) -> bool:
    return pattern.match(text, place.end) is not None


def _opens(text: str, floor: int, place: Place) -> bool:
    """Tell whether nothing but a period, a speaker or a connective stands between a place and the mark in front."""
    start = place.start
    while start > floor and text[start - 1] in " \u3000\u00a0":
        start -= 1
    if start <= floor:
        return True
    before = text[max(floor, start - 12) : start]
    if before[-1] == "、":
        return False
    if before[-1] in _MARKS:
        return True
    if before[-1] == "在" and (len(before) == 1 or before[-2] in _MARKS):
        return True
    return _PERIOD_END.search(before) is not None or _words().openers.search(before) is not None


def _is_heading(text: str, start: int, end: int) -> bool:
    """Tell whether a line is a heading: short, without a closing mark, and prose follows it."""
    if not 2 <= end - start <= _MAX_HEADING or text[start:end].rstrip()[-1:] in _NO_HEADING:
        return False
    stop = min(len(text), end + _MAX_AHEAD)
    begins = _BLANKS.match(text, end, stop).end()  # type: ignore[union-attr]
    ends = text.find("\n", begins, stop)
    ends = stop if ends < 0 else ends
    return ends - end > _MAX_HEADING or text[begins:ends].rstrip()[-1:] in ("。", "；")


class RegionReader:
    """Tells the region of figures in one view; positions must not fall for time to stay linear."""

    def __init__(self, reading: Reading, home: Home) -> None:
        self.text = reading.text
        self.home = home
        self.year = _year(reading.published)
        self.finder = Finder(self.text, self.year, home.region, self._whole)
        self.words = reading.words
        self.sentence = (0, 0)
        self.places: list[_Named] = []
        self.starts: list[int] = []
        self.paragraph = (-1, -1)
        self.topic: Region | None = None
        self.section: Region | None = None
        self.walked = 0

    def _whole(self, start: int, end: int) -> bool:
        """Tell whether a name begins and ends where words do, or is the beginning of one: 上海|港, 美国|政府."""
        left, right = self.words.word(start)
        if left != start or right >= end:
            return left == start
        return self.words.word(end - 1)[1] == end

    def governing(self, position: int) -> Governing:
        """Find the region of a figure that begins at ``position`` (of the view)."""
        if not self.sentence[0] <= position < self.sentence[1]:
            self._enter(position)
        named = self._of_it(position)
        if named is not None:
            return named
        i = bisect_right(self.starts, position)
        for last in range(i - 1, max(-1, i - 5), -1):
            if position < self.places[last].until:
                return self._of_list(last, position)
        return Governing(self.topic or self.section or self.home.region)

    # --- from the text down to the sentence -------------------------------------------------------------------------

    def _enter(self, position: int) -> None:
        """Go on to the sentence around ``position``: through the headings in front, its paragraph's beginning."""
        text = self.text
        if not self.paragraph[0] <= position < self.paragraph[1]:
            start = text.rfind("\n", 0, position) + 1
            end = text.find("\n", position)
            if start < self.paragraph[0]:
                self.walked, self.section = 0, None
            self.paragraph = start, len(text) if end < 0 else end + 1
            self._headings(self.paragraph[1])
            self.topic = None
        floor = max(self.paragraph[0], self.sentence[1] if self.sentence[1] <= position else 0)
        start = max(floor, position - _MAX_SENTENCE)
        for mark in "。！？\n":
            start = max(start, text.rfind(mark, start, position) + 1)
        if start > self.paragraph[0] and self.topic is None and self.sentence[1] <= self.paragraph[0]:
            self._read(self.paragraph[0], self._end(self.paragraph[0]))
            self._open_paragraph()
        self._read(start, self._end(position))
        if start == self.paragraph[0]:
            self._open_paragraph()

    def _end(self, position: int) -> int:
        stop = min(len(self.text), position + _MAX_SENTENCE)
        match = _SENTENCE_END.search(self.text, position, stop)
        return match.end() if match else stop

    def _headings(self, stop: int) -> None:
        """Let the last heading in front name the section's region, or none."""
        text = self.text
        at = self.walked
        while at < stop:
            end = text.find("\n", at, stop)
            end = stop if end < 0 else end
            if _is_heading(text, at, end):
                self.section = None
                places = self._governing_places(at, end)
                if places and places[0].region is not NATION:
                    self.section = places[0].region
            at = end + 1
        self.walked = max(self.walked, stop)

    def _open_paragraph(self) -> None:
        """Let a place that opens the paragraph govern all of it."""
        self.topic = None
        if not self.places or self.places[0].until < self.sentence[1]:
            return
        if self._joins(0):
            return
        start, named = self.paragraph[0], self.places[0]
        medium = _MEDIUM.match(self.text, start, start + 60)
        start = medium.end() if medium and medium.end() <= named.start else start
        if named.start - start > _MAX_OPENING or len(re.findall("[，；（]", self.text[start : named.start])) > 1:
            return
        if named.region is not NATION or self.home.region in (None, NATION):
            self.topic = named.region

    def _read(self, start: int, end: int) -> None:
        self.sentence = start, end
        self.places = self._governing_places(start, end)
        self.starts = [named.start for named in self.places]

    # --- the sentence -----------------------------------------------------------------------------------------------

    def _governing_places(self, start: int, end: int) -> list[_Named]:
        """List the places in [start, end) that govern what follows them."""
        found: list[_Named] = []
        before: Place | None = None
        opened = False
        for place in self._all(start, end):
            joined = before is not None and _JOINT.fullmatch(self.text, before.end, place.start) is not None
            opened = (opened if joined else self._opens(start, place)) and not self._refused(place)
            before, until = place, end
            if not opened and not self._counted(place):
                if not self._located(place):
                    continue
                until = self._mark(place.end, end, "，；。")
            elif self.text[place.start - 1 : place.start] in tuple("（("):
                until = self._mark(place.end, end, "）)")
            region = self._resolve(place, found)
            if region is not None and until > place.end:
                found.append(_Named(place.start, place.end, region, until))
        return found

    def _mark(self, start: int, end: int, marks: str) -> int:
        found = [at for mark in marks if (at := self.text.find(mark, start, end)) >= 0]
        return min(found, default=end)

    def _located(self, place: Place) -> bool:
        """Tell whether a clause says that something is done at a place: 公司在|海南|设立3亿元的基金."""
        if place.region is None or place.region is NATION or self.text[place.start - 1 : place.start] != "在":
            return False
        return _words().located.match(self.text, place.end) is not None

    def _all(self, start: int, end: int) -> list[Place]:
        places = list(self.finder.find(start, end))
        if self.text.find("部", start, end) < 0:
            return places
        for match in _PART.finditer(self.text, start, end):
            places = [place for place in places if place.end <= match.start() or place.start >= match.end()]
            places.append(Place(match.start(), match.end(), Region(None, match[0], "area")))
        return sorted(places, key=lambda place: place.start)

    def _opens(self, start: int, place: Place) -> bool:
        if _opens(self.text, start, place):
            return True
        return _BEFORE_LIST.search(self.text, max(start, place.start - 12), place.start) is not None

    def _counted(self, place: Place) -> bool:
        """Tell whether a figure stands right behind a place: 其中包括广东|12例."""
        if place.deictic or place.region is NATION:
            return False
        ahead = self.text[max(0, place.start - 4) : place.start]
        return _DIGIT.match(self.text, place.end) is not None and not _words().refused.search(ahead)

    def _refused(self, place: Place) -> bool:
        """Tell whether what follows makes a place a scope, an institution, the end of a route or a facility at home."""
        text, words, region = self.text, _words(), place.region
        if _ROUTE.match(text, place.end):
            return True
        if place.deictic or region is NATION or (region is not None and region.level == "area"):
            return words.scope.match(text, place.end) is not None
        if words.institutions.match(text, place.end):
            return True
        home = self.home.region
        local = home is not None and region is not None and home.code is not None and home.contains(region)
        return local and home != region and words.facilities.match(text, place.end) is not None

    def _resolve(self, place: Place, found: list[_Named]) -> Region | None:
        """Give the region of a place: 全市 and 全国 are what the sentence, paragraph, section or article make them."""
        contexts = [region for region in (self.topic, self.section, self.home.region, self.home.outer) if region]
        if found:
            contexts.insert(0, found[-1].region)
        if place.deictic:
            for context in contexts:
                if context.code is None and context.name[0] in "全我本该" and context is not NATION:
                    continue
                region = resolve(place.deictic, context, self.year)
                if region is not None:
                    return region
            return Region(None, place.deictic, "area")
        if place.region is NATION and self.text.startswith("全国", place.start):
            return next((region for region in contexts if region.level == "country"), NATION)
        return place.region

    # --- the clause of the figure -----------------------------------------------------------------------------------

    def _of_it(self, position: int) -> Governing | None:
        """Read a place behind a figure that describes it: 3万人的|杨柳镇."""
        if self.text.find("的", position, position + 40) < 0:
            return None
        match = _FIGURE.match(self.text, position, min(position + 40, self.sentence[1]))
        found = match and _OF_IT.match(self.text, match.end(), min(match.end() + 20, self.sentence[1]))
        if not found:
            return None
        return Governing(Region(None, found["place"], "area"), found.span("place"))

    def _of_list(self, last: int, position: int) -> Governing:
        """Give each of several places its figure, or all of them one: 长沙、株洲分别完成30亿元、|20亿元."""
        first = last
        while first and self._joins(first - 1):
            first -= 1
        named = self.places[last]
        if first == last:
            return Governing(named.region, (named.start, named.end))
        word = _RESPECTIVELY.search(self.text, named.end, min(position, named.end + 200))
        k = len(_MEMBER.findall(self.text, word.end(), min(position + 1, word.end() + 200))) if word else last
        if word is not None and k <= last - first:
            named = self.places[first + k]
            return Governing(named.region, (named.start, named.end))
        together = _TOGETHER.match(self.text, named.end)
        span = self.places[first].start, together.end() if together else named.end
        return Governing(Region(None, self.text[slice(*span)], "area"), span)

    def _joins(self, i: int) -> bool:
        """Tell whether a place and the next stand in one list: 广州|、|深圳."""
        if i + 1 >= len(self.places) or self.places[i].region == NATION:
            return False
        return _JOINT.fullmatch(self.text, self.places[i].end, self.places[i + 1].start) is not None


_TOGETHER = re.compile(
    r"等?(?:[0-9一二两三四五六七八九十]{1,2}\s?个?)?(?:省区市|省市区|省区|省市|省份|[省市县区地国])(?![级内委长别])|等地?"
)
_NO_HEADING = ("", *"。；，、;,")
_BLANKS = re.compile(r"\s{0,40}")
_FIGURE = re.compile(r"[0-9.,%余多几数十百千万亿]+[\u4e00-\u9fa5]?")


def locate(reading: Reading, facts: Sequence[FactFound]) -> Home:
    """Give each fact, in text order, the region that governs its figure; also give the region of the article."""
    home = article_region(reading.text, reading.title, reading.region, reading.published, reading.publisher)
    reader = RegionReader(reading, home)
    for fact in facts:
        fact.region = reader.governing(fact.figure.start).region
    return home
