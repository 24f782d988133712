"""Operators: signing in, what they see, and what they decide, over real HTTP."""

import time
from datetime import timedelta

import httpx
import pytest

from crawlers.hosts.host_lock import host_key
from storage import problems, snapshots, versions
from storage.database.connection import transaction
from storage.records import ReviewState, Stage
from tests.builders.visitor import PASSWORD, send, sign_in
from tests.tracker.web.conftest import HASH, NOW, PAGE, an_app, serve_app
from tracker.pipeline.versions import template_changes
from tracker.web.operators.passwords import fits, hash_of

PAGES = {
    "/operators": "in quarantine",
    "/operators/problems": "What to try",
    "/operators/outbox": "newest",
    "/operators/quarantine": "5 operative provisions before, 2 now",
    "/operators/quarantine/1": "What would be sent",
    "/operators/declare": "Paste the TOML",
}


def test_nothing_is_shown_or_written_without_signing_in(operator_client, own):
    for path, says in PAGES.items():
        answer = operator_client.get(path)
        assert str(answer.url.path) == "/operators/sign-in"
        assert says not in answer.text
    form = operator_client.get("/subscribe").text.partition('name="form" value="')[2].partition('"')[0]
    for path in ("/operators/quarantine/1", "/operators/declare"):
        refusal = operator_client.post(path, data={"form": form, "verdict": "approve"})
        assert refusal.status_code == 403
        assert "Please sign in first." in refusal.text
    assert versions.get(own, "cn_practice@2026-03-09").standing is ReviewState.QUARANTINED


def test_who_knows_the_password_sees_what_is_wrong_and_signs_out_for_good(operator_client):
    assert sign_in(operator_client, "wrong").status_code == 403
    assert str(sign_in(operator_client, to="/operators/problems").url.path) == "/operators/problems"
    for path, says in PAGES.items():
        answer = operator_client.get(path)
        assert says in answer.text, path
        assert answer.headers["cache-control"] == "no-store"
        assert operator_client.head(path).status_code == 200
    session = operator_client.cookies["clausewatch-session"]
    send(operator_client, "/operators", action="/operators/sign-out")
    assert operator_client.get("/operators").url.path == "/operators/sign-in"
    operator_client.cookies.set("clausewatch-session", session)
    assert operator_client.get("/operators").url.path == "/operators/sign-in"


def test_a_session_ends_by_itself_and_cannot_be_forged(own, tmp_path):
    now = [NOW]
    with an_app(tmp_path, clock=lambda: now[0], operator_password_hash=HASH) as app, serve_app(app) as address:
        with httpx.Client(base_url=address, follow_redirects=True) as client:
            sign_in(client)
            good = client.cookies["clausewatch-session"]
            assert client.get("/operators").url.path == "/operators"
            name, until, seal = good.split(".")
            for forgery in (f"{name}.{int(until) + 9}.{seal}", "..", "x", f"other.{until}.{seal}"):
                client.cookies.delete("clausewatch-session")
                client.cookies.set("clausewatch-session", forgery)
                assert client.get("/operators").url.path == "/operators/sign-in"
            client.cookies.delete("clausewatch-session")
            client.cookies.set("clausewatch-session", good)
            now[0] += timedelta(hours=8, seconds=1)
            assert client.get("/operators").url.path == "/operators/sign-in"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example/", "/operators/../x", "/\\evil.example", "/"])
def test_signing_in_leads_nowhere_but_to_pages_for_operators(operator_client, to):
    operator_client.follow_redirects = False
    assert sign_in(operator_client, to=to).headers["location"] == "/operators"


def test_guessing_is_slowed_down(operator_client):
    statuses = [sign_in(operator_client, f"guess {n}").status_code for n in range(12)]
    assert statuses[:10] == [403] * 10
    assert statuses[-1] == 429


@pytest.mark.parametrize(("proxies", "path"), [("127.0.0.1", "/operators"), ("192.0.2.1", "/operators/sign-in")])
def test_a_header_counts_only_from_a_proxy_that_is_trusted(own, tmp_path, proxies, path):
    with an_app(tmp_path, operator_header="X-Remote-User", trusted_proxies=proxies) as app, serve_app(app) as address:
        with httpx.Client(base_url=address, follow_redirects=True, headers={"X-Remote-User": "ana"}) as client:
            assert client.get("/operators").url.path == path


def test_a_header_that_is_not_set_up_says_nothing(own, tmp_path):
    with an_app(tmp_path) as app, serve_app(app) as address:
        answer = httpx.get(f"{address}/operators", headers={"X-Remote-User": "ana"}, follow_redirects=True)
    assert "clausewatch operators hash" in answer.text


@pytest.mark.parametrize(
    ("verdict", "standing", "change_set_count"),
    [("approve", ReviewState.CONFIRMED, 2), ("reject", ReviewState.REJECTED, 1)],
)
def test_an_operator_decides_about_a_surprising_change(operator_client, own, verdict, standing, change_set_count):
    sign_in(operator_client)
    assert "<del>" in operator_client.get("/operators/quarantine/1").text
    for more_fields in ({}, {"sure": "yes"}) if verdict == "approve" else ({},):
        assert versions.get(own, "cn_practice@2026-03-09").standing is ReviewState.QUARANTINED
        answer = send(
            operator_client, "/operators/quarantine/1", action="/operators/quarantine/1", verdict=verdict, **more_fields
        )
    assert {"approve": "Approved", "reject": "Rejected"}[verdict] in answer.text
    assert versions.get(own, "cn_practice@2026-03-09").standing is standing
    assert [problem for problem in problems.open_problems(own) if problem.version_id] == []
    end = time.monotonic() + 20
    while own.table("change_sets").count != change_set_count and time.monotonic() < end:
        time.sleep(0.05)
    assert own.table("change_sets").count == change_set_count
    assert operator_client.get("/operators/quarantine/1").status_code == 404


def test_a_declaration_is_checked_with_every_fault_named(operator_client):
    sign_in(operator_client)
    toml = (
        'title = "x"\nauthority = "x"\nlanguage = "zh"\nspider = "page"\nurls = ["ftp://x"]\nevery = "often"\nnew = 1'
    )
    wrong = send(operator_client, "/operators/declare", action="/operators/declare", id="cn_cac_x", toml=toml)
    assert wrong.status_code == 422
    for fault in ("urls.0", "every", "new: unknown key"):
        assert fault in wrong.text
    assert "/tmp/" not in wrong.text
    for strange in ("../x", "x", "CN_/x", "cn_" + "a" * 300):
        assert (
            send(operator_client, "/operators/declare", action="/operators/declare", id=strange, toml=toml).status_code
            == 422
        )


def test_a_declaration_is_looked_at_once_and_nothing_is_remembered(operator_client, own, tmp_path):
    from crawlers.practice import Practice, declarations  # noqa: PLC0415 - only here

    sign_in(operator_client)
    with Practice() as practice:
        practice.day = 1
        texts = declarations(practice.origins)
        toml = next(text for name, text in texts.items() if "cn_cac_practice_deep_synthesis" in name)
        trial = send(operator_client, "/operators/declare", action="/operators/declare",
                     id="cn_cac_practice_deep_synthesis", toml=toml, look="yes")  # fmt: skip
    assert "as expected" in trial.text, trial.text[-3000:]
    assert snapshots.get(own, 1).length == len(PAGE.encode())
    assert own.table("snapshots").count == 1
    abroad = toml.replace(next(iter(practice.origins.values())), "https://regulator.example")
    refusal = send(
        operator_client, "/operators/declare", action="/operators/declare", id="cn_cac_x", toml=abroad, look="yes"
    )
    assert refusal.status_code == 422 or "CLAUSEWATCH_CONTACT" in refusal.text


def test_a_form_has_no_service_of_this_machine_looked_at_once_publishers_are_asked(tmp_path, own):
    toml = 'title = "X"\nauthority = "eu_ep"\nlanguage = "en"\nspider = "page"\nurls = ["{}"]\nevery = "1 day"\n'
    texts = {"operator_password_hash": HASH, "contact": "ops@example.org", "private_targets": "127.0.0.1:9"}
    with (
        an_app(tmp_path, **texts) as app,
        serve_app(app) as address,
        httpx.Client(base_url=address, follow_redirects=True, timeout=60) as client,
    ):
        sign_in(client)
        for url in ("http://127.0.0.1:8000/", "http://localhost/", "http://[::1]:80/"):
            trial = send(client, "/operators/declare", action="/operators/declare", id="eu_x", toml=toml.format(url),
                         look="yes")  # fmt: skip
            assert "CLAUSEWATCH_PRIVATE_TARGETS" in trial.text
        allowed_trial = send(client, "/operators/declare", action="/operators/declare", id="eu_x",
                       toml=toml.format("http://127.0.0.1:9/"), look="yes")  # fmt: skip
        assert "CLAUSEWATCH_PRIVATE_TARGETS" not in allowed_trial.text


def test_a_hash_fits_its_password_and_nothing_else():
    assert fits(PASSWORD, HASH)
    for password, session in (("wrong", HASH), (PASSWORD, ""), (PASSWORD, "scrypt:1:2"), (PASSWORD, PASSWORD)):
        assert not fits(password, session)
    assert hash_of(PASSWORD) != HASH


def test_the_law_in_quarantine_is_shown_to_nobody_else(operator_client):
    assert operator_client.get("/instruments/cn_practice?version=cn_practice@2026-03-09").status_code == 404


@pytest.fixture
def two_redesigns(own):
    """A second law of the same host, both held because the site prints its pages another way."""
    page = versions.page_of(own, versions.get_summary(own, "cn_practice@2026-03-09"))
    with transaction(own):
        for problem in problems.open_problems(own):
            problems.close_one(own, problem.id, NOW)
        text = "2 pages of 127.0.0.1 changed alike: Share this page; approve if it is law"
        host = template_changes.subject_of(host_key(page.url))
        problems.open_or_touch(own, host, Stage.PAGE, template_changes.TEMPLATE, text, NOW)
    return problems.open_problems(own)[0].id


def test_bug_b7_a_template_change_is_one_decision_in_number_list_and_problems(operator_client, own, two_redesigns):
    sign_in(operator_client)
    assert "1 decision waiting" in operator_client.get("/operators").text
    path = f"/operators/quarantine/{two_redesigns}"
    for place in ("/operators/quarantine", "/operators/problems"):
        assert f'href="{path}"' in operator_client.get(place).text
    answer = operator_client.get(path).text
    assert "Reject all 1" in answer
    assert "What would be sent" in operator_client.get(f"{path}?version=cn_practice%402026-03-09").text
    assert operator_client.get(f"{path}?version=cn_practice%402026-03-02").status_code == 404


def test_bug_b7_a_template_change_is_decided_by_one_form(operator_client, own, two_redesigns):
    sign_in(operator_client)
    path = f"/operators/quarantine/{two_redesigns}"
    without_word = send(operator_client, path, action=path, verdict="approve")
    assert "please tick the box first" in without_word.text
    assert versions.get(own, "cn_practice@2026-03-09").standing is ReviewState.QUARANTINED
    send(operator_client, path, action=path, verdict="reject")
    assert versions.get(own, "cn_practice@2026-03-09").standing is ReviewState.REJECTED
    assert "0 decisions waiting" in operator_client.get("/operators").text
