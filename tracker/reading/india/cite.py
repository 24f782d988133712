"""Cite as an Indian lawyer does: ``rule 3(1)(a)``, ``proviso to section 9(1)``, ``First Schedule, Part A``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.reading.structure.draft import Draft

K = ProvisionKind
_NAMES = {
    K.RULE: "rule",
    K.SECTION: "section",
    K.REGULATION: "regulation",
    K.ARTICLE: "article",
    K.PARAGRAPH: "paragraph",
    K.CHAPTER: "Chapter",
    K.PART: "Part",
}
_BRACKET_KINDS = frozenset({K.SUBSECTION, K.SUBPARAGRAPH, K.CLAUSE, K.SUBCLAUSE, K.ITEM})
_UNITS = frozenset({K.RULE, K.SECTION, K.REGULATION, K.ARTICLE})
_TO = {
    K.PROVISO: "proviso to",
    K.EXPLANATION: "Explanation to",
    K.ILLUSTRATION: "Illustration to",
    K.WRAPUP: "closing words of",
}
_ATTACHMENT_KINDS = frozenset({K.SCHEDULE, K.ANNEX, K.APPENDIX})


def cite(path: Sequence[Draft]) -> str:
    """Return how a lawyer cites the last of *path*, which begins at the article or container."""
    citation = ""
    unit = next((place for place, step in enumerate(path) if step.kind in _UNITS), 0)
    for step in path[unit:]:
        citation = _step(citation, step)
    return citation


def _step(citation: str, step: Draft) -> str:
    if step.kind in _TO:
        to = f"{_TO[step.kind]} {citation}".strip()
        return to.replace("Explanation to", f"Explanation {step.number} to", 1) if step.number else to
    if step.kind in _ATTACHMENT_KINDS:
        name = re.sub(r"^the\s+", "", step.label.strip(". "), flags=re.IGNORECASE)
        return " ".join(word.capitalize() if len(word) > 3 else word for word in name.split())
    if step.kind in _BRACKET_KINDS:
        return f"{citation}({step.number})" if citation else f"item ({step.number})"
    if step.kind is K.PARAGRAPH and not step.number:
        return citation
    name = f"{_NAMES.get(step.kind, step.kind.value)} {step.number}".strip()
    return f"{citation}, {name}" if citation else name
