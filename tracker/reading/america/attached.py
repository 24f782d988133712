"""What stands in an appendix or a supplement: sections by their headings, comments by their numbers ("1.", "i.")."""

from __future__ import annotations

import re

from storage.records import ProvisionKind
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.numbers import roman_to_int

K = ProvisionKind
_HEADING = re.compile(
    r"^(?P<label>(?:Section|Comment|Paragraph)\s+(?P<named>\d[\w.()\-]*)|(?P<counted>[IVX]{1,5}|[A-Z])\.|"
    r"(?P<coded>[A-Z]{1,2}-\d{1,3}(?:\([a-z0-9]{1,3}\))?))\s*[—–-]?\s*"
)
_SHORT_LINE = re.compile(r"[^:;\n]{2,90}")
_LOWEST = 9
_ITEM = re.compile(r"^(?P<label>(?P<number>\d{1,3}|[ivx]{1,6}|[A-Za-z])\.)\s+(?=\S)")


class Attachment:
    """An appendix or supplement under construction, filled from its headings and paragraphs in order."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.sections: list[tuple[int, Draft]] = [(0, draft)]
        self.items: list[tuple[str, Draft]] = []

    def heading(self, level: int, text: str) -> None:
        """Open a section below the headings of higher rank; level 1 is the highest."""
        while len(self.sections) > 1 and self.sections[-1][0] >= level:
            self.sections.pop()
        match = _HEADING.match(text)
        number = (match["named"] or match["counted"] or match["coded"]) if match else ""
        section = Draft(K.SECTION, number, match["label"] if match else "", text[match.end() :] if match else text)
        self.sections[-1][1].children.append(section)
        self.sections.append((level, section))
        self.items = []

    def paragraph(self, text: str) -> None:
        """Add a paragraph: with a number below its like, without one below what it follows."""
        match = _ITEM.match(text)
        if match is None:
            self._open().children.append(Draft(K.PARAGRAPH, text=text))
            return
        if match["number"] == "1":
            self._head_with_last()
        style = self._style(match["number"])
        place = next(
            (i for i, (style_of_level, _) in enumerate(self.items) if style_of_level == style), len(self.items)
        )
        del self.items[place:]
        kind = K.POINT if self.items else K.PARAGRAPH
        comment = Draft(kind, match["number"].lower(), match["label"], text=text[match.end() :])
        self._open().children.append(comment)
        self.items.append((style, comment))

    def _head_with_last(self) -> None:
        """Take the short line above a first comment ("1(c) Scope.") as the heading it is."""
        above = self._open().children
        if above and not above[-1].number and not above[-1].children and _SHORT_LINE.fullmatch(above[-1].text):
            self.heading(_LOWEST, above.pop().text)

    def _open(self) -> Draft:
        return self.items[-1][1] if self.items else self.sections[-1][1]

    def _style(self, number: str) -> str:
        if number.isdecimal():
            return "1"
        if number.isupper():
            return "A"
        last = next((draft.number for style, draft in self.items if style == "a"), "")
        follows = len(number) == 1 and last != "" and ord(number) == ord(last[0]) + 1
        return "i" if roman_to_int(number) is not None and not follows else "a"
