"""The lock file: one pin for each provision that is cited, as JSON that reads well in a review. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from tracker.lockfile.errors import LockFileError

SCHEMA = "clausewatch/lock/1"


@dataclass(frozen=True, slots=True)
class Pin:
    """A provision as it stood when it was cited: which, in which version, and the hash of what it said.

    ``reference`` is how it is cited, ``cited_by`` the files that do; ``pid`` follows it through renumbering.
    """

    reference: str
    instrument: str
    language: str
    version: str
    eid: str
    pid: str
    citation: str
    sha256: str
    cited_by: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What one lock file has one pin for: a provision in one language."""
        return self.instrument, self.language, self.pid or self.eid


def read_pins(text: str, name: str) -> list[Pin]:
    """Return the pins of a lock file; raises LockFileError with *name* and what is wrong."""
    try:
        shape = json.loads(text)
    except ValueError as error:
        raise LockFileError(f"{name}: not a lock file: {error}") from None
    if not isinstance(shape, dict) or not str(shape.get("schema", "")).startswith("clausewatch/lock/"):
        raise LockFileError(f"{name}: not a lock file: it has no schema {SCHEMA!r}")
    if shape["schema"] != SCHEMA:
        raise LockFileError(f"{name}: of another Clausewatch: {shape['schema']}, and this one reads {SCHEMA}")
    rows = shape.get("pins")
    if not isinstance(rows, list):
        raise LockFileError(f"{name}: not a lock file: pins must be a list")
    return [_pin(row, f"{name}: pin {number}") for number, row in enumerate(rows, 1)]


def write_pins(pins: Iterable[Pin]) -> str:
    """Return the text of a lock file: pins in one order, so that a review shows what changed and nothing else."""
    rows = [asdict(pin) | {"cited_by": sorted(pin.cited_by)} for pin in sorted(pins, key=_order)]
    return json.dumps({"schema": SCHEMA, "pins": rows}, ensure_ascii=False, indent=1) + "\n"


def merge_pins(pins: Iterable[Pin], more: Iterable[Pin]) -> tuple[list[Pin], int]:
    """Return *pins* with *more*, and how many of them are new; one that is there keeps what it was pinned at."""
    by_key: dict[tuple[str, str, str], Pin] = {}
    for pin in pins:
        by_key[pin.key] = _cite_also(by_key.get(pin.key, pin), pin)
    count = len(by_key)
    for pin in more:
        by_key[pin.key] = _cite_also(by_key.get(pin.key, pin), pin)
    return list(by_key.values()), len(by_key) - count


def _cite_also(pin: Pin, again: Pin) -> Pin:
    return replace(pin, cited_by=tuple(sorted({*pin.cited_by, *again.cited_by})))


def _order(pin: Pin) -> tuple[str, ...]:
    return pin.instrument, pin.language, pin.eid, pin.reference


def _pin(row: object, place: str) -> Pin:
    if not isinstance(row, Mapping):
        raise LockFileError(f"{place}: not an object")
    values: dict[str, Any] = {}
    for field in fields(Pin):
        value = row.get(field.name, [] if field.name == "cited_by" else None)
        if field.name == "cited_by":
            if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
                raise LockFileError(f"{place}: cited_by must be a list of names of files")
            value = tuple(value)
        elif not isinstance(value, str):
            raise LockFileError(f"{place}: {field.name} is missing or no text")
        values[field.name] = value
    return Pin(**values)
