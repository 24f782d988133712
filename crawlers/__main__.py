"""The child process of a crawl: reads its orders, walks every source, ends. Started by ``crawlers.child.fetch``."""

from __future__ import annotations

import gc

from crawlers.child.parent_watch import die_with_parent, read_orders

_GARBAGE_THRESHOLD = 10_000
"""New objects between two looks for circles; a page makes thousands that no circle holds."""


def main() -> None:
    """Do what the first line of standard input says."""
    line = read_orders()
    die_with_parent()  # before the long import below
    gc.disable()
    from crawlers.child.crawl import crawl  # noqa: PLC0415

    gc.freeze()  # what was imported stays: nothing of it is looked through again
    gc.set_threshold(_GARBAGE_THRESHOLD)
    gc.enable()
    crawl(line)


if __name__ == "__main__":
    main()
