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
_MEASURES = {TagName.DEADLINE, TagName.PENALTY, TagName.AMOUNT}
_LONGEST = 80


def sentence(change: Change, language: str) -> str:
    """Return one sentence about *change* in *language*, or nothing when that language has no sentences."""
    words = _sentences(language)
    if words is None:
        return ""
    places = {"old": change.old_citation or change.old_eid, "new": change.new_citation or change.new_eid}
    of_tags = next(filter(None, (_of_tag(tag, words) for tag in change.ranked_tags)), "")
    if change.weight is Weight.REFERENCE and change.kind is ChangeKind.MODIFIED:
        return words("whole.reference", **places)
    plain = words("whole.wording", n=_size(change), new=places["new"] or places["old"] or "")
    if change.kind is ChangeKind.MODIFIED:
        return of_tags or plain
    whole = words(f"whole.{change.kind.value}", **places)
    has_edits = any(op.kind in {OpKind.DELETE, OpKind.INSERT} for op in change.ops)
    one_sided = change.kind in {ChangeKind.ADDED, ChangeKind.REMOVED}
    return words("whole.joined", whole=whole, said=of_tags or plain) if has_edits and not one_sided else whole


@cache
def _sentences(language: str) -> Labels | None:
    name = language.partition("-")[0].lower()
    table = table_of(f"sentences/{name}.toml") if name.isalpha() else None
    return None if table is None else Labels(name, table)


def _size(change: Change) -> int:
    return sum(len(op.text) for op in change.ops if op.kind in {OpKind.DELETE, OpKind.INSERT})


def _of_tag(tag: Tag, words: Labels) -> str:
    old, new = (_clip(text) for text in (tag.old_text or tag.old, tag.new_text or tag.new))
    if not (old or new):
        return ""
    which = "changed" if old and new else "added" if new else "removed"
    if tag.tag in _MEASURES and _measurable(tag):
        old, new = _measure(tag.old, words), _measure(tag.new, words)
        which = _direction(tag) if tag.old and tag.new else which
    kinds = {f"{side}_kind": _kind(normal, words) for side, normal in (("old", tag.old), ("new", tag.new))}
    return words(f"{tag.tag.value}.{which}", old=old, new=new, **kinds)


def _measurable(tag: Tag) -> bool:
    sides = [side for side in (tag.old, tag.new) if side]
    return bool(sides) and all(_NUMBER.search(side) for side in sides)


def _direction(tag: Tag) -> str:
    durations = [_DURATION.fullmatch(side) for side in (tag.old, tag.new)]
    if all(durations):
        old, new = (float(side[2]) * DAYS_OF_UNIT.get(side[1] + side[3], 0.0) for side in durations if side)
    elif _NUMBER.sub("#", tag.old) == _NUMBER.sub("#", tag.new):
        old, new = (float(_NUMBER.findall(side)[-1]) for side in (tag.old, tag.new))
    else:
        return "changed"
    return "less" if new < old else "more" if new > old else "changed"


def _measure(normal: str, words: Labels) -> str:
    duration = _DURATION.fullmatch(normal)
    label = f"units.{duration[1]}{duration[3]}" if duration else ""
    if duration and label in words.labels:
        return words(label, n=duration[2])
    currency, _, amount = normal.partition(" ")
    money = currency.isalpha() and amount.replace(".", "").isdigit()
    return f"{currency} {float(amount):,.15g}" if money else normal


def _kind(normal: str, words: Labels) -> str:
    label = f"kinds.{normal}"
    return words(label) if label in words.labels else normal


def _clip(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1] + "…"
