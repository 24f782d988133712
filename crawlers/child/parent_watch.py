"""Watching the parent: a crawl must not outlive whoever ordered it. Imports nothing of Scrapy, so it starts first."""

from __future__ import annotations

import os
import threading

STDIN = 0
ORPHAN_STATUS = 70
"""Exit status of a child whose parent died."""


def read_orders() -> bytes:
    """Return the first line of standard input; the rest stays open as the parent's sign of life."""
    line = bytearray()
    while (byte := os.read(STDIN, 1)) not in {b"", b"\n"}:
        line += byte
    return bytes(line)


def die_with_parent() -> None:
    """End this process at once when the parent closes our standard input, by dying or on purpose.

    ``os.read`` and not ``sys.stdin``: a thread inside a buffered reader makes Python abort at a normal exit.
    """

    def watch() -> None:
        while os.read(STDIN, 1):
            pass
        os._exit(ORPHAN_STATUS)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
