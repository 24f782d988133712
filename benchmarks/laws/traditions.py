"""The drafting traditions laws are made in: what their places are called, and by which ids a reader must find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from benchmarks.laws.model import Article, Law, Part, Place, Ref, Slot, Words

_CHINESE = "零一二三四五六七八九"


@dataclass(frozen=True)
class Tradition:
    """One way of drafting. The ``…_step`` words are those of eids; labels are what is printed."""

    name: str
    jurisdiction: str
    language: str
    law_word: str
    unit: str  # of eids: art, sec
    paragraph_step: str  # of a numbered paragraph
    item_step: str  # of an item below one
    sole_item_step: str  # of an item in a unit of one paragraph
    item_ends: tuple[str, str, str]
    definitions_head: tuple[str, str]  # the words before the definitions, and the heading
    commencement: str
    skins: tuple[str, ...]
    numbered_definitions: bool = False
    part: str = ""  # a CFR section number has its part before it

    def join(self, sentences: Sequence[Words]) -> Words:
        """Return sentences as one text."""
        parts: list[Part] = []
        for number, sentence in enumerate(sentences):
            parts += [" "] * (number > 0 and self.language != "zh") + list(sentence)
        return tuple(parts)

    def number(self, position: tuple[int, int]) -> str:
        """Return the number of an article as it is printed in running text."""
        base, suffix = position
        if self.language == "zh":
            return f"第{numeral(base)}条" + (f"之{numeral(suffix)}" if suffix else "")
        letter = ascii_lowercase[suffix - 1] if suffix else ""
        return f"{self.part}{base}{letter.upper() if self.jurisdiction == 'in' else letter}"

    def reference(self, position: tuple[int, int]) -> str:
        """Return a reference to an article."""
        before = {"cn": "", "eu": "artikel " if self.language == "nl" else "Article ", "us": "§ ", "in": "section "}
        return before[self.jurisdiction] + self.number(position)

    def unit_eid(self, position: tuple[int, int]) -> str:
        """Return the eid a reader must give an article."""
        base, suffix = position
        if self.language == "zh":
            return f"art_{base}" + (f"-{suffix}" if suffix else "")
        return f"{self.unit}_{self.part}{base}{ascii_lowercase[suffix - 1] if suffix else ''}"

    def leaf_eid(self, law: Law, place: Place) -> str:
        """Return the eid a reader must give a paragraph or item."""
        article = law.article(place.uid)
        unit = self.unit_eid(law.numbers()[place.uid])
        several = len(article.paragraphs) > 1
        paragraph = f"__{self.paragraph_step}_{self.paragraph_number(place.paragraph)}" if several else ""
        if place.item is None:
            return unit + paragraph
        step = self.item_step if several else self.sole_item_step
        return f"{unit}{paragraph}__{step}_{self.item_number(article, place.item)}"

    def paragraph_number(self, place: int) -> str:
        """Return the folded number of a paragraph."""
        return ascii_lowercase[place] if self.jurisdiction == "us" else str(place + 1)

    def item_number(self, article: Article, place: int) -> str:
        """Return the folded number of an item."""
        several = len(article.paragraphs) > 1
        digits = self.language == "zh" or (self.jurisdiction == "us" and several)
        if digits or (article.defines and (self.numbered_definitions or self.jurisdiction == "us")):
            return str(place + 1)
        return ascii_lowercase[place]

    def text(self, words: Words, law: Law) -> str:
        """Return words as printed in *law*."""
        numbers = law.numbers()
        return "".join(self._part(part, numbers) for part in words)

    def _part(self, part: Part, numbers: dict[str, tuple[int, int]]) -> str:
        if isinstance(part, Slot):
            return part.words
        if isinstance(part, Ref):
            return self.reference(numbers[part.uid]) if part.uid in numbers else self.reference((90, 0))
        return part


def numeral(number: int) -> str:
    """Return *number* (below a thousand) in Chinese.

    >>> [numeral(n) for n in (5, 10, 12, 20, 101, 110)]
    ['五', '十', '十二', '二十', '一百零一', '一百一十']
    """
    if number >= 100:
        rest = number % 100
        middle = "零" if 0 < rest < 10 else ""
        tens = f"{_CHINESE[rest // 10]}十" if rest >= 10 else ""
        return f"{_CHINESE[number // 100]}百{middle}{tens}{_CHINESE[rest % 10] if rest % 10 else ''}"
    ten, one = divmod(number, 10)
    return (f"{_CHINESE[ten] if ten > 1 else ''}十" if ten else "") + (_CHINESE[one] if one or not ten else "")


_LATIN_ENDS = (";", "; and", ".")
TRADITIONS = {
    tradition.name: tradition
    for tradition in (
        Tradition(
            "zh", "cn", "zh", "规定", "art", "para", "item", "item", ("；", "；", "。"),
            ("本规定中下列用语的含义：", ""), "", ("cac", "markdown"),
        ),
        Tradition(
            "eu_en", "eu", "en", "Regulation", "art", "para", "point", "point", _LATIN_ENDS,
            ("For the purposes of this Regulation, the following definitions apply:", "Definitions"),
            "Entry into force", ("journal", "consolidated"), numbered_definitions=True,
        ),
        Tradition(
            "eu_nl", "eu", "nl", "verordening", "art", "para", "point", "point", (";", "; en", "."),
            ("Voor de toepassing van deze verordening wordt verstaan onder:", "Definities"),
            "Inwerkingtreding", ("journal", "consolidated"), numbered_definitions=True,
        ),
        Tradition(
            "us", "us", "en", "part", "sec", "para", "subpara", "para", _LATIN_ENDS,
            ("As used in this part:", "Definitions"), "Effective date", ("ecfr",), part="9901.",
        ),
        Tradition(
            "in", "in", "en", "Act", "sec", "subsec", "clause", "clause", _LATIN_ENDS,
            ("In this Act, unless the context otherwise requires,—", "Definitions"), "Commencement",
            ("page", "gazette"),
        ),
    )
}  # fmt: skip
