"""A planted case: two laws, the claims that are true of their difference, and those allowed beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.records import ClaimKind as C
from storage.records import Reading

NEUTRAL = frozenset({C.REWORDED, C.RECAST, C.WORDS_MOVED})
Value = tuple[str, str, float]
Body = list[str | tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Truth:
    """One true claim: a kind that may be told of it, and the values it must give (empty: any)."""

    kinds: frozenset[C]
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class SentenceCase:
    """Two laws, what is true of their difference, and which claims are allowed beside it."""

    id: str
    family: str
    style: str
    old: Reading
    new: Reading
    truths: tuple[Truth, ...] = ()
    harmless: frozenset[C] = NEUTRAL
    only_references: bool = False  # references only: no weight above reference may be told
    rows: tuple[tuple[str, str, str], ...] = ()  # dates that move: old, new, how


@dataclass
class Edit:
    """A planted edit: the paragraphs before and after, what is true of it, and what may be told beside."""

    old: Body
    new: Body
    truths: tuple[Truth, ...] = ()
    harmless: frozenset[C] = field(default=NEUTRAL)
