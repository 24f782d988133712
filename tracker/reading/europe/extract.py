"""Choose the reader by what the document contains, never by its year or name, and take the page apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import Tag

from storage.records import Flaw, Note, ProvisionKind
from tracker.reading.europe import akn, formex, headers, markup, plain, proposal
from tracker.reading.europe.assemble import assemble
from tracker.reading.europe.inline import Inline
from tracker.reading.europe.lines import EuropeanLine, Role, clean
from tracker.reading.europe.typescript import claims_text, lines_of_text
from tracker.reading.formats.blocks import blocks_of
from tracker.reading.formats.recognise import Format, OpenedPage
from tracker.reading.structure.draft import Draft, Extract, ReadingContext

_ARTICLE = re.compile(r"^\s*(?:Article|Artikel|Articolo|Artículo|Art\.)\s+1\b", re.M)
_DOCUMENTS = ("document1", "TexteOnly")
_STYLES = re.compile(
    r"""class\s*=\s*["']?(?:oj-ti-art|ti-art|oj-doc-ti|doc-ti|title-article-norm|title-doc-first|oj-normal)\b"""
)
_PROPOSAL = re.compile(r'class="(?:contentWrapper|Titrearticle|Typedudocument)"')
_OLD = re.compile(r"<txt_te|TexteOnly|▼B|LexUriServ", re.I)
_FORMEX = re.compile(r"<(?:BIB\.INSTANCE|INFO\.CONSLEG|TI\.ART|ENACTING\.TERMS)\b")
_AKN = re.compile(r"<(?:\w+:)?akomaNtoso\b")
_OF_THE_UNION = re.compile(r"FRBRcountry value=\"EU\"|akn4eu|eur-lex\.europa\.eu|publications\.europa\.eu", re.I)
_EUROPE = re.compile(r"eur-lex\.europa\.eu|publications\.europa\.eu|Official Journal of the European", re.I)
_OJ_PRINT = re.compile(
    r"\bCOM\(20\d\d\) ?\d{1,4} final|\b20\d\d/0\d{3} ?\((?:COD|NLE|APP|CNS)\)|\bELI: http|"
    r"Official Journal of the European|HAS ADOPTED THIS|HAVE ADOPTED THIS (?:REGULATION|DIRECTIVE|DECISION)"
)
_TAG = re.compile(r"<[^<>]{1,2000}>")
_SAMPLE = 120_000  # characters of a page of no known markup in which its words are looked for
_CELEX = re.compile(r"\b([03]\d{4}[A-Z]{1,2}\d{4}(?:R\(\d{2}\)|-\d{8})?)\b")


def claims(source: OpenedPage, hints: ReadingContext) -> float:
    """Return how surely *source* is an act of the Union, 0 to 1, by its markup, else by its words."""
    if source.format is Format.XML:
        return _claims_xml(source.text)
    if source.format is Format.PDF:
        return 0.7 if _OJ_PRINT.search(source.words[:60_000]) else 0.0
    if source.format is Format.TEXT:
        return claims_text(source.text)
    return _claims_html(source.text, hints) if source.format is Format.HTML else 0.0


def _claims_html(text: str, hints: ReadingContext) -> float:
    if _STYLES.search(text) or _PROPOSAL.search(text):
        return 0.98
    if _OLD.search(text):
        return 0.8
    if _EUROPE.search(text) or hints.jurisdiction == "eu":
        return 0.5
    return min(0.8, claims_text(_TAG.sub("\n", text[:_SAMPLE])))


def _claims_xml(text: str) -> float:
    if _AKN.search(text[:2000]):
        return 0.9 if _OF_THE_UNION.search(text[:20_000]) else 0.3
    return 1.0 if _FORMEX.search(text) else 0.0


def extract(source: OpenedPage, hints: ReadingContext) -> Extract:
    """Take the page apart; every visible word lands in exactly one field of the result."""
    if source.format is Format.XML:
        extract = _xml(source)
    elif source.format is Format.HTML:
        extract = _guidance(source, hints) if hints.kind == "guidance" else _html(source, hints)
    elif source.format is Format.PDF:
        extract = _plain(paragraph.text for paragraph in source.printed().paragraphs)
        extract.notes += source.printed().notes
        extract.furniture += source.printed().furniture
        extract.flaws[:0] = source.printed().flaws
    else:
        lines, apart = lines_of_text(source.text)
        extract = _plain(lines)
        extract.furniture += apart
    extract.language = extract.language or hints.language
    extract.published_on = extract.published_on or hints.published_on
    return extract


def _xml(source: OpenedPage) -> Extract:
    root = source.root
    if root is None:
        return Extract(flaws=[Flaw("damaged", "the XML is not well formed: cut off, or not XML", fatal=True)])
    if akn.is_akn(root):
        extract = assemble(akn.lines_of(root))
        extract.language, extract.number = akn.language_of(root), akn.number_of(root)
        extract.published_on = akn.published_of(root)
        return extract
    if not formex.is_formex(root):
        return _plain(str(text) for text in root.itertext())
    extract = assemble(formex.lines_of(root))
    extract.language = (root.findtext(".//LG.DOC") or root.findtext(".//LG.OJ") or "").strip().lower()
    extract.uri, extract.published_on = formex.uri_of(root), formex.published_of(root)
    return extract


def _plain(lines: Iterable[str]) -> Extract:
    return assemble(plain.with_roles([EuropeanLine(Role.TEXT, line) for line in lines if line.strip()]))


def _guidance(source: OpenedPage, hints: ReadingContext) -> Extract:
    """Read a page without articles into numbered-by-place paragraphs, so that it can be watched alike."""
    blocks = blocks_of(source.soup, hints.select, hints.remove)
    headings = [block.text for block in blocks.main if block.tag == "h1"]
    drafts = [Draft(ProvisionKind.PARAGRAPH, text=block.text) for block in blocks.main if block.tag != "h1"]
    front = [Note("preface", "\n".join(headings))] if headings else []
    return Extract(
        title=headings[0] if headings else hints.title,
        language=_declared_language(source),
        drafts=drafts,
        front=front,
        furniture=list(blocks.furniture),
    )


def _html(source: OpenedPage, hints: ReadingContext) -> Extract:
    body = source.soup.body or source.soup
    part = body.select_one(hints.select) if hints.select else None
    root = part or next(
        (tag for name in _DOCUMENTS if name in source.text and (tag := body.find(id=name)) is not None), None
    )
    bare = root is None and not any(pattern.search(source.text) for pattern in (_STYLES, _PROPOSAL, _OLD))
    root = root or (_column(body) if bare else None) or body
    root = _inside_layout(root)
    site = "" if root is body else _outside(body, root)
    if _PROPOSAL.search(source.text):
        lines = proposal.lines_of(root)
    else:
        lines = markup.lines_of(root)
        if not _STYLES.search(source.text):
            lines = plain.with_roles(lines)
    if site:
        lines.append(EuropeanLine(Role.SITE, site))
    extract = assemble(lines)
    if bare:
        extract.title = _heading(body, extract.title)
    header = "\n".join(note.text for note in extract.furniture if note.name in {"page header", "site"})
    first = header if header or not extract.front else extract.front[0].text
    extract.language = headers.language_of(first) or _declared_language(source)
    extract.uri = headers.celex_of(first) or _stated_celex(header)
    own = "\n".join(note.text for note in extract.furniture if note.name == "page header")
    extract.published_on = headers.published_of(own) or headers.journal_day(first)
    return extract


def _column(body: Tag) -> Tag | None:
    """Return what a page of no known kind says is its main part, when the articles stand in it."""
    main = body.find("main")
    return main if isinstance(main, Tag) and _ARTICLE.search(main.get_text("\n")) else None


def _heading(body: Tag, title: str) -> str:
    """Return the only first-level heading of a page, where *title* is that and what the site prints above it."""
    match = [clean(tag.get_text(" ")) for tag in body.find_all("h1")]
    return match[0] if len(match) == 1 and match[0] and match[0] in title else title


def _inside_layout(root: Tag) -> Tag:
    """Return the cell of a layout table that holds the whole act, or *root*: no act prints its articles in a cell."""
    first = root.find(class_=markup.ARTICLE_TITLES)
    cells = [tag for tag in first.parents if tag.name == "td" and root in tag.parents] if first is not None else []
    return cells[-1] if cells else root


def _stated_celex(header: str) -> str:
    match = _CELEX.search(header[:20_000])
    return match[1] if match else ""


def _declared_language(source: OpenedPage) -> str:
    html = source.soup.find("html")
    language = str(html.get("lang") or html.get("xml:lang") or "") if isinstance(html, Tag) else ""
    match = re.search(r"LW_LANGUE;value=\"([A-Z]{2})\"", source.text)
    return (match[1] if match else language[:2]).lower()


def _outside(body: Tag, root: Tag) -> str:
    inline = Inline()
    inline.out_already.add(id(root))
    text = inline.text(body)
    return clean(" ".join([text, *inline.footnote_marks, *inline.amendment_marks, *inline.notes]))
