"""Fill the templates of the pages."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracker.render.control_characters import harmless
from tracker.render.display_names import authority_short, jurisdiction_name, topic_name
from tracker.render.scripts import language_of
from tracker.view_models.provision_links import segment

_TEMPLATES = Path(__file__).parent.parent / "templates"


def _finally(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES / "web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_finally,
)


def when(at: datetime | None) -> str:
    """Return an instant as people read it, its day written like any other."""
    return f"{day(at)}, {at:%H:%M} UTC" if at else "never"


def day(on: date | None) -> str:
    """Return a day as people read it, without doubt about which number is the month."""
    return f"{on.day} {on:%B %Y}" if on else "not known"


def plain(word: str) -> str:
    """Return the value of one of our enums as words."""
    return word.replace("_", " ")


def sentence_case(words: str) -> str:
    """Return *words* with a capital at their beginning, and all others as they are: "AI" stays "AI"."""
    return words[:1].upper() + words[1:]


def lang(title: str, language: str = "") -> Markup:
    """Return the attribute that says in which language *title* is; nothing for English, the language of our pages."""
    language_found = language_of(title, language)
    return Markup("") if language_found == "en" else Markup(' lang="{}"').format(language_found)


_ENVIRONMENT.filters.update(
    when=when,
    day=day,
    plain=plain,
    opening=sentence_case,
    lang=lang,
    segment=segment,
    jurisdiction=jurisdiction_name,
    topic=topic_name,
)
ADDRESS: ContextVar[str] = ContextVar("address", default="")
"""Where the page that is being made is found, for whoever reads it on paper; nothing for pages of one person."""
_ENVIRONMENT.globals.update(authority=authority_short, found_at=ADDRESS.get)


def page_of(template: str, **values: Any) -> str:
    """Return *template* filled; everything is escaped unless a template says it is our own markup."""
    return _ENVIRONMENT.get_template(template).render(**values)
