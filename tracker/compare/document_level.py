"""What concerns the whole document: classes one side does not print, front matter, a law replaced by another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from storage.records import Reading
from tracker.compare.outline import Unit, UnitGroup
from tracker.compare.tokens import keys

_ANNEX_NAMED = re.compile(r"附件|附录|附表|所附|(?i:\b(?:annex|schedule|appendix|bijlage|anhang|annexe)\b)")
_OTHER_LAW = 0.35  # less of the words in common than this, and it is another law
_PLAINLY_KEPT = 0.5  # of the characters stand in units that say the same: no need to count words
_LITTLE = 200  # tokens on both sides; so little is never called another law


def note_of_unprinted(
    group: UnitGroup, before: Mapping[UnitGroup, list[Unit]], after: Mapping[UnitGroup, list[Unit]]
) -> str:
    """Return a sentence when one side does not print a class of units at all, else nothing."""
    old, new = before[group], after[group]
    if bool(old) == bool(new):
        return ""
    units, side, other_body = (old, "old", after[UnitGroup.BODY]) if old else (new, "new", before[UnitGroup.BODY])
    if group is UnitGroup.ATTACHMENT and not any(_ANNEX_NAMED.search(unit.root.all_words) for unit in other_body):
        return ""  # the other side never speaks of one: it is really new, or really gone
    return _only(units, side)


def note_of_containers(old: list[Unit], new: list[Unit], pairs: list[tuple[Unit, Unit]]) -> str:
    """Return a sentence when one rendering leaves out every chapter of a law that is otherwise the same."""
    if bool(old) == bool(new) or not pairs:
        return ""
    same = sum(a.root.sign == b.root.sign or a.root.mask == b.root.mask for a, b in pairs)
    return _only(old or new, "old" if old else "new") if same >= 0.9 * len(pairs) else ""


def _only(units: list[Unit], side: str) -> str:
    name = units[0].root.kind.value
    plural = {"annex": "annexes", "appendix": "appendices"}.get(name, f"{name}s")
    count = len(units)
    return (
        f"{count} {name if count == 1 else plural} {'is' if count == 1 else 'are'} printed only in the {side} rendering"
    )


def front(old: Reading, new: Reading) -> Iterable[str]:
    """Yield a sentence for each part of the front matter that differs."""
    before, after = _front(old), _front(new)
    for name in dict.fromkeys([*before, *after]):
        be, s = ("are", "") if name.endswith("s") else ("is", "s")
        if name not in after or name not in before:
            yield f"The {name} {be} printed only in the {'old' if name in before else 'new'} rendering"
        elif before[name] != after[name] and _keys(before[name]) != _keys(after[name]):
            yield f"The {name} differ{s}"
    if old.title != new.title and keys(old.title) != keys(new.title) and old.title and new.title:
        yield f"The title changed from “{old.title}” to “{new.title}”"


def remarks(old: Reading, new: Reading, *, is_other_law: bool) -> Iterable[str]:
    """Yield what must be said before any change is read: a side without provisions, a text that is another law."""
    for side, reading, other in (("old", old, new), ("new", new, old)):
        if other.provisions and not reading.provisions:
            yield f"No provision was found on the {side} side"
    if is_other_law and old.provisions and new.provisions:
        yield "The two texts have little in common: the new one replaces the old, or is another law"


def is_replaced(pairs: Collection[tuple[Unit, Unit]], apart: int, old: list[Unit], new: list[Unit]) -> bool:
    """Return whether so little is common that the new text is another law.

    *pairs* are the units that belong together, *apart* the tokens of those that were split or merged.
    """
    equal = sum(a.root.size + b.root.size for a, b in pairs if a.root.sign == b.root.sign)
    if equal >= _PLAINLY_KEPT * sum(unit.root.size for unit in (*old, *new)):
        return False
    common = apart + sum((Counter(a.root.all_keys) & Counter(b.root.all_keys)).total() for a, b in pairs)
    total = sum(unit.weight for unit in (*old, *new))
    return total > _LITTLE and 2 * common < _OTHER_LAW * total


def _front(reading: Reading) -> dict[str, tuple[str, ...]]:
    parts: dict[str, tuple[str, ...]] = {}
    for note in reading.front:
        if note.text.strip():
            parts[note.name] = (*parts.get(note.name, ()), note.text)
    return parts


def _keys(texts: Iterable[str]) -> list[str]:
    return [key for text in texts for key in keys(text)]
