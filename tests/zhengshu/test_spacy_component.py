"""Records as spans of spaCy: exact offsets, through processes and files; nobody loads spaCy who does not ask for it."""

import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline import extract
from schemas import Article, Extraction
from tests.corpus import NAMES, articles

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install '.[spacy]'")

HOUSE = Path(__file__).parents[2]
SENTENCE = "截至6月底，湖州市实施“百村兴农”行动，已惠及农户3万余户，涉农贷款余额约86.5亿元，同比增长7.2%，居全省第4位。"
KINDS = ("numbers", "quantities", "periods", "ordinals", "programs")
GROUPS = {*KINDS, "facts"}


def blank(segmenter: str = "jieba", **config: Any) -> Any:
    """A pipeline as a user makes it; the entry point is asked for by hand, for it may not be installed as it is now."""
    assert pipeline.spacy_component is not None
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": segmenter}}})
    nlp.add_pipe("zhengshu", config=config)
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Any:
    return blank()


def proves(doc: Any, document: Extraction) -> None:
    """Hold that a Doc has every record of a document where it stands."""
    assert doc._.extraction == document
    assert doc.spans.keys() == GROUPS
    for group in KINDS:
        records = getattr(document, group)
        assert [span._.record for span in doc.spans[group]] == list(records)
        for span, record in zip(doc.spans[group], records, strict=True):
            assert (span._.start_char, span._.end_char, span.id_) == (record.start, record.end, record.id)
            assert doc.text[span._.start_char : span._.end_char] == record.text
            assert span.start_char <= record.start < record.end <= span.end_char
    figures = {record.id: record for record in (*document.quantities, *document.ordinals)}
    for span, fact in zip(doc.spans["facts"], document.facts, strict=True):
        figure = figures[fact.quantity]
        assert (span._.record, span._.start_char, span._.end_char) == (fact, figure.start, figure.end)


@pytest.mark.parametrize("segmenter", ["jieba", "char"])
def test_every_record_has_its_span(segmenter: str):
    doc = blank(segmenter, published="2025-07-18", region="湖州市")(SENTENCE)
    proves(doc, extract(SENTENCE, published="2025-07-18", region="湖州市"))
    assert [span.text for span in doc.spans["quantities"]] == ["3万余户", "86.5亿元", "7.2%"]
    assert {span.label_ for span in doc.spans["quantities"]} == {"quantity"}


def test_offsets_are_exact_where_a_token_ends_elsewhere(nlp: Any):
    doc = nlp(SENTENCE)
    number = doc.spans["numbers"][2]
    assert (number.text, doc.text[number._.start_char : number._.end_char]) == ("3万余户", "3万")
    other = doc[0:2]
    assert (other._.record, other._.start_char, other._.end_char) == (None, other.start_char, other.end_char)


@pytest.mark.parametrize("text", ["", " \r\n\u3000", "𠮷田3万余户，\n\n  增长5%。", "a\u2028２０２１年　增长５％"])
def test_odd_texts(nlp: Any, text: str):
    doc = nlp(text)
    assert doc.text == text
    proves(doc, extract(text))


def test_a_doc_has_metadata_of_its_own(nlp: Any):
    name = NAMES[0]
    article = articles()[name]
    doc = nlp.make_doc(article.text)
    assert article.published is not None
    doc._.article, doc._.title, doc._.region = article.id, article.title, article.region
    doc._.published = article.published.isoformat()
    own = article.model_copy(update={"source": None, "publisher": None})
    proves(nlp(doc), extract(own))


def test_several_processes_give_the_same(nlp: Any):
    texts = [articles()[name].text for name in NAMES[:5]] + ["", SENTENCE]
    docs = list(nlp.pipe(texts, n_process=2, batch_size=2))
    for doc, text in zip(docs, texts, strict=True):
        proves(doc, extract(text))


def test_docs_come_back_from_a_docbin(nlp: Any, tmp_path: Path):
    texts = [SENTENCE, articles()[NAMES[0]].text]
    box = spacy.tokens.DocBin(store_user_data=True, docs=nlp.pipe(texts))
    box.to_disk(tmp_path / "a.spacy")
    docs = list(spacy.tokens.DocBin().from_disk(tmp_path / "a.spacy").get_docs(spacy.blank("zh").vocab))
    for doc, text in zip(docs, texts, strict=True):
        proves(doc, extract(text))
    proves(spacy.tokens.Doc(nlp.vocab).from_bytes(docs[0].to_bytes()), extract(SENTENCE))


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_displacy_shows_the_spans(nlp: Any, group: str):
    doc = nlp(SENTENCE)
    page = spacy.displacy.render(doc, style="span", options={"spans_key": group}, page=False)
    assert page.count(doc.spans[group][0].label_) == len(doc.spans[group])


def test_a_pipeline_is_saved_with_its_configuration(tmp_path: Path):
    blank(region="湖州市", published="2025-07-18").to_disk(tmp_path / "nlp")
    doc = spacy.load(tmp_path / "nlp")(SENTENCE)
    proves(doc, extract(SENTENCE, published="2025-07-18", region="湖州市"))


def test_other_docs_have_no_records():
    assert pipeline.spacy_component is not None
    doc = spacy.blank("zh")(SENTENCE)
    assert (doc._.extraction, doc[0:1]._.record, doc[0:1]._.end_char) == (None, None, doc[0:1].end_char)


def test_what_is_no_article_is_an_error(nlp: Any):
    doc = nlp.make_doc(SENTENCE)
    doc._.published = "soon"
    with pytest.raises(ValueError, match="published"):
        nlp(doc)


def test_the_entry_point_is_declared_and_loads():
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    value = project["entry-points"]["spacy_factories"]["zhengshu"]
    point = EntryPoint("zhengshu", value, "spacy_factories")
    assert point.load() is pipeline.spacy_component
    for installed in entry_points(group="spacy_factories", name="zhengshu"):
        assert installed.value == value


@pytest.mark.skipif(
    not entry_points(group="spacy_factories", name="zhengshu"), reason="not installed: pip install -e ."
)
def test_spacy_finds_the_entry_point():
    code = "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('zhengshu'); "
    code += "doc = nlp('3万户'); print(*doc.spans['quantities'])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout) == (0, "3万户\n"), ran.stderr


def test_nobody_loads_spacy_who_does_not_ask():
    code = (
        "import sys, pkgutil, zhengshu, pipeline, schemas; pipeline.extract('3万户'); list(pipeline.extract_many([])); "
        "assert not hasattr(pipeline, 'other'); print('spacy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout) == (0, "False\n"), ran.stderr


def test_records_are_read_from_an_article_of_the_name_given(nlp: Any):
    doc = nlp.make_doc(SENTENCE)
    doc._.article = "loans"
    assert nlp(doc)._.extraction == extract(Article(id="loans", text=SENTENCE))
