"""A batch keeps its order, survives its documents, and gives the same bytes for any number of workers."""

import contextlib
import os
import pickle
import signal
import time
from pathlib import Path

import pyarrow as pa
import pytest

from schemas import Article, Extraction
from tests.documents import build, plain_document
from zhengshu.batch import Done, Outcome, run
from zhengshu.batch.work import OUTCOMES, Work
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


def extract_for_ever(article: Article) -> Extraction:
    while article.id == "2":
        with contextlib.suppress(Exception):
            time.sleep(0.001)
    return plain_document(article)


def extract_and_stop(article: Article) -> Extraction:
    if article.id == "2":
        os.kill(os.getpid(), signal.SIGSTOP)
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
        "150: the process that read it was killed twice, for want of memory most likely",
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


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_takes_too_long_is_cut(workers: int):
    outcomes = list(run(articles(6), extract_for_ever, workers=workers, time_limit=0.3))
    (failure,) = (outcome for outcome in outcomes if isinstance(outcome, Failure) and outcome.cause == "time")
    assert str(failure) == "2: reading it took longer than 0.3 seconds and was cut; --time-limit allows more"
    assert [o.id for o in outcomes if isinstance(o, Done)] == ["0", "1", "3", "4", "5"]


def test_a_worker_that_stopped_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("zhengshu.batch.pool._GRACE", 2.0)
    outcomes = list(run(articles(4), extract_and_stop, workers=2, time_limit=0.2))
    assert [o.source for o in outcomes if isinstance(o, Failure) and o.cause == "killed"] == ["2"]
    assert [o.id for o in outcomes if isinstance(o, Done)] == ["0", "1", "3"]


def test_few_articles_start_no_processes_unless_they_are_asked_for():
    few = [int(o.document) for o in run(articles(5), extract, write=where, workers=None) if isinstance(o, Done)]
    assert {*few} == {os.getpid()}
    asked = [int(o.document) for o in run(articles(5), extract, write=where, workers=2) if isinstance(o, Done)]
    assert os.getpid() not in asked


def where(document: Extraction, article: Article) -> str:
    return str(os.getpid())


def test_the_unit_of_work_is_a_function_of_batches():
    """What an engine does: ``mapInArrow`` sends record batches, pickles the function and takes record batches."""
    work = pickle.loads(pickle.dumps(Work(extract)))  # noqa: S301
    batch = pa.RecordBatch.from_pylist([{"id": "a", "text": "共3项。"}, {"id": "b", "text": "x" * 3}, {"id": ""}])
    done = work(batch)
    assert done.schema == OUTCOMES
    assert done.column("id").to_pylist() == ["a", "b", ""]
    assert done.column("cause").to_pylist() == [None, None, "input"]
    assert Extraction.model_validate_json(done.column("document")[0].as_py()).numbers[0].text == "3"
    assert done.column("reason")[2].as_py().startswith("is no article: id: ")
