"""Nest a sequence of ambiguous markers — (a) (1) (i) (A) — into a tree.

A marker such as (i) has several readings; which one holds is decided over the whole sequence by a beam search over
stacks of open levels (costs after eRegs' heuristics, linear time; science 6.2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from storage.records import ProvisionKind
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.numbers import roman_to_int

WIDTH = 64
_BEHIND = 9.0  # twice a refused marker and more: no later line makes that good


class Style(StrEnum):
    """How a level prints its numbers."""

    LOWER = "a"
    UPPER = "A"
    DIGIT = "1"
    ROMAN = "i"
    UPPER_ROMAN = "I"
    DOUBLE = "aa"
    UPPER_DOUBLE = "AA"


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of a drafting tradition below the article: its kind and how it prints its numbers."""

    kind: ProvisionKind
    style: Style


Ladder = Sequence[Rung]


@dataclass(frozen=True, slots=True)
class MarkerCandidate:
    """A place that may begin a provision: the printed number, where it stands, and what it costs to say no."""

    number: str
    label: str
    start: int
    end: int
    refusal: float


# one open level: its rung, the ordinal it stands at, how many siblings it has; plain tuples, for speed
_Level = tuple[int, float, int]
_Stack = tuple[_Level, ...]


class _State(NamedTuple):
    cost: float
    stack: _Stack = ()
    choice: tuple[int, int] | None = None  # depth, rung
    back: _State | None = None


_MARK = re.compile(r"\((\d{1,3}[A-Za-z]{0,2}(?:[-.]\d{1,2})?|[A-Za-z]{1,6}(?:-\d{1,2})?)\)")
_INSERTION = re.compile(r"(\w+)[-.](\d{1,2})")
_STRONG = 4.0
_AFTER_DELIMITER = 1.4
_DELIMITER = re.compile(r"(?:[—–:;.\-]|[;,]\s*(?:and|or|and/or)|[—–])\s*$", re.IGNORECASE)


def candidates(text: str) -> list[MarkerCandidate]:
    """Return the places of *text* where a bracketed marker may begin a provision.

    A marker counts at the start of a line, after a delimiter (dash, colon, semicolon, full stop, "; and"), or right
    behind another candidate, as in "(1)(a)". A reference such as "clause (a) of rule 5" has neither.
    """
    results: list[MarkerCandidate] = []
    for match in _MARK.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        line_start = not before.strip() or before.rstrip(" \t").endswith("\n")
        is_chain = bool(results) and not text[results[-1].end : match.start()].strip()
        if line_start or (is_chain and results[-1].refusal == _STRONG):
            refusal = _STRONG
        elif is_chain or _DELIMITER.search(before):
            refusal = _AFTER_DELIMITER
        else:
            continue
        results.append(MarkerCandidate(match[1], match[0], match.start(), match.end(), refusal))
    return results


@lru_cache(maxsize=4096)
def readings(number: str) -> list[tuple[Style, float]]:
    """Return every (style, ordinal) that a printed number may stand for.

    >>> [(s.value, n) for s, n in readings("i")]
    [('i', 1.0), ('a', 9.0)]
    """
    results: list[tuple[Style, float]] = []
    insertion = _INSERTION.fullmatch(number)  # "(c-1)" stands between (c) and (d), "(7.5)" between (7) and (8)
    if insertion:
        return [(style, ordinal + int(insertion[2]) / 200) for style, ordinal in readings(insertion[1])]
    digits = re.fullmatch(r"(\d+)([A-Za-z]{0,2})", number)
    if digits:
        return [(Style.DIGIT, int(digits[1]) + _suffix(digits[2]))]
    lower = number.islower()
    if not lower and not number.isupper():
        return []
    roman = roman_to_int(number)
    if roman is not None:
        results.append((Style.ROMAN if lower else Style.UPPER_ROMAN, float(roman)))
    if len(number) == 1:
        results.append((Style.LOWER if lower else Style.UPPER, float(ord(number.lower()) - 96)))
    elif len(set(number)) == 1 and len(number) == 2:
        results.append((Style.DOUBLE if lower else Style.UPPER_DOUBLE, float(ord(number[0].lower()) - 96)))
        results.append((Style.LOWER if lower else Style.UPPER, float(ord(number[0].lower()) - 96) + _suffix(number[1])))
    elif len(number) == 2:
        results.append((Style.LOWER if lower else Style.UPPER, float(ord(number[0].lower()) - 96) + _suffix(number[1])))
    return results


def _suffix(letters: str) -> float:
    return sum((ord(c.lower()) - 96) / 30.0 ** (i + 1) for i, c in enumerate(letters))


def decide(
    marks: Sequence[MarkerCandidate], ladder: Ladder, *, open_at: int = 0
) -> list[tuple[MarkerCandidate, int, int]]:
    """Return the candidates that begin provisions, each with its depth in the tree and its rung, in order.

    *open_at* is the rung expected first (a section that starts with "(a)" and one that starts with "(1)").
    """
    styles = [step.style for step in ladder]
    beam = [_State(0.0)]
    for candidate in marks:
        values = readings(candidate.number)
        states = [_State(state.cost + candidate.refusal, state.stack, None, state) for state in beam]
        for state in beam:
            for style, ordinal in values:
                _continue(states, state, style, ordinal, styles)
                _open(states, state, style, ordinal, styles, open_at)
        states.sort(key=_cost)
        beam = _distinct(states)
    return _trace(beam[0], marks)


def _cost(state: _State) -> float:
    return state.cost


def _continue(states: list[_State], state: _State, style: Style, ordinal: float, styles: Sequence[Style]) -> None:
    """Let the marker be the next sibling on each level that is open."""
    single = 0.0  # what it costs to close the levels below that hold one provision only
    stack = state.stack
    for depth in range(len(stack) - 1, -1, -1):
        rung, last, siblings = stack[depth]
        if styles[rung] is style and ordinal > last:
            gap = ordinal - last
            cost = 0.5 if gap < 0.99 else 0.0 if gap <= 1.0001 else 1.5 + 0.5 * (gap - 1)  # (4A), (ha) are rare
            level = (rung, ordinal, siblings + 1)
            states.append(_State(state.cost + cost + single, (*stack[:depth], level), (depth, rung), state))
        if siblings == 1:
            single += 0.5


def _open(
    states: list[_State], state: _State, style: Style, ordinal: float, styles: Sequence[Style], open_at: int
) -> None:
    """Let the marker open a level below the last."""
    stack = state.stack
    top = stack[-1][0] if stack else open_at - 1
    late = 0.0 if ordinal == 1 else 1.0 if not stack else 2 + 0.5 * min(ordinal, 6)  # a fragment may begin late
    for rung, rung_style in enumerate(styles):
        if rung_style is not style or (stack and rung == top):
            continue
        cost = 0.35 if rung == top + 1 else 1.25 if rung > top else 2.2
        cost += late
        for above, _, _ in stack:
            if styles[above] is style:
                cost += 0.6
        states.append(_State(state.cost + cost, (*stack, (rung, ordinal, 1)), (len(stack), rung), state))


def _distinct(states: Sequence[_State]) -> list[_State]:
    """Keep the cheapest state of each stack, the best of them, and none that is hopelessly behind."""
    by_stack: dict[_Stack, _State] = {}
    bound = states[0].cost + _BEHIND
    for state in states:
        if state.cost > bound:
            break
        if state.stack not in by_stack:
            by_stack[state.stack] = state
            if len(by_stack) == WIDTH:
                break
    return list(by_stack.values())


def _trace(state: _State | None, marks: Sequence[MarkerCandidate]) -> list[tuple[MarkerCandidate, int, int]]:
    steps: list[tuple[MarkerCandidate, int, int]] = []
    index = len(marks) - 1
    while state is not None and state.back is not None:
        if state.choice is not None:
            steps.append((marks[index], *state.choice))
        index -= 1
        state = state.back
    return steps[::-1]


def nest(text: str, ladder: Ladder, *, open_at: int = 0, depth_limit: int = 8) -> tuple[str, list[Draft]]:
    """Return the lead text of *text* and the tree of provisions that its bracketed markers make.

    The kind of a provision is that of its rung: a rule may go from its lead straight to clause (a). Lines of *text*
    are separated by newlines; a line without a marker belongs to the provision it follows.
    """
    steps = [step for step in decide(candidates(text), ladder, open_at=open_at) if step[1] < depth_limit]
    if not steps:
        return text.strip(), []
    roots: list[Draft] = []
    path: list[Draft] = []
    for place, (candidate, depth, rung) in enumerate(steps):
        end = steps[place + 1][0].start if place + 1 < len(steps) else len(text)
        draft = Draft(ladder[rung].kind, candidate.number, candidate.label, "", text[candidate.end : end].strip())
        del path[depth:]
        (path[-1].children if path else roots).append(draft)
        path.append(draft)
    return text[: steps[0][0].start].strip(), roots
