"""References that a line breaks off: a word that a number must follow, so that the next line begins no unit."""

from __future__ import annotations

import re

_REFERENCE = re.compile(
    r"\b(?:(?:sub-?\s?)?(?:sections?|rules?|clauses?|regulations?|paragraphs?|items?)|articles?|paras?|forms?|and|or|to|of)"
    r"\s*$",
    re.IGNORECASE,
)


def ends_in_reference(text: str) -> bool:
    """Return whether *text* breaks off where a number must follow: "… of sub-rule"."""
    return _REFERENCE.search(text[-40:]) is not None
