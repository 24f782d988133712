"""Problems are told to operators: once, weekly while they stand, once at the end; in one mail, and to nobody else."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from storage import messages, problems
from storage.records import Audience, Stage, Subject, SubjectKind
from tests.tracker.alerts.builders import NOW
from tests.tracker.alerts.post_office import PostOffice, free_port, open_office
from tracker.alerts import compose_due, deliver_pending, tell_operators
from tracker.alerts.operator_report import REMIND_AFTER

OPERATOR = "ops@watch.example"
TITLES = {f"cn_lamp_{n}": f"Lamp Rules {n}" for n in range(100)} | {"cn_cac_lamp": "Provisions on Lamp Talk Services"}
DAY = timedelta(days=1)


@pytest.fixture
def operator_home(home):
    home.settings = replace(home.settings, operator_email=OPERATOR)
    return home


def breaks(home, source="cn_cac_lamp", cause="timed out", now=NOW, stage=Stage.FETCH, version_id=None):
    subject = Subject.of_source(source, "https://regulator.example/x")
    if version_id is not None:
        subject = replace(subject, kind=SubjectKind.VERSION, id=version_id)
    problems.open_or_touch(home.db, subject, stage, cause, f"{source} is slow", now)


def tell_subjects(home, now=NOW):
    """Tell operators what is due and return the subjects of all mail so far."""
    tell_operators(home.db, TITLES, home.settings, now)
    return [m.subject for m in reversed(messages.recent(home.db)) if m.audience is Audience.OPERATOR]


def newest(home) -> str:
    message = message_from_bytes(messages.recent(home.db, 1)[0].mime, policy=default)
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_a_problem_is_told_once_reminded_weekly_and_its_end_is_one_line(operator_home):
    breaks(operator_home)
    first = "Clausewatch: 1 new problem: cn_cac_lamp: timed out"
    assert tell_subjects(operator_home) == [first]
    breaks(operator_home, now=NOW + DAY)
    assert tell_subjects(operator_home, NOW + DAY) == [first]
    assert tell_subjects(operator_home, NOW + REMIND_AFTER)[1:] == [
        "Clausewatch: 1 problem still open: cn_cac_lamp: timed out"
    ]
    assert len(tell_subjects(operator_home, NOW + REMIND_AFTER + 6 * DAY)) == 2
    assert len(tell_subjects(operator_home, NOW + 2 * REMIND_AFTER)) == 3

    problems.resolve(operator_home.db, Subject.of_source("cn_cac_lamp"), Stage.FETCH, NOW + 2 * REMIND_AFTER + DAY)
    for _ in range(2):
        assert tell_subjects(operator_home, NOW + 2 * REMIND_AFTER + DAY)[3:] == [
            "Clausewatch: 1 problem ended: cn_cac_lamp: timed out"
        ]
    assert "from 25 November 2026, 09:30 UTC to 10 December 2026, 09:30 UTC" in " ".join(newest(operator_home).split())


def test_a_problem_that_ended_before_anybody_was_told_is_not_told_at_all(operator_home):
    breaks(operator_home)
    problems.resolve(operator_home.db, Subject.of_source("cn_cac_lamp"), Stage.FETCH, NOW)

    assert tell_subjects(operator_home) == []


def test_one_that_comes_back_is_a_problem_of_its_own(operator_home):
    breaks(operator_home)
    tell_subjects(operator_home)
    problems.resolve(operator_home.db, Subject.of_source("cn_cac_lamp"), Stage.FETCH, NOW + DAY)
    breaks(operator_home, now=NOW + DAY)

    assert tell_subjects(operator_home, NOW + DAY)[1:] == ["Clausewatch: 1 new problem, 1 problem ended"]


def test_sixty_sources_down_are_one_mail_that_names_each_and_is_short_enough(operator_home):
    for n in range(60):
        breaks(operator_home, f"cn_lamp_{n}")

    assert tell_subjects(operator_home) == ["Clausewatch: 60 new problems"]
    text = newest(operator_home)
    assert text.count("What to try:") == 1
    assert [n for n in range(60) if f"Source: cn_lamp_{n}\n" not in text] == []
    assert len(messages.recent(operator_home.db, 1)[0].mime) < 100_000


def test_more_than_a_mail_holds_are_counted_in_it_and_all_count_as_told(operator_home):
    for n in range(70):
        breaks(operator_home, f"cn_lamp_{n}")

    assert tell_subjects(operator_home) == ["Clausewatch: 70 new problems"]
    assert "10 more: see clausewatch problems" in newest(operator_home)
    assert tell_subjects(operator_home, NOW + DAY) == ["Clausewatch: 70 new problems"]


def test_a_quarantine_is_told_with_the_commands_that_decide_it(operator_home):
    breaks(operator_home, cause="collapse", stage=Stage.PAGE, version_id="cn_lamp@2026-11-25")
    tell_subjects(operator_home)
    [problem] = problems.open_problems(operator_home.db)

    assert f"$ clausewatch problems approve {problem.id}\n" in newest(operator_home)
    assert f"$ clausewatch problems reject {problem.id}\n" in newest(operator_home)


def test_it_is_kept_as_a_file_for_operators_and_no_reader_sees_it(operator_home):
    operator_home.wish(operator_home.person())
    breaks(operator_home)
    tell_subjects(operator_home)
    compose_due(operator_home.db, NOW, operator_home.settings)
    deliver_pending(operator_home.db, NOW, operator_home.settings)

    [file] = operator_home.settings.operator.iterdir()
    assert message_from_bytes(file.read_bytes(), policy=default)["To"] == f"Operator <{OPERATOR}>"
    assert operator_home.files() == []
    assert messages.count_handled(operator_home.db) == 0
    assert [m.address for m in messages.recent(operator_home.db)] == [OPERATOR]


def test_it_is_sent_once_with_a_message_id_that_stays(operator_home):
    port = free_port()
    settings = replace(operator_home.settings, smtp_url=f"smtp://127.0.0.1:{port}")
    breaks(operator_home)
    tell_subjects(operator_home)
    with open_office(PostOffice(to_data=["451 not now"]), port) as office:
        for minutes in (0, 10, 20):
            deliver_pending(operator_home.db, NOW + timedelta(minutes=minutes), settings)

    [mail] = office.mail
    assert (mail["To"], office.recipients) == (f"Operator <{OPERATOR}>", [OPERATOR])
    assert mail["Message-ID"] == messages.recent(operator_home.db, 1)[0].mime_id


def test_with_no_operator_named_it_is_a_file_and_is_sent_to_nobody(home):
    port = free_port()
    breaks(home)
    tell_subjects(home)
    with open_office(PostOffice(), port) as office:
        deliver_pending(home.db, NOW, replace(home.settings, smtp_url=f"smtp://127.0.0.1:{port}"))

    assert len(list(home.settings.operator.iterdir())) == 1
    assert office.wire == []


def test_what_a_page_says_cannot_break_the_mail(operator_home):
    nasty = "</p><script>x</script>\u202e\r\nBcc: all@example.org" + "x" * 5000
    problems.open_or_touch(
        operator_home.db, Subject.of_source("cn_cac_lamp", "javascript:x"), Stage.READ, "no provisions", nasty, NOW
    )
    tell_subjects(operator_home)

    message = message_from_bytes(messages.recent(operator_home.db, 1)[0].mime, policy=default)
    page = message.get_body(("html",)).get_content()
    assert message["Bcc"] is None
    assert "<script" not in page
    assert "javascript:" not in page
    assert len(page) < 20_000
