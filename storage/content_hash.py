"""Content hash: what a reading or a comparison says, so that the log can bind its words and not only its name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from storage.records import Comparison, Reading
from storage.serialise import to_json


def reading_bytes(reading: Reading) -> bytes:
    """Return all that was read, word for word: a line of JSON for its facts, and one for each provision with its depth.

    Persistent ids are ours and may be given later: they are left out.
    """
    lines = [_bytes(replace(reading, provisions=()))]
    waiting = [(0, provision) for provision in reversed(reading.provisions)]
    while waiting:  # a tree may be deeper than calls may be
        depth, provision = waiting.pop()
        lines.append(b"%d " % depth + _bytes(replace(provision, pid="", children=())))
        waiting += [(depth + 1, child) for child in reversed(provision.children)]
    return b"\n".join(lines)


def comparison_bytes(comparison: Comparison) -> bytes:
    """Return all that was found between two versions, word for word, as one line of JSON.

    >>> comparison_bytes(Comparison((), {"weight": "high"}))
    b'{"changes":[],"summary":{"weight":"high"}}'
    """
    return _bytes(comparison)


def reading_sha256(reading: Reading) -> str:
    """Return the hash of all that was read."""
    return hashlib.sha256(reading_bytes(reading)).hexdigest()


def comparison_sha256(comparison: Comparison) -> str:
    """Return the hash of all that was found between two versions."""
    return hashlib.sha256(comparison_bytes(comparison)).hexdigest()


def _bytes(noun: Any) -> bytes:
    return to_json(noun).encode("utf-8", "surrogatepass")
