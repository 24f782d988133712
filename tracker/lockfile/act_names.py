"""Which act a citation is of: names of the laws watched, found in a text, and the one that stands nearest. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from storage.records import Identifier
from tracker.identity.schemes import schemes
from tracker.lockfile.cited_places import Citation, words_table

_WORD = re.compile(r"\w")
_QUOTATION = re.compile(r"《[^《》]{2,80}》")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class ActMention:
    """An act that a text names, and where; without an instrument it is one that is not watched."""

    instrument: str | None
    words: str
    start: int
    end: int


class ActNames:
    """The names and numbers of the laws that are watched; a name that two of them bear is nobody's."""

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        identifiers: Mapping[Identifier, str],
        strange_names: Iterable[str] = (),
    ) -> None:
        owners: dict[str, set[str]] = {}
        for instrument, own in names.items():
            for name in own:
                owners.setdefault(name.casefold(), set()).add(instrument)
        self._by_name = {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1 and name}
        self._without_law = {name.casefold() for name in strange_names} - set(owners)
        self._ambiguous_names = sorted(name for name, ids in owners.items() if len(ids) > 1)
        self._by_identifier = identifiers

    def mentions(self, text: str) -> list[ActMention]:
        """Return the acts that *text* names, in order; the longest name at a place counts."""
        low = text.lower() if len(text.lower()) == len(text) else text
        hits = [*self._by_names(low, text), *self._by_numbers(text)]
        hits += [ActMention(None, hit[0], hit.start(), hit.end()) for hit in _QUOTATION.finditer(text)]
        hits += [ActMention(None, hit[0], hit.start(), hit.end()) for hit in _strange_act().finditer(text)]
        mentions: list[ActMention] = []
        for hit in sorted(hits, key=lambda hit: (hit.instrument is None, hit.start - hit.end, hit.start)):
            if not any(hit.start < other.end and other.start < hit.end for other in mentions):
                mentions.append(hit)
        return sorted(mentions, key=lambda hit: hit.start)

    def nearest_names(self, word: str) -> list[str]:
        """Return the names watched, for suggesting one in the place of *word*."""
        return [*self._by_name, *self._ambiguous_names] if word else []

    def _by_names(self, low: str, text: str) -> Iterable[ActMention]:
        nobodys: dict[str, str | None] = dict.fromkeys((*self._without_law, *self._ambiguous_names))
        for name, instrument in (nobodys | self._by_name).items():
            at = low.find(name)
            while at >= 0:
                end = at + len(name)
                if _stands_alone(low, at, end) and not (len(name) < 5 and text[at:end].islower()):
                    yield ActMention(instrument, text[at:end], at, end)
                at = low.find(name, at + 1)

    def _by_numbers(self, text: str) -> Iterable[ActMention]:
        for scheme in schemes():
            for hit in scheme.inside.finditer(text):
                value = scheme.value_of(hit)
                instrument = self._by_identifier.get(Identifier(scheme.name, value)) if value else None
                if instrument:
                    yield ActMention(instrument, hit[0], hit.start(), hit.end())


def act_of(citation: Citation, mentions: Sequence[ActMention], text: str) -> ActMention | None:
    """Return the act a citation is of: the one beside it, else the last one named before it in its paragraph.

    A word that may mean a part of the citing text itself needs the act beside it.
    """
    beside = _beside(citation, mentions, text)
    if beside is not None:
        return beside
    if citation.is_loose or _is_own(citation, text):
        return None
    paragraph = max(text.rfind("\n", 0, citation.start), 0)
    before = [mention for mention in mentions if paragraph <= mention.start and mention.end <= citation.start]
    if before:
        return before[-1]
    end = text.find("\n", citation.end)
    behind = [m for m in mentions if citation.end <= m.start and (end < 0 or m.end <= end)]
    return behind[0] if behind else _of_heading(mentions, text, citation.start)


def _beside(citation: Citation, mentions: Sequence[ActMention], text: str) -> ActMention | None:
    for mention in mentions:
        if mention.start >= citation.end and _joins(text[citation.end : mention.start]):
            return mention
        if mention.start < citation.end < mention.end or mention.start < citation.start < mention.end:
            return mention  # "16 CFR 9101.2": the number of the act holds the section
    for mention in reversed(mentions):
        gap = text[mention.end : citation.start]
        if mention.end <= citation.start and len(gap) < 4 and not gap.strip(" ,:(（，：的'’s"):
            return mention
    return None


def _joins(gap: str) -> bool:
    words = gap.strip(" ,(（").casefold()
    return len(gap) < 12 and (not words or words in words_table()["joins"]["between"])


def _is_own(citation: Citation, text: str) -> bool:
    behind = text[citation.end : citation.end + 30].casefold()
    return any(behind.lstrip(" ").startswith(f"of {own}") for own in words_table()["acts"]["own"])


def _of_heading(mentions: Sequence[ActMention], text: str, place: int) -> ActMention | None:
    for mention in reversed([m for m in mentions if m.end <= place]):
        line = text[text.rfind("\n", 0, mention.start) + 1 : mention.start]
        if line.startswith("#"):
            return mention
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, behind = text[start - 1 : start], text[end : end + 1]
    latin_start, latin_end = not _HAN.match(text[start]), not _HAN.match(text[end - 1])
    return not (latin_start and before and _WORD.match(before) and not _HAN.match(before)) and not (
        latin_end and behind and _WORD.match(behind) and not _HAN.match(behind)
    )


@cache
def _strange_act() -> re.Pattern[str]:
    """Return what finds the name of an act that may not be watched: "the Harbour Lamps Act"."""
    endings = "|".join(words_table()["acts"]["endings"])
    return re.compile(rf"(?:[A-Z][\w’'-]*,?\s+(?:of\s+|and\s+|for\s+|on\s+|the\s+){{0,2}}){{1,8}}(?:{endings})\b")
