"""What is kept packed comes back byte for byte, costs what it says anew, and tells when it is damaged."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import versions
from storage.database.connection import execute, query, transaction
from storage.errors import DamagedDatabaseError
from storage.text_store import blobs, layout
from tests.storage.builders import a_reading, a_version, an_article, count_rows, text_hash


def many_words(number):
    chance = Random(number)
    return f"Operator {number} shall keep the record {chance.randbytes(20).hex()} for {number} days. ".encode()


LAW = b"".join(many_words(number) for number in range(200))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(max_size=200) | st.just(LAW[:3000]), min_size=1, max_size=20))
def test_whatever_is_put_comes_back(db, contents):
    base = None
    for content in contents:
        base = blobs.put(db, content, base)
        assert blobs.get(db, base) == content


def test_the_same_again_is_the_same_pack(db):
    assert blobs.put(db, LAW, blobs.put(db, LAW)) == 1


def test_what_differs_little_costs_little_however_often_it_changes(db):
    number = blobs.put(db, LAW)
    for step in range(40):
        number = blobs.put(db, LAW.replace(many_words(step), b"Repealed. "), number)

    sizes = [row["size"] for row in query(db, "SELECT length(content) AS size FROM packs ORDER BY id")]
    assert sizes[0] > 3000
    assert sum(sizes[1:]) / 40 < 300  # a copy of 258 bytes is two bytes, and of 18 kB there are seventy
    assert blobs.get(db, number) == LAW.replace(many_words(39), b"Repealed. ")


def test_no_pack_is_many_steps_from_one_that_stands_alone(db):
    number = blobs.put(db, LAW)
    for step in range(30):
        number = blobs.put(db, LAW + many_words(step), number)
    above = {row["id"]: row["base_id"] for row in query(db, "SELECT id, base_id FROM packs")}

    def steps(number):
        return 0 if above[number] is None else 1 + steps(above[number])

    longest = max(map(steps, above))

    assert 0 < longest <= 8


@pytest.mark.parametrize("at", [1, 5, -1])
def test_a_pack_that_was_spoilt_is_named(db, at):
    number = blobs.put(db, LAW + many_words(1), blobs.put(db, LAW))
    [row] = query(db, "SELECT content FROM packs WHERE id = :id", id=number)
    spoilt = bytearray(row["content"])
    spoilt[at] ^= 0xFF
    execute(db, "UPDATE packs SET content = :content WHERE id = :id", content=bytes(spoilt), id=number)

    with pytest.raises(DamagedDatabaseError, match=f"pack {number}"):
        blobs.get(db, number)


def test_only_what_nothing_names_is_swept_away(db):
    stored_version = a_version(db, *(an_article(n, f"Lamp {n} " * 50) for n in range(60)))
    before = versions.get(db, stored_version.id)
    versions.replace_reading(db, stored_version, a_reading(an_article(1, "灯火" * 300), reader="2"), text_hash("t2"))
    after = versions.get(db, stored_version.id)
    blobs.put(db, b"nobody's")

    with transaction(db):
        assert blobs.sweep(db) == 1
        assert blobs.sweep(db) == 0

    assert versions.get(db, stored_version.id) == after != before


def test_an_article_put_in_moves_no_other_cut():
    def runs_of(numbers):
        return [run.texts for run in layout.runs(an_article(0, many_words(n).decode() * 6) for n in numbers)]

    before, after = runs_of(range(400)), runs_of([*range(100), 9999, *range(100, 400)])

    assert len(before) > 5
    assert len(set(before) - set(after)) <= 2


def test_a_superseded_version_that_changed_one_article_adds_one_pack_of_text(db):
    articles = [an_article(n, many_words(n).decode() * 5, pid=f"art_{n}") for n in range(60)]
    first = a_version(db, *articles)
    articles[30] = replace(articles[30], text="Repealed.")
    second = a_version(db, *articles)
    before = count_rows(db, "packs")
    articles[31] = replace(articles[31], text="Repealed, too.")
    third = a_version(db, *articles)

    assert [versions.get(db, version.id) for version in (first, second, third)] == [first, second, third]
    assert count_rows(db, "packs") == before + 1
