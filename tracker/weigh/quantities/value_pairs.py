"""Which old value became which new one: in the same edit first, else when there is one of a kind on each side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.weigh.edits import Edit
from tracker.weigh.likeness import alike
from tracker.weigh.quantities.value import Sort
from tracker.weigh.quantities.value_roles import PENAL, Statement

_FEW_LETTERS = 12
_SMALL = 40  # characters; in so short an edit little but the value changed


@dataclass
class TouchedValues:
    """The values an edit touched, on both sides, each with the number of its edit."""

    old: list[tuple[int, Statement]] = field(default_factory=list)
    new: list[tuple[int, Statement]] = field(default_factory=list)
    pairs: list[tuple[Statement, Statement, bool]] = field(default_factory=list)


def pair_values(old: list[Statement], new: list[Statement], items: list[Edit]) -> TouchedValues:
    """Return the values that edits touched: those that became others, and those left over on either side."""
    sides = _values_in_edits(old, new, items)
    _take(sides, in_edit=True)
    _pair_in_edits(sides, items)
    _take(sides, in_edit=False)
    _pair_lone(sides)
    return sides


def values_that_stay(
    old: Iterable[Statement], new: Iterable[Statement], items: list[Edit]
) -> list[tuple[Statement, Statement]]:
    """Return the values no edit touched, as the old and as the new text states them."""
    same_words = (s for s in new if not any(e.adds(s.value.start, s.value.end) for e in items))
    by_place = {_old_place(s.value.start, items): s for s in same_words}
    pairs = ((a, by_place[a.value.start]) for a in old if a.value.start in by_place)
    return [(a, b) for a, b in pairs if a.value.normal == b.value.normal]


def _old_place(new_place: int, items: list[Edit]) -> int:
    """Return where an stayers place of the new text stood in the old one."""
    shift = 0
    for edit in items:
        if edit.new_at <= new_place:
            shift = edit.old_at + len(edit.struck) - (edit.new_at + len(edit.added))
    return new_place + shift


def _values_in_edits(old: list[Statement], new: list[Statement], items: list[Edit]) -> TouchedValues:
    sides = TouchedValues()
    stay = values_that_stay(old, new, items)
    for number, edit in enumerate(items):
        sides.old += [(number, s) for s in old if edit.strikes(s.value.start, s.value.end)]
        sides.new += [(number, s) for s in new if edit.adds(s.value.start, s.value.end)]
    for a, b in stay:  # five days at least, that became five days at most
        if a.bound != b.bound and {a.role, b.role} & set(PENAL):
            number = min(range(len(items)), key=lambda n: abs(items[n].new_at - b.value.start))
            sides.old.append((number, a))
            sides.new.append((number, b))
    sides.old, sides.new = _once(sides.old), _once(sides.new)
    stayers = [{id(a) for a, _ in stay}, {id(b) for _, b in stay}]
    both = [{number for number, _ in side} for side in (sides.old, sides.new)]
    for number, edit in enumerate(items):  # "twenty" before "days" gone: the value is touched on one side only
        if number in both[0] ^ both[1]:
            side, text, at = (sides.new, new, edit.new_at) if number in both[0] else (sides.old, old, edit.old_at)
            near = [s for s in text if s.value.start <= at <= s.value.end and id(s) not in stayers[side is sides.new]]
            side += [(number, s) for s in near if all(s is not other for _, other in side)]
    return sides


def _once(items: list[tuple[int, Statement]]) -> list[tuple[int, Statement]]:
    visits: set[int] = set()
    result = []
    for number, statement in items:
        if id(statement) not in visits:
            visits.add(id(statement))
            result.append((number, statement))
    return result


def _take(sides: TouchedValues, *, in_edit: bool) -> None:
    """Forget values that stand on both sides, in the same edit or in different ones: they only moved."""
    for a_number, a in list(sides.old):
        for b_number, b in list(sides.new):
            same = (a.kind, a.value.measure) == (b.kind, b.value.measure)
            if same and (a_number == b_number) is in_edit:
                sides.old.remove((a_number, a))
                sides.new.remove((b_number, b))
                break


def _pair_in_edits(sides: TouchedValues, items: list[Edit]) -> None:
    """Pair values of one kind within each edit, where there are as many on both sides."""
    for number, edit in enumerate(items):
        groups: dict[tuple[str, ...], tuple[list[Statement], list[Statement]]] = defaultdict(lambda: ([], []))
        for side, statements_ in ((0, sides.old), (1, sides.new)):
            for n, statement in statements_:
                if n == number:
                    groups[statement.kind][side].append(statement)
        for olds, news in groups.values():
            if len(olds) == len(news):
                for a, b in zip(olds, news, strict=True):
                    if _is_of_values(edit, a, b) or _same_thing(a, b):
                        _pair(sides, a, b, same=True)
        olds = [s for n, s in sides.old if n == number]
        news = [s for n, s in sides.new if n == number]
        if len(olds) == len(news) == 1 and _comparable(olds[0], news[0]) and edit.length <= 2 * _SMALL:
            _pair(sides, olds[0], news[0], same=False)


def _is_of_values(edit: Edit, a: Statement, b: Statement) -> bool:
    """Return whether an edit is hardly more than one value that took another's place."""
    rest = edit.struck.replace(a.value.text, ""), edit.added.replace(b.value.text, "")
    return edit.length <= _SMALL and (max(map(_letters, rest)) <= _FEW_LETTERS or alike(*rest))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _pair_lone(sides: TouchedValues) -> None:
    """Pair what is left when there is exactly one of a kind on each side and both speak of the same thing."""
    kinds: dict[tuple[str, ...], tuple[list[Statement], list[Statement]]] = defaultdict(lambda: ([], []))
    for side, rest in ((0, sides.old), (1, sides.new)):
        for _, statement in rest:
            kinds[statement.kind][side].append(statement)
    for olds, news in kinds.values():
        if len(olds) == len(news) == 1 and _same_thing(olds[0], news[0]):
            _pair(sides, olds[0], news[0], same=True)


def _pair(sides: TouchedValues, a: Statement, b: Statement, *, same: bool) -> None:
    sides.old = [(n, s) for n, s in sides.old if s is not a]
    sides.new = [(n, s) for n, s in sides.new if s is not b]
    if a.value.measure != b.value.measure or a.bound != b.bound:
        sides.pairs.append((a, b, same and a.value.measure != b.value.measure))


def _same_thing(a: Statement, b: Statement) -> bool:
    return alike(_without_value(a), _without_value(b))


def _without_value(statement: Statement) -> str:
    return statement.clause.replace(statement.value.text, " ", 1)


def _comparable(a: Statement, b: Statement) -> bool:
    both = {a.value.sort, b.value.sort}
    measures = {Sort.MONEY, Sort.SHARE, Sort.TIMES}
    return a.value.sort is b.value.sort or both <= measures
