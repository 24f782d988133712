"""One sentence for each change in the reader's language: made of the normal values of its tags.

The English sentence comes with the change. Another language has one where it has a table of sentences.
"""

from __future__ import annotations

import re
from functools import cache

from storage.records import DAYS_OF_UNIT, Change, ChangeKind, OpKind, Tag, TagName, Weight
from tracker.wording.labels import Labels, table_of

_DURATION = re.compile(r"P(T?)([\d.]+)([A-Z]+)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e\+?\d+)?")
_MEASURED = {TagName.DEADLINE, TagName.PENALTY, TagName.AMOUNT}
_LONGEST = 80


def sentence(change: Change, language: str) -> str:
    """Return one sentence about *change* in *language*, or nothing when that language has no sentences."""
    words = _sentences(language)
    if words is None:
        return ""
    places = {"old": change.old_citation or change.old_eid, "new": change.new_citation or change.new_eid}
    said = next(filter(None, (_of_tag(tag, words) for tag in change.ranked_tags)), "")
    if change.weight is Weight.REFERENCE and change.kind is ChangeKind.MODIFIED:
        return words("whole.reference", **places)
    reworded = words("whole.wording", n=_size(change), new=places["new"] or places["old"] or "")
    if change.kind is ChangeKind.MODIFIED:
        return said or reworded
    whole = words(f"whole.{change.kind.value}", **places)
    edited = any(op.kind in {OpKind.DELETE, OpKind.INSERT} for op in change.ops)
    one_sided = change.kind in {ChangeKind.ADDED, ChangeKind.REMOVED}
    return words("whole.joined", whole=whole, said=said or reworded) if edited and not one_sided else whole


@cache
def _sentences(language: str) -> Labels | None:
    name = language.partition("-")[0].lower()
    table = table_of(f"sentences/{name}.toml") if name.isalpha() else None
    return None if table is None else Labels(name, table)


def _size(change: Change) -> int:
    return sum(len(op.text) for op in change.ops if op.kind in {OpKind.DELETE, OpKind.INSERT})


def _of_tag(tag: Tag, words: Labels) -> str:
    old, new = (_clipped(text) for text in (tag.old_text or tag.old, tag.new_text or tag.new))
    if not (old or new):
        return ""
    which = "changed" if old and new else "added" if new else "removed"
    if tag.tag in _MEASURED and _measurable(tag):
        old, new = _measure(tag.old, words), _measure(tag.new, words)
        which = _direction(tag) if tag.old and tag.new else which
    kinds = {f"{side}_kind": _kind(normal, words) for side, normal in (("old", tag.old), ("new", tag.new))}
    return words(f"{tag.tag.value}.{which}", old=old, new=new, **kinds)


def _measurable(tag: Tag) -> bool:
    given = [each for each in (tag.old, tag.new) if each]
    return bool(given) and all(_NUMBER.search(each) for each in given)


def _direction(tag: Tag) -> str:
    durations = [_DURATION.fullmatch(each) for each in (tag.old, tag.new)]
    if all(durations):
        old, new = (float(each[2]) * DAYS_OF_UNIT.get(each[1] + each[3], 0.0) for each in durations if each)
    elif _NUMBER.sub("#", tag.old) == _NUMBER.sub("#", tag.new):
        old, new = (float(_NUMBER.findall(each)[-1]) for each in (tag.old, tag.new))
    else:
        return "changed"
    return "less" if new < old else "more" if new > old else "changed"


def _measure(normal: str, words: Labels) -> str:
    found = _DURATION.fullmatch(normal)
    label = f"units.{found[1]}{found[3]}" if found else ""
    if found and label in words.labels:
        return words(label, n=found[2])
    currency, _, amount = normal.partition(" ")
    money = currency.isalpha() and amount.replace(".", "").isdigit()
    return f"{currency} {float(amount):,.15g}" if money else normal


def _kind(normal: str, words: Labels) -> str:
    label = f"kinds.{normal}"
    return words(label) if label in words.labels else normal


def _clipped(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1] + "…"
