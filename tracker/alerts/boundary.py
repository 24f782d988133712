"""Error boundary of a step: lets its caller set one poisoned row aside, so that the others go on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

# given the key of an event or a message; what it returns is entered around the work on that row
StepBoundary = Callable[[str], AbstractContextManager[object]]


def no_boundary(key: str) -> AbstractContextManager[object]:  # noqa: ARG001 - a guard is told what it guards
    """Set nothing aside: what goes wrong reaches the caller."""
    return nullcontext()


class TogetherBoundary:
    """What is entered around work on many rows at once: when it fails, whatever it was, each row is tried alone."""

    def __init__(self) -> None:
        self.has_failed = False

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        self.has_failed = isinstance(error, Exception)
        return self.has_failed
