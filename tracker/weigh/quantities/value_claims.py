"""Values that changed: which old one became which new one, and what that claims of the law.

A value that moved within the provision says nothing. A pair is called raised or lowered only when both are the same
kind of value of the same thing; a value is called added or removed only when the other side's unit does not hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storage.records import Change, ChangeKind, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import BothTexts
from tracker.weigh.edits import Edit
from tracker.weigh.quantities.penalty_tiers import PENAL, changed_tiers, tier_of
from tracker.weigh.quantities.value_pairs import pair_values
from tracker.weigh.quantities.value_roles import Statement, ValueRole, statements
from tracker.weigh.quantities.values import Sort
from tracker.weigh.quotable import whole_words

_AROUND = 8  # characters
_MOVES = {  # (lowered, raised, neither)
    "deadline": (C.DEADLINE_SHORTENED, C.DEADLINE_EXTENDED, C.DEADLINE_CHANGED),
    "penalty": (C.PENALTY_LOWERED, C.PENALTY_RAISED, C.PENALTY_CHANGED),
    "threshold": (C.THRESHOLD_LOWERED, C.THRESHOLD_RAISED, C.THRESHOLD_CHANGED),
    "amount": (C.AMOUNT_LOWERED, C.AMOUNT_RAISED, C.AMOUNT_CHANGED),
    "age": (C.AGE_CHANGED, C.AGE_CHANGED, C.AGE_CHANGED),
    "term": (C.TERM_CHANGED, C.TERM_CHANGED, C.TERM_CHANGED),
    "date": (C.DATE_MOVED, C.DATE_MOVED, C.DATE_MOVED),
}
_ONE_SIDED = {  # (removed, added)
    "deadline": (C.DEADLINE_DROPPED, C.DEADLINE_SET),
    "penalty": (C.PENALTY_REMOVED, C.PENALTY_ADDED),
}
TAGS = {
    "deadline": TagName.DEADLINE,
    "term": TagName.DEADLINE,
    "penalty": TagName.PENALTY,
    "age": TagName.AMOUNT,
    "amount": TagName.AMOUNT,
    "threshold": TagName.AMOUNT,
    "date": TagName.DATE,
}
_FAMILY = {
    ValueRole.TIME_LIMIT: "deadline",
    ValueRole.WAIT: "deadline",
    ValueRole.PERIOD: "deadline",
    ValueRole.INTERVAL: "deadline",
    ValueRole.TERM: "term",
    ValueRole.PRISON: "penalty",
    ValueRole.PENALTY: "penalty",
    ValueRole.AGE: "age",
    ValueRole.DATE: "date",
    ValueRole.CLOCK: "date",
}


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
        _claim_of_pair(a, b, tier_of(b, new) if b.role in PENAL else "", same=same)
        for a, b, same in sides.pairs
        if (b.role, b.value.sort) not in tiers
    ]
    claims += tiers.values()
    tags = [tag for a, b, _ in sides.pairs for tag in _pair_tags(a, b)]
    for side, rest in (("old", sides.old), ("new", sides.new)):
        for _, statement in rest:
            claim, tag = _alone(side, statement, change, evidence)
            claims += [claim] if claim and (statement.role, statement.value.sort) not in tiers else []
            tags += [tag] if tag else []
    claims += _bounds_changed(old, new, items)
    return ValueFindings(tuple(dict.fromkeys(claims)), tuple(dict.fromkeys(tags)))


def family(statement: Statement) -> str:
    """Return which family of claims a value belongs to."""
    if statement.role in _FAMILY:
        return _FAMILY[statement.role]
    return "threshold" if statement.bound or statement.value.sort is Sort.POWER else "amount"


def _claim_of_pair(a: Statement, b: Statement, tier: str, *, same: bool) -> Claim:
    name = family(b)
    if family(a) != name:
        name, same = ("deadline" if "deadline" in (family(a), name) else name), False
    less_kind, more_kind, neither = _MOVES[name]
    direction = _direction(a, b) if same else 0
    kind = {-1: less_kind, 0: neither, 1: more_kind}[direction]
    return Claim(
        kind,
        subject=_subject(b.clause),
        old=a.value.normal,
        new=b.value.normal,
        old_text=_as_stated(a),
        new_text=_as_stated(b),
        unit=_unit(a, b, tier),
    )


def _unit(a: Statement, b: Statement, tier: str) -> str:
    """Return what is measured, as both sides call it: the role, the bound, the noun that is counted."""
    bound = a.bound if a.bound == b.bound else ""
    role = (
        b.role.value if a.role is b.role else ValueRole.PERIOD.value if b.value.sort is Sort.DURATION else b.role.value
    )
    if b.role is ValueRole.PRISON and "拘留" in b.clause and "徒刑" not in b.clause:
        role = "detention"
    noun = b.value.noun if b.value.sort is Sort.COUNT and b.role is not ValueRole.AGE else ""
    return "|".join((role, bound, noun or tier))


def _direction(a: Statement, b: Statement) -> int:
    one, other = a.value, b.value
    if one.size is None or other.size is None or one.size == other.size:
        return 0
    if one.sort is Sort.DURATION and one.unit != other.unit:
        ratio = max(one.size, other.size) / max(min(one.size, other.size), 1e-9)
        if ratio < (2.0 if "WD" in (one.unit, other.unit) else 1.12):
            return 0  # three months and ninety days are about the same
    return 1 if other.size > one.size else -1


def _as_stated(statement: Statement) -> str:
    return " ".join(statement.value.text.split())


def _subject(clause: str) -> str:
    text = " ".join(clause.split())
    return text if len(text) <= 120 else text[:119] + "…"


def _pair_tags(a: Statement, b: Statement) -> Iterator[Tag]:
    texts = (a.value.text, b.value.text)
    names = {TAGS[family(b)], TAGS[family(a)]} if family(a) != family(b) else {TAGS[family(b)]}
    for name in sorted(names):
        yield Tag(name, a.value.normal, b.value.normal, *texts)
    if b.role is ValueRole.PENALTY and b.value.sort in (Sort.MONEY, Sort.SHARE, Sort.TIMES):
        yield Tag(TagName.AMOUNT, a.value.normal, b.value.normal, *texts)


def _alone(side: str, statement: Statement, change: Change, evidence: BothTexts) -> tuple[Claim | None, Tag | None]:
    """Return what a value says that has no counterpart: nothing when the other side's unit states it, too."""
    other, unit = ("new", change.new_unit) if side == "old" else ("old", change.old_unit)
    value, name = statement.value, family(statement)
    if change.kind in (ChangeKind.SPLIT, ChangeKind.MERGED) or evidence.has_value(
        other, unit, value.sort, value.normal
    ):
        return None, None
    is_gone = side == "old"
    tag = (
        Tag(TAGS[name], value.normal, "", value.text) if is_gone else Tag(TAGS[name], "", value.normal, "", value.text)
    )
    if value.sort is Sort.COUNT and statement.role is not ValueRole.AGE:
        return None, None  # a number of things in new words is only one of them
    if name not in _ONE_SIDED:
        return None, tag
    kind = _ONE_SIDED[name][0 if is_gone else 1]
    if name == "deadline" and statement.role is not ValueRole.TIME_LIMIT:
        return None, tag
    if evidence.elsewhere(other, statement.clause):
        return None, None  # its clause left for, or came from, another unit
    texts = {"old": value.normal, "old_text": value.text} if is_gone else {"new": value.normal, "new_text": value.text}
    unit_words = "|".join((statement.role.value, statement.bound, ""))
    return Claim(kind, subject=_subject(statement.clause), unit=unit_words, **texts), tag


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
                subject=_subject(b.clause),
                old=a.value.normal,
                new=b.value.normal,
                old_text=_with_words(a),
                new_text=_with_words(b),
                unit=f"{b.role.value}||",
            )


def _old_place(new_place: int, items: list[Edit]) -> int:
    """Return where an untouched place of the new text stood in the old one."""
    shift = 0
    for edit in items:
        if edit.new_at <= new_place:
            shift = edit.old_at + len(edit.struck) - (edit.new_at + len(edit.added))
    return new_place + shift


def _with_words(statement: Statement) -> str:
    """Return a value with the few words around it that say what it is for, none of them cut in half."""
    at = statement.clause.find(statement.value.text)
    end = at + len(statement.value.text)
    clause = statement.clause
    return whole_words(clause, max(0, at - _AROUND), min(len(clause), end + _AROUND)).strip(" ,，、.")
