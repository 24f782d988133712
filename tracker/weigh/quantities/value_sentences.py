"""Values in English sentences: from what to what, and which way."""

from __future__ import annotations

import re

from storage.records import DAYS_OF_UNIT, Claim
from storage.records import ClaimKind as C

_UNITS = {"D": "day", "WD": "working day", "W": "week", "M": "month", "Y": "year", "H": "hour"}
_ALIKE = 1.02  # times; nearer than this, neither is called the longer
_DURATION = re.compile(r"P(T?)([\d.]+)([A-Z]+)")
_NAMES = {
    "time limit": "Time limit",
    "waiting time": "Waiting time",
    "interval": "Interval",
    "period": "Period",
    "term": "Period",
    "prison term": "Prison term",
    "detention": "Detention",
    "age": "Age limit",
    "penalty": "Penalty",
    "amount": "Amount",
    "date": "Date",
    "time of day": "Time of day",
}
_TERMS = {"retention": "Retention period", "validity": "Validity", "office": "Term of office"}
_RANGE = {"floor": "Lower end of the", "ceiling": "Upper end of the"}
_NOUNS = {"人": "persons", "名": "persons", "户": "households"}
_BOUNDS = {"floor": "Minimum", "ceiling": "Maximum"}
_VERBS = {
    C.DEADLINE_SHORTENED: "shortened", C.DEADLINE_EXTENDED: "extended", C.PENALTY_RAISED: "raised",
    C.PENALTY_LOWERED: "lowered", C.AMOUNT_RAISED: "raised", C.AMOUNT_LOWERED: "lowered",
    C.THRESHOLD_RAISED: "raised", C.THRESHOLD_LOWERED: "lowered",
}  # fmt: skip


def measure(claim: Claim) -> str:
    """Return which value became which, and whether that is more or less."""
    role, bound, noun = _parts(claim)
    if bound == "start":
        return f"The time of {duration(claim.new)} counts otherwise: was “{claim.old_text}”, is now “{claim.new_text}”"
    tier = f" of the {noun} tier" if role in ("penalty", "prison term", "detention") and noun else ""
    term = _TERMS.get(noun, "") if role == "term" else ""
    noun = _NOUNS.get(noun, noun)
    noun = (
        noun if noun.isascii() and noun != "range" and not tier and not term else ""
    )  # a Chinese measure word is none in English
    name = f"Number of {noun}" if noun else term or _NAMES.get(role, "Amount")
    count_noun = ""
    if claim.claim.value.startswith("threshold"):
        is_money = claim.new.partition(" ")[0].isalpha() and " " in claim.new  # a cap as often as a threshold
        name, count_noun = "Limit" if is_money else "Threshold", f" {noun}" if noun else ""
    if (
        bound
        and role in ("penalty", "prison term", "detention", "amount", "period")
        and not claim.claim.value.startswith("thr")
    ):
        name = f"{_BOUNDS[bound]} {name[0].lower()}{name[1:]}"
    if role == "amount" and not noun and "%" in claim.old + claim.new and "%" in claim.old and "%" in claim.new:
        name = name.replace("Amount", "Percentage").replace("amount", "percentage")
    if claim.unit.endswith("|range") and bound:
        name = f"{_RANGE[bound]} {_NAMES[role].lower()}"
    if "/" in claim.old + claim.new:
        name = name.replace("Amount", "Share")
    verb = _VERBS.get(claim.claim) or _plain_verb(claim)
    end = " years of age" if role == "age" else count_noun
    old, new = _say(claim.old, claim.old_text, role), _say(claim.new, claim.new_text, role)
    return f"{name}{tier} {verb} from {old} to {new}{end}"


def _plain_verb(claim: Claim) -> str:
    if claim.claim not in (C.AGE_CHANGED, C.TERM_CHANGED):
        return "changed"
    old, new = _days(claim.old), _days(claim.new)
    if not old or not new or max(old, new) < _ALIKE * min(old, new):
        return "changed"
    less, more = ("lowered", "raised") if claim.claim is C.AGE_CHANGED else ("shortened", "extended")
    return more if new > old else less


def _days(normal: str) -> float:
    items = _DURATION.fullmatch(normal)
    return float(items[2]) * DAYS_OF_UNIT.get(f"{items[1]}{items[3]}", 0.0) if items else 0.0


def _parts(claim: Claim) -> tuple[str, str, str]:
    role, _, rest = claim.unit.partition("|")
    bound, _, noun = rest.partition("|")
    return role, bound, noun


def _say(normal: str, text: str, role: str) -> str:
    if role == "age":
        items = _DURATION.fullmatch(normal)
        return items[2] if items else normal
    if role == "date":
        return f"“{text}”"
    if normal == "1 times":
        return "1 time"
    return money(normal) if not normal.startswith("P") else duration(normal)


def duration(normal: str) -> str:
    """Return a normal duration in words: P15WD as 15 working days."""
    items = _DURATION.fullmatch(normal)
    if items is None:
        return normal
    unit = "minute" if items[1] and items[3] == "M" else _UNITS[items[3]]
    return f"{items[2]} {unit}{'' if items[2] == '1' else 's'}"


def money(normal: str) -> str:
    """Return a normal amount with its thousands apart."""
    currency, _, amount = normal.partition(" ")
    if currency.isalpha() and amount.replace(".", "").isdigit():
        return f"{currency} {float(amount):,.15g}"
    return f"{float(normal):,.15g}" if normal.isdigit() else normal


def value_alone(claim: Claim) -> str:
    """Return what came or went, with its value."""
    role, bound, _ = _parts(claim)
    name = _NAMES.get(role, "Amount")
    name = f"{_BOUNDS[bound]} {name.lower()}" if bound and role != "time limit" else name
    value = _say(claim.new or claim.old, claim.new_text or claim.old_text, role)
    return f"{name} of {value} {'added' if claim.new else 'removed'}"


def tier_in_words(tier: str) -> str:
    """Return one tier of a penalty: up to 3 years, 3 years to 10 years."""
    floor, dash, ceiling = tier.partition("-")
    low, high = (_say(value, value, "") if value else "" for value in (floor, ceiling))
    if not dash:
        return low
    return f"{low} to {high}" if low and high else f"up to {high}" if high else f"at least {low}"
