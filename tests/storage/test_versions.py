from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage import version_queue, versions
from storage.errors import MissingRowError, UnknownReferenceError
from storage.records import (
    Authority,
    Definition,
    Flaw,
    Milestone,
    MilestoneKind,
    Note,
    Provision,
    ProvisionKind,
    Relation,
    RelationKind,
    ReviewState,
)
from tests.storage.builders import NOW, a_reading, a_version, an_article, count_rows, text_hash

LATER = NOW + timedelta(microseconds=1)


def test_a_version_is_given_back_whole(db):
    inner = an_article(1, eid="art_1__para_1", kind=ProvisionKind.PARAGRAPH, citation="第一条第一款")
    deep = replace(inner, eid="art_1__para_1__point_a", kind=ProvisionKind.POINT)
    reading = a_reading(
        an_article(1, children=(replace(inner, children=(deep,)), replace(inner, eid="art_1__para_2")), pid="art_1"),
        an_article(2, heading="Lamps"),
        title_native="灯语",
        number="令第7号",
        draft=True,
        authorities=(Authority("cn_cac", "Cyberspace Administration of China", "国家互联网信息办公室"),),
        dates=(Milestone(MilestoneKind.IN_FORCE, date(2027, 1, 1), "自2027年1月1日起施行", "art_2"),
               Milestone(MilestoneKind.APPLIES, None, "as announced", formula="published + P20D")),
        topics=("content-labelling",),
        definitions=(Definition("灯语", "art_2", "本规定所称灯语"),),
        scope=("lamps",),
        relations=(Relation(RelationKind.REPEALS, "旧规定", "同时废止", "art_2", date(2027, 1, 1)),),
        front=(Note("preface", "2026年"),),
        flaws=(Flaw("odd", "a stray number", "art_1"),),
        counts={"article": 2},
        words={"total": 12},
        reader="1",
    )  # fmt: skip

    stored_version = a_version(db, reading=reading, first=True)

    assert versions.get(db, stored_version.id) == stored_version


def test_provisions_that_share_an_eid_keep_their_places(db):
    twin = an_article(1, children=(an_article(2, "under the first"),))
    stored_version = a_version(db, twin, replace(twin, children=(an_article(2, "under the second"),)))

    assert versions.get(db, stored_version.id).reading == stored_version.reading


def test_a_very_deep_tree_is_kept_and_given_back(db):
    tree = an_article(0)
    for number in range(1, 3000):
        tree = an_article(number, children=(tree,))
    stored_version = a_version(db, tree)

    provisions = versions.get(db, stored_version.id).reading.provisions
    depth = 0
    while provisions:
        (only,) = provisions
        provisions, depth = only.children, depth + 1
    assert depth == 3000


def test_a_reading_without_provisions_is_kept(db):
    stored_version = a_version(db, reading=a_reading())

    assert versions.get(db, stored_version.id) == stored_version


def test_versions_of_one_day_are_numbered(db):
    assert versions.next_id(db, "cn_lamp", date(2026, 11, 25)) == "cn_lamp@2026-11-25"

    ids = [a_version(db).id for _ in range(3)]

    assert ids == ["cn_lamp@2026-11-25", "cn_lamp@2026-11-25.2", "cn_lamp@2026-11-25.3"]


def test_the_latest_of_two_versions_seen_at_the_same_instant_is_the_one_stored_last(db):
    one, two = a_version(db), a_version(db)

    assert versions.find_latest(db, "cn_lamp").id == two.id
    assert versions.before(db, two).id == one.id
    assert versions.before(db, one) is None


def test_versions_a_microsecond_apart_are_ordered_by_it(db):
    later, earlier = a_version(db, seen_at=LATER), a_version(db, seen_at=NOW)

    assert versions.find_latest(db, "cn_lamp").id == later.id
    assert [row.id for row in versions.of_instrument(db, "cn_lamp")] == [earlier.id, later.id]


def test_the_latest_version_may_be_asked_for_by_its_marks(db):
    chinese = a_version(db)
    a_version(db, language="en", standing=ReviewState.QUARANTINED)

    assert versions.find_latest(db, "cn_lamp", language="zh").id == chinese.id
    assert versions.find_latest(db, "cn_lamp", standing=ReviewState.CONFIRMED).id == chinese.id
    assert versions.find_latest(db, "cn_lamp", source_id="another") is None
    assert versions.find_latest(db, "eu_lamp") is None


def test_the_version_before_is_a_confirmed_one_in_the_same_language(db):
    first = a_version(db)
    a_version(db, standing=ReviewState.REJECTED)
    a_version(db, language="en")

    assert versions.before(db, a_version(db)).id == first.id


def test_only_confirmed_versions_that_are_not_first_await_comparison(db):
    a_version(db, first=True)
    unconfirmed_version = a_version(db, standing=ReviewState.UNCONFIRMED)
    assert version_queue.uncompared_versions(db) == []
    assert [row.id for row in versions.unconfirmed_versions(db)] == [unconfirmed_version.id]

    versions.set_standing(db, unconfirmed_version.id, ReviewState.CONFIRMED)
    assert [row.id for row in version_queue.uncompared_versions(db)] == [unconfirmed_version.id]
    assert versions.unconfirmed_versions(db) == []

    version_queue.mark_compared(db, unconfirmed_version.id)
    assert version_queue.uncompared_versions(db) == []


def test_a_quarantined_version_waits_for_an_operator_and_not_for_a_fetch(db):
    quarantined_version = a_version(db, standing=ReviewState.QUARANTINED)

    assert versions.unconfirmed_versions(db) == []
    assert [row.id for row in versions.quarantined_versions(db)] == [quarantined_version.id]


def test_the_pages_of_newer_versions_are_known(db):
    page_id = a_version(db).page_id

    assert versions.pages_since(db, 0) == {page_id}
    assert versions.pages_since(db, 1) == set()


def test_a_text_seen_before_is_found_again(db):
    old = a_version(db, text_sha256=text_hash("t1"))
    a_version(db, text_sha256=text_hash("t2"))

    assert [row.id for row in versions.with_text(db, "cn_lamp", text_hash("t1"), "zh")] == [old.id]
    assert versions.with_text(db, "cn_lamp", text_hash("t1"), "en") == []


def test_an_instrument_has_the_number_its_latest_version_prints(db):
    a_version(db, reading=a_reading(number="令第1号"))
    a_version(db, reading=a_reading(number="令第2号"))
    a_version(db, reading=a_reading())

    assert versions.numbers(db) == {"cn_lamp": "令第2号"}


def test_a_provision_is_followed_through_renumbering(db):
    old = a_version(db, an_article(19, "Lamps.", pid="art_19"))
    new = a_version(db, an_article(19, "New."), an_article(20, "Lamps!"))
    versions.set_pids(db, new.id, {"art_20": "art_19", "art_19": "art_19@2"})

    eids = versions.lineage(db, "cn_lamp", "art_20")

    assert [(row.version_id, row.eid, row.text) for row in eids] == [
        (old.id, "art_19", "Lamps."),
        (new.id, "art_20", "Lamps!"),
    ]
    assert [row.eid for row in versions.lineage(db, "cn_lamp", "art_19")] == ["art_19"]
    assert versions.lineage(db, "cn_lamp", "art_99") == []


def test_a_repealed_provision_is_still_followed(db):
    old = a_version(db, an_article(1, pid="art_1"), an_article(2, pid="art_2"))
    a_version(db, an_article(1, pid="art_1"))

    assert [row.version_id for row in versions.lineage(db, "cn_lamp", "art_2")] == [old.id]


def test_a_better_reading_takes_the_place_of_the_text_and_keeps_id_and_persistent_ids(db):
    stored_version = a_version(db, an_article(1, "Lmaps.", pid="art_9"), an_article(2))
    better = a_reading(an_article(1, "Lamps.", pid="art_1"), an_article(3), title="New", number="7", reader="2")

    new_row = versions.replace_reading(db, stored_version, better, text_hash("t2"))

    assert new_row == versions.get(db, stored_version.id)
    assert (new_row.id, new_row.text_sha256, new_row.reading.title) == (stored_version.id, text_hash("t2"), "New")
    assert [(p.eid, p.pid, p.text) for p in new_row.reading.walk()] == [
        ("art_1", "art_9", "Lamps."),
        ("art_3", "", "Lamps shall be lit."),
    ]


def test_a_version_of_an_instrument_nobody_stored_is_refused_whole(db):
    with pytest.raises(UnknownReferenceError, match="not stored"):
        a_version(db, instrument_id="cn_unknown")

    assert count_rows(db, "versions") == 0
    assert count_rows(db, "facts") == 0


def test_an_unknown_version_is_named_in_the_error(db):
    with pytest.raises(MissingRowError, match="cn_lamp@2000-01-01"):
        versions.get(db, "cn_lamp@2000-01-01")
    assert versions.find(db, "cn_lamp@2000-01-01") is None


def test_a_version_knows_its_page(db):
    stored_version = a_version(db)

    assert versions.page_of(db, stored_version).url == "https://regulator.example/lamp.htm"


def test_a_number_is_meant_as_the_version_asked_for_has_it(db):
    old = a_version(db, an_article(19, "Lamps.", pid="art_19"), an_article(20, "Wicks.", pid="art_20"))
    new = a_version(db, an_article(19, "New."), an_article(20, "Lamps!"))
    versions.set_pids(db, new.id, {"art_20": "art_19", "art_19": "art_19@2"})

    eids = versions.lineage(db, "cn_lamp", "art_19", old.id)

    assert [(row.version_id, row.eid) for row in eids] == [(old.id, "art_19"), (new.id, "art_20")]
    assert [row.text for row in versions.lineage(db, "cn_lamp", "art_20", old.id)] == ["Wicks."]
    assert versions.lineage(db, "cn_lamp", "art_21", old.id) == []
    assert versions.lineage(db, "cn_lamp", "art_19", "cn_other@1") == []


def test_a_provision_is_followed_with_all_that_stands_below_it(db):
    point = Provision("art_2__para_1__point_a", ProvisionKind.POINT, "a", "(a)", text="wicks;")
    paragraph = Provision("art_2__para_1", ProvisionKind.PARAGRAPH, "1", "1.", text="Lamps have", children=(point,))
    whole = an_article(2, "", pid="art_2", children=(paragraph,))
    long = an_article(1, "Lamps. " * 4000, pid="art_1")
    a_version(db, long, whole, an_article(3, "After.", pid="art_3"))

    [row] = versions.lineage(db, "cn_lamp", "art_2")

    assert row.whole == whole
