"""The JSON contracts of ``lineage``, ``references`` and ``obligations`` (DESIGN section 5), and obligations as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from storage.records import Claim
from tracker.amending.cross_references import CrossReference
from tracker.amending.drafts.lineage import Lineage
from tracker.amending.obligations.difference import ObligationFate

Json = dict[str, Any]


def lineage_json(lineage: Lineage) -> Json:
    """Return the shape ``clausewatch/lineage/1``."""
    return {
        "schema": "clausewatch/lineage/1",
        "linked_by": lineage.link.value,
        "provisions": [
            {
                "draft_eid": fate.draft_eid,
                "final_eid": fate.final_eid,
                "fate": fate.fate.value,
                "claims": [_claim(claim) for claim in fate.claims],
            }
            for fate in lineage.provisions
        ],
    }


def _claim(claim: Claim) -> Json:
    return {
        "claim": claim.claim.value,
        "subject": claim.subject,
        "old": claim.old,
        "new": claim.new,
        "eid": claim.eid,
        "scope": claim.scope,
    }


def references_json(references: Iterable[CrossReference]) -> Json:
    """Return the shape ``clausewatch/references/1``."""
    return {
        "schema": "clausewatch/references/1",
        "references": [
            {
                "from_eid": reference.from_eid,
                "words": reference.words,
                "to_instrument": reference.to_instrument,
                "to_eid": reference.to_eid,
                "state": reference.state.value,
            }
            for reference in references
        ],
    }


def obligations_json(fates: Iterable[ObligationFate]) -> Json:
    """Return the shape ``clausewatch/obligations/1``."""
    return {"schema": "clausewatch/obligations/1", "obligations": [obligation_json(fate) for fate in fates]}


def obligation_json(fate: ObligationFate) -> Json:
    """Return one obligation as ``obligations`` prints it."""
    one = fate.obligation
    return {
        "eid": one.eid,
        "citation": one.citation,
        "bearer": one.bearer,
        "modality": one.modality.value,
        "action": one.action,
        "condition": one.condition,
        "deadline": one.deadline,
        "penalty_eid": one.penalty_eid,
        "words": one.words,
        "span": list(one.span),
        "change": fate.change.value if fate.change else None,
    }


def obligations_csv(fates: Iterable[ObligationFate]) -> str:
    """Return the obligations as CSV, one a line under a header."""
    rows = [obligation_json(fate) for fate in fates]
    page = io.StringIO()
    names = list(rows[0]) if rows else ["eid"]
    writer = csv.DictWriter(page, names)
    writer.writeheader()
    for row in rows:
        start, end = row["span"]
        writer.writerow({**row, "span": f"{start}-{end}"})
    return page.getvalue()
