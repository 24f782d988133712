"""What journeys need: a home, a given clock, practice regulators, a real mail server."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from crawlers.declaration.load import load
from crawlers.practice import Practice, days
from crawlers.practice import declarations as practice_declarations
from storage import subscriptions
from storage.database.connection import transaction
from storage.records import Filters
from tracker.config import Settings
from tracker.context import open_context


@dataclass
class Mailbox:
    """A mail server that keeps what it is given."""

    letters: list = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"


@pytest.fixture
def mailbox():
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.url = f"smtp://127.0.0.1:{port}"
    yield box
    controller.stop()


@pytest.fixture
def practice():
    with Practice() as regulators:
        yield regulators


class GivenClock:
    """A clock that is told the day, and moves a microsecond at each look."""

    def __init__(self, day=1):
        self.set(day)

    def set(self, day):
        self.now = datetime.combine(days()[day - 1].on, time(9), UTC)

    def __call__(self):
        self.now += timedelta(microseconds=1)
        return self.now


def write_declarations(folder: Path, regulators: Practice, only=()) -> Path:
    for name, text in practice_declarations(regulators.origins).items():
        if not only or Path(name).stem in only:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def watch(tmp_path, practice):
    """Return a function that opens a service over the practice regulators, on a given day."""

    def open_on_day(day=1, only=(), **settings):
        folder = write_declarations(tmp_path / "declarations", practice, only)
        practice.day = day
        settings_of_home = Settings(home=tmp_path / "home", **settings)
        return open_context(settings_of_home, load((folder,)), (folder,), GivenClock(day))

    return open_on_day


@pytest.fixture
def subscribe():
    """Return a function that subscribes someone to everything from the day before on."""

    def subscribe_person(service, address="policy-team@example.org", filters=None):
        with transaction(service.db):
            person = subscriptions.add_subscriber(service.db, address)
            since = service.clock() - timedelta(days=1)
            subscriptions.add(service.db, person, filters or Filters(), now=since)

    return subscribe_person
