"""From when a time limit counts: five days of the request are not five days of the decision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from storage.records import Claim
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import bare
from tracker.weigh.quantities.number_words import NUMBER
from tracker.weigh.quantities.value_changes import subject_of
from tracker.weigh.quantities.value_roles import Statement, ValueRole
from tracker.weigh.quotable import quote

_BEHIND = re.compile(  # within 30 days | after receipt of the request
    r"^\s(?P<way>of|after|from|following|before|prior to|preceding|nach|vor|ab|de|du|à compter d[eu]|après|avant|"
    r"na|vóór|desde|antes de|dopo|prima di)\s(?P<start>[^,;.:()]{3,90}?)(?=[,;.:()]|\s(?:unless|if|and|or|where)\s|$)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?:自|从)(?P<start>[^，。；自从]{2,40}?)(?:之日|之时|时|当日|次日)?起(?:的|计算)?(?:，)?(?:在|不少于)?$"
)
_WAY_ZH = re.compile(r"^(?:之|以)?(?P<way>前|后)")
_LEAD_ZH = re.compile(r"(?P<start>[^，。；]{2,20}?)(?:之|以)?(?P<way>前|后)$")  # 届满后三十日内
_DIRECTION_ZH = re.compile(r"以?[内前]")
_EVENT_ZH = re.compile(r"(?P<start>[^，。；]{2,20}?)(?:之?后|之?前|的)?(?:在)?$")
_BEFORE = {"before", "prior to", "preceding", "vor", "avant", "vóór", "antes de", "prima di", "前"}
_STARTS_WITH_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_LIMITS = {ValueRole.TIME_LIMIT, ValueRole.WAIT}
_TERMS = {ValueRole.TERM, ValueRole.PERIOD}  # of a term "of" says what it is, not when it begins
_AT_ONCE = re.compile(r"^(?:the|a|an|any|such|his|her|its|their)\s", re.IGNORECASE)


def starts_changed(pairs: Iterable[tuple[Statement, Statement]]) -> Iterator[Claim]:
    """Yield a claim for each time limit that stays as long and counts from another event, or before it, not after."""
    for a, b in pairs:
        if a.role not in _LIMITS | _TERMS or a.role is not b.role:
            continue
        old, new = _start(a), _start(b)
        if a.role in _TERMS and "of" in (old or ("",))[0] + (new or ("",))[0]:
            continue
        ways = [_direction(side) for side in (a, b)]
        if all(ways) and ways[0] != ways[1] and not (_LEAD_ZH.search(_around(a)[0]) or _LEAD_ZH.search(_around(b)[0])):
            texts = a.value.text + ways[0], b.value.text + ways[1]
            unit = f"{b.role.value}|start|"
            yield Claim(C.DEADLINE_CHANGED, subject_of(b.clause), a.value.normal, b.value.normal, *texts, unit=unit)
        elif old and new and not _is_one_name(old, new) and not any(map(_STARTS_WITH_NUMBER.match, (old[1], new[1]))):
            texts = (_in_words(a), _in_words(b))
            unit = f"{b.role.value}|start|"
            yield Claim(C.DEADLINE_CHANGED, subject_of(b.clause), a.value.normal, b.value.normal, *texts, unit=unit)


def _is_one_name(old: tuple[str, str], new: tuple[str, str]) -> bool:
    """Return whether the same event is only named with another article: of receipt, of the receipt."""
    sides = [(way in _BEFORE, bare(_AT_ONCE.sub("", event))) for way, event in (old, new)]
    return sides[0] == sides[1]


def _start(statement: Statement) -> tuple[str, str] | None:
    """Return which way a time limit counts and from what event; None where the clause names none."""
    lead, behind = _around(statement)
    if hit := _BEHIND.search(behind):
        return hit["way"].lower(), hit["start"]
    if hit := _AHEAD.search(lead):
        return "起", hit["start"]
    if behind.startswith(("内", "以内", "之内")) and (hit := _LEAD_ZH.search(lead)):
        return hit["way"], hit["start"]
    if (way := _WAY_ZH.search(behind)) and (hit := _EVENT_ZH.search(lead)):
        return way["way"], hit["start"]
    return None


def _direction(statement: Statement) -> str:
    """Return whether something is due within a Chinese time, or before it: 十日内, 十日前."""
    hit = _DIRECTION_ZH.match(_around(statement)[1])
    return hit[0] if hit else ""


def _around(statement: Statement) -> tuple[str, str]:
    lead, _, behind = statement.clause.partition(statement.value.text)
    return lead, behind


def _in_words(statement: Statement) -> str:
    """Return a time limit with the event it counts from, as one quotation."""
    lead, behind = _around(statement)
    text = statement.value.text
    if hit := _BEHIND.search(behind):
        return quote(text + hit[0])
    if hit := _AHEAD.search(lead):
        return quote(hit[0] + text)
    if hit := _LEAD_ZH.search(lead):
        return quote(hit[0] + text + "内")
    way, hit = _WAY_ZH.search(behind), _EVENT_ZH.search(lead)
    return quote((hit[0] if hit else "") + text + (way[0] if way else ""))
