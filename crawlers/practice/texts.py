"""Law texts and page templates: read from the data files, with the edits of the days so far."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

ROOT = Path(__file__).parent

_PART = re.compile(r"^<!-- part: ([\w-]+) -->\n", re.MULTILINE)
_MARKUP = re.compile(r"(<[^>]*>)")
_WORDS_PER_LINE = 9


@cache
def law(site: str, name: str, day: int) -> str:
    """Return the law *name* of *site* as it reads on *day*: the file, with the edits listed for it up to that day."""
    text = (ROOT / site / name).read_text(encoding="utf-8")
    for edit in _edits(site):
        if edit["law"] == name and edit["day"] <= day:
            text = _apply_edit(text, edit["find"], edit["put"])
    return text


@cache
def template(site: str, name: str) -> Template:
    """Return the template file *name* of *site*."""
    return Template((ROOT / site / name).read_text(encoding="utf-8"))


@cache
def parts(site: str, name: str) -> dict[str, Template]:
    """Return the named parts of the template file *name*."""
    pieces = _PART.split((ROOT / site / name).read_text(encoding="utf-8"))
    return {key: Template(body) for key, body in zip(pieces[1::2], pieces[2::2], strict=True)}


def reflow(markup: str, space: str = "\n      ") -> str:
    """Return *markup* with other white space between the same words, as a converter would leave it."""
    pieces = _MARKUP.split(markup)
    return "".join(piece if piece.startswith("<") else _rewrap(piece, space) for piece in pieces)


@cache
def _edits(site: str) -> list[dict[str, Any]]:
    path = ROOT / site / "edits.toml"
    if not path.exists():
        return []  # this site's laws do not change
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["edit"]
    return rows


def _apply_edit(text: str, find: str, put: str) -> str:
    assert text.count(find) == 1, f"an edit must fit exactly one place: {find!r}"
    return text.replace(find, put)


def _rewrap(text: str, space: str) -> str:
    words = text.split(" ")
    lines = [" ".join(words[i : i + _WORDS_PER_LINE]) for i in range(0, len(words), _WORDS_PER_LINE)]
    return space.join(lines)
