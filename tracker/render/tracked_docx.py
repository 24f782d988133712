"""A comparison as a Word document (DOCX) with tracked changes: accept all gives the new text, reject all the old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import count
from xml.sax.saxutils import escape

from storage.records import Change, Comparison, OpKind, Provision, Reading
from tracker.render.docx_package import MEDIA_TYPE, clean_text, docx_file

__all__ = ["MEDIA_TYPE", "DocxLine", "comparison_docx", "docx_lines"]

_AUTHOR = "Clausewatch"
Ops = list[tuple[OpKind, str]]


@dataclass(frozen=True, slots=True)
class DocxLine:
    """One provision as one paragraph: its label and heading, then its words."""

    eid: str
    head: str
    text: str

    @property
    def whole(self) -> str:
        """The paragraph as it is read."""
        return " ".join(filter(None, (self.head, self.text)))


def comparison_docx(comparison: Comparison, old: Reading, new: Reading, at: datetime) -> bytes:
    """Return the whole law as a Word document in which every difference is a tracked change made *at* that time."""
    changes = {(change.old_eid, change.new_eid): change for change in comparison.changes if change.ops}
    writer = _Writer(at)
    was, is_ = clean_text(old.title), clean_text(new.title)
    title = writer.paragraph([(OpKind.EQUAL, is_)] if was == is_ else _replacement(was, is_))
    body = "".join(writer.paragraph(ops) for ops in _paragraphs(docx_lines(old), docx_lines(new), changes))
    return docx_file(f"{title}{body}")


def docx_lines(reading: Reading) -> list[DocxLine]:
    """Return the paragraphs of a reading, in its order; provisions without words of their own have none."""
    lines = (_line(provision) for provision in reading.walk())
    return [line for line in lines if line.whole]


def _line(provision: Provision) -> DocxLine:
    head = " ".join(filter(None, (clean_text(provision.label), clean_text(provision.heading))))
    return DocxLine(provision.eid, head, clean_text(provision.text))


def _paragraphs(
    olds: list[DocxLine], news: list[DocxLine], changes: dict[tuple[str | None, str | None], Change]
) -> Iterator[Ops]:
    """Yield the paragraphs of both texts: what is the same once, what differs with its differences."""
    matcher = SequenceMatcher(None, [line.whole for line in olds], [line.whole for line in news], autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield from ([(OpKind.EQUAL, line.whole)] for line in olds[old_start:old_end])
        else:
            yield from _differing_paragraph(olds[old_start:old_end], news[new_start:new_end], changes)


def _differing_paragraph(
    olds: list[DocxLine], news: list[DocxLine], changes: dict[tuple[str | None, str | None], Change]
) -> Iterator[Ops]:
    """Yield paragraphs that differ: those that a change joins as one, in the order of both texts, the others apart."""
    at = 0
    for new in news:
        place = next((n for n in range(at, len(olds)) if _is_pair(olds[n], new, changes)), None)
        if place is None:
            yield [(OpKind.INSERT, new.whole)]
            continue
        yield from ([(OpKind.DELETE, line.whole)] for line in olds[at:place])
        yield _join(olds[place], new, changes.get((olds[place].eid, new.eid)))
        at = place + 1
    yield from ([(OpKind.DELETE, line.whole)] for line in olds[at:])


def _is_pair(old: DocxLine, new: DocxLine, changes: dict[tuple[str | None, str | None], Change]) -> bool:
    return (old.eid, new.eid) in changes or (bool(old.text) and old.text == new.text)


def _join(old: DocxLine, new: DocxLine, change: Change | None) -> Ops:
    """Return one paragraph that holds both readings of a provision."""
    if not (old.text and new.text):
        return _replacement(old.whole, new.whole)
    heads: Ops = [(OpKind.EQUAL, old.head)] if old.head == new.head else _replacement(old.head, new.head)
    gaps = _replacement(" " if old.head else "", " " if new.head else "")
    gap: Ops = [(OpKind.EQUAL, " ")] if old.head and new.head else gaps
    return [*heads, *gap, *_text_ops(old.text, new.text, change)]


def _text_ops(old: str, new: str, change: Change | None) -> Ops:
    """Return the edits of a change where they lead from just this text to just that one, else all of both."""
    if old == new:
        return [(OpKind.EQUAL, old)]
    ops: Ops = []
    for op in change.ops if change else ():
        ops += _replacement(op.text, op.new) if op.kind is OpKind.FOLD else [(op.kind, op.text)]
    before = "".join(text for kind, text in ops if kind is not OpKind.INSERT)
    after = "".join(text for kind, text in ops if kind is not OpKind.DELETE)
    return ops if (before, after) == (old, new) else _replacement(old, new)


def _replacement(old: str, new: str) -> Ops:
    pairs = ((OpKind.DELETE, old), (OpKind.INSERT, new))
    return [(kind, text) for kind, text in pairs if text]


class _Writer:
    """Writes paragraphs as WordprocessingML, each tracked change with a number of its own."""

    def __init__(self, at: datetime) -> None:
        self._numbers = count(1)
        self._at = at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def paragraph(self, ops: Ops) -> str:
        """Return one paragraph; one that is wholly new, or wholly gone, takes its end of line with it."""
        kinds = {kind for kind, text in ops if text}
        whole = next(iter(kinds)) if len(kinds) == 1 else OpKind.EQUAL
        mark = "" if whole is OpKind.EQUAL else f"<w:pPr><w:rPr><w:{self._tag(whole)}/></w:rPr></w:pPr>"
        return f"<w:p>{mark}{''.join(self._run(kind, text) for kind, text in ops if text)}</w:p>"

    def _run(self, kind: OpKind, text: str) -> str:
        name = "w:delText" if kind is OpKind.DELETE else "w:t"
        run = f"<w:r>{'<w:br/>'.join(_pieces(text, name))}</w:r>"
        if kind is OpKind.EQUAL:
            return run
        return f"<w:{self._tag(kind)}>{run}</w:{'del' if kind is OpKind.DELETE else 'ins'}>"

    def _tag(self, kind: OpKind) -> str:
        name = "del" if kind is OpKind.DELETE else "ins"
        return f'{name} w:id="{next(self._numbers)}" w:author="{_AUTHOR}" w:date="{self._at}"'


def _pieces(text: str, name: str) -> Iterable[str]:
    for line in text.split("\n"):
        yield f'<{name} xml:space="preserve">{escape(line)}</{name}>'
