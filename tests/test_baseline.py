"""The project's own baseline: no record of the corpus falls unseen, and what rises is kept."""

from functools import cache

from tests.corpus import CORPUS, NAMES, document, gold
from zhengshu.evaluate import baseline, evaluate

PLACE = CORPUS / "baseline.jsonl"
UPDATE = "./run zhengshu evaluate corpus/gold --save-baseline corpus/baseline.jsonl"


@cache
def comparison() -> baseline.Comparison:
    documents = {document(name).article.sha256: document(name).model_dump(mode="json") for name in NAMES}
    now = baseline.keep(evaluate(gold().values(), documents))
    return baseline.compare(baseline.load(str(PLACE)), now)


def test_no_record_of_the_corpus_fell():
    fallen = "\n".join(map(str, comparison().falls))
    assert not fallen, f"mend these, or give them up: {UPDATE} --accept-falls\n{fallen}"


def test_what_rose_is_kept():
    """A rise that is not in the baseline could fall again unseen."""
    risen = "\n".join(map(str, comparison().rises))
    assert not risen, f"keep what got better: {UPDATE}\n{risen}"


def test_baseline_knows_the_gold_as_it_is():
    changed = "\n".join(map(str, comparison().vanished + comparison().new))
    assert not changed, f"the gold is another than that of the baseline: {UPDATE}\n{changed}"


def test_file_is_as_it_is_written():
    kept = baseline.load(str(PLACE))
    assert len(kept) >= 1000
    lines = PLACE.read_text("utf-8").splitlines()
    assert lines[1:] == [each.line() for each in kept.values()]
