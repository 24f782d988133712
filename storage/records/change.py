"""Changes: what happened to each provision between two versions, and how much it matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
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


TOLD_FIRST = (
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


class ClaimKind(StrEnum):
    """What a change may say of the law; additions are welcome, names are never reused."""

    DUTY_ADDED = "duty_added"
    DUTY_REMOVED = "duty_removed"
    DUTY_STRENGTHENED = "duty_strengthened"
    DUTY_WEAKENED = "duty_weakened"
    PROHIBITION_ADDED = "prohibition_added"
    PROHIBITION_REMOVED = "prohibition_removed"
    PERMISSION_ADDED = "permission_added"
    PERMISSION_REMOVED = "permission_removed"
    DEADLINE_SHORTENED = "deadline_shortened"
    DEADLINE_EXTENDED = "deadline_extended"
    DEADLINE_CHANGED = "deadline_changed"
    DEADLINE_SET = "deadline_set"
    DEADLINE_DROPPED = "deadline_dropped"
    PENALTY_RAISED = "penalty_raised"
    PENALTY_LOWERED = "penalty_lowered"
    PENALTY_CHANGED = "penalty_changed"
    PENALTY_ADDED = "penalty_added"
    PENALTY_REMOVED = "penalty_removed"
    AMOUNT_RAISED = "amount_raised"
    AMOUNT_LOWERED = "amount_lowered"
    AMOUNT_CHANGED = "amount_changed"
    THRESHOLD_RAISED = "threshold_raised"
    THRESHOLD_LOWERED = "threshold_lowered"
    THRESHOLD_CHANGED = "threshold_changed"
    AGE_CHANGED = "age_changed"
    TERM_CHANGED = "term_changed"
    SCOPE_WIDENED = "scope_widened"
    SCOPE_NARROWED = "scope_narrowed"
    SCOPE_CHANGED = "scope_changed"
    LIST_EXTENDED = "list_extended"
    LIST_SHORTENED = "list_shortened"
    EXCEPTION_ADDED = "exception_added"
    EXCEPTION_REMOVED = "exception_removed"
    CONDITION_ADDED = "condition_added"
    CONDITION_REMOVED = "condition_removed"
    CONNECTIVE_CHANGED = "connective_changed"
    DEFINITION_ADDED = "definition_added"
    DEFINITION_CHANGED = "definition_changed"
    DEFINITION_REMOVED = "definition_removed"
    ACTOR_ADDED = "actor_added"
    ACTOR_REMOVED = "actor_removed"
    ACTOR_CHANGED = "actor_changed"
    DATE_MOVED = "date_moved"
    REFERENCE_RETARGETED = "reference_retargeted"
    REFERENCE_DANGLING = "reference_dangling"
    WORDS_MOVED = "words_moved"
    RECAST = "recast"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a change says, checked against both texts before it is told; sentences are made of claims.

    ``old`` and ``new`` are normal values (``P30D``, ``CNY 50000``, ``obligation``), ``old_text`` and ``new_text`` the
    words they rest on, ``subject`` what the claim is about, ``unit`` what a count counts or which bound is meant.
    """

    claim: ClaimKind
    subject: str = ""
    old: str = ""
    new: str = ""
    old_text: str = ""
    new_text: str = ""
    unit: str = ""
    eid: str | None = None
    scope: str | None = None


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
    claims: tuple[Claim, ...] = ()

    @property
    def ranked_tags(self) -> tuple[Tag, ...]:
        """Return the tags, the one to be told first foremost; in every language the same."""
        return tuple(
            sorted(self.tags, key=lambda t: (t.tag in _TOLD_LAST, not (t.old and t.new), TOLD_FIRST.index(t.tag)))
        )


@dataclass(frozen=True, slots=True)
class DateChange:
    """A legal date of one scope in both versions: postponed, brought forward, added or dropped (``move``)."""

    kind: str
    scope: str
    old: date | None
    new: date | None
    move: str
    eid: str | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class AmendingAct:
    """The act that made a change set, as the text, its history note or a relation names it.

    Of several the latest stands here; ``others`` counts the earlier ones.
    """

    title: str = ""
    number: str = ""
    on: date | None = None
    basis: str = ""
    others: int = 0

    @property
    def is_corrigendum(self) -> bool:
        """Return whether the act only corrects the law."""
        return self.title.lower().startswith(("corrigend", "rectif", "bericht"))


@dataclass(frozen=True, slots=True)
class Effect:
    """From when a change set counts; no day means that it is not stated."""

    on: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes of one pair of readings: the change set.

    ``summary`` counts units, each once (DESIGN section 5); ``pairs`` are all matched eids, old to new, from which
    persistent ids are inherited. ``summary_text`` says the most important in one to three sentences.
    """

    changes: tuple[Change, ...] = ()
    summary: dict[str, int | str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    replaced: bool = False
    summary_text: str = ""
    amended_by: AmendingAct | None = None
    effect: Effect = Effect()
    dates: tuple[DateChange, ...] = ()
