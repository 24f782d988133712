"""Small things every module of this tradition asks of text: its script, its quotes, its wrapped lines."""

from __future__ import annotations

import re

_DASHES = str.maketrans({"⎯": "—", "―": "—", "–": "—", "−": "—", "─": "—"})
_WRAPPED_HYPHEN = re.compile(r"(?<=\w)-\s*\n\s*(?=[a-z])")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_LATIN = re.compile(r"[A-Za-z]")
_REFERENCE = re.compile(
    r"\b(?:(?:sub-?\s?)?(?:sections?|rules?|clauses?|regulations?|paragraphs?|items?)|articles?|paras?|forms?|and|or|to|of)"
    r"\s*$",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")


def flow(text: str) -> str:
    """Return wrapped *text* as one line, but for a word broken by a hyphen: there the line's end stays.

    Only the other version of the text can tell whether the hyphen is the word's own; the comparison folds either.
    """
    return _SPACES.sub(" ", _WRAPPED_HYPHEN.sub("-\0", text)).replace("\0", "\n").strip()


def ends_in_reference(text: str) -> bool:
    """Say whether *text* breaks off where a number must follow: "… of sub-rule"."""
    return _REFERENCE.search(text[-40:]) is not None


def fold_dashes(text: str) -> str:
    """Return *text*, character for character, with every long dash as an em dash."""
    return text.translate(_DASHES)


def hindi_share(text: str) -> float:
    """Return the share of Devanagari among the letters of *text*, 0 to 1."""
    devanagari = len(_DEVANAGARI.findall(text))
    return devanagari / (devanagari + len(_LATIN.findall(text))) if devanagari else 0.0
