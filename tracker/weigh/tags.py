"""What an edit touches: rules over the edit and its nearest words, never over the whole sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from storage.records import Tag, TagName
from tracker.weigh.edits import Edit
from tracker.weigh.reference_edits import references
from tracker.weigh.values import Value, values
from tracker.weigh.words import Finder, Vocabulary

_SMALL = 24  # characters; in a longer edit an "and" or an actor's name is only one of its words
_SMALL_WIDE = 6
_LINKS = {
    "的",
    "由",
    "向",
    "对",
    "和",
    "或",
    "及",
    "与",
    "经",
    "被",
}  # what stands before these does not qualify what follows
_KINDS = {"deadline": TagName.DEADLINE, "amount": TagName.AMOUNT, "number": TagName.AMOUNT, "date": TagName.DATE}
Rule = Callable[[Edit, Vocabulary], Iterable[Tag]]


def tags(found: Iterable[Edit], words: Vocabulary) -> tuple[Tag, ...]:
    """Return the tags of all edits of one provision, in order, each once."""
    result: dict[Tag, None] = {}
    for edit in found:
        for rule in _RULES:
            for tag in rule(edit, words):
                result.setdefault(tag)
    return tuple(result)


def reference_tags(found: Iterable[Edit]) -> tuple[Tag, ...]:
    """Return the tags of references alone, for a provision in which nothing else was touched."""
    return tuple(dict.fromkeys(tag for edit in found for tag in _referred(edit)))


def _values(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    lost, gained = _lost_and_gained(values(edit.old, words), values(edit.new, words))
    bare = ("number",) if (edit.struck and edit.added) or _is_small(edit, words) else ()  # "dock 5" in new text
    for kind in ("deadline", "amount", "date", *bare):
        old = [value for value in lost if value.kind == kind]
        new = [value for value in gained if value.kind == kind]
        for place in range(max(len(old), len(new))):
            before = old[place] if place < len(old) else None
            after = new[place] if place < len(new) else None
            tag = _tag(_KINDS[kind], before, after)
            yield tag
            if kind in ("amount", "deadline") and words.penalty.find(edit.clause):
                yield Tag(TagName.PENALTY, tag.old, tag.new, tag.old_text, tag.new_text)


def _lost_and_gained(old: list[Value], new: list[Value]) -> tuple[list[Value], list[Value]]:
    before, after = Counter(value.normal for value in old), Counter(value.normal for value in new)
    return _beyond(old, before - after), _beyond(new, after - before)


def _beyond(found: list[Value], more: Counter[str]) -> list[Value]:
    left = Counter(more)
    result = []
    for value in found:
        if left[value.normal] > 0:
            left[value.normal] -= 1
            result.append(value)
    return result


def _tag(name: TagName, old: Value | None, new: Value | None) -> Tag:
    return Tag(
        name,
        old.normal if old else "",
        new.normal if new else "",
        old.text if old else "",
        new.text if new else "",
    )


def _modality(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    small = _is_small(edit, words)
    for tag in _swapped(TagName.MODALITY, words.modality, edit):
        if small or "negation" not in (tag.old, tag.new):  # in many new words a "no" is only one of them
            yield tag


def _threshold(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    if _is_small(edit, words):
        yield from _swapped(TagName.AMOUNT, words.threshold, edit)


def _scope(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    yield from _swapped(TagName.SCOPE, words.scope, edit)


def _penalty(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    yield from _swapped(TagName.PENALTY, words.penalty, edit)


def _date_words(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    yield from _swapped(TagName.DATE, words.date, edit)


def _actor(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    found = list(_swapped(TagName.ACTOR, words.actor, edit))
    yield from found or _qualified(edit, words)


def _qualified(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    """Yield a tag when what qualifies a body changed: 省级|部门 is not 县级|部门."""
    if words.language != "zh" or not _is_small(edit, words) or words.modality.find(edit.struck + edit.added):
        return
    bodies = words.actor.find(edit.after)
    at = edit.after.find(bodies[0][1]) if bodies else -1
    if 0 <= at <= 1 and (edit.struck + edit.added + edit.after[:at]).isalpha() and edit.after[:at] not in _LINKS:
        body = edit.after[:at] + bodies[0][1]
        yield Tag(TagName.ACTOR, edit.struck + body, edit.added + body, edit.struck + body, edit.added + body)


def _connective(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    if words.connective.without(edit.struck) == words.connective.without(edit.added):
        old, new = words.connective.find(edit.struck), words.connective.find(edit.added)
        if [meaning for meaning, _ in old] != [meaning for meaning, _ in new]:
            yield from _swapped(TagName.CONNECTIVE, words.connective, edit)


def _definition(edit: Edit, words: Vocabulary) -> Iterator[Tag]:
    if words.definition.find(edit.clause):
        yield Tag(TagName.DEFINITION, "", "", edit.struck.strip(), edit.added.strip())


def _reference(edit: Edit, words: Vocabulary) -> Iterator[Tag]:  # noqa: ARG001 - every rule takes the words
    return _referred(edit)


def _referred(edit: Edit) -> Iterator[Tag]:
    old, new = references(edit.struck), references(edit.added)
    for place in range(max(len(old), len(new))):
        before = old[place] if place < len(old) else ""
        after = new[place] if place < len(new) else ""
        if before != after:
            yield Tag(TagName.REFERENCE, before, after, before, after)


def _is_small(edit: Edit, words: Vocabulary) -> bool:
    return edit.length <= (_SMALL_WIDE if words.language == "zh" else _SMALL)


def _swapped(name: TagName, finder: Finder, edit: Edit) -> Iterator[Tag]:
    """Yield a tag when the words found in the edit and beside it are not the same on both sides."""
    old, new = finder.find(edit.old), finder.find(edit.new)
    spelled_old, spelled_new = Counter(w.lower() for _, w in old), Counter(w.lower() for _, w in new)
    # a word that only changed its neighbours is found on both sides and says nothing
    lost = [hit for hit in old if (spelled_old - spelled_new)[hit[1].lower()]]
    gained = [hit for hit in new if (spelled_new - spelled_old)[hit[1].lower()]]
    if not lost and not gained:
        return
    (before, before_text), (after, after_text) = (lost or [("", "")])[0], (gained or [("", "")])[0]
    if name is TagName.MODALITY and before == after:
        return
    if before == "words":
        before = before_text
    if after == "words":
        after = after_text
    yield Tag(name, before, after, before_text, after_text)


_RULES: tuple[Rule, ...] = (
    _modality,
    _values,
    _threshold,
    _penalty,
    _definition,
    _scope,
    _date_words,
    _connective,
    _actor,
    _reference,
)
