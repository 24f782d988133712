"""A comparison as a consultation table (DOCX, A4): the old words left, the new words right, what differs marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from storage.records import Change, ChangeKind, Comparison, Op, OpKind, Weight
from tracker.render.docx_package import clean_text, docx_file

_COLUMN = 4649  # twentieths of a point; two fill the width between the margins of A4
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tbl><w:tblPr><w:tblW w:w="{2 * _COLUMN}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
    f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{_COLUMN}"/><w:gridCol w:w="{_COLUMN}"/></w:tblGrid>'
)
_MARKS = {  # readable without colour: underlined is new, struck through is gone
    OpKind.INSERT: '<w:b/><w:color w:val="0B5A2B"/><w:u w:val="single"/>',
    OpKind.DELETE: '<w:strike/><w:color w:val="98201C"/>',
}
_BOLD, _SMALL = "<w:b/>", '<w:i/><w:sz w:val="18"/>'


def consultation_table(comparison: Comparison, title: str, heads: tuple[str, str]) -> bytes:
    """Return the table of every change of *comparison* that is more than a number; *heads* stand over the columns."""
    rows = [_row(_cell(_run(heads[0], _BOLD)), _cell(_run(heads[1], _BOLD)), is_head=True)]
    changes = [change for change in comparison.changes if change.weight is not Weight.REFERENCE]
    for _, group in groupby(changes, key=lambda change: (change.old_unit, change.new_unit)):
        rows += _unit(list(group))
    lead = f"<w:p>{_run(comparison.summary_text, '')}</w:p>" if comparison.summary_text else ""
    return docx_file(f"<w:p>{_run(title, _BOLD)}</w:p>{lead}{_TABLE}{''.join(rows)}</w:tbl><w:p/>")


def _unit(changes: list[Change]) -> Iterator[str]:
    """Yield the rows of one unit: under its citations, what each change of it means and both its texts."""
    for change in changes:
        old, new = change.old_citation, change.new_citation
        yield _row(_cell(_run(old or "–", _BOLD)), _cell(_run(new or "–", _BOLD)))
        if change.explanation:
            yield _row(
                f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>{_run(change.explanation, _SMALL)}</w:p></w:tc>'
            )
        if change.kind is not ChangeKind.RENUMBERED or change.old_text != change.new_text:
            yield _row(_cell(_side(change, OpKind.DELETE)), _cell(_side(change, OpKind.INSERT)))


def _side(change: Change, own: OpKind) -> str:
    """Return one side of a change as runs: what both sides say plain, what only this one says marked."""
    text = change.old_text if own is OpKind.DELETE else change.new_text
    ops: Iterable[Op] = change.ops or ([Op(own, text)] if text else [])
    runs = []
    for op in ops:
        if op.kind is OpKind.FOLD:
            runs.append(_run(op.text if own is OpKind.DELETE else op.new, ""))
        elif op.kind in {OpKind.EQUAL, own}:
            runs.append(_run(op.text, _MARKS.get(op.kind, "")))
    return "".join(runs)


def _row(*cells: str, is_head: bool = False) -> str:
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _cell(runs: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{_COLUMN}" w:type="dxa"/></w:tcPr><w:p>{runs}</w:p></w:tc>'


def _run(text: str, properties: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean_text(text).split("\n"))
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{style}{'<w:br/>'.join(lines)}</w:r>"
