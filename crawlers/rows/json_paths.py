"""Paths through JSON: names and numbers with points between, a star for every name or every place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

KEYS = "@keys"
"""Where an item that a star led to keeps the names on the way, outermost first."""
_CALL = re.compile(rb"^\s*[\w.$]{1,60}\(\s*([\[{].*[\]}])\s*\)\s*;?\s*$", re.DOTALL)
_FIELD = re.compile(r"\{([\w.@|]+)\}")


def told_in(body: bytes) -> Any:
    """Return what a body of JSON says, also one wrapped in a call (JSONP); raises ValueError when it is none."""
    call = _CALL.match(body[:200_000_000]) if body[:200].lstrip()[:1] not in {b"{", b"[", b"\xef"} else None
    try:
        return json.loads(call[1] if call else body)
    except RecursionError:
        raise ValueError("JSON nested beyond reason") from None


def at(value: Any, path: str) -> Any:
    """Return what stands at *path*, or None; of several paths with a bar between, the first that leads to something.

    >>> at({"list": [{"id": 7}]}, "list.0.id"), at({"pdf": "", "link": "/a"}, "pdf|link")
    (7, '/a')
    """
    values = [_at(value, one) for one in path.split("|")]
    return next((one for one in values if one not in (None, "", [], {})), values[-1])


def items_at(value: Any, path: str) -> list[Any]:
    """Return the rows at *path*, where a star stands for every name or place; raises ValueError when none can be.

    >>> items_at({"2026": {"No. 1": {"url": "/a"}}}, "*.*")
    [{'url': '/a', '@keys': ['2026', 'No. 1']}]
    """
    if "*" in path.split("."):
        return list(_expand(value, path.split("."), []))
    rows = at(value, path)
    if not isinstance(rows, list):
        raise ValueError(f"no list at {path!r}")  # noqa: TRY004 - a fault of the answer, not of ours
    return rows


def fill_fields(item: Any, template: str) -> str:
    """Return *template* with its ``{fields}`` filled in, or the field it names; empty when one is missing."""
    names = _FIELD.findall(template)
    if not names:
        return plain(at(item, template))
    values = {name: plain(at(item, name)) for name in names}
    return _FIELD.sub(lambda match: values[match[1]], template) if all(values.values()) else ""


def plain(value: Any) -> str:
    """Return a value as text; a whole number without the point that some interfaces print.

    >>> plain(18805.0), plain([1]), plain(" a  b ")
    ('18805', '', 'a  b')
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _at(value: Any, path: str) -> Any:
    for name in path.split(".") if path else ():
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _expand(value: Any, names: list[str], keys: list[str]) -> Iterator[Any]:
    if not names:
        yield from value if isinstance(value, list) else [_with_keys(value, keys)]
        return
    name, rest = names[0], names[1:]
    if name != "*":
        yield from _expand(_at(value, name), rest, keys)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _expand(inner, rest, [*keys, key])
    elif isinstance(value, list):
        for inner in value:
            yield from _expand(inner, rest, keys)


def _with_keys(value: Any, keys: list[str]) -> Any:
    return {**value, KEYS: keys} if isinstance(value, dict) else {"value": value, KEYS: keys}
