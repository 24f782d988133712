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
from tests.tracker.web.conftest import HASH, NOW, PAGE, an_app, serving
from tracker.pipeline.versions import template_changes
from tracker.web.operators.passwords import fits, hash_of

PAGES = {
    "/operators": "in quarantine",
    "/operators/problems": "What to try",
    "/operators/outbox": "newest",
    "/operators/quarantine": "5 operative provisions before, 2 now",
    "/operators/quarantine/1": "What would be told",
    "/operators/declare": "Paste the TOML",
}


def test_nothing_is_shown_or_written_without_signing_in(operated, own):
    for path, says in PAGES.items():
        shown = operated.get(path)
        assert str(shown.url.path) == "/operators/sign-in"
        assert says not in shown.text
    form = operated.get("/subscribe").text.partition('name="form" value="')[2].partition('"')[0]
    for path in ("/operators/quarantine/1", "/operators/declare"):
        refused = operated.post(path, data={"form": form, "verdict": "approve"})
        assert refused.status_code == 403
        assert "Please sign in first." in refused.text
    assert versions.get(own, "cn_practice@2026-03-09").standing is ReviewState.QUARANTINED


def test_who_knows_the_password_sees_what_is_wrong_and_signs_out_for_good(operated):
    assert sign_in(operated, "wrong").status_code == 403
    assert str(sign_in(operated, to="/operators/problems").url.path) == "/operators/problems"
    for path, says in PAGES.items():
        shown = operated.get(path)
        assert says in shown.text, path
        assert shown.headers["cache-control"] == "no-store"
        assert operated.head(path).status_code == 200
    kept = operated.cookies["clausewatch-session"]
    send(operated, "/operators", action="/operators/sign-out")
    assert operated.get("/operators").url.path == "/operators/sign-in"
    operated.cookies.set("clausewatch-session", kept)
    assert operated.get("/operators").url.path == "/operators/sign-in"


def test_a_session_ends_by_itself_and_cannot_be_forged(own, tmp_path):
    now = [NOW]
    with an_app(tmp_path, clock=lambda: now[0], operator_password_hash=HASH) as app, serving(app) as address:
        with httpx.Client(base_url=address, follow_redirects=True) as client:
            sign_in(client)
            good = client.cookies["clausewatch-session"]
            assert client.get("/operators").url.path == "/operators"
            name, until, seal = good.split(".")
            for forged in (f"{name}.{int(until) + 9}.{seal}", "..", "x", f"other.{until}.{seal}"):
                client.cookies.delete("clausewatch-session")
                client.cookies.set("clausewatch-session", forged)
                assert client.get("/operators").url.path == "/operators/sign-in"
            client.cookies.delete("clausewatch-session")
            client.cookies.set("clausewatch-session", good)
            now[0] += timedelta(hours=8, seconds=1)
            assert client.get("/operators").url.path == "/operators/sign-in"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example/", "/operators/../x", "/\\evil.example", "/"])
def test_signing_in_leads_nowhere_but_to_pages_for_operators(operated, to):
    operated.follow_redirects = False
    assert sign_in(operated, to=to).headers["location"] == "/operators"


def test_guessing_is_slowed_down(operated):
    statuses = [sign_in(operated, f"guess {n}").status_code for n in range(12)]
    assert statuses[:10] == [403] * 10
    assert statuses[-1] == 429


@pytest.mark.parametrize(("proxies", "path"), [("127.0.0.1", "/operators"), ("192.0.2.1", "/operators/sign-in")])
def test_a_header_counts_only_from_a_proxy_that_is_trusted(own, tmp_path, proxies, path):
    with an_app(tmp_path, operator_header="X-Remote-User", trusted_proxies=proxies) as app, serving(app) as address:
        with httpx.Client(base_url=address, follow_redirects=True, headers={"X-Remote-User": "ana"}) as client:
            assert client.get("/operators").url.path == path


def test_a_header_that_is_not_set_up_says_nothing(own, tmp_path):
    with an_app(tmp_path) as app, serving(app) as address:
        shown = httpx.get(f"{address}/operators", headers={"X-Remote-User": "ana"}, follow_redirects=True)
    assert "clausewatch operators hash" in shown.text


@pytest.mark.parametrize(
    ("verdict", "standing", "changed"), [("approve", ReviewState.CONFIRMED, 2), ("reject", ReviewState.REJECTED, 1)]
)
def test_an_operator_decides_about_a_surprising_change(operated, own, verdict, standing, changed):
    sign_in(operated)
    assert "<del>" in operated.get("/operators/quarantine/1").text
    for given in ({}, {"sure": "yes"}) if verdict == "approve" else ({},):
        assert versions.get(own, "cn_practice@2026-03-09").standing is ReviewState.QUARANTINED
        done = send(operated, "/operators/quarantine/1", action="/operators/quarantine/1", verdict=verdict, **given)
    assert {"approve": "Approved", "reject": "Rejected"}[verdict] in done.text
    assert versions.get(own, "cn_practice@2026-03-09").standing is standing
    assert [each for each in problems.open_problems(own) if each.version_id] == []
    end = time.monotonic() + 20
    while own.table("change_sets").count != changed and time.monotonic() < end:
        time.sleep(0.05)
    assert own.table("change_sets").count == changed
    assert operated.get("/operators/quarantine/1").status_code == 404


def test_a_declaration_is_checked_with_every_fault_named(operated):
    sign_in(operated)
    toml = (
        'title = "x"\nauthority = "x"\nlanguage = "zh"\nspider = "page"\nurls = ["ftp://x"]\nevery = "often"\nnew = 1'
    )
    wrong = send(operated, "/operators/declare", action="/operators/declare", id="cn_cac_x", toml=toml)
    assert wrong.status_code == 422
    for fault in ("urls.0", "every", "new: unknown key"):
        assert fault in wrong.text
    assert "/tmp/" not in wrong.text
    for strange in ("../x", "x", "CN_/x", "cn_" + "a" * 300):
        assert (
            send(operated, "/operators/declare", action="/operators/declare", id=strange, toml=toml).status_code == 422
        )


def test_a_declaration_is_looked_at_once_and_nothing_is_remembered(operated, own, tmp_path):
    from crawlers.practice import Practice, declarations  # noqa: PLC0415 - only here

    sign_in(operated)
    with Practice() as practice:
        practice.day = 1
        told = declarations(practice.origins)
        toml = next(text for name, text in told.items() if "cn_cac_practice_deep_synthesis" in name)
        tried = send(operated, "/operators/declare", action="/operators/declare",
                     id="cn_cac_practice_deep_synthesis", toml=toml, look="yes")  # fmt: skip
    assert "as expected" in tried.text, tried.text[-3000:]
    assert snapshots.get(own, 1).length == len(PAGE.encode())
    assert own.table("snapshots").count == 1
    abroad = toml.replace(next(iter(practice.origins.values())), "https://regulator.example")
    refused = send(operated, "/operators/declare", action="/operators/declare", id="cn_cac_x", toml=abroad, look="yes")
    assert refused.status_code == 422 or "CLAUSEWATCH_CONTACT" in refused.text


def test_a_form_has_no_service_of_this_machine_looked_at_once_publishers_are_asked(tmp_path, own):
    toml = 'title = "X"\nauthority = "eu_ep"\nlanguage = "en"\nspider = "page"\nurls = ["{}"]\nevery = "1 day"\n'
    told = {"operator_password_hash": HASH, "contact": "ops@example.org", "private_targets": "127.0.0.1:9"}
    with (
        an_app(tmp_path, **told) as app,
        serving(app) as address,
        httpx.Client(base_url=address, follow_redirects=True, timeout=60) as client,
    ):
        sign_in(client)
        for url in ("http://127.0.0.1:8000/", "http://localhost/", "http://[::1]:80/"):
            tried = send(client, "/operators/declare", action="/operators/declare", id="eu_x", toml=toml.format(url),
                         look="yes")  # fmt: skip
            assert "CLAUSEWATCH_PRIVATE_TARGETS" in tried.text
        allowed = send(client, "/operators/declare", action="/operators/declare", id="eu_x",
                       toml=toml.format("http://127.0.0.1:9/"), look="yes")  # fmt: skip
        assert "CLAUSEWATCH_PRIVATE_TARGETS" not in allowed.text


def test_a_hash_fits_its_password_and_nothing_else():
    assert fits(PASSWORD, HASH)
    for password, kept in (("wrong", HASH), (PASSWORD, ""), (PASSWORD, "scrypt:1:2"), (PASSWORD, PASSWORD)):
        assert not fits(password, kept)
    assert hash_of(PASSWORD) != HASH


def test_the_law_in_quarantine_is_shown_to_nobody_else(operated):
    assert operated.get("/instruments/cn_practice?version=cn_practice@2026-03-09").status_code == 404


@pytest.fixture
def redesigned(own):
    """A second law of the same host, both held because the site prints its pages another way."""
    page = versions.page_of(own, versions.get_summary(own, "cn_practice@2026-03-09"))
    with transaction(own):
        for problem in problems.open_problems(own):
            problems.close_one(own, problem.id, NOW)
        text = "2 pages of 127.0.0.1 changed alike: Share this page; approve if it is law"
        host = template_changes.subject_of(host_key(page.url))
        problems.open_or_touch(own, host, Stage.PAGE, template_changes.TEMPLATE, text, NOW)
    return problems.open_problems(own)[0].id


def test_bug_b7_a_template_change_is_one_decision_in_number_list_and_problems(operated, own, redesigned):
    sign_in(operated)
    assert "1 decision waiting" in operated.get("/operators").text
    path = f"/operators/quarantine/{redesigned}"
    for place in ("/operators/quarantine", "/operators/problems"):
        assert f'href="{path}"' in operated.get(place).text
    shown = operated.get(path).text
    assert "Reject all 1" in shown
    assert "What would be told" in operated.get(f"{path}?version=cn_practice%402026-03-09").text
    assert operated.get(f"{path}?version=cn_practice%402026-03-02").status_code == 404


def test_bug_b7_a_template_change_is_decided_by_one_form(operated, own, redesigned):
    sign_in(operated)
    path = f"/operators/quarantine/{redesigned}"
    unsure = send(operated, path, action=path, verdict="approve")
    assert "please tick the box first" in unsure.text
    assert versions.get(own, "cn_practice@2026-03-09").standing is ReviewState.QUARANTINED
    send(operated, path, action=path, verdict="reject")
    assert versions.get(own, "cn_practice@2026-03-09").standing is ReviewState.REJECTED
    assert "0 decisions waiting" in operated.get("/operators").text
