"""The changes of one change set in sentences: what messages, feeds and pages tell of them, heaviest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.records import Change, ChangeKind, Weight
from tracker.wording.change_sentences import sentence
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import short_citation
from tracker.wording.text_fit import one_line

_WEIGHTS = tuple(Weight)


@dataclass(frozen=True, slots=True)
class Gist:
    """One change in a sentence: where, how much it matters, and what happened."""

    citation: str
    weight: Weight
    sentence: str


def gists(changes: Iterable[Change], words: Labels = ENGLISH) -> list[Gist]:
    """Return one sentence for each change that is worth a reader's look, heaviest first."""
    return [_gist(group, words) for group in groups(changes)]


def groups(changes: Iterable[Change]) -> list[list[Change]]:
    """Return changes one by one, heaviest first, except that a unit wholly new or wholly gone is told as one.

    What was only renumbered, and references that only followed, are told apart from these.
    """
    units: dict[tuple[ChangeKind, str], list[Change]] = {}
    for place, change in enumerate(changes):
        if change.kind is ChangeKind.RENUMBERED or change.weight is Weight.REFERENCE:
            continue
        one_sided = not (change.old_unit and change.new_unit)
        name = (change.new_unit or change.old_unit or "") if one_sided else f"#{place}"
        units.setdefault((change.kind, name), []).append(change)
    return sorted(units.values(), key=lambda group: _WEIGHTS.index(heaviest(group).weight))


def heaviest(group: list[Change]) -> Change:
    """Return the change of a group that matters most."""
    return min(group, key=lambda change: _WEIGHTS.index(change.weight))


def _gist(group: list[Change], words: Labels) -> Gist:
    change, unit = heaviest(group), group[0].new_unit or group[0].old_unit or ""
    citation = one_line(change.new_citation or change.old_citation, 120) if len(group) == 1 else ""
    own = "" if words.language == ENGLISH.language else sentence(change, words.language)
    said = one_line(own or change.explanation, 400) or words(f"change.{change.kind.value}")
    return Gist(citation or short_citation(unit, words), change.weight, said)
