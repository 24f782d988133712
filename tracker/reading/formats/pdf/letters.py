"""Take the letters of a PDF page with their boxes; letters with a line drawn through them are struck."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

MOST_OBJECTS = 50_000
_THIN = 2.2
_STRIKE_ZONE = (0.33, 0.78)
_SOFT_HYPHEN = {0x02: 0x2D, 0xFFFE: 0x2D, 0xAD: 0x2D}
_TILT = 0.1


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character with its advance box; ``space`` says that a printed space stands before it."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    index: int
    space: bool
    is_struck: bool
    is_turned: bool


def letters_of(textpage: Any, strikes: list[tuple[float, float, float]], most: int) -> Iterator[Glyph]:
    """Yield the letters of *textpage* in the order they are printed; spaces and line ends become ``space``."""
    raw = textpage.raw
    rect = pdfium_c.FS_RECTF()
    space = False
    for index in range(min(pdfium_c.FPDFText_CountChars(raw), most)):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        code = _SOFT_HYPHEN.get(code, code)
        if code <= 0x20 or code in {0xA0, 0x200B, 0xFEFF} or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            space = True
            continue
        if not pdfium_c.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(rect)):
            continue
        size = float(rect.top - rect.bottom)
        angle = pdfium_c.FPDFText_GetCharAngle(raw, index)
        is_turned = _TILT < angle < 6.283 - _TILT
        is_struck = bool(strikes) and _is_struck(rect, strikes)
        yield Glyph(chr(code), rect.left, rect.right, rect.bottom, rect.top, size, index, space, is_struck, is_turned)
        space = False


def strikes_of(page: Any) -> list[tuple[float, float, float]]:
    """Return the thin horizontal lines drawn on *page* as (height, left, right), lowest first."""
    glyphs = []
    for count, item in enumerate(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=2)):
        if count >= MOST_OBJECTS:
            break
        left, bottom, right, top = item.get_bounds()
        if top - bottom <= _THIN and right - left > 2 * (top - bottom):
            glyphs.append(((bottom + top) / 2, left, right))
    return sorted(glyphs)


def font_is_bold(textpage: Any, index: int) -> bool:
    """Return whether the letter at *index* is set in a bold face, by the name of its font."""
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = pdfium_c.FPDFText_GetFontInfo(textpage.raw, index, name, 128, ctypes.byref(flags))
    return 0 < length <= 128 and b"bold" in name.value.lower()


def _is_struck(rect: Any, strikes: list[tuple[float, float, float]]) -> bool:
    height = rect.top - rect.bottom
    low, high = (rect.bottom + share * height for share in _STRIKE_ZONE)
    middle = (rect.left + rect.right) / 2
    for place in range(bisect_left(strikes, (low, 0.0, 0.0)), len(strikes)):
        at, left, right = strikes[place]
        if at > high:
            return False
        if left - 0.5 <= middle <= right + 0.5:
            return True
    return False
