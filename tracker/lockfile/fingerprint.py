"""The fingerprint of a provision: a hash of its words, which no new template, width or quote changes. Pure."""

from __future__ import annotations

import hashlib
import re

from storage.records import Provision
from tracker.compare.normal import fold

_SPACE = re.compile(r"\s+")


def words_of(provision: Provision) -> str:
    """Return what a provision says with all that stands below it, a line for each piece, without its own number."""
    pieces = [provision.heading, provision.text]
    for child in provision.children:
        pieces += [f"{piece.label} {piece.heading} {piece.text}" for piece in child.walk()]
    return "\n".join(filter(None, (_SPACE.sub(" ", piece).strip() for piece in pieces)))


def fingerprint(provision: Provision) -> str:
    """Return the hash of the words of *provision* in compare-normal spelling, without spaces, labels and numbers."""
    pieces = [text for piece in provision.walk() for text in (piece.heading, piece.text)]
    letters = _SPACE.sub("", fold(" ".join(pieces)))
    return hashlib.sha256(letters.encode()).hexdigest()
