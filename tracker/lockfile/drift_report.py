"""What `lock check` found, as text for people, JSON for programs and SARIF for the tools that review code. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker import __version__
from tracker.lockfile.drift import Drift, DriftKind, PendingChange
from tracker.lockfile.pins import Pin
from tracker.render.control_characters import harmless

_SENTENCES = {
    DriftKind.REWORDED: "A provision that is cited says something else now.",
    DriftKind.RENUMBERED: "A provision that is cited has another number now.",
    DriftKind.REPEALED: "A provision that is cited is repealed.",
    DriftKind.GONE: "A provision that is cited is not in the law any more.",
    DriftKind.PENDING_CHANGE: "A provision that is cited will change.",
    DriftKind.NOT_WATCHED: "A law that is cited is not watched here.",
}
_LONGEST = 400  # characters of a text in a report for people


def drift_text(pins: Sequence[Pin], drifts: Sequence[Drift], open_acts: Sequence[PendingChange]) -> str:
    """Return the drift in words, one paragraph a finding, and the count at the end."""
    lines: list[str] = []
    for drift in drifts:
        where = f" (cited in {', '.join(drift.pin.cited_by)})" if drift.pin.cited_by else ""
        lines.append(f"{drift.kind.value}: {drift.pin.reference}: {drift.text}{where}")
        if drift.old_text or drift.new_text:
            lines += [f"    was: {_short(drift.old_text) or 'not known here'}"]
            lines += [f"    is:  {_short(drift.new_text)}"] if drift.new_text else []
    lines += [f"note: {change.title or change.by} amends a law that is cited; {change.what}" for change in open_acts]
    drift_count = len({drift.pin.key for drift in drifts})
    return harmless("\n".join([*lines, f"{_count(len(pins), 'pin')}, {drift_count} drifted"]))


def drift_json(pins: Sequence[Pin], drifts: Sequence[Drift], open_acts: Sequence[PendingChange]) -> dict[str, Any]:
    """Return the drift for programs."""
    return {
        "schema": "clausewatch/lock_check/1",
        "pins": len(pins),
        "drifted": len({drift.pin.key for drift in drifts}),
        "drifts": [
            {
                "kind": drift.kind.value,
                "reference": drift.pin.reference,
                "instrument": drift.pin.instrument,
                "language": drift.pin.language,
                "version": drift.pin.version,
                "eid": drift.pin.eid,
                "new_eid": drift.new_eid,
                "new_citation": drift.new_citation or None,
                "text": drift.text,
                "old_text": drift.old_text or None,
                "new_text": drift.new_text or None,
                "on": drift.on.isoformat() if drift.on else None,
                "cited_by": list(drift.pin.cited_by),
            }
            for drift in drifts
        ],
        "notes": [f"{change.title or change.by}: {change.what}" for change in open_acts],
    }


def drift_sarif(
    drifts: Sequence[Drift], lock_name: str, lines: Mapping[tuple[str, str], int], open_acts: Sequence[PendingChange]
) -> dict[str, Any]:
    """Return the drift as SARIF 2.1.0: a result at each file that cites, at the line of *lines* by file and reference.

    A pin that no file is known to cite is a result of the lock file itself.
    """
    places = [(drift, file) for drift in drifts for file in drift.pin.cited_by or (lock_name,)]
    results = [
        {
            "ruleId": drift.kind.value,
            "level": "warning" if drift.kind is DriftKind.PENDING_CHANGE else "error",
            "message": {"text": f"{drift.pin.reference}: {drift.text}"},
            "locations": [_location(file, lines.get((file, drift.pin.reference), 1))],
            "partialFingerprints": {"pin/v1": "/".join((drift.kind.value, *drift.pin.key, drift.pin.sha256[:16]))},
        }
        for drift, file in places
    ]
    notes = [
        {"level": "note", "message": {"text": f"{change.title or change.by} amends a law that is cited; {change.what}"}}
        for change in open_acts
    ]
    rules = [{"id": kind.value, "shortDescription": {"text": text}} for kind, text in _SENTENCES.items()]
    driver = {"name": "clausewatch", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "results": results,
           "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}]}  # fmt: skip
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _location(file: str, line: int) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": file}, "region": {"startLine": line}}}


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
