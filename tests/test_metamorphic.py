"""Texts that say the same read the same: a relation each, over our own corpus and, where they are, the shared texts.

A relation rewrites an article and maps the records of the first reading to where they must be in the second. What a
relation exempts is named in a constant beside it, with the reason.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pytest

from pipeline import extract
from schemas import Article, Extraction
from tests import corpus
from tests.rewriting import (
    Edit,
    Mark,
    Rewriting,
    changes,
    chinese_decimal,
    marks,
    rewrite,
    sentences,
)
from tests.shared import SHARED, bulk, needs_shared
from zhengshu import ingest, views

RECORDS = ("quantities", "periods", "ordinals", "programs")

# --- the texts ------------------------------------------------------------------------------------------------------


@cache
def gold() -> list[Article]:
    return [a for a in ingest.read([str(SHARED / "gold" / "dev" / "articles.jsonl")]) if isinstance(a, Article)]


SOURCES: dict[str, Callable[[], list[Article]]] = {
    "own corpus": lambda: list(corpus.articles().values()),
    "gold": gold,
    "bulk": lambda: bulk(40),
}
"""400 of the 16,000 items, always the same ones."""

every_source = pytest.mark.parametrize(
    "source", ["own corpus", pytest.param("gold", marks=needs_shared), pytest.param("bulk", marks=needs_shared)]
)


@cache
def first_reading(source: str) -> list[tuple[Article, Extraction]]:
    return [(article, extract(article)) for article in SOURCES[source]()]


def again(article: Article, text: str, region: str | None = None) -> Extraction:
    """Read another text with the metadata of an article."""
    return extract(
        Article(id=article.id, text=text, published=article.published, region=region or article.region, title=None)
    )


def differences(article: Article, before: set[Mark], rewriting: Rewriting, *kinds: str) -> list[str]:
    """Say what a rewritten article reads as that the first did not, or no more."""
    found = marks(again(article, rewriting.text), *kinds)
    return [f"{article.id}: {line}" for line in changes(set(map(rewriting.mark, before)), found, rewriting.text)]


# --- a sentence alone -----------------------------------------------------------------------------------------------

NAMES_A_YEAR = re.compile(r"[0-9０-９〇○零一二三四五六七八九]{4}年|[今去明]年")
SPOKEN = re.compile(r"[0-9０-９]{1,2}号")
BACK_THEN = re.compile(r"当年|同年|第二年|[0-9一二三四五六七八九十]+年来|这[0-9一二三四五六七八九十两]+年")


def hangs_on_the_article(mark: Mark, text: str, start: int, repeats: set[tuple[int, int]]) -> bool:
    """Tell whether a record may lawfully read otherwise when its sentence, which begins at ``start``, stands alone.

    - A period before which its sentence names no year: year, month or day may be carried over from the paragraph.
    - 当年, 第二年, 五年来, 这五年: what they count from stands elsewhere.
    - ``2号``: a day only where the article speaks of days so.
    - A programme's further occurrence, read because the article has introduced it; and the numerals in it.
    """
    cited = text[mark.start : mark.end]
    if any(a <= mark.start and mark.end <= b for a, b in repeats):
        return True
    if SPOKEN.match(text, mark.start) or BACK_THEN.search(text, mark.start - 3, mark.end + 3):
        return True
    return mark.kind == "periods" and NAMES_A_YEAR.search(text[start : mark.end]) is None and not cited.startswith("“")


def read_alone(article: Article, document: Extraction) -> Iterator[tuple[int, int, list[str]]]:
    """Read each sentence of an article alone; give those that read otherwise. A rejoined break is left out first."""
    text, everything = article.text, marks(document)
    wraps = {at for join in views.read(article).joins for at in range(join.start, join.end)}
    repeats = {(p.start, p.end) for p in document.programs if p.rule.endswith("repeat")}
    for start, end in sentences(text, wraps.__contains__):
        unwrapped = rewrite(text[start:end], [(at, at + 1, "") for at in range(end - start) if start + at in wraps])
        inside = {mark for mark in everything if start <= mark.start and mark.end <= end}
        alone = marks(again(article, unwrapped.text))
        moved = {unwrapped.mark(Mark(m.kind, m.start - start, m.end - start, m.says)): m for m in inside}
        lost = {m for placed, m in moved.items() if placed not in alone}
        new = [m for m in alone if m not in moved]
        wrong = [m for m in lost if not hangs_on_the_article(m, text, start, repeats)]
        if wrong or (new and not lost):
            yield start, end, changes(set(moved), alone, unwrapped.text)


@every_source
def test_a_sentence_alone_reads_as_in_its_article(source: str):
    found = [found for article, document in first_reading(source) for found in read_alone(article, document)]
    assert found == []


@every_source
def test_each_copy_of_a_sentence_reads_the_same(source: str):
    """A hundred copies, a paragraph each."""
    article, _ = first_reading(source)[0]
    for start, end in sentences(article.text)[:12]:
        sentence = article.text[start:end].strip()
        sentence = sentence if sentence.endswith(("。", "！", "？")) else f"{sentence}。"
        once = marks(again(article, sentence))
        step = len(sentence) + 1
        copies = {Mark(m.kind, m.start + i * step, m.end + i * step, m.says) for i in range(100) for m in once}
        assert marks(again(article, "\n".join([sentence] * 100))) == copies


# --- another way to write it ----------------------------------------------------------------------------------------

WIDE = dict(zip("0123456789.,%-+/~", "０１２３４５６７８９．，％－＋／～", strict=True))
WIDE_MARKS = dict(zip("（）：；", "():;", strict=True))
TRADITIONAL = dict(
    zip(
        "亿万余个项条级约达超过产业经济营业总额发区县长进国实现减为从开数财贸务万关专医药学车间环节东与历农"
        "电气热资设备质标准后于时团队议书计划体优济乡镇华兴阳广场战坚续稳创续众乐业",
        "億萬餘個項條級約達超過產業經濟營業總額發區縣長進國實現減為從開數財貿務萬關專醫藥學車間環節東與歷農"
        "電氣熱資設備質標準後於時團隊議書計劃體優濟鄉鎮華興陽廣場戰堅續穩創續眾樂業",
        strict=True,
    )
)
"""Common characters, one to one; the code's own table is not used, so that the relation can find a gap in it."""

_FOUR_DIGITS = re.compile(r"(?<![0-9.])[0-9]{4,}(?![0-9])")
_SPACED_OUT = re.compile(r"(?<![0-9.A-Za-z])(?:[0-9]{2,}(?:\.[0-9]+)?|[0-9]+\.[0-9]+)(?=[%‰年月日万亿])")
_FIGURE = re.compile(r"([0-9]+(?:\.[0-9]+)?)([%‰]?)([^0-9.]*)")
_PLAIN_FIGURE = re.compile(r"[0-9.]+")


def characters(table: dict[str, str]) -> Callable[[Article, Extraction], Iterable[Edit]]:
    return lambda article, _: ((i, i + 1, table[c]) for i, c in enumerate(article.text) if c in table)


def separators(article: Article, document: Extraction) -> Iterable[Edit]:
    """Set the thousands of every quantity apart by commas."""
    for quantity in document.quantities:
        for match in _FOUR_DIGITS.finditer(quantity.text):
            start = quantity.start + match.start()
            yield start, start + len(match[0]), f"{int(match[0]):,}"


def blanks(article: Article, document: Extraction) -> Iterable[Edit]:
    """Type the digits one by one, as releases of the 1990s do, where a unit shows that they belong together."""
    for record in (*document.quantities, *document.periods):
        for match in _SPACED_OUT.finditer(article.text, record.start, record.end):
            yield match.start(), match.end(), " ".join(match[0])


def chinese_numerals(article: Article, document: Extraction) -> Iterable[Edit]:
    """Write quantities in Chinese numerals. Left in digits, for the characters would not be the same figure:

    - below ten without a point: 一 is an article, 二 is written 两, 三米板 and 八省 are words;
    - without a unit: 二十七国 and 为九十七点八 are not read yet (known, see the expected failures below);
    - ten thousand and more before 万 or 亿, whole thousands before 米 瓦 克, in a list that shares a scale,
      wind force and magnitude (十二级): nobody writes them so, or the characters say something else;
    - inside or at the edge of a programme's name, whose words the count would join.
    """
    names = [(p.start - 1, p.end + 1) for p in document.programs]
    for quantity in document.quantities:
        match = _FIGURE.fullmatch(quantity.text)
        if match is None or quantity.unit in (None, "级") or any(a <= quantity.end <= b for a, b in names):
            continue
        digits, sign, rest = match.groups()
        behind = article.text[quantity.end : quantity.end + 1]
        whole = int(digits.split(".")[0])
        if behind in ("、", "和") or (whole >= 10_000 and rest[:1] in ("万", "亿")) or digits.endswith("000"):
            continue
        if sign:
            yield quantity.start, quantity.end, {"%": "百分之", "‰": "千分之"}[sign] + chinese_decimal(digits) + rest
        elif "." in digits or whole >= 10:
            yield quantity.start, quantity.start + len(digits), chinese_decimal(digits)


WRITINGS: dict[str, Callable[[Article, Extraction], Iterable[Edit]]] = {
    "full-width digits and signs": characters(WIDE),
    "half-width marks": characters(WIDE_MARKS),
    "traditional characters": characters(TRADITIONAL),
    "thousands separators": separators,
    "digits typed one by one": blanks,
    "Chinese numerals": chinese_numerals,
}

LAWFUL_WRITTEN = {
    ("half-width marks", "own corpus"): 1,
    ("half-width marks", "bulk"): 4,
    ("Chinese numerals", "gold"): 3,
    ("Chinese numerals", "bulk"): 8,
}
"""Records that another writing still changes, of some 1,000 each; see the expected failures below."""


@every_source
@pytest.mark.parametrize("writing", WRITINGS)
def test_another_writing_says_the_same(source: str, writing: str):
    wrong = []
    for article, document in first_reading(source):
        rewriting = rewrite(article.text, WRITINGS[writing](article, document))
        before = marks(document, *RECORDS)
        if writing == "traditional characters":
            before = set(map(scope_as_written, before))
        wrong += differences(article, before, rewriting, *RECORDS)
    lost = [line for line in wrong if ": lost " in line]
    assert len(lost) <= LAWFUL_WRITTEN.get((writing, source), 0), lost
    assert len(wrong) <= 2 * max(len(lost), 0), wrong


def scope_as_written(mark: Mark) -> Mark:
    """Give the record of a traditional text: the scope of a rank is cited, so it is written as the text writes it."""
    if mark.kind != "ordinals" or mark.says[2] is None:
        return mark
    value, role, scope, top = mark.says
    return Mark(mark.kind, mark.start, mark.end, (value, role, "".join(TRADITIONAL.get(c, c) for c in scope), top))


# --- a hard break inside a mention ----------------------------------------------------------------------------------

BREAKS = ("\n", "\n\n", "\r\n")

RUNNING = "会议要求抓好落实，推动各项任务落地见效。"
"""A sentence put in front: a name without marks of its own is rejoined in running prose alone."""

SPLIT_LAWFULLY = [
    ("a line of digits alone is a cell or a page number", re.compile(r"(?:^|\n)[\s★]*[0-9,.]+⏎|⏎[0-9]+\s*(?:$|\n)")),
    (
        "a day, a month or a year that nothing before it dates",
        re.compile(r"[^，。；、年月（(：至—~-][0-9]{1,2}⏎[0-9]?[日号月]"),
    ),
    ("a time whole by itself ends the line", re.compile(r"[年月日末初]⏎|个月⏎|[今这前头]⏎|今年头⏎")),
    ("a word begins across the break: 日称, 名前, 篇文", re.compile(r"[0-9两]⏎[0-9]?(?:日|名|篇|年前)")),
    ("thousands set apart by blanks or full-width commas", re.compile(r"[0-9０-９⏎][\s，]⏎?[0-9０-９]")),
    ("a unit that is whole before the break", re.compile(r"[）千瓦亩次元]⏎[时次]")),
    ("五年 in the name of a plan, and 年 with 来", re.compile(r"五年计⏎划|五年计划⏎期间|届⏎|年来")),
]
"""Where a break inside a mention stays one: what shows the text around the break, and why the line may end there."""


def broken(article: Article, document: Extraction, step: int) -> Iterator[tuple[str, str]]:
    """Break every mention of an article at each inner place (each ``step``-th); give what is not found again.

    A paragraph at a time, so that a long article costs no more than a short one.
    """
    text, count = article.text, 0
    for kind in RECORDS:
        for record in getattr(document, kind):
            if any(c.isspace() for c in record.text):
                continue
            left, right = text.rfind("\n", 0, record.start) + 1, text.find("\n", record.end)
            right = right if right >= 0 else len(text)
            ahead = RUNNING if kind == "programs" else ""
            behind = "。" if kind == "programs" else ""
            paragraph = ahead + text[left:right].lstrip() + behind
            shift = len(ahead) + len(text[left:right].lstrip()) - (right - left) - left
            for at in range(record.start + 1, record.end):
                count += 1
                if count % step:
                    continue
                before = {m for m in whole(article, paragraph) if m.start < at + shift < m.end}
                rewriting = rewrite(paragraph, [(at + shift, at + shift, BREAKS[count % 3])])
                found = marks(again(article, rewriting.text), *RECORDS)
                lost = [m for m in before if rewriting.mark(m) not in found]
                if lost:
                    yield kind, f"{paragraph[max(0, at + shift - 14) : at + shift]}⏎{paragraph[at + shift :][:10]}"


_WHOLE: dict[tuple[str, str], set[Mark]] = {}


def whole(article: Article, paragraph: str) -> set[Mark]:
    key = (article.id, paragraph)
    if key not in _WHOLE:
        _WHOLE[key] = marks(again(article, paragraph), *RECORDS)
    return _WHOLE[key]


STEPS = {"own corpus": 5, "gold": 5, "bulk": 7}

LAWFULLY_SPLIT = {"own corpus": 2, "gold": 2, "bulk": 24}
"""Places, of some 900, 900 and 1,900, where a break hides a mention and no reason above says why."""


@every_source
def test_a_break_inside_a_mention_leaves_it_found(source: str):
    lost = [row for article, document in first_reading(source) for row in broken(article, document, STEPS[source])]
    unexplained = [row for row in lost if not any(shown.search(row[1]) for _, shown in SPLIT_LAWFULLY)]
    assert len(unexplained) <= LAWFULLY_SPLIT[source], unexplained


# --- another city, another order, another neighbour -------------------------------------------------------------------

_CITY = re.compile(r"(?:.{2,3}省)?(.{2,3}?)(?:专区|市|县|省)?")
CITIES = {1: "沅", 2: "沅陵", 3: "沅溪口", 4: "沅溪口子"}
"""A name of each length; 沅 begins no other word of the articles."""


KEEPS_THE_CITY = {("gold", 1): 2}
"""One zone keeps a city of three characters in its name, because the segmenter does not know the city: lost and new."""


def cities(article: Article) -> list[str]:
    """Give the name of the article's region without province and level, if the text has it."""
    match = _CITY.fullmatch(article.region or "")
    return [match[1]] if match and match[1] != "全国" and match[1] in article.text else []


@every_source
@pytest.mark.parametrize("longer", [0, 1])
def test_another_city_changes_nothing_but_its_name(source: str, longer: int):
    wrong = []
    for article, document in first_reading(source):
        for city in cities(article):
            name = CITIES[len(city) + longer]
            edits = [(m.start(), m.end(), name) for m in re.finditer(city, article.text)]
            rewriting = rewrite(article.text, edits)
            found = again(article, rewriting.text, str(article.region).replace(city, name))
            expected = {
                Mark(m.kind, *rewriting.span(m.start, m.end), renamed(m.says, city, name)) for m in marks(document)
            }
            wrong += [f"{article.id}: {line}" for line in changes(expected, marks(found), rewriting.text)]
    assert len(wrong) <= KEEPS_THE_CITY.get((source, longer), 0), wrong


def renamed(says: tuple[object, ...], city: str, name: str) -> tuple[object, ...]:
    return tuple(said.replace(city, name) if isinstance(said, str) else said for said in says)


def blocks(article: Article) -> list[tuple[int, int]]:
    """Give the spans of the lines, those that are one broken line as one."""
    text, spans, start = article.text, [], 0
    wraps = {at for join in views.read(article).joins for at in range(join.start, join.end)}
    for match in re.finditer("\n", text):
        if match.start() not in wraps:
            spans.append((start, match.start()))
            start = match.end()
    return [*spans, (start, len(text))]


def placed(document: Extraction, spans: list[tuple[int, int]], text: str) -> list[tuple[str, Mark]]:
    """Give each record with the line it stands in, its offsets counted from there."""
    rows = []
    repeats = {(p.start, p.end) for p in document.programs if p.rule.endswith("repeat")}
    for mark in marks(document):
        (span,) = [s for s in spans if s[0] <= mark.start < s[1]]
        if mark.end <= span[1] and not hangs_on_the_article(mark, text, mark.start, repeats):
            rows.append((text[slice(*span)], Mark(mark.kind, mark.start - span[0], mark.end - span[0], mark.says)))
    return sorted(rows, key=repr)


@every_source
def test_the_order_of_paragraphs_and_rows_changes_nothing_but_the_order(source: str):
    """Read the lines from the last to the first; what hangs on another line is exempt as it is for a sentence alone."""
    wrong = []
    for article, document in first_reading(source):
        spans = blocks(article)
        lines = [article.text[slice(*span)] for span in reversed(spans)]
        ends = [sum(len(line) + 1 for line in lines[: i + 1]) - 1 for i in range(len(lines))]
        turned = [(end - len(line), end) for line, end in zip(lines, ends, strict=True)]
        text = "\n".join(lines)
        before, after = placed(document, spans, article.text), placed(again(article, text), turned, text)
        wrong += [f"{article.id}: {row}" for row in before if row not in after]
        wrong += [f"{article.id}: new {row}" for row in after if row not in before]
    assert wrong == []


NEIGHBOURS = [
    "另据介绍，图书馆周末照常开放，读者可自带水杯。",
    "沅溪镇2019年建成桥梁7座，其中三成由村民自筹，居全县第2位。",
]


@every_source
@pytest.mark.parametrize("neighbour", NEIGHBOURS)
def test_another_paragraph_changes_nothing_in_the_others(source: str, neighbour: str):
    wrong = []
    for article, document in first_reading(source):
        before = marks(document)
        for start, end, new in ((0, 0, f"{neighbour}\n"), (len(article.text), len(article.text), f"\n{neighbour}")):
            rewriting = rewrite(article.text, [(start, end, new)])
            expected = set(map(rewriting.mark, before))
            low, high = (len(new), len(rewriting.text)) if start == 0 else (0, len(article.text))
            found = {m for m in marks(again(article, rewriting.text)) if low <= m.start and m.end <= high}
            wrong += [f"{article.id}: {line}" for line in changes(expected, found, rewriting.text)]
    assert wrong == []


# --- known to fail ----------------------------------------------------------------------------------------------------

SAME = [
    ("为 before a decimal", "居民消费价格指数为100.4。", "居民消费价格指数为一百点四。"),
    ("a count of countries", "欧盟27国领导人出席会议。", "欧盟二十七国领导人出席会议。"),
    ("a magnitude is no time of day", "当地发生4.2级地震。", "当地发生四点二级地震。"),
    ("a list that shares its scale", "分别筹资3000、5000万元。", "分别筹资三千、五千万元。"),
    ("the base of a comparison", "旅客为2022年的4.9倍。截至12月底营业。", "旅客为2022年的四点九倍。截至12月底营业。"),
    ("a count before a named project", "建成6183座水库除险加固工程。", "建成六千一百八十三座水库除险加固工程。"),
    ("a semicolon typed narrow", "增速居全省前五；用电量增长。", "增速居全省前五;用电量增长。"),
    ("a city of another length", "沅陵老工业城市转型升级示范区获批。", "沅溪口老工业城市转型升级示范区获批。"),
]
"""What it shows, and two writings of one sentence."""

KNOWN_TO_FAIL = frozenset[str]()
"""Of those, what we know to read otherwise; one that starts to pass fails until it is taken out of here."""


def _pair(row: tuple[str, str, str]) -> object:
    name, one, other = row
    marked = (pytest.mark.xfail(strict=True, reason="known to read otherwise"),) if name in KNOWN_TO_FAIL else ()
    return pytest.param(one, other, id=name, marks=marked)


@pytest.mark.parametrize(("one", "other"), [_pair(row) for row in SAME])
def test_two_writings_of_a_sentence_read_the_same(one: str, other: str):
    said = []
    for text in (one, other):
        region = "沅溪口市" if "沅溪口" in text else "沅陵市"
        document = extract(text, published="2023-12-31", region=region)
        said.append(sorted((m.kind, *map(str, m.says)) for m in marks(document, *RECORDS)))
    assert said[0] == said[1]
