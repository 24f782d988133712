"""Subscribe, confirm, manage and leave on the web, over real HTTP."""

import time
from contextlib import closing
from datetime import UTC, datetime

import httpx
import pytest
from lxml import html

from storage import messages, subscriptions
from storage.archive import Archive
from storage.database.connection import transaction
from storage.records import Cadence, Filters, Weekday
from storage.schema.open import open_database
from tests.builders.visitor import ANA, send, token_of_mail
from tests.tracker.web.conftest import NOW, an_app, fill, serve_app
from tracker.signing import confirm_token, manage_token, unsubscribe_token

SECRET = "for tests only"


@pytest.fixture
def own(tmp_path):
    with closing(open_database(tmp_path / "clausewatch.db")) as db:
        fill(db, Archive(tmp_path / "archive"))
        yield db


@pytest.fixture
def visitor(own, tmp_path):
    with an_app(tmp_path, secret_key=SECRET) as app, serve_app(app) as address:
        with httpx.Client(base_url=address, follow_redirects=True) as client:
            yield client


def person(db, address=ANA, **more):
    with transaction(db):
        number = subscriptions.add_subscriber(db, address)
        return number, subscriptions.add(db, number, Filters(**more), now=NOW)


def test_nothing_is_sent_before_the_owner_of_the_address_said_yes(visitor, own):
    answer = send(visitor, "/subscribe?jurisdiction=cn", address=ANA, cadence="daily", hour="7",
                  words="评估、deep fake", timezone="Asia/Shanghai", least="medium")  # fmt: skip
    assert "Please check your mailbox".lower() in answer.text.lower()
    [subscription] = subscriptions.all_subscriptions(own)
    assert subscription.pending
    assert subscription.filters.jurisdictions == ("cn",)
    assert subscription.filters.words == ("评估", "deep fake")

    token = token_of_mail(own, "confirm")
    assert "China" in visitor.get("/confirm", params={"token": token}).text
    visitor.head("/confirm", params={"token": token})
    assert subscriptions.all_subscriptions(own)[0].pending

    assert "From now on you will be notified of" in send(visitor, f"/confirm?token={token}").text
    assert subscriptions.all_subscriptions(own)[0].status == "confirmed"


def test_the_form_says_the_same_of_an_address_that_is_known(visitor, own):
    person(own, ANA)
    answers = [send(visitor, "/subscribe", address=address) for address in (ANA, "new@policy.example")]
    assert answers[0].text == answers[1].text
    assert answers[0].url == answers[1].url
    of_known, of_stranger = (
        send(visitor, "/manage", action="/manage", address=address) for address in (ANA, "nobody@policy.example")
    )
    assert of_known.text == of_stranger.text


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"address": "nobody"}, "that is no email address"),
        ({"address": ANA, "timezone": "Mars/Olympus"}, "there is no time zone"),
        ({"address": ANA, "words": "see http://evil.example now"}, "addresses of mail and of web pages"),
        ({"address": ANA, "topic": "astrology"}, "there is no topic 'astrology'; there are ai-regulation, "),
        ({"address": ANA, "instrument": "cn_nothing"}, "there is no instrument 'cn_nothing'; there is cn_practice"),
        ({"address": ANA, "jurisdiction": "zz"}, "there is no jurisdiction 'zz'; there is cn"),
        ({"address": ANA, "cadence": "hourly"}, "there is no rhythm"),
        ({"address": ANA, "hour": "24"}, "0 to 23"),
    ],
)
def test_what_cannot_be_is_said_plainly_and_what_was_typed_stays(visitor, own, fields, refusal):
    answer = send(visitor, "/subscribe", **fields)
    assert answer.status_code == 422
    assert refusal in html.fromstring(answer.text).find_class("fault")[0].text_content()
    assert f'value="{fields["address"]}"' in answer.text
    assert subscriptions.all_subscribers(own) == []


def test_a_form_of_another_site_is_refused(visitor, own):
    form = html.fromstring(visitor.get("/subscribe").text).forms[-1]
    fields = {**dict(form.form_values()), "address": ANA}
    foreign = visitor.post("/subscribe", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    visitor.cookies.clear()
    without_cookie = visitor.post("/subscribe", data=fields)
    assert (foreign.status_code, without_cookie.status_code) == (403, 403)
    assert subscriptions.all_subscribers(own) == []


def test_a_link_that_is_forged_or_borrowed_or_too_old_is_refused(visitor, own):
    number, subscription = person(own)
    secret = SECRET.encode()
    for path, token in (
        ("/confirm", "1.9999999999.x"), ("/confirm", unsubscribe_token(secret, [subscription])),
        ("/confirm", confirm_token(secret, subscription, NOW)), ("/unsubscribe", manage_token(secret, number, NOW)),
        ("/manage", unsubscribe_token(secret, [subscription])), ("/manage", manage_token(secret, number, NOW)),
        ("/unsubscribe", ""), ("/unsubscribe", "\u00e9"), ("/manage/export", "x"),
    ):  # fmt: skip
        answer = visitor.get(path, params={"token": token})
        assert answer.status_code == 400, (path, token)
        assert "Sorry, this link" in answer.text


def test_one_click_ends_what_the_link_names_without_cookie_or_form(visitor, own):
    _, subscription = person(own)
    _, other = person(own)
    link = f"/unsubscribe?token={unsubscribe_token(SECRET.encode(), [subscription])}"
    assert visitor.get(link).status_code == 200
    assert visitor.head(link).status_code == 200
    assert subscriptions.get(own, subscription).active
    visitor.cookies.clear()

    answer = visitor.post(link, data={"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200
    assert (subscriptions.get(own, subscription).active, subscriptions.get(own, other).active) == (False, True)
    assert visitor.post(link).status_code == 200


def test_a_person_sees_changes_ends_takes_and_removes_what_is_theirs(visitor, own):
    _, subscription = person(own, provisions=("art_2",))
    stranger, others = person(own, "bo@policy.example")
    send(visitor, "/manage", action="/manage", address=ANA)
    token = token_of_mail(own, "manage")
    page = f"/manage?token={token}"
    assert "art. 2 (at once)" in visitor.get(page).text
    assert visitor.get(f"/manage/{others}", params={"token": token}).status_code == 404

    answer = send(visitor, f"/manage/{subscription}?token={token}", cadence="weekly", jurisdiction="cn")
    assert "Changed" in answer.text
    assert subscriptions.get(own, subscription).filters == Filters(jurisdictions=("cn",), provisions=("art_2",))
    refusal = send(visitor, f"/manage/{subscription}?token={token}", timezone="Mars/Olympus")
    assert refusal.status_code == 422

    export = visitor.get("/manage/export", params={"token": token})
    assert export.json()["subscriber"]["address"] == ANA
    assert "no-store" in export.headers["cache-control"]

    assert "Cancelled" in send(visitor, page, action=f"/manage/{subscription}/end").text
    assert "tick the box" in send(visitor, page, action="/manage/forget").text
    assert "have been deleted" in send(visitor, page, action="/manage/forget", sure="yes").text
    assert subscriptions.find_subscriber(own, ANA) is None
    assert visitor.get(page).status_code == 400
    assert subscriptions.get_subscriber(own, stranger).address == "bo@policy.example"


def test_a_link_is_not_sent_without_end_nor_to_who_never_confirmed(visitor, own):
    person(own)
    for _ in range(5):
        send(visitor, "/manage", action="/manage", address=ANA)
    with transaction(own):
        pending = subscriptions.add_subscriber(own, "bo@policy.example")
        subscriptions.add(own, pending, Filters(), now=NOW, pending=True)
    person(own, "cy@policy.example")
    for address in ("bo@policy.example", "cy@policy.example"):
        send(visitor, "/manage", action="/manage", address=address)
    end = time.monotonic() + 15
    while time.monotonic() < end and not any(address.address.startswith("cy") for address in messages.recent(own)):
        time.sleep(0.05)  # links are made after the answers, in the order they were asked for
    assert sorted(address.address for address in messages.recent(own)) == [ANA] * 3 + ["cy@policy.example"]


def test_who_signs_up_too_often_is_told_to_wait(own, tmp_path):
    with an_app(tmp_path, sign_ups_per_hour=2) as app, serve_app(app) as address:
        with httpx.Client(base_url=address, follow_redirects=True) as client:
            answers = [send(client, "/subscribe", address=f"a{n}@policy.example") for n in range(3)]
            again = send(client, "/subscribe", address=ANA)
            client.headers["X-Forwarded-For"] = "203.0.113.9"
            elsewhere = send(client, "/subscribe", address=ANA)
    assert [address.status_code for address in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["retry-after"]) <= 1800
    assert (again.status_code, elsewhere.status_code) == (429, 200)


def test_cookies_are_for_us_alone_and_over_tls_only_where_we_are(own, tmp_path):
    for base_url, begins in (("http://127.0.0.1:8000", "clausewatch-form="), ("https://watch.example", "__Host-")):
        with an_app(tmp_path, base_url=base_url) as app, serve_app(app) as address:
            answer = httpx.get(f"{address}/subscribe")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(begins)
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert ("Secure" in cookie) is base_url.startswith("https")
        assert answer.headers["cache-control"] == "no-store"


def test_pages_offer_to_follow_what_they_show(visitor):
    page = html.fromstring(visitor.get("/instruments/cn_practice").text)
    [link] = [a.get("href") for a in page.iter("a") if a.text_content() == "Follow this instrument"]
    form = html.fromstring(visitor.get(link).text).forms[-1]
    assert ("instrument", "cn_practice") in form.form_values()
    for path, name in (("/jurisdictions/cn", "Follow this jurisdiction"),):
        assert name in visitor.get(path).text


def test_bug_b10_a_weekly_digest_is_shown_and_kept_on_its_own_day(visitor, own):
    with transaction(own):
        number = subscriptions.add_subscriber(own, ANA)
        wish = subscriptions.add(own, number, Filters(), cadence=Cadence.WEEKLY, weekday=Weekday.THURSDAY, now=NOW)
    token = manage_token(SECRET.encode(), number, datetime.now(UTC))

    assert "on Thursday at 08:00" in visitor.get(f"/manage?token={token}").text
    path = f"/manage/{wish}?token={token}"
    assert "once a week, on Thursday" in visitor.get(path).text
    send(visitor, path, action=f"/manage/{wish}", hour="9")
    assert (subscriptions.get(own, wish).weekday, subscriptions.get(own, wish).hour) == (Weekday.THURSDAY, 9)
    send(visitor, path, action=f"/manage/{wish}", weekday="friday")
    assert subscriptions.get(own, wish).weekday is Weekday.FRIDAY


def test_the_short_form_at_the_foot_signs_up_in_one_step_from_our_own_page(visitor, own):
    page = html.fromstring(visitor.get("/instruments/cn_practice").text)
    [form] = page.xpath("//form[@action='/subscribe/begin']")
    fields = {address.get("name"): address.get("value") for address in form.iter("input")}
    form_values = {**fields, "address": ANA}
    thanks = visitor.post("/subscribe/begin", data=form_values, headers={"Sec-Fetch-Site": "same-origin"})
    assert "Thank you" in thanks.text
    [subscription] = subscriptions.all_subscriptions(own)
    assert subscription.pending
    assert subscription.filters.instruments == ("cn_practice",)


def test_a_short_form_of_another_site_signs_nobody_up(visitor, own):
    for header in ({"Sec-Fetch-Site": "cross-site"}, {}):
        answer = visitor.post("/subscribe/begin", data={"address": ANA, "topic": "biometrics"}, headers=header)
        assert html.fromstring(answer.text).xpath("//input[@name='address']/@value") == [ANA]
        assert subscriptions.all_subscriptions(own) == []


def test_a_wrong_address_in_the_short_form_is_said_in_words(visitor):
    wrong = visitor.post("/subscribe/begin", data={"address": "nobody"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert wrong.status_code == 422
    assert "that is no email address" in wrong.text


def test_the_form_shows_what_a_subscription_would_bring_and_signs_nobody_up(visitor, own):
    answer = send(visitor, "/subscribe", action="/subscribe", act="preview", jurisdiction=["cn"], words="评估",
                 cadence="weekly")  # fmt: skip
    assert answer.status_code == 200
    assert "What it would bring" in answer.text
    assert "in one mail a week" in answer.text
    assert 'value="评估"' in answer.text
    assert subscriptions.all_subscribers(own) == []

    silent = send(visitor, "/subscribe", action="/subscribe", act="preview", topic=["copyright"])
    assert "Nothing that has happened so far matches." in silent.text
    refusal = send(visitor, "/subscribe", action="/subscribe", act="preview", topic=["no-such-topic"])
    assert refusal.status_code == 422
    assert "there is no topic" in refusal.text
