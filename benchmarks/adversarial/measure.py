"""Measure reading in a process of its own: processor seconds, or that it was refused or ended."""

from __future__ import annotations

import os
import resource
import struct
import time
import traceback
from dataclasses import dataclass

from benchmarks.adversarial.inputs import HostileInput
from tracker.reading import RefusedError, read
from tracker.reading.limits import limit_memory, seconds_for
from tracker.reading.structure.draft import ReadingContext

_ANSWER = struct.Struct(">dB")
_RESULTS = ("read", "refused", "failed")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one input cost, and how it ended: read, refused, failed, or ended by the system."""

    seconds: float
    result: str


def measure(case: HostileInput, size: int) -> Reading:
    """Read *case* at *size* bytes in a fork of this process, within the limits of a page from the network."""
    body = case.make(size)
    come, go = os.pipe()
    child = os.fork()
    if not child:
        os.close(come)
        _answer(body, case.jurisdiction, go)
    os.close(go)
    with os.fdopen(come, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if len(answer) != _ANSWER.size:
        return Reading(float(seconds_for(size)), "ended")
    seconds, code = _ANSWER.unpack(answer)
    return Reading(seconds, _RESULTS[code])


def _answer(body: bytes, jurisdiction: str, go: int) -> None:
    limit_memory()
    seconds = seconds_for(len(body))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    start, code = time.process_time(), 0
    try:
        read(body, ReadingContext(jurisdiction=jurisdiction))
    except (RefusedError, MemoryError, RecursionError):
        code = 1
    except Exception:  # a defect, told as such
        traceback.print_exc()
        code = 2
    os.write(go, _ANSWER.pack(time.process_time() - start, code))
    os._exit(0)
