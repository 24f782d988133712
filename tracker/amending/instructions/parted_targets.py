"""Part what a sentence names into places that bear the same: "in Article 3(1) and Article 5(1), the word …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from tracker.amending.instructions.sentence_parts import Mention
from tracker.amending.operations import Level, Target, TargetStep

_WHOLE = frozenset({Level.UNIT, Level.ANNEX})
_NAMED_ONCE = _WHOLE | {Level.PARAGRAPH, Level.CONTAINER, Level.TERM, Level.ROW}


class Chains(Protocol):
    """What joins places: the words for "of" and "and", and the order of the steps."""

    @property
    def of(self) -> re.Pattern[str]:
        """Return the words that put a place in another."""

    @property
    def joins(self) -> re.Pattern[str]:
        """Return the words that put a place beside another."""

    def chain(self, mentions: Sequence[Mention], clause_text: str) -> Target:
        """Return the steps of one place from the outside in."""


def parted_targets(grammar: Chains, mentions: Sequence[Mention], clause_text: str) -> tuple[Target, ...]:
    """Return each place that *mentions* name, at least one: a level named anew begins another place."""
    groups: list[list[Mention]] = [[]]
    end = 0
    for mention in mentions:
        gap, group = clause_text[end : mention.start], groups[-1]
        end = mention.end
        inner = grammar.of.fullmatch(gap.strip()) is not None and gap.strip() != ""
        is_joined = grammar.joins.search(gap) is not None and not inner
        if mention.is_beside:
            groups.append([*group[:-1], mention])
        elif not group or not _begins_anew(mention, group, is_joined=is_joined):
            group.append(mention)
        elif inner and len(group) > 1:
            groups.append([group.pop(), mention])  # "point (a) of paragraph 2 and point (b) of paragraph 3"
        else:
            groups.append([mention])
    targets: list[Target] = []
    for group in groups:
        target = grammar.chain(group, clause_text)
        targets.append((*_outer(targets[-1], target), *target) if targets else target)
    return tuple(targets)


def _begins_anew(mention: Mention, group: Sequence[Mention], *, is_joined: bool) -> bool:
    first = mention.steps[0]
    levels = {_rank(step) for other in group for step in other.steps}
    is_named_twice = first.level in _NAMED_ONCE and _rank(first) in levels
    return is_named_twice or (is_joined and first.level in _WHOLE)


def _rank(step: TargetStep) -> tuple[Level, str]:
    """Return what may be named once in one place; a chapter stands in a title, and both divide."""
    return step.level, step.word if step.level is Level.CONTAINER else ""


def _outer(before: Target, target: Target) -> Target:
    """Return the steps of the place before that hold for the next, too: those outside the level it names anew."""
    if not target or target[0].level in _WHOLE:
        return ()
    levels = [step.level for step in before]
    return before[: levels.index(target[0].level)] if target[0].level in levels else ()
