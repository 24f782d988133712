"""Say what one line of a Chinese legal text may begin: a container, an article, an item, an annex."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storage.records import ProvisionKind
from tracker.reading.blocks import Block
from tracker.reading.numbers import CHINESE, fold_number

K = ProvisionKind
_N = rf"(?:[{CHINESE}]{{1,9}}|[0-9０-９]{{1,4}})"
_INSERTED = rf"(?:之(?:[{CHINESE}]{{1,3}}|[0-9]{{1,2}}))?"
_GAP = r"[ \t\u3000]"
_CONTAINER = re.compile(rf"^第{_GAP}*({_N}){_GAP}*(分编|编|章|节){_GAP}*(.{{0,60}})$")
_ARTICLE = re.compile(rf"^第{_GAP}*({_N}){_GAP}*条({_INSERTED})")
_ITEM = re.compile(rf"^[（(]{_GAP}*({_N}){_GAP}*[）)]{_GAP}*")
_POINT = re.compile(r"^(?:([0-9０-９]{1,2})[.．、]|[（(]([0-9]{1,2})[）)]|([①-⑳]))" + _GAP + "*")
_HEAD = re.compile(rf"^([{CHINESE}]{{1,3}})、{_GAP}*")
_ANNEX = re.compile(rf"^(附件|附录|附表|附图)({_GAP}*({_N}))?{_GAP}*[：:]?{_GAP}*(.{{0,60}})$")
# "第五条规定的…" begins a sentence, not an article
_REFERENCE = re.compile(r"^(?:规定|的|、|和|或|至|到|第|所|中|以及|及|，|,|情形|行为)")
_KINDS = {"编": K.PART, "分编": K.SUBPART, "章": K.CHAPTER, "节": K.SECTION}


@dataclass(frozen=True, slots=True)
class Line:
    """A block with what it begins: ``kind`` None is running text."""

    kind: ProvisionKind | None
    number: str
    label: str
    rest: str
    block: Block


def classify(block: Block, last_article: str) -> Line:
    """Return what *block* begins; *last_article* is the folded number of the article before it ("" at the start).

    An article needs a space or bold type behind its number, or to be next in the sequence and not to read on as a
    reference would.
    """
    text = block.text
    container = _CONTAINER.match(text)
    if container and not container[3].endswith(("。", "；", "，", "：")):
        return Line(_KINDS[container[2]], container[1], text[: container.end(2)], container[3].strip(), block)
    article = _ARTICLE.match(text)
    if article and _is_article(article, block, last_article):
        number = article[1] + article[2]
        return Line(K.ARTICLE, number, article[0], text[article.end() :].lstrip(" \t\u3000:："), block)
    item = _ITEM.match(text)
    if item and not item[1].isdigit():
        return Line(K.ITEM, item[1], item[0].strip(), text[item.end() :], block)
    point = _POINT.match(text)
    if point:
        return Line(K.POINT, point[1] or point[2] or point[3], point[0].strip(), text[point.end() :], block)
    return Line(None, "", "", text, block)


def heading_number(text: str) -> tuple[str, str, str] | None:
    """Return number, label and rest of a first-level heading of an official document ("一、…"), or None."""
    match = _HEAD.match(text)
    return (match[1], match[0].strip(), text[match.end() :]) if match else None


def annex(text: str) -> tuple[str, str, str] | None:
    """Return number, label and heading when *text* is the title line of an annex, else None."""
    match = _ANNEX.match(text)
    if not match or match[4].endswith(("。", "；", "，")) or "》" in match[4][:-1]:
        return None
    return match[3] or "", match[1] + (match[2] or ""), match[4].strip()


def _is_article(match: re.Match[str], block: Block, last: str) -> bool:
    rest = block.text[match.end() :]
    number = fold_number(match[1] + match[2])
    if block.lead and block.lead.replace(" ", "").replace("\u3000", "").startswith(match[0].replace(" ", "")):
        return True
    if not rest or rest[0] in " \t\u3000:：":
        return not last or _follows(number, last) or not _REFERENCE.match(rest.strip())
    return _follows(number, last) and not _REFERENCE.match(rest)


def _follows(number: str, last: str) -> bool:
    if not last:
        return number == "1"
    base, _, inserted = last.partition("-")
    return number in {str(int(base) + 1), f"{base}-{int(inserted or 0) + 1}"}
