"""Penalty tiers: what a provision threatens in each case, from the lightest to the heaviest.

Where the number of tiers changed, no single bound was raised or lowered: five years at most that became three years at
most, and three to ten in grave cases, is no lighter penalty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storage.records import Claim
from storage.records import ClaimKind as C
from tracker.weigh.quantities.value import Sort
from tracker.weigh.quantities.value_roles import PENAL, Statement, ValueRole

_MOST = 4  # tiers quoted
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def changed_tiers(old: Iterable[Statement], new: Iterable[Statement]) -> dict[tuple[ValueRole, Sort], Claim]:
    """Return a claim for each kind of penalty that has more tiers, or fewer, than it had."""
    before, after = list(old), list(new)
    items = {}
    for role in PENAL:
        for sort in Sort:
            olds, news = (list(_tiers(side, role, sort)) for side in (before, after))
            if olds and news and len(olds) != len(news):
                texts = "; ".join(olds[:_MOST]), "; ".join(news[:_MOST])
                items[role, sort] = Claim(C.PENALTY_CHANGED, "tiers", *texts, *texts, unit=f"{role.value}||")
    return items


def tier_of(statement: Statement, side: Iterable[Statement]) -> str:
    """Return which of several tiers a value belongs to, in words; nothing where there is one."""
    alike = [s for s in side if s.role is statement.role and s.value.sort is statement.value.sort]
    place, number = 0, 0
    for before, current in zip([None, *alike], alike, strict=False):
        is_one_tier = before is not None and before.bound == "floor" and current.bound == "ceiling"
        number += not is_one_tier
        if current is statement:
            place = number
    return _ORDINALS[place - 1] if number > 1 and 0 < place <= len(_ORDINALS) else ""


def _tiers(statements: Iterable[Statement], role: ValueRole, sort: Sort) -> Iterator[str]:
    """Yield each tier as normal values with their bound: a floor and the ceiling behind it are one."""
    floor = ""
    for statement in statements:
        if statement.role is not role or statement.value.sort is not sort:
            continue
        normal = statement.value.normal
        if statement.bound == "floor":
            if floor:
                yield f"{floor}-"
            floor = normal
        elif floor:
            yield f"{floor}-{normal}"
            floor = ""
        else:
            yield f"-{normal}" if statement.bound == "ceiling" else normal
    if floor:
        yield f"{floor}-"
