"""Definitions that changed, and the provisions that use the term: they all mean something else now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from storage.records import Change, Definition, Provision, Reading, Tag, TagName

_NAMED = 3  # provisions; the rest is counted
ByPlace = dict[str, dict[str, Definition]]


class Definitions:
    """What each of two versions defines, and where."""

    def __init__(self, old: Reading, new: Reading) -> None:
        """Take both versions; where terms are used is worked out when it is asked for."""
        self._old, self._new = _by_place(old.definitions), _by_place(new.definitions)
        self._reading = new

    def tagged(self, change: Change, found: tuple[Tag, ...]) -> tuple[Tag, ...]:
        """Return *found* with the terms whose definition *change* touches."""
        terms = list(self._terms(change))
        if not terms:
            return found
        words = next((tag for tag in found if tag.tag is TagName.DEFINITION), Tag(TagName.DEFINITION))
        others = tuple(tag for tag in found if tag.tag is not TagName.DEFINITION)
        return (*others, *(replace(words, old=old, new=new) for old, new in terms))

    def users(self, tags: Iterable[Tag]) -> str:
        """Return a clause that names the provisions which use a changed term, or nothing."""
        term = next((tag.new or tag.old for tag in tags if tag.tag is TagName.DEFINITION), "")
        if not term:
            return ""
        places = [p.citation or p.label or p.eid for p in self._reading.walk() if self._uses(p, term)]
        named = ", ".join(places[:_NAMED])
        more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
        return f"; the term is used in {named}{more}" if places else ""

    def _uses(self, provision: Provision, term: str) -> bool:
        return provision.eid not in self._new and _spelled(term).search(provision.text) is not None

    def _terms(self, change: Change) -> Iterator[tuple[str, str]]:
        before = self._old.get(change.old_eid or "", {})
        after = self._new.get(change.new_eid or "", {})
        gone = [term for term in before if term not in after or before[term].text != after[term].text]
        come = [term for term in after if term not in before or before[term].text != after[term].text]
        for place in range(max(len(gone), len(come))):
            yield (gone[place] if place < len(gone) else "", come[place] if place < len(come) else "")


def _by_place(definitions: Iterable[Definition]) -> ByPlace:
    found: ByPlace = defaultdict(dict)
    for definition in definitions:
        found[definition.eid][definition.term] = definition
    return dict(found)


def _spelled(term: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, term.split()))
    return re.compile(rf"(?<![^\W\u3400-\u9fff]){words}" if term.isascii() else words, re.IGNORECASE)
