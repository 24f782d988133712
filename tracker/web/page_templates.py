"""Fill the templates of the pages, in the reader's language."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracker.render import display_names
from tracker.render.control_characters import harmless
from tracker.render.scripts import language_of
from tracker.render.unit_counts import unit_counts
from tracker.view_models.provision_links import segment
from tracker.wording import phrases
from tracker.wording.citation_gloss import with_glosses
from tracker.wording.durations import duration_in_words
from tracker.wording.interface_words import FALLBACK_LANGUAGE, interface
from tracker.wording.labels import Labels, words
from tracker.wording.set_notes import note_in
from tracker.wording.title_gloss import working_title

_TEMPLATES = Path(__file__).parent.parent / "templates"
ADDRESS: ContextVar[str] = ContextVar("address", default="")
"""Where the page that is being made is found, for whoever reads it on paper; nothing for pages of one person."""
LANGUAGE: ContextVar[str] = ContextVar("language", default=FALLBACK_LANGUAGE)
"""In which language the page that is being made speaks."""
HERE: ContextVar[str] = ContextVar("here", default="/")
"""The path and query of the page that is being made, to come back to it in another language."""


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


def page_words() -> Labels:
    """Return the labels of sentences in the language of the page that is being made."""
    return words(LANGUAGE.get())


def translate(english: str, **values: Any) -> Markup:
    """Return *english*, words of our own, in the reader's language; what fills its places is escaped."""
    template = Markup(interface(LANGUAGE.get()).say(english))  # noqa: S704 - our own words
    return template.format(**{name: _finally(value) for name, value in values.items()}) if values else template


def say(english: str) -> str:
    """Return words that may not be ours in the reader's language where they are known; they are escaped like others."""
    return interface(LANGUAGE.get()).say(english)


def count(number: int, one: str, more: str) -> Markup:
    """Return *number* of something in the reader's language: *one* and *more* are the English forms, with {n}."""
    return translate(one if number == 1 else more, n=f"{number:,}")


def day(on: date | None) -> str:
    """Return a day as people read it, without doubt about which number is the month."""
    return phrases.day(on, words(LANGUAGE.get())) if on else str(translate("not known"))


def when(at: datetime | None) -> str:
    """Return an instant as people read it, its day written like any other."""
    return str(translate("{day}, {time} UTC", day=day(at), time=f"{at:%H:%M}")) if at else str(translate("never"))


def hour(at: datetime) -> str:
    """Return an instant of a day that is already said."""
    return f"{at:%H:%M} UTC"


def month(on: date) -> str:
    """Return a month with its year."""
    return str(translate("{month} {year}", month=translate(f"{on:%B}"), year=on.year))


def plain(word: str) -> str:
    """Return the value of one of our enums as words, in the reader's language."""
    return say(word.replace("_", " "))


def sentence_case(text: str) -> str:
    """Return *text* with a capital at its beginning, and all others as they are: "AI" stays "AI"."""
    return text[:1].upper() + text[1:]


def lang(title: str, language: str = "") -> Markup:
    """Return the attribute that says in which language *title* is; nothing for the language of the page."""
    language_found = language_of(title, language)
    if language_found.partition("-")[0] == LANGUAGE.get():
        return Markup("")
    return Markup(' lang="{}"').format(language_found)


def duration(normal: str) -> str:
    """Return a normal duration (``P10D``) in words of the reader's language."""
    return duration_in_words(normal, words(LANGUAGE.get()))


def note(text: str) -> str:
    """Return a note on a set of changes in the reader's language."""
    return note_in(text, LANGUAGE.get())


def jurisdiction(name: str) -> str:
    """Return the name of a jurisdiction in the reader's language."""
    return display_names.jurisdiction_name(name, LANGUAGE.get())


def topic(name: str) -> str:
    """Return the name of a topic in the reader's language."""
    return display_names.topic_name(name, LANGUAGE.get())


def type_name(name: str) -> str:
    """Return what sort of instrument something is, in the reader's language."""
    return display_names.type_name(name, LANGUAGE.get())


def authority(authority_id: str, authorities: Any = ()) -> str:
    """Return the short name of an authority in the reader's language."""
    return display_names.authority_short(authority_id, authorities, LANGUAGE.get())


def own_title(title: str, title_native: str = "") -> str:
    """Return the title of a law in the reader's language: its own one where that is theirs, else the English one."""
    if LANGUAGE.get() == FALLBACK_LANGUAGE or not title_native:
        return title or title_native
    is_theirs = language_of(title_native).partition("-")[0] == LANGUAGE.get()
    return title_native if is_theirs else title or title_native


def gloss(title: str, title_native: str = "") -> str:
    """Return a working title in English for a title that is only Chinese; nothing where there is an English one."""
    if LANGUAGE.get() != FALLBACK_LANGUAGE or title != (title_native or title):
        return ""
    return working_title(title)


def gloss_citations(text: str) -> str:
    """Return words of ours with an English gloss behind each Chinese citation, where the page is in English."""
    return with_glosses(text) if LANGUAGE.get() == FALLBACK_LANGUAGE else text


_ENVIRONMENT.filters.update(
    when=when,
    day=day,
    gloss_citations=gloss_citations,
    hour=hour,
    month=month,
    plain=plain,
    opening=sentence_case,
    lang=lang,
    segment=segment,
    unit_counts=unit_counts,
    jurisdiction=jurisdiction,
    topic=topic,
    type_name=type_name,
    duration=duration,
)
_ENVIRONMENT.globals.update(
    _=translate, say=say, count=count, authority=authority, gloss=gloss, own_title=own_title, found_at=ADDRESS.get,
    page_language=LANGUAGE.get, page_path=HERE.get, note=note,
)  # fmt: skip


def page_of(template: str, **values: Any) -> str:
    """Return *template* filled; everything is escaped unless a template says it is our own markup."""
    return _ENVIRONMENT.get_template(template).render(**values)
