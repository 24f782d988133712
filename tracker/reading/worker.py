"""The child process in which pages from the network are read: one page after another, each within its limits."""

from __future__ import annotations

import os
import pickle
import struct
import sys
import traceback
from typing import IO

from tracker.reading.errors import RefusedError
from tracker.reading.limits import allow_processor_time, limit_memory
from tracker.reading.read import read

LENGTH = struct.Struct(">Q")


def main() -> None:
    """Answer each job on standard input, until it ends: a pickled context and the bytes of a page, a reading back."""
    limit_memory()
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    while context := receive(source):
        send(target, pickle.dumps(_answer(context, receive(source))))


def receive(source: IO[bytes]) -> bytes:
    """Return the next message of *source*, empty at its end."""
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


def send(target: IO[bytes], message: bytes) -> None:
    """Write *message* with its length before it."""
    target.write(LENGTH.pack(len(message)) + message)
    target.flush()


def _answer(context: bytes, body: bytes) -> tuple[str, object]:
    try:
        allow_processor_time(len(body))
        return "reading", read(body, pickle.loads(context))  # noqa: S301 - from our own parent
    except RefusedError as error:
        return "refused", str(error)
    except MemoryError:
        return "refused", "too costly: it needs more memory than any page of law"
    except RecursionError:
        return "refused", "nested deeper than any page of law"
    except Exception:  # told to the parent, which raises it again
        return "defect", traceback.format_exc()
