"""Claims: what one change says of the law, every one held against both texts before it is made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from unicodedata import normalize

from storage.records import Change, ChangeKind, Claim, Op, Tag
from storage.records import ClaimKind as C
from tracker.weigh.actors import actor_findings
from tracker.weigh.both_texts import BothTexts
from tracker.weigh.duty_claims import duty_findings
from tracker.weigh.edits import edits
from tracker.weigh.list_claims import list_findings
from tracker.weigh.neutral_claims import unsaid
from tracker.weigh.new_units import one_sided_kind, unit_findings
from tracker.weigh.quantities.value_claims import value_findings
from tracker.weigh.reference_claims import reference_findings
from tracker.weigh.word_claims import (
    Findings,
    connective_findings,
    date_word_findings,
    penalty_findings,
    qualifier_findings,
    quantifier_findings,
    scope_findings,
    threshold_findings,
)

_ONE_SIDED = {ChangeKind.ADDED, ChangeKind.REMOVED}
_LISTS = (C.LIST_EXTENDED, C.LIST_SHORTENED)
_COMPATIBLE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")


def findings(change: Change, evidence: BothTexts) -> tuple[tuple[Claim, ...], tuple[Tag, ...]]:
    """Return the claims and the tags of one change."""
    change = _plain(change)
    items = list(edits(change.ops))
    if change.kind in _ONE_SIDED:
        return unit_findings(change, evidence)
    if one_sided := one_sided_kind(change):
        return unit_findings(replace(change, kind=one_sided), evidence)
    claims: list[Claim] = []
    tags: list[Tag] = []
    duty_claims, duty_tags = duty_findings(change, items, evidence)
    claims += duty_claims
    tags += duty_tags
    of_values = value_findings(change, items, evidence)
    claims += of_values.claims
    tags += of_values.tags
    for edit in items:
        _add(penalty_findings(change, edit, evidence), claims, tags)
        _add(scope_findings(change, edit, evidence), claims, tags)
        _add(threshold_findings(edit, evidence), claims, tags)
        _add(date_word_findings(edit, evidence), claims, tags)
        _add(connective_findings(edit, evidence), claims, tags)
        _add(quantifier_findings(edit, evidence), claims, tags)
        _add(qualifier_findings(edit, evidence), claims, tags)
        _add(actor_findings(change, edit, evidence), claims, tags)
        _add(list_findings(change, edit, evidence), claims, tags)
    _add(reference_findings(change, items, evidence), claims, tags)
    eid = change.new_eid or change.old_eid
    claim_list = [replace(claim, eid=claim.eid or eid) for claim in _without_weaker(claims, of_values.claims)]
    if all(claim.claim is C.REWORDED for claim in claim_list):
        claim_list = []  # the whole of what was reworded is quoted better
    if claim_list and (rest := unsaid(change, items, claim_list)):
        claim_list.append(rest)
    return tuple(dict.fromkeys(claim_list)), tuple(dict.fromkeys(tags))


def _plain(change: Change) -> Change:
    """Return *change* with compatibility ideographs as the characters they stand for, place by place."""
    if not _COMPATIBLE.search(change.old_text) and not _COMPATIBLE.search(change.new_text):
        return change
    ops = tuple(Op(op.kind, _same_length(op.text), _same_length(op.new)) for op in change.ops)
    return replace(change, old_text=_same_length(change.old_text), new_text=_same_length(change.new_text), ops=ops)


def _same_length(text: str) -> str:
    return _COMPATIBLE.sub(lambda hit: normalize("NFKC", hit[0])[:1] or hit[0], text)


def _add(items: Findings, claims: list[Claim], tags: list[Tag]) -> None:
    for claim, tag in items:
        claims += [claim] if claim else []
        tags += [tag] if tag else []


def _without_weaker(claims: Iterable[Claim], of_values: tuple[Claim, ...]) -> list[Claim]:
    """Leave out what a stronger claim says already: words of a threshold beside the value they belong to."""
    rest = list(claims)
    is_gone = next((c for c in rest if c.claim is C.EXCEPTION_REMOVED), None)
    come = next((c for c in rest if c.claim is C.EXCEPTION_ADDED), None)
    if is_gone and come and is_gone.old.lower() == come.new.lower():  # one exception, in other words
        rest = [c for c in rest if c not in (is_gone, come)]
        rest.append(Claim(C.SCOPE_CHANGED, "", is_gone.old_text, come.new_text, is_gone.old_text, come.new_text))
    if any(c.claim.value.startswith("penalty_") for c in of_values):
        rest = [c for c in rest if not (c.claim.value.startswith("penalty_") and c.subject == "words" and not c.unit)]
    bodies = {c.old_text + c.new_text for c in rest if c.claim in (C.ACTOR_ADDED, C.ACTOR_REMOVED)}
    rest = [c for c in rest if not (c.claim in _LISTS and c.old_text + c.new_text in bodies)]
    if of_values:
        rest = [c for c in rest if not (c.claim is C.THRESHOLD_CHANGED and c.unit == "" and c.subject == "words")]
    return rest
