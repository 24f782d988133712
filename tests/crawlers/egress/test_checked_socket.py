"""Connections of our own and of libraries: refused before a byte is sent, at the address they really lead to."""

import http.client
import json
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from crawlers.egress.address_policy import AddressPolicy, allowed_targets
from crawlers.egress.checked_socket import ForbiddenAddressError, connect_checked, connecting_only_to
from tracker.http_post import post_bytes


@contextmanager
def listen():
    """A door on this machine that counts who knocks."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(5)
        knocks = []

        def take():
            while True:
                try:
                    line, _ = door.accept()
                except OSError:
                    return
                with line:
                    knocks.append(line.recv(9000))
                    line.sendall(b"HTTP/1.0 204 No Content\r\n\r\n")

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield door.getsockname()[1], knocks
        door.shutdown(socket.SHUT_RDWR)
    thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "::ffff:127.0.0.1"])
def test_no_spelling_of_this_machine_is_posted_to_unless_allowed(host):
    with listen() as (port, knocks):
        with pytest.raises(ForbiddenAddressError):
            connect_checked(host, port, 2, AddressPolicy(ports=None))
        url = f"http://[{host}]:{port}/hook" if ":" in host else f"http://{host}:{port}/hook"
        with pytest.raises(ForbiddenAddressError):
            post_bytes(url, b"news", {}, 2, 100, AddressPolicy())
    assert knocks == []


def test_what_an_operator_allows_is_posted_to():
    with listen() as (port, knocks):
        policy = AddressPolicy(allowed_targets(f"127.0.0.1:{port}"))

        assert post_bytes(f"http://127.0.0.1:{port}/hook", b"news", {"Content-Length": "4"}, 2, 100, policy)[0] == 204
    assert b"POST /hook" in b"".join(knocks)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://law.example/", "http://", "gopher://127.0.0.1/"])
def test_what_is_no_web_address_is_not_posted_to(url):
    with pytest.raises(ValueError, match="http"):
        post_bytes(url, b"", {}, 1, 1, AddressPolicy())


def test_a_library_reaches_nothing_that_policy_refuses_while_it_is_watched():
    with listen() as (port, knocks):
        with connecting_only_to(AddressPolicy()), pytest.raises(ForbiddenAddressError):
            http.client.HTTPConnection("127.0.0.1", port, timeout=2).request("GET", "/")
        with connecting_only_to(AddressPolicy()), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            with pytest.raises(ForbiddenAddressError):
                line.sendto(b"x", ("127.0.0.1", port))
        assert knocks == []
        with connecting_only_to(AddressPolicy(allowed_targets("127.0.0.1"))):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
    assert len(knocks) == 1


def test_a_library_starts_no_program_while_it_is_watched():
    with connecting_only_to(AddressPolicy()), pytest.raises(ForbiddenAddressError):
        subprocess.run([sys.executable, "-c", "print(1)"], check=False)

    assert subprocess.run([sys.executable, "-c", "print(1)"], check=False, capture_output=True).stdout == b"1\n"


def test_a_name_that_leads_inside_and_outside_is_connected_outside_only(tmp_path):
    script = """
import json, socket, sys
real = socket.getaddrinfo
socket.getaddrinfo = lambda host, port, **k: real("127.0.0.2", port, **k) + real("127.0.0.1", port, **k)
from crawlers.egress.address_policy import AddressPolicy, allowed_targets
from crawlers.egress.checked_socket import connect_checked
port = int(sys.argv[1])
line = connect_checked("both.example", port, 2, AddressPolicy(allowed_targets(f"127.0.0.1:{port}")))
print(json.dumps(line.getpeername()))
"""
    with listen() as (port, _):
        run = subprocess.run([sys.executable, "-c", script, str(port)], capture_output=True, check=True, text=True)

    assert json.loads(run.stdout) == ["127.0.0.1", port]
