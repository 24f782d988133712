"""The JSON contract of ``parse`` and ``diff`` (DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from storage.records import AmendingAct, Change, Claim, Comparison, Milestone, Note, Op, OpKind, Provision, Reading
from tracker.render.concordance import concordance
from tracker.render.status import status_on

Json = dict[str, Any]


def reading_json(reading: Reading, *, on: date) -> Json:
    """Return the shape ``clausewatch/parse/1``; ``status`` is that of the day *on*."""
    return {
        "schema": "clausewatch/parse/1",
        "title": reading.title,
        "title_native": reading.title_native,
        "language": reading.language,
        "jurisdiction": reading.jurisdiction,
        "format": reading.format,
        "uri": reading.uri,
        "authorities": [{"id": a.id, "name": a.name, "native": a.native} for a in reading.authorities],
        "number": reading.number,
        "type": reading.type,
        "status": status_on(reading.dates, on, draft=reading.draft).value,
        "dates": [milestone_json(m) for m in reading.dates],
        "topics": list(reading.topics),
        "definitions": [{"term": d.term, "eid": d.eid, "text": d.text} for d in reading.definitions],
        "scope": list(reading.scope),
        "counts": reading.counts,
        "provisions": [provision_json(p) for p in reading.provisions],
        "relations": [
            {"kind": r.kind.value, "target": r.target, "eid": r.eid, "basis": r.basis, "on": _day(r.on)}
            for r in reading.relations
        ],
        "front": _notes(reading.front),
        "notes": _notes(reading.notes),
        "furniture": _notes(reading.furniture),
        "words": reading.words,
        "checks": [
            {"check": c.check, "unit": c.unit, "expected": c.expected, "read": c.read, "ok": c.ok, "text": c.text}
            for c in reading.checks
        ],
        "problems": [{"cause": f.cause, "text": f.text, "eid": f.eid} for f in reading.flaws],
    }


def milestone_json(milestone: Milestone) -> Json:
    """Return one legal date; an unknown day is null."""
    shape: Json = {
        "kind": milestone.kind.value,
        "on": _day(milestone.on),
        "basis": milestone.basis,
        "eid": milestone.eid,
    }
    if milestone.formula:
        shape["formula"] = milestone.formula
    if milestone.superseded_by:
        shape["superseded_by"] = milestone.superseded_by
    return shape


def provision_json(provision: Provision) -> Json:
    """Return one provision and all below it."""
    return {
        "eid": provision.eid,
        "kind": provision.kind.value,
        "number": provision.number,
        "label": provision.label,
        "heading": provision.heading,
        "text": provision.text,
        "citation": provision.citation,
        "children": [provision_json(child) for child in provision.children],
    }


def comparison_json(comparison: Comparison, old: Reading, new: Reading) -> Json:
    """Return the shape ``clausewatch/diff/1``."""
    return {
        "schema": "clausewatch/diff/1",
        "old": {"title": old.title, "language": old.language, "counts": old.counts},
        "new": {"title": new.title, "language": new.language, "counts": new.counts},
        "summary": dict(comparison.summary),
        "summary_text": comparison.summary_text,
        "amended_by": _amending_act(comparison.amended_by),
        "effect": {"on": _day(comparison.effect.on), "basis": comparison.effect.basis or None},
        "dates": [
            {"kind": d.kind, "scope": d.scope, "old": _day(d.old), "new": _day(d.new), "move": d.move, "eid": d.eid}
            for d in comparison.dates
        ],
        "replaced": comparison.replaced,
        "changes": [change_json(change) for change in comparison.changes],
        "concordance": [
            {"old": r.old, "new": r.new, "old_citation": r.old_citation, "new_citation": r.new_citation, "what": r.what}
            for r in concordance(comparison, old, new)
        ],
        "notes": list(comparison.notes),
        "problems": [
            {"side": side, "cause": flaw.cause, "text": flaw.text, "eid": flaw.eid}
            for side, reading in (("old", old), ("new", new))
            for flaw in reading.flaws
        ],
    }


def change_json(change: Change) -> Json:
    """Return one change with its redline and tags."""
    return {
        "kind": change.kind.value,
        "weight": change.weight.value,
        "old_unit": change.old_unit,
        "new_unit": change.new_unit,
        "old_eid": change.old_eid,
        "new_eid": change.new_eid,
        "old_citation": change.old_citation,
        "new_citation": change.new_citation,
        "old_text": change.old_text,
        "new_text": change.new_text,
        "ops": [_op(op) for op in change.ops],
        "tags": [
            {"tag": t.tag.value, "old": t.old, "new": t.new, "old_text": t.old_text, "new_text": t.new_text}
            for t in change.tags
        ],
        "explanation": change.explanation,
        "claims": [claim_json(claim) for claim in change.claims],
    }


def claim_json(claim: Claim) -> Json:
    """Return one claim; what it does not say is null."""
    return {
        "claim": claim.claim.value,
        "subject": claim.subject,
        "old": claim.old or None,
        "new": claim.new or None,
        "old_text": claim.old_text or None,
        "new_text": claim.new_text or None,
        "unit": claim.unit.strip("|").replace("|", " ").strip() or None,
        "eid": claim.eid,
        "scope": claim.scope,
    }


def _amending_act(act: AmendingAct | None) -> Json | None:
    if act is None:
        return None
    named = {"title": act.title, "number": act.number or None, "on": _day(act.on), "basis": act.basis}
    return named | ({"others": act.others} if act.others else {})


def _op(op: Op) -> list[str]:
    return [op.kind.value, op.text, op.new] if op.kind is OpKind.FOLD else [op.kind.value, op.text]


def _notes(notes: Iterable[Note]) -> list[Json]:
    return [{"name": note.name, "text": note.text} for note in notes]


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
