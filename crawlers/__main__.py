"""The child process of a crawl: reads its orders, walks every source, ends. Started by ``crawlers.child.fetch``."""

from __future__ import annotations

from crawlers.child.parent_watch import die_with_parent, read_orders


def main() -> None:
    """Do what the first line of standard input says."""
    line = read_orders()
    die_with_parent()  # before the long import below
    from crawlers.child.crawl import crawl  # noqa: PLC0415

    crawl(line)


if __name__ == "__main__":
    main()
