"""Tiles on disk hold the log's hashes, grow without rewriting the past, and say when one is missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.log import leaf_hash
from tracker.evidence import merkle
from tracker.evidence.tiles import TileError, Tiles, rebuilt_root, tile_path


def entries(count):
    return [f"entry {number}".encode() for number in range(count)]


def leaves(items):
    return [leaf_hash(entry) for entry in items]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=5))
def test_however_the_log_grows_its_root_is_that_of_its_entries(tmp_path_factory, steps):
    root, size = tmp_path_factory.mktemp("log"), 0
    for step in steps:
        Tiles(root, size).append(leaves(entries(size + step)[size:]))
        size += step

    assert Tiles(root, size).root_hash() == rebuilt_root(entries(size))


def test_a_log_of_many_tiles_proves_each_of_its_ends(tmp_path):
    size = 70_000
    Tiles(tmp_path, 0).append(leaves(entries(size)))
    tiles = Tiles(tmp_path, size)
    root = tiles.root_hash()

    for index in (0, 255, 256, 65_535, 65_536, size - 1):
        proof = merkle.inclusion_proof(index, size, tiles.hash_at)
        assert merkle.is_included(entries(index + 1)[index], index, size, proof, root)
    assert (tmp_path / "tile/1/000").is_file()
    assert not list((tmp_path / "tile/0").glob("000.p/*"))


def test_an_older_size_still_has_its_root(tmp_path):
    Tiles(tmp_path, 0).append(leaves(entries(600)))

    assert Tiles(tmp_path, 300).root_hash() == rebuilt_root(entries(300))


@pytest.mark.parametrize(
    ("rows", "tile", "width", "path"),
    [
        pytest.param(0, 0, 256, "tile/0/000", id="first"),
        pytest.param(0, 273, 112, "tile/0/273.p/112", id="partial"),
        pytest.param(1, 1_234_067, 256, "tile/1/x001/x234/067", id="far"),
    ],
)
def test_a_tile_stands_where_the_format_says(rows, tile, width, path):
    assert tile_path(rows, tile, width) == path


def test_a_missing_tile_is_named(tmp_path):
    Tiles(tmp_path, 0).append(leaves(entries(300)))
    (tmp_path / "tile/0/000").unlink()

    with pytest.raises(TileError, match="tile/0/000"):
        Tiles(tmp_path, 300).hash_at(0, 0)


def test_a_shortened_tile_is_named(tmp_path):
    Tiles(tmp_path, 0).append(leaves(entries(10)))
    path = tmp_path / "tile/0/000.p/10"
    path.write_bytes(path.read_bytes()[:-32])

    with pytest.raises(TileError, match="does not hold"):
        Tiles(tmp_path, 10).root_hash()
