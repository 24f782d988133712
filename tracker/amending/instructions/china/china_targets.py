"""Read the targets of a Chinese clause: 第五条第一款、第七条至第九条, each with what it inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tracker.amending.numbering import number_key
from tracker.amending.operations import Level, Target, TargetStep

_NUMBER = r"[〇零一二三四五六七八九十百千两\d]+"
_STEP = rf"第[（(]?{_NUMBER}[）)]?(?:条之{_NUMBER}|[条款项目章节])"
_ONE = rf"(?:{_STEP})+"
_JOIN = r"(?:[、，,]?\s*(?:和|及|以及|与|至|到)\s*|、)"
TARGET_LIST = rf"{_ONE}(?:{_JOIN}{_ONE})*"
_STEPS = re.compile(rf"第[（(]?({_NUMBER})[）)]?(?:条之({_NUMBER})|([条款项目章节]))")
_TARGETS = re.compile(rf"({_JOIN})?({_ONE})")
LEVELS = {
    "条": Level.UNIT, "款": Level.SUBPARAGRAPH, "项": Level.POINT, "目": Level.POINT,
    "章": Level.CONTAINER, "节": Level.CONTAINER,
}  # fmt: skip
_CONTAINERS = {"章": "chapter", "节": "section"}


def targets_of(text: str) -> Iterator[Target]:
    """Yield the targets of a list; "第七条至第九条" is a range, "第五条第一款、第二款" inherits the article."""
    targets: list[Target] = []
    for hit in _TARGETS.finditer(text):
        target = inherit(targets[-1] if targets else (), _steps(hit[2]))
        if targets and hit[1] and re.search("[至到]", hit[1]):
            targets[-1] = _range(targets[-1], target)
        else:
            targets.append(target)
    yield from targets


def _range(first: Target, last: Target) -> Target:
    """Return the target from *first* to *last*."""
    start, end = first[-1], last[-1]
    if start.places and end.places:
        return (*first[:-1], replace(start, places=tuple(range(start.places[0], end.places[0] + 1))))
    return (*first[:-1], replace(start, numbers=((number_of(first), number_of(last)),)))


def _steps(text: str) -> Target:
    steps = []
    for hit in _STEPS.finditer(text):
        word = hit[3] or "条"
        number = number_key(f"{hit[1]}之{hit[2]}" if hit[2] else hit[1])
        level = LEVELS[word]
        if level is Level.SUBPARAGRAPH:
            steps.append(TargetStep(level, places=(int(number),), word="款"))
        else:
            steps.append(TargetStep(level, ((number, number),), word=_CONTAINERS.get(word, "")))
    return tuple(steps)


_RANKS = {Level.CONTAINER: 0, Level.UNIT: 1, Level.SUBPARAGRAPH: 2, Level.POINT: 3}


def inherit(context: Target, target: Target) -> Target:
    """Return *target* with the outer steps it leaves out."""
    if not target or not context:
        return target
    rank = _RANKS[target[0].level]
    if rank <= _RANKS[Level.UNIT]:
        return target
    return (*(step for step in context if _RANKS[step.level] < rank), *target)


def number_of(target: Target) -> str:
    """Return the number its last step names."""
    step = target[-1]
    return step.numbers[0][0] if step.numbers else str(step.places[0])
