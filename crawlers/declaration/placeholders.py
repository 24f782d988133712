"""Small templates of declarations: ``{n}``, ``{year}`` … filled in, every other brace left as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Return *text* with each ``{name}`` of *values* filled in.

    >>> fill('{"page": {n}}', {"n": 2})
    '{"page": 2}'
    """
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def fill_all(template: Any, values: Mapping[str, Any]) -> Any:
    """Return *template* with every text in it filled in, however deep it stands."""
    if isinstance(template, str):
        return fill(template, values)
    if isinstance(template, Mapping):
        return {key: fill_all(value, values) for key, value in template.items()}
    return [fill_all(value, values) for value in template] if isinstance(template, list | tuple) else template


def day_values(today: date) -> dict[str, Any]:
    """Return the values by which a declaration may speak of the day."""
    return {"today": today.isoformat(), "year": today.year, "month": today.month, "day": today.day}


def rewritten(text: str, pattern: str, template: str) -> str:
    r"""Return *template* with the groups that *pattern* finds in *text* as ``{0}`` …; empty when it finds nothing.

    >>> rewritten("jumpDetail('77')", r"jumpDetail\('(\w+)'", "/portal/suggestion-detail/{0}")
    '/portal/suggestion-detail/77'
    """
    match = re.search(pattern, text)
    return fill(template, {str(n): group or "" for n, group in enumerate(match.groups())}) if match else ""
