"""One plain English sentence for each change, whatever the language of the law."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from storage.records import Change, ChangeKind, OpKind, Tag, TagName, Weight

_UNITS = {"D": "day", "WD": "working day", "W": "week", "M": "month", "Y": "year", "H": "hour"}
_DURATION = re.compile(r"P(T?)([\d.]+)([A-Z]+)")
_WHOLE = {
    ChangeKind.ADDED: "{new} added",
    ChangeKind.REMOVED: "{old} removed",
    ChangeKind.RENUMBERED: "{old} is now {new}, its words unchanged",
    ChangeKind.MOVED: "{old} moved to {new}",
    ChangeKind.SPLIT: "{old} was split: this part is now {new}",
    ChangeKind.MERGED: "{old} was merged into {new}",
}


def explain(change: Change) -> str:
    """Return one sentence that says what changed."""
    places = {"old": change.old_citation or change.old_eid, "new": change.new_citation or change.new_eid}
    whole = _WHOLE[change.kind].format(**places) if change.kind in _WHOLE else ""
    if change.weight is Weight.REFERENCE and not whole:
        return f"Only references in {places['new']} follow renumbered provisions"
    said = _of_tags(change)
    if change.kind is ChangeKind.MODIFIED:
        return said or _plain(change, places["new"] or places["old"] or "")
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        return whole + _touching(change)
    if any(op.kind in (OpKind.DELETE, OpKind.INSERT) for op in change.ops):
        also = said or f"Its wording changed: {_length(change)}"
        return f"{whole}; {also[0].lower()}{also[1:]}"
    return whole


def _of_tags(change: Change) -> str:
    for tag in change.ranked_tags:
        if tag.tag is TagName.PENALTY and (tag.old or tag.new) and not _is_amount(tag):
            sentence = _words("Penalty", tag)
        else:
            sentence = _SENTENCES[tag.tag](tag)
        if sentence:
            return sentence
    return ""


def _plain(change: Change, place: str) -> str:
    return f"Wording changed in {place}: {_length(change)}"


def _length(change: Change) -> str:
    size = sum(len(op.text) for op in change.ops if op.kind in (OpKind.DELETE, OpKind.INSERT))
    return f"{size} {'character' if size == 1 else 'characters'}"


def _touching(change: Change) -> str:
    names = list(dict.fromkeys(tag.tag.value for tag in change.tags))
    return f" (touches {', '.join(names)})" if names else ""


def _deadline(tag: Tag) -> str:
    return _change("Time limit", tag, ("shortened", "extended"), _duration, _days)


def _amount(tag: Tag) -> str:
    if not _is_amount(tag):
        return _words("Threshold", tag)
    return _change("Amount", tag, ("lowered", "raised"), _money, _size)


def _penalty(tag: Tag) -> str:
    if _DURATION.fullmatch(tag.old or tag.new):
        return _change("Penalty", tag, ("shortened", "extended"), _duration, _days)
    return _change("Penalty", tag, ("lowered", "raised"), _money, _size)


def _change(
    subject: str, tag: Tag, verbs: tuple[str, str], say: Callable[[str], str], size: Callable[[str], float]
) -> str:
    if tag.old and tag.new:
        less = size(tag.new) < size(tag.old)
        same_kind = _kind(tag.old) == _kind(tag.new) or say is _duration
        verb = (verbs[0] if less else verbs[1]) if same_kind and size(tag.new) != size(tag.old) else "changed"
        return f"{subject} {verb} from {say(tag.old)} to {say(tag.new)}"
    if tag.new:
        return f"{subject} of {say(tag.new)} added"
    return f"{subject} of {say(tag.old)} removed"


def _modality(tag: Tag) -> str:
    if tag.old and tag.new:
        return f"{tag.old.capitalize()} became {tag.new} (“{tag.old_text}” to “{tag.new_text}”)"
    if tag.new:
        return f"{tag.new.capitalize()} added (“{tag.new_text}”)"
    return f"{tag.old.capitalize()} removed (“{tag.old_text}”)"


def _date(tag: Tag) -> str:
    return _words("Date", tag)


def _definition(tag: Tag) -> str:
    term = tag.new or tag.old
    if not term:
        return _words("Definition", tag)
    if not tag.old_text and not tag.new_text:
        return f"Definition of “{term}” {'changed' if tag.old and tag.new else 'added' if tag.new else 'removed'}"
    return _words(f"Definition of “{term}”", replace(tag, old="", new=""))


def _scope(tag: Tag) -> str:
    return _words("Scope or exception", tag)


def _connective(tag: Tag) -> str:
    return _words("Connective", tag)


def _actor(tag: Tag) -> str:
    return _words("Actor", tag)


def _reference(tag: Tag) -> str:
    return _words("Reference", tag)


def _words(subject: str, tag: Tag) -> str:
    old, new = (_short(text) for text in (tag.old_text or tag.old, tag.new_text or tag.new))
    if old and new:
        return f"{subject} changed from “{old}” to “{new}”"
    if new:
        return f"{subject} changed: “{new}” added"
    return f"{subject} changed: “{old}” removed" if old else f"{subject} changed"


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= 80 else bare[:79] + "…"


def _is_amount(tag: Tag) -> bool:
    return any(char.isdigit() for char in tag.old + tag.new)


def _kind(normal: str) -> str:
    return re.sub(r"[\d.e+]+", "#", normal)


def _size(normal: str) -> float:
    found = re.search(r"\d+(?:\.\d+)?(?:e\+?\d+)?", normal.removeprefix("10^"))
    return float(found[0]) if found else 0.0


def _days(normal: str) -> float:
    found = _DURATION.fullmatch(normal)
    if found is None:
        return 0.0
    days = {"D": 1.0, "WD": 1.4, "W": 7.0, "M": 30.4, "Y": 365.0, "H": 1 / 24}
    return float(found[2]) * (days[found[3]] if not (found[1] and found[3] == "M") else 1 / 1440)


def _duration(normal: str) -> str:
    found = _DURATION.fullmatch(normal)
    if found is None:
        return normal
    unit = "minute" if found[1] and found[3] == "M" else _UNITS[found[3]]
    return f"{found[2]} {unit}{'' if found[2] == '1' else 's'}"


def _money(normal: str) -> str:
    currency, _, amount = normal.partition(" ")
    if currency.isalpha() and amount.replace(".", "").isdigit():
        return f"{currency} {float(amount):,.15g}"
    return normal


_SENTENCES: dict[TagName, Callable[[Tag], str]] = {
    TagName.DEADLINE: _deadline,
    TagName.PENALTY: _penalty,
    TagName.AMOUNT: _amount,
    TagName.MODALITY: _modality,
    TagName.DATE: _date,
    TagName.DEFINITION: _definition,
    TagName.SCOPE: _scope,
    TagName.CONNECTIVE: _connective,
    TagName.ACTOR: _actor,
    TagName.REFERENCE: _reference,
}
