"""The page of errors: whole in itself, every error with its sentence, every text escaped."""

import re
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.zhengshu.evaluate.samples import FLAWED, GOLD, HASH, PERFECT, TEXT
from zhengshu.errors import OutputError, UsageError
from zhengshu.evaluate import errors_page, evaluate

pytest.importorskip("jinja2")

HOSTILE = "<script>alert(1)</script>\"onload='x'</style><!--&amp;{{ 7*7 }}"


class Page(HTMLParser):
    """Collects the tags of a page, the text of its sentences and what stands in its errors."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.errors: list[dict[str, str | None]] = []
        self.marks: list[tuple[str | None, str]] = []
        self.sentences: list[str] = []
        self._open: list[str] = []
        self._mark: str | None = None
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        fields = dict(attrs)
        if tag == "article":
            self.errors.append(fields)
        if tag == "p":
            self._open.append(fields.get("class") or "")
            if self._open[-1] == "sentence":
                self.sentences.append("")
        self._mark = fields.get("class") if tag == "mark" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self._open:
            self._open.pop()
        self._mark = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "sentence":
            self.sentences[-1] += data
            if self._mark:
                self.marks.append((self._mark, data))


def page(document: dict[str, Any] = FLAWED, text: str | None = TEXT, gold: dict[str, Any] = GOLD) -> str:
    evaluation = evaluate([gold], {gold["sha256"]: document})
    return errors_page.render(evaluation, {gold["sha256"]: text} if text is not None else {}, {})


def test_every_error_is_there_once():
    shown = Page(page()).errors
    errors = list(evaluate([GOLD], {HASH: FLAWED}).errors())
    assert [(e["data-class"], e["data-kind"], e["data-field"]) for e in shown] == [
        (error.outcome, error.kind, " ".join(error.wrong)) for error in errors
    ]
    assert {e["data-class"] for e in shown} == {"missed", "spurious", "span", "attribute"}


def test_counts_on_the_filters():
    source = page()
    errors = list(evaluate([GOLD], {HASH: FLAWED}).errors())
    for name, value in [("class", "missed"), ("kind", "quantity"), ("field", "modifier")]:
        button = re.search(rf'data-filter="{name}" data-value="{value}".*?<span class="n">(\d+)</span>', source)
        assert button is not None
        has = {"class": lambda e: [e.outcome], "kind": lambda e: [e.kind], "field": lambda e: e.wrong}[name]
        assert int(button[1]) == sum(value in has(error) for error in errors)


def test_gold_and_reading_are_marked_in_the_sentence():
    shown = Page(page())
    assert set(shown.sentences) == {TEXT}
    assert ("gold read", "5600余亿") in shown.marks
    assert ("gold", "元") in shown.marks
    assert ("read", "引进") in shown.marks


def test_a_long_sentence_is_cut_and_its_neighbours_are_left_out():
    text = "前一句话。" + "很" * 200 + "3个" + "长" * 200 + "。后一句话。"
    start = text.index("3个")
    mention = {"kind": "quantity", "start": start, "end": start + 2, "text": "3个", "value": "3", "unit": "个"}
    gold = {"doc": "x", "sha256": sha256(text.encode()).hexdigest(), "mentions": [mention]}
    (sentence,) = Page(page({}, text, gold)).sentences
    assert sentence == "…" + "很" * 90 + "3个" + "长" * 90 + "…"


def test_many_long_records_make_no_long_page():
    """A document whose records each span the whole text is shown by their ends."""
    text = "一" * 100_000
    gold = {"doc": "x", "sha256": sha256(text.encode()).hexdigest(), "mentions": []}
    records = [{"start": i, "end": 99_000 + i, "text": text[i : 99_000 + i]} for i in range(300)]
    source = page({"quantities": records}, text, gold)
    assert len(Page(source).errors) == 300
    assert len(source) < 1_000_000


def test_a_break_inside_a_mention_is_shown():
    text = "引进资金5600\n余亿元。"
    mention = {"kind": "quantity", "start": 4, "end": 12, "text": "5600\n余亿元", "value": "1", "unit": "元"}
    gold = {"doc": "x", "sha256": sha256(text.encode()).hexdigest(), "mentions": [mention]}
    source = page({}, text, gold)
    assert ("gold", "5600↵余亿元") in Page(source).marks


def test_every_text_is_escaped():
    """A text that tries to leave its place, in every place that a text can have."""
    text = f"增长3%{HOSTILE}。"
    hostile = {"start": 2, "end": 4, "text": HOSTILE, "unit": HOSTILE, "rule": HOSTILE, "modifier": HOSTILE}
    gold = {
        "doc": HOSTILE,
        "genre": HOSTILE,
        "sha256": sha256(text.encode()).hexdigest(),
        "mentions": [{"kind": "quantity", **hostile, "unit": "%"}, {"kind": "program", **hostile, "type": HOSTILE}],
    }
    other = {**gold, "doc": HOSTILE + "2", "genre": "other", "sha256": "0" * 64}
    evaluation = evaluate([gold, other], {gold["sha256"]: {"quantities": [hostile]}})
    source = errors_page.render(evaluation, {gold["sha256"]: text}, {}, HOSTILE)
    shown = Page(source)
    assert shown.tags.count("script") == shown.tags.count("style") == 1
    assert "<script>alert" not in source
    assert "{{ 7*7 }}" in source, "a text is no template"
    assert not any(name.startswith("on") for name, _ in shown.attributes)
    assert any("<script>alert(1)</script>" in sentence for sentence in shown.sentences)


def test_page_needs_no_network_and_no_file():
    source = page()
    body = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", source, flags=re.DOTALL)
    assert not re.search(r"https?:|//|\bsrc=|\bhref=|url\(|@import", body)
    style, script = (re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)[0] for tag in ("style", "script"))
    assert not re.search(r"url\(|@import|https?:", style)
    assert not re.search(r"fetch|XMLHttpRequest|import|innerHTML|https?:", script)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', source)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ") or policy[1].startswith("default-src &#39;none&#39;; ")
    for part in (style, script):
        assert errors_page._source_hash(part) in policy[1].replace("&#43;", "+").replace("&#61;", "=")


def test_summary_has_every_kind_with_its_interval():
    evaluation = evaluate([GOLD], {HASH: FLAWED})
    source = errors_page.render(evaluation, {}, {("quantity", "span"): (0.1, 0.5)})
    assert "span 0.286, 95 % interval 0.100 to 0.500" in source
    for kind in ("quantity", "period", "ordinal", "program", "fact"):
        assert f'<th scope="row">{kind} ' in source


def test_without_articles_the_page_says_so():
    source = page(text=None)
    assert "stand without their sentences" in source
    assert Page(source).sentences == []


def test_a_perfect_result_is_said():
    source = page(PERFECT)
    assert "Every record is as the gold says." in source
    assert Page(source).errors == []


def test_missing_documents_are_named():
    assert "whose records count as missed: sample.txt" in errors_page.render(evaluate([GOLD], {}), {}, {})


def test_a_document_that_points_beyond_the_text_is_shown_all_the_same():
    beyond = {"start": 10**6, "end": 10**6 + 3, "text": "x", "value": "1"}
    assert Page(page({"quantities": [beyond]})).errors


def test_page_is_written_whole_or_not_at_all(tmp_path: Path):
    errors_page.write(str(tmp_path / "e.html"), "page")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("e.html", "page")]
    with pytest.raises(OutputError, match="cannot be written"):
        errors_page.write(str(tmp_path / "absent" / "e.html"), "page")


def test_without_jinja_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(errors_page, "available", lambda: False)
    with pytest.raises(UsageError, match=r"--html needs Jinja2, .*: pip install jinja2"):
        page()
