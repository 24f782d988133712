"""Web pages: California's leginfo, NIST guidance, state bill pages, and any page that prints numbered sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from bs4 import BeautifulSoup

from storage.records import Milestone, MilestoneKind, Note, ProvisionKind
from tracker.reading.america.dates import DATE, to_date
from tracker.reading.america.ecfr_page import ecfr_page, is_ecfr_page
from tracker.reading.america.fixed_width import is_fixed_width, preformatted_text
from tracker.reading.america.ladders import STATUTE
from tracker.reading.america.nesting import section
from tracker.reading.america.plain import find_head, is_history, statute
from tracker.reading.america.printed_lines import printed_lines, title_from_front
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.register_text import is_register_page, register_page
from tracker.reading.formats.blocks import Block, Blocks, blocks_of, squeeze
from tracker.reading.formats.struck import take_struck
from tracker.reading.structure.draft import Draft, ReadingContext

K = ProvisionKind
_CONTAINERS = (
    "main .rmf-content",
    ".nist-page__region--content",
    ".entry-content",
    "article .body-content",
    "main#main-content",
    "main",
    "article",
    "#content",
)
_CODE_PAGE = "#manylawsections, #codeLawSectionNoHead"
_GUIDANCE = ("main .rmf-content", ".nist-page__content")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SHORT = 60  # a table's head cell heads what follows only when it is short; NIST prints whole rules in them
_BILL_SECTION = re.compile(r"^(?:SECTION|SEC\.)\s+(?P<number>\d{1,4}(?:\.\d{1,3})?)\.$")
_CODE_SECTION = re.compile(r"^(?P<number>\d{1,6}(?:\.\d{1,4}){0,4}[a-z]?)\.$")
_BILL_NUMBER = re.compile(
    r"(?:Senate|Assembly) (?:Bill|Joint Resolution|Concurrent Resolution|Constitutional Amendment)\s+No\. \d{1,5}", re.I
)
_APPROVAL = re.compile(rf"Approved\s+by\s+(?:the )?Governor\s+{DATE}", re.I)
_CHAPTER = re.compile(
    r"^(?P<label>(?:CHAPTER|PART|ARTICLE|TITLE|DIVISION)\s+(?P<number>[\d.]+?|[IVXLC]+))\.\s*(?P<title>.*)$", re.I
)


def page(soup: BeautifulSoup, hints: ReadingContext) -> AmericanExtract:
    """Take a web page apart; what it strikes through is set apart first."""
    struck_texts = [Note("struck text", text) for text in take_struck(soup)]
    text = preformatted_text(soup)
    extract = _read_print(soup, text) if text and is_fixed_width(text) else _page(soup, hints)
    extract.notes.extend(struck_texts)
    return extract


def _read_print(soup: BeautifulSoup, text: str) -> AmericanExtract:
    """Read a page that is one <pre>, as GPO and the legislatures show their prints."""
    extract = printed_lines(text)
    extract.furniture += blocks_of(soup, "pre").furniture
    extract.title = extract.title or _page_title(soup)
    return extract


def _page(soup: BeautifulSoup, hints: ReadingContext) -> AmericanExtract:
    if soup.select_one("#bill_all #bill") is not None:
        return _leginfo(soup)
    if soup.select_one(_CODE_PAGE) is not None:
        return _code_page(soup)
    if is_ecfr_page(soup):
        return _ecfr(soup)
    extract = AmericanExtract(language="en")
    blocks = blocks_of(soup, hints.select, hints.remove, _CONTAINERS)
    extract.furniture.extend(blocks.furniture)
    headline = next((b.text for b in blocks.main if b.tag == "h1"), "") or _headline(soup)
    if is_register_page([block.text for block in blocks.main]):
        return _register(blocks, headline, soup)
    extract.title = headline or hints.title or _page_title(soup)
    if any(find_head(block.text) for block in blocks.main):
        statute([block.text for block in blocks.main], extract)
        if not extract.title:
            title_from_front(extract)
        if extract.type == "executive order":
            extract.published_on = _publication_day(soup)
    elif hints.kind == "guidance" or any(soup.select_one(css) is not None for css in _GUIDANCE):
        extract.type = "guidance"
        _guidance(blocks.main, extract)
    else:
        extract.notes.extend(Note("page text", block.text) for block in blocks.main)
    return extract


def _ecfr(soup: BeautifulSoup) -> AmericanExtract:
    """Read a page of the eCFR; what its site prints around the part is furniture."""
    extract = ecfr_page(soup)
    extract.furniture += blocks_of(soup, ".part, .subpart, .section, .chapter, .title").furniture
    return extract


def _register(blocks: Blocks, headline: str, soup: BeautifulSoup) -> AmericanExtract:
    """Read the page of one document of the Federal Register."""
    extract = register_page([block.text for block in blocks.main], headline)
    extract.furniture += blocks.furniture
    extract.title = extract.title or headline or _page_title(soup)
    extract.published_on = _publication_day(soup)
    return extract


def _page_title(soup: BeautifulSoup) -> str:
    return soup.title.get_text(" ", strip=True) if soup.title else ""


def _headline(soup: BeautifulSoup) -> str:
    """Return the only first-level heading of a page, where it stands outside the text."""
    blocks = [text for tag in soup.find_all("h1") if (text := squeeze(tag.get_text(" ")))]
    return blocks[0] if len(blocks) == 1 else ""


def _publication_day(soup: BeautifulSoup) -> date | None:
    """Return the day a page says it was published: of an order, the day of the official page."""
    time, meta = soup.select_one("time[datetime]"), soup.select_one('meta[property="article:published_time"]')
    value = (time.get("datetime") if time else None) or (meta.get("content") if meta else None)
    try:
        return date.fromisoformat(str(value or "")[:10])
    except ValueError:
        return None


def _code_page(soup: BeautifulSoup) -> AmericanExtract:
    """Read sections of a California code: what stands before the first says which division they are from."""
    extract = AmericanExtract(type="statute", language="en")
    blocks = blocks_of(soup, _CODE_PAGE)
    extract.furniture.extend(blocks.furniture)
    starts = [i for i, block in enumerate(blocks.main) if _CODE_SECTION.match(block.text) and block.tag in _HEADINGS]
    above = [block.text for block in blocks.main[: starts[0] if starts else None]]
    extract.front.extend(Note("preface", line) for line in above)
    extract.title = next((line for line in reversed(above) if not line.startswith("(")), "") or _page_title(soup)
    for start, end in zip(starts, [*starts[1:], len(blocks.main)], strict=bool(starts)):
        match = _CODE_SECTION.match(blocks.main[start].text)
        assert match is not None
        label = blocks.main[start].text
        lines = [block.text for block in blocks.main[start + 1 : end]]
        extract.notes.extend(Note(f"history of {label}", line) for line in lines if is_history(line))
        own = [line for line in lines if not is_history(line)]
        has_heading = len(own) > 1 and own[1].startswith("(a)") and own[0][-1:] not in ".:;,—"
        extract.drafts.append(
            section(match["number"], label, own[0] if has_heading else "", own[1:] if has_heading else own, STATUTE)
        )
    return extract


def _guidance(blocks: Sequence[Block], extract: AmericanExtract) -> None:
    """Read text without numbering into paragraphs; headings and table rows' heads stand before what they head."""
    headings: list[str] = []
    for block in blocks:
        if block.tag in _HEADINGS or (block.tag in {"th", "dt"} and len(block.text) < _SHORT):
            headings.append(block.text)
        else:
            extract.drafts.append(Draft(K.PARAGRAPH, heading="\n".join(headings), text=block.text))
            headings = []
    if headings:
        extract.drafts.append(Draft(K.PARAGRAPH, heading="\n".join(headings)))


def _leginfo(soup: BeautifulSoup) -> AmericanExtract:
    """Read a bill of California: its history and title are front matter, the digest a note, the bill the law."""
    extract = AmericanExtract(type="bill", language="en")
    digest = blocks_of(soup, ".digesttext, #digesttext").main
    about = blocks_of(soup, "#about", (".digesttext", "#digesttext")).main
    between = blocks_of(soup, "#bill_all", ("#bill", "#about")).main
    bill = blocks_of(soup, "#bill")
    extract.front.extend(Note("preface", block.text) for block in about)
    extract.notes.extend(Note("digest", block.text) for block in digest)
    extract.furniture.extend(Note("furniture", block.text) for block in between)
    extract.furniture.extend(_less(bill.furniture, [*about, *digest, *between]))
    extract.title = _bill_title(soup)
    _stage([block.text for block in about], extract)
    _bill(bill.main, extract)
    return extract


def _less(notes: Sequence[Note], blocks: Sequence[Block]) -> list[Note]:
    """Return *notes* without those that are kept already as *blocks*, one for one."""
    counts = Counter(block.text for block in blocks)
    left: list[Note] = []
    for note in notes:
        if counts[note.text]:
            counts[note.text] -= 1
        else:
            left.append(note)
    return left


def _bill_title(soup: BeautifulSoup) -> str:
    head = soup.select_one("#bill_header h1, #bill_header h2, #title")
    return re.sub(r"\s+", " ", head.get_text(" ", strip=True)) if head else _page_title(soup)


def _stage(lines: Sequence[str], extract: AmericanExtract) -> None:
    pairs = [*lines, *(f"{line} {after}" for line, after in pairwise(lines))]  # "Senate Bill" may stand above "No. 9"
    extract.number = next((line for line in pairs if _BILL_NUMBER.fullmatch(line)), "")
    approvals = (to_date(match) for line in lines if (match := _APPROVAL.search(line)))
    extract.milestones.extend(
        Milestone(MilestoneKind.ADOPTED, on, "Approved by Governor") for on in list(approvals)[:1]
    )
    extract.stage = re.sub(r"\s+", " ", lines[0]) if lines else ""
    extract.agencies.append("California Legislature")


def _bill(blocks: Sequence[Block], extract: AmericanExtract) -> None:
    head: Draft | None = None
    open_section: tuple[str, str, str, list[str]] | None = None
    for block in blocks:
        bill = _BILL_SECTION.match(block.text) if block.tag in _HEADINGS else None
        code = _CODE_SECTION.match(block.text) if block.tag in _HEADINGS else None
        chapter = _CHAPTER.match(block.text) if block.tag in _HEADINGS else None
        if bill or code or chapter:
            head = _close(open_section, head, extract)
            open_section = None
        if bill:
            head = None
            open_section = (bill["number"], block.text, "bill", [])
        elif code:
            open_section = (code["number"], block.text, "code", [])
        elif chapter and head is not None:
            head.text = "\n".join(filter(None, (head.text, block.text)))
        elif open_section is not None:
            open_section[3].append(block.text)
        else:
            extract.front.append(Note("preamble", block.text))
    _close(open_section, head, extract)


def _close(
    section_open: tuple[str, str, str, list[str]] | None, head: Draft | None, extract: AmericanExtract
) -> Draft | None:
    """Finish the section that is open: a code section set out by a bill section is its child."""
    if section_open is None:
        return head
    number, label, kind, lines = section_open
    draft = section(number, label, "", lines, STATUTE)
    if kind == "code" and head is not None:
        head.children.append(draft)
        return head
    extract.drafts.append(draft)
    return draft
