"""Inputs become articles or one sentence each, and the stream goes on."""

import io
import json
import sys
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from schemas import Article
from zhengshu import ingest
from zhengshu.errors import Failure, InputError

TEXT = "全市完成投资５６００余亿元，同比增长8.1%。\r\n第二段：𠮷野家\u2028增长5%。"
PROSE = "全市认真贯彻落实党中央决策部署，经济运行总体平稳，居民收入稳步增长，人民生活持续改善。" * 3


def read(*inputs: object, **options: object) -> list[Article | Failure]:
    return list(ingest.read(map(str, inputs), **options))  # type: ignore[arg-type]


def article(*inputs: object, **options: object) -> Article:
    (found,) = read(*inputs, **options)
    assert isinstance(found, Article), found
    return found


def reason(*inputs: object) -> str:
    (found,) = read(*inputs)
    assert isinstance(found, Failure), found
    assert "\n" not in str(found)
    return str(found)


def lines(folder: Path, *records: object) -> Path:
    path = folder / "in.jsonl"
    path.write_bytes(b"".join((r if isinstance(r, bytes) else json.dumps(r).encode()) + b"\n" for r in records))
    return path


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("gb18030", b""),
        ("gb18030", b"\x84\x31\x95\x33"),
    ],
)
def test_text_is_exactly_the_decoded_file(tmp_path: Path, encoding: str, mark: bytes):
    path = tmp_path / "a.txt"
    path.write_bytes(mark + TEXT.encode(encoding))
    assert article(path).text == TEXT


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "big5"])
def test_older_encodings(tmp_path: Path, encoding: str):
    prose = (
        PROSE
        if encoding != "big5"
        else "本府持續推動經濟發展，居民收入穩定增長，人民生活持續改善，各項建設順利進行。" * 5
    )
    path = tmp_path / "a.txt"
    path.write_bytes(prose.encode(encoding))
    assert article(path).text == prose


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the text is empty"),
        (b"\xef\xbb\xbf \n", "the text is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        ("第3位".encode("utf-16-le") + "abc".encode("utf-16-le"), "binary, or UTF-16 without"),
        (b"\xff\xfe\x00", "byte order mark of UTF-16-LE"),
        (PROSE.encode()[:-1], "UTF-8 but broken at byte"),
        (b"\xa0\xff\xc0\x81\xfe\xff" * 30, "no encoding we read"),
    ],
    ids=["empty", "blank", "png", "controls", "utf16-bare", "utf16-odd", "utf8-cut", "noise"],
)
def test_bytes_that_are_no_article(tmp_path: Path, data: bytes, says: str):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert says in reason(path)


def test_sidecar(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT)
    fields = {"title": "题", "publisher": "局", "published": "2022-09-13", "region": "淄博市", "url": "ignored"}
    (tmp_path / "a.meta.json").write_text(json.dumps(fields))
    found = article(tmp_path)
    assert (found.title, found.publisher, found.published, found.region) == ("题", "局", date(2022, 9, 13), "淄博市")
    assert found.source == str(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("sidecar", "says"),
    [
        ("{", "a.meta.json cannot be used: this is no JSON"),
        ("[]", "no object"),
        ('{"date": "2022"}', "it has none of title"),
        ('{"published": "13.9.2022"}', "'13.9.2022' is no ISO date"),
        ('{"published": "2022-02-30"}', "is no ISO date"),
        ('{"published": 2022}', "the date of publication is a number"),
        ('{"region": ["淄博"]}', "the region is a list"),
    ],
)
def test_bad_sidecar(tmp_path: Path, sidecar: str, says: str):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.meta.json").write_text(sidecar)
    assert says in reason(tmp_path / "a.txt")


def test_options_stand_in_only_where_metadata_lacks(tmp_path: Path):
    path = lines(
        tmp_path, {"id": "a", "text": "甲", "published": "2020-01-02"}, {"id": "b", "text": "乙", "region": "丙市"}
    )
    first, second = read(path, published=date(2022, 9, 13), region="淄博市")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.published, first.region) == (date(2020, 1, 2), "淄博市")
    assert (second.published, second.region) == (date(2022, 9, 13), "丙市")


@pytest.mark.parametrize(
    "value", ["2022-09-13", "2022-09-13T08:00:00", "2022-09-13 08:00:00+08:00", "2022-09-13T00:00Z"]
)
def test_date_of_a_time_counts(value: str):
    assert ingest.parse_date(value) == date(2022, 9, 13)


@pytest.mark.parametrize("value", ["20220913", "2022-W37-2", "2022-9-13", "２０２２-09-13", "2022-09-13x", "昨天"])
def test_other_dates_are_refused(value: str):
    with pytest.raises(InputError, match="write it like 2022-09-13"):
        ingest.parse_date(value)


def test_folder_recurses_in_order_and_makes_ids_of_paths(tmp_path: Path):
    for name in ["b.txt", "a/c.txt", "a/d/e.TXT", ".hidden.txt", "notes.md", ".git/x.txt", "m.jsonl"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"id": "line", "text": "甲"}' if name == "m.jsonl" else "甲")
    assert [found.id for found in read(tmp_path) if isinstance(found, Article)] == ["b", "line", "a__c", "a__d__e"]


def test_jsonl_splits_on_line_feed_only(tmp_path: Path):
    record = json.dumps({"id": "a", "text": TEXT}, ensure_ascii=False).encode()
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + record + b"\r\n\n  \n" + record.replace(b'"a"', b'"b"'))
    found = read(path)
    assert [(a.id, a.text, a.source) for a in found if isinstance(a, Article)] == [
        ("a", TEXT, f"{path}:1"),
        ("b", TEXT, f"{path}:4"),
    ]


def test_byte_order_mark_in_a_record_is_no_text(tmp_path: Path):
    assert article(lines(tmp_path, {"id": "a", "text": "\ufeff甲"})).text == "甲"


@pytest.mark.parametrize(
    ("record", "says"),
    [
        (b"{", "this is no JSON"),
        (b'{"id": "a", "text": "x"', "this is no JSON"),
        (b"[1]", "this JSON is no object"),
        (b"[" * 100_000, "this JSON cannot be read"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "x"}', "this JSON cannot be read"),
        ({"id": "a"}, "the record has no text"),
        ({"id": "a", "text": None}, "the record has no text"),
        ({"id": "a", "text": 5}, "the text is a number, not a string"),
        ({"id": "a", "text": ["甲"]}, "the text is a list"),
        ({"id": "a", "text": " \n"}, "the text is empty"),
        ({"id": "a", "text": "甲\ud800乙"}, r"lone surrogate \ud800) at character 1"),
        ({"id": "a", "text": "甲", "title": "\udc00"}, "the title holds half a character"),
        ({"id": "a", "text": "甲", "published": "soon"}, "'soon' is no ISO date"),
        ({"text": "甲"}, "the record has no id"),
        ({"id": "", "text": "甲"}, "the record has no id"),
        ({"id": True, "text": "甲"}, "the id True is no string"),
        ({"id": "../a", "text": "甲"}, "'../a' holds a slash"),
        ({"id": "a/b", "text": "甲"}, "holds a slash"),
        ({"id": "a\\b", "text": "甲"}, "a backslash"),
        ({"id": "a\nb", "text": "甲"}, "a control character"),
        ({"id": "a\0", "text": "甲"}, "a control character"),
        ({"id": "..", "text": "甲"}, "begins with a dot"),
        ({"id": "a\udc80", "text": "甲"}, "is not valid Unicode"),
        ({"id": "甲" * 201, "text": "甲"}, "is longer than 200 characters"),
        ('{"id": "a", "text": "全市"}'.encode("gbk"), "the line is not UTF-8"),
    ],
)
def test_bad_record_is_one_sentence_and_the_batch_goes_on(tmp_path: Path, record: object, says: str):
    path = lines(tmp_path, {"id": "before", "text": "甲"}, record, {"id": "after", "text": "乙"})
    before, failure, after = read(path)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(failure, Failure)
    assert failure.source == f"{path}, line 2"
    assert says in failure.reason
    assert len(str(failure)) < 400
    assert "\n" not in str(failure)


def test_whole_number_is_an_id(tmp_path: Path):
    assert article(lines(tmp_path, {"id": 7, "text": "甲"})).id == "7"


def test_id_is_taken_once_in_a_run(tmp_path: Path):
    (tmp_path / "a.txt").write_text("甲")
    path = lines(tmp_path, {"id": "a", "text": "乙"}, {"id": "b", "text": "丙"})
    first, failure, last = read(tmp_path / "a.txt", path)
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert f"the id 'a' was taken by {tmp_path / 'a.txt'}" in str(failure)


def test_long_line_is_refused_without_being_held(tmp_path: Path):
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write(b'{"id": "long", "text": "')
        for _ in range(50):
            file.write(b"1" * 1_000_000)
        file.write(b'"}\n{"id": "next", "text": "x"}\n')
    tracemalloc.start()
    try:
        failure, following = read(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "line 1: the line is longer than 20 MB" in str(failure)
    assert isinstance(following, Article)
    assert peak < 3 * ingest.MAX_BYTES


def test_large_text_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ingest, "MAX_BYTES", 10)
    (tmp_path / "a.txt").write_text("12345678901")
    assert "is larger than" in reason(tmp_path)


def test_places_without_articles(tmp_path: Path):
    (tmp_path / "page.html").write_text("<p>")
    assert "the folder holds no articles" in reason(tmp_path)
    assert "of the kind .html are not read" in reason(tmp_path / "page.html")
    assert "no such file or folder" in reason(tmp_path / "absent.txt")
    assert "cannot be read" in reason("x" * 5000)
    assert "cannot be read" in reason("a\0b")


def test_file_name_that_is_no_unicode(tmp_path: Path):
    path = tmp_path / "a\udcff.txt"
    path.write_text("甲")
    assert "is not valid Unicode" in reason(tmp_path)


def test_standard_input(monkeypatch: pytest.MonkeyPatch):
    data = io.BytesIO('{"id": "a", "text": "甲"}\nnot json'.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    found, failure = read("-")
    assert isinstance(found, Article)
    assert found.source == "-:1"
    assert str(failure).startswith("-, line 2: this is no JSON")


def test_articles_are_read_one_at_a_time(tmp_path: Path):
    path = lines(tmp_path, *({"id": str(i), "text": "甲" * 10_000} for i in range(2000)))
    stream = ingest.read([str(path)])
    next(stream)
    tracemalloc.start()
    try:
        assert sum(1 for _ in stream) == 1999
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
