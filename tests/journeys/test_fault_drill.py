"""The fault drill: one bad day of each kind, at many hosts at once, over real HTTP and HTTPS.

Each host plays the practice CAC and has a source of its own. Day 1 is good. On day 2 the law is amended, and in the
morning every host but one is in trouble; at noon all are well again. Each fault is one test: what the look came to,
which Problem opened, that nothing was told, and that the amendment was found as soon as it could be, and told once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from crawlers.declaration.load import load
from crawlers.failure_causes import Cause
from crawlers.practice import Practice, fault, fault_names
from storage import alerts, checks, events, pages, problems, subscriptions, versions
from storage.database.connection import transaction
from storage.records import EventKind, Filters, Outcome, Problem, ReviewState, Stage
from tests.journeys.certificates import Certificates
from tests.journeys.conftest import GivenClock
from tracker.config import Settings
from tracker.context import AppContext, open_context
from tracker.operations.review import decide
from tracker.pipeline.round_report import RoundReport
from tracker.pipeline.run import one_round
from tracker.pipeline.steps.guards.publish_gate import ROUND_HELD

LAW = "/2022-12/11/c_1672221949318229.htm"
DECLARATION = """
title = "Practice Provisions, as the host with {fault} publishes them"
authority = "cn_cac"
language = "zh"
spider = "page"
urls = ["{url}"]
instrument = "{source}"
select = "#BodyLabel"
every = "1 day"
timezone = "Asia/Shanghai"
[expect]
min_provisions = 5
[politeness]
pause = "0 seconds"
timeout = "{patience} seconds"
"""
SLOW = {"time-out", "silent-host", "slow-drip"}  # all others come to their end, however busy the machine is


@dataclass(frozen=True)
class ExpectedOutcome:
    """What a look at a host in trouble comes to."""

    is_failed: bool = False
    stage: Stage | None = None
    cause: str = ""


def fetched_nothing(cause: Cause) -> ExpectedOutcome:
    return ExpectedOutcome(True, Stage.FETCH, cause.value)


def not_the_page(cause: Cause) -> ExpectedOutcome:
    return ExpectedOutcome(True, Stage.PAGE, cause.value)


def not_the_law(cause: str, stage: Stage = Stage.READ) -> ExpectedOutcome:
    return ExpectedOutcome(False, stage, cause)


READ_ALL_THE_SAME = ExpectedOutcome()
DRILL = {
    "none": READ_ALL_THE_SAME,
    "202-empty": not_the_page(Cause.CHALLENGE),
    "403": fetched_nothing(Cause.HTTP_STATUS),
    "429-retry-after": fetched_nothing(Cause.HTTP_STATUS),
    "500": fetched_nothing(Cause.HTTP_STATUS),
    "503": fetched_nothing(Cause.HTTP_STATUS),
    "503-everywhere": fetched_nothing(Cause.ROBOTS),
    "robots-500": fetched_nothing(Cause.ROBOTS),
    "time-out": fetched_nothing(Cause.TIMED_OUT),
    "silent-host": fetched_nothing(Cause.TIMED_OUT),
    "slow-drip": fetched_nothing(Cause.TIMED_OUT),
    "hung-up": fetched_nothing(Cause.BROKEN_OFF),
    "reset-mid-body": not_the_page(Cause.TRUNCATED),
    "truncated-gzip": not_the_page(Cause.TRUNCATED),
    "gzip-bomb": fetched_nothing(Cause.TOO_LARGE),
    "body-of-200-mb": fetched_nothing(Cause.TOO_LARGE),
    "endless-body": fetched_nothing(Cause.TOO_LARGE),
    "shorter-than-its-length": not_the_page(Cause.TRUNCATED),
    "longer-than-its-length": not_the_law("cut off"),
    "redirect-loop": fetched_nothing(Cause.REDIRECTS),
    "redirect-to-another-host": not_the_page(Cause.ELSEWHERE),
    "header-says-latin-1": READ_ALL_THE_SAME,
    "gb18030-called-utf-8": READ_ALL_THE_SAME,
    "utf-8-called-gb2312": READ_ALL_THE_SAME,
    "utf-8-encoded-twice": not_the_law("no provisions"),
    "empty-body": not_the_page(Cause.EMPTY),
    "empty-shell": not_the_page(Cause.EMPTY_SHELL),
    "challenge-page": not_the_page(Cause.CHALLENGE),
    "login-page": not_the_page(Cause.LOGIN),
    "maintenance-notice": not_the_page(Cause.MAINTENANCE),
    "soft-404": not_the_page(Cause.SOFT_404),
    "press-release": not_the_law("no provisions"),
    "another-law": not_the_law("another text", Stage.PAGE),
    "selector-renamed": not_the_law("selector matches nothing"),
    "half-the-articles": not_the_law("collapse", Stage.PAGE),
    "untrusted-certificate": fetched_nothing(Cause.TLS),
    "no-such-host": fetched_nothing(Cause.NO_SUCH_HOST),
}
IN_TROUBLE = [name for name, outcome in DRILL.items() if outcome.stage]


def source_of(name: str) -> str:
    return f"cn_drill_{name.replace('-', '_')}"


class Drill:
    """The hosts, the sources that watch them, and what each of three rounds left behind."""

    def __init__(self, folder: Path, practice: Practice, certificates: Certificates) -> None:
        self.practice, self.certificates = practice, certificates
        self.name_is_gone = folder / "name-is-gone"
        self.origins = {name: practice.another("cac") for name in DRILL if name != "untrusted-certificate"}
        self.origins["untrusted-certificate"] = practice.another("cac", certificates.context)
        self.service = self._open(folder)
        with transaction(self.service.db):
            reader = subscriptions.add_subscriber(self.service.db, "policy-team@example.org")
            subscriptions.add(self.service.db, reader, Filters(), now=self.service.clock() - timedelta(days=1))
        self.good_day = self._round()
        self.practice.day = 2
        self._trouble_begins()
        self.morning = self._round(timedelta(days=1))
        self.morning_problems = problems.open_problems(self.service.db)
        self.morning_looks = {name: self.look(name) for name in DRILL}
        self.morning_mail = self.mail()
        self.told_before_approval = len(self.mail_to_readers())
        self._approve_the_round()
        self.told_after_approval = len(self.mail_to_readers())
        self.morning_told = {name: self.told_of(name) for name in DRILL}
        self._all_is_well()
        self.noon = self._round(timedelta(hours=3))

    def look(self, name: str) -> tuple[Outcome, str]:
        [page] = pages.of_source(self.service.db, source_of(name))
        last = checks.of_page(self.service.db, page.id)[-1]
        return last.outcome, last.cause

    def mail(self) -> list[EmailMessage]:
        """Return what operators were told so far, oldest first."""
        files = sorted((self.service.settings.home / "operator").glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]

    def mail_to_readers(self) -> list[Path]:
        """Return what readers were told so far, oldest first."""
        return sorted((self.service.settings.home / "emails").glob("*.eml"))

    def _approve_the_round(self) -> None:
        """Let what was found beside so many failures be told, as an operator does who sees that it is law."""
        [held] = [problem for problem in self.morning_problems if problem.cause == ROUND_HELD]
        decide(self.service, held.id, ReviewState.CONFIRMED)

    def problems_of(self, name: str) -> list[Problem]:
        return [p for p in problems.all_problems(self.service.db) if p.source_id == source_of(name)]

    def told_of(self, name: str) -> list[tuple[EventKind, int]]:
        """Return what happened to the law of one host, each with the number of messages that tell it."""
        db = self.service.db
        of_one = [event for event in events.recent(db, 1000) if event.instrument_id == source_of(name)]
        message_ids = {event.id: [a.message_id for a in alerts.of_event(db, event.id)] for event in of_one}
        return [(event.kind, len([m for m in message_ids[event.id] if m is not None])) for event in of_one]

    def _open(self, folder: Path) -> AppContext:
        for name, origin in self.origins.items():
            url = origin + LAW if name != "no-such-host" else origin.replace("127.0.0.1", "localhost") + LAW
            path = folder / "declarations" / "cn" / f"{source_of(name)}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            values = {"fault": name, "url": url, "source": source_of(name), "patience": 3 if name in SLOW else 60}
            path.write_text(DECLARATION.format(**values), encoding="utf-8")
        declarations = load((folder / "declarations",))
        settings = Settings(home=folder / "home", operator_email="operator@example.org")
        return open_context(settings, declarations, (folder / "declarations",), GivenClock(1))

    def _round(self, later: timedelta = timedelta()) -> RoundReport:
        self.service.clock.now += later
        return one_round(self.service, all_pages=True)

    def _trouble_begins(self) -> None:
        elsewhere = self.practice.another("meity") + "/PressReleasePage.aspx?PRID=9100001"
        for name in fault_names():
            self.practice.breaks(self.origins[name], fault(name, elsewhere))
        self.certificates.show_unknown()
        self.name_is_gone.touch()

    def _all_is_well(self) -> None:
        self.practice.mend()
        self.certificates.show_trusted()
        self.name_is_gone.unlink()


@pytest.fixture(scope="module")
def drill(tmp_path_factory) -> Iterator[Drill]:
    folder = tmp_path_factory.mktemp("drill")
    certificates = Certificates(folder)
    with pytest.MonkeyPatch.context() as patch, Practice() as practice:
        patch.setenv("SSL_CERT_FILE", str(certificates.authority))
        patch.setenv("PYTHONPATH", str(Path(__file__).parent / "names"))
        patch.setenv("DRILL_NAME_IS_GONE", str(folder / "name-is-gone"))
        new_drill = Drill(folder, practice, certificates)
    yield new_drill
    new_drill.service.db.close()


def test_every_fault_the_practice_knows_is_drilled():
    assert set(fault_names()) == DRILL.keys() - {"none", "untrusted-certificate", "no-such-host"}


@pytest.mark.parametrize("name", DRILL)
def test_a_fault_is_named_tells_nobody_ends_by_itself_and_hides_no_change(drill, name):
    row = DRILL[name]
    open_problems = [(p.stage, p.cause) for p in drill.problems_of(name)]
    standings = [v.standing for v in versions.of_instrument(drill.service.db, source_of(name))]

    assert open_problems == ([(row.stage, row.cause)] if row.stage else [])
    outcome, cause = drill.morning_looks[name]
    assert (outcome is Outcome.FAILED, cause) == (row.is_failed, row.cause if row.is_failed else "")
    assert drill.morning_told[name] == ([] if row.stage else [(EventKind.NEW_VERSION, 1)])
    assert drill.told_of(name) == [(EventKind.NEW_VERSION, 1)]
    assert [p for p in drill.problems_of(name) if p.closed_at is None] == []
    assert [standing for standing in standings if standing is not ReviewState.REJECTED] == [ReviewState.CONFIRMED] * 2


def test_a_storm_of_problems_is_one_mail_to_operators_when_it_begins_and_one_when_it_ends(drill):
    [begins] = drill.morning_mail
    text = begins.get_body(("plain",)).get_content().replace("\r\n", "\n")
    ends = drill.mail()[-1]

    assert begins["To"] == "Operator <operator@example.org>"
    assert begins["Subject"] == f"Clausewatch: {len(IN_TROUBLE) + 1} new problems"  # one of them holds the round
    assert [name for name in IN_TROUBLE if f"Source: {source_of(name)}\n" not in text] == []
    assert len(drill.mail()) == 3  # the round that was approved ends on its own
    assert ends["Subject"] == f"Clausewatch: {len(IN_TROUBLE)} problems ended"


def test_readers_are_told_of_changes_and_of_nothing_else(drill):
    mail = drill.mail_to_readers()

    assert len(mail) == len(DRILL) == drill.told_after_approval + drill.noon.emails
    assert drill.told_before_approval == drill.morning.emails == 0  # with so many failures an operator looks first
    assert drill.told_after_approval == len(DRILL) - len(IN_TROUBLE)
    assert not any("problem" in path.name for path in mail)
