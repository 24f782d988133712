"""Provisions are found by their words, in every script, in the law as it stands or as it stood."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage import instruments, versions
from storage.database.connection import query
from storage.normalisation import fold, tokens
from storage.records import ReviewState
from storage.search import index
from tests.storage.builders import NOW, a_reading, a_version, an_article, rebuild_index, text_hash

NEXT_DAY = NOW + timedelta(days=1)


def eids_of(db, question, **within):
    return [hit.eid for hit in index.search(db, question, index.SearchScope(**within)).hits]


@pytest.fixture
def lamps(db):
    a_version(
        db,
        an_article(1, "灯语服务提供者应当开展安全评估。"),
        an_article(2, "The provider shall notify the Règlement office, and WRITE it down."),
        an_article(3, "दीप सेवा के नियम बनाने की शक्ति।"),
        an_article(4, "灯"),
        an_article(5, "Nothing else.", heading="Notify"),
    )
    assert index.index_new_provisions(db) == 5
    return db


@pytest.mark.parametrize(
    ("question", "eids"),
    [
        ("评估", ["art_1"]),
        ("安全评估", ["art_1"]),
        ("估", ["art_1"]),
        ("灯", ["art_4", "art_1"]),
        ("全估", []),
        ("安评", []),
        ("reglement", ["art_2"]),
        ("ＷＲＩＴＥ", ["art_2"]),
        ("शक्ति", ["art_3"]),
        ("notify", ["art_5", "art_2"]),
        ("notif*", ["art_5", "art_2"]),
        ("notif", []),
        ('"shall notify"', ["art_2"]),
        ('"notify shall"', []),
        ("provider office", ["art_2"]),
        ("评估 应当", ["art_1"]),
        ("article", ["art_5", "art_4", "art_3", "art_2", "art_1"]),
    ],
)
def test_words_are_found_in_every_script(lamps, question, eids):
    assert eids_of(lamps, question) == eids


@pytest.mark.parametrize("question", ['"', "* ( ) : ^ -", "XOR", "words:x", "NEAR(a b)", "", "'; DROP TABLE versions"])
def test_nothing_that_is_typed_is_syntax(lamps, question):
    assert eids_of(lamps, question) == []


def test_an_extract_marks_the_words_where_they_stand(lamps):
    [hit] = index.search(lamps, "règlement").hits
    assert ("Règlement", True) in index.extract(hit, "REGLEMENT")
    [hit] = index.search(lamps, "评估").hits
    assert "".join(piece for piece, _ in index.extract(hit, "评估")) == hit.text


def test_only_the_law_as_it_stands_is_searched_unless_told(lamps):
    a_version(
        lamps, an_article(1, "灯语服务提供者应当自查。"), seen_at=NOW + timedelta(days=1), text_sha256=text_hash("t2")
    )
    index.index_new_provisions(lamps)
    assert eids_of(lamps, "评估") == []
    assert eids_of(lamps, "自查") == ["art_1"]
    assert eids_of(lamps, "评估", past=True) == ["art_1"]


def test_filters_narrow_a_search(lamps):
    assert eids_of(lamps, "评估", jurisdiction="cn", instrument_id="cn_lamp", language="zh") == ["art_1"]
    assert eids_of(lamps, "评估", jurisdiction="eu") == []
    assert eids_of(lamps, "评估", instrument_id="cn_other") == []


def test_a_version_nobody_confirmed_is_not_found(db):
    version = a_version(db, an_article(1, "灯火"), standing=ReviewState.UNCONFIRMED)
    assert index.index_new_provisions(db) == 0
    versions.set_standing(db, version.id, ReviewState.CONFIRMED)
    assert index.index_new_provisions(db) == 1
    assert eids_of(db, "灯火") == ["art_1"]


def test_a_version_read_again_is_found_by_its_new_words_only(db):
    version = a_version(db, an_article(1, "灯火"))
    index.index_new_provisions(db)
    versions.replace_reading(db, version, a_reading(an_article(1, "烛光")), text_hash("t9"))
    assert index.index_new_provisions(db) == 1
    assert eids_of(db, "灯火") == []
    assert eids_of(db, "烛光") == ["art_1"]


def test_indexing_again_does_nothing_and_a_rebuild_finds_the_same(lamps):
    assert index.index_new_provisions(lamps) == 0
    assert rebuild_index(lamps) == 5
    assert eids_of(lamps, "评估") == ["art_1"]


def test_pages_of_hits_follow_each_other(lamps):
    first = index.search(lamps, "article", limit=2)
    second = index.search(lamps, "article", limit=2, offset=2)
    assert first.total == second.total == 5
    assert [hit.eid for hit in first.hits + second.hits] == ["art_5", "art_4", "art_3", "art_2"]


def test_an_instrument_is_found_by_its_name(lamps):
    assert [hit[0] for hit in index.instruments_named(lamps, "lamp provisions")] == ["cn_lamp"]
    assert index.instruments_named(lamps, "candle") == []
    instruments.also_called(lamps, "cn_lamp", ["令第12号", "Lamp Office", ""])
    for question in ("12号", "lamp office", "cn_lamp", "lamp provisions office"):
        assert [hit[0] for hit in index.instruments_named(lamps, question)] == ["cn_lamp"], question


def test_folding_keeps_words_of_indian_scripts_whole():
    assert list(tokens(fold("शक्ति का"))) == ["शक्ति", "का"]
    assert list(tokens(fold("第十四条a"))) == ["第十", "十四", "四条", "条", "a"]


def test_a_hit_says_whether_it_stands(lamps):
    [hit] = index.search(lamps, "评估").hits
    assert hit.current
    assert replace(hit, current=False) != hit


def indexed_rows(db) -> int:
    return query(db, "SELECT count(*) AS many FROM search_words_docsize")[0]["many"]


def test_what_a_later_version_says_again_is_indexed_once_and_found_where_it_now_stands(lamps):
    before = indexed_rows(lamps)
    old = [an_article(1, "灯语服务提供者应当开展安全评估。"), an_article(2, "New words."), an_article(4, "灯")]
    later = a_version(
        lamps, an_article(9, "Put in front."), *old, seen_at=NOW + timedelta(days=1), text_sha256=text_hash("t2")
    )
    index.index_new_provisions(lamps)

    [hit] = index.search(lamps, "评估").hits
    assert (hit.version_id, hit.eid, hit.current) == (later.id, "art_1", True)
    [hit_of_before] = index.search(lamps, "reglement", index.SearchScope(past=True)).hits
    assert (hit_of_before.eid, hit_of_before.current) == ("art_2", False)
    assert eids_of(lamps, "reglement") == []
    assert indexed_rows(lamps) == before + 2


def test_words_said_twice_are_two_hits_while_both_stand(db):
    a_version(db, an_article(1, "(deleted)", label="x"), an_article(2, "(deleted)", label="x"))
    index.index_new_provisions(db)
    assert eids_of(db, "deleted") == ["art_2", "art_1"]
    a_version(db, an_article(2, "(deleted)", label="x"), seen_at=NEXT_DAY, text_sha256=text_hash("t2"))
    index.index_new_provisions(db)
    assert eids_of(db, "deleted") == ["art_2"]


def test_an_earlier_version_read_again_loses_nothing_of_the_later(db):
    first = a_version(db, an_article(1, "灯火"), an_article(2, "Lamps."))
    a_version(
        db, an_article(1, "烛光"), an_article(2, "Lamps."), seen_at=NOW + timedelta(days=1), text_sha256=text_hash("t2")
    )
    index.index_new_provisions(db)
    versions.replace_reading(db, first, a_reading(an_article(1, "灯光"), an_article(2, "Lamps.")), text_hash("t9"))

    assert index.index_new_provisions(db) == 1
    assert eids_of(db, "lamps") == ["art_2"]
    assert eids_of(db, "灯光", past=True) == ["art_1"]
    assert eids_of(db, "灯火", past=True) == []
    assert eids_of(db, "烛光") == ["art_1"]


def test_an_index_made_at_once_holds_no_more_than_one_that_grew(lamps):
    a_version(
        lamps, an_article(1, "New."), an_article(4, "灯"), seen_at=NOW + timedelta(days=1), text_sha256=text_hash("t2")
    )
    index.index_new_provisions(lamps)
    row_count = indexed_rows(lamps)
    assert rebuild_index(lamps) == row_count
    assert indexed_rows(lamps) == row_count
    assert eids_of(lamps, "灯") == ["art_4"]
