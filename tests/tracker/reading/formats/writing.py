"""Writers of the formats read here, so that every fixture is a few lines that a person can check."""

from __future__ import annotations

from html import escape

from storage.records import Provision, Reading
from tests.tracker.reading.formats.bombs import a_zip

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def run(text: str, shape: str = "") -> str:
    return f'<w:r><w:rPr>{shape}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, shape: str = "") -> str:
    runs_xml = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    return f"<w:p><w:pPr>{shape}</w:pPr>{runs_xml}</w:p>"


def word(*blocks: str, **parts: str) -> bytes:
    """Return a Word document; *parts* are further ones, by the name of their file under ``word/``."""
    document = f"<w:document {_W} {_MC}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    others = {f"word/{name}.xml": f"<w:part {_W}>{body}</w:part>" for name, body in parts.items()}
    return a_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **others})


def akoma(body: str, meta: str = "", outside: str = "", country: str = "in") -> bytes:
    """Return an act in Akoma Ntoso: *body* between the tags of the body, *outside* before it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        f'<act name="act"><meta><identification source="#other"><FRBRWork><FRBRcountry value="{country}"/>{meta}'
        "</FRBRWork>"
        '<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>'
        f"{outside}<body>{body}</body></act></akomaNtoso>"
    ).encode()


def outline(provisions: tuple[Provision, ...] | Reading, depth: int = 0) -> list[str]:
    """Return a tree as indented lines: id, label, heading, text."""
    lines = []
    for p in provisions.provisions if isinstance(provisions, Reading) else provisions:
        lines.append("  " * depth + " ".join(part for part in (p.eid, p.label, p.heading, p.text) if part))
        lines += outline(p.children, depth + 1)
    return lines
