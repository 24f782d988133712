"""Values that changed: which old one became which new one, and what that claims of the law.

A value that moved within the provision says nothing. A pair is called raised or lowered only when both are the same
kind of value of the same thing; a value is called added or removed only when the other side's unit does not hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storage.records import Change, Claim, Tag
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import BothTexts
from tracker.weigh.edits import Edit
from tracker.weigh.quantities.lone_values import lone_value
from tracker.weigh.quantities.penalty_tiers import PENAL, changed_tiers, tier_of
from tracker.weigh.quantities.value_changes import claim_of_pair, pair_tags, subject_of, with_words
from tracker.weigh.quantities.value_pairs import pair_values
from tracker.weigh.quantities.value_roles import Statement, ValueRole, statements


@dataclass(frozen=True)
class ValueFindings:
    """What the values of one change say: its claims and its tags."""

    claims: tuple[Claim, ...] = ()
    tags: tuple[Tag, ...] = ()


def value_findings(change: Change, items: list[Edit], evidence: BothTexts) -> ValueFindings:
    """Return claims and tags about every value *change* touches."""
    words = evidence.words
    if not items:
        return ValueFindings()
    old, new = statements(change.old_text, words), statements(change.new_text, words)
    if not old and not new:
        return ValueFindings()
    sides = pair_values(old, new, items)
    tiers = changed_tiers(old, new) if sides.old or sides.new else {}
    claims = [
        claim_of_pair(a, b, tier_of(b, new) if b.role in PENAL else "", same=same)
        for a, b, same in sides.pairs
        if (b.role, b.value.sort) not in tiers
    ]
    claims += tiers.values()
    tags = [tag for a, b, _ in sides.pairs for tag in pair_tags(a, b)]
    for side, rest in (("old", sides.old), ("new", sides.new)):
        for _, statement in rest:
            claim, tag = lone_value(side, statement, change, evidence)
            claims += [claim] if claim and (statement.role, statement.value.sort) not in tiers else []
            tags += [tag] if tag else []
    claims += _bounds_changed(old, new, items)
    return ValueFindings(tuple(_once(claims)), tuple(dict.fromkeys(tags)))


def _once(claims: list[Claim]) -> Iterator[Claim]:
    """Yield each claim once; a sum spelled out and in figures beside it changed once: ten dollars ($10)."""
    pairs_told: set[tuple[str, str]] = set()
    for claim in dict.fromkeys(claims):
        plain = claim.unit == f"{ValueRole.AMOUNT.value}||"
        if not (plain and (claim.old, claim.new) in pairs_told):
            yield claim
        pairs_told.add((claim.old, claim.new))


def _bounds_changed(old: list[Statement], new: list[Statement], items: list[Edit]) -> Iterator[Claim]:
    """Yield a claim where the value stands and what it is for changed: 30 days after, within 30 days."""
    unedited = [s for s in new if not any(e.adds(s.value.start, s.value.end) for e in items)]
    by_place = {_old_place(s.value.start, items): s for s in unedited}
    for a in old:
        b = by_place.get(a.value.start)
        if b is None or a.value.normal != b.value.normal:
            continue
        limits = (a.role, b.role)
        if (
            limits[0] is not limits[1]
            and ValueRole.TIME_LIMIT in limits
            and {*limits} & {ValueRole.WAIT, ValueRole.PERIOD}
        ):
            kind = C.DEADLINE_SET if b.role is ValueRole.TIME_LIMIT else C.DEADLINE_DROPPED
            yield Claim(
                kind,
                subject=subject_of(b.clause),
                old=a.value.normal,
                new=b.value.normal,
                old_text=with_words(a),
                new_text=with_words(b),
                unit=f"{b.role.value}||",
            )


def _old_place(new_place: int, items: list[Edit]) -> int:
    """Return where an untouched place of the new text stood in the old one."""
    shift = 0
    for edit in items:
        if edit.new_at <= new_place:
            shift = edit.old_at + len(edit.struck) - (edit.new_at + len(edit.added))
    return new_place + shift
