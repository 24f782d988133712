"""A pack that was spoilt in any way is named, and nothing of another law is told in its place."""

import json
import zlib

import pytest

from storage.database.connection import execute
from storage.errors import DamagedDatabaseError
from storage.text_store import blobs, pack_refs

LAW = b" ".join(f"Article {n}: the keeper of lamp {n} trims it.".encode() for n in range(90))


def spoil(db, pack_id, content):
    execute(db, "UPDATE packs SET content = :content WHERE id = :id", content=content, id=pack_id)


@pytest.mark.parametrize(
    "content",
    [b"", b"z", b"b", b"znothing", b"bnothing", b"z" + zlib.compress(LAW)[:-1], b"z" + zlib.compress(LAW)[:40]],
    ids=["empty", "zlib of nothing", "bzip2 of nothing", "no zlib", "no bzip2", "a byte less", "cut off"],
)
def test_what_cannot_be_opened_is_named(db, content):
    number = blobs.put(db, LAW)
    spoil(db, number, content)

    with pytest.raises(DamagedDatabaseError, match=f"pack {number} .*restore the database"):
        blobs.get(db, number)


def test_packs_that_lean_on_each_other_in_a_circle_are_named_and_not_followed_for_ever(db):
    first = blobs.put(db, LAW)
    second = blobs.put(db, LAW + b" And more.", first)
    execute(db, "UPDATE packs SET base_id = :base WHERE id = :id", base=second, id=first)

    with pytest.raises(DamagedDatabaseError, match="leans on itself"):
        blobs.get(db, second)


def test_what_leans_on_a_changed_pack_says_so_and_makes_up_no_text(db):
    first = blobs.put(db, LAW)
    second = blobs.put(db, LAW.replace(b"lamp 7", b"bell 7"), first)
    spoil(db, first, b"z" + zlib.compress(LAW.replace(b"keeper", b"master")))

    with pytest.raises(DamagedDatabaseError, match=f"pack {second} "):
        blobs.get(db, second)


def test_a_pack_that_is_gone_is_named(db):
    with pytest.raises(Exception, match="pack 7"):
        blobs.get(db, 7)


@pytest.mark.parametrize(
    "content",
    [b"p", b"pnothing", b"p{}", b"p7", b"p\xff\xfe", b"p[[0]]", b'p[[0],["no such kind"],["a"],[""],[""],[""],[""]]',
     b'p[[0,1],["article"],["a"],[""],[""],[""],[""]]'],
    ids=["nothing", "no JSON", "an object", "a number", "no UTF-8", "too few columns", "another kind", "uneven"],
)  # fmt: skip
def test_heads_that_are_none_are_named(db, content):
    number = blobs.put(db, LAW)
    spoil(db, number, content)

    with pytest.raises(DamagedDatabaseError, match=f"pack {number} "):
        list(pack_refs.PackReader(db).heads(pack_refs.PackRefs(((0, number, number),))))


@pytest.mark.parametrize("content", [b"p", b"pnothing", b"p{}", b"p7", b"p\xff\xfe"])
def test_texts_that_are_none_are_named(db, content):
    number = blobs.put(db, LAW)
    spoil(db, number, content)

    with pytest.raises(DamagedDatabaseError, match=f"pack {number} "):
        pack_refs.PackReader(db).texts(pack_refs.PackRefs(((0, number, number),)))


def test_more_ids_than_provisions_are_named(db):
    heads = blobs.put(db, json.dumps([[0], ["article"], ["art_1"], ["1"], ["Article 1"], [""], [""]]).encode())
    pids = blobs.put(db, b'["a","b"]')

    with pytest.raises(DamagedDatabaseError, match=f"pack {pids} holds 2 ids for 1 provisions"):
        list(pack_refs.PackReader(db).heads(pack_refs.PackRefs(((0, heads, heads),), pids)))


def test_texts_are_cut_where_they_are_asked_for(db):
    runs = [[f"text {n}" for n in range(first, first + 4)] for first in (0, 4, 8)]
    refs = pack_refs.PackRefs(
        tuple((4 * place, 0, blobs.put(db, json.dumps(run).encode())) for place, run in enumerate(runs))
    )
    every_text = [text for run in runs for text in run]

    for first in range(12):
        for count in (1, 3, 12, None):
            right_texts = every_text[first:][:count]
            assert pack_refs.PackReader(db).texts(refs, first, count) == right_texts
