"""Values that changed: which old one became which new one, and what that claims of the law.

A value that moved within the provision says nothing. A pair is called raised or lowered only when both are the same
kind of value of the same thing; a value is called added or removed only when the other side's unit does not hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.records import Change, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import BothTexts
from tracker.weigh.citations import citation_spans
from tracker.weigh.edits import Edit
from tracker.weigh.quantities.lone_values import lone_value
from tracker.weigh.quantities.penalty_tiers import changed_tiers, tier_of
from tracker.weigh.quantities.time_starts import starts_changed
from tracker.weigh.quantities.value_changes import claim_of_pair, pair_tags, subject_of, with_words
from tracker.weigh.quantities.value_pairs import pair_values, values_that_stay
from tracker.weigh.quantities.value_roles import PENAL, Statement, ValueRole, statements

_FIGURE = re.compile(r"(?<![\w/.(-])\d+(?![\w/)])")
_NUMBER_OF_PART = re.compile(  # Form 5, Table 3, pkt 4
    r"\b(?:[A-ZÀ-Þ]\w*|art|ar|čl|pkt|ust|nr|n|pag|str|bilag|kapitel|lisa|liite|version|page|line|item|no)\.?\s$"
)
_NAME = 24  # characters of the name of what a number counts
_SHORT = 16  # characters of an edit that is hardly more than a figure


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
    figures = tuple(_figures(change, items))
    if not old and not new:
        return ValueFindings(tags=figures)
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
    stay = values_that_stay(old, new, items)
    claims += [*_bounds_changed(stay), *starts_changed(stay)]
    return ValueFindings(tuple(_once(claims)), tuple(dict.fromkeys([*tags, *(() if tags else figures)])))


def _figures(change: Change, items: list[Edit]) -> Iterator[Tag]:
    """Yield a tag for figures that became others where no unit is known: 15 dni, 30 dni; 100 Mbit/s, 1 Gbit/s."""
    for edit in items:
        old, new = (_FIGURE.findall(side) for side in (edit.struck, edit.added))
        if edit.length > _SHORT or len(old) != 1 or len(new) != 1 or old == new:
            continue
        at = edit.old_at + edit.struck.find(old[0])
        cited = any(start <= at < end for start, end in citation_spans(change.old_text))
        if not cited and not _NUMBER_OF_PART.search(change.old_text[max(0, at - _NAME) : at]):
            yield Tag(TagName.AMOUNT, old[0], new[0], old[0], new[0])


def _once(claims: list[Claim]) -> Iterator[Claim]:
    """Yield each claim once; a sum spelled out and in figures beside it changed once: ten dollars ($10)."""
    pairs_told: set[tuple[str, str]] = set()
    for claim in dict.fromkeys(claims):
        plain = claim.unit == f"{ValueRole.AMOUNT.value}||"
        if not (plain and (claim.old, claim.new) in pairs_told):
            yield claim
        pairs_told.add((claim.old, claim.new))


def _bounds_changed(pairs: list[tuple[Statement, Statement]]) -> Iterator[Claim]:
    """Yield a claim where the value stands and what it is for changed: 30 days after, within 30 days."""
    for a, b in pairs:
        if a.role is b.role or not {a.role, b.role} <= {ValueRole.TIME_LIMIT, ValueRole.WAIT, ValueRole.PERIOD}:
            continue
        if ValueRole.TIME_LIMIT in (a.role, b.role):
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
