"""A slice of the attacks on the web, against a real `serve`: none writes, leaks, leads away or brings it down."""

import pytest

from benchmarks.attacks.__main__ import run, table
from benchmarks.attacks.requests import Attack, attacks
from benchmarks.attacks.served_home import faults_of
from benchmarks.tampering.home import make_home

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Security-Policy: x\r\n"
TELLTALE = {
    "a script": OK + b"\r\n<p><script>alert(1)</script>",
    "a defect": b"HTTP/1.1 500 Oops\r\n\r\n",
    "a traceback": OK + b"\r\nTraceback (most recent call last)",
    "an injected header": OK + b"X-Injected: yes\r\n\r\n",
    "a way out": b"HTTP/1.1 307 Go\r\nLocation: //evil.example\r\n\r\n",
    "what had to be refused": OK + b"\r\nWelcome",
    "no policy": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx",
}


def test_there_are_at_least_two_hundred_attacks():
    assert len({attack.name for attack in attacks()}) >= 200


@pytest.mark.parametrize("answer", TELLTALE.values(), ids=TELLTALE.keys())
def test_what_an_attack_reached_is_seen(answer):
    assert list(faults_of(Attack("x", "GET", "/", statuses=frozenset({403})), answer))


def test_a_good_refusal_is_no_fault():
    refusal = b"HTTP/1.1 403 No\r\nContent-Type: text/html\r\nContent-Security-Policy: x\r\n\r\nNo."

    assert not list(faults_of(Attack("x", "GET", "/", statuses=frozenset({403})), refusal))


def test_no_attack_reaches_anything(tmp_path):
    home, _, declarations = make_home(tmp_path)

    results = run(home, declarations, most=70)

    assert [(name, faults) for name, faults in results if faults] == []
    assert len(results) > 70
    assert f"{len(results)} of {len(results)} attacks reached nothing" in table(results)
