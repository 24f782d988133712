"""The nouns of amending: a target as printed, an instruction as read, an operation as judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.records import Provision


class Action(StrEnum):
    """What an amendment instruction does to the text it amends (Akoma Ntoso: a textual modification)."""

    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"
    SUBSTITUTE_WORDS = "substitute_words"
    STRIKE_WORDS = "strike_words"
    RENUMBER = "renumber"
    MOVE = "move"
    REPLACE_HEADING = "replace_heading"


class Place(StrEnum):
    """Where inserted text goes, seen from the target of its instruction."""

    BEFORE = "before"
    AFTER = "after"
    AT_END = "at_end"


class OperationStatus(StrEnum):
    """Whether an instruction was carried out or left open."""

    APPLIED = "applied"
    ABSTAINED = "abstained"


class Level(StrEnum):
    """The kind of place a target names; the traditions call several kinds of provision by one word."""

    ACT = "act"
    CONTAINER = "container"
    UNIT = "unit"
    ANNEX = "annex"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    POINT = "point"
    ANY = "any"
    SENTENCE = "sentence"
    TERM = "term"
    ROW = "row"
    LEAD = "lead"
    HEADING = "heading"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class TargetStep:
    """One step of a target: a level and the numbers printed ("points (a) to (c)"), or places counted.

    ``numbers`` holds pairs, first and last of a range; ``places`` counts from 1, and -1 is the last.
    """

    level: Level
    numbers: tuple[tuple[str, str], ...] = ()
    places: tuple[int, ...] = ()
    word: str = ""


Target = tuple[TargetStep, ...]


@dataclass(frozen=True, slots=True)
class Instruction:
    """One amendment instruction as read: action, target in steps, words and quoted lines, not yet resolved.

    ``last_only`` is set when the words stand at the end of the place; ``with_lead`` when the words that announce a list
    go with its points; ``together`` when one sentence does the same at several places, all or none. ``level`` and
    ``number`` say what is inserted or what a target becomes; ``text_apart`` is new text set out apart, with stars for
    what stays; ``why`` is set when the words could not be read as an instruction: it is abstained from.
    """

    action: Action
    target: Target
    basis: str
    basis_eid: str
    place: Place | None = None
    anchor: Target = ()
    old_words: str = ""
    new_words: str = ""
    quotation: tuple[str, ...] = ()
    level: Level | None = None
    number: str = ""
    each_place: bool = False
    last_only: bool = False
    with_lead: bool = False
    together: bool = False
    attachment: str = ""
    times: int = 1
    as_printed: Provision | None = None
    text_apart: Provision | None = None
    struck_words: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One amendment instruction of an amending act, with its target in the base and what became of it."""

    action: Action
    target_eid: str | None
    basis: str
    basis_eid: str
    place: Place | None = None
    old_words: str = ""
    new_text: str = ""
    effective_on: date | None = None
    status: OperationStatus = OperationStatus.APPLIED
    why: str | None = None
