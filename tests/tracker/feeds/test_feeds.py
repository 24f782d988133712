from __future__ import annotations

import json
import warnings
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import feedparser
import icalendar
import pytest

from storage import milestones
from storage.records import EventKind, Milestone, MilestoneKind
from tests.tracker.alerts.builders import NOW
from tracker.feeds import ALL_SCOPE, Scope, entries_of, publish, write_all

BASE = "https://watch.example"


def read(home, scope=ALL_SCOPE, form="atom"):
    return publish(home.db, scope, form, base_url=BASE)


def dates(home, **scope) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(read(home, Scope(**scope), "ics"))
    return [entry for entry in calendar.walk("VEVENT") if str(entry["summary"]).startswith("In force")]


def test_atom_is_read_without_a_warning(home):
    home.happen()
    home.happen(key="repealed", kind=EventKind.REPEALED, change_set_id=None, at=NOW + timedelta(hours=1))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        feed = feedparser.parse(read(home))

    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries] == [
        "China · CAC · Provisions on Lamp Talk Services: repealed",
        "China · CAC · Provisions on Lamp Talk Services: 2 provisions changed, 1 new (art. 15)",
    ]
    assert "Time limit shortened from 30 days to 10 days" in feed.entries[1].content[0].value
    assert feed.entries[1].link == f"{BASE}/changes/{home.change_set}"
    assert {entry.id[:9] for entry in feed.entries} == {"urn:uuid:"}


def test_json_feed_says_the_same(home):
    home.happen()

    feed = json.loads(read(home, form="json"))

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == [entry.title for entry in entries_of(home.db, base_url=BASE)]
    assert feed["items"][0]["tags"] == ["content labelling"]


@pytest.mark.parametrize(
    ("kind", "here", "elsewhere"),
    [
        ("jurisdictions", "cn", "eu"),
        ("authorities", "cn_miit", "cn_mps"),
        ("topics", "content-labelling", "copyright"),
        ("instruments", "cn_lamp", "cn_other"),
    ],
)
def test_each_feed_holds_only_its_own(home, kind, here, elsewhere):
    home.happen()

    assert len(entries_of(home.db, Scope(kind, here), base_url=BASE)) == 1
    assert entries_of(home.db, Scope(kind, elsewhere), base_url=BASE) == []


def test_markup_of_a_page_stays_text(home):
    nasty = "<script>alert(1)</script> & <b>"
    home.db.execute("UPDATE instruments SET title = ?", [nasty])
    home.happen()

    entry = feedparser.parse(read(home), sanitize_html=False).entries[0]

    assert "<script" not in entry.content[0].value
    assert "&lt;script" in entry.content[0].value


def test_a_date_that_moves_updates_the_same_event(home):
    (before,) = dates(home)
    later = date(2027, 7, 1)
    milestones.supersede(
        home.db, "cn_lamp", MilestoneKind.IN_FORCE, date(2027, 1, 10), "cn_act", later, "put off to 1 July"
    )
    details = {"kind": "in_force", "old": "2027-01-10", "new": "2027-07-01"}
    home.happen(kind=EventKind.DATE_MOVED, key="moved", change_set_id=None, details=details)

    (after,) = dates(home)

    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert (before["dtstart"].dt, after["dtstart"].dt) == (date(2027, 1, 10), later)
    assert after["dtstamp"].dt == NOW


def test_a_date_that_moves_back_and_forth_stays_one_event_with_a_higher_sequence_each_time(home):
    first, later = date(2027, 1, 10), date(2027, 7, 1)
    entries = dates(home)
    for number, (old, new) in enumerate(((first, later), (later, first), (first, later))):
        version = Milestone(MilestoneKind.IN_FORCE, new, "自…起施行")
        milestones.replace(home.db, "cn_lamp", "cn_lamp@2026-11-25", [version])
        details = {"kind": "in_force", "old": old.isoformat(), "new": new.isoformat()}
        at = NOW + timedelta(days=number)
        home.happen(kind=EventKind.DATE_MOVED, key=f"moved {number}", change_set_id=None, details=details, at=at)
        entries += dates(home)

    assert len({str(entry["uid"]) for entry in entries}) == 1
    assert [entry["sequence"] for entry in entries] == [0, 1, 2, 3]
    assert [entry["dtstart"].dt for entry in entries] == [first, later, first, later]


def test_a_date_put_off_to_a_day_not_yet_set_is_cancelled(home):
    (before,) = dates(home)
    milestones.supersede(home.db, "cn_lamp", MilestoneKind.IN_FORCE, date(2027, 1, 10), "cn_act", None, "put off")
    details = {"kind": "in_force", "old": "2027-01-10", "new": ""}
    home.happen(kind=EventKind.DATE_MOVED, key="moved", change_set_id=None, details=details)

    (after,) = dates(home)

    assert (after["uid"], after["status"], after["sequence"]) == (before["uid"], "CANCELLED", 1)


def test_two_dates_of_one_kind_are_two_events(home):
    further = Milestone(MilestoneKind.IN_FORCE, date(2028, 1, 10), "自2028年1月10日起施行")
    milestones.replace(home.db, "cn_lamp", "cn_lamp@2026-11-25", [further, replace(further, on=date(2029, 1, 1))])

    assert len({str(entry["uid"]) for entry in dates(home)}) == 2


def test_a_calendar_is_for_one_jurisdiction_when_asked(home):
    assert len(dates(home, kind="jurisdictions", id="cn")) == 1
    assert dates(home, kind="jurisdictions", id="eu") == []


def test_files_are_written_whole_and_left_alone_when_nothing_changed(home, tmp_path):
    home.happen()
    folder: Path = tmp_path / "feeds"

    files, written_count = write_all(home.db, folder, base_url=BASE)

    assert files == written_count == sum(path.is_file() for path in folder.rglob("*"))
    assert (folder / "instruments" / "cn_lamp.ics").exists()
    assert write_all(home.db, folder, base_url=BASE) == (files, 0)
    assert not list(folder.rglob("*.part"))


def test_an_id_that_is_no_file_name_leads_nowhere_else(tmp_path):
    path = (tmp_path / Scope("instruments", "../../etc/passwd").path("atom")).resolve()

    assert path.is_relative_to(tmp_path)


COMMANDS = "Lamp\x07 \x1b[2JTalk\u202e \x00Rules\ufffe"


@pytest.mark.parametrize("form", ["atom", "json", "ics"])
def test_a_title_that_commands_a_screen_breaks_no_feed_and_is_obeyed_by_none(home, form):
    home.db.execute("UPDATE instruments SET title = ?, title_native = ?", [COMMANDS, COMMANDS])
    home.happen()

    feed = read(home, form=form).decode()

    assert "Talk" in feed
    assert not set(feed) & set("\x07\x1b\u202e\x00\ufffe")
    if form == "atom":
        assert not feedparser.parse(feed).bozo
    elif form == "json":
        assert not set(json.loads(feed)["items"][0]["title"]) & set("\x07\x1b\u202e\x00\ufffe")
    else:
        assert dates(home)


def test_a_feed_of_nothing_is_valid_in_every_form(home):
    feeds = {form: read(home, Scope("topics", "children"), form) for form in ("atom", "json", "ics")}

    assert not feedparser.parse(feeds["atom"]).bozo
    assert json.loads(feeds["json"])["items"] == []
    assert icalendar.Calendar.from_ical(feeds["ics"]).walk("VEVENT") == []


def test_a_date_on_a_leap_day_ends_on_the_first_of_march(home):
    milestones.supersede(
        home.db, "cn_lamp", MilestoneKind.IN_FORCE, date(2027, 1, 10), "cn_act", date(2028, 2, 29), "put off"
    )

    [entry] = [entry for entry in dates(home) if entry["dtstart"].dt.year == 2028]
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (date(2028, 2, 29), date(2028, 3, 1))
