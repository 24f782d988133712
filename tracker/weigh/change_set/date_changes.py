"""Legal dates that moved between two versions, scope by scope: postponed, brought forward, added or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from storage.records import DateChange, Milestone, MilestoneKind, Reading
from tracker.weigh.change_set.date_scopes import ScopedDate, closeness, scoped_dates, scoped_milestones

_KINDS = (
    MilestoneKind.IN_FORCE,
    MilestoneKind.APPLIES,
    MilestoneKind.COMMENTS_DUE,
    MilestoneKind.REPEALED,
)
_CLOSE = 0.5  # of 1: so much of two scopes in common, and they are one
Day = date | None


def moved_dates(old: Iterable[Milestone], new: Iterable[Milestone]) -> list[tuple[MilestoneKind, Day, Day]]:
    """Return (kind, old day, new day) for each milestone whose day changed, became known or was left open.

    A kind of milestone that only one version speaks of has not moved; days are compared scope by scope.
    """
    before, after = scoped_milestones(old), scoped_milestones(new)
    result: list[tuple[MilestoneKind, Day, Day]] = []
    for kind in MilestoneKind:
        of_old, of_new = [d for d in before if d.kind is kind], [d for d in after if d.kind is kind]
        if of_old and of_new:
            result += [(kind, a.on, b.on) for a, b in _pairs(of_old, of_new) if a and b and a.on != b.on]
    return result


def date_table(old: Reading, new: Reading) -> tuple[DateChange, ...]:
    """Return the legal dates that differ between two versions, each with its scope, old and new."""
    before, after = scoped_dates(old), scoped_dates(new)
    rows: list[DateChange] = []
    for kind in _KINDS:
        of_old, of_new = [d for d in before if d.kind is kind], [d for d in after if d.kind is kind]
        if of_old and of_new:
            rows += [row for pair in _pairs(of_old, of_new) if (row := _row(*pair))]
        elif kind is not MilestoneKind.IN_FORCE or not before or not after:
            continue
    return tuple(rows)


def notes_of_dates(rows: Iterable[DateChange]) -> Iterator[str]:
    """Say which legal dates moved, wherever on the page they stand: a deadline is often in a notice only."""
    for row in rows:
        name = row.kind.replace("_", " ").capitalize()
        about = f" for “{row.scope}”" if row.scope else ""
        if row.move in ("added", "dropped"):
            yield f"{name}{about}: {row.new or row.old or 'an open date'} {row.move}"
        else:
            yield f"{name} moved from {row.old or 'an open date'} to {row.new or 'an open date'}{about}"


def _pairs(old: list[ScopedDate], new: list[ScopedDate]) -> list[tuple[ScopedDate | None, ScopedDate | None]]:
    """Pair dates of one kind by scope; a scope that is new had the date of the whole act before."""
    left, right = list(old), list(new)
    pairs: list[tuple[ScopedDate | None, ScopedDate | None]] = []
    for least in (1.0, _CLOSE):
        ranking = sorted(
            ((closeness(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
            key=lambda item: (-item[0], item[1], item[2]),
        )
        marks: tuple[set[int], set[int]] = (set(), set())
        for score, i, j in ranking:
            if score >= least and i not in marks[0] and j not in marks[1]:
                marks[0].add(i)
                marks[1].add(j)
                pairs.append((left[i], right[j]))
        left = [a for i, a in enumerate(left) if i not in marks[0]]
        right = [b for j, b in enumerate(right) if j not in marks[1]]
    if len(left) == len(right) == 1 and not (left[0].scope and right[0].scope):
        return [*pairs, (left[0], right[0])]
    general = next((a for a in old if not a.scope), None)
    pairs += [(general if b.scope else None, b) for b in right]
    pairs += [(a, None) for a in left]
    return pairs


def _is_printing(a: ScopedDate, b: ScopedDate) -> bool:
    """Return whether the same words give a day on one side only: that side prints the publication it counts from."""
    words = [" ".join(date_.basis.split()).lower() for date_ in (a, b)]
    return (a.on is None) != (b.on is None) and words[0] == words[1]


def _row(a: ScopedDate | None, b: ScopedDate | None) -> DateChange | None:
    old, new = (a.on if a else None), (b.on if b else None)
    if a and b and (old == new or _is_printing(a, b)):
        return None
    if b is None:
        move = "dropped"
    elif a is None:
        move = "added"
    elif old and new:
        move = "postponed" if new > old else "brought_forward"
    else:
        move = "added" if new else "dropped"
    familiar = b or a
    if familiar is None:
        return None
    return DateChange(familiar.kind.value, familiar.scope, old, new, move, familiar.eid, familiar.basis)
