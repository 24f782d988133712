"""What one sentence of an amending act says: its action, the places it names, and where its words stand."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.amending.operations import Action, Level, Place, Target


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one sentence says: the action, the target in steps from the outside in, and the anchor of an insertion.

    ``targets`` holds every place that bears the same; ``says_several`` is set when it does several things at once.
    """

    action: Action | None = None
    amended: bool = False
    target: Target = ()
    targets: tuple[Target, ...] = ()
    level: Level | None = None
    anchor: Target = ()
    anchor_place: Place | None = None
    anchor_at: int = -1
    at_end: bool = False
    between: bool = False
    everywhere: bool = False
    attachment: str = ""
    verb_at: int = 0
    word_places: tuple[int, ...] = ()
    clause: str = ""
    vague: tuple[str, ...] = ()
    says_several: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One place a sentence names; one that ``is_beside`` another shares the places around it: "3(b) and 4(c)"."""

    start: int
    end: int
    steps: Target
    number: bool = True
    anchor: Place | None = None
    is_beside: bool = False
