"""A process of its own matches, composes and sends, and is killed (SIGKILL) at every step in turn.

A step is a commit or a line to the mail server. Whoever comes next finishes the work: nothing is lost, and at most the
one message that was in the air arrives twice, under the same Message-ID.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from storage import messages
from storage.records import MessageStatus
from storage.schema.open import open_database
from tests.tracker.alerts.builders import NOW, some_settings
from tests.tracker.alerts.post_office import PostOffice, free_port, open_office
from tracker.alerts import compose_due, deliver_pending, match_events

ROOT = Path(__file__).parent.parent.parent
PEOPLE = ("ana@policy.example", "bo@other.example")
CHILD = """
import os, signal, sys
from pathlib import Path
from aiosmtplib.protocol import SMTPProtocol
from sqlite_utils import Database
home, port, moment, at = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
steps = 0
def deadly(step):
    def counted(*given):
        global steps
        steps += 1
        if moment == "before" and steps == at:
            os.kill(os.getpid(), signal.SIGKILL)
        done = step(*given)
        if moment == "after" and steps == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return counted
Database.commit, SMTPProtocol.write = deadly(Database.commit), deadly(SMTPProtocol.write)
from storage.schema.open import open_database
from tests.tracker.alerts.builders import NOW, some_settings
from tracker.alerts import compose_due, deliver_pending, match_events
db = open_database(home / "clausewatch.db")
settings = some_settings(home, smtp_url=f"smtp://127.0.0.1:{port}", domain_pause=0.0)
match_events(db, NOW)
compose_due(db, NOW, settings)
deliver_pending(db, NOW, settings)
print(steps)
"""


def child(where: Path, port: int, moment: str, at: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHILD, str(where), str(port), moment, str(at)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, env={**os.environ})


def finish(where: Path, port: int) -> list:
    """Do in this process what is left, and return all messages, oldest first."""
    db = open_database(where / "clausewatch.db")
    settings = some_settings(where, smtp_url=f"smtp://127.0.0.1:{port}", domain_pause=0.0)
    match_events(db, NOW)
    compose_due(db, NOW, settings)
    deliver_pending(db, NOW, settings)
    sent_messages = sorted(messages.recent(db, 100), key=lambda message: message.id)
    db.close()
    return sent_messages


@pytest.fixture
def waiting_home(home):
    """A home in which two people are to be told of two events; nothing is matched yet."""
    for address in PEOPLE:
        home.wish(home.person(address))
    for number in range(2):
        home.happen(key=f"news {number}")
    home.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    home.db.close()
    yield home.settings.home
    home.db = open_database(home.settings.home / "clausewatch.db")


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_step_nothing_is_lost_and_at_most_what_was_in_the_air_is_repeated(waiting_home, tmp_path, moment):
    port, repeats = free_port(), 0
    with open_office(PostOffice(), port) as office:
        whole_run = child(shutil.copytree(waiting_home, tmp_path / "undisturbed"), port, "never", 0)
        assert whole_run.returncode == 0, whole_run.stderr
        steps = int(whole_run.stdout)
        assert steps > 25  # commits of matching, composing, filing and marking; five lines for each message
        assert len(office.wire) == 4

        for at in range(1, steps + 1):
            office.wire.clear()
            office.recipients.clear()
            killed_home = shutil.copytree(waiting_home, tmp_path / f"killed-{at}")
            assert child(killed_home, port, moment, at).returncode == -signal.SIGKILL
            sent_messages = finish(killed_home, port)

            counts = Counter(mail["Message-ID"] for mail in office.mail)
            assert set(counts) == {message.mime_id for message in sent_messages}, f"killed {moment} step {at}"
            assert len(sent_messages) == 4
            assert {message.status for message in sent_messages} == {MessageStatus.SENT}
            assert sum(counts.values()) - 4 <= 1, f"killed {moment} step {at}"
            repeats += sum(counts.values()) - 4
            in_order(office, sent_messages)
            shutil.rmtree(killed_home)

    assert repeats > 0  # the drill did reach a message in the air


def in_order(office: PostOffice, sent_messages: list) -> None:
    order, per_person = [message.mime_id for message in sent_messages], defaultdict(list)
    for address, mail in zip(office.recipients, office.mail, strict=True):
        per_person[address].append(order.index(mail["Message-ID"]))
    assert all(got == sorted(got) for got in per_person.values())
