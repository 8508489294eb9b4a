"""A batch keeps its order, survives its documents, and gives the same bytes for any number of workers."""

import os
import signal
import time
from pathlib import Path

import pytest

from schemas import Article, Extraction
from tests.documents import build, plain_document
from zhengshu.batch import Done, Outcome, run
from zhengshu.errors import Failure


def articles(count: int) -> list[Article | Failure]:
    stream: list[Article | Failure] = [Article(id=str(i), text=f"第{i}篇，共{i * 7}项。") for i in range(count)]
    stream.insert(count // 2, Failure("in.jsonl, line 5", "this is no JSON"))
    return stream


def extract(article: Article) -> Extraction:
    return plain_document(article)


def extract_or_break(article: Article) -> Extraction:
    if article.id == "3":
        raise ValueError("two\nlines")
    if article.id == "4":
        return build(article)
    return plain_document(article)


def extract_or_be_killed(article: Article) -> Extraction:
    if article.id == "150":
        time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGKILL)
    return plain_document(article)


def written(outcomes: list[Outcome]) -> list[str]:
    return [outcome.document if isinstance(outcome, Done) else str(outcome) for outcome in outcomes]


def test_bad_documents_become_sentences_in_their_place():
    outcomes = list(run(articles(8), extract_or_break))
    failures = {i: str(o) for i, o in enumerate(outcomes) if isinstance(o, Failure)}
    assert failures[3].startswith("3: reading it failed with ValueError: two lines;")
    assert "4: in.jsonl, line 5" not in failures[4]
    assert failures[4] == "in.jsonl, line 5: this is no JSON"
    assert failures[5].startswith("4: the document is not valid and was not written: the ledger lacks the numeral “4”")
    assert len(failures) == 3
    assert len(outcomes) == 9


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    list(run(articles(8), extract_or_break))
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("ZHENGSHU_DEBUG", "1")
    list(run(articles(8), extract_or_break))
    assert "Traceback" in capsys.readouterr().err


def test_counts_and_characters():
    done = next(run(articles(2), extract))
    assert isinstance(done, Done)
    assert (done.id, done.characters, done.counts) == ("0", 8, (2, 0, 0, 0, 0, 0, 0))
    assert done.seconds > 0


def test_any_number_of_workers_gives_the_same_bytes():
    alone = written(list(run(articles(300), extract)))
    assert written(list(run(articles(300), extract, workers=2))) == alone


def test_killed_worker_loses_only_the_article_that_kills():
    outcomes = list(run(articles(200), extract_or_be_killed, workers=2))
    failures = [str(outcome) for outcome in outcomes if isinstance(outcome, Failure)]
    assert failures == [
        "in.jsonl, line 5: this is no JSON",
        "150: the process that read it was killed, for want of memory most likely",
    ]
    assert [o.id for o in outcomes if isinstance(o, Done)] == [str(i) for i in range(200) if i != 150]


def test_stream_is_taken_as_it_is_needed(tmp_path: Path):
    taken = []

    def stream():
        for item in articles(1000):
            taken.append(item)
            yield item

    outcomes = run(stream(), extract)
    next(outcomes)
    assert len(taken) == 1
