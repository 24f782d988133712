"""A slice of the bad luck: real processes, a real mail server, and what must be true after the next good rounds."""

import smtplib

import pytest

from benchmarks.bad_luck.__main__ import Survival, survivals, table
from benchmarks.bad_luck.post_office import MOODS, PostOffice
from benchmarks.bad_luck.scenarios import SCENARIOS

SLICE = ["quota 100000", "noise at 0.3"]


def test_bad_luck_loses_nothing_tells_nothing_twice_and_heals(tmp_path):
    results = list(survivals(tmp_path, SLICE))

    assert [(survival.scenario.name, survival.faults) for survival in results if survival.faults] == []
    assert len(results) == len(SLICE)


def test_every_kind_of_bad_luck_is_played():
    kinds = {scenario.kind for scenario in SCENARIOS}

    assert kinds >= {
        "full disk", "torn files", "deleted", "read-only", "low memory", "few files", "ordered to end",
        "locked database", "damaged database", "settings", "mail", "two of everything", "wrong clock", "clocks change",
    }  # fmt: skip
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS) >= 40


def test_what_was_not_survived_is_shown_as_such():
    fine, unwell = SCENARIOS[:2]

    assert "1 of 2 scenarios" in table([Survival(fine, ()), Survival(unwell, ("lost",))])


@pytest.mark.parametrize("mood", ["refuses every sender", "puts every recipient off", "is broken inside"])
def test_the_mail_server_of_the_drill_is_in_the_mood_it_is_told(mood):
    with PostOffice() as office:
        office.mood = mood
        with (
            smtplib.SMTP("127.0.0.1", int(office.url.rpartition(":")[2])) as client,
            pytest.raises(smtplib.SMTPException),
        ):
            client.sendmail("a@policy.example", ["b@policy.example"], "Subject: lamps\r\n\r\nlit\r\n")
        assert office.messages == []


def test_a_mood_answers_what_a_server_may_answer():
    assert {code[:1] for answers in MOODS.values() for code in answers.values() if code[:1].isdigit()} <= {"4", "5"}
