from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from lxml import html

from storage.records import Change, ChangeKind, Comparison, EventKind, Op, OpKind, Weight
from tests.tracker.alerts.builders import (
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
from tracker.alerts.compose.address_message import LIMIT, Envelope, compose_alert, compose_digest
from tracker.alerts.compose.recipient import Recipient
from tracker.alerts.compose.story import Budget, Material, build_story
from tracker.signing import read_unsubscribe

NASTY = '<script>alert(1)</script><img src="https://track.example/x.gif">\r\nBcc: all@policy.example'


def some_material(**more) -> Material:
    return replace(
        Material(an_event(change_set_id=5), an_instrument(), a_version(), a_comparison(), a_reading().dates), **more
    )


def an_envelope(**more) -> Envelope:
    return replace(Envelope("at_once:email:1:k", a_subscriber(), (a_subscription(jurisdictions=("cn",)),)), **more)


def compose(material=None, envelope=None, **settings) -> EmailMessage:
    letter = compose_alert(envelope or an_envelope(), material or some_material(), some_settings(**settings), NOW)
    return message_from_bytes(letter.mime, policy=default)


def parts(message) -> tuple[str, str]:
    return message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()


def test_the_subject_says_who_what_and_what_happened():
    assert compose()["Subject"] == ("China · 2 provisions changed, 1 new (art. 15) · Provisions on Lamp Talk Services")


def test_the_same_event_is_the_same_bytes_every_time():
    first, second = (compose_alert(an_envelope(), some_material(), some_settings(), NOW) for _ in range(2))
    assert first == second


def test_one_instrument_is_one_thread_and_each_message_its_own():
    first, second = compose(), compose(envelope=an_envelope(key="at_once:email:1:later"))

    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]


def test_another_home_has_other_message_ids():
    assert compose()["Message-ID"] != compose(secret_key=b"another home")["Message-ID"]


def test_one_click_unsubscribing_names_the_web_address_first():
    message = compose(operator_email="ops@watch.example")
    address = message["List-Unsubscribe"].partition(">")[0].removeprefix("<")

    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read_unsubscribe(some_settings().secret_key, address.rpartition("=")[2]) == (7,)
    assert all(address in part for part in parts(message))
    assert "mailto:ops@watch.example" in message["List-Unsubscribe"]


def test_both_parts_tell_the_same_heaviest_change_first():
    for part in parts(compose()):
        sentences = ["Time limit shortened from 30 days to 10 days", "第十五条", "第三条"]
        places = [part.index(sentence) for sentence in sentences[:1]] + [
            part.index(f">{sentence} (art.") if "<html" in part else part.index(f" {sentence} (art.")
            for sentence in sentences[1:]
        ]
        assert places == sorted(places)
        assert "art. 15 to 20 are now art. 16 to 21" in part
        assert "https://watch.example/changes/5" in part
        assert "https://regulator.example/2026/lamp.htm" in part
        assert "10 January 2027" in part


def test_marks_are_seen_without_colour():
    text, page = parts(compose())

    assert "[-三十日-]{+十日+}" in text
    assert "text-decoration: line-through" in html.fromstring(page).xpath("//del")[0].get("style")
    assert "text-decoration: underline" in html.fromstring(page).xpath("//ins")[0].get("style")


def test_nothing_is_loaded_and_nothing_runs():
    page = html.fromstring(parts(compose())[1])
    assert not page.xpath("//script | //img | //link | //iframe | //*[@src]")


def test_dark_screens_have_their_own_colours():
    page = parts(compose())[1]
    assert "@media (prefers-color-scheme: dark)" in page
    assert 'content="light dark"' in page


def test_a_hostile_page_injects_neither_header_nor_markup():
    change = replace(a_comparison().changes[3], explanation=NASTY, new_citation=NASTY, ops=(Op(OpKind.INSERT, NASTY),))
    message = compose(
        some_material(
            event=an_event(
                change_set_id=5, details={"basis": NASTY, "other_title": NASTY, "other_url": "javascript:x()"}
            ),
            instrument=an_instrument(title=NASTY, title_native=NASTY, url="javascript:alert(1)"),
            version=a_version(language='"><script>', reading=a_reading(title=NASTY, number=NASTY, type=NASTY)),
            comparison=Comparison((change,), {"modified": 1}, notes=(NASTY,)),
        ),
        an_envelope(subscriber=a_subscriber(name="Eve\r\nBcc: all@policy.example")),
    )
    page = parts(message)[1]

    assert message["Bcc"] is None
    assert not html.fromstring(page).xpath("//script | //img | //*[@src]")
    assert not [link for link in html.fromstring(page).xpath("//@href") if not link.startswith("https://")]


@pytest.mark.parametrize("script", ["灯语服务", "lamp service ", "दीप सेवा "], ids=["Chinese", "Latin", "Hindi"])
def test_a_message_stays_under_the_limit_however_much_changed(script):
    text = script * 60
    change = Change(
        ChangeKind.MODIFIED, Weight.LOW, "art_1", "art_1", "art_1", "art_1", "第一条", "第一条", text, text + "x",
        (Op(OpKind.EQUAL, text), Op(OpKind.DELETE, text), Op(OpKind.INSERT, text)) * 50, (), "Reworded " * 40,
    )  # fmt: skip
    letter = compose_alert(
        an_envelope(),
        some_material(comparison=Comparison((change,) * 2_000, {"modified": 2_000})),
        some_settings(),
        NOW,
    )

    assert len(letter.mime) <= LIMIT
    assert "more changes: https://watch.example/changes/5" in parts(message_from_bytes(letter.mime, policy=default))[0]


def test_a_provision_of_ten_megabytes_is_cut_and_linked():
    text = "灯" * 3_500_000
    huge = Change(ChangeKind.ADDED, Weight.HIGH, new_unit="art_9", new_eid="art_9", new_text=text)
    text_part = parts(compose(some_material(comparison=Comparison((huge,), {"added": 1}))))[0]

    assert len(text_part) < LIMIT
    assert "Read the whole change: https://watch.example/changes/5#art_9" in text_part


@pytest.mark.parametrize(
    ("kind", "more", "subject"),
    [
        (EventKind.NEW_INSTRUMENT, {}, "not on its list before"),
        (EventKind.DRAFT_OPENED, {"details": {"comments_due": "2026-12-31"}}, "until 31 December 2026"),
        (
            EventKind.DATE_MOVED,
            {"details": {"kind": "in_force", "old": "2027-01-10", "new": "2027-07-01", "basis": "推迟至2027年7月1日"}},
            "date of entry into force moved from 10 January 2027 to 1 July 2027",
        ),
        (EventKind.DATE_MOVED, {"details": {"kind": "applies", "new": None}}, "to a day not yet set"),
        (EventKind.DATE_NEAR, {"on": NOW.date() + timedelta(7), "details": {"kind": "comments_due"}}, "in 7 days"),
        (
            EventKind.AMENDING_ACT,
            {"details": {"other_title": "Lamp Decision"}},
            "“Lamp Decision”, which amends this instrument, was published",
        ),
        (EventKind.CORRECTED, {"details": {"other_title": "Corrigendum 4"}}, "corrects this instrument"),
        (EventKind.REPEALED, {"on": NOW.date()}, "repealed as of 25 November 2026"),
        (EventKind.REVERSED, {}, "has been withdrawn"),
    ],
)
def test_each_kind_of_event_has_its_own_words(kind, more, subject):
    event = an_event(kind=kind, **more)
    for part in parts(compose(some_material(event=event, comparison=None))):
        assert subject in " ".join(part.split())


def test_an_event_of_which_little_is_known_is_still_a_message():
    bare = an_event(kind=EventKind.DATE_NEAR, jurisdiction="", authorities=(), topics=())
    message = compose(Material(bare, an_instrument(title="", title_native="", url="")))
    assert message["Subject"] == "Date is near · cn_lamp"


def test_an_address_with_unicode_is_written_as_it_is():
    letter = compose_alert(
        an_envelope(subscriber=a_subscriber(address="李@政策.example", name="李, 雷")),
        some_material(),
        some_settings(),
        NOW,
    )
    assert "李@政策.example".encode() in letter.mime


def test_a_name_with_a_comma_is_one_mailbox():
    message = compose(envelope=an_envelope(subscriber=a_subscriber(name="李, 雷")))
    assert [(sentence.display_name, sentence.addr_spec) for sentence in message["To"].addresses] == [
        ("李, 雷", "ana@policy.example")
    ]


def test_a_digest_groups_by_jurisdiction_and_instrument_and_starts_no_thread():
    eu = some_material(
        event=an_event(
            id=4, jurisdiction="eu", authorities=("eu_commission",), instrument_id="eu_buoy", change_set_id=6
        ),
        instrument=an_instrument(id="eu_buoy", jurisdiction="eu", title="Buoy Regulation", title_native=""),
    )
    letter = compose_digest(an_envelope(), [eu, some_material(), some_material()], some_settings(), NOW)
    message = message_from_bytes(letter.mime, policy=default)
    text = parts(message)[0]

    assert letter.subject == "Update, 25 November 2026: 3 updates · China, European Union"
    assert message["References"] is None
    assert text.index("CHINA") < text.index("EUROPEAN UNION") < text.rindex("Buoy Regulation")
    assert text.count("Provisions on Lamp Talk Services\r\n") == 2


def test_a_digest_of_a_thousand_updates_fits_and_says_what_it_leaves_out():
    letter = compose_digest(an_envelope(), [some_material()] * 1_000, some_settings(), NOW)

    assert len(letter.mime) <= LIMIT
    assert "more updates: https://watch.example/changes" in parts(message_from_bytes(letter.mime, policy=default))[0]


@pytest.mark.parametrize("title", ["灯语服务管理规定" * 20, "Provisions on Lamp Talk Services " * 10, "Short"])
@pytest.mark.parametrize("news", ["newly published", "complaints must be answered in 10 days (was 30) " * 5])
def test_a_subject_says_the_news_before_the_title_in_ninety_characters(title, news):
    story = build_story(some_material(), some_settings(), Recipient(NOW.date()), Budget(1, 1, 1))
    subject = replace(story, title=title, headline=news).subject

    assert len(subject) <= 90
    assert subject.startswith("China · " + (news[:1].upper() + news[1:])[:30].rstrip())
    assert subject.partition(" · ")[2].partition(" · ")[2][:12] == title[:12]
