"""What became of the newest canary of each source, in a file beside the database: it is no history of any law."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

_FILE = "canaries.json"


class CanaryState(StrEnum):
    """What became of a canary."""

    FOUND = "found"
    MISSING = "missing"
    UNPLANTABLE = "unplantable"


@dataclass(frozen=True, slots=True)
class CanaryResult:
    """The newest canary of a source: when it was planted, whether it arrived, and after how many seconds."""

    source_id: str
    planted_at: datetime
    state: CanaryState
    seconds: float | None = None
    text: str = ""


def save_results(home: Path, results: Iterable[CanaryResult]) -> None:
    """Keep *results*, each in the place of the one of its source before."""
    rows = {result.source_id: result for result in (*load_results(home).values(), *results)}
    shape = {name: {**asdict(row), "planted_at": row.planted_at.isoformat()} for name, row in sorted(rows.items())}
    path = home / _FILE
    temporary = path.with_name(f".{_FILE}.{os.getpid()}")
    temporary.write_text(json.dumps(shape, ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)


def load_results(home: Path) -> dict[str, CanaryResult]:
    """Return the newest canary of each source; what cannot be read is no result."""
    try:
        shape = json.loads((home / _FILE).read_text(encoding="utf-8"))
        return {
            name: CanaryResult(
                name, datetime.fromisoformat(row["planted_at"]), CanaryState(row["state"]), row["seconds"], row["text"]
            )
            for name, row in shape.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
