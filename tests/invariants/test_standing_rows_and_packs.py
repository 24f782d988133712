"""The law as it stands is in rows and the rest in packs, and whatever happens to a version, it says what it said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import provisions, standing_rows, versions
from storage.database.connection import execute, find_damage, query, transaction
from storage.records import Provision, ProvisionKind, ReviewState
from storage.search import index
from storage.text_store import blobs, pack_refs
from tests.storage.builders import NOW, a_reading, a_version, an_article, text_hash

WORDS = ("", "Lamps shall be lit.", "灯语服务提供者应当报告。", "Lamps shall be lit within ten days.", "दीप")
PARAGRAPHS = st.lists(st.sampled_from(WORDS), max_size=2)
ARTICLES = st.lists(st.tuples(st.sampled_from(WORDS), PARAGRAPHS), min_size=1, max_size=5)
STATES = st.sampled_from(ReviewState)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("new"), ARTICLES, STATES, st.integers(0, 3)),
        st.tuples(st.just("reread"), ARTICLES, st.integers(0, 9)),
        st.tuples(st.just("decide"), STATES, st.integers(0, 9)),
    ),
    min_size=1,
    max_size=8,
)


def law(articles) -> tuple[Provision, ...]:
    return tuple(
        an_article(number, text, pid=f"art_{number}", children=tuple(
            Provision(f"art_{number}__para_{place}", ProvisionKind.PARAGRAPH, str(place), text=words, pid="")
            for place, words in enumerate(paragraphs, 1)
        ))
        for number, (text, paragraphs) in enumerate(articles, 1)
    )  # fmt: skip


class Story:
    """What was done to the versions of one law, and what each of them said last."""

    def __init__(self, db):
        self.db = db
        self.trees: dict[str, tuple[Provision, ...]] = {}

    def new(self, articles, state, days):
        version = a_version(self.db, *law(articles), standing=state, seen_at=NOW + timedelta(days=days),
                            text_sha256=text_hash(str(articles)))  # fmt: skip
        self.trees[version.id] = version.reading.provisions

    def reread(self, articles, number):
        if version := self._choose(number):
            new_version = versions.replace_reading(
                self.db, version, a_reading(*law(articles)), text_hash(str(articles))
            )
            self.trees[version.id] = new_version.reading.provisions

    def decide(self, state, number):
        if version := self._choose(number):
            versions.set_standing(self.db, version.id, state)

    def _choose(self, number):
        ids = list(self.trees)
        return versions.get(self.db, ids[number % len(ids)]) if ids else None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(STEPS)
def test_every_version_says_what_it_said_and_only_the_newest_confirmed_one_stands_in_rows(db, steps):
    story = Story(db)
    try:
        for name, *given_values in steps:
            getattr(story, name)(*given_values)
            check(db, story.trees)
    finally:
        wipe(db)


def check(db, trees):
    rows = {row.id: row for row in versions.all_versions(db)}
    confirmed_versions = versions.of_instrument(db, "cn_lamp", ReviewState.CONFIRMED)
    for version_id, tree in trees.items():
        assert versions.get(db, version_id).reading.provisions == tree
        number = query(db, "SELECT row FROM versions WHERE id = :id", id=version_id)[0]["row"]
        stands = bool(confirmed_versions) and confirmed_versions[-1].id == version_id
        assert bool(standing_rows.of_version(db, number)) == stands
        assert bool(pack_refs.of_version(db, number).runs) == (not stands)
    assert rows.keys() == trees.keys()
    assert find_damage(db) == []
    with transaction(db):
        assert blobs.sweep(db) == 0
    index.index_new_provisions(db)
    for words in filter(None, WORDS):
        current = {hit.version_id for hit in all_hits(db, words) if hit.current}
        past = {hit.text for hit in all_hits(db, words, past=True)}
        ids_with_words = {row.id for row in confirmed_versions if any(p.text == words for p in walk(trees[row.id]))}
        assert (confirmed_versions != [] and confirmed_versions[-1].id in ids_with_words) == (
            confirmed_versions != [] and confirmed_versions[-1].id in current
        )
        assert (words in past) == bool(ids_with_words)


def walk(tree):
    return [provision for top in tree for provision in top.walk()]


def all_hits(db, words, *, past=False):
    hits = index.search(db, f'"{words}"', index.SearchScope(past=past), limit=400).hits
    return [hit for hit in hits if hit.text == words]


def wipe(db):
    with transaction(db):
        for table in ("provisions", "past_provisions", "pack_refs", "definitions", "authorities", "topics", "versions"):
            execute(db, f"DELETE FROM {table}")
        execute(db, "INSERT INTO search_words (search_words) VALUES ('delete-all')")
        blobs.sweep(db)


def test_rows_and_packs_give_the_same_tree(db):
    tree = law([("Lamps.", ["One.", "Two."]), ("", ["灯"])])
    packed_version = a_version(db, *tree, standing=ReviewState.UNCONFIRMED)
    assert versions.get(db, packed_version.id).reading.provisions == tree
    versions.set_standing(db, packed_version.id, ReviewState.CONFIRMED)

    assert [row["text"] for row in query(db, "SELECT text FROM provisions ORDER BY ordinal")] == [
        "Lamps.", "One.", "Two.", "", "灯",
    ]  # fmt: skip
    assert versions.get(db, packed_version.id).reading.provisions == tree
    a_version(db, an_article(1, "Repealed."), seen_at=NOW + timedelta(days=1))

    assert [row["text"] for row in query(db, "SELECT text FROM provisions")] == ["Repealed."]
    assert versions.get(db, packed_version.id).reading.provisions == tree


@pytest.fixture
def superseded_version(db):
    first = a_version(db, *(an_article(number, f"Lamp {number} shall be lit.") for number in range(1, 4)))
    a_version(db, an_article(1, "Repealed."), seen_at=NOW + timedelta(days=1))
    return first


@pytest.mark.parametrize(("part", "name"), [("texts", "Article 1"), ("heads", "provision 1")])
def test_bug_b12_a_deleted_pack_is_found_and_its_version_and_provision_named(db, superseded_version, part, name):
    execute(db, "PRAGMA foreign_keys = OFF")
    execute(db, "DELETE FROM packs WHERE id = (SELECT pack_id FROM pack_refs WHERE part = :part)", part=part)

    assert query(db, "PRAGMA foreign_key_check") != []
    [lost_row] = provisions.find_lost(db)
    assert lost_row.startswith(f"version {superseded_version.id}: what stands from {name} on is lost")


def test_bug_b12_a_pack_that_a_version_needs_cannot_be_deleted(db, superseded_version):
    with pytest.raises(Exception, match="a row names another row"):
        execute(db, "DELETE FROM packs")
    assert versions.get(db, superseded_version.id) == superseded_version
