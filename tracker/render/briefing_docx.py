"""A briefing as a Word document (A4): headings, a paragraph a line, plain enough to be pasted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tracker.render.docx_chart import chart_paragraph, chart_part
from tracker.render.docx_package import clean_text, docx_file
from tracker.render.svg import BarRow

_HEADING = '<w:b/><w:sz w:val="28"/>'
_TITLE = '<w:b/><w:sz w:val="36"/>'
_QUIET = '<w:color w:val="556070"/><w:sz w:val="18"/>'
Line = tuple[str, str, Sequence[str]]
"""A line of a briefing: what in bold, what beside it in small letters, and the sentences below."""


@dataclass(frozen=True, slots=True)
class DocxChart:
    """A chart of a briefing: its heading, its rows, and the label of each column."""

    heading: str
    rows: Sequence[BarRow]
    labels: Sequence[str]


def briefing_docx(
    title: str, lead: str, sections: Sequence[tuple[str, Sequence[Line]]], chart: DocxChart | None = None
) -> bytes:
    """Return the document: *title*, *lead*, under each heading its lines, and the chart at the end."""
    parts = [_paragraph(_run(title, _TITLE), "160"), _paragraph(_run(lead, ""), "240")]
    for heading, lines in sections:
        parts.append(_paragraph(_run(heading, _HEADING), "120", keep=True))
        for bold, quiet, sentences in lines:
            beside = _run(f"  {quiet}", _QUIET) if quiet else ""
            parts.append(_paragraph(_run(bold, "<w:b/>") + beside, "40", keep=bool(sentences)))
            parts += [_paragraph(_run(sentence, ""), "40", indent="360") for sentence in sentences]
        parts.append(_paragraph("", "120"))
    if chart is None or not chart.rows:
        return docx_file("".join(parts))
    part = chart_part(chart.rows, chart.labels)
    parts += [_paragraph(_run(chart.heading, _HEADING), "120", keep=True), chart_paragraph(part, _description(chart))]
    return docx_file("".join(parts), [part])


def _description(chart: DocxChart) -> str:
    """Return what the chart shows in words: of each row the columns in which there is anything."""
    rows = (
        f"{row.name}: {', '.join(f'{label} {n}' for label, n in zip(chart.labels, row.numbers, strict=True) if n)}"
        for row in chart.rows
    )
    return f"{chart.heading}. {'; '.join(rows)}"


def _paragraph(runs: str, after: str, *, indent: str = "", keep: bool = False) -> str:
    margin = f'<w:ind w:left="{indent}"/>' if indent else ""
    together = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr>{together}<w:spacing w:after="{after}"/>{margin}</w:pPr>{runs}</w:p>'


def _run(text: str, properties: str) -> str:
    shape = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shape}<w:t xml:space="preserve">{escape(clean_text(text))}</w:t></w:r>' if text else ""
