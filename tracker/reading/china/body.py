"""Build the provisions of a Chinese text from its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import Flaw, Note, ProvisionKind
from tracker.reading.china.annexes import AnnexPiece, cut_signature, names_annexes, split_annexes
from tracker.reading.china.consultation import is_way
from tracker.reading.china.lines import LINK, RANK, ChineseLine, classify, heading_number, is_date_line
from tracker.reading.china.payload import payload_flags
from tracker.reading.china.standard import build_standard, clause_of, first_clause
from tracker.reading.china.start import articles, containers_before, has_articles
from tracker.reading.formats.blocks import Block
from tracker.reading.structure.draft import Draft, Extract
from tracker.reading.structure.numbers import fold_number

K = ProvisionKind
_COMMENCES = re.compile(r"(?:施行|实施|执行|生效)[。.]?$|(?:同时|予以|即行)废止[。.]?$")
_CONTACT = re.compile(
    r"^(?:[（(]?此件|抄送|联系人|联系电话|责任编辑|编辑[：:]|扫码|相关(?:稿件|链接|阅读)|【|分享|打印|关闭|版权所有|©)"
)
_SENTENCE = ("。", "；", "：", "！", "？", "”", "。）", "）。")
_TITLE_WORD = re.compile(
    r"(?:表|目录|清单|式样|样式|名录|格式|标准|规范|申请书|示意图|附图|一览)(?:[（(].{1,12}[）)])?$"
)
_OWN = re.compile(
    r"^(?:(?:此外，)?对(?:相关)?条文顺序|本(?:决定|通知|意见|公告|修正案|解释|批复|办法|规定)|《[^》]{2,60}》(?:根据|依照)本(?:决定|修正案))"
)


def build(blocks: Sequence[Block], extract: Extract, *, guidance: bool) -> None:
    """Fill *extract* with the drafts of *blocks*, which begin at the first provision."""
    main, *annexes = split_annexes(blocks)
    if has_articles(main.blocks) or (len(articles(main.blocks)) == 1 and not heading_number(main.blocks[0])):
        _law(main.blocks, extract.drafts, extract)
    elif first_clause(main.blocks) == 0:
        extract.drafts += build_standard(main.blocks)
    else:
        body, signature = cut_signature(main.blocks)
        _official(body, extract.drafts, extract)
        extract.front.extend(Note("conclusions", block.text) for block in signature)
    extract.drafts += [_annex(piece, extract) for piece in annexes]
    if not extract.drafts and not guidance:
        extract.flaws.append(Flaw("no provisions", "no article (第…条) was found", fatal=True))


def _annex(piece: AnnexPiece, extract: Extract) -> Draft:
    """Return the draft of one annex; its own articles and headings stand below it."""
    annex = Draft(K.ANNEX, piece.number, piece.label, piece.heading)
    if len(articles(piece.blocks)) >= 2:
        start = containers_before(piece.blocks, articles(piece.blocks)[0])
        annex.children = [Draft(K.PARAGRAPH, text=block.text) for block in piece.blocks[:start]]
        _law(piece.blocks[start:], annex.children, extract)
        return annex
    if any((clause := clause_of(block)) and clause[0].startswith(f"{piece.number}.") for block in piece.blocks):
        annex.children = build_standard(piece.blocks, f"{piece.number}.0")
        return annex
    builder = _ChinaBuilder(annex.children, extract)
    builder.unit = annex
    for block in piece.blocks:
        builder.inside(block)
    builder.close()
    return annex


def _law(blocks: Sequence[Block], roots: list[Draft], extract: Extract) -> None:
    builder = _ChinaBuilder(roots, extract)
    payload = payload_flags(blocks)
    last = max(articles(blocks), default=0)
    for place, block in enumerate(blocks):
        builder.ending = place >= last
        if payload[place]:
            builder.grow(ChineseLine(None, "", "", block.text, block))
        else:
            builder.law(block)
    builder.close()


def _official(blocks: Sequence[Block], roots: list[Draft], extract: Extract) -> None:
    builder = _ChinaBuilder(roots, extract)
    payload = payload_flags(blocks)
    for place, block in enumerate(blocks):
        if payload[place] and not (place and not payload[place - 1] and heading_number(block)):
            builder.grow(ChineseLine(None, "", "", block.text, block))
        else:
            builder.official(block)
    builder.close()


class _ChinaBuilder:
    """Keeps the open containers, the open unit, and whether the law has come to its end."""

    def __init__(self, roots: list[Draft], extract: Extract) -> None:
        self.roots = roots
        self.extract = extract
        self.containers: list[Draft] = []
        self.unit: Draft | None = None
        self.paragraphs: list[Draft] = []
        self.last = ""
        self.begin_place = 0  # how many of the paragraphs were asked whether they say when the law begins
        self.begins = False
        self.ending = False
        self.is_over = False

    def law(self, block: Block) -> None:
        """Take a line of a law in articles."""
        line = classify(block, self.last)
        if line.kind in RANK and self._divides(line):
            self._container(line)
        elif line.kind is K.ARTICLE:
            self._article(line)
        elif self.unit is None:
            self._place_nowhere(block)
        elif (head := heading_number(block)) and self._counts(head[0]):
            self.paragraphs[-1].children.append(Draft(K.ITEM, head[0], head[1], text=head[2]))
        elif self.ending and block.link > LINK:
            self.extract.notes.append(Note("link", block.text))
        elif self.is_over or (self.ending and line.kind is None and self._ends(block)):
            self._after(block)
        else:
            self.grow(line)

    def official(self, block: Block) -> None:
        """Take a line of a document in the order 一、（一）1.（1）."""
        head = heading_number(block)
        line = classify(block, "")
        if head:
            self._open(_heading_draft(*head, block))
        elif line.kind in RANK and line.kind is not K.TITLE:
            self._container(line)
        elif self.unit is None or _OWN.match(block.text) or self._has_no_number(block):
            self._open(Draft(K.PARAGRAPH, text=block.text))
        else:
            self.grow(classify(block, self.last))

    def inside(self, block: Block) -> None:
        """Take a line of an annex."""
        head = heading_number(block)
        if head:
            self.paragraphs.append(_heading_draft(*head, block))
        else:
            self.grow(classify(block, self.last))

    def close(self) -> None:
        """Settle the open unit."""
        if self.unit is not None:
            _settle(self.unit, self.paragraphs)
        self.unit, self.paragraphs = None, []
        self.begin_place, self.begins = 0, False

    def _divides(self, line: ChineseLine) -> bool:
        if line.kind is not K.TITLE or not self.containers:
            return line.kind is not K.TITLE
        return self.unit is not None or bool(self.containers[-1].heading)  # else it is the heading of "第二章"

    def _container(self, line: ChineseLine) -> None:
        self.close()
        rank = RANK[line.kind]  # type: ignore[index]
        if line.kind is K.TITLE:
            rank = RANK[self.containers[0].kind]
        while self.containers and RANK[self.containers[-1].kind] >= rank:
            self.containers.pop()
        heading = re.sub(r"[ \u3000]+", "", line.rest) if len(line.rest) < 12 else line.rest
        draft = Draft(line.kind, line.number, line.label, heading)  # type: ignore[arg-type]
        (self.containers[-1].children if self.containers else self.roots).append(draft)
        self.containers.append(draft)

    def _article(self, line: ChineseLine) -> None:
        self._open(Draft(K.ARTICLE, line.number, line.label))
        self.last = fold_number(line.number)
        self.is_over = False
        if line.rest:
            self.paragraphs.append(Draft(K.PARAGRAPH, text=line.rest))

    def _open(self, draft: Draft) -> None:
        self.close()
        (self.containers[-1].children if self.containers else self.roots).append(draft)
        self.unit = draft
        self.paragraphs = [Draft(K.PARAGRAPH, text=draft.text)] if draft.text else []
        draft.text = ""

    def _has_no_number(self, block: Block) -> bool:
        unit = self.unit
        return unit is not None and not unit.number and classify(block, "").kind is None

    def _place_nowhere(self, block: Block) -> None:
        if self.containers and not self.containers[-1].heading and self.containers[-1].number:
            self.containers[-1].heading = block.text
        elif self.containers:
            self.containers[-1].text = f"{self.containers[-1].text}\n{block.text}".strip()
        else:
            self.extract.front.append(Note("preface", block.text))

    def _ends(self, block: Block) -> bool:
        """Say whether the law has said when it begins, and *block* is no further sentence of its last article."""
        if self.unit is None or self.unit.kind is not K.ARTICLE or not self._commences():
            return False
        apart = _CONTACT.match(block.text) is not None or block.align == "right" or is_way(block.text)
        return apart or not block.text.endswith(_SENTENCE)

    def _commences(self) -> bool:
        """Say whether a paragraph of the open article says when the law begins; each is looked at once."""
        texts = [paragraph.text for paragraph in self.paragraphs[self.begin_place :]]
        self.begin_place = len(self.paragraphs)
        self.begins = self.begins or any(_COMMENCES.search(text.rstrip()) or "起施行" in text for text in texts)
        return self.begins

    def _after(self, block: Block) -> None:
        """Take a line behind the law: its signature, what is attached without a number, or what only stands below."""
        text = block.text
        if self.unit is not None and self.unit.kind is K.ANNEX and not _CONTACT.match(text):
            self.inside(block)
            return
        self.is_over = True
        if _TITLE_WORD.search(text) and len(text) <= 40 and block.align != "right" and not names_annexes(text):
            self.close()
            self.containers = []
            self.unit = Draft(K.ANNEX, "", "", text)
            self.roots.append(self.unit)
        elif (len(text) < 40 or is_date_line(text) or block.align == "right") and not _CONTACT.match(text):
            self.extract.front.append(Note("conclusions", text))
        else:
            self.extract.notes.append(Note("after the law", text))

    def grow(self, line: ChineseLine) -> None:
        """Add a line to the open unit: an item to its paragraph, a point to its item, else a paragraph."""
        if line.kind is K.ITEM:
            self._last_paragraph().children.append(Draft(K.ITEM, line.number, line.label, text=line.rest))
        elif line.kind is K.POINT and (parent := self._listing()) is not None:
            parent.children.append(Draft(K.POINT, line.number, line.label, text=line.rest))
        else:
            self.paragraphs.append(Draft(K.PARAGRAPH, text=line.block.text))

    def _counts(self, number: str) -> bool:
        """Say whether "一、" goes on a list that the last paragraph of an article has announced, as old laws count."""
        if not self.paragraphs:
            return False
        last = self.paragraphs[-1]
        if not last.children:
            return fold_number(number) == "1" and last.text.endswith(("：", ":", "；"))
        before = last.children[-1]
        return before.label.endswith("、") and fold_number(number) == str(int(fold_number(before.number)) + 1)

    def _last_paragraph(self) -> Draft:
        if not self.paragraphs:
            self.paragraphs.append(Draft(K.PARAGRAPH))
        return self.paragraphs[-1]

    def _listing(self) -> Draft | None:
        """Return what a numbered point belongs to: the last item, or the sentence that announces a list."""
        if not self.paragraphs:
            return None
        last = self.paragraphs[-1]
        if last.children and last.children[-1].kind is K.ITEM:
            return last.children[-1]
        announces = last.text.endswith(("：", ":")) or (last.children and last.children[-1].kind is K.POINT)
        return last if announces else None


def _heading_draft(number: str, label: str, rest: str, block: Block) -> Draft:
    """Return the paragraph of a first-level heading: its heading, or its text when it is a sentence."""
    heading, _, text = rest.partition("。")
    if block.bold or "“" in rest:
        heading, text = rest, ""
    if len(heading) > 60 or (not text and rest.endswith(("。", "：", "；", "”"))):
        return Draft(K.PARAGRAPH, number, label, "", rest)
    return (
        Draft(K.PARAGRAPH, number, label, heading, text)
        if len(heading) <= 40 or not text
        else Draft(K.PARAGRAPH, number, label, "", rest)
    )


def _settle(unit: Draft, paragraphs: list[Draft]) -> None:
    """Give *unit* its paragraphs: one becomes its own text, several its numbered-by-place children (款)."""
    if len(paragraphs) == 1 and paragraphs[0].kind is K.PARAGRAPH and not paragraphs[0].number:
        unit.text, unit.children = paragraphs[0].text, paragraphs[0].children
        return
    unit.children = []
    for paragraph in paragraphs:
        bare = not paragraph.text and not paragraph.number
        unit.children.extend(paragraph.children if bare else [paragraph])
