"""One value that became another: which claim and which tags that makes, and which way it went."""

from __future__ import annotations

from collections.abc import Iterator

from storage.records import Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.quantities.value import Sort
from tracker.weigh.quantities.value_roles import Statement, ValueRole
from tracker.weigh.quotable import whole_words

_AROUND, _AROUND_WIDE = 16, 8  # characters
_MOVES = {  # (lowered, raised, neither)
    "deadline": (C.DEADLINE_SHORTENED, C.DEADLINE_EXTENDED, C.DEADLINE_CHANGED),
    "penalty": (C.PENALTY_LOWERED, C.PENALTY_RAISED, C.PENALTY_CHANGED),
    "threshold": (C.THRESHOLD_LOWERED, C.THRESHOLD_RAISED, C.THRESHOLD_CHANGED),
    "amount": (C.AMOUNT_LOWERED, C.AMOUNT_RAISED, C.AMOUNT_CHANGED),
    "age": (C.AGE_CHANGED, C.AGE_CHANGED, C.AGE_CHANGED),
    "term": (C.TERM_CHANGED, C.TERM_CHANGED, C.TERM_CHANGED),
    "date": (C.DATE_MOVED, C.DATE_MOVED, C.DATE_MOVED),
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


def family(statement: Statement) -> str:
    """Return which family of claims a value belongs to."""
    if statement.role in _FAMILY:
        return _FAMILY[statement.role]
    return "threshold" if statement.bound or statement.value.sort is Sort.POWER else "amount"


def claim_of_pair(a: Statement, b: Statement, tier: str, *, same: bool) -> Claim:
    """Return the claim that *a* became *b*; only values of the *same* kind of thing went up or down."""
    name = family(b)
    if family(a) != name:
        name, same = ("deadline" if "deadline" in (family(a), name) else name), False
    less_kind, more_kind, neither = _MOVES[name]
    direction = _direction(a, b) if same else 0
    kind = {-1: less_kind, 0: neither, 1: more_kind}[direction]
    is_other_bound = a.bound and b.bound and a.bound != b.bound
    if (is_other_bound or a.value.measure == b.value.measure) and name in ("threshold", "amount", "penalty"):
        # a floor that became a ceiling, or 500 that became up to 500, went neither up nor down
        words = with_words(a), with_words(b)
        return Claim(C.THRESHOLD_CHANGED, "words", a.value.normal, b.value.normal, *words, unit=f"{b.role.value}||")
    return Claim(
        kind,
        subject=subject_of(b.clause),
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
    if b.role is ValueRole.PRISON:
        role = prison_name(b)
    noun = b.value.noun if b.value.sort is Sort.COUNT and b.role is not ValueRole.AGE else ""
    if b.role is ValueRole.TERM and a.term == b.term and b.term != "words":
        noun = b.term
    is_range = bound and a.is_range and b.is_range and family(b) in ("deadline", "term")
    return "|".join((role, bound, "range" if is_range else noun or tier))


def prison_name(statement: Statement) -> str:
    """Return what a prison term is called: detention where the clause knows no imprisonment."""
    return "detention" if "拘留" in statement.clause and "徒刑" not in statement.clause else statement.role.value


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


def subject_of(clause: str) -> str:
    """Return a clause on one line, short enough to say what a value is about."""
    text = " ".join(clause.split())
    return text if len(text) <= 120 else text[:119] + "…"


def pair_tags(a: Statement, b: Statement) -> Iterator[Tag]:
    """Yield the tags of a value that became another."""
    texts = (a.value.text, b.value.text)
    names = {TAGS[family(b)], TAGS[family(a)]} if family(a) != family(b) else {TAGS[family(b)]}
    for name in sorted(names):
        yield Tag(name, a.value.normal, b.value.normal, *texts)
    if b.role is ValueRole.PENALTY and b.value.sort in (Sort.MONEY, Sort.SHARE, Sort.TIMES):
        yield Tag(TagName.AMOUNT, a.value.normal, b.value.normal, *texts)


def with_words(statement: Statement) -> str:
    """Return a value with the few words around it that say what it is for, none of them cut in half."""
    at = statement.clause.find(statement.value.text)
    end = at + len(statement.value.text)
    clause = statement.clause
    around = _AROUND if " " in clause else _AROUND_WIDE
    return (
        whole_words(clause, max(0, at - around), min(len(clause), end + around // 2))
        .strip(" ,，、.")
        .removeprefix("of ")
    )
