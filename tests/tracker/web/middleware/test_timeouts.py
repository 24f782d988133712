"""Connections that say nothing, or never come to an end, are given up; over real sockets."""

import socket
import time
from contextlib import closing, contextmanager, suppress
from urllib.parse import urlsplit

import httpx
import pytest

from tests.tracker.web.conftest import an_app, serving
from tracker.web.middleware.timeouts import TimeoutProtocol

GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"


class Hasty(TimeoutProtocol):
    asks_within = 0.4


@contextmanager
def connected(address):
    parts = urlsplit(address)
    with closing(socket.socket()) as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        made.settimeout(10)
        made.connect((parts.hostname, parts.port))
        yield made


def is_ended(connection, seconds=5.0):
    """Whether the server ends a connection, whose reader takes what arrives, within so many seconds."""
    connection.settimeout(seconds)
    try:
        while connection.recv(65536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


@pytest.fixture(scope="module")
def hasty(home):
    with an_app(home) as app, serving(app, http=Hasty) as address:
        yield address


@pytest.mark.parametrize("begun", [b"", b"G", GET], ids=["nothing", "a letter", "half a head"])
def test_who_does_not_come_to_a_question_is_given_up(hasty, begun):
    with connected(hasty) as connection:
        connection.sendall(begun)
        assert is_ended(connection)


def test_a_second_question_that_trickles_in_is_given_up(hasty):
    with connected(hasty) as connection:
        connection.sendall(GET + b"\r\n")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        end, given_up = time.monotonic() + 5, False
        while time.monotonic() < end and not given_up:
            try:
                connection.sendall(b"G")
                given_up = is_ended(connection, 0.1)
            except ConnectionError:
                given_up = True
        assert given_up


def test_who_asks_on_is_answered_on(hasty):
    with httpx.Client(base_url=hasty) as client:
        for _ in range(4):
            assert client.get("/healthz").status_code == 200
            time.sleep(0.2)


def test_who_takes_nothing_of_an_answer_is_given_up(home):
    class Reading(TimeoutProtocol):
        reads_within = 0.4

    asked, got = 400, bytearray()
    with an_app(home) as app, serving(app, http=Reading) as address, connected(address) as connection:
        whole = len(httpx.get(f"{address}/openapi.json").content)
        for _ in range(asked):  # more than the buffers between us hold
            connection.sendall(GET.replace(b"/healthz", b"/openapi.json") + b"\r\n")
        time.sleep(1.5)
        with suppress(ConnectionError):
            while piece := connection.recv(65536):
                got += piece
    assert len(got) < asked * whole / 2


def test_a_head_without_end_is_refused(home):
    with an_app(home) as app, serving(app) as address, connected(address) as connection:
        connection.sendall(GET + b"X-A: ")
        refused = b""
        try:
            for _ in range(200):
                connection.sendall(b"a" * 10_000)
            refused = connection.recv(100)
        except ConnectionError:
            return  # refused, and the rest not even read
        assert refused.startswith(b"HTTP/1.1 400")


def test_more_connections_than_a_process_can_hold_are_told_so(home):
    with an_app(home) as app, serving(app) as address:
        parts = urlsplit(address)
        held = [socket.create_connection((parts.hostname, parts.port)) for _ in range(205)]
        refused = httpx.get(f"{address}/healthz")
        for each in held:
            each.close()
        time.sleep(0.5)
        answered = httpx.get(f"{address}/healthz")
    assert (refused.status_code, answered.status_code) == (503, 200)
