"""Start-up: processor time of ``--help``, ``--version`` and ``parse`` against a bare Python in the same run."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.results_page import write_results

_TRIES = 5
_ARTICLES = 220  # about 30 kB of markup
LIMITS = {"--help": 0.25, "--version": 0.25, "parse": 0.5}


def a_page() -> bytes:
    """Return a page of about 30 kB."""
    numbers = [f"第{n}条" for n in range(1, _ARTICLES)]
    body = "".join(f"<p>{n}　提供者应当完成本条所列练习服务的登记，并向社会公布登记结果。</p>\n" for n in numbers)
    title = "练习服务管理规定"
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode()


def processor_time(*arguments: str) -> float:
    """Return the least processor time, in seconds, that a Python with these arguments took."""
    return min(_once(arguments) for _ in range(_TRIES))


def _once(arguments: tuple[str, ...]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure() -> dict[str, float]:
    """Return the seconds that each command takes, and a bare Python."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_bytes(a_page())
        command = ("-m", "tracker.cli")
        return {
            "python -c pass": processor_time("-c", "pass"),
            "--help": processor_time(*command, "--help"),
            "--version": processor_time(*command, "--version"),
            "parse": processor_time(*command, "parse", str(page)),
        }


def main() -> None:
    """Print the table and write it."""
    lines = table(measure())
    print("\n".join(lines))
    write_results("startup", "Start-up: processor time of a command", "python -m benchmarks.startup", lines)


def table(figures: Mapping[str, float]) -> list[str]:
    """Return the lines of the table."""
    bare = figures["python -c pass"]
    rows = [
        f"| {name} | {seconds:.3f} | {seconds / bare:.1f} | {f'{LIMITS[name]} s' if name in LIMITS else ''} |"
        for name, seconds in figures.items()
    ]
    return ["| command | seconds | times a bare Python | at most |", "|---|---:|---:|---:|", *rows]


if __name__ == "__main__":
    main()
