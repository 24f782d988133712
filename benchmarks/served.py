"""The real command, serving a drawn home: started, told apart by its processes, and what they spent and held."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

_PATIENCE = 60.0  # seconds until it must answer


@contextmanager
def serve_home(home: Path, processes: int) -> Iterator[tuple[str, int]]:
    """Run ``clausewatch serve`` over *home*; yield its address and its process."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    limits = {f"CLAUSEWATCH_{kind}_PER_MINUTE": str(10**9) for kind in ("PAGES", "QUESTIONS")}
    environment = {"CLAUSEWATCH_HOME": str(home)} | limits
    command = [sys.executable, "-m", "tracker.cli", "serve", "--port", str(port), "--processes", str(processes)]
    with subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL) as server:
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(base)
            yield base, server.pid
        finally:
            server.terminate()


def _wait(base: str) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            httpx.get(f"{base}/healthz").raise_for_status()
        except httpx.HTTPError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    below = [
        int(child_pid)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child_pid in (task / "children").read_text().split()
    ]
    return [pid, *(child_pid for child in below for child_pid in family(child))]


def processor_seconds(pid: int) -> float:
    """Return how many seconds of the processor a process and all below it have spent."""
    return sum(_ticks(member) for member in family(pid)) / os.sysconf("SC_CLK_TCK")


def peak(pid: int) -> int:
    """Return the most memory a process and all below it have held, in MB; what they share is counted for each."""
    return sum(_peak_memory(member) for member in family(pid)) // 1000


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _peak_memory(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
