"""A value that came or went alone: told only when the other side's unit neither states it nor changed it there."""

from __future__ import annotations

from storage.records import Change, ChangeKind, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import BothTexts
from tracker.weigh.likeness import share_of_shorter
from tracker.weigh.quantities.value import Sort, Value
from tracker.weigh.quantities.value_changes import TAGS, claim_of_pair, family, pair_tags, prison_name, subject_of
from tracker.weigh.quantities.value_roles import PENAL, Statement, ValueRole, statements

_ONE_SIDED = {  # (removed, added)
    "deadline": (C.DEADLINE_DROPPED, C.DEADLINE_SET),
    "penalty": (C.PENALTY_REMOVED, C.PENALTY_ADDED),
}
_ONE_CLAUSE = 0.7  # share of the shorter clause's words that both hold
Finding = tuple[Claim | None, Tag | None]


def lone_value(side: str, statement: Statement, change: Change, evidence: BothTexts) -> Finding:
    """Return what a value says that has no counterpart: nothing when the other side's unit states it, too."""
    other, unit = ("new", change.new_unit) if side == "old" else ("old", change.old_unit)
    value = statement.value
    if change.kind in (ChangeKind.SPLIT, ChangeKind.MERGED) or evidence.has_value(other, unit, value):
        return None, None
    twin = _twin(side, statement, unit, change, evidence)
    if twin is not None:  # it went into another paragraph of the unit, and is another value there
        a, b = (statement, twin) if side == "old" else (twin, statement)
        return (claim_of_pair(a, b, "", same=True) if side == "old" else None), next(pair_tags(a, b))
    if value.sort is Sort.COUNT and statement.role is not ValueRole.AGE:
        # a number of things in new words is only one of them; a threshold is more
        return None, Tag(TagName.AMOUNT, *_sides(value, is_gone=side == "old")) if statement.bound else None
    return _came_or_went(side, statement, other, evidence)


def _came_or_went(side: str, statement: Statement, other: str, evidence: BothTexts) -> Finding:
    value, name, is_gone = statement.value, family(statement), side == "old"
    tag = Tag(TAGS[name], *_sides(value, is_gone=is_gone))
    if name not in _ONE_SIDED or (name == "deadline" and statement.role is not ValueRole.TIME_LIMIT):
        return None, tag
    if evidence.elsewhere(other, statement.clause):
        return None, None  # its clause left for, or came from, another unit
    kind = _ONE_SIDED[name][0 if is_gone else 1]
    texts = {"old": value.normal, "old_text": value.text} if is_gone else {"new": value.normal, "new_text": value.text}
    role = prison_name(statement) if statement.role is ValueRole.PRISON else statement.role.value
    unit_words = "|".join((role, statement.bound, ""))
    return Claim(kind, subject=subject_of(statement.clause), unit=unit_words, **texts), tag


def _sides(value: Value, *, is_gone: bool) -> tuple[str, ...]:
    return (value.normal, "", value.text) if is_gone else ("", value.normal, "", value.text)


def _twin(side: str, statement: Statement, unit: str | None, change: Change, evidence: BothTexts) -> Statement | None:
    """Return the value of the same kind and thing that stands in another paragraph of the other side's unit."""
    other, own_unit = ("new", change.old_unit) if side == "old" else ("old", change.new_unit)
    if statement.role not in (ValueRole.TIME_LIMIT, *PENAL):
        return None
    text = evidence.unit_text(other, unit)
    twins = [
        s
        for s in statements(text, evidence.words)
        if s.kind == statement.kind
        and s.value.text not in (change.new_text if side == "old" else change.old_text)
        and not evidence.has_value(side, own_unit, s.value)
        and share_of_shorter(_without_value(s), _without_value(statement)) >= _ONE_CLAUSE
    ]
    return twins[0] if len(twins) == 1 else None


def _without_value(statement: Statement) -> str:
    return statement.clause.replace(statement.value.text, " ", 1)
