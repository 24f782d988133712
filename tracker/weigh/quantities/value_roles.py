"""What a value is for: a time limit, a prison term, an age, a fine; and which bound it is, floor or ceiling.

Only values of the same role and the same bound are ever compared: a floor with a floor, a ceiling with a ceiling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from tracker.weigh.quantities.value import Sort, Value
from tracker.weigh.quantities.values import values
from tracker.weigh.words import Finder, Vocabulary

CLAUSE_END = re.compile(r"[;；。!?！？\n]|\.(?=\s+[A-Z(“\"]|\s*$)|:(?=\s)|：")
_NEAR = 26  # characters before a value in which a word of its bound or limit may stand
_NEAR_WIDE = 6  # the same in Chinese
_SAME_TERM = 30  # characters between the floor and the ceiling of one term
_PRISON_NEAR, _PRISON_NEAR_WIDE = 110, 8
_EVERY = re.compile(r"(?:every|each)\s|每", re.IGNORECASE)
_TO = re.compile(r"^\s?(?:to|–|—|-|~|～|至|到|bis|à|tot)\s?$")
_AND = re.compile(r"^\s?(?:and|et|und|en|和)\s?$")
_BETWEEN = re.compile(r"(?:between|entre|zwischen|tussen)\s(?:\w+\s)?$", re.IGNORECASE)
_AFTER_BOUND = re.compile(r"^\s?(?:元|周岁|岁)?(以上|以下|以内|之内)")
_ZH_COMMA = re.compile(r"[，。；]")
_IMPOSITION = re.compile(r"处|罚")
_PAST_ZH = re.compile(r"(?:以|之)?内(?:受到|累计|连续|发生|曾|因|再次)")
_BEGINS = 12  # characters a clause may have before the word of its condition
_OF_TERM = re.compile(r"^[^.。]{0,60}\bterm\b[^.。]{0,40}$")
_BOUNDS = {"least": "floor", "more": "floor", "most": "ceiling", "less": "ceiling"}


class ValueRole(StrEnum):
    """What a value is for."""

    TIME_LIMIT = "time limit"
    WAIT = "waiting time"
    INTERVAL = "interval"
    PERIOD = "period"
    TERM = "term"
    PRISON = "prison term"
    AGE = "age"
    PENALTY = "penalty"
    AMOUNT = "amount"
    DATE = "date"
    CLOCK = "time of day"


@dataclass(frozen=True, slots=True)
class Statement:
    """A value as a text states it: what for, as which bound, in which clause; ``term`` says what lasts so long."""

    value: Value
    role: ValueRole
    bound: str
    clause: str
    term: str = ""
    is_range: bool = False

    @property
    def kind(self) -> tuple[str, ...]:
        """Return what two values must share to be compared."""
        unit = "" if self.value.sort is Sort.DURATION else self.value.unit
        family = "duration" if self.role in _DURATIONS else self.role.value
        return (self.value.sort.value, family, unit, self.bound)


PENAL = (ValueRole.PRISON, ValueRole.PENALTY)
_DURATIONS = {ValueRole.TIME_LIMIT, ValueRole.WAIT, ValueRole.INTERVAL, ValueRole.PERIOD, ValueRole.TERM}


def statements(text: str, words: Vocabulary) -> list[Statement]:
    """Return every value of *text* with its role and bound, in order."""
    items = values(text, words)
    ranges = dict(_ranges(text, items))
    ends = [0, *(hit.end() for hit in CLAUSE_END.finditer(text)), len(text)]
    result: list[Statement] = []
    for place, value in enumerate(items):
        start = max(end for end in ends if end <= value.start)
        end = min(end for end in ends if end >= value.end)
        before_end = max(start, items[place - 1].end if place else 0)
        before = text[before_end : value.start]
        after_end = min(end, items[place + 1].start if place + 1 < len(items) else end)
        after = text[value.end : after_end]
        clause = text[start:end]
        role = _role(value, text[start : value.start], before, text[value.end : end], clause, words)
        bound = ranges.get(value) or _bound(before, after, words)
        whole = text[items[place - 1].end if place else 0 : value.start]
        if value.sort is Sort.DURATION and (_goes_on(result[-1:], before, start) or _is_next_term(result[-1:], whole)):
            role = ValueRole.PRISON  # not less than three years and not more than ten
        if value in ranges and result and _TO.match(before) and result[-1].value.sort is value.sort:
            role = result[-1].role  # a range is for one thing
        term = _term(text[start : value.start], after, words) if role is ValueRole.TERM else ""
        result.append(Statement(value, role, bound, clause, term, value in ranges))
    return result


def _goes_on(last: list[Statement], between: str, clause_start: int) -> bool:
    """Return whether a duration only goes on with the prison term just before it."""
    if not last or last[0].role is not ValueRole.PRISON:
        return False
    return last[0].value.start >= clause_start and len(between) <= _SAME_TERM


def _is_next_term(last: list[Statement], between: str) -> bool:
    """Return whether a duration is another tier of the prison term before it: in serious cases the term shall be."""
    return bool(last) and last[0].role is ValueRole.PRISON and _OF_TERM.match(between) is not None


def _ranges(text: str, items: list[Value]) -> Iterator[tuple[Value, str]]:
    """Yield floor and ceiling of each range: 10 to 20 days, between 5 and 10 %."""
    for a, b in pairwise(items):
        between = text[a.end : b.start]
        if a.sort is not b.sort:
            continue
        if _TO.match(between) or (_AND.match(between) and _BETWEEN.search(text[: a.start])):
            yield a, "floor"
            yield b, "ceiling"


def _bound(before: str, after: str, words: Vocabulary) -> str:
    wide = words.language == "zh"
    if wide and (hit := _AFTER_BOUND.match(after)):
        return "floor" if hit[1] == "以上" else "ceiling"
    near = _near(before, wide=wide)
    hits = words.threshold.places(near)
    if hits and len(near) - hits[-1][2] <= (3 if wide else 14):
        return _BOUNDS.get(hits[-1][0], "")
    behind = words.threshold.places(after[: 3 if wide else 16])
    if behind and behind[0][1] <= 2 and not wide:
        return _BOUNDS.get(behind[0][0], "")
    return ""


def _near(before: str, *, wide: bool) -> str:
    return before[-(_NEAR_WIDE if wide else _NEAR) :]


def _role(value: Value, lead: str, before: str, after: str, clause: str, words: Vocabulary) -> ValueRole:
    if value.sort is Sort.DATE:
        return ValueRole.DATE
    if value.sort is Sort.CLOCK:
        return ValueRole.CLOCK
    if _is_age(value, before, after, words):
        return ValueRole.AGE
    if value.sort is Sort.DURATION:
        return _duration_role(value, lead, before, after, words)
    if value.sort in (Sort.MONEY, Sort.SHARE, Sort.TIMES) and _has(words.penalty, clause):
        return ValueRole.AMOUNT if _is_condition(lead, after, words) else ValueRole.PENALTY
    return ValueRole.AMOUNT


def _is_condition(lead: str, after: str, words: Vocabulary) -> bool:
    """Return whether a value only says in which case a penalty is due: 违法所得不足五十万元的，."""
    if words.language == "zh":
        lead_words, rest = _ZH_COMMA.split(lead)[-1], _ZH_COMMA.split(after)[0]
        return rest.endswith("的") and not _IMPOSITION.search(lead_words)
    lead_words = lead.rpartition(", ")[2] if not words.condition.find(lead[:12]) else lead
    starts = [start for _, start, _ in words.condition.places(lead_words)]
    return bool(starts) and starts[0] <= _BEGINS and "," in after and not _has(words.penalty, lead_words)


def _is_age(value: Value, before: str, after: str, words: Vocabulary) -> bool:
    if value.sort is Sort.COUNT:
        return value.unit == "岁"
    if value.sort is not Sort.DURATION or value.unit not in ("Y", "M"):
        return False
    if words.language == "zh":
        return after.startswith(("周岁", "岁"))
    return _has(words.age, before[-20:]) or any(start <= 3 for _, start, _ in words.age.places(after[:18]))


def _duration_role(value: Value, lead: str, before: str, after: str, words: Vocabulary) -> ValueRole:
    wide = words.language == "zh"
    if _EVERY.match(value.text) or words.intervals.find(value.text):
        return ValueRole.INTERVAL
    if _is_prison(lead, after, wide=wide, words=words):
        return ValueRole.PRISON
    limit = _limit(before, after, words)
    if limit is ValueRole.INTERVAL or (wide and limit is not None):
        return limit
    if value.unit in ("Y", "M") and _has(words.term, lead[-60:] + after[:24]) and limit is not ValueRole.TIME_LIMIT:
        return ValueRole.TERM
    if _has(words.term, (lead[-14:] if wide else lead[-40:])) and value.unit in ("Y", "M", "D"):
        return ValueRole.TERM if limit is not ValueRole.TIME_LIMIT else limit
    return limit or ValueRole.PERIOD


def _limit(before: str, after: str, words: Vocabulary) -> ValueRole | None:
    """Return whether a duration is a limit, a waiting time or an interval, by the words next to it."""
    if words.language == "zh":
        if after.startswith(("内不得", "以内不得", "内禁止")):
            return None  # a ban lasts so long: nothing is due
        if _PAST_ZH.match(after):
            return None  # 一年内受到两次处罚: what happened in that time
        behind = after.removeprefix("的")[:4]
        hits = [meaning for meaning, start, _ in words.limit.places(behind) if start <= 1]
        ahead = [meaning for meaning, _, end in words.limit.places(before[-4:]) if end >= len(before[-4:]) - 1]
        meaning = next((m for m in hits if m != "interval"), "") or next(iter(ahead), "")
    else:
        near = before[-_NEAR:]
        hits_before = [m for m, _, end in words.limit.places(near) if len(near) - end <= 10]
        hits_after = [m for m, start, _ in words.limit.places(after[:22]) if start <= 12]
        meaning = hits_before[-1] if hits_before else next(iter(hits_after), "")
    return {"limit": ValueRole.TIME_LIMIT, "after": ValueRole.WAIT, "interval": ValueRole.INTERVAL}.get(meaning)


def _is_prison(lead: str, after: str, *, wide: bool, words: Vocabulary) -> bool:
    near = _PRISON_NEAR_WIDE if wide else _PRISON_NEAR
    return _has(words.prison, lead[-near:]) or _has(words.prison, after[: 10 if wide else 24])


def _term(lead: str, after: str, words: Vocabulary) -> str:
    """Return which kind of term a duration is, by the word nearest to it."""
    meanings = [meaning for meaning, _ in (*words.term.find(after[:24]), *words.term.find(lead[-60:]))]
    return meanings[-1] if meanings else ""


def _has(finder: Finder, text: str) -> bool:
    return finder.pattern is not None and finder.pattern.search(text) is not None
