"""Rows of the database in the shapes that the schemas of the API describe."""

from __future__ import annotations

from typing import Any

from storage.change_summaries import ChangeSetSummary
from storage.instruments import InstrumentSummary
from storage.provisions import ProvisionRow
from storage.records import Provision
from storage.search.index import Hit
from storage.versions import VersionRow
from tracker.view_models.source_coverage import AuthorityCoverage
from tracker.web.api.schemas import HitSchema, InstrumentSchema, ProvisionSchema
from tracker.web.pages.sources import Health
from tracker.wording.title_gloss import working_title


def instrument(row: InstrumentSummary) -> dict[str, Any]:
    """Return the shape of an instrument in a list."""
    plain = {name: getattr(row, name) for name in InstrumentSchema.model_fields if hasattr(row, name)}
    gloss = working_title(row.title) if row.title_native in {row.title, ""} else ""
    return (
        plain
        | {"working_title": gloss}
        | {"authorities": [{"id": a.id, "name": a.name, "native": a.native} for a in row.authorities]}
    )


def version(row: VersionRow) -> dict[str, Any]:
    """Return the shape of a version in a list."""
    return {"id": row.id, "seen_at": row.seen_at, "language": row.language, "source": row.source_id,
            "standing": row.standing.value, "first": row.first, "evidence": row.snapshot_id}  # fmt: skip


def provision(provision_read: Provision) -> dict[str, Any]:
    """Return the shape of a provision without its children."""
    return {name: getattr(provision_read, name) for name in ProvisionSchema.model_fields}


def provision_row(row: ProvisionRow) -> dict[str, Any]:
    """Return the shape of a provision as one version had it."""
    inner = [provision(inner_provision) for inner_provision in row.whole.walk()][1:]
    return provision(row.whole) | {"version": row.version_id, "seen_at": row.seen_at, "inner": inner}


def change_set(row: ChangeSetSummary) -> dict[str, Any]:
    """Return the shape of a set of changes in a list."""
    same = {name: getattr(row, name) for name in ("id", "jurisdiction", "title", "title_native", "at", "summary")}
    return same | {"instrument": row.instrument_id, "old_version": row.old, "new_version": row.new}


def change_line(change: dict[str, Any]) -> dict[str, Any]:
    """Return a change as a row of a table: where, how much it matters, both texts, the sentence."""
    names = (
        "kind",
        "weight",
        "old_eid",
        "new_eid",
        "old_citation",
        "new_citation",
        "old_text",
        "new_text",
        "explanation",
    )
    return {name: change[name] for name in names}


def hit(row: Hit, extract: list[tuple[str, bool]]) -> dict[str, Any]:
    """Return the shape of a hit."""
    same = {name: getattr(row, name) for name in HitSchema.model_fields if hasattr(row, name)}
    pieces = [{"text": text, "asked": is_match} for text, is_match in extract]
    return same | {"instrument": row.instrument_id, "version": row.version_id, "extract": pieces}


def authority_coverage(row: AuthorityCoverage) -> dict[str, Any]:
    """Return the shape of the coverage of one authority."""
    names = (
        "jurisdiction",
        "authority",
        "name",
        "dormant",
        "overdue",
        "never_read",
        "oldest_read_at",
        "newest_read_at",
    )
    counts = {"kinds": dict(row.kinds), "grades": dict(row.grades)}
    return {name: getattr(row, name) for name in names} | counts | {"sources": [one.id for one in row.sources]}


def source(health: Health) -> dict[str, Any]:
    """Return the shape of a source with its health."""
    declaration = health.source
    same = {
        name: getattr(declaration, name)
        for name in ("id", "jurisdiction", "title", "title_native", "authority", "urls")
    }
    return same | {
        "every_seconds": int(declaration.every.total_seconds()),
        "pages": health.pages,
        "outcome": health.last.outcome.value if health.last else None,
        "last_look_at": health.last.checked_at if health.last else None,
        "last_good_at": health.last_good_at,
        "changed_at": health.changed_at,
        "next_look_at": health.next_at,
        "overdue_since": health.overdue_since,
    }
