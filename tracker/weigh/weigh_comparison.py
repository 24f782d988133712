"""Weigh a comparison: claims, tags, weight and a sentence for every change; dates, effect and a summary for the set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from storage.records import Change, ChangeKind, Claim, ClaimKind, Comparison, Reading, Tag, TagName, Weight
from tracker.weigh.both_texts import BothTexts
from tracker.weigh.change_set.amending_act import amending_act
from tracker.weigh.change_set.date_changes import date_table, notes_of_dates
from tracker.weigh.change_set.effect import effect
from tracker.weigh.change_set.set_summary import set_summary
from tracker.weigh.claims import findings
from tracker.weigh.definition_changes import Definitions
from tracker.weigh.edits import edits
from tracker.weigh.explain import explain
from tracker.weigh.neutral_claims import reworded
from tracker.weigh.reference_claims import reference_tags
from tracker.weigh.travelled import travelled
from tracker.weigh.weights import ORDER, weigh_change
from tracker.weigh.words import vocabulary

_TELLING = 4  # letters
_SILENT = {ChangeKind.RENUMBERED}
_WHOLE = {*_SILENT, ChangeKind.ADDED, ChangeKind.REMOVED}  # they say enough themselves


def weigh(comparison: Comparison, old: Reading, new: Reading) -> Comparison:
    """Return *comparison* with claims, tags, weights, sentences, and the heaviest weight in its summary."""
    evidence = BothTexts(old, new, vocabulary(new.language or old.language), comparison.pairs)
    definitions = Definitions(old, new)
    changes = travelled(tuple(_weigh(change, evidence, definitions) for change in comparison.changes), evidence)
    heaviest = min((change.weight for change in changes), key=ORDER.index, default=None)
    weighed = replace(
        comparison,
        changes=changes,
        summary={**comparison.summary, "weight": heaviest.value if heaviest else ""},
        amended_by=amending_act(old, new),
        effect=effect(old, new),
    )
    if not comparison.replaced:  # another law's dates have not moved
        dates = date_table(old, new)
        weighed = replace(weighed, dates=dates, notes=(*comparison.notes, *notes_of_dates(dates)))
    return replace(weighed, summary_text=set_summary(weighed))


def _weigh(change: Change, evidence: BothTexts, definitions: Definitions) -> Change:
    claims: tuple[Claim, ...] = change.claims
    tags: tuple[Tag, ...] = ()
    if change.weight is Weight.REFERENCE:  # references that followed: nothing else was touched
        tags = reference_tags(change, edits(change.ops))
    elif change.kind not in _SILENT:
        more, tags = findings(change, evidence)
        claims = _join(change, (*claims, *more), definitions)
        tags = definitions.tags(change, _with_definition(change, tags, evidence))
    if not claims and change.weight is not Weight.REFERENCE and change.kind not in _WHOLE:
        neutral = reworded(change)
        claims = (neutral,) if neutral else ()
        if neutral and neutral.claim is ClaimKind.RECAST:  # the "and" before the last item of a list
            tags = tuple(tag for tag in tags if tag.tag is not TagName.CONNECTIVE)
    weighed = replace(change, tags=tags, claims=claims)
    weighed = replace(weighed, weight=weigh_change(weighed))
    if weighed.weight is Weight.EDITORIAL and _brings_words_to_a_duty(weighed, evidence):
        weighed = replace(weighed, weight=Weight.LOW)
    return replace(weighed, explanation=explain(weighed) + definitions.users(tags))


def _brings_words_to_a_duty(change: Change, evidence: BothTexts) -> bool:
    """Return whether words only came to, or only left, a provision that binds: more than other words for the same."""
    [claim, *more] = change.claims or (None,)
    if more or claim is None or claim.claim is not ClaimKind.REWORDED or bool(claim.old_text) == bool(claim.new_text):
        return False
    words = claim.old_text + claim.new_text
    return sum(map(str.isalpha, words)) >= _TELLING and bool(evidence.words.modality.find(change.new_text))


def _join(change: Change, claims: Iterable[Claim], definitions: Definitions) -> tuple[Claim, ...]:
    """Return the claims with what they say of defined terms; a target told by the comparison is not told again."""
    familiar = list(claims)
    targets = {c.new_text for c in familiar if c.unit == "target" or c.claim is ClaimKind.REFERENCE_DANGLING}
    familiar = [
        c for c in familiar if c.claim is not ClaimKind.REFERENCE_RETARGETED or c.unit or c.new_text not in targets
    ]
    return (*familiar, *definitions.claims(change))


def _with_definition(change: Change, tags: tuple[Tag, ...], evidence: BothTexts) -> tuple[Tag, ...]:
    """Return the tags and, where the clause of an edit defines something, that of a definition."""
    if any(tag.tag is TagName.DEFINITION for tag in tags):
        return tags
    for edit in edits(change.ops):
        letters = any(map(str.isalnum, edit.struck + edit.added))
        if letters and evidence.words.definition.find(edit.clause):
            return (*tags, Tag(TagName.DEFINITION, "", "", edit.struck.strip(), edit.added.strip()))
    return tags
