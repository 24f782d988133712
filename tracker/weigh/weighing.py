"""Weigh a comparison: tags, weight and one sentence for every change, and the summary's weight."""

from __future__ import annotations

from dataclasses import replace

from storage.records import Change, ChangeKind, Comparison, Reading, Weight
from tracker.weigh.edits import edits
from tracker.weigh.explain import explain
from tracker.weigh.tags import tags
from tracker.weigh.weights import ORDER, weigh_change
from tracker.weigh.words import Vocabulary, vocabulary

_SILENT = {ChangeKind.RENUMBERED}


def weigh(comparison: Comparison, old: Reading, new: Reading) -> Comparison:
    """Return *comparison* with tags, weights, explanations and the heaviest weight in its summary."""
    words = vocabulary(new.language or old.language)
    changes = tuple(_weighed(change, words) for change in comparison.changes)
    heaviest = min((change.weight for change in changes), key=ORDER.index, default=None)
    summary = {**comparison.summary, "weight": heaviest.value if heaviest else ""}
    return replace(comparison, changes=changes, summary=summary)


def _weighed(change: Change, words: Vocabulary) -> Change:
    followed = change.weight is Weight.REFERENCE
    found = () if change.kind in _SILENT else tags(edits(change.ops), words)
    if followed:
        found = tuple(tag for tag in found if tag.tag == "reference")
    tagged = replace(change, tags=found)
    weighed = replace(tagged, weight=weigh_change(tagged))
    return replace(weighed, explanation=explain(weighed))
