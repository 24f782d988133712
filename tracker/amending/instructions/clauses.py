"""Part a sentence that instructs several things into clauses: "by striking (c) and redesignating (d) as (c)"."""

from __future__ import annotations

import re

_VERBS = "redesignating|striking|adding|moving|inserting|removing|revising"
_FRAME_ENDS = re.compile(rf"^[^⟦]*?\bby:?\s+(?=(?:{_VERBS})\b)", re.I)
_NEXT = re.compile(
    r",?\s+and\s+(?:by\s+)?(?=(?:redesignating|striking|adding|moving|removing|revising)\b)"
    rf"|[,;]\s+(?:and\s+)?by\s+(?=(?:{_VERBS})\b)"
    r"|\s+and\s+by\s+(?=inserting\b)",
    re.I,
)


def clauses(clause_text: str) -> list[str]:
    """Return the clauses of *clause_text*, a sentence whose quotations are marks, each with the frame they share.

    >>> clauses("Section 3 is amended by striking ⟦0⟧ and inserting ⟦1⟧ and by striking ⟦2⟧")
    ['Section 3 is amended by striking ⟦0⟧ and inserting ⟦1⟧', 'Section 3 is amended by striking ⟦2⟧']
    """
    frame = _FRAME_ENDS.search(clause_text)
    start = frame.end() if frame else 0
    head, rest = clause_text[:start], clause_text[start:]
    cuts = [0, *(hit.end() for hit in _NEXT.finditer(rest)), len(rest)]
    ends = [*(hit.start() for hit in _NEXT.finditer(rest)), len(rest)]
    return [f"{head}{rest[begin:end]}" for begin, end in zip(cuts, ends, strict=False)]
