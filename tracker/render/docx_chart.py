"""A chart for a Word document (DrawingML): columns stacked by row, which Word draws and its reader may restyle."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from tracker.render.docx_package import DocxPart, clean_text
from tracker.render.svg import BarRow

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_WIDTH, _HEIGHT = 5_760_000, 2_340_000  # EMU: 16 cm by 6.5 cm
_FILLS = ("1F4E8C", "8A5A00", "556070", "8C1F1F", "2E6B3A", "6B3A8C")  # told apart in grey, too: dark and light turn
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def chart_part(rows: Sequence[BarRow], labels: Sequence[str]) -> DocxPart:
    """Return the chart of *rows*, a column for each of *labels*, as a part of a document."""
    series = "".join(_series(number, row, labels) for number, row in enumerate(rows))
    axes = (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorGridlines/><c:numFmt formatCode="0" sourceLinked="0"/><c:crossAx val="1"/>'
        "</c:valAx>"
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}"><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart>{axes}'
        '</c:plotArea><c:legend><c:legendPos val="b"/></c:legend><c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )
    return DocxPart("rId1", "charts/chart1.xml", _TYPE, f"{_R}/chart", content)


def chart_paragraph(part: DocxPart, description: str) -> str:
    """Return the paragraph that shows the chart; *description* is for who does not see it."""
    words = quoteattr(clean_text(description))
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_WP}"><wp:extent cx="{_WIDTH}" cy="{_HEIGHT}"/>'
        f'<wp:docPr id="1" name="chart" descr={words}/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{_R}" r:id="{part.relation_id}"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )


def _series(number: int, row: BarRow, labels: Sequence[str]) -> str:
    fill = _FILLS[number % len(_FILLS)]
    names = "".join(f'<c:pt idx="{n}"><c:v>{escape(clean_text(label))}</c:v></c:pt>' for n, label in enumerate(labels))
    values = "".join(f'<c:pt idx="{n}"><c:v>{value}</c:v></c:pt>' for n, value in enumerate(row.numbers))
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{escape(clean_text(row.name))}</c:v></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:cat><c:strLit><c:ptCount val="{len(labels)}"/>{names}</c:strLit></c:cat>'
        f"<c:val><c:numLit><c:formatCode>0</c:formatCode>"
        f'<c:ptCount val="{len(row.numbers)}"/>{values}</c:numLit></c:val>'
        "</c:ser>"
    )
