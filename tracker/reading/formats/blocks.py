"""Walk a page, recall first: every visible word in a block, what is known furniture named, nothing thrown away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import (
    Declaration,
    Doctype,
    NavigableString,
    PageElement,
    ProcessingInstruction,
    Script,
    Stylesheet,
    TemplateString,
)

from storage.records import Note
from tracker.reading.errors import RefusedError

DEEPEST = 400
_SKIP = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "option"})
BREAKING_TAGS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "html li main nav ol p pre section table tbody tfoot thead tr ul td th caption".split()
)
_BOLD = frozenset({"strong", "b", "h1", "h2", "h3", "h4", "h5", "h6", "th"})
NOT_TEXT = (Comment, Declaration, Doctype, ProcessingInstruction, Script, Stylesheet, TemplateString)
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u2002-\u200a\u202f]+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_CENTRE = re.compile(r"text-align\s*:\s*(center|right)", re.I)
_PLAIN = re.compile(r"[#.][A-Za-z_][\w-]*")
_CHROME = re.compile(
    r"^(nav|navbar|menu|topbar|breadcrumbs?|footer|foot|header|head|share|bdshare\w*|sidebar|search\w*|cookie\w*|qrcode|"
    r"toolbar|print|related|pager|zwfenye|crumbs?)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One visible paragraph of a page.

    ``lead`` is the bold text it begins with; ``bold`` says all of it is bold; ``align`` is "center", "right" or "";
    ``tag`` the element that made it; ``link`` the share of its characters inside links (0 to 1).
    """

    text: str
    lead: str = ""
    bold: bool = False
    align: str = ""
    tag: str = "p"
    link: float = 0.0


@dataclass(frozen=True, slots=True)
class Blocks:
    """A page as blocks: what was chosen for reading, and the rest as named furniture."""

    main: tuple[Block, ...]
    furniture: tuple[Note, ...]


def squeeze(text: str) -> str:
    """Return *text* with one plain space for every run of spaces and without invisible characters; U+3000 stays."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip(" \u3000")


def blocks_of(
    soup: BeautifulSoup, select: str = "", remove: tuple[str, ...] = (), containers: tuple[str, ...] = ()
) -> Blocks:
    """Return the visible text of *soup* as blocks.

    What *select* matches (or else the first of *containers* that matches) is the main part, all the rest furniture;
    without either, the whole body is, less navigation, header and footer. *remove* takes furniture out of it.
    Raises RefusedError when elements are nested deeper than any page of law.
    """
    kept_tags = _choose(soup, select, containers)
    removed_tags = {id(tag) for css in remove for tag in soup.select(css)}
    main: list[Block] = []
    rest: list[Block] = []
    chosen_ids = {id(tag) for tag in kept_tags}
    for block, inside, chrome in _walk(soup, chosen_ids, removed_tags):  # not its body: a file may hold several pages
        keep = inside if kept_tags else not chrome
        (main if keep else rest).append(block)
    return Blocks(tuple(main), tuple(Note("furniture", block.text) for block in rest))


def lines_of(text: str) -> tuple[Block, ...]:
    """Return plain text or Markdown as blocks, a line each; front matter is dropped, emphasis becomes ``lead``."""
    return tuple(block for block in map(_markdown, _without_front_matter(text).splitlines()) if block.text)


def _choose(soup: BeautifulSoup, select: str, containers: tuple[str, ...]) -> list[Tag]:
    for css in (select, *containers):
        tags = _select(soup, css) if css else []
        if tags:
            return [tag for tag in tags if not any(parent in tags for parent in tag.parents)]
    return []


def _select(soup: BeautifulSoup, css: str) -> Sequence[Tag]:
    """Return what *css* matches; a plain id or class, which most containers are, is looked up without soupsieve."""
    if not _PLAIN.fullmatch(css):
        return soup.select(css)
    name, attribute = css[1:], "id" if css[0] == "#" else "class"
    return [node for node in soup.descendants if isinstance(node, Tag) and name in node.get_attribute_list(attribute)]


def _walk(body: Tag, kept_tags: set[int], removed_tags: set[int]) -> Iterator[tuple[Block, bool, bool]]:
    run = _Run()
    stack: list[tuple[PageElement | None, _Context]] = [(body, _Context())]
    while stack:
        node, context = stack.pop()
        if node is None:
            yield from run.flush(context)
            continue
        if isinstance(node, NavigableString):
            if not isinstance(node, NOT_TEXT):
                run.add(str(node), context)
            continue
        if not isinstance(node, Tag) or is_unseen(node):
            continue
        if node.name == "br":
            yield from run.flush(context)
            continue
        inner = context.into(node, kept_tags, removed_tags)
        if inner.depth > DEEPEST:
            raise RefusedError(f"elements nested more than {DEEPEST} deep")
        breaks = node.name in BREAKING_TAGS
        if breaks:
            yield from run.flush(context)
            stack.append((None, inner))
        stack.extend((child, inner) for child in reversed(node.contents))
    yield from run.flush(_Context())


def is_unseen(node: Tag) -> bool:
    """Return whether a browser shows nothing of *node*."""
    if node.name in _SKIP:
        return True
    if not node.attrs:
        return False
    if node.attrs.get("hidden") is not None or node.attrs.get("type") == "hidden":
        return True
    style = node.attrs.get("style")
    return isinstance(style, str) and _HIDDEN_STYLE.search(style) is not None


class _Context(NamedTuple):
    depth: int = 0
    bold: bool = False
    link: bool = False
    align: str = ""
    tag: str = "p"
    inside: bool = False
    chrome: bool = False

    def into(self, node: Tag, kept_tags: set[int], removed_tags: set[int]) -> _Context:
        name, key = node.name, id(node)
        out = key in removed_tags
        align = _align(node) if node.attrs else ""
        return _Context(
            self.depth + 1,
            self.bold or name in _BOLD,
            self.link or name == "a",
            align if align in {"center", "right"} else "" if align else self.align,
            name if name in BREAKING_TAGS else self.tag,
            (self.inside or key in kept_tags) and not out,
            self.chrome or out or _is_chrome(node),
        )


def _align(node: Tag) -> str:
    align = node.get("align")
    if align:
        return str(align).lower()
    style = node.get("style")
    centre = _CENTRE.search(style) if isinstance(style, str) else None
    return centre[1].lower() if centre else ""


def _is_chrome(node: Tag) -> bool:
    if node.name in {"nav", "footer", "header", "aside"}:
        return True
    if not node.attrs:
        return False
    names = [*(node.get("class") or ()), node.get("id") or ""]
    return any(_CHROME.match(str(name)) for name in names if name)


class _Run:
    """Text gathered for one block until something breaks the line."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, _Context]] = []

    def add(self, text: str, context: _Context) -> None:
        self.parts.append((text, context))

    def flush(self, _: _Context) -> Iterator[tuple[Block, bool, bool]]:
        parts, self.parts = self.parts, []
        text = squeeze("".join(t for t, _ in parts))
        if not text:
            return
        solid = [(t, c) for t, c in parts if t.strip()] or parts
        lead = ""
        for t, c in solid:
            if not c.bold:
                break
            lead += t
        first = solid[0][1]
        link_share = sum(len(t.strip()) for t, c in solid if c.link) / max(1, sum(len(t.strip()) for t, _ in solid))
        block = Block(text, squeeze(lead), all(c.bold for _, c in solid), first.align, first.tag, round(link_share, 2))
        yield block, first.inside, first.chrome


_HEADING = re.compile(r"^(#{1,6})\s+")
_EMPHASIS = re.compile(r"\*\*([^*\n]{1,200})\*\*")
_QUOTE_OR_RULE = re.compile(r"^(?:>\s?|[-*_]{3,}\s*$)")


def _markdown(line: str) -> Block:
    text = _QUOTE_OR_RULE.sub("", line.strip())
    heading = _HEADING.match(text)
    if heading:
        text = text[heading.end() :]
    lead = _EMPHASIS.match(text)
    plain = squeeze(_EMPHASIS.sub(r"\1", text))
    return Block(plain, squeeze(lead[1]) if lead else "", bool(heading), "", f"h{len(heading[1])}" if heading else "p")


def _without_front_matter(text: str) -> str:
    match = re.match(r"\A\ufeff?---\s*\n.{0,4000}?\n---\s*(?:\n|\Z)", text, re.S)
    return text[match.end() :] if match else text
