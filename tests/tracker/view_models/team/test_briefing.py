"""The weekly briefing: one whole week, by jurisdiction, heaviest first; and the drafts that are open for comment."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from docx import Document
from lxml import etree

from storage import events, milestones
from storage.records import EventKind, Milestone, MilestoneKind, Weight
from tests.tracker.alerts.builders import an_event
from tracker.errors import UsageError
from tracker.view_models.pictures import activity_picture
from tracker.view_models.team.briefing_document import briefing_document, lead_of
from tracker.view_models.team.comment_deadlines import comment_deadlines
from tracker.view_models.team.weekly_briefing import briefing_of, monday_of, week_name
from tracker.wording.labels import words

MONDAY = date(2026, 11, 23)
EN = words("en")


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def week(home):
    days = {"before": MONDAY - timedelta(days=1), "first": MONDAY, "last": MONDAY + timedelta(days=6),
            "after": MONDAY + timedelta(days=7)}  # fmt: skip
    for name, day in days.items():
        home.happen(
            key=name, at=at(day), kind=EventKind.NEW_VERSION, weight=Weight.LOW if name == "first" else Weight.HIGH
        )
    return home


def test_a_week_is_whole_and_nothing_else_is_in_it(week):
    this_week = briefing_of(week.db, MONDAY)

    (items,) = this_week.items.values()
    assert (this_week.name, this_week.count, this_week.weights) == ("2026-W48", 2, {"high": 1, "low": 1})
    assert [item.weight for item in items] == ["high", "low"]  # the heaviest first
    assert lead_of(this_week, EN) == "2 items this week (1 high weight, 1 low weight)."


def test_a_week_of_many_events_is_read_to_its_end(home):
    for number in range(450):
        event = an_event(
            id=0, key=f"n{number}", at=at(MONDAY) + timedelta(minutes=number), change_set_id=None, version_id=None
        )
        events.add(home.db, replace(event, kind=EventKind.AMENDING_ACT))

    assert briefing_of(home.db, MONDAY).count == 450


def test_filters_narrow_it(week):
    assert briefing_of(week.db, MONDAY, jurisdiction="eu").count == 0
    assert briefing_of(week.db, MONDAY, topic="content-labelling").count == 2
    assert lead_of(briefing_of(week.db, MONDAY, jurisdiction="eu"), EN) == EN("briefing.nothing")


def test_the_document_says_what_the_page_says(week):
    document = Document(io.BytesIO(briefing_document(briefing_of(week.db, MONDAY), EN)))

    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert document.paragraphs[0].text == "Weekly briefing, 23 November 2026 to 29 November 2026"
    assert ("China" in text, "Time limit shortened from 30 days to 10 days" in text) == (True, True)


def test_the_document_has_a_chart_of_the_half_year_that_word_draws(week):
    this_week = briefing_of(week.db, MONDAY)
    activity = activity_picture(week.db, this_week.last, "")
    document = Document(io.BytesIO(briefing_document(this_week, EN, activity)))

    [chart] = [part for part in document.part.package.iter_parts() if str(part.partname) == "/word/charts/chart1.xml"]
    chart_xml = etree.fromstring(chart.blob)
    names = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    assert chart_xml.xpath("string(//c:ser/c:tx/c:v)", namespaces=names) == "China"
    assert len(chart_xml.xpath("//c:cat//c:pt", namespaces=names)) == 26
    assert sum(float(n) for n in chart_xml.xpath("//c:val//c:v/text()", namespaces=names)) == 3  # not the week after
    assert "Changes by week and jurisdiction. China: 16 Nov 1, 23 Nov 2" in etree.tostring(
        document.element, encoding="unicode"
    )


def test_a_chart_of_nothing_is_left_out(home):
    this_week = briefing_of(home.db, MONDAY)
    document = Document(io.BytesIO(briefing_document(this_week, EN, activity_picture(home.db, this_week.last, ""))))

    assert [part for part in document.part.package.iter_parts() if "chart" in str(part.partname)] == []


@pytest.mark.parametrize(
    ("name", "monday"),
    [("2026-W48", MONDAY), ("2026-W53", date(2026, 12, 28)), ("2027-W01", date(2027, 1, 4)), ("", MONDAY)],
)
def test_a_week_is_found_by_its_name(name, monday):
    assert monday_of(name, date(2026, 12, 2)) == monday
    assert week_name(monday) == (name or "2026-W48")


@pytest.mark.parametrize("name", ["2026-W54", "2026-48", "last", "2026-W00", "9999999-W01", "0001-W01", "9999-W52"])
def test_a_week_that_is_none_is_refused(name):
    with pytest.raises(UsageError, match="a week is written as 2026-W48"):
        monday_of(name, MONDAY)


def test_drafts_open_for_comment_are_listed_soonest_first_with_the_days_left(home):
    rows = [Milestone(MilestoneKind.COMMENTS_DUE, MONDAY + timedelta(days=n), "words") for n in (30, 0)]
    rows.append(Milestone(MilestoneKind.COMMENTS_DUE, MONDAY - timedelta(days=1), "too late"))
    milestones.replace(
        home.db, "cn_lamp", "cn_lamp@2026-11-25", [*rows, Milestone(MilestoneKind.APPLIES, MONDAY, "no draft")]
    )

    board = comment_deadlines(home.db, MONDAY)

    assert [(draft.days_left, draft.is_soon) for draft in board] == [(0, True), (30, False)]
    assert board[0].links == (("Comment here", "https://regulator.example/2026/lamp.htm"),)
    assert comment_deadlines(home.db, MONDAY, "eu") == []
