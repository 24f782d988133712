"""MUT-S: one edit that matters in law, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from benchmarks.laws.making import Maker
from benchmarks.laws.model import Law, Paragraph, Part, Place, Ref, Slot, Words, places
from benchmarks.laws.traditions import TRADITIONS
from benchmarks.mutations.cases import Expect, Record
from tracker.weigh.quantities.value import Sort, Value

Mutation = tuple[Law, Law, Expect]
Maybe = Mutation | None
SLOTS = ("modality", "deadline", "amount", "penalty", "connective", "scope", "actor", "date")


def substantive(kind: str, law: Law, maker: Maker, chance: Random) -> Maybe:
    """Return the law before and after one edit of *kind* and what must be told, or None where it does not fit."""
    if kind in SLOTS:
        return _slot(kind, law, chance)
    return _OTHERS[kind](law, maker, chance)


def _measure(normal: str) -> str:
    return Value(Sort.DURATION, normal, "", None, 0, 0).measure


def _slot(tag: str, law: Law, chance: Random) -> Maybe:
    candidates = [
        (place, number)
        for place in places(law)
        for number, part in enumerate(place.words(law))
        if isinstance(part, Slot) and part.tag == tag and len(part.choices) > 1
    ]
    if not candidates:
        return None
    place, number = chance.choice(candidates)
    words = place.words(law)
    slot = words[number]
    assert isinstance(slot, Slot)
    others = [
        n
        for n, (_, value) in enumerate(slot.choices)
        if n != slot.at and (not value or _measure(value) != _measure(slot.value))  # two weeks are fourteen days
    ]
    if not others:
        return None
    other = replace(slot, at=chance.choice(others))
    return _edit(law, place, number, other, Expect(tag=tag, values=(slot.value, other.value)), slot.words + other.words)


def _edit(law: Law, place: Place, number: int, part: Part, expect: Expect, truth: str) -> Mutation:
    words = place.words(law)
    new = place.put(law, (*words[:number], part, *words[number + 1 :]))
    eid = TRADITIONS[law.tradition].leaf_eid(law, place)
    return law, new, replace(expect, leaves=frozenset({("modified", eid, eid)}), truth=len(truth))


def _reference(law: Law, maker: Maker, chance: Random) -> Maybe:  # noqa: ARG001 - every kind takes the same
    candidates = [
        (place, number, part)
        for place in places(law)
        for number, part in enumerate(place.words(law))
        if isinstance(part, Ref)
    ]
    if not candidates:
        return None
    place, number, old = chance.choice(candidates)
    other = Ref(chance.choice([a.uid for a in law.articles() if a.uid not in (old.uid, place.uid)]))
    tradition, numbers = TRADITIONS[law.tradition], law.numbers()
    truth = tradition.reference(numbers[old.uid]) + tradition.reference(numbers[other.uid])
    return _edit(law, place, number, other, Expect(tag="reference"), truth)


def _lists(law: Law, *, defines: bool, least: int) -> list[tuple[str, int]]:
    return [
        (article.uid, number)
        for article in law.articles()
        for number, paragraph in enumerate(article.paragraphs)
        if article.defines is defines and len(paragraph.items) >= least
    ]


def _item_added(law: Law, maker: Maker, chance: Random, *, defines: bool = False) -> Maybe:
    lists = _lists(law, defines=defines, least=2)
    if not lists:
        return None
    uid, number = chance.choice(lists)
    article = law.article(uid)
    paragraph = article.paragraphs[number]
    at = chance.randint(0, len(paragraph.items) - 2)  # the end of a list would change its neighbours' punctuation
    end = TRADITIONS[law.tradition].item_ends[0]
    item = (*(maker.definition() if defines else maker.item(maker.topic())), end)
    items = (*paragraph.items[:at], item, *paragraph.items[at:])
    new = _with_items(law, uid, number, items)
    tag = "definition" if defines else ""
    return law, new, Expect(leaves=_records_of_new_item(law, new, uid, number, at), tag=tag)


def _item_dropped(law: Law, maker: Maker, chance: Random, *, defines: bool = False) -> Maybe:
    mutation = _item_added(law, maker, chance, defines=defines)
    return _reverse(mutation)


def _reverse(mutation: Maybe) -> Maybe:
    if mutation is None or mutation[2].leaves is None:
        return None
    old, new, expect = mutation
    opposites = {"added": "removed", "removed": "added"}
    leaves = frozenset((opposites.get(kind, kind), b, a) for kind, a, b in expect.leaves or ())
    return new, old, replace(expect, leaves=leaves)


def _with_items(law: Law, uid: str, number: int, items: tuple[Words, ...]) -> Law:
    article = law.article(uid)
    paragraphs = [replace(p, items=items) if n == number else p for n, p in enumerate(article.paragraphs)]
    return law.with_article(replace(article, paragraphs=tuple(paragraphs)))


def _records_of_new_item(old: Law, new: Law, uid: str, number: int, at: int) -> frozenset[Record]:
    """Return the records for a new item: it was added, and those after it have new numbers (where they have any)."""
    tradition = TRADITIONS[old.tradition]
    records: set[Record] = {("added", None, tradition.leaf_eid(new, Place(uid, number, at)))}
    has_no_numbers = old.article(uid).defines and tradition.jurisdiction == "us"
    for place in range(at, len(old.article(uid).paragraphs[number].items)) if not has_no_numbers else ():
        before = tradition.leaf_eid(old, Place(uid, number, place))
        records.add(("renumbered", before, tradition.leaf_eid(new, Place(uid, number, place + 1))))
    return frozenset(records)


def _definition_added(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _item_added(law, maker, chance, defines=True)


def _definition_dropped(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _item_dropped(law, maker, chance, defines=True)


def _definition_changed(law: Law, maker: Maker, chance: Random) -> Maybe:  # noqa: ARG001
    """Define one term in other words."""
    uid, number = chance.choice(_lists(law, defines=True, least=1))
    items = law.article(uid).paragraphs[number].items
    at = chance.randrange(len(items) - 1)
    tail = items[at][-1]
    if not isinstance(tail, str):
        return None
    more = _MORE[TRADITIONS[law.tradition].language]
    ends = sorted(TRADITIONS[law.tradition].item_ends, key=len, reverse=True)
    end = next(end for end in ends if tail.endswith(end))
    newer = tail.removesuffix(end) + more + end
    return _edit(law, Place(uid, number, at), len(items[at]) - 1, newer, Expect(tag="definition"), more)


_MORE = {"zh": "以及前述资料的摘要", "nl": " met inbegrip van de bijlagen", "en": " with all annexes to it"}


def _proviso_added(law: Law, maker: Maker, chance: Random) -> Maybe:
    candidates = [place for place in places(law) if place.item is None and _is_plain(law, place)]
    if not candidates:
        return None
    place = chance.choice(candidates)
    tradition = TRADITIONS[law.tradition]
    proviso = maker.proviso(maker.topic())
    new = place.put(law, tradition.join([place.words(law), proviso]))
    eid = tradition.leaf_eid(law, place)
    expect = Expect(leaves=frozenset({("modified", eid, eid)}), tag="scope", truth=len(tradition.text(proviso, law)))
    return law, new, expect


def _is_plain(law: Law, place: Place) -> bool:
    paragraph: Paragraph = law.article(place.uid).paragraphs[place.paragraph]
    return not paragraph.items


def _proviso_dropped(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _reverse(_proviso_added(law, maker, chance))


_OTHERS: dict[str, Callable[[Law, Maker, Random], Maybe]] = {
    "reference": _reference,
    "item added": _item_added,
    "item dropped": _item_dropped,
    "definition added": _definition_added,
    "definition dropped": _definition_dropped,
    "definition changed": _definition_changed,
    "proviso added": _proviso_added,
    "proviso dropped": _proviso_dropped,
}
KINDS = (*SLOTS, *_OTHERS)


def any_of_kinds(law: Law, maker: Maker, chance: Random) -> Iterator[Mutation]:
    """Yield mutations of the same law, one kind after another, in random order."""
    for kind in chance.sample(KINDS, len(KINDS)):
        mutation = substantive(kind, law, maker, chance)
        if mutation is not None:
            yield mutation
