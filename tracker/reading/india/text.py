"""Small things every module of this tradition asks of text: its script, its quotes, its wrapped lines."""

from __future__ import annotations

import re

_DASHES = str.maketrans({"⎯": "—", "―": "—", "–": "—", "−": "—", "─": "—"})
_WRAPPED_HYPHEN = re.compile(r"(?<=\w)-\s*\n\s*(?=[a-z])")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_LATIN = re.compile(r"[A-Za-z]")
_SPACED_MARK = re.compile(r"\( (\d{1,3}[A-Z]{0,2}|[a-z]{1,4}|[A-Z]{1,2}|[IVX]{1,5}) \)")
_SPACED_NUMBER = re.compile(r"^A\s?CT N\s?O\s?\.(?=\s?\d)")
_SPACES = re.compile(r"\s+")


def closed_up(text: str) -> str:
    """Return *text* without the spaces that an extractor leaves in a marker and in a number: ( 1 ), ( a ), A CT N O.13.

    >>> closed_up("2. Bank. — ( 1 ) In sub - section ( 2 ), ( a ) the Bank"), closed_up("A CT N O.13 OF 1983")
    ('2. Bank. — (1) In sub-section (2), (a) the Bank', 'ACT NO.13 OF 1983')
    """
    if "( " in text:
        text = _SPACED_MARK.sub(r"(\1)", text)
    if "sub - " in text:
        text = text.replace("sub - ", "sub-")
    return _SPACED_NUMBER.sub("ACT NO.", text)


def flow(text: str) -> str:
    """Return wrapped *text* as one line, but for a word broken by a hyphen: there the line's end stays.

    Only the other version of the text can tell whether the hyphen is the word's own; the comparison folds either.
    """
    return _SPACES.sub(" ", _WRAPPED_HYPHEN.sub("-\0", text)).replace("\0", "\n").strip()


def fold_dashes(text: str) -> str:
    """Return *text*, character for character, with every long dash as an em dash."""
    return text.translate(_DASHES)


def hindi_share(text: str) -> float:
    """Return the share of Devanagari among the letters of *text*, 0 to 1."""
    devanagari = len(_DEVANAGARI.findall(text))
    return devanagari / (devanagari + len(_LATIN.findall(text))) if devanagari else 0.0
