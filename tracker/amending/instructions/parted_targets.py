"""Part what a sentence names into places that bear the same: "in Article 3(1) and Article 5(1), the word …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from tracker.amending.instructions.sentence_parts import Mention
from tracker.amending.operations import Level, Target

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
        if not group or not _begins_anew(mention, group, is_joined=grammar.joins.search(gap) is not None and not inner):
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
    level = mention.steps[0].level
    levels = {step.level for other in group for step in other.steps}
    return (level in _NAMED_ONCE and level in levels) or (is_joined and level in _WHOLE)


def _outer(before: Target, target: Target) -> Target:
    """Return the steps of the place before that hold for the next, too: those outside the level it names anew."""
    if not target or target[0].level in _WHOLE:
        return ()
    levels = [step.level for step in before]
    return before[: levels.index(target[0].level)] if target[0].level in levels else ()
