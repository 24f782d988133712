"""Say what one line of a Chinese legal text may begin: a container, an article, an item, an annex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from storage.records import ProvisionKind
from tracker.reading.formats.blocks import Block
from tracker.reading.formats.markdown import CELLS
from tracker.reading.structure.numbers import CHINESE, fold_number

K = ProvisionKind
_GAP = r"[ \t\u3000]"
NUMBER = rf"(?:[{CHINESE}](?:{_GAP}?[{CHINESE}]){{0,8}}|[0-9０-９]{{1,4}})"
_INSERTION = rf"(?:{_GAP}?之{_GAP}?(?:[{CHINESE}]{{1,3}}|[0-9]{{1,2}}))?"
_CONTAINER = re.compile(rf"^第{_GAP}*({NUMBER}){_GAP}*(分编|编|章|节){_GAP}*(.{{0,60}})$")
_ARTICLE = re.compile(rf"^第{_GAP}*({NUMBER}){_GAP}*条({_INSERTION})")
_ITEM = re.compile(rf"^[（(]{_GAP}*({NUMBER}){_GAP}*[）)]{_GAP}*")
_POINT = re.compile(
    r"^(?:([0-9０-９]{1,2})[.．、](?![0-9０-９])|[（(]([0-9０-９]{1,2})[）)]|([①-⑳])|([0-9]{1,2})[）)])" + _GAP + "*"
)
_HEAD = re.compile(rf"^([{CHINESE}]{{1,3}})[、．]{_GAP}*")
# "第五条规定的…" begins a sentence, not an article
_REFERENCE = re.compile(
    rf"^(?:规定|的|、|[和或至到及](?:者|其|本)?第|第[{CHINESE}]{{1,4}}[款项]|所[列称规指述]|中(?:的|，|规定|“)|以及|，|,|情形|行为(?:的|，)"
    r"|修改为|改为)"
)
_KINDS = {"编": K.PART, "分编": K.SUBPART, "章": K.CHAPTER, "节": K.SECTION}
LINK = 0.9  # of a line: "第三条 释义", below the law, leads to another page
_SUPPLEMENTARY = re.compile(r"^附[ \u3000]*则$")
RANK = {K.PART: 0, K.TITLE: 0, K.SUBPART: 1, K.CHAPTER: 2, K.SECTION: 3}


@dataclass(frozen=True, slots=True)
class ChineseLine:
    """A block with what it begins: ``kind`` None is running text."""

    kind: ProvisionKind | None
    number: str
    label: str
    rest: str
    block: Block


def classify(block: Block, last_article: str) -> ChineseLine:
    """Return what *block* begins; *last_article* is the folded number of the article before it ("" at the start).

    An article needs a space or bold type behind its number, or to be next in the sequence and not to read on as a
    reference would.
    """
    text = block.text
    if block.tag == "tr" and CELLS in text:
        return ChineseLine(None, "", "", text, block)
    if text[:1] == "第":
        article = _ARTICLE.match(text)
        if article and block.link <= LINK and _is_article(article, block, last_article):
            number = _bare(article[1] + article[2])
            return ChineseLine(K.ARTICLE, number, article[0], text[article.end() :].lstrip(" \t\u3000:："), block)
        container = _CONTAINER.match(text)
        if container and not container[3].endswith(("。", "；", "，", "：")):
            kind = _KINDS[container[2]]
            return ChineseLine(
                kind, _bare(container[1]), text[: container.end(2)], container[3].strip(" \u3000"), block
            )
        return ChineseLine(None, "", "", text, block)
    if _SUPPLEMENTARY.match(text):
        return ChineseLine(K.TITLE, "", text, "", block)
    return _item(block)


def settle_rows(blocks: Sequence[Block]) -> list[Block]:
    """Return *blocks* with the rows of a table that holds the law itself as lines of law.

    A cell that names an article ("第三条 | 警告") begins none as long as most articles stand outside tables.
    """
    names = [block for block in blocks if _ARTICLE.match(block.text)]
    rows = [block for block in names if block.tag == "tr" and CELLS in block.text]
    if not rows or 2 * len(rows) < len(names):
        return list(blocks)
    return [replace(b, text=b.text.replace(CELLS, "\u3000", 1), tag="p") if b in rows else b for b in blocks]


def _item(block: Block) -> ChineseLine:
    text = block.text
    item = _ITEM.match(text)
    if item and not _digits(item[1]):
        return ChineseLine(K.ITEM, _bare(item[1]), item[0].strip(), text[item.end() :], block)
    point = _POINT.match(text)
    if point:
        return ChineseLine(K.POINT, next(n for n in point.groups() if n), point[0].strip(), text[point.end() :], block)
    return ChineseLine(None, "", "", text, block)


def heading_number(block: Block) -> tuple[str, str, str] | None:
    """Return number, label and rest of a first-level heading of an official document ("一、…"), or None."""
    match = _HEAD.match(block.text)
    if match:
        return match[1], match[0].strip(), block.text[match.end() :]
    alone = block.tag[:1] == "h" and 0 < len(block.text) <= 3 and all(c in CHINESE for c in block.text)
    return (block.text, block.text, "") if alone else None


def is_date_line(text: str) -> bool:
    """Say whether *text* is a date and nothing else, as in a signature block."""
    return _DATE_LINE.match(text) is not None


_DATE_LINE = re.compile(
    r"^[0-9０-９〇○Ｏ零一二三四五六七八九十]{2,5}\s*年\s*[0-9０-９一二三四五六七八九十]{1,3}\s*月\s*[0-9０-９一二三四五六七八九十]{1,3}\s*日$"
)


def _bare(number: str) -> str:
    return re.sub(r"[ \t\u3000]", "", number)


def _digits(number: str) -> bool:
    return number[0] not in CHINESE


def _is_article(match: re.Match[str], block: Block, last: str) -> bool:
    rest = block.text[match.end() :]
    number = fold_number(_bare(match[1] + match[2]))
    if block.lead and _bare(block.lead).startswith(_bare(match[0])):
        return True
    if not rest or rest[0] in " \t\u3000:：":
        return not last or _follows(number, last) or not _REFERENCE.match(rest.strip())
    return _follows(number, last) and not _REFERENCE.match(rest)


def _follows(number: str, last: str) -> bool:
    if not last:
        return number == "1"
    base, _, suffix = last.partition("-")
    return number in {str(int(base) + 1), f"{base}-{int(suffix or 0) + 1}"}
