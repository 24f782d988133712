"""Remaining time of long commands: "read 120 of 500 versions, about 2 min left", from counts that they tell."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from contextlib import closing

from storage import checks
from storage.database.connection import newest_row
from storage.database.place import StorePlace
from storage.errors import StorageError
from storage.schema.open import open_database
from tracker.cli.command import say

_COUNTS = re.compile(r"(\d[\d,]*) of (\d[\d,]*)")
_LEAST = 2.0  # seconds of work before an estimate means anything
_PAUSE = 5.0  # seconds between two counts of pages


class RemainingTime:
    """Tells a waiting person what is said, with the time that is left when that says how much of how much is done."""

    def __init__(self, tell: Callable[[str], None] = say, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell, self._clock = tell, clock
        self._kind, self._start, self._first = "", clock(), 0

    def __call__(self, text: str) -> None:
        """Tell *text*; counts of another kind begin anew."""
        hit = _COUNTS.search(text)
        if hit is None:
            self._tell(f"  {text}")
            self._kind, self._start, self._first = "", self._clock(), 0
            return
        kind = _COUNTS.sub("", text)
        done, total = (int(number.replace(",", "")) for number in hit.groups())
        if kind != self._kind:
            self._first = 0 if not self._kind else done
            self._start = self._start if not self._kind else self._clock()
            self._kind = kind
        elapsed = self._clock() - self._start
        worked = done - self._first
        left = elapsed * (total - done) / worked if worked > 0 and elapsed >= _LEAST and total > done else 0.0
        self._tell(f"  {text}, about {duration(left)} left" if left else f"  {text}")


def duration(seconds: float) -> str:
    """Return a duration for people.

    >>> [duration(seconds) for seconds in (4, 80, 3_700, 90_000)]
    ['4 s', '1 min', '1 h 2 min', '25 h']
    """
    minutes, hours = round(seconds / 60), int(seconds // 3600)
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    if seconds < 3600:
        return f"{minutes} min"
    rest = round((seconds - hours * 3600) / 60)
    return f"{hours} h {rest} min" if hours < 10 and rest else f"{hours} h"


class RoundProgress:
    """Tells a waiting person which step of a round runs, and while pages are fetched how many, and how long still."""

    def __init__(self, database: StorePlace, tell: Callable[[str], None] = say, pause: float = _PAUSE) -> None:
        self._database, self._tell, self._pause = database, tell, pause
        self._stop: threading.Event | None = None
        self._watch: threading.Thread | None = None

    def step(self, name: str, detail: str) -> None:
        """Say that step *name* begins; of a fetch, count the looks as they are noted."""
        self.close()
        self._tell(f"  {name} {detail}".rstrip())
        number = re.match(r"(\d+) pages", detail)
        if name == "fetch" and number and int(number[1]) > 1:
            self._stop = threading.Event()
            with closing(open_database(self._database)) as db:
                first = newest_row(db, "checks")
            self._watch = threading.Thread(target=self._count, args=(int(number[1]), first, self._stop), daemon=True)
            self._watch.start()

    def close(self) -> None:
        """Stop counting."""
        if self._stop is not None and self._watch is not None:
            self._stop.set()
            self._watch.join(self._pause)
        self._stop = self._watch = None

    def _count(self, total: int, first: int, stop: threading.Event) -> None:
        try:
            with closing(open_database(self._database)) as db:
                timed = RemainingTime(self._tell)
                while not stop.wait(self._pause):
                    pages = len({look.page_id for look in checks.after(db, first)})
                    timed(f"fetched {min(pages, total)} of {total} pages")
        except StorageError:
            return  # who counts disturbs nobody
