"""Nouns to JSON and to rows, and back: driven by the types of their fields, defaults left out to keep it small."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from storage.errors import StoredFormError

T = TypeVar("T")
_MISFITS = (ValueError, TypeError, KeyError, AttributeError)  # what JSON of another form runs into


def utc_iso(at: datetime) -> str:
    """Return *at* as text in UTC to the microsecond, so that the order of texts is the order of time."""
    assert at.tzinfo is not None, "an instant without a time zone"
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def dumps(plain: Any) -> str:
    """Return plain values as compact JSON, in their own script."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def to_json(noun: Any) -> str:
    """Return *noun* (a dataclass, or tuples and dicts of them) as compact JSON."""
    return dumps(_plain(noun))


def from_json(cls: type[T], text: str) -> T:
    """Return the noun of type *cls* that *text* holds."""
    try:
        noun: T = _build(cls, json.loads(text))
    except _MISFITS as error:
        raise StoredFormError(f"stored {getattr(cls, '__name__', cls)} is not readable: {error}") from error
    return noun


def to_row(noun: Any) -> dict[str, Any]:
    """Return the fields of *noun* as the columns of a row; what is composed becomes JSON."""
    return {field.name: _cell(getattr(noun, field.name)) for field in dataclasses.fields(noun)}


def from_row(cls: type[T], row: Mapping[str, Any]) -> T:
    """Return the noun of type *cls* whose fields are columns of *row*; further columns are left alone."""
    noun: Any = cls
    try:
        return cls(**{name: _of_cell(kind, row[name]) for name, kind in _fields(noun).items()})
    except _MISFITS as error:
        raise StoredFormError(f"stored {cls.__name__} is not readable: {error}") from error


@cache
def _fields(cls: Any) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls)}


def _plain(value: Any) -> Any:  # noqa: PLR0911 - one return for each form
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(value_of_field)
            for field in dataclasses.fields(value)
            if not _is_default(field, value_of_field := getattr(value, field.name))
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return utc_iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default) and type(value) is type(field.default)
    return field.default_factory is not dataclasses.MISSING and bool(value == field.default_factory())


def _build(kind: Any, value: Any) -> Any:  # noqa: PLR0911 - one return for each form
    """Return *value*, fresh from JSON, as what *kind* says it was."""
    if type(value) is kind:  # most are plain, and pages make many rows
        return value
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _build_union(get_args(kind), value)
    if origin is tuple:
        return _build_tuple(get_args(kind), value)
    if origin is dict:
        inner = get_args(kind)[1]
        return {key: _build(inner, item) for key, item in value.items()}
    if kind is Any:
        return value
    if dataclasses.is_dataclass(kind):
        return _build_noun(kind, value)
    if kind in {date, datetime}:
        return kind.fromisoformat(value)
    if issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected, not {type(value).__name__}")
    return value


def _build_union(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        if types.NoneType not in kinds:
            raise TypeError("nothing where something must be")
        return None
    present = [kind for kind in kinds if kind is not types.NoneType]
    if len(present) == 1:
        return _build(present[0], value)
    if type(value) not in present:
        raise TypeError(f"one of {present} expected, not {type(value).__name__}")
    return value


def _build_tuple(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_build(inner[0], item) for item in value)
    return tuple(_build(kind, item) for kind, item in zip(inner, value, strict=True))


def _build_noun(cls: Any, value: Mapping[str, Any]) -> Any:
    kinds = _fields(cls)
    if extra_fields := value.keys() - kinds.keys():
        raise TypeError(f"unknown fields {sorted(extra_fields)} of {cls.__name__}")
    return cls(**{name: _build(kinds[name], item) for name, item in value.items()})


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float, bytes, date)):
        plain = _plain(value)
        return int(plain) if isinstance(plain, bool) else plain
    return to_json(value)


def _of_cell(kind: Any, value: Any) -> Any:
    if type(value) is kind:
        return value
    if kind is bool:
        return bool(value)
    return _build(kind, json.loads(value) if _is_composed(kind) else value)


@cache
def _is_composed(kind: Any) -> bool:
    return get_origin(kind) in {tuple, dict} or dataclasses.is_dataclass(kind)
