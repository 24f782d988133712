"""The units of a page of redlines: each article once, with its changes, what they mean in a sentence and in chips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from storage.records import Change, ChangeKind, Weight
from tracker.render.comparison_html import redline_html, sides_html
from tracker.wording.change_sentences import sentence
from tracker.wording.claim_chips import Chip, chips_of
from tracker.wording.labels import ENGLISH, Labels

_AROUND = 900  # bytes of markup around a change
_WEIGHTS = tuple(Weight)
_MOST_CHIPS = 8  # of one unit


@dataclass(frozen=True, slots=True)
class RedlineRow:
    """One change as a page shows it: its anchor, the anchor of its unit when it is the first of it, its heading."""

    change: Change
    anchor: str
    unit: str
    title: str
    heading: str
    reference_only: bool
    front: bool

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        if self.change.kind is ChangeKind.RENUMBERED:
            return _AROUND // 3
        edits = sum(len(op.text.encode()) for op in self.change.ops)
        return _AROUND + max(edits, len(self.change.old_text.encode()), len(self.change.new_text.encode()))

    @property
    def inline(self) -> Markup:
        """Its redline."""
        silent = self.change.kind is ChangeKind.RENUMBERED
        return Markup("" if silent else redline_html(self.change))  # noqa: S704 - escaped where it was made

    @property
    def sides(self) -> tuple[Markup, Markup]:
        """Its old words and its new ones."""
        old, new = sides_html(self.change)
        return Markup(old), Markup(new)  # noqa: S704 - escaped where they were made

    def says(self, words: Labels = ENGLISH) -> str:
        """Return what it means, in one sentence of the reader's language."""
        own = "" if words.language == ENGLISH.language else sentence(self.change, words.language)
        return own or self.change.explanation


@dataclass(frozen=True, slots=True)
class RedlineUnit:
    """One unit of the law with all that changed in it; ``kind`` is set where one change is all there is."""

    rows: tuple[RedlineRow, ...]
    citation: str
    formerly: str
    weight: str
    chips: tuple[Chip, ...]
    sentences: tuple[str, ...]

    @property
    def first(self) -> RedlineRow:
        """The first of its changes, which gives it its anchor."""
        return self.rows[0]

    @property
    def kind(self) -> str:
        """What happened to the unit as a whole."""
        kinds = {row.change.kind for row in self.rows}
        if self.first.front:
            return "front"
        whole = all(not (row.change.old_unit and row.change.new_unit) for row in self.rows)
        return kinds.pop().value if len(kinds) == 1 and (whole or len(self.rows) == 1) else "modified"


def units_of(
    rows: Sequence[RedlineRow], olds: Mapping[str, str], news: Mapping[str, str], words: Labels = ENGLISH
) -> list[RedlineUnit]:
    """Return *rows* by unit, in their order; *olds* and *news* are the citations of units in both texts."""
    groups = [tuple(group) for _, group in groupby(rows, key=_unit_key)]
    return [_unit(group, olds, news, words) for group in groups]


def _unit_key(row: RedlineRow) -> tuple[str, str]:
    change = row.change
    if row.front or not (change.old_unit or change.new_unit):
        return row.anchor, ""
    return change.old_unit or "", change.new_unit or ""


def _unit(rows: tuple[RedlineRow, ...], olds: Mapping[str, str], news: Mapping[str, str], words: Labels) -> RedlineUnit:
    change = rows[0].change
    old, new = olds.get(change.old_unit or "", ""), news.get(change.new_unit or "", "")
    if len(rows) == 1:  # nothing else of the unit differs: the one place is told
        old, new = change.old_citation or old, change.new_citation or new
    citation = new or old or rows[0].title
    return RedlineUnit(
        rows=rows,
        citation=citation,
        formerly=old if old and new and old != new else "",
        weight=min((row.change.weight for row in rows), key=_WEIGHTS.index).value,
        chips=tuple(dict.fromkeys(chip for row in rows for chip in chips_of(row.change, words)))[:_MOST_CHIPS],
        sentences=tuple(dict.fromkeys(text for row in rows if (text := row.says(words)))),
    )
