"""What went wrong at a source, in words for readers: no label of ours, and nothing they would have to act on."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from storage.records import Stage


def setback(cause: str, stage: Stage) -> str:
    """Return what readers are told of a problem, or of a failed look, with this label: the end of a sentence."""
    sentences = _table()
    return sentences["cause"].get(cause) or sentences["stage"][stage.value]


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("tracker.wording").joinpath("setbacks.toml").read_text(encoding="utf-8"))
