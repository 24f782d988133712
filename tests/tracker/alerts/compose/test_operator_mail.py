"""Problems are told to operators: once, weekly while they stand, once at the end; in one mail, and to nobody else."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from storage import messages, problems
from storage.records import Audience, Stage, Subject, SubjectKind
from tests.tracker.alerts.builders import NOW
from tests.tracker.alerts.post_office import PostOffice, free_port, opened
from tracker.alerts import compose_due, deliver_pending, tell_operators
from tracker.alerts.operator_report import REMIND_AFTER

OPERATOR = "ops@watch.example"
TITLES = {f"cn_lamp_{n}": f"Lamp Rules {n}" for n in range(100)} | {"cn_cac_lamp": "Provisions on Lamp Talk Services"}
DAY = timedelta(days=1)


@pytest.fixture
def operated(home):
    home.settings = replace(home.settings, operator_email=OPERATOR)
    return home


def breaks(home, source="cn_cac_lamp", cause="timed out", now=NOW, stage=Stage.FETCH, version_id=None):
    subject = Subject.of_source(source, "https://regulator.example/x")
    if version_id is not None:
        subject = replace(subject, kind=SubjectKind.VERSION, id=version_id)
    problems.open_or_touch(home.db, subject, stage, cause, f"{source} is slow", now)


def told(home, now=NOW):
    """Tell operators what is due and return the subjects of all mail so far."""
    tell_operators(home.db, TITLES, home.settings, now)
    return [m.subject for m in reversed(messages.recent(home.db)) if m.audience is Audience.OPERATOR]


def newest(home) -> str:
    message = message_from_bytes(messages.recent(home.db, 1)[0].mime, policy=default)
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_a_problem_is_told_once_reminded_weekly_and_its_end_is_one_line(operated):
    breaks(operated)
    first = "Clausewatch: 1 new problem: cn_cac_lamp: timed out"
    assert told(operated) == [first]
    breaks(operated, now=NOW + DAY)
    assert told(operated, NOW + DAY) == [first]
    assert told(operated, NOW + REMIND_AFTER)[1:] == ["Clausewatch: 1 problem still open: cn_cac_lamp: timed out"]
    assert len(told(operated, NOW + REMIND_AFTER + 6 * DAY)) == 2
    assert len(told(operated, NOW + 2 * REMIND_AFTER)) == 3

    problems.resolve(operated.db, Subject.of_source("cn_cac_lamp"), Stage.FETCH, NOW + 2 * REMIND_AFTER + DAY)
    for _ in range(2):
        assert told(operated, NOW + 2 * REMIND_AFTER + DAY)[3:] == [
            "Clausewatch: 1 problem ended: cn_cac_lamp: timed out"
        ]
    assert "from 25 November 2026, 09:30 UTC to 10 December 2026, 09:30 UTC" in " ".join(newest(operated).split())


def test_a_problem_that_ended_before_anybody_was_told_is_not_told_at_all(operated):
    breaks(operated)
    problems.resolve(operated.db, Subject.of_source("cn_cac_lamp"), Stage.FETCH, NOW)

    assert told(operated) == []


def test_one_that_comes_back_is_a_problem_of_its_own(operated):
    breaks(operated)
    told(operated)
    problems.resolve(operated.db, Subject.of_source("cn_cac_lamp"), Stage.FETCH, NOW + DAY)
    breaks(operated, now=NOW + DAY)

    assert told(operated, NOW + DAY)[1:] == ["Clausewatch: 1 new problem, 1 problem ended"]


def test_sixty_sources_down_are_one_mail_that_names_each_and_is_short_enough(operated):
    for n in range(60):
        breaks(operated, f"cn_lamp_{n}")

    assert told(operated) == ["Clausewatch: 60 new problems"]
    said = newest(operated)
    assert said.count("What to try:") == 1
    assert [n for n in range(60) if f"Source: cn_lamp_{n}\n" not in said] == []
    assert len(messages.recent(operated.db, 1)[0].mime) < 100_000


def test_more_than_a_mail_holds_are_counted_in_it_and_all_count_as_told(operated):
    for n in range(70):
        breaks(operated, f"cn_lamp_{n}")

    assert told(operated) == ["Clausewatch: 70 new problems"]
    assert "10 more: see clausewatch problems" in newest(operated)
    assert told(operated, NOW + DAY) == ["Clausewatch: 70 new problems"]


def test_a_quarantine_is_told_with_the_commands_that_decide_it(operated):
    breaks(operated, cause="collapse", stage=Stage.PAGE, version_id="cn_lamp@2026-11-25")
    told(operated)
    [problem] = problems.open_problems(operated.db)

    assert f"$ clausewatch problems approve {problem.id}\n" in newest(operated)
    assert f"$ clausewatch problems reject {problem.id}\n" in newest(operated)


def test_it_is_kept_as_a_file_for_operators_and_no_reader_sees_it(operated):
    operated.wish(operated.person())
    breaks(operated)
    told(operated)
    compose_due(operated.db, NOW, operated.settings)
    deliver_pending(operated.db, NOW, operated.settings)

    [file] = operated.settings.operator.iterdir()
    assert message_from_bytes(file.read_bytes(), policy=default)["To"] == f"Operator <{OPERATOR}>"
    assert operated.files() == []
    assert messages.count_handled(operated.db) == 0
    assert [m.address for m in messages.recent(operated.db)] == [OPERATOR]


def test_it_is_sent_once_with_a_message_id_that_stays(operated):
    port = free_port()
    settings = replace(operated.settings, smtp_url=f"smtp://127.0.0.1:{port}")
    breaks(operated)
    told(operated)
    with opened(PostOffice(to_data=["451 not now"]), port) as office:
        for minutes in (0, 10, 20):
            deliver_pending(operated.db, NOW + timedelta(minutes=minutes), settings)

    [mail] = office.mail
    assert (mail["To"], office.recipients) == (f"Operator <{OPERATOR}>", [OPERATOR])
    assert mail["Message-ID"] == messages.recent(operated.db, 1)[0].mime_id


def test_with_no_operator_named_it_is_a_file_and_is_sent_to_nobody(home):
    port = free_port()
    breaks(home)
    told(home)
    with opened(PostOffice(), port) as office:
        deliver_pending(home.db, NOW, replace(home.settings, smtp_url=f"smtp://127.0.0.1:{port}"))

    assert len(list(home.settings.operator.iterdir())) == 1
    assert office.wire == []


def test_what_a_page_says_cannot_break_the_mail(operated):
    nasty = "</p><script>x</script>\u202e\r\nBcc: all@example.org" + "x" * 5000
    problems.open_or_touch(
        operated.db, Subject.of_source("cn_cac_lamp", "javascript:x"), Stage.READ, "no provisions", nasty, NOW
    )
    told(operated)

    message = message_from_bytes(messages.recent(operated.db, 1)[0].mime, policy=default)
    page = message.get_body(("html",)).get_content()
    assert message["Bcc"] is None
    assert "<script" not in page
    assert "javascript:" not in page
    assert len(page) < 20_000
