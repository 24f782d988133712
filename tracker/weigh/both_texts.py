"""What stands where in both versions: a claim is held against it before anybody is told."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property

from storage.records import Provision, Reading
from tracker.weigh.quantities.value import Sort, Value
from tracker.weigh.quantities.values import values
from tracker.weigh.words import Vocabulary

_QUOTES = {"’": "'", "‘": "'", "“": '"', "”": '"'}
_CONTAINERS = ("book_", "part_", "title_", "chp_", "subpart_")
_LEAST_LETTERS = 12  # letters; a shorter phrase stands anywhere by chance


class BothTexts:
    """Both texts of a comparison, by unit and as a whole; worked out when asked for."""

    def __init__(self, old: Reading, new: Reading, words: Vocabulary, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Take both readings, the words of their language, and which eid of the old one is which of the new one."""
        self._pairs = pairs
        self.words = words
        self._sides = {"old": _Side(old), "new": _Side(new)}
        self.values_of = cache(self._values_of)

    def unit_text(self, side: str, unit: str | None) -> str:
        """Return all words of a unit on one side, or nothing where it has none."""
        return self._sides[side].units.get(unit or "", "")

    def has_value(self, side: str, unit: str | None, value: Value) -> bool:
        """Return whether a value stands anywhere in a unit of one side."""
        return (value.sort, value.measure) in self.values_of(side, unit or "")

    def in_unit(self, side: str, unit: str | None, phrase: str) -> bool:
        """Return whether the words of *phrase* stand in a unit of one side, whatever the blanks."""
        return bare(phrase) in bare(self.unit_text(side, unit))

    def elsewhere(self, side: str, phrase: str) -> str:
        """Return the unit of one side in which a telling *phrase* stands, or nothing."""
        letters = bare(phrase)
        if len(letters) < _LEAST_LETTERS or letters not in self._sides[side].whole:
            return ""
        return next((unit for unit, text in self._sides[side].bare_units.items() if letters in text), "")

    def citation(self, side: str, unit: str) -> str:
        """Return how a unit of one side is cited."""
        return self._sides[side].citations.get(unit, unit)

    def follows(self, one: str, other: str) -> bool:
        """Return whether a reference only follows its target to its new number: Article 5(1), now Article 6(1)."""
        return any(
            one.startswith(old) and not one[len(old) : len(old) + 1].isalnum() and other == new + one[len(old) :]
            for old, new in self._new_numbers
        )

    @cached_property
    def _new_numbers(self) -> list[tuple[str, str]]:
        """How each unit whose number changed is cited in the old and in the new text."""
        units = ((old, new) for old, new in self._pairs if old != new and "__" not in old + new)
        citations = ((self.citation("old", old), self.citation("new", new)) for old, new in units)
        return [(old, new) for old, new in citations if old != new]

    def _values_of(self, side: str, unit: str) -> frozenset[tuple[Sort, str]]:
        return frozenset((v.sort, v.measure) for v in values(self.unit_text(side, unit), self.words))


class _Side:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def units(self) -> dict[str, str]:
        """All words of every provision by its eid, those below it included."""
        items: dict[str, str] = {}
        for provision in self.reading.provisions:
            _collect(provision, items)
        return items

    @cached_property
    def citations(self) -> dict[str, str]:
        return {p.eid: p.citation or p.label or p.eid for p in self.reading.walk()}

    @cached_property
    def bare_units(self) -> dict[str, str]:
        return {
            eid: bare(text) for eid, text in self.units.items() if "__" not in eid and not eid.startswith(_CONTAINERS)
        }

    @cached_property
    def whole(self) -> str:
        return "\n".join(self.bare_units.values())


def _collect(provision: Provision, items: dict[str, str]) -> str:
    below = [_collect(child, items) for child in provision.children]
    text = "\n".join(part for part in (provision.heading, provision.text, *below) if part)
    items[provision.eid] = text
    return text


def bare(text: str) -> str:
    """Return the letters and marks of *text* without blanks, in lower case."""
    letters = "".join(text.split()).lower()
    for mark, plain in _QUOTES.items():  # four passes are a tenth of the time of str.translate
        letters = letters.replace(mark, plain)
    return letters
