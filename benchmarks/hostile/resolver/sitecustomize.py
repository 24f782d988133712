"""A resolver under our control, for the child that fetches: Python imports this file of its own accord.

``CLAUSEHOSTILE_NAMES`` is a JSON file of names and the addresses each leads to, one list an answer; the last stays.
"""

import json
import os
import socket
from pathlib import Path

_NAMES = {}
if _path := os.environ.get("CLAUSEHOSTILE_NAMES"):
    _NAMES = json.loads(Path(_path).read_text(encoding="utf-8"))
_real = socket.getaddrinfo
_counts: dict[str, int] = {}


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):  # noqa: A002 - the system's names
    """Answer as the table says; what is no name goes to the system, and no name leaves this machine."""
    name = host.decode("ascii") if isinstance(host, bytes) else str(host)
    answers = _NAMES.get(name.lower(), _NAMES.get("*." + name.lower().partition(".")[2]))
    if answers is None:
        if any(letter.isalpha() for letter in name.rpartition(".")[2]) and ":" not in name and "x" not in name:
            raise socket.gaierror(socket.EAI_NONAME, "no such name in the drill")
        return _real(host, port, family, type, proto, flags)
    turn = _counts[name] = _counts.get(name, 0) + 1
    addresses = answers[min(turn, len(answers)) - 1]
    results = []
    for address in addresses:
        results += _real(address, port, 0, type or socket.SOCK_STREAM, proto, 0)
    return results


socket.getaddrinfo = getaddrinfo
