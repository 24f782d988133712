"""Part a Chinese text from its annexes and its signature block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.reading.china.lines import NUMBER, classify, heading_number, is_date_line
from tracker.reading.formats.blocks import Block

_GAP = r"[ \t\u3000]"
_ANNEX = re.compile(rf"^(附件|附录|附表|附图|附)({_GAP}*({NUMBER}|[A-Z]))?{_GAP}*([：:]?){_GAP}*(.{{0,60}})$")
_LIST = re.compile(r"^(?:附件|附)[ \u3000]*[：:]")
_ENTRY = re.compile(r"^[ \u3000]*[0-9０-９]{1,2}[.．、]")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|ofd|zip|rar)$", re.I)
_SHORT = 40
_SENTENCE_ENDS = ("。", "；", "：", "，", ":", ";")
_CLOSING = re.compile(r"^[（(](?:此件|联系人|联系方式)[^（）()]{0,60}[）)]$")


@dataclass(slots=True)
class AnnexPiece:
    """The main text (no label) or one annex, with its blocks."""

    number: str = ""
    label: str = ""
    heading: str = ""
    blocks: list[Block] = field(default_factory=list)


def split_annexes(blocks: Sequence[Block]) -> list[AnnexPiece]:
    """Return the main text and then its annexes; a list of annexes ("附件：1.…") begins none."""
    pieces = [AnnexPiece()]
    for place, block in enumerate(blocks):
        title = _title(blocks, place)
        if title is not None:
            pieces.append(AnnexPiece(*title))
        elif len(pieces) > 1 and not pieces[-1].blocks and _is_heading(block) and _has_no_title(pieces[-1]):
            pieces[-1].heading = f"{pieces[-1].heading} {block.text}".strip()
        else:
            pieces[-1].blocks.append(block)
    return pieces


def annex_title(text: str) -> tuple[str, str, str] | None:
    """Return number, label and heading when *text* is the title line of an annex, else None.

    >>> annex_title("附件1：名录"), annex_title("附表规定的税额，由国务院调整。")
    (('1', '附件1', '名录'), None)
    """
    match = _ANNEX.match(text)
    if not match:
        return None
    word, number, colon, rest = match[1], match[3] or "", match[4], match[5].strip()
    if rest.endswith(("。", "；", "，", "：")) or "》" in rest[:-1]:
        return None
    has_gap = text[len(word) : len(word) + 1] in " \u3000（"
    if not number and not colon and rest and not (has_gap and word != "附"):
        return None  # "附件材料", "附则"
    if word == "附" and not colon and not number:
        return None
    return number, word + (match[2] or ""), rest


def names_annexes(text: str) -> bool:
    """Say whether a line only lists annexes: "附件：1.…", "2.…"."""
    return _LIST.match(text) is not None or _ENTRY.match(text) is not None


def _title(blocks: Sequence[Block], place: int) -> tuple[str, str, str] | None:
    if blocks[place].text[:1] != "附":
        return None
    title = annex_title(blocks[place].text)
    if title is None or place + 1 == len(blocks) or blocks[place].link > 0.3 or _FILE.search(title[2]):
        return None
    heading = title[2]
    if _LIST.match(blocks[place].text) and (_ENTRY.match(heading) or _lists(blocks, place)):
        return None
    if heading and annex_title(blocks[place + 1].text):  # "附件1：甲", "附件2：乙" on lines of their own are a list
        return None
    if heading and place and annex_title(blocks[place - 1].text) and _signed_soon(blocks, place):
        return None
    return title


def _lists(blocks: Sequence[Block], place: int) -> bool:
    """Say whether "附件：…" only names annexes: entries, a signature, or the annex itself follow it."""
    below = blocks[place + 1 : place + 12]
    return (
        _signed_soon(blocks, place)
        or _ENTRY.match(below[0].text) is not None
        or any((title := annex_title(b.text)) is not None and title[1] and not _LIST.match(b.text) for b in below)
    )


def _signed_soon(blocks: Sequence[Block], place: int) -> bool:
    return any(is_date_line(block.text) for block in blocks[place + 1 : place + 9])


def _has_no_title(piece: AnnexPiece) -> bool:
    """Say whether *piece* has no title yet: nothing, or only what kind of annex it is ("（资料性）")."""
    return not piece.heading or re.fullmatch(r"[（(].{1,12}[）)]", piece.heading) is not None


def _is_heading(block: Block) -> bool:
    text = block.text
    plain = classify(block, "").kind is None and heading_number(block) is None
    return plain and block.tag != "tr" and len(text) <= _SHORT and not text.endswith(_SENTENCE_ENDS)


def cut_signature(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Return *blocks* without and with the end of an official document: annex list, issuers, date, release note."""
    last = next((n for n in range(len(blocks) - 1, max(-1, len(blocks) - 8), -1) if is_date_line(blocks[n].text)), None)
    if last is None or any(len(block.text) > 80 for block in blocks[last + 1 :]):
        return list(blocks), []
    start = last
    while start and _is_signatory(blocks[start - 1]):
        start -= 1
    list_start = start
    while list_start and _ENTRY.match(blocks[list_start - 1].text):
        list_start -= 1
    if list_start and _LIST.match(blocks[list_start - 1].text):
        start = list_start - 1
    return list(blocks[:start]), list(blocks[start:])


def _is_signatory(block: Block) -> bool:
    text = block.text
    if _CLOSING.match(text):
        return True
    plain = classify(block, "").kind is None and heading_number(block) is None
    return plain and len(text) <= _SHORT and not text.endswith((*_SENTENCE_ENDS, "”")) and not _LIST.match(text)
