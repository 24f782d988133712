"""Where everything stands before a round, so that the round can say what it made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage import checks, messages, problems, versions
from storage.database.connection import newest_row
from storage.records import Outcome
from tracker.context import AppContext
from tracker.pipeline.round_report import RoundProblem, RoundReport

_TABLES = ("checks", "versions", "changes", "alerts", "instruments")


@dataclass(frozen=True)
class RoundBaseline:
    """The newest row of each table before a round, so that the round can say what it made."""

    started_at: datetime
    rows: Mapping[str, int]
    open_problems: frozenset[tuple[object, ...]]
    filed: int

    @classmethod
    def of(cls, service: AppContext) -> RoundBaseline:
        """Return where everything stands now."""
        db = service.db
        rows = {table: newest_row(db, table) for table in _TABLES}
        return cls(
            service.clock(),
            rows,
            frozenset(problems.group_of(p) for p in problems.open_subjects(db)),
            messages.count_handled(db),
        )

    def as_json(self) -> str:
        """Return what the stages of a fleet need of it: when the round began, and the newest rows."""
        return json.dumps({"started_at": self.started_at.isoformat(), "rows": dict(self.rows)})

    @classmethod
    def from_json(cls, text: str) -> RoundBaseline:
        """Return what *as_json* wrote down."""
        table = json.loads(text)
        return cls(datetime.fromisoformat(table["started_at"]), table["rows"], frozenset(), 0)

    def since(self, service: AppContext) -> RoundReport:
        """Return what the round made of it, and what went wrong in it."""
        db = service.db
        looks = checks.after(db, self.rows["checks"])
        by_page = {c.page_id: c for c in reversed(looks)}
        changed_pages = versions.pages_since(db, self.rows["versions"])
        now_open = problems.open_problems(db)
        seen_problems = [p for p in now_open if p.last_seen_at >= self.started_at]
        return RoundReport(
            checked=len(by_page),
            unchanged=sum(c.outcome is not Outcome.FAILED and c.page_id not in changed_pages for c in by_page.values()),
            new_instruments=newest_row(db, "instruments") - self.rows["instruments"],
            new_versions=newest_row(db, "versions") - self.rows["versions"],
            changes=newest_row(db, "changes") - self.rows["changes"],
            alerts=newest_row(db, "alerts") - self.rows["alerts"],
            emails=messages.count_handled(db) - self.filed,
            problems=tuple(RoundProblem(p.source_id, p.stage.value, p.cause, p.opened_at) for p in seen_problems),
            closed=len(self.open_problems - {problems.group_of(p) for p in now_open}),
        )
