"""Print the practice gazettes: ``python -m crawlers.practice.make_gazette``.

The PDFs are committed; this script is run again only when a law file or ``gazettes.toml`` changes. It needs two
things that are no dependencies of the project: reportlab (``pip install reportlab``) and a Devanagari font
(Debian: ``apt-get install fonts-lohit-deva``), whose path is its one argument.
"""

from __future__ import annotations

import sys
import tomllib
from importlib import import_module
from typing import Any

from crawlers.practice.texts import ROOT, law

_FOLDER = ROOT / "meity"
_HINDI = "Gazette-Hindi"
_ENGLISH = "Times-Roman"
_LEFT, _TOP, _BOTTOM, _WIDTH = 72, 770, 72, 451
_LINE_HEIGHT = 19
_A4 = (595.3, 841.9)


def main(font: str) -> None:
    """Print every gazette of ``gazettes.toml``."""
    _reportlab("pdfbase.pdfmetrics").registerFont(_reportlab("pdfbase.ttfonts").TTFont(_HINDI, font))
    for gazette in tomllib.loads((_FOLDER / "gazettes.toml").read_text(encoding="utf-8"))["gazette"]:
        for name, day in gazette["files"].items():
            _Gazette(gazette, name, day).save()


def _reportlab(module: str) -> Any:
    """Import a part of reportlab: only now, because the project itself does without it."""
    return import_module(f"reportlab.{module}")


class _Gazette:
    """One gazette on paper: first page in both languages, Hindi, then English, with running heads."""

    def __init__(self, facts: dict[str, Any], name: str, day: int) -> None:
        self._facts = facts
        self._law = law("meity", facts["law"], day)
        # invariant: the same bytes every time
        self._canvas = _reportlab("pdfgen.canvas").Canvas(str(_FOLDER / name), pagesize=_A4, invariant=1)
        self._canvas.setTitle(facts["id"])
        self._page = 1
        self._y = _TOP

    def save(self) -> None:
        """Print all pages."""
        self._front()
        self._hindi()
        self._turn()
        self._english()
        self._canvas.save()

    def _front(self) -> None:
        facts = self._facts
        self._line("xxxGIDHxxx")
        self._line("xxxGIDExxx")
        self._line("REGISTERED No. D. L.-00000/00")
        self._centre("भारत का राजपत्र", _HINDI, 20)
        self._centre("The Gazette of India", _ENGLISH, 20)
        self._line(f"{facts['id']}")
        self._centre("असाधारण", _HINDI, 12)
        self._centre("EXTRAORDINARY", _ENGLISH, 12)
        self._centre("भाग II—खण्ड 3—उप-खण्ड (i)", _HINDI, 11)
        self._centre("PART II—Section 3—Sub-section (i)", _ENGLISH, 11)
        self._centre("प्राधिकार से प्रकाशित", _HINDI, 11)
        self._centre("PUBLISHED BY AUTHORITY", _ENGLISH, 11)
        self._line(f"{facts['number']}] {facts['printed']}")

    def _hindi(self) -> None:
        facts = self._facts
        self._centre("इलेक्ट्रॉनिकी और सूचना प्रौद्योगिकी मंत्रालय", _HINDI, 12)
        self._centre(facts["kind_hindi"], _HINDI, 12)
        for text in (facts["dated_hindi"], facts["opening_hindi"], *facts["hindi"]):
            self._paragraph(text, _HINDI)

    def _english(self) -> None:
        facts = self._facts
        self._centre("MINISTRY OF ELECTRONICS AND INFORMATION TECHNOLOGY", _ENGLISH, 12)
        self._centre(facts["kind"], _ENGLISH, 12)
        self._centre(facts["dated"], _ENGLISH, 11)
        first, *rest = self._law.splitlines()
        opening = facts["opening"]
        one_line = opening.endswith("(E).—")  # a corrigendum begins on the line of its number
        for text in [opening + first, *rest] if one_line else [opening, first, *rest]:
            if text.isupper() or text.startswith("["):
                self._centre(text, _ENGLISH, 11)
            else:
                self._paragraph(text, _ENGLISH)
        self._line(facts["file_number"])
        self._line(facts["signed"])
        self._line("Uploaded by Dte. of Printing at Government of India Press, Practice Road")
        self._line("and Published by the Controller of Publications, Delhi.")

    def _paragraph(self, text: str, font: str) -> None:
        for line in _reportlab("lib.utils").simpleSplit(text, font, 11, _WIDTH):
            self._line(line, font)

    def _line(self, text: str, font: str = _ENGLISH) -> None:
        self._room()
        self._canvas.setFont(font, 11)
        self._canvas.drawString(_LEFT, self._y, text)
        self._y -= _LINE_HEIGHT

    def _centre(self, text: str, font: str, size: int) -> None:
        self._room()
        self._canvas.setFont(font, size)
        self._canvas.drawCentredString(_LEFT + _WIDTH / 2, self._y, text)
        self._y -= _LINE_HEIGHT + size - 10

    def _room(self) -> None:
        if self._y < _BOTTOM:
            self._turn()

    def _turn(self) -> None:
        """Turn the page: page number outside, as gazettes print it, so left and right pages differ."""
        self._canvas.showPage()
        self._page += 1
        name, part = "THE GAZETTE OF INDIA : EXTRAORDINARY", "[PART II—SEC. 3(i)]"
        pieces = (str(self._page), name, part) if self._page % 2 == 0 else (part, name, str(self._page))
        self._canvas.setFont(_ENGLISH, 10)
        self._canvas.drawString(_LEFT, _TOP + 24, pieces[0])
        self._canvas.drawCentredString(_LEFT + _WIDTH / 2, _TOP + 24, pieces[1])
        self._canvas.drawRightString(_LEFT + _WIDTH, _TOP + 24, pieces[2])
        self._y = _TOP


if __name__ == "__main__":
    main(sys.argv[1])
