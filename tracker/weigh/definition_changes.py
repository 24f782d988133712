"""Definitions that changed, and the provisions that use the term: they all mean something else now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from storage.records import Change, ChangeKind, Claim, ClaimKind, Definition, Provision, Reading, Tag, TagName
from tracker.weigh.edits import edits

_CELL = " | "  # between the cells of a table's row
_MOST = 3  # provisions; the rest is counted
ByPlace = dict[str, dict[str, Definition]]


class Definitions:
    """What each of two versions defines, and where."""

    def __init__(self, old: Reading, new: Reading) -> None:
        """Take both versions; where terms are used is worked out when it is asked for."""
        self._old, self._new = _by_place(old.definitions), _by_place(new.definitions)
        self._terms_of_old = {definition.term for definition in old.definitions}
        self._terms_of_new = {definition.term for definition in new.definitions}
        self._reading = new

    def tags(self, change: Change, items: tuple[Tag, ...]) -> tuple[Tag, ...]:
        """Return *items* with the terms whose definition *change* touches."""
        terms = list(self._terms(change))
        words = next((tag for tag in items if tag.tag is TagName.DEFINITION), None)
        others = tuple(tag for tag in items if tag.tag is not TagName.DEFINITION)
        if not terms:
            return items
        return (*others, *(replace(words or Tag(TagName.DEFINITION), old=old, new=new) for old, new in terms))

    def claims(self, change: Change) -> tuple[Claim, ...]:
        """Return what *change* does to the terms the law defines."""
        return tuple(self._claim(change, old, new) for old, new in self._terms(change))

    def _claim(self, change: Change, old: str, new: str) -> Claim:
        texts = _edit_words(change) if old and new and change.kind is ChangeKind.MODIFIED else ("", "")
        eid = change.new_eid or change.old_eid
        if old and new:
            return Claim(ClaimKind.DEFINITION_CHANGED, new, old, new, *texts, eid=eid)
        if new:
            kind = ClaimKind.DEFINITION_CHANGED if new in self._terms_of_old else ClaimKind.DEFINITION_ADDED
        else:
            kind = ClaimKind.DEFINITION_CHANGED if old in self._terms_of_new else ClaimKind.DEFINITION_REMOVED
        return Claim(kind, new or old, old, new, eid=eid)

    def users(self, tags: Iterable[Tag]) -> str:
        """Return a clause that names the provisions which use a changed term, or nothing."""
        term = next((tag.new or tag.old for tag in tags if tag.tag is TagName.DEFINITION), "")
        if not term:
            return ""
        pattern = _pattern(term)
        places = [p.citation or p.label or p.eid for p in self._reading.walk() if self._uses(p, pattern)]
        names = ", ".join(places[:_MOST])
        more = f" and {len(places) - _MOST} more" if len(places) > _MOST else ""
        return f"; the term is used in {names}{more}" if places else ""

    def _uses(self, provision: Provision, pattern: re.Pattern[str]) -> bool:
        return provision.eid not in self._new and pattern.search(provision.text) is not None

    def _terms(self, change: Change) -> Iterator[tuple[str, str]]:
        before = self._old.get(change.old_eid or "", {})
        after = self._new.get(change.new_eid or "", {})
        losses = [term for term in before if term not in after or _letters(before[term]) != _letters(after[term])]
        gains = [term for term in after if term not in before or _letters(before[term]) != _letters(after[term])]
        yield from ((term, term) for term in losses if term in gains)
        yield from ((term, "") for term in losses if term not in gains)
        yield from (("", term) for term in gains if term not in losses)


def _letters(definition: Definition) -> str:
    """Return the letters of a definition: its last mark tells only whether another follows."""
    return "".join(char for char in definition.text if char.isalnum())


def _edit_words(change: Change) -> tuple[str, str]:
    """Return the words struck and added, where there is one edit."""
    items = list(edits(change.ops))
    if len(items) != 1:
        return "", ""
    return " ".join(items[0].struck.split()), " ".join(items[0].added.split())


def _by_place(definitions: Iterable[Definition]) -> ByPlace:
    places: ByPlace = defaultdict(dict)
    for definition in definitions:
        if _CELL in definition.text:
            continue  # a row of a table defines nothing
        places[definition.eid][definition.term] = definition
    return dict(places)


def _pattern(term: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, term.split()))
    return re.compile(rf"(?<![^\W\u3400-\u9fff]){words}" if term.isascii() else words, re.IGNORECASE)
