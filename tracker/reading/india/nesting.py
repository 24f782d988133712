"""Nest what is inside a rule: markers, provisos, explanations, illustrations and flush text, decided over the sequence.

A beam search over stacks of open levels, as in :mod:`tracker.reading.structure.markers`, with two additions Indian
drafting needs: a proviso or an explanation is a level of its own, whose place shows only by what follows it; and a
marker preceded by a dash opens a list where one preceded by a semicolon goes on with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.records import ProvisionKind
from tracker.reading.india.quotes import MASK_CHAR, mask
from tracker.reading.india.text import flow
from tracker.reading.structure.broken_references import ends_in_reference
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.markers import Ladder, Rung, Style, readings

K = ProvisionKind
WIDTH = 16
_MARGIN = 6.0
_MISPRINT = 2.4  # gazettes print (a) twice; only a marker that surely begins something is worth it
_MOST_TOKENS = 5_000
_DEEPEST = 8


def ladder(first: ProvisionKind) -> Ladder:
    """Return the levels below a rule or paragraph, the numbered ones being *first*."""
    return (
        Rung(first, Style.DIGIT),
        Rung(K.CLAUSE, Style.LOWER),
        Rung(K.SUBCLAUSE, Style.ROMAN),
        Rung(K.ITEM, Style.UPPER),
        Rung(K.ITEM, Style.UPPER_ROMAN),
    )


@dataclass(frozen=True, slots=True)
class NestingToken:
    """A place that may begin a provision; ``refusal`` is what it costs to say that it does not."""

    kind: ProvisionKind | None
    number: str
    label: str
    start: int
    end: int
    refusal: float
    after: str


@dataclass(frozen=True, slots=True)
class _IndianLevel:
    rung: int
    ordinal: float
    siblings: int


@dataclass(frozen=True, slots=True)
class _IndianState:
    cost: float
    stack: tuple[_IndianLevel, ...] = ()
    choice: tuple[int, ProvisionKind] | None = None
    back: _IndianState | None = field(default=None, repr=False)


_WORD = -1
_TYPED_DASHES = (",-", ":-", ".-", ";-", "--")  # a dash as typewriters make it
_OPENING = "—:"
_MARK = re.compile(r"\((\d{1,3}[A-Z]{0,2}|[A-Z]{1,2}|[a-z]{1,5}|[IVX]{1,5})\)")
_CONJUNCTION = re.compile(rf"[;,—{MASK_CHAR}]\s*(?:and|or|and/or)\s*$")
_WORDS = re.compile(
    r"(?P<proviso>Provided(?:\s+(?:further|also|that|however)\b))"
    r"|(?P<explanation>Explanations?|EXPLANATIONS?)(?P<number>\s+(?:[IVX]{1,4}|\d{1,2}))?\s*(?=[.:—])[.:—\s\-]*"
    r"|(?P<illustration>Illustrations?|ILLUSTRATIONS?)\s*(?=[.:—\n])[.:—\s\-]*"
)
_SENTENCE_END = f".;:—{MASK_CHAR}"


def nest(text: str, rungs: Ladder) -> tuple[str, list[Draft]]:
    """Return the lead of *text* and the tree below it. Quoted text is payload of another law and never opened."""
    marks = tokens(mask(text))
    steps = decide(marks, rungs) if len(marks) <= _MOST_TOKENS else []
    if not steps:
        return flow(text), []
    roots: list[Draft] = []
    path: list[Draft] = []
    for place, (token, depth, kind) in enumerate(steps):
        end = steps[place + 1][0].start if place + 1 < len(steps) else len(text)
        draft = Draft(kind, token.number, token.label, "", flow(text[token.end : end]))
        del path[depth:]
        (path[-1].children if path else roots).append(draft)
        path.append(draft)
    return flow(text[: steps[0][0].start]), roots


def tokens(mask_text: str) -> list[NestingToken]:
    """Return the places of *mask_text* text where a provision may begin, in order."""
    results = [t for m in _MARK.finditer(mask_text) if (t := _marker(mask_text, m))]
    results += [t for m in _WORDS.finditer(mask_text) if (t := _word(mask_text, m))]
    results.sort(key=lambda t: t.start)
    chains = _with_chains(mask_text, results)
    starts = {t.start for t in chains}
    flush = [
        NestingToken(K.WRAPUP, "", "", m.end(), m.end(), 0.7, "")
        for m in re.finditer(r"\n\n(?=[^(\n])", mask_text)
        if m.end() not in starts and mask_text[max(0, m.start() - 12) : m.start()].rstrip()[-1:] in f";.,)” {MASK_CHAR}"
    ]
    return sorted([*chains, *flush], key=lambda t: t.start)


def _with_chains(mask_text: str, marks: list[NestingToken]) -> list[NestingToken]:
    """Add the markers that stand right behind another one, as in ``(1)(a)``."""
    starts = {t.start for t in marks}
    ends = {t.end for t in marks}
    for match in _MARK.finditer(mask_text):
        gap = mask_text[max(0, match.start() - 4) : match.start()]
        before = match.start() - (len(gap) - len(gap.rstrip()))
        if match.start() not in starts and before in ends:
            marks.append(NestingToken(None, match[1], match[0], match.start(), match.end(), 1.4, "—"))
            ends.add(match.end())
    return sorted(marks, key=lambda t: t.start)


def _marker(mask_text: str, match: re.Match[str]) -> NestingToken | None:
    before = mask_text[max(0, match.start() - 40) : match.start()]
    bare = before.rstrip()
    after = "—" if bare.endswith(_TYPED_DASHES) else bare[-1:]
    line_start = not bare or "\n" in before[len(bare) :]
    after_end = not bare or after in ".;:—" or _CONJUNCTION.search(before) is not None
    if line_start and after_end:
        refusal = 4.0
    elif line_start and not ends_in_reference(before) and after not in ",-(":
        refusal = 1.2
    elif after_end:
        refusal = 1.6
    else:
        return None
    return NestingToken(None, match[1], match[0], match.start(), match.end(), refusal, after or "—")


def _word(mask_text: str, match: re.Match[str]) -> NestingToken | None:
    bare = mask_text[max(0, match.start() - 12) : match.start()]
    line_start = not bare.strip() or "\n" in bare[len(bare.rstrip()) :]
    if bare.strip() and bare.rstrip()[-1] not in _SENTENCE_END and not (line_start and match["proviso"] is None):
        return None
    if match["proviso"]:
        return NestingToken(K.PROVISO, "", "", match.start(), match.start(), 6.0, "")
    kind = K.EXPLANATION if match["explanation"] else K.ILLUSTRATION
    number = (match["number"] or "").strip()
    label = " ".join(((match["explanation"] or match["illustration"]), number)).strip()
    return NestingToken(kind, number, label, match.start(), match.end(), 6.0, "")


def decide(marks: Sequence[NestingToken], rungs: Ladder) -> list[tuple[NestingToken, int, ProvisionKind]]:
    """Return the tokens that begin provisions, each with its depth and kind."""
    beam = [_IndianState(0.0)]
    for token in marks:
        states: list[_IndianState] = []
        for state in beam:
            states.append(_IndianState(state.cost + token.refusal, state.stack, None, state))
            if token.kind is K.WRAPUP:
                states.extend(_flush(state))
            elif token.kind is not None:
                states.extend(_open_word(state, token.kind))
            else:
                for style, ordinal in readings(token.number):
                    states.extend(_continue_level(state, style, ordinal, rungs, token))
                    states.extend(_open_level(state, style, ordinal, rungs, token))
        beam = _best(states)
    return _trace(min(beam, key=lambda s: s.cost), marks)


def _continue_level(
    state: _IndianState, style: Style, ordinal: float, rungs: Ladder, token: NestingToken
) -> list[_IndianState]:
    steps = []
    for depth, level in enumerate(state.stack):
        if level.rung == _WORD or rungs[level.rung].style is not style or ordinal < level.ordinal:
            continue
        gap = ordinal - level.ordinal
        cost = _MISPRINT if gap == 0 else 0.0 if gap <= 1.0001 else 1.5 + 0.5 * (gap - 1)
        cost += 0.5 * sum(
            1 for level_below in state.stack[depth + 1 :] if level_below.rung != _WORD and level_below.siblings == 1
        )
        cost += 0.8 if token.after in _OPENING else 0.0
        stack = (*state.stack[:depth], _IndianLevel(level.rung, ordinal, level.siblings + 1))
        steps.append(_IndianState(state.cost + cost, stack, (depth, rungs[level.rung].kind), state))
    return steps


def _open_level(
    state: _IndianState, style: Style, ordinal: float, rungs: Ladder, token: NestingToken
) -> list[_IndianState]:
    if len(state.stack) >= _DEEPEST:
        return []
    top = state.stack[-1].rung if state.stack else _WORD
    since = _since_word(state.stack)
    steps = []
    for rung, step in enumerate(rungs):
        if step.style is not style or (state.stack and rung == top):
            continue
        cost = 0.35 if rung == top + 1 else 0.6 if top == _WORD else 1.0 if rung > top else 2.2
        cost += 0.0 if ordinal == 1 else 2 + 0.5 * min(ordinal, 6)
        cost += 0.6 * sum(1 for level in since if rungs[level.rung].style is style)
        cost += 0.0 if token.after in _OPENING else 1.2
        stack = (*state.stack, _IndianLevel(rung, ordinal, 1))
        steps.append(_IndianState(state.cost + cost, stack, (len(state.stack), step.kind), state))
    return steps


def _since_word(stack: tuple[_IndianLevel, ...]) -> tuple[_IndianLevel, ...]:
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].rung == _WORD:
            return stack[place + 1 :]
    return stack


def _open_word(state: _IndianState, kind: ProvisionKind) -> list[_IndianState]:
    steps = []
    has_number = any(level.rung == 0 for level in state.stack)
    for depth in range(len(state.stack) + 1):
        parent = state.stack[depth - 1].rung if depth else None
        if parent is None:
            cost = 1.2 if has_number else 0.0
        elif parent == _WORD:
            cost = 0.9
        else:
            cost = 0.0 if parent == 0 else 0.6 + 0.15 * parent
        stack = (*state.stack[:depth], _IndianLevel(_WORD, 0, 1))
        steps.append(_IndianState(state.cost + cost, stack, (depth, kind), state))
    return steps


def _flush(state: _IndianState) -> list[_IndianState]:
    """Let flush text end the list it follows and belong to the provision that holds the list."""
    steps = []
    for depth in range(len(state.stack)):
        if state.stack[depth].rung == _WORD:
            continue
        cost = 0.2 * (len(state.stack) - 1 - depth)
        steps.append(_IndianState(state.cost + cost, state.stack[: depth + 1], (depth, K.WRAPUP), state))
    return steps


def _best(states: list[_IndianState]) -> list[_IndianState]:
    states.sort(key=lambda s: s.cost)
    limit = states[0].cost + _MARGIN
    by_stack: dict[tuple[_IndianLevel, ...], _IndianState] = {}
    for state in states:
        if state.cost > limit or len(by_stack) == WIDTH:
            break
        by_stack.setdefault(state.stack, state)
    return list(by_stack.values())


def _trace(state: _IndianState | None, marks: Sequence[NestingToken]) -> list[tuple[NestingToken, int, ProvisionKind]]:
    steps: list[tuple[NestingToken, int, ProvisionKind]] = []
    index = len(marks) - 1
    while state is not None and state.back is not None:
        if state.choice is not None:
            steps.append((marks[index], *state.choice))
        index -= 1
        state = state.back
    return steps[::-1]
