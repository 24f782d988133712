"""Dates that are near: each lead once, on the reader's own day, and not when the date has moved."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from storage import events, messages, milestones, versions
from storage.database.connection import query
from storage.records import Cadence, Comparison, EventKind, Milestone, MilestoneKind
from tracker.alerts import compose_due, match_events
from tracker.alerts.match.withdraw_reminders import withdraw_stale
from tracker.pipeline.event_derivation import of_new_version
from tracker.pipeline.steps.open_reminders import open_reminders

IN_FORCE = date(2027, 1, 10)  # of the invented law, first seen on 2026-11-25


def a_look(home, now):
    open_reminders(home.db, now, nullcontext)
    match_events(home.db, now)
    withdraw_stale(home.db, now)
    compose_due(home.db, now, home.settings)


def hours(first, last):
    at = datetime.combine(first, datetime.min.time(), UTC)
    while at.date() <= last:
        yield at
        at += timedelta(hours=1)


def watch_days(home, first=date(2026, 11, 26), last=date(2027, 1, 12)):
    for now in hours(first, last):
        a_look(home, now)


def reminders_sent(home):
    return [
        (f"{message.composed_at:%m-%d %H:%M}", what_of(message.subject))
        for message in sorted(messages.recent(home.db, 100), key=lambda message: message.id)
    ]


def what_of(subject):
    """Return what a subject says, between where and of which law."""
    parts = subject.split(" · ")
    text = parts[1] if len(parts) > 2 else subject.rpartition(": ")[2]
    return text[:1].lower() + text[1:]


def near(home):
    return [(e.on, e.details["lead"]) for e in reversed(events.recent(home.db)) if e.kind is EventKind.DATE_NEAR]


def test_each_lead_of_a_date_is_told_once_at_the_readers_hour(home):
    home.wish(home.person(), hour=8)

    watch_days(home)

    assert near(home) == [(IN_FORCE, 30), (IN_FORCE, 7), (IN_FORCE, 1)]
    assert reminders_sent(home) == [
        ("12-11 08:00", "date of entry into force 10 January 2027, in 30 days"),
        ("01-03 08:00", "date of entry into force 10 January 2027, in 7 days"),
        ("01-09 08:00", "date of entry into force 10 January 2027, tomorrow"),
    ]


@pytest.mark.parametrize(
    ("timezone", "at"),
    [("Asia/Shanghai", "01-09 00:00"), ("America/Los_Angeles", "01-09 16:00"), ("Pacific/Kiritimati", "01-08 18:00")],
)
def test_tomorrow_is_the_readers_own_tomorrow(home, timezone, at):
    home.wish(home.person(timezone=timezone), hour=8)

    watch_days(home, first=date(2027, 1, 5))

    assert reminders_sent(home)[-1] == (at, "date of entry into force 10 January 2027, tomorrow")


def test_a_date_that_became_known_inside_a_lead_waits_for_the_next_one(home):
    home.wish(home.person())
    soon = Milestone(MilestoneKind.COMMENTS_DUE, date(2026, 12, 15), "12月15日前")
    milestones.replace(home.db, "cn_lamp", "cn_lamp@2026-11-25", [soon])

    watch_days(home)

    assert near(home) == [(soon.on, 7), (soon.on, 1)]


def test_a_date_that_is_past_when_it_becomes_known_is_told_to_nobody(home):
    home.wish(home.person())
    past = [Milestone(MilestoneKind.IN_FORCE, day, "") for day in (date(2016, 12, 1), date(2026, 11, 24))]
    milestones.replace(home.db, "cn_lamp", "cn_lamp@2026-11-25", past)

    watch_days(home)

    assert near(home) == []


def test_after_a_standstill_only_the_nearest_lead_is_told(home):
    home.wish(home.person())

    a_look(home, datetime(2027, 1, 7, 9, tzinfo=UTC))

    assert near(home) == [(IN_FORCE, 7)]
    assert reminders_sent(home) == [("01-07 09:00", "date of entry into force 10 January 2027, in 3 days")]


def test_two_kinds_of_date_on_one_day_are_one_reminder(home):
    dates = [Milestone(kind, IN_FORCE, "") for kind in (MilestoneKind.APPLIES, MilestoneKind.IN_FORCE)]
    milestones.replace(home.db, "cn_lamp", "cn_lamp@2026-11-25", dates)

    a_look(home, datetime(2027, 1, 9, 9, tzinfo=UTC))

    assert [e.details["kind"] for e in events.recent(home.db)] == ["in_force"]


def move(home, now, to):
    milestones.supersede(home.db, "cn_lamp", MilestoneKind.IN_FORCE, IN_FORCE, "cn_act", to, "put off")
    details = {"kind": "in_force", "old": IN_FORCE.isoformat(), "new": to.isoformat()}
    home.happen(kind=EventKind.DATE_MOVED, key="moved", change_set_id=None, details=details, at=now)


def test_a_reminder_that_nobody_has_yet_is_withdrawn_when_the_date_moves(home):
    home.wish(home.person(timezone="America/Los_Angeles"), kinds=("date_near",))
    evening = datetime(2027, 1, 8, 22, tzinfo=UTC)
    a_look(home, evening)
    assert [alert["withdrawn_at"] for alert in query(home.db, "SELECT * FROM alerts")] == [None]

    move(home, evening, date(2027, 6, 1))
    watch_days(home, first=date(2027, 1, 9))

    assert reminders_sent(home) == []


def test_who_was_reminded_hears_that_the_date_moved_whatever_they_filter_by(home):
    home.wish(home.person(), kinds=("date_near",))
    home.wish(home.person("bo@policy.example"), kinds=("repealed",))
    watch_days(home, last=date(2026, 12, 12))

    move(home, datetime(2026, 12, 13, tzinfo=UTC), date(2027, 6, 1))
    watch_days(home, first=date(2026, 12, 13), last=date(2026, 12, 14))

    assert [subject for _, subject in reminders_sent(home)] == [
        "date of entry into force 10 January 2027, in 30 days",
        "date of entry into force moved to 1 June 2027",
    ]


def test_a_repealed_law_reminds_of_nothing(home):
    version = versions.get(home.db, "cn_lamp@2026-11-25")
    repeal = Milestone(MilestoneKind.REPEALED, date(2026, 12, 31), "")
    milestones.replace(home.db, "cn_lamp", version.id, [*version.reading.dates, repeal])

    watch_days(home, first=date(2027, 1, 1))

    assert near(home) == []


def test_a_weekly_digest_says_each_date_once_before_it_comes(home):
    home.wish(home.person(), cadence=Cadence.WEEKLY)

    watch_days(home)

    assert [at[:5] for at, _ in reminders_sent(home)] == ["12-14", "01-04"]  # Mondays; the 10th is a Sunday


def test_a_date_that_moves_back_and_forth_is_told_each_time(home):
    first, later = IN_FORCE, date(2027, 6, 1)
    old = versions.get(home.db, "cn_lamp@2026-11-25")
    for number, day in enumerate((later, first, later, later)):
        dates = (Milestone(MilestoneKind.IN_FORCE, day, ""),)
        new = replace(old, id=f"cn_lamp@{number}", reading=replace(old.reading, dates=dates))
        versions.add(home.db, new)
        of_new_version(home.db, old, new, Comparison(), 1, datetime(2026, 11, 26, number, tzinfo=UTC))
        old = new

    moves = [(e.details["old"], e.details["new"]) for e in reversed(events.recent(home.db))]
    assert moves == [(str(a), str(b)) for a, b in ((first, later), (later, first), (first, later))]
