"""The table is readable: Chinese characters are two columns wide, and it stays short."""

from tests.documents import SENTENCE, full_document
from zhengshu.batch import Done
from zhengshu.report import MAX_ROWS, Table, shorten, specimen, width


def test_width():
    assert width("GDP增长") == 7
    assert shorten("淄博十年", 8) == "淄博十年"
    assert shorten("淄博十年一个样本", 8) == "淄博十…"


def test_table_is_aligned_and_totals_everything():
    table = Table()
    for i in range(MAX_ROWS + 5):
        table.add(Done(f"淄博{i}", "{}", 10, (i, 1, 0, 0, 0, 0, 0), 0.001))
    table.failed = 2
    lines = str(table).splitlines()
    assert len(lines) == MAX_ROWS + 4
    assert lines[-2] == "and 5 more"
    assert lines[-1].startswith("45 articles, 2 failed")
    assert str(sum(range(45))) in lines[-1]
    assert len({width(line) for line in lines if line != "and 5 more"}) == 1


def test_specimen_shows_a_sentence_with_its_records():
    shown = specimen([(full_document("平安。\n" + SENTENCE), "平安。\n" + SENTENCE)])
    assert shown is not None
    assert shown.startswith(SENTENCE)
    assert "5600余亿元" in shown
    assert "value=560000000000" in shown
    assert "start_date=2021-01-01" in shown
    assert specimen([]) is None
