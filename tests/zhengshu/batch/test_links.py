"""The same release on several sites is linked to the first, whatever the order in which the articles were read."""

import contextlib
import json
import sqlite3
from pathlib import Path

from pipeline import main
from tests.zhengshu.batch.releases import release
from zhengshu.batch.similar import LEAST, buckets, resemblance, signature

BODY = "".join(release(number)["text"] for number in range(8))
SITE = "（来源：市统计局网站，责任编辑：小王）"


def test_a_copy_resembles_and_another_release_does_not():
    own, other = signature(BODY), signature("".join(release(number)["text"] for number in range(50, 58)))
    copy = signature(f"本网讯  {BODY[:40]}\n\n{BODY[40:]}{SITE}")
    assert own is not None
    assert copy is not None
    assert other is not None
    assert signature("共3项。") is None
    assert resemblance(own, own) == 1
    assert resemblance(own, copy) >= LEAST
    assert resemblance(own, other) < LEAST
    assert {*buckets(own)} & {*buckets(copy)}
    assert not {*buckets(own)} & {*buckets(other)}


def write(path: Path, texts: dict[str, str]) -> None:
    records = ({"id": name, "text": text} for name, text in texts.items())
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")


def links(folder: Path) -> list[dict[str, object]]:
    with contextlib.chdir(folder):
        assert main(["extract", "in.jsonl", "--duplicates", "links.jsonl"]) == 0
    return [json.loads(line) for line in (folder / "links.jsonl").read_text("utf-8").splitlines()]


def test_copies_are_linked_to_the_first_and_none_is_dropped(tmp_path: Path):
    texts = {f"n{i}": release(i)["text"] * 2 for i in range(100, 104)}
    texts |= {"first": BODY, "copy": BODY + SITE, "again": "转载：" + BODY}
    write(tmp_path / "in.jsonl", texts)
    found = links(tmp_path)
    assert [(link["article"], link["duplicate_of"]) for link in found] == [("copy", "first"), ("again", "first")]
    assert len(list((tmp_path / "outputs").glob("*.json"))) == 7
    write(tmp_path / "in.jsonl", texts | {"first": release(7)["text"] * 2})
    assert [(link["article"], link["duplicate_of"]) for link in links(tmp_path)] == [("again", "copy")]


def test_an_article_that_was_read_late_takes_its_place_as_the_first(tmp_path: Path):
    write(tmp_path / "in.jsonl", {"first": BODY, "copy": BODY + SITE})
    assert links(tmp_path)[0]["duplicate_of"] == "first"
    with sqlite3.connect(tmp_path / "outputs" / ".journal.sqlite") as journal:
        journal.execute("UPDATE articles SET outcome = 'failed', signature = NULL, linked = 0 WHERE id = 'first'")
        journal.execute("DELETE FROM buckets WHERE seq = 1")
        journal.execute("UPDATE articles SET duplicate_of = NULL, resemblance = NULL")
    journal.close()
    assert [(link["article"], link["duplicate_of"]) for link in links(tmp_path)] == [("copy", "first")]
