"""Cite an American provision: § 1003.2(a)(1), Sec. 4(b)(i), § 6-1-1702(1)(a)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.eids import CONTAINERS
from tracker.reading.structure.sibling_places import place_of

K = ProvisionKind
_FEDERAL = re.compile(r"^(?:SECTION|SEC\.|Section|Sec\.?)\s", re.I)
_NAMES = {K.APPENDIX: "Appendix", K.SUPPLEMENT: "Supplement", K.RECITAL: "recital"}


def cite(path: Sequence[Draft]) -> str:
    """Return the citation of the last of *path*, which begins at its section or container."""
    attachment = next((i for i, draft in enumerate(path) if draft.kind in _NAMES), None)
    section = next((i for i, draft in enumerate(path) if draft.kind is K.SECTION), max(0, len(path) - 1))
    start = section if attachment is None else attachment
    return "".join(_step(path, depth) for depth in range(start, len(path))).strip(" ,")


def _step(path: Sequence[Draft], depth: int) -> str:
    draft = path[depth]
    if draft.kind is K.SECTION and any(above.kind in _NAMES for above in path[:depth]):
        return f", {draft.label or draft.heading}".rstrip(" .")
    if draft.kind is K.SECTION:
        inside = depth and path[depth - 1].kind is K.SECTION
        return f", § {draft.number}" if inside else _section(draft)
    if draft.kind in _NAMES:
        return f"{_NAMES[draft.kind]} {draft.number}".strip()
    if draft.kind in CONTAINERS:
        return draft.label.rstrip(" .—") or draft.heading
    if draft.kind is K.WRAPUP:
        return " (concluding text)"
    return _by_number(draft, depth) if draft.number else _by_place(path, depth)


def _by_number(draft: Draft, depth: int) -> str:
    label = draft.label.strip("“\"' ")
    return label if label.startswith("(") else f"{', ' if depth else ''}para. {draft.number}"


def _by_place(path: Sequence[Draft], depth: int) -> str:
    """Count an unnumbered paragraph among its parent's; at the top, where it has none, name it by its heading."""
    draft = path[depth]
    place = place_of(draft, path[depth - 1]) if depth else None
    return f", para. {place.of_kind}" if place else _last_line(draft.heading) or "paragraph"


def _last_line(text: str) -> str:
    return text.rpartition("\n")[2]


def _section(draft: Draft) -> str:
    if not draft.number:
        return draft.label.rstrip(" .")
    return f"{'Sec.' if _FEDERAL.match(draft.label) else '§'} {draft.number}"
