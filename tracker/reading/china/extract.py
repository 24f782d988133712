"""Take a Chinese page apart: the law, the order or notice around it, annexes, and what only belongs to the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bs4 import Tag

from storage.records import Flaw, Note
from tracker.reading.china.annexes import annex_title
from tracker.reading.china.body import build
from tracker.reading.china.consultation import ASKS, behind_notice
from tracker.reading.china.dates import to_date
from tracker.reading.china.front import sort_front
from tracker.reading.china.inline import split_running_text
from tracker.reading.china.lines import settle_rows
from tracker.reading.china.page_table import PageTable, page_table
from tracker.reading.china.start import first_provision, has_articles, is_act
from tracker.reading.formats.blocks import Block, blocks_of, lines_of
from tracker.reading.formats.markdown import is_page, plain_text, tables_as_rows, tidy
from tracker.reading.formats.recognise import Format, OpenedPage
from tracker.reading.structure.draft import Extract, ReadingContext

# body containers of the publishers' sites, most particular first (sites/cn)
CONTAINERS = (
    "#BodyLabel", "#con_con", ".Three_xilan_07", "#UCAP-CONTENT", ".trs_editor_view", ".TRS_Editor", ".advice-c .info",
    ".article-content", ".pages_content", "#Zoom", "#zoom", ".main-content", "#content",
)  # fmt: skip
# Looked for by name, attribute and value: the first CSS selector of a process costs a tenth of a second.
_TITLES = (
    ("h1", "class", "title"),
    ("h1", "", ""),
    ("", "class", "article-title"),
    ("", "id", "title"),
    ("title", "", ""),
)
_ABOUT_LAW = re.compile(
    r"答记者问|记者问|答问|问答|解读|图解|一图|读懂|发布《|公布《|出台|联合发布|联合公布|负责人就|有关负责人|发布会|评论|综述|专家谈|吹风会"
)
_COMPARES = re.compile(
    r"(?:对照|对比)(?:表|稿|版|文本)?(?:[（(][^（）()]{1,12}[）)])?$"
)  # two texts of one law, side by side
_LONGEST_NAME = 80
_ACT = re.compile(r"(?:通知|公告|意见|决定|办法|规定)$")
_QUESTION = re.compile(r"^(?:问|答|记者|[一二三四五六七八九十]{1,3}、问)[：:]|^[0-9]{1,2}[.、．]\s*问[：:]|[？?]$")
_PUBTIMES = (
    ("", "id", "pubtime"),
    ("meta", "name", "PubDate"),
    ("meta", "name", "firstpublishedtime"),
    ("", "class", "pages-date"),
    ("", "id", "time"),
)
_NO_WORDS = re.compile(r"<(?:script|style)\b[^<]*(?:<(?!/(?:script|style))[^<]*)*|<[^<>]*>", re.I)
_IDEOGRAPH, _LETTERS = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z\u00c0-\u024f\u0900-\u097f]")
_ARTICLE = re.compile(r"第[一二三四五六七八九十]+条")
_TITLE_TAIL = re.compile(
    r"[_|｜－—-]{1,2}(?:中央网络安全|中国|国家|中华人民共和国|工业和信息化部|公安部)[^_]{0,40}$"
    r"|[_|｜－—-]{1,2}[^_|｜－《》。，]{2,24}(?:网|网站|门户|平台|数据库|政府|委员会|办公室|法律法规库|部|局|厅|信息公开)$"
)
_EXPLANATION = re.compile(r"^(?:附[:：]?)?(?:关于)?(?:《.{2,60}》)?.{0,30}(?:起草|编制|修订|修改|制定)?说明$")
_DATE_TEXT = re.compile(r"(20[0-9]{2})\D{1,2}([0-9]{1,2})\D{1,2}([0-9]{1,2})")
_DATE_HOUR = re.compile(r"(20[0-9]{2})[年\-/.]([0-9]{1,2})[月\-/.]([0-9]{1,2})日?\s+[0-9]{1,2}:[0-9]{2}")


def claims(source: OpenedPage, hints: ReadingContext) -> float:
    """Say how surely this is Chinese: by the share of Chinese characters, raised by 第…条."""
    if hints.jurisdiction == "cn":
        return 1.0
    if source.format is Format.XML:
        return 0.0
    sample = _NO_WORDS.sub(" ", source.words[:60_000])
    ideographs, others = len(_IDEOGRAPH.findall(sample)), len(_LETTERS.findall(sample))
    share = ideographs / (ideographs + others) if ideographs else 0.0
    return min(1.0, share * 1.5 + (0.4 if share > 0.2 and _ARTICLE.search(sample) else 0.0))


def extract(source: OpenedPage, hints: ReadingContext) -> Extract:
    """Return the page as drafts, front matter, notes and furniture."""
    page = source.format is Format.HTML and is_page(source.text)
    table = page_table(source.soup) if page else PageTable()
    if page:
        tables_as_rows(source.soup)
        page_blocks = blocks_of(source.soup, hints.select, hints.remove, CONTAINERS)
        blocks, furniture = page_blocks.main, list(page_blocks.furniture)
        title = table.title or _page_title(source)
    elif source.format is Format.PDF:
        blocks, furniture, title = source.printed().blocks(), list(source.printed().furniture), ""
    else:
        text, furniture = plain_text(source.text)
        blocks, links = tidy(lines_of(text))
        furniture, title = [*furniture, *links], ""
    lines, saved_title, around = split_running_text(blocks)
    extract_ = assemble(settle_rows(lines), [*furniture, *around], title or saved_title, hints)
    extract_.number = table.number
    extract_.issued_on = table.issued_on
    if source.format is Format.PDF:
        extract_.notes += source.printed().notes
        extract_.flaws[:0] = source.printed().flaws
    extract_.published_on = (table.published_on or _publication_date(source)) if page else _date_with_hour(around)
    return extract_


def assemble(blocks: Sequence[Block], furniture: list[Note], title: str, hints: ReadingContext) -> Extract:
    """Return an extract from the *blocks* of the main part; *title* is the page's own, for want of one in the text."""
    extract = Extract(title=title, furniture=furniture)
    start = first_provision(blocks, title, guidance=hints.kind != "law")
    if (
        start is not None
        and hints.kind == "law"
        and (_COMPARES.search(_name(title, blocks)) or _is_about(title, blocks))
    ):
        start = None  # questions and answers are numbered 一、二、三 too
    if start is not None and hints.kind == "law" and not has_articles(blocks):
        draft = behind_notice(blocks, title)
        below = first_provision(blocks[draft:], "", guidance=False) if draft is not None else None
        start = start if draft is None else draft + below if below is not None else None
    if start is None:
        extract.notes = [Note("text", block.text) for block in blocks]
        extract.flaws.append(Flaw("no provisions", _why_none(title, blocks), fatal=True))
        return extract
    sort_front(blocks[:start], title, extract)
    extract.is_act = is_act(extract.title or title, blocks)
    after, tail = _cut_tail(list(blocks[start:]))
    build(after, extract, guidance=hints.kind != "law")
    extract.notes.extend(tail)
    return extract


def _is_about(title: str, blocks: Sequence[Block]) -> bool:
    """Say whether a page without articles only speaks about a law: its title says so, or it asks and answers."""
    if has_articles(blocks):
        return False
    name = _name(title, blocks)
    if _ABOUT_LAW.search(name) and not _ACT.search(name):
        return True
    return sum(_QUESTION.search(block.text) is not None for block in blocks) >= max(2, len(blocks) // 6)


def _name(title: str, blocks: Sequence[Block]) -> str:
    return title or next((block.text for block in blocks[:1] if len(block.text) < _LONGEST_NAME), "")


def _publication_date(source: OpenedPage) -> date | None:
    """Return the publication date the page prints; CAC's hidden ``publishdate`` is when the page was regenerated."""
    for place in _PUBTIMES:
        tag = _first_tag(source, *place)
        text = str(tag.get("content") or tag.get_text()) if tag is not None else ""
        match = _DATE_TEXT.search(text)
        if match:
            return to_date(match)
    return None


def _date_with_hour(around: Sequence[Note]) -> date | None:
    """Return the day a page saved as text prints with the hour, as sites print when they published."""
    match = next((m for note in around if (m := _DATE_HOUR.search(note.text))), None)
    return to_date(match) if match else None


def _page_title(source: OpenedPage) -> str:
    for place in _TITLES:
        tag = _first_tag(source, *place)
        if tag is not None and tag.get_text(strip=True):
            text = re.sub(r"\s+", "", tag.get_text())
            return _TITLE_TAIL.sub("", text)
    return ""


def _first_tag(source: OpenedPage, name: str, attribute: str, value: str) -> Tag | None:
    if value not in source.text:  # a look at every tag of a page takes longer than one at its text
        return None
    return source.soup.find(name or True, {attribute: value} if attribute else {})


def _cut_tail(after: list[Block]) -> tuple[list[Block], list[Note]]:
    """Take an explanatory note that follows the law off its end."""
    for place, block in enumerate(after):
        if place and len(block.text) < 60 and _EXPLANATION.match(block.text) and _stands_out(block, after[place - 1]):
            cut = place - (annex_title(after[place - 1].text) is not None)
            return after[:cut], [Note("explanatory note", b.text) for b in after[cut:]]
    return after, []


def _stands_out(block: Block, above: Block) -> bool:
    """Say whether a line is a heading: bold or centred, under an annex label, or naming the draft it explains."""
    return block.bold or bool(block.align) or annex_title(above.text) is not None or "》" in block.text


def _why_none(title: str, blocks: Sequence[Block]) -> str:
    size = sum(len(block.text) for block in blocks)
    if size < 200:
        return f"only {size} characters of text: an empty shell or a notice"
    if _COMPARES.search(title):
        return f"two texts of a law side by side: {title}"
    if _ABOUT_LAW.search(title):
        return f"about a law, not one: {title}"
    if ASKS.search(f"{title} {' '.join(block.text for block in blocks[:4])}"):
        return "a notice that asks for comments, without the draft it is about"
    return "no article (第…条) and no numbered headings"
