"""A mail server in every mood: it refuses, puts off, hangs, drops what it was told, or keeps it; one line a command."""

from __future__ import annotations

import socketserver
import threading
import time
from email import message_from_bytes
from email.policy import default
from typing import Any, Self

GOOD = "good"
MOODS = {
    GOOD: {},
    "turns everybody away": {"HELLO": "554 5.3.2 no service here"},
    "is too busy for anybody": {"HELLO": "421 4.3.2 too busy, come back"},
    "puts every sender off": {"MAIL": "451 4.3.0 try again"},
    "refuses every sender": {"MAIL": "550 5.7.1 not from you"},
    "puts every recipient off": {"RCPT": "450 4.2.1 greylisted, try again"},
    "puts the message off": {"DOT": "452 4.3.1 no room"},
    "is broken inside": {"DOT": "451 4.3.0 internal error"},
    "hangs before it greets": {"HELLO": "hang"},
    "hangs at the message": {"DOT": "hang"},
    "drops in the middle of the data": {"DATA": "drop"},
    "keeps the message and drops before it says so": {"DOT": "keep and drop"},
    "talks nonsense": {"MAIL": "nonsense"},
    "never ends its line": {"HELLO": "endless"},
}
"""What the server answers instead, by mood and by command (``HELLO`` is its greeting, ``DOT`` the end of a message)."""
_HANG = 4.0  # seconds; longer than anybody in the drill waits


class PostOffice:
    """A mail server on a free port of this machine, in a mood that may change; it keeps what it took."""

    def __init__(self) -> None:
        self.mood = GOOD
        self.messages: list[tuple[str, bytes]] = []
        office = self

        class Clerk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    office._serve(self)
                except OSError:
                    return

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clerk)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """The setting that sends mail here."""
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def arrivals(self) -> list[tuple[str, str]]:
        """Return who got which message, by its Message-ID, in order."""
        return [(to, str(message_from_bytes(raw, policy=default)["Message-ID"])) for to, raw in self.messages]

    def _serve(self, clerk: Any) -> None:
        moods = MOODS[self.mood]
        if not self._says(clerk, moods.get("HELLO", "220 practice")):
            return
        recipients: list[str] = []
        while line := clerk.rfile.readline().decode("utf-8", "replace").strip():
            verb = line.split()[0].upper()
            if verb == "QUIT":
                clerk.wfile.write(b"221 bye\r\n")
                return
            if verb == "RCPT":
                recipients.append(line.partition("<")[2].partition(">")[0])
            if verb == "DATA" and "DATA" not in moods:
                if not self._takes(clerk, recipients, moods.get("DOT", "250 kept")):
                    return
                recipients = []
            elif not self._says(clerk, moods.get(verb, "250 fine")):
                return

    def _takes(self, clerk: Any, recipients: list[str], answer: str) -> bool:
        clerk.wfile.write(b"354 go on\r\n")
        lines = []
        while (line := clerk.rfile.readline()) != b".\r\n":
            if not line:
                return False  # who hung up in the middle gave nothing
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if answer.startswith(("250", "keep")):
            self.messages += [(to, b"".join(lines)) for to in recipients]
        return self._says(clerk, answer)

    def _says(self, clerk: Any, answer: str) -> bool:
        """Answer, and return whether the talk goes on."""
        if answer == "hang":
            time.sleep(_HANG)
            return False
        if "drop" in answer:
            return False
        if answer == "endless":
            for _ in range(200):
                clerk.wfile.write(b"x" * 4096)
            return False
        clerk.wfile.write(answer.encode() + b"\r\n")
        return not answer.startswith(("554", "421"))
