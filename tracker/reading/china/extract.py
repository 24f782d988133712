"""Take a Chinese page apart: the law, the order or notice around it, annexes, and what only belongs to the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from storage.records import Flaw, Note, ProvisionKind
from tracker.reading.blocks import Block, blocks_of, lines_of
from tracker.reading.china.body import build, first_provision
from tracker.reading.china.dates import to_date
from tracker.reading.china.inline import split_running_text
from tracker.reading.china.lines import classify
from tracker.reading.draft import Extract, Hints
from tracker.reading.formats import Format, Source

# body containers of the publishers' sites, most particular first (sites/cn)
CONTAINERS = (
    "#BodyLabel", "#con_con", ".Three_xilan_07", "#UCAP-CONTENT", ".trs_editor_view", ".TRS_Editor", ".advice-c .info",
    ".article-content", ".pages_content", "#Zoom", "#zoom", ".main-content", "#content",
)  # fmt: skip
_TITLES = (".main-title h1.title", "h1", ".article-title", "#title", "title")
_ABOUT_LAW = re.compile(r"答记者问|解读|问答|一图读懂|发布《|公布《|出台|联合发布|联合公布|负责人就")
_PUBTIMES = ("#pubtime", 'meta[name="PubDate"]', 'meta[name="firstpublishedtime"]', ".pages-date", "#time")
_TITLE_TAIL = re.compile(r"[_|－-](?:中央网络安全|中国|国家|中华人民共和国|工业和信息化部|公安部)[^_]{0,40}$")
_SIGNATURE = re.compile(
    r"^(?:[0-9〇○零一二三四五六七八九十 ]{4,6}年[0-9一二三四五六七八九十 ]{1,4}月[0-9一二三四五六七八九十 ]{1,4}日)$"
)
_EXPLANATION = re.compile(r"^(?:附[:：]?)?(?:关于)?(?:《.{2,60}》)?.{0,30}(?:起草|编制|修订|修改|制定)?说明$")
_CONSULTATION = re.compile(r"公开征求意见|征求意见的(?:通知|公告)|反馈意见")
_PROMULGATION = re.compile(r"(?:现予公布|现予发布|予以公布|现印发给|审议通过|令$|第.{1,6}号$)")


def claims(source: Source, hints: Hints) -> float:
    """Say how surely this is Chinese: by the share of Chinese characters, raised by 第…条."""
    if hints.jurisdiction == "cn":
        return 1.0
    if source.format in {Format.PDF, Format.XML}:
        return 0.0
    sample = source.text[:60_000]
    letters = [c for c in sample if c.isalpha()]
    share = sum("\u4e00" <= c <= "\u9fff" for c in letters) / len(letters) if letters else 0.0
    return min(1.0, share * 1.5 + (0.4 if re.search(r"第[一二三四五六七八九十]+条", sample) else 0.0))


def extract(source: Source, hints: Hints) -> Extract:
    """Return the page as drafts, front matter, notes and furniture."""
    if source.format is Format.HTML:
        found = blocks_of(source.soup, hints.select, hints.remove, CONTAINERS)
        blocks, furniture = found.main, list(found.furniture)
        title = _page_title(source)
    else:
        blocks, furniture, title = lines_of(source.text), [], ""
    found_extract = assemble(split_running_text(blocks), furniture, title, hints)
    found_extract.published_on = _published(source) if source.format is Format.HTML else None
    return found_extract


def assemble(blocks: Sequence[Block], furniture: list[Note], title: str, hints: Hints) -> Extract:
    """Return an extract from the *blocks* of the main part; *title* is the page's own, for want of one in the text."""
    extract = Extract(title=title, furniture=furniture)
    start = first_provision(blocks, guidance=hints.kind != "law")
    if start is not None and hints.kind == "law" and _ABOUT_LAW.search(title) and not _has_articles(blocks):
        start = None  # questions and answers are numbered 一、二、三 too
    if start is None:
        extract.notes = [Note("text", block.text) for block in blocks]
        extract.flaws.append(Flaw("no provisions", _why_none(title, blocks), fatal=True))
        return extract
    before, after = list(blocks[:start]), list(blocks[start:])
    own = _title_place(before, title)
    if own is not None:
        extract.title = _joined_title(before, own)
    elif not title or len(title) > 80:
        extract.title = _quoted_title(before)
    _sort_front(before, own, extract)
    after, tail = _cut_tail(after)
    build(after, extract, guidance=hints.kind != "law")
    extract.notes.extend(tail)
    return extract


def _published(source: Source) -> date | None:
    """Return the publication date the page prints; CAC's hidden ``publishdate`` is when the page was regenerated."""
    for css in _PUBTIMES:
        tag = source.soup.select_one(css)
        text = str(tag.get("content") or tag.get_text()) if tag is not None else ""
        match = re.search(r"(20[0-9]{2})\D{1,2}([0-9]{1,2})\D{1,2}([0-9]{1,2})", text)
        if match:
            return to_date(match)
    return None


def _page_title(source: Source) -> str:
    for css in _TITLES:
        tag = source.soup.select_one(css)
        if tag is not None and tag.get_text(strip=True):
            text = re.sub(r"\s+", "", tag.get_text())
            return _TITLE_TAIL.sub("", text)
    return ""


_LAW_TITLE = re.compile(
    r"^(?:关于.{2,80}的)?(?!第).{2,80}(?:法|条例|规定|办法|细则|决定|规则|措施|规范|意见|通知|公告|指引|准则|制度|目录|标准|方案|解释)"
    r"(?:[（(].{1,12}[）)])?$"
)


def _fold(text: str) -> str:
    return re.sub(r"[\s《》〈〉]", "", text)


def _title_place(before: Sequence[Block], page_title: str) -> int | None:
    """Return where the law prints its own title: the last line before it that reads like one."""
    for place in range(len(before) - 1, -1, -1):
        text = _fold(before[place].text)
        if len(text) > 80 or text.endswith(("。", "：", "；")):
            continue
        if (page_title and text == _fold(page_title)) or _LAW_TITLE.match(text):
            return place
    return None


def _quoted_title(before: Sequence[Block]) -> str:
    match = re.search(r"《([^《》]{2,80})》", " ".join(block.text for block in before)[:2000])
    return match[1] if match else ""


def _joined_title(before: Sequence[Block], place: int) -> str:
    title = before[place].text
    if place + 1 < len(before) and re.match(r"^[（(].{2,14}(?:稿|行|草案)[）)]$", before[place + 1].text):
        title += before[place + 1].text
    return re.sub(r"[\s\u3000]+", "", title)


def _sort_front(before: Sequence[Block], own: int | None, extract: Extract) -> None:
    """Keep the order that promulgates the law and its title as preface, a notice asking for comments as a note."""
    ahead = before[:own] if own is not None else []
    notice = any(_CONSULTATION.search(block.text) for block in ahead)
    for block in ahead:
        if notice:
            extract.notes.append(Note("consultation notice", block.text))
        else:
            extract.front.append(Note("preface", block.text))
    extract.front.extend(Note("preface", block.text) for block in before[len(ahead) :])


def _cut_tail(after: list[Block]) -> tuple[list[Block], list[Note]]:
    """Take an explanatory note that follows the law off its end."""
    for place, block in enumerate(after):
        if place and len(block.text) < 60 and _EXPLANATION.match(block.text) and (block.bold or block.align):
            return after[:place], [Note("explanatory note", b.text) for b in after[place:]]
    return after, []


def _has_articles(blocks: Sequence[Block]) -> bool:
    return sum(classify(block, "").kind is ProvisionKind.ARTICLE for block in blocks) >= 2


def _why_none(title: str, blocks: Sequence[Block]) -> str:
    size = sum(len(block.text) for block in blocks)
    if size < 200:
        return f"only {size} characters of text: an empty shell or a notice"
    if _ABOUT_LAW.search(title):
        return f"about a law, not one: {title}"
    return "no article (第…条) and no numbered headings"
