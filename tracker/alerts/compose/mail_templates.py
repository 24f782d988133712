"""The templates of our mail, and what they need to know about text."""

from __future__ import annotations

from functools import cache
from typing import Any

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from storage.records import OpKind
from tracker.alerts.compose.redline_excerpt import Excerpt
from tracker.render.scripts import language_of
from tracker.wording.citation_gloss import with_glosses
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.text_fit import wrap

_MARKS = {OpKind.DELETE: "[-{}-]", OpKind.INSERT: "{{+{}+}}", OpKind.EQUAL: "{}"}


def html(template: str, context: dict[str, Any], words: Labels) -> str:
    """Return a template as HTML with its style on every element; only the rules for dark screens stay apart."""
    return _inliner().inline(_render(f"{template}.html", context, words))


def fragment(template: str, context: dict[str, Any], words: Labels) -> str:
    """Return a template as a piece of HTML with its style on every element, to be put into a page."""
    return _inliner().inline_fragment(_render(f"{template}.html", context, words), _style())


def text(template: str, context: dict[str, Any], words: Labels) -> str:
    """Return a template as plain text."""
    return _render(f"{template}.txt", context, words).strip() + "\n"


def marks(redline: Excerpt) -> str:
    """Return a redline for a terminal: removed words in ``[- -]``, added ones in ``{+ +}``."""
    return "".join(_MARKS[piece.kind].format(piece.text) for piece in redline.pieces)


def _render(template: str, context: dict[str, Any], words: Labels) -> str:
    return _environment().get_template(f"email/{template}").render(context, w=words)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tracker", "templates"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(wrap=_wrap, marks=marks, lang=_lang, gloss=_gloss)
    return environment


def _wrap(value: object, indent: str = "") -> str:
    return wrap(str(value).strip(), indent=indent)


def _gloss(text: str, language: str) -> str:
    """Return words of ours with an English gloss behind each Chinese citation, for readers of English."""
    return with_glosses(text) if language == ENGLISH.language else text


def _lang(text: str, page_language: str, declared_language: str = "") -> Markup:
    """Return the attribute that says in which language *text* is; nothing for the language of the mail."""
    language = language_of(text, declared_language)
    same = language.partition("-")[0] == page_language.partition("-")[0]
    return Markup("") if same else Markup(' lang="{}"').format(language)


@cache
def _style() -> str:
    return _environment().get_template("email/_light.css").render()


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
