"""Build the provisions of a Chinese text from its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import Flaw, Note, ProvisionKind
from tracker.reading.blocks import Block
from tracker.reading.china.lines import Line, annex, classify, heading_number
from tracker.reading.draft import Draft, Extract
from tracker.reading.numbers import fold_number

K = ProvisionKind
_RANK = {K.PART: 0, K.SUBPART: 1, K.CHAPTER: 2, K.SECTION: 3}
_DATE_LINE = re.compile(
    r"^[0-9〇○零一二三四五六七八九十]{2,5}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月\s*[0-9一二三四五六七八九十]{1,3}\s*日$"
)
_COMMENCES = re.compile(r"施行[。.]?$|执行[。.]?$|生效[。.]?$")
_CONTACT = re.compile(r"^(?:（?此件|抄送|联系人|联系电话|责任编辑|扫码|相关(?:稿件|链接|阅读)|【)")


def first_provision(blocks: Sequence[Block], *, guidance: bool) -> int | None:
    """Return where the law begins, or None if there is none: its first container or article, past a table of contents.

    Without any article, three or more first-level headings 一、二、三、 in sequence make a text of their own; guidance
    may have no numbers at all.
    """
    first_article = next((i for i, b in enumerate(blocks) if classify(b, "").kind is K.ARTICLE), None)
    if first_article is not None and sum(classify(b, "").kind is K.ARTICLE for b in blocks) >= 2:
        return _containers_before(blocks, first_article)
    heads = [i for i, b in enumerate(blocks) if heading_number(b.text)]
    numbers = [fold_number(heading_number(blocks[i].text)[0]) for i in heads]  # type: ignore[index]
    if numbers[:3] == ["1", "2", "3"]:
        return heads[0]
    if first_article is not None:
        return _containers_before(blocks, first_article)
    return 0 if guidance and sum(len(b.text) for b in blocks) >= 200 else None


def _containers_before(blocks: Sequence[Block], first_article: int) -> int:
    start = first_article
    while start and classify(blocks[start - 1], "").kind in _RANK:
        start -= 1
    seen: set[str] = set()
    for place in range(first_article - 1, start - 1, -1):  # a contents list repeats what stands right above article 1
        line = classify(blocks[place], "")
        if (line.kind is K.CHAPTER and seen & {"chapter"}) or (line.label in seen):
            return place + 1
        seen |= {line.label, line.kind.value if line.kind else ""}
    return start


def build(blocks: Sequence[Block], extract: Extract, *, guidance: bool) -> None:
    """Fill *extract* with the drafts of *blocks*, which begin at the first provision."""
    builder = _Builder(extract)
    articles = any(classify(b, "").kind is K.ARTICLE for b in blocks)
    for block in blocks:
        if articles:
            builder.law(block)
        else:
            builder.official(block)
    builder.close()
    if not extract.drafts and not guidance:
        extract.flaws.append(Flaw("no provisions", "no article (第…条) was found", fatal=True))


class _Builder:
    """Keeps the open containers, the open article and what has come after the last one."""

    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.containers: list[Draft] = []
        self.unit: Draft | None = None
        self.paragraphs: list[Draft] = []
        self.last = ""
        self.ended = False
        self.headings: list[str] = []

    def law(self, block: Block) -> None:
        line = classify(block, self.last)
        if line.kind in _RANK and not self._in_annex():
            self._container(line)
        elif line.kind is K.ARTICLE and not (self._in_annex() and fold_number(line.number) != "1"):
            self._article(line)
        elif (title := annex(block.text)) and self.last and self._ends():
            self._unit(Draft(K.ANNEX, title[0], title[1], title[2]))
        else:
            self._within(line)

    def official(self, block: Block) -> None:
        head = heading_number(block.text)
        if head:
            number, label, rest = head
            heading, _, text = (
                rest.partition("。") if 0 < rest.find("。") <= 40 and block.bold is False else (rest, "", "")
            )
            short = len(heading) <= 60
            self._unit(Draft(K.PARAGRAPH, number, label, heading if short else "", text if short else rest))
        elif self.unit is None or (not self.unit.number and not classify(block, "").kind):
            self._unit(Draft(K.PARAGRAPH, text=block.text))
        elif _DATE_LINE.match(block.text) or block.align == "right":
            self.extract.front.append(Note("conclusions", block.text))
        else:
            self._within(classify(block, self.last))

    def close(self) -> None:
        if self.unit is not None:
            _settle(self.unit, self.paragraphs)
        self.unit, self.paragraphs = None, []

    def _container(self, line: Line) -> None:
        self.close()
        rank = _RANK[line.kind]  # type: ignore[index]
        while self.containers and _RANK[self.containers[-1].kind] >= rank:
            self.containers.pop()
        heading = re.sub(r"[ \u3000]+", "", line.rest) if len(line.rest) < 12 else line.rest
        draft = Draft(line.kind, line.number, line.label, heading)  # type: ignore[arg-type]
        (self.containers[-1].children if self.containers else self.extract.drafts).append(draft)
        self.containers.append(draft)

    def _article(self, line: Line) -> None:
        self._unit(Draft(K.ARTICLE, line.number, line.label))
        self.last = fold_number(line.number)
        if line.rest:
            self.paragraphs.append(Draft(K.PARAGRAPH, text=line.rest))

    def _unit(self, draft: Draft) -> None:
        self.close()
        if draft.kind is K.ANNEX:
            self.containers = []
        (self.containers[-1].children if self.containers else self.extract.drafts).append(draft)
        self.unit = draft
        self.paragraphs = [Draft(K.PARAGRAPH, text=draft.text)] if draft.text else []
        draft.text = ""

    def _in_annex(self) -> bool:
        return self.unit is not None and self.unit.kind is K.ANNEX

    def _ends(self) -> bool:
        """Say whether the law has said when it begins: what follows is no paragraph of its last article."""
        if self._in_annex():
            return True
        texts = [p.text for p in self.paragraphs]
        return bool(texts) and _COMMENCES.search(texts[-1].rstrip()) is not None

    def _within(self, line: Line) -> None:
        text = line.block.text
        if self.unit is None:
            if self.containers and self.containers[-1].kind in _RANK and not self.containers[-1].heading:
                self.containers[-1].heading = text
            else:
                self.extract.front.append(Note("preface", text))
            return
        if not self._in_annex() and self._ends():
            name = "conclusions" if line.block.align == "right" or len(text) < 40 or _DATE_LINE.match(text) else "text"
            if name == "conclusions" and not _CONTACT.match(text):
                self.extract.front.append(Note(name, text))
            else:
                self.extract.notes.append(Note("after the law", text))
            return
        self._grow(line)

    def _grow(self, line: Line) -> None:
        if line.kind is K.ITEM and self.paragraphs:
            self.paragraphs[-1].children.append(Draft(K.ITEM, line.number, line.label, text=line.rest))
        elif line.kind is K.POINT and self.paragraphs and self.paragraphs[-1].children:
            parent = self.paragraphs[-1].children[-1]
            parent.children.append(Draft(K.POINT, line.number, line.label, text=line.rest))
        elif line.kind is K.ARTICLE and self._in_annex():
            self.paragraphs.append(Draft(K.ARTICLE, line.number, line.label, text=line.rest))
        else:
            self.paragraphs.append(Draft(K.PARAGRAPH, text=line.block.text))


def _settle(unit: Draft, paragraphs: list[Draft]) -> None:
    """Give *unit* its paragraphs: one becomes its own text, several its numbered-by-place children (款)."""
    if len(paragraphs) == 1 and paragraphs[0].kind is K.PARAGRAPH:
        unit.text, unit.children = paragraphs[0].text, paragraphs[0].children
    else:
        unit.children = paragraphs
