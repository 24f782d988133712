"""Merkle tree of an append-only log: root, inclusion proof and consistency proof, hashed as RFC 6962 (9162) says.

A log of *n* leaves is asked for the hashes of its complete subtrees only: ``hash_at(level, index)`` is the hash over
the 2**level leaves from ``index * 2**level`` on. Where these stand (memory, tiles on disk) is not known here. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from storage.log import leaf_hash

HashAt = Callable[[int, int], bytes]
_NODE = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees (RFC 6962, 2.1)."""
    return hashlib.sha256(_NODE + left + right).digest()


def tree_root(size: int, hash_at: HashAt) -> bytes:
    """Return the root over the first *size* leaves."""
    return _range_hash(0, size, hash_at) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, hash_at: HashAt) -> list[bytes]:
    """Return the hashes that lead from leaf *index* to the root over *size* leaves (RFC 6962, 2.1.1).

    Raises ValueError when there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not among {size}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_hash(middle, end, hash_at))
            end = middle
        else:
            proof.append(_range_hash(start, middle, hash_at))
            start = middle
    return proof[::-1]


def consistency_proof(old_size: int, size: int, hash_at: HashAt) -> list[bytes]:
    """Return the hashes that show the log of *old_size* leaves to be the beginning of that of *size* (RFC 6962, 2.1.2).

    Raises ValueError unless 0 < old_size <= size.
    """
    if not 0 < old_size <= size:
        raise ValueError(f"{old_size} leaves are no beginning of {size}")
    proof: list[bytes] = []
    start, end, whole = 0, size, True
    while old_size != end - start:
        middle = _split(end - start)
        if old_size <= middle:
            proof.append(_range_hash(start + middle, end, hash_at))
            end = start + middle
        else:
            proof.append(_range_hash(start, start + middle, hash_at))
            start, old_size, whole = start + middle, old_size - middle, False
    if not whole:
        proof.append(_range_hash(start, end, hash_at))
    return proof[::-1]


def is_included(entry: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether *proof* shows *entry* to be leaf *index* of the log with this *root* (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, value = index, size - 1, leaf_hash(entry)
    for sibling in proof:
        if last == 0:
            return False
        if position % 2 or position == last:
            value = node_hash(sibling, value)
            while position and not position % 2:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root


def is_consistent(old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Return whether *proof* shows the old log to be the beginning of the new one (RFC 9162, 2.1.4.2)."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    position, last = old_size - 1, size - 1
    while position % 2:
        position, last = position >> 1, last >> 1
    old_running = value = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position % 2 or position == last:
            old_running, value = node_hash(sibling, old_running), node_hash(sibling, value)
            while position and not position % 2:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and old_running == old_root and value == root


def new_subtrees(old_size: int, leaves: Sequence[bytes], hash_at: HashAt) -> Iterator[tuple[int, int, bytes]]:
    """Yield (level, index, hash) of every complete subtree that appending the hashes *leaves* makes, lowest first."""
    subtrees: dict[tuple[int, int], bytes] = {}

    def subtree(level: int, index: int) -> bytes:
        value = subtrees.get((level, index))
        return hash_at(level, index) if value is None else value

    for offset, leaf in enumerate(leaves):
        level, index, value = 0, old_size + offset, leaf
        subtrees[level, index] = value
        yield level, index, value
        while index % 2:
            value = node_hash(subtree(level, index - 1), value)
            level, index = level + 1, index >> 1
            subtrees[level, index] = value
            yield level, index, value


def _split(count: int) -> int:
    """Return the largest power of two that is smaller than *count*."""
    return 1 << (count - 1).bit_length() - 1


def _range_hash(start: int, end: int, hash_at: HashAt) -> bytes:
    count = end - start
    if count & (count - 1) == 0:  # a complete subtree: *start* is a multiple of its size wherever a split led here
        return hash_at(count.bit_length() - 1, start // count)
    middle = start + _split(count)
    return node_hash(_range_hash(start, middle, hash_at), _range_hash(middle, end, hash_at))
