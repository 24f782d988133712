"""The JSON contract of ``apply`` (DESIGN section 5)."""

from __future__ import annotations

from typing import Any

from tracker.amending.consolidation import Consolidation
from tracker.amending.operations import Operation
from tracker.render.json_contract import change_json, provision_json

Json = dict[str, Any]


def consolidation_json(result: Consolidation) -> Json:
    """Return the shape ``clausewatch/apply/1``."""
    return {
        "schema": "clausewatch/apply/1",
        "official": False,
        "mark": result.mark,
        "target": {"title": result.base.title, "number": result.base.number},
        "amending": {"title": result.amending.title, "number": result.amending.number},
        "operations": [operation_json(operation) for operation in result.operations],
        "summary": {
            "instructions": len(result.operations),
            "applied": result.applied_count,
            "abstained": len(result.operations) - result.applied_count,
        },
        "provisions": [provision_json(provision) for provision in result.text.provisions],
        "notes": list(result.standing),
        "changes": [change_json(change) for change in result.changes().changes],
    }


def operation_json(operation: Operation) -> Json:
    """Return one operation."""
    return {
        "action": operation.action.value,
        "target_eid": operation.target_eid,
        "place": operation.place.value if operation.place else None,
        "old_words": operation.old_words,
        "new_text": operation.new_text,
        "basis": operation.basis,
        "basis_eid": operation.basis_eid,
        "effective_on": operation.effective_on.isoformat() if operation.effective_on else None,
        "status": operation.status.value,
        "why": operation.why,
    }
