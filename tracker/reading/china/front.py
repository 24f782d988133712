"""Sort what stands before a Chinese law: its title, its order or notice, its contents list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from storage.records import Note
from tracker.reading.authorities import named_in
from tracker.reading.china.lines import RANK, classify
from tracker.reading.formats.blocks import Block
from tracker.reading.structure.draft import Extract

_CONSULTATION = re.compile(r"公开征求意见|征求意见的(?:通知|公告)|反馈意见")
_LAW_TITLE = re.compile(
    r"^(?:关于.{2,80}的)?(?!第|附件|附[：:]|附录).{2,80}(?:法|法典|条例|规定|办法|细则|决定|决议|规则|措施|规范|意见|通知|公告|指引|指南|准则|"
    r"制度|目录|标准|方案|解释|批复|修正案|规程|程序|要求|要点|纲要|规划|计划|守则|章程|清单|说明)"
    r"(?:[（(].{1,24}[）)])?$"
)
_SUFFIX = re.compile(r"^[（(].{1,24}(?:稿|行|草案|版|[0-9]{6,8})[）)]$|^——.{2,60}$")
_WITH_CONTENTS = re.compile(r"^(?P<title>\S.{1,78}?)[ \u3000]+(?P<name>目[ \u3000]*[录次])$")
_CONTENTS = re.compile(r"^目[ \u3000]*[录次]$")
_ENTRY = re.compile(r"(?:\.{3,}|…{2,}|·{3,})[ \u3000]*[0-9IVX]{0,4}$")
_ENTRY_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[0-9]{1,2}(?:\.[0-9]{1,2})*[ \u3000]|附)")
_STATE = "中华人民共和国"  # begins the name of a law, often on a line of its own
_SENTENCE = ("。", "：", "；", "，")
_LONGEST = 80
_TAIL_WORDS = re.compile(r"^(?:管理|暂行|实施|若干|试行|工作|服务|监督|保护|处罚|使用|登记|安全|的|和|与|及)")


def sort_front(before: Sequence[Block], page_title: str, extract: Extract) -> None:
    """Fill in the title, and the front matter and notes, from the blocks *before* the first provision.

    The order that promulgates the law and its title are preface, a notice that asks for comments is a note, and so
    is a contents list.
    """
    lines, contents = _without_contents([part for block in before for part in _name_apart(block)])
    own = title_place(lines, page_title)
    if own is not None:
        first, last = _title_span(lines, own, page_title)
        extract.title = _join(lines[first : last + 1])
    else:
        first = 0
        if not page_title or len(page_title) > _LONGEST:
            extract.title = quoted_title(lines)
    ahead = lines[:first] if own is not None else []
    notice = any(_CONSULTATION.search(block.text) for block in ahead)
    name = "consultation notice" if notice else "preface"
    (extract.notes if notice else extract.front).extend(Note(name, block.text) for block in ahead)
    extract.front.extend(Note("preface", block.text) for block in lines[len(ahead) :])
    extract.notes.extend(Note("contents", block.text) for block in contents)


def title_place(before: Sequence[Block], page_title: str) -> int | None:
    """Return where the law prints its own title: the last line before it that reads like one, else its main heading."""
    for place in range(len(before) - 1, -1, -1):
        text = _fold(before[place].text)
        if len(text) > _LONGEST or text.endswith(_SENTENCE) or text.count("》") > text.count("《"):
            continue
        if (page_title and text == _fold(page_title)) or _LAW_TITLE.match(text):
            return place
    return next((n for n, block in enumerate(before) if block.tag == "h1"), None)


def quoted_title(before: Sequence[Block]) -> str:
    """Return the first title that stands between 《 and 》, or nothing."""
    match = re.search(r"《([^《》]{2,80})》", " ".join(block.text for block in before)[:2000])
    return match[1] if match else ""


def _fold(text: str) -> str:
    return re.sub(r"[\s《》〈〉]", "", text)


def _title_span(lines: Sequence[Block], place: int, page_title: str) -> tuple[int, int]:
    """Return the lines of a title broken over several: what the page's title spells out, issuers before 关于."""
    first, last = place, place
    if last + 1 < len(lines) and _SUFFIX.match(lines[last + 1].text):
        last += 1
    while first and place - first < 3 and _goes_before(lines, first, last, page_title):
        first -= 1
    return first, last


def _goes_before(lines: Sequence[Block], first: int, last: int, page_title: str) -> bool:
    """Say whether the line above *first* is the beginning of the title that ends at *last*."""
    above, block, own_lines = lines[first - 1], lines[first], lines[first : last + 1]
    text = _fold(above.text)
    if block.text.startswith("——"):
        return len(text) <= 40 and not text.endswith(_SENTENCE)
    if len(text) > _LONGEST or text.endswith((*_SENTENCE, "）", "号", "日")) or above.tag == "h1" != block.tag:
        return False
    whole = text + "".join(_fold(b.text) for b in own_lines)
    is_state = text == _STATE and not _fold(block.text).startswith(_STATE)
    if is_state or (page_title and whole in _fold(page_title) and len(text) > 1):
        return True
    if text.endswith(("关于", "的", "和", "、", "《", "及")) and len(text) > 3:
        return True
    if _goes_on(block, above, _fold(block.text), text):
        return True
    return block.text.startswith("关于") and bool(named_in(text, "china")) and len(text) <= 40


def _goes_on(block: Block, above: Block, text: str, before: str) -> bool:
    """Return whether a line goes on with a title the line above began: 国务院关于推行… / …监管的意见."""
    alike = (block.bold, block.align) == (above.bold, above.align) and (block.bold or bool(block.align))
    if not alike or len(before) < 4 or (named_in(before, "china") and "关于" not in before):
        return False
    has_begun = "关于" in before and "关于" not in text and not _LAW_TITLE.match(before)
    return has_begun or (_TAIL_WORDS.match(text) is not None and len(text) <= 12 and not _LAW_TITLE.match(before))


def _join(lines: Sequence[Block]) -> str:
    return re.sub(r"[\s\u3000]+", "", "".join(block.text for block in lines))


def _name_apart(block: Block) -> list[Block]:
    """Return a title with 目录 behind it in one line as two lines."""
    match = _WITH_CONTENTS.match(block.text)
    return [replace(block, text=match["title"]), replace(block, text=match["name"])] if match else [block]


def _without_contents(before: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Take the contents list out: the line 目录 and the container lines and entries behind it."""
    start = next((n for n, block in enumerate(before) if _CONTENTS.match(block.text)), None)
    if start is None:
        return list(before), []
    end = start + 1
    while end < len(before) and _is_entry(before[end]):
        end += 1
    return [*before[:start], *before[end:]], list(before[start:end])


def _is_entry(block: Block) -> bool:
    if _ENTRY.search(block.text) or classify(block, "").kind in RANK:
        return True
    plain = len(block.text) <= 40 and not block.text.endswith(_SENTENCE)
    return plain and _ENTRY_NUMBER.match(block.text) is not None
