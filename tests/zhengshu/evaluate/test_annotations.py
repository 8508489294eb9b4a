"""Gold is checked before it judges; its articles are found by their hash, its documents too."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import extract
from schemas import Article
from tests.documents import full_document
from tests.zhengshu.evaluate.samples import FLAWED, GOLD, HASH, TEXT
from zhengshu.errors import UsageError
from zhengshu.evaluate.annotations import find_articles, load_documents, load_gold, read_documents

QUANTITY = GOLD["mentions"][0]


def written(folder: Path, *annotations: Any) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    for number, annotation in enumerate(annotations):
        (folder / f"{number}.json").write_text(json.dumps(annotation))
    return str(folder)


def test_gold_of_a_folder_and_of_a_file(tmp_path: Path):
    folder = written(tmp_path / "gold", GOLD, {**GOLD, "doc": "other", "genre": "brief"})
    assert [gold["doc"] for gold in load_gold(folder)] == ["sample.txt", "other"]
    assert [gold["doc"] for gold in load_gold(f"{folder}/1.json")] == ["other"]


def without(record: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != name}


@pytest.mark.parametrize(
    ("annotation", "says"),
    [
        ([], "the annotations of an article are a JSON object"),
        (without(GOLD, "doc"), "“doc” is missing or no text"),
        ({**GOLD, "sha256": "abc"}, "“sha256” is not the 64 hexadecimal digits"),
        ({**GOLD, "mentions": {}}, "“mentions” is missing or no list"),
        ({**GOLD, "genre": 3}, "“genre” is no text"),
        ({**GOLD, "published": "gestern"}, "“published” is 'gestern', not a date like 2022-09-13"),
        ({**GOLD, "published": 3}, "“published” is 3, not a date"),
        ({**GOLD, "mentions": ["x"]}, "mention 1: it is no JSON object"),
        (
            {**GOLD, "mentions": [QUANTITY, {**QUANTITY, "kind": "quantitiy"}]},
            "mention 2: its kind is 'quantitiy', not",
        ),
        ({**GOLD, "mentions": [{**QUANTITY, "start": 9, "end": 9}]}, "“start” and “end” are not two whole numbers"),
        ({**GOLD, "mentions": [{**QUANTITY, "start": "1"}]}, "“start” and “end” are not two whole numbers"),
        ({**GOLD, "mentions": [{**QUANTITY, "start": True}]}, "“start” and “end” are not two whole numbers"),
        ({**GOLD, "mentions": [without(QUANTITY, "text")]}, "mention 1: “text” is missing"),
        ({**GOLD, "mentions": [without(QUANTITY, "unit")]}, "the quantity “5600余亿元” has no “unit”"),
        ({**GOLD, "mentions": [{**QUANTITY, "value": "五千"}]}, "has the value '五千', which is no decimal number"),
        ({**GOLD, "mentions": [{**QUANTITY, "high": "NaN"}]}, "has the high 'NaN', which is no decimal number"),
        ({**GOLD, "mentions": [{**GOLD["mentions"][-1], "kind": "fact", "aspect": "up"}]}, None),
    ],
)
def test_what_is_wrong_with_gold_is_one_sentence(tmp_path: Path, annotation: Any, says: str | None):
    folder = written(tmp_path, annotation)
    if says is None:
        assert load_gold(folder)
        return
    with pytest.raises(UsageError) as raised:
        load_gold(folder)
    assert says in str(raised.value)
    assert str(tmp_path / "0.json") in str(raised.value)
    assert "\n" not in str(raised.value)


def test_files_that_are_no_gold(tmp_path: Path):
    with pytest.raises(UsageError, match="holds no annotations"):
        load_gold(str(tmp_path))
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(UsageError, match=r"a.json: the annotations cannot be read, this is no JSON"):
        load_gold(str(tmp_path))
    (tmp_path / "a.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(UsageError, match="no JSON in UTF-8"):
        load_gold(str(tmp_path))
    (tmp_path / "a.json").write_text("[" * 100_000)
    with pytest.raises(UsageError, match="cannot be read"):
        load_gold(str(tmp_path))


def test_an_article_has_one_file(tmp_path: Path):
    with pytest.raises(UsageError, match=r"1.json: it annotates sample.txt, as .*0.json does"):
        load_gold(written(tmp_path, GOLD, GOLD))


@pytest.mark.parametrize("form", ["folder", "lines", "given"])
def test_articles_are_found_beside_the_gold_or_where_they_are_given(tmp_path: Path, form: str):
    gold = load_gold(written(tmp_path / "gold", {**GOLD, "published": "2022-09-13"}))
    place = tmp_path / ("articles" if form == "folder" else "articles.jsonl" if form == "lines" else "elsewhere.jsonl")
    if form == "folder":
        place.mkdir()
        (place / "a.txt").write_text(TEXT, "utf-8")
        (place / "other.txt").write_text("别的文章。", "utf-8")
    else:
        place.write_text(json.dumps({"id": "a", "text": TEXT, "published": "2023-01-01"}) + "\n")
    articles, failures = find_articles(str(tmp_path / "gold"), gold, [str(place)] if form == "given" else [])
    assert failures == []
    (article,) = articles.values()
    assert (article.id, article.text) == ("a", TEXT)
    assert str(article.published) == ("2022-09-13" if form == "folder" else "2023-01-01"), "its own date goes before"


def test_articles_that_cannot_be_read_are_named(tmp_path: Path):
    gold = load_gold(written(tmp_path / "gold", GOLD))
    articles, failures = find_articles(str(tmp_path / "gold"), gold, [str(tmp_path / "absent.txt")])
    assert articles == {}
    assert [failure.reason for failure in failures] == ["there is no such file or folder"]
    assert find_articles(str(tmp_path / "gold"), gold, []) == ({}, [])


def test_a_text_that_is_not_that_of_the_article_names_both(tmp_path: Path):
    moved = {**QUANTITY, "start": QUANTITY["start"] - 1, "end": QUANTITY["end"] - 1}
    gold = load_gold(written(tmp_path / "gold", {**GOLD, "mentions": [moved]}))
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with pytest.raises(UsageError) as raised:
        find_articles(str(tmp_path / "gold"), gold, [str(tmp_path / "a.txt")])
    assert f"the gold of sample.txt says “5600余亿元” at {moved['start']}–{moved['end']}" in str(raised.value)
    assert "a.txt has “金5600余亿” there" in str(raised.value)


def test_articles_are_read_as_they_would_be_stored():
    article = Article(id="a", text=TEXT)
    documents, failures = read_documents([article], extract)
    assert failures == []
    assert documents == {HASH: json.loads(extract(article).model_dump_json())}


def test_an_article_that_fails_is_named():
    def fail(article: Article) -> Any:
        raise RuntimeError("no")

    documents, (failure,) = read_documents([Article(id="a", text=TEXT)], fail)
    assert documents == {}
    assert failure.source == "a"


def test_stored_documents_load_by_hash(tmp_path: Path):
    document = full_document()
    (tmp_path / "sample.json").write_text(document.model_dump_json())
    (tmp_path / "all.jsonl").write_text(document.model_dump_json() + "\n\n")
    assert dict(load_documents(str(tmp_path))).keys() == {document.article.sha256}
    assert dict(load_documents(str(tmp_path / "all.jsonl"))).keys() == {document.article.sha256}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({**FLAWED, "periods": {}}, None),
        ({**FLAWED, "periods": "x"}, "periods is no list of records"),
        ({**FLAWED, "periods": ["x"]}, "periods is no list of records"),
        ({**FLAWED, "periods": [{"start": 1}]}, "a record of periods has no start and end"),
        ({**FLAWED, "facts": [1]}, "facts is no list of records"),
        ({**FLAWED, "facts": [{"quantity": ["q1"]}]}, "a record of facts has an id that is no text"),
        (
            {**FLAWED, "quantities": [{"start": 1, "end": 2, "id": {}}]},
            "a record of quantities has an id that is no text",
        ),
    ],
)
def test_documents_of_another_shape_are_refused(tmp_path: Path, document: dict[str, Any], says: str | None):
    (tmp_path / "all.jsonl").write_text(json.dumps(document) + "\n")
    if says is None:
        assert dict(load_documents(str(tmp_path)))
        return
    with pytest.raises(UsageError, match=f"line 1: {says}"):
        dict(load_documents(str(tmp_path)))


def test_places_without_documents(tmp_path: Path):
    with pytest.raises(UsageError, match="holds no documents"):
        dict(load_documents(str(tmp_path)))
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(UsageError, match="this is no JSON"):
        dict(load_documents(str(tmp_path)))
