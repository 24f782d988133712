"""Superscript and subscript numbers: 10 to the 26th is printed 10²⁶ and must not be read as 1026."""

from __future__ import annotations

import re

_UP = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SCRIPT = re.compile(r"[0-9+\-−]{1,6}")


def superscript(text: str) -> str:
    """Return a raised number as Unicode superscripts, so that 10²⁵ does not become 1025; other text as it is."""
    return text.strip().translate(_UP) if _SCRIPT.fullmatch(text.strip()) else text


def subscript(text: str) -> str:
    """Return a lowered number as Unicode subscripts; other text as it is."""
    return text.strip().translate(_DOWN) if text.strip().isdecimal() else text
