"""Fill the templates of the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES = Path(__file__).parent.parent / "templates"
_ENVIRONMENT = Environment(
    loader=FileSystemLoader([_TEMPLATES / "web", _TEMPLATES / "shared"]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page_of(template: str, **values: Any) -> str:
    """Return *template* filled; everything is escaped unless a template says it is our own markup."""
    return _ENVIRONMENT.get_template(template).render(**values)
