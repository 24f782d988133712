"""The story: what happens to a page from the network to the mail, in order; a step that is killed loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from tracker.context import AppContext
from tracker.pipeline.round_baseline import RoundBaseline
from tracker.pipeline.round_report import NoProgress, Progress, RoundReport
from tracker.pipeline.steps.amendments.predict_amendments import predict_amendments
from tracker.pipeline.steps.compare_versions import compare_versions
from tracker.pipeline.steps.compose_messages import compose_messages
from tracker.pipeline.steps.confirm_versions import confirm_versions, look_to_confirm
from tracker.pipeline.steps.deliver_messages import deliver_messages
from tracker.pipeline.steps.erase_unconfirmed import erase_unconfirmed
from tracker.pipeline.steps.fetch_pages import fetch_pages
from tracker.pipeline.steps.guards.check_clock import is_clock_wrong
from tracker.pipeline.steps.guards.publish_gate import gate_round
from tracker.pipeline.steps.guards.repair_archive import repair_archive
from tracker.pipeline.steps.hold_template_changes import hold_template_changes
from tracker.pipeline.steps.index_search import index_search
from tracker.pipeline.steps.learn_furniture import learn_furniture, look_to_learn
from tracker.pipeline.steps.match_alerts import match_alerts, open_due_reminders
from tracker.pipeline.steps.plan_fetches import plan_fetches
from tracker.pipeline.steps.read_snapshots import read_snapshots, resolve_read_problems
from tracker.pipeline.steps.record_log import record_log
from tracker.pipeline.steps.relate_instruments import relate_instruments
from tracker.pipeline.steps.report_problems import report_problems
from tracker.pipeline.steps.watch_silence import watch_silence
from tracker.pipeline.steps.withdraw_stale_reminders import withdraw_stale_reminders

_SILENT, _AT_ONCE = NoProgress(), timedelta()


def one_round(
    service: AppContext,
    source_ids: Sequence[str] | None = None,
    *,
    all_pages: bool = False,
    confirm_after: timedelta = _AT_ONCE,  # so long the confirming second fetch waits
    progress: Progress = _SILENT,
) -> RoundReport:
    """Do everything due, named sources and *all_pages* always, in order; safe to stop and repeat at any point."""
    before = RoundBaseline.of(service)
    repair_archive(service)
    pages_due = plan_fetches(service, source_ids, all_pages=all_pages, confirm_after=confirm_after)
    progress.step("fetch", f"{len(pages_due)} pages")
    fetch_pages(service, pages_due, unconditional=False, respect_backoff=not (source_ids or all_pages))
    if is_clock_wrong(service, before):
        for step in (report_problems, *DELIVER):
            step(service)
        return before.since(service)
    progress.step("read", "")
    look_to_learn(service, before, progress)
    read_snapshots(service)
    confirm(service, before, confirm_after, progress)
    progress.step("compare", "")
    finish(service)
    return before.since(service)


def confirm(service: AppContext, before: RoundBaseline, confirm_after: timedelta, progress: Progress = _SILENT) -> None:
    """Look again at what changed, and see who was silent for too long."""
    look_to_confirm(service, before, confirm_after, progress)
    watch_silence(service)


def finish(service: AppContext) -> None:
    """Take everything already fetched to its end: read, compare, match, compose, deliver."""
    for step in (*COMPARE, *COMPOSE, *DELIVER):
        step(service)


# the chapters of the end, which a fleet takes one after the other
COMPARE = (learn_furniture, read_snapshots, resolve_read_problems, confirm_versions, relate_instruments,
           hold_template_changes, compare_versions, predict_amendments, index_search)  # fmt: skip
COMPOSE = (gate_round, open_due_reminders, match_alerts, erase_unconfirmed, withdraw_stale_reminders,
           compose_messages, report_problems)  # fmt: skip
DELIVER = (deliver_messages, record_log)
