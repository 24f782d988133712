import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import changes
from storage.database.connection import query
from storage.errors import MissingRowError
from storage.records import AmendingAct, Change, ChangeKind, Comparison, Effect, Op, OpKind, Tag, TagName, Weight
from storage.text_store import blobs
from tests.storage.builders import NOW, a_version

SHORTER_CHANGE = Change(
    ChangeKind.MODIFIED,
    Weight.HIGH,
    "art_18",
    "art_19",
    "art_18__para_1",
    "art_19__para_1",
    "第十八条第一款",
    "第十九条第一款",
    "应当在三十日内,报告",
    "应当在十日内，报告",
    (
        Op(OpKind.EQUAL, "应当在"),
        Op(OpKind.DELETE, "三十日"),
        Op(OpKind.INSERT, "十日"),
        Op(OpKind.EQUAL, "内"),
        Op(OpKind.FOLD, ",", "，"),
        Op(OpKind.EQUAL, "报告"),
    ),
    (Tag(TagName.DEADLINE, "P30D", "P10D", "三十日", "十日"),),
    "Time limit shortened from 30 days to 10 days",
)
ADDED_UNIT = Change(ChangeKind.ADDED, new_unit="art_5", new_eid="art_5", new_text="New.")
RENUMBERED_UNIT = Change(
    ChangeKind.RENUMBERED,
    old_unit="art_6",
    new_unit="art_7",
    old_eid="art_6",
    new_eid="art_7",
    old_text="S",
    new_text="S",
)
ODD = Change(ChangeKind.MODIFIED, old_text="a", new_text="b", ops=(Op(OpKind.EQUAL, "no", "such"),))
EMPTY = Change(ChangeKind.REMOVED, old_unit="art_8")
COMPARISON = Comparison(
    (SHORTER_CHANGE, ADDED_UNIT, RENUMBERED_UNIT, ODD, EMPTY),
    {"added": 1, "modified": 1, "weight": "high"},
    ("180 recitals are printed only in the old rendering",),
    (("art_1", "art_1"), ("art_18", "art_19")),
    replaced=True,
)


def a_set(db, comparison=COMPARISON, at=NOW):
    old, new = a_version(db), a_version(db)
    return changes.add_set(db, old_version_id=old.id, new_version_id=new.id, comparison=comparison, at=at), old, new


def test_a_change_set_is_given_back_as_it_was(db):
    set_id, old, new = a_set(db)

    assert changes.get_set(db, set_id) == COMPARISON
    assert changes.set_of_pair(db, old.id, new.id) == set_id
    assert changes.set_of_pair(db, new.id, old.id) is None


def test_an_empty_change_set_is_kept_too(db):
    set_id, *_ = a_set(db, Comparison())

    assert changes.get_set(db, set_id) == Comparison()


def test_a_pair_compared_twice_keeps_its_first_set(db):
    set_id, old, new = a_set(db)

    again = changes.add_set(db, old_version_id=old.id, new_version_id=new.id, comparison=Comparison(), at=NOW)

    assert again == set_id
    assert changes.get_set(db, set_id) == COMPARISON


def test_no_text_is_stored_twice(db):
    a_set(db)

    [row] = query(db, "SELECT words_id FROM change_sets")
    texts = [tuple(words[2:4]) for words in json.loads(blobs.get(db, row["words_id"]))["changes"]]

    assert texts == [(None, None), ("", "New."), ("S", None), ("a", "b"), ("", None)]


def test_the_pairs_of_one_change_after_another_are_kept_once(db):
    old = a_version(db)
    for number in range(3):
        new = a_version(db, seen_at=NOW + timedelta(days=number))
        changes.add_set(db, old_version_id=old.id, new_version_id=new.id, comparison=COMPARISON, at=NOW)
        old = new

    assert len({row["pairs_id"] for row in query(db, "SELECT pairs_id FROM change_sets")}) == 1


OPS = st.lists(
    st.builds(Op, st.sampled_from(OpKind), st.text("ab灯", max_size=3), st.text("ab", max_size=1)), max_size=4
)


@given(OPS.map(tuple), st.text("ab", max_size=2), st.text("ab", max_size=2), st.booleans())
def test_any_change_comes_back_from_its_row(ops, old, new, spelt_out):
    if spelt_out:
        old, new = changes._spelt_out(ops)
    change = Change(ChangeKind.MODIFIED, ops=ops, old_text=old, new_text=new)

    assert changes._change(changes._row(1, change), changes._words(change)) == change


def test_change_sets_are_listed_oldest_first_all_and_by_instrument(db):
    first, old, new = a_set(db)
    second, *_ = a_set(db, at=NOW + timedelta(microseconds=1))
    third, *_ = a_set(db, at=NOW + timedelta(microseconds=1))

    assert [row.id for row in changes.all_sets(db)] == [first, second, third]
    assert [row.id for row in changes.of_instrument(db, "cn_lamp")] == [first, second, third]
    assert changes.of_instrument(db, "eu_lamp") == []
    row = changes.get_row(db, first)
    assert (row.instrument_id, row.old, row.new, row.at) == ("cn_lamp", old.id, new.id, NOW)
    assert row.summary["weight"] == "high"


def test_an_unknown_change_set_is_named_in_the_error(db):
    with pytest.raises(MissingRowError, match="change set 7"):
        changes.get_set(db, 7)


def test_the_act_that_amended_and_the_effect_come_back_with_the_set(db):
    comparison = Comparison(amended_by=AmendingAct("Order 7"), effect=Effect(NOW.date(), "from today"))
    set_id, *_ = a_set(db, comparison)

    assert changes.get_set(db, set_id) == comparison
