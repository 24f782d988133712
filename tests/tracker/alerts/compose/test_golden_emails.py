"""Whole emails, approved by a person: a new or different one is proposed beside the approved one, and fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from storage.records import (
    Cadence,
    Change,
    ChangeKind,
    Comparison,
    EventKind,
    Milestone,
    MilestoneKind,
    Op,
    OpKind,
    Problem,
    Snapshot,
    Stage,
    Weight,
)
from tests.tracker.alerts.builders import (
    EARLIER,
    NOW,
    a_comparison,
    a_reading,
    a_subscriber,
    a_subscription,
    a_version,
    an_event,
    an_instrument,
    some_settings,
)
from tests.tracker.alerts.law_changes import CHANGES, a_changed_law
from tracker.alerts.compose.address_message import Envelope, address_to, compose_alert, compose_digest
from tracker.alerts.compose.operator_mail import compose_report
from tracker.alerts.compose.print_cache import PrintCache
from tracker.alerts.compose.recipient import Recipient
from tracker.alerts.compose.story import Material
from tracker.alerts.operator_report import Report
from tracker.subscriptions.sign_up import confirmation
from tracker.wording.problem_report import told_of

GOLDEN = Path(__file__).parents[3] / "golden" / "emails"


def a_chinese_version() -> Material:
    return Material(an_event(change_set_id=5), an_instrument(), a_version(), a_comparison(), a_reading().dates)


def a_hindi_version() -> Material:
    change = Change(
        kind=ChangeKind.MODIFIED,
        weight=Weight.HIGH,
        old_unit="rule_4",
        new_unit="rule_4",
        old_eid="rule_4",
        new_eid="rule_4",
        old_citation="नियम 4",
        new_citation="नियम 4",
        ops=(
            Op(OpKind.EQUAL, "प्रदाता दीप संकेत का अभिलेख "),
            Op(OpKind.DELETE, "तीन मास"),
            Op(OpKind.INSERT, "छह मास"),
            Op(OpKind.EQUAL, " तक सुरक्षित रखेगा।"),
        ),
        explanation="Time limit lengthened from 3 months to 6 months",
    )
    return Material(
        an_event(
            id=4, jurisdiction="in", authorities=("in_meity",), instrument_id="in_lamp", change_set_id=6, topics=()
        ),
        an_instrument(id="in_lamp", jurisdiction="in", title="Lamp Signal Rules", title_native="दीप संकेत नियम", url=""),
        a_version(
            language="hi",
            snapshot_id=31,
            reading=a_reading(jurisdiction="in", language="hi", number="", authorities=(), dates=(), provisions=()),
        ),
        Comparison((change,), {"modified": 1}),
    )


def a_moved_date() -> Material:
    details = {
        "kind": "applies",
        "old": "2027-02-02",
        "new": "2027-08-02",
        "basis": "It shall apply from 2 August 2027.",
    }
    return Material(
        an_event(
            id=5,
            kind=EventKind.DATE_MOVED,
            jurisdiction="eu",
            authorities=("eu_parliament", "eu_council"),
            instrument_id="eu_buoy",
            details=details,
            topics=("ai-regulation",),
        ),
        an_instrument(
            id="eu_buoy",
            jurisdiction="eu",
            title="Regulation on Talking Buoys",
            title_native="",
            url="https://law.example/buoy",
        ),
    )


def a_plain(kind: EventKind, **more) -> Material:
    """An event that is told in one sentence and the facts of its instrument."""
    event = an_event(id=9, kind=kind, key=kind.value, change_set_id=None, **more)
    if kind in {EventKind.DRAFT_OPENED, EventKind.DATE_NEAR}:
        dates = (Milestone(MilestoneKind.COMMENTS_DUE, DUE, "2026年12月15日前反馈"),)
        draft = a_version(reading=a_reading(draft=True, dates=dates, type="draft", number=""))
        return Material(event, an_instrument(), draft, None, dates)
    return Material(event, an_instrument(), a_version(), None, a_reading().dates)


def a_latin_version() -> Material:
    changes = (
        Change(
            kind=ChangeKind.MODIFIED,
            weight=Weight.HIGH,
            old_unit="art_5",
            new_unit="art_5",
            old_eid="art_5__para_1",
            new_eid="art_5__para_1",
            old_citation="Article 5(1)",
            new_citation="Article 5(1)",
            ops=(
                Op(OpKind.EQUAL, "A buoy that talks shall be silent at night for at least "),
                Op(OpKind.DELETE, "six"),
                Op(OpKind.INSERT, "eight"),
                Op(OpKind.EQUAL, " hours, and its owner "),
                Op(OpKind.DELETE, "may"),
                Op(OpKind.INSERT, "shall"),
                Op(OpKind.EQUAL, " keep a log of every sentence."),
            ),
            explanation="Permission became a duty: may, shall",
        ),
        Change(
            kind=ChangeKind.REMOVED,
            weight=Weight.LOW,
            old_unit="art_9",
            old_eid="art_9",
            old_citation="Article 9",
            old_text="The harbour master may grant exemptions.",
        ),
    )
    return Material(
        an_event(
            id=11,
            jurisdiction="eu",
            authorities=("eu_parliament", "eu_council"),
            instrument_id="eu_buoy",
            change_set_id=8,
            topics=("ai-regulation",),
        ),
        an_instrument(
            id="eu_buoy",
            jurisdiction="eu",
            title="Regulation on Talking Buoys",
            title_native="",
            url="https://law.example/b",
        ),
        a_version(
            language="en",
            reading=a_reading(
                jurisdiction="eu",
                language="en",
                title="Regulation on Talking Buoys",
                type="regulation",
                number="2026/99",
                authorities=(),
                provisions=(),
            ),
        ),
        Comparison(changes, {"modified": 1, "removed": 1}),
    )


def a_computed_change(kind=EventKind.WILL_CHANGE) -> Material:
    """What an amending act will make of the regulation, or how the official text differed from that."""
    material = a_latin_version()
    rows = {"pending_id": 3, "other_title": "Regulation amending the Regulation on Talking Buoys"}
    if kind is EventKind.WILL_CHANGE:
        days = [["2026-12-15", ["art_5"]], ["2027-06-01", ["art_9"]]]
        mark = "Computed from 2026/99 and 2026/1201, not official."
        rows |= {
            "mark": mark,
            "days": days,
            "instructions": 7,
            "open": 2,
            "basis": "2026/99 is amended",
        }
    else:
        rows |= {"agreed": 4, "computed_on": "2026-11-02"}
    event = replace(material.event, kind=kind, change_set_id=None, details=rows)
    return replace(material, event=event)


DUE = date(2026, 12, 15)
OTHER = {"other_title": "灯语决定", "other_url": "https://regulator.example/other", "basis": "修改灯语规定第三条。"}


def an_envelope(**more) -> Envelope:
    subscription = a_subscription(jurisdictions=("cn", "in", "eu"), words=("灯语", "दीप"), **more)
    return Envelope("at_once:email:1:k", a_subscriber(name="李, 雷"), (subscription,))


READER = Recipient(NOW.date())
SINGLE = {
    "new_version_zh": a_chinese_version,
    "new_version_hi": a_hindi_version,
    "new_version_en": a_latin_version,
    "date_moved": a_moved_date,
    "new_instrument": lambda: a_plain(EventKind.NEW_INSTRUMENT),
    "draft_opened": lambda: a_plain(EventKind.DRAFT_OPENED, details={"comments_due": "2026-12-15"}, on=DUE),
    "date_near": lambda: a_plain(EventKind.DATE_NEAR, details={"kind": "comments_due"}, on=DUE),
    "amending_act": lambda: a_plain(EventKind.AMENDING_ACT, details=OTHER),
    "repealed": lambda: a_plain(EventKind.REPEALED, details=OTHER, on=DUE),
    "corrected": lambda: a_plain(EventKind.CORRECTED, details=OTHER),
    "reversed": lambda: a_plain(EventKind.REVERSED),
    "will_change": a_computed_change,
    "differed": lambda: a_computed_change(EventKind.DIFFERED),
}


def a_message(kind: str) -> bytes:
    settings = some_settings(operator_email="ops@watch.example")
    daily, press = an_envelope(cadence=Cadence.DAILY), PrintCache(settings)
    if kind == "digest":
        return compose_digest(daily, [a_moved_date(), a_hindi_version(), a_chinese_version()], settings, NOW).mime
    if kind == "storm":
        return address_to(press.storm([a_chinese_version(), a_moved_date()], READER), an_envelope(), settings, NOW).mime
    if kind == "quiet":
        return address_to(press.quiet(Cadence.DAILY, 64, 2, READER), daily, settings, NOW).mime
    if kind in {"confirm", "operators"}:
        return confirmation(an_envelope(), settings, NOW).mime if kind == "confirm" else a_report(settings)
    if kind.startswith("in_chinese_"):
        return in_chinese(kind.removeprefix("in_chinese_"), settings)
    material = a_changed_law(kind) if kind in CHANGES else SINGLE[kind]()
    return compose_alert(an_envelope(), material, settings, NOW).mime


def in_chinese(kind: str, settings) -> bytes:
    """The same for a reader of Chinese in Shanghai."""
    person = a_subscriber(name="李雷", language="zh-Hans", timezone="Asia/Shanghai")
    envelope = replace(an_envelope(cadence=Cadence.WEEKLY), subscriber=person)
    if kind == "digest":
        samples = [make() for make in SINGLE.values()]
        rows = [replace(sample, event=replace(sample.event, id=number)) for number, sample in enumerate(samples)]
        return compose_digest(envelope, rows, settings, NOW).mime
    if kind == "confirm":
        return confirmation(envelope, settings, NOW).mime
    material = a_changed_law(kind) if kind in CHANGES else SINGLE[kind]()
    return compose_alert(envelope, material, settings, NOW).mime


def a_report(settings) -> bytes:
    """What operators get: problems that are new, one that still stands, and one that ended."""
    good = Snapshot(31, 5, "https://regulator.example/lamp.htm", EARLIER, 200, "text/html", "aa", 1)
    rows = [
        (1, "cn_cac_lamp", Stage.PAGE, "collapse", "25 operative provisions before, 12 now: approve or reject"),
        (2, "eu_ep_buoy", Stage.FETCH, "timed out", "https://law.example/buoy: DownloadTimeoutError: 60 seconds"),
        (3, "in_meity_lamp", Stage.FETCH, "timed out", "https://law.example/in: DownloadTimeoutError: 60 seconds"),
        (4, "cn_cac_list", Stage.READ, "no provisions", "近日，有关部门公布灯语规定。"),
        (5, "us_ftc_lamp", Stage.FETCH, "http status", "https://law.example/us answers 503 Service Unavailable"),
    ]
    figures = {
        n: Problem(n, source, stage, cause, text, EARLIER, NOW, url=f"https://law.example/{source}", times=n)
        for n, source, stage, cause, text in rows
    }
    figures[1] = replace(figures[1], version_id="cn_lamp@2026-11-25")
    figures[5] = replace(figures[5], told_at=EARLIER, closed_at=NOW)
    titles = {"cn_cac_lamp": "Provisions on Lamp Talk", "eu_ep_buoy": "Regulation on Talking Buoys",
              "in_meity_lamp": "Lamp Signal Rules", "cn_cac_list": "CAC rules, a list"}  # fmt: skip
    troubles = {n: told_of(p, titles, good if n < 3 else None, settings.base_url) for n, p in figures.items()}
    report = Report((figures[1], figures[2], figures[3]), (figures[4],), (figures[5],))
    envelope = Envelope(report.key, a_subscriber(address="ops@watch.example", name="Operator"), ())
    return compose_report(report, troubles, envelope, settings, NOW).mime


IN_CHINESE = (
    *(f"in_chinese_{kind}" for kind in ("new_version_zh", "date_near", "digest", "confirm", "will_change")),
    *(f"in_chinese_{kind}" for kind in ("chinese_amendment", "penalty_tiers", "dates_by_scope", "split_into_a_list")),
)
KINDS = (*SINGLE, *CHANGES, "digest", "storm", "quiet", "confirm", "operators", *IN_CHINESE)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("subtype", "ending"), [("plain", "txt"), ("html", "html")])
def test_the_email_is_the_approved_one(kind, subtype, ending):
    message = message_from_bytes(a_message(kind), policy=default)
    body = message.get_body((subtype,)).get_content().replace("\r\n", "\n")
    headers = "".join(f"{name}: {value}\n" for name, value in message.items()) if subtype == "plain" else ""
    content = f"{headers}\n{body}" if headers else body
    golden_file = GOLDEN / f"{kind}.{ending}"

    if not golden_file.exists() or golden_file.read_text(encoding="utf-8") != content:
        golden_file.with_suffix(f".proposed.{ending}").write_text(content, encoding="utf-8")
    assert golden_file.exists(), "read the proposed email and rename it when it is right"
    assert content == golden_file.read_text(encoding="utf-8")
