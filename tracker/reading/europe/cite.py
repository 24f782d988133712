"""How a lawyer cites a provision of the Union: "Article 5(1)(a)", "Annex III, point 1(a)"."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.sibling_places import place_of

K = ProvisionKind
_UNITS = frozenset({K.ARTICLE, K.ANNEX, K.RECITAL, K.APPENDIX})
_BRACKET_KINDS = frozenset({K.PARAGRAPH, K.POINT})
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PLACES = {K.PARAGRAPH: "paragraph", K.SUBPARAGRAPH: "subparagraph", K.POINT: "indent", K.WRAPUP: "final part"}


def cite(path: Sequence[Draft]) -> str:
    """Return how the last of *path* is cited; an unnumbered piece by its place ("second subparagraph")."""
    start = max((i for i, draft in enumerate(path) if draft.kind in _UNITS), default=len(path) - 1)
    unit = path[start]
    text = f"Recital {unit.number}" if unit.kind is K.RECITAL else unit.label or unit.heading
    inside_annex = any(draft.kind in {K.ANNEX, K.APPENDIX} for draft in path[: start + 1])
    in_brackets = not inside_annex
    for parent, draft in zip(path[start:], path[start + 1 :], strict=False):
        if draft.number and draft.kind in _BRACKET_KINDS:
            text += f"({draft.number})" if in_brackets else f", point {draft.number}"
            in_brackets = True
        elif draft.kind in _PLACES:
            text += f", {_place(parent, draft)}"
        else:
            text += f", {draft.label or draft.heading}"
    return text


def _place(parent: Draft, draft: Draft) -> str:
    if draft.kind is K.WRAPUP:
        return _PLACES[K.WRAPUP]
    place = place_of(draft, parent)
    index = place.unnumbered - 1 if place and not draft.number else 0
    return (
        f"{_ORDINALS[index]} {_PLACES[draft.kind]}" if index < len(_ORDINALS) else f"{_PLACES[draft.kind]} {index + 1}"
    )
