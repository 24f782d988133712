"""The guards at the door: what arrived under a good status and still is not the page."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from crawlers.checks.charsets import is_charset
from crawlers.errors import UnusablePageError
from crawlers.failure_causes import Cause
from crawlers.items import FetchedPage

SHORT = 1500
"""Length up to which a page may be a notice whatever its title: a law with its page around it is longer."""
LONGEST = 9000
"""Length up to which a page whose title is a notice's counts as one."""
LEAST = 40
"""Visible characters below which a page says nothing: an empty shell waiting for its scripts."""
HEAD = 300

_SNIFF_LENGTH = 4096
_TAGS = re.compile(r"<[^<>]*>")  # linear: a run ends at the next bracket of either kind
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,400})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{1,30})", re.IGNORECASE)
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]")
_MARKUP = {"html", "xml"}
_STARTS = ((b"%pdf", "pdf"), (b"pk\x03\x04", "zip"), (b"{", "json"), (b"[", "json"))
_HTML_ROOTS = frozenset(
    "html head body title meta link base div p table tbody tr td ul ol li dl span script style center font h1 h2 h3 h4 "
    "form input select nav header main section article aside a b i strong em br hr img iframe noscript".split()
)
_INVISIBLE_ELEMENTS = ("script", "style", "noscript", "template", "head")


def inspect(page: FetchedPage) -> None:
    """Raise UnusablePageError when what arrived is not the page that was asked for."""
    for guard in _GUARDS:
        guard(page)


def sniff(body: bytes) -> str:
    """Return the family of a body: pdf, zip, html, xml, json or text.

    >>> sniff(b"<?xml version='1.0'?><html xmlns='x'>"), sniff(b"%PDF-1.7"), sniff(b' {"a": 1}')
    ('html', 'pdf', 'json')
    """
    head = body[:_SNIFF_LENGTH].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for start, family in _STARTS:
        if head.startswith(start):
            return family
    root = _root(head)
    if root in _HTML_ROOTS:
        return "html"
    if root or head.startswith(b"<?xml"):
        return "xml"
    return "html" if re.search(rb"<(?:!doctype )?html[\s>]", head) else "text"


def visible_text(body: bytes) -> str:
    """Return what a person would see of a page of markup, roughly and in bounded time."""
    text = _text_of(body)
    for name in _INVISIBLE_ELEMENTS:
        text = _without(text, name)
    return " ".join(_TAGS.sub(" ", text).split())


def _refuse_challenge(page: FetchedPage) -> None:
    if page.status == 202:
        action = page.header("x-amzn-waf-action")
        raise UnusablePageError(Cause.CHALLENGE, f"status 202{f' with {action}' if action else ''}: not the page")


def _refuse_other_site(page: FetchedPage) -> None:
    if page.other_site:
        raise UnusablePageError(Cause.ELSEWHERE, f"redirected for now to {page.other_site}, which is another site")


def _refuse_empty(page: FetchedPage) -> None:
    if not page.body.strip():
        raise UnusablePageError(Cause.EMPTY, "the body is empty")


def _refuse_truncated(page: FetchedPage) -> None:
    claim = page.header("content-length")
    if page.exchange.is_truncated or (claim.isdigit() and int(claim) != page.exchange.length):
        raise UnusablePageError(
            Cause.TRUNCATED, f"{page.exchange.length} bytes arrived of {claim or 'an unfinished transfer'}"
        )


def _refuse_other_type(page: FetchedPage) -> None:
    family = sniff(page.body)
    if family in page.look.expects:
        return
    notice = _notice(page, family)
    if notice is not None:
        raise notice
    media_type = page.header("content-type") or "no media type"
    raise UnusablePageError(
        Cause.WRONG_TYPE, f"{family} arrived ({media_type}), expected {' or '.join(page.look.expects)}"
    )


def _refuse_notice(page: FetchedPage) -> None:
    notice = _notice(page, sniff(page.body))
    if notice is not None:
        raise notice


def _refuse_empty_shell(page: FetchedPage) -> None:
    if not page.rows and sniff(page.body) == "html" and len(visible_text(page.body)) < LEAST:
        raise UnusablePageError(
            Cause.EMPTY_SHELL, f"fewer than {LEAST} visible characters: a shell without its content"
        )


def _refuse_too_few_items(page: FetchedPage) -> None:
    if page.links is None:
        return
    if page.rows < page.least_rows:
        text = f"{page.rows} rows on the list, at least {page.least_rows} expected"
        raise UnusablePageError(Cause.TOO_FEW_ITEMS, text)
    if len(page.links) < page.least_items:
        text = f"{len(page.links)} items on the list, at least {page.least_items} expected"
        raise UnusablePageError(Cause.TOO_FEW_ITEMS, text + (f"; {page.rows} rows in all" if page.rows else ""))


_GUARDS: tuple[Callable[[FetchedPage], None], ...] = (
    _refuse_challenge,
    _refuse_other_site,
    _refuse_empty,
    _refuse_truncated,
    _refuse_other_type,
    _refuse_notice,
    _refuse_empty_shell,
    _refuse_too_few_items,
)


def _notice(page: FetchedPage, family: str) -> UnusablePageError | None:
    if family not in _MARKUP | {"text"}:
        return None
    text = (visible_text(page.body) if family in _MARKUP else _text_of(page.body)).lower()
    title = _TITLE.search(_text_of(page.body[:_SNIFF_LENGTH]).lower()) if family == "html" else None
    length = _length(text)
    for cause, (strong, weak) in _notices().items():
        in_title = [w for w in strong if title and w in title[1]] if length <= LONGEST else []
        in_head = [w for w in strong if w in text[:HEAD]] if length <= SHORT else []
        anywhere = [w for w in weak if w in text] if length <= SHORT else []
        for word in (*in_title, *in_head, *anywhere):
            return UnusablePageError(cause, f"the page says {word!r}")
    return None


def _length(text: str) -> int:
    """Return the length of *text*, a Chinese character counted as three: so much more it says."""
    return len(text) + 2 * sum(1 for _ in _IDEOGRAPHS.finditer(text))


@cache
def _notices() -> dict[Cause, tuple[tuple[str, ...], tuple[str, ...]]]:
    table = tomllib.loads((Path(__file__).parent / "notices.toml").read_text(encoding="utf-8"))
    return {Cause(name): (tuple(words["strong"]), tuple(words["weak"])) for name, words in table.items()}


def _text_of(body: bytes) -> str:
    if body.startswith(codecs.BOM_UTF8):
        return body[len(codecs.BOM_UTF8) :].decode("utf-8", "replace")
    match = _CHARSET.search(body[:_SNIFF_LENGTH])
    name = match[1].decode("ascii").lower() if match else "utf-8"
    name = "gb18030" if name.startswith("gb") else name
    return body.decode(name if is_charset(name) else "utf-8", "replace")


def _without(text: str, name: str) -> str:
    """Cut every element *name* out of *text*, without a pattern that could run away."""
    lower, pieces, at = text.lower(), [], 0
    while (start := lower.find(f"<{name}", at)) >= 0:
        follows = lower[start + len(name) + 1 : start + len(name) + 2]
        if follows not in " \t\r\n>/":  # <header> is no <head>
            pieces.append(text[at : start + 1])
            at = start + 1
            continue
        pieces.append(text[at:start])
        end = lower.find(f"</{name}", start)
        if end < 0:
            return "".join(pieces)
        at = max(lower.find(">", end) + 1, end + len(name) + 2)
    return "".join([*pieces, text[at:]])


def _root(head: bytes) -> str:
    """Return the name of the first element of a page of markup; a DOCTYPE of HTML counts as one."""
    at = 0
    while head[at : at + 2] in {b"<?", b"<!"}:
        if head[at:].startswith(b"<!doctype html"):
            return "html"
        end = head.find(b"-->" if head.startswith(b"<!--", at) else b">", at)
        if end < 0:
            return ""
        at = _after_space(head, head.index(b">", end) + 1)
    match = re.match(rb"<([a-z_][\w.:-]{0,60})[\s/>]", head[at:])
    return match[1].decode("ascii") if match else ""


def _after_space(head: bytes, at: int) -> int:
    return len(head) - len(head[at:].lstrip())
