"""Changes: what happened to each provision between two versions, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ChangeKind(StrEnum):
    """What happened to one provision between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    MODIFIED = "modified"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"


class Weight(StrEnum):
    """How much a change matters in law; the order of the members is the order of weight, heaviest first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    EDITORIAL = "editorial"
    REFERENCE = "reference"


class TagName(StrEnum):
    """What an edit touches."""

    MODALITY = "modality"
    DEADLINE = "deadline"
    AMOUNT = "amount"
    PENALTY = "penalty"
    DEFINITION = "definition"
    SCOPE = "scope"
    CONNECTIVE = "connective"
    ACTOR = "actor"
    DATE = "date"
    REFERENCE = "reference"


_TOLD_FIRST = (
    TagName.DEADLINE,
    TagName.PENALTY,
    TagName.AMOUNT,
    TagName.MODALITY,
    TagName.DATE,
    TagName.DEFINITION,
    TagName.SCOPE,
    TagName.CONNECTIVE,
    TagName.ACTOR,
    TagName.REFERENCE,
)
_TOLD_LAST = {TagName.CONNECTIVE, TagName.ACTOR, TagName.REFERENCE}
DAYS_OF_UNIT = {"D": 1.0, "WD": 1.4, "W": 7.0, "M": 30.4, "Y": 365.0, "TH": 1 / 24, "TM": 1 / 1440}
"""How long the units of a normalised duration (``P30D``) are, about, for telling the longer of two."""


class OpKind(StrEnum):
    """One step of a redline; ``fold`` is a difference that never alerts (width, quotes, spaces)."""

    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"
    FOLD = "fold"


@dataclass(frozen=True, slots=True)
class Op:
    """One step of a redline. For a fold, ``text`` is the old spelling and ``new`` the new one."""

    kind: OpKind
    text: str
    new: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """What an edit touches, with the normalised values (``P30D``, ``EUR 35000000``) and the words they came from."""

    tag: TagName
    old: str = ""
    new: str = ""
    old_text: str = ""
    new_text: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of one provision between two versions."""

    kind: ChangeKind
    weight: Weight = Weight.EDITORIAL
    old_unit: str | None = None
    new_unit: str | None = None
    old_eid: str | None = None
    new_eid: str | None = None
    old_citation: str = ""
    new_citation: str = ""
    old_text: str = ""
    new_text: str = ""
    ops: tuple[Op, ...] = ()
    tags: tuple[Tag, ...] = ()
    explanation: str = ""

    @property
    def ranked_tags(self) -> tuple[Tag, ...]:
        """Return the tags, the one to be told first foremost; in every language the same."""
        return tuple(
            sorted(self.tags, key=lambda t: (t.tag in _TOLD_LAST, not (t.old and t.new), _TOLD_FIRST.index(t.tag)))
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes of one pair of readings: the change set.

    ``summary`` counts units, each once (DESIGN section 5); ``pairs`` are all matched eids, old to new, from which
    persistent ids are inherited.
    """

    changes: tuple[Change, ...] = ()
    summary: dict[str, int | str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    replaced: bool = False
