"""Lists of the API as CSV tables, for spreadsheets: a row for each item, lists joined, nothing a sheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Query, Response

_RUN_BY_SHEETS = ("=", "+", "-", "@", "\t", "\r")
CSV_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}, "description": "The list, as JSON or as CSV"}
}


class ListFormat(StrEnum):
    """How a list is answered."""

    JSON = "json"
    CSV = "csv"


FormatParam = Annotated[ListFormat, Query(alias="format", description="json, or csv: the items as a table")]


def list_answer(shape: Mapping[str, Any], answer_format: ListFormat, name: str) -> Any:
    """Return *shape* as it is, or its items as a file of CSV called *name*."""
    if answer_format is ListFormat.JSON:
        return shape
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(csv_text(shape["items"]), media_type="text/csv; charset=utf-8", headers=headers)


def csv_text(items: Sequence[Mapping[str, Any]]) -> str:
    r"""Return *items* as CSV under a header of their names; what only some of them have is empty in the others.

    >>> csv_text([{"id": 1, "topics": ["a", "b"]}, {"id": "=2+3"}])
    "id,topics\r\n1,a; b\r\n'=2+3,\r\n"
    """
    names = list(dict.fromkeys(name for item in items for name in item))
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(names)
    writer.writerows([_cell(item.get(name)) for name in names] for item in items)
    return page.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_cell(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(_short_name(inner) for inner in value)
    if isinstance(value, int | float):
        return str(value)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text.startswith(_RUN_BY_SHEETS) else text


def _short_name(value: Any) -> str:
    """Return an inner object by its name or text, which is what a table shows of it."""
    if isinstance(value, Mapping):
        return str(next((value[key] for key in ("name", "text", "id") if value.get(key)), _cell(value)))
    return _cell(value)
