"""Paths through JSON: names and numbers with points between, a star for every name or every place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

KEYS = "@keys"
"""Where an item that a star led to keeps the names on the way, outermost first."""
_GUARD = re.compile(rb"\s*(?:/\*[^*]{0,200}\*/|\)\]\}',?|while\(1\);|for\(;;\);)\s*")
_CALL = re.compile(
    rb"(?:(?:var|let|const)\s{1,9})?[\w.$\[\]'\"]{1,60}\s{0,9}[(=]\s{0,9}([\[{].*[\]}])\s{0,9}\)?\s{0,9};?$", re.DOTALL
)
_FIELD = re.compile(r"\{([\w.@|]+)\}")


def told_in(body: bytes) -> Any:
    """Return what a body of JSON says, also one in a call (JSONP), behind a guard, or assigned to a name.

    Raises ValueError when it is none.
    """
    if body[:200].lstrip()[:1] not in {b"{", b"[", b"\xef"}:
        if guard := _GUARD.match(body):
            body = body[guard.end() :]
        if call := _CALL.match(body.strip()):
            body = call[1]
    try:
        return _loaded(body)
    except RecursionError:
        raise ValueError("JSON nested beyond reason") from None


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except UnicodeDecodeError:  # JSON is in Unicode, and some of China's is not
        return json.loads(body.decode("gb18030"))


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
    rows = _inner(at(value, path))
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
        value = _inner(value)
        if isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _inner(value: Any) -> Any:
    """Return the list or object that a string holds as JSON once more; any other value as it is."""
    if not isinstance(value, str) or value.lstrip()[:1] not in {"{", "["}:
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
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
