"""Weigh a comparison: tags, weight and one sentence for every change, and the summary's weight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from storage.records import Change, ChangeKind, Comparison, Reading, Tag, Weight
from tracker.weigh.date_changes import moved
from tracker.weigh.definition_changes import Definitions
from tracker.weigh.edits import edits
from tracker.weigh.explain import explain
from tracker.weigh.tags import reference_tags, tags
from tracker.weigh.weights import ORDER, weigh_change
from tracker.weigh.words import Vocabulary, vocabulary

_SILENT = {ChangeKind.RENUMBERED}


def weigh(comparison: Comparison, old: Reading, new: Reading) -> Comparison:
    """Return *comparison* with tags, weights, explanations and the heaviest weight in its summary."""
    words = vocabulary(new.language or old.language)
    definitions = Definitions(old, new)
    changes = tuple(_weighed(change, words, definitions) for change in comparison.changes)
    heaviest = min((change.weight for change in changes), key=ORDER.index, default=None)
    summary = {**comparison.summary, "weight": heaviest.value if heaviest else ""}
    moves = () if comparison.replaced else tuple(_dates(old, new))  # another law's dates have not moved
    return replace(comparison, changes=changes, summary=summary, notes=(*comparison.notes, *moves))


def _dates(old: Reading, new: Reading) -> Iterator[str]:
    """Say which legal dates moved, wherever on the page they stand: a deadline is often in a notice only."""
    for kind, before, after in moved(old.dates, new.dates):
        name = kind.value.replace("_", " ").capitalize()
        yield f"{name} moved from {before or 'an open date'} to {after or 'an open date'}"


def _weighed(change: Change, words: Vocabulary, definitions: Definitions) -> Change:
    if change.kind in _SILENT:
        found: tuple[Tag, ...] = ()
    elif change.weight is Weight.REFERENCE:  # references that followed: nothing else was touched
        found = reference_tags(edits(change.ops))
    else:
        found = definitions.tagged(change, tags(edits(change.ops), words))
    tagged = replace(change, tags=found)
    weighed = replace(tagged, weight=weigh_change(tagged))
    return replace(weighed, explanation=explain(weighed) + definitions.users(found))
