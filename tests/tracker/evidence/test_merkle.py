"""The log's tree: the published vectors hold, every proof verifies, and no other proof does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.log import leaf_hash
from tracker.evidence import merkle
from tracker.evidence.tiles import rebuilt_root

ENTRIES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
SIZES = st.integers(1, 70)


def log_of(count):
    """Return the entries of a made log and the hashes of its complete subtrees."""
    entries = [f"entry {number}".encode() for number in range(count)]
    hashes = {}
    leaves = [leaf_hash(entry) for entry in entries]
    for level, index, value in merkle.new_subtrees(0, leaves, lambda level, index: hashes[level, index]):
        hashes[level, index] = value
    return entries, lambda level, index: hashes[level, index]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_that_the_field_publishes(size):
    assert rebuilt_root(ENTRIES[:size]).hex() == ROOTS[size - 1]


def test_a_log_without_leaves_has_the_root_of_nothing():
    assert merkle.tree_root(0, log_of(0)[1]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(SIZES)
def test_the_root_of_subtrees_is_the_root_of_the_entries(size):
    entries, hash_at = log_of(size)

    assert merkle.tree_root(size, hash_at) == rebuilt_root(entries)


@given(SIZES, st.data())
def test_every_leaf_is_proved_to_be_where_it_is_and_nowhere_else(size, data):
    entries, hash_at = log_of(size)
    index = data.draw(st.integers(0, size - 1))
    proof, root = merkle.inclusion_proof(index, size, hash_at), merkle.tree_root(size, hash_at)

    assert merkle.is_included(entries[index], index, size, proof, root)
    assert not merkle.is_included(b"another", index, size, proof, root)
    assert not any(merkle.is_included(entries[index], at, size, proof, root) for at in range(size) if at != index)
    assert not merkle.is_included(entries[index], index, size, [*proof, root], root)


@given(SIZES, st.data())
def test_every_beginning_is_proved_to_be_one(size, data):
    entries, hash_at = log_of(size)
    old = data.draw(st.integers(1, size))
    proof = merkle.consistency_proof(old, size, hash_at)
    old_root, root = rebuilt_root(entries[:old]), rebuilt_root(entries)

    assert merkle.is_consistent(old, size, proof, old_root, root)
    assert not merkle.is_consistent(old, size, proof, leaf_hash(b"forged"), root)
    assert old == size or not merkle.is_consistent(old, size, proof, old_root, leaf_hash(b"forged"))


@given(SIZES, st.data())
def test_a_history_that_was_rewritten_is_no_beginning(size, data):
    entries, hash_at = log_of(size)
    old = data.draw(st.integers(1, size))
    rewritten = [b"rewritten", *entries[1:old]]

    assert not merkle.is_consistent(
        old, size, merkle.consistency_proof(old, size, hash_at), rebuilt_root(rewritten), rebuilt_root(entries)
    )


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)], ids=["before", "after", "empty"])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="is not among"):
        merkle.inclusion_proof(index, size, log_of(size)[1])
    assert not merkle.is_included(b"", index, size, [], merkle.EMPTY_ROOT)
