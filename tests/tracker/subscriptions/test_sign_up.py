from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest

from storage import messages, subscriptions
from storage.records import Filters
from tests.tracker.alerts.builders import NOW
from tracker.alerts import SignUpError, deliver_pending, match_events
from tracker.errors import TokenError
from tracker.signing import CONFIRM_WITHIN, confirm_token, unsubscribe_token
from tracker.subscriptions.erasure import forget_who_never_confirmed
from tracker.subscriptions.request import SubscriptionRequest
from tracker.subscriptions.sign_up import confirm, sign_up
from tracker.subscriptions.unsubscribe import unsubscribe

LATER = NOW + timedelta(hours=1)


def ask_to_sign_up(home, address="ana@policy.example", now=NOW, **more) -> list:
    before = len(messages.recent(home.db))
    sign_up(home.db, SubscriptionRequest(address, **more), home.settings, now)
    return messages.recent(home.db)[: len(messages.recent(home.db)) - before]


def token_in(message) -> str:
    text = message_from_bytes(message.mime, policy=default).get_body(("plain",)).get_content()
    (url,) = re.findall(r"https://watch\.example/confirm\S+", text)
    return parse_qs(urlsplit(url).query)["token"][0]


def test_nobody_is_told_anything_before_they_said_yes(home):
    (question,) = ask_to_sign_up(home)
    home.happen(at=LATER)
    assert match_events(home.db, LATER) == 0

    subscription = confirm(home.db, token_in(question), home.settings, LATER)
    home.happen(key="after", at=LATER)

    assert subscription.status == "confirmed"
    assert match_events(home.db, LATER) == 1


def test_the_question_says_what_was_asked_for_and_offers_no_unsubscribing(home):
    (question,) = ask_to_sign_up(home, filters=Filters(jurisdictions=("cn",)))
    message = message_from_bytes(question.mime, policy=default)
    text = message.get_body(("plain",)).get_content()

    assert message["Subject"] == "Please confirm your Clausewatch alerts"
    assert "Asked for: China (at once)" in text
    assert "If it was not you, do nothing" in " ".join(text.split())
    assert message["List-Unsubscribe"] is None


def test_a_second_click_changes_nothing(home):
    (question,) = ask_to_sign_up(home)
    first = confirm(home.db, token_in(question), home.settings, LATER)

    assert confirm(home.db, token_in(question), home.settings, LATER + timedelta(hours=1)) == first


def test_a_link_expires(home):
    (question,) = ask_to_sign_up(home)

    with pytest.raises(TokenError, match="expired"):
        confirm(home.db, token_in(question), home.settings, NOW + timedelta(days=3, seconds=1))


def test_a_forged_or_borrowed_token_confirms_nothing(home):
    ask_to_sign_up(home)
    for token in (
        "",
        "1.9999999999.x",
        confirm_token(b"another", 1, NOW),
        unsubscribe_token(b"a key for tests only", [1]),
    ):
        with pytest.raises(TokenError):
            confirm(home.db, token, home.settings, NOW)
    with pytest.raises(TokenError):
        unsubscribe(home.db, confirm_token(home.settings.secret_key, 1, NOW), home.settings)
    assert subscriptions.active(home.db) == []


def test_a_token_of_what_was_swept_away_has_expired(home):
    (question,) = ask_to_sign_up(home)
    later = NOW + timedelta(days=4)
    forget_who_never_confirmed(home.db, home.settings.emails, later - CONFIRM_WITHIN, later)

    with pytest.raises(TokenError):
        confirm(home.db, token_in(question), home.settings, NOW + timedelta(days=2))


def test_who_asks_hears_the_same_whether_or_not_the_address_is_known(home):
    home.wish(home.person("known@policy.example"))

    assert [len(ask_to_sign_up(home, address)) for address in ("known@policy.example", "new@policy.example")] == [1, 1]


def test_a_mailbox_is_not_flooded(home):
    asks = [len(ask_to_sign_up(home, "ANA@policy.example" if turn % 2 else "ana@policy.example")) for turn in range(6)]

    assert asks == [1, 1, 1, 0, 0, 0]
    assert len(ask_to_sign_up(home, now=NOW + timedelta(days=2))) == 1


def test_who_never_said_yes_is_forgotten(home):
    (question,) = ask_to_sign_up(home)
    deliver_pending(home.db, NOW, home.settings)
    assert len(home.files()) == 1

    later = NOW + timedelta(days=4)
    forget_who_never_confirmed(home.db, home.settings.emails, later - CONFIRM_WITHIN, later)

    assert subscriptions.find_subscriber(home.db, "ana@policy.example") is None
    assert messages.get(home.db, question.id).mime == b""
    assert home.files() == []


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (SubscriptionRequest("nobody"), "no email address"),
        (SubscriptionRequest("a@b.example\r\nBcc: c@d.example"), "no email address"),
        (SubscriptionRequest("a@b.example, c@d.example"), "no email address"),
        (SubscriptionRequest("ana@policy.example", timezone="Mars/Olympus"), "no time zone"),
        (SubscriptionRequest("ana@policy.example", hour=24), "0 to 23"),
        (SubscriptionRequest("ana@policy.example", filters=Filters(words=("x" * 101,))), "at most"),
    ],
)
def test_what_cannot_be_is_said_plainly_and_stores_nothing(home, wish, words):
    with pytest.raises(SignUpError, match=words):
        sign_up(home.db, wish, home.settings, NOW)
    assert subscriptions.all_subscribers(home.db) == []


def test_an_address_in_any_script_may_sign_up(home):
    (question,) = ask_to_sign_up(home, "安娜@政策.example")

    assert confirm(home.db, token_in(question), home.settings, NOW).status == "confirmed"
