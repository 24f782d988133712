"""Bad luck of the machine: little memory, few file descriptors, no processes, and orders to end."""

from __future__ import annotations

import resource
import signal

from benchmarks.bad_luck.ground import Ground, limit, wait_until

MEGABYTE = 1 << 20


def little_memory(megabytes: int, ground: Ground) -> list[str]:
    """Let no process have more than so many megabytes of addresses."""
    result = ground.check(limit(resource.RLIMIT_AS, megabytes * MEGABYTE))
    return result.faults(statuses=(0, 1, 2), words="memory|checked|problem")


def few_files(count: int, ground: Ground) -> list[str]:
    """Let no process have more than so many files open."""
    result = ground.check(limit(resource.RLIMIT_NOFILE, count))
    return result.faults(statuses=(0, 1, 2), words="Too many open files|checked|problem|cannot be opened")


def few_processor_seconds(seconds: int, ground: Ground) -> list[str]:
    """Let the system end each process that computes for longer."""
    result = ground.check(limit(resource.RLIMIT_CPU, seconds))
    return [fault for fault in result.faults(statuses=tuple(range(-64, 64))) if "traceback" in fault]


def ordered_to_end(number: int, after: float, ground: Ground) -> list[str]:
    """Send a signal to a round in the middle of its work."""
    with ground.process("check", "--all") as job:
        try:
            job.wait(after)
        except Exception:
            job.send_signal(number)
        out, err = job.communicate(timeout=60)
    faults = [f"a traceback: {err[-300:]!r}"] if "Traceback" in out + err else []
    if job.returncode not in {0, 1, 2, 130, 143, -number}:
        faults.append(f"ended with {job.returncode}")
    return faults


def told_to_stop(ground: Ground) -> list[str]:
    """Tell the job that watches to stop while it looks: it finishes its round first."""
    with ground.process("run", "--tick", "1") as job:
        wait_until(lambda: ground.practice.requests, 20)
        job.send_signal(signal.SIGTERM)
        try:
            out, err = job.communicate(timeout=60)
        except Exception:
            return ["did not stop within a minute"]
    faults = [f"a traceback: {err[-300:]!r}"] if "Traceback" in out + err else []
    return faults + ([f"ended with {job.returncode}"] if job.returncode else [])
