"""Print an invented law in each markup that is read; every unit's heading is one replaceable string of lines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from html import escape

from benchmarks.silence.laws import Line, MadeLaw, MadeUnit
from benchmarks.silence.pdf_printing import even_pdf, spaced_pdf, two_column_pdf


def lines_of(law: MadeLaw) -> list[Line]:
    """Return the lines of *law* as print shows them."""
    return [("front", line) for line in law.front] + [line for unit in law.units for line in _unit_lines(law, unit)]


def _unit_lines(law: MadeLaw, unit: MadeUnit) -> Iterator[Line]:
    if unit.number in law.chapters:
        label, heading = law.chapters[unit.number]
        yield "chapter", label if law.jurisdiction != "cn" else f"{label}　{heading}"
        if law.jurisdiction != "cn":
            yield "chapter heading", heading
    if law.jurisdiction == "cn":
        yield "unit", f"{unit.label}　{unit.sentences[0]}"
        yield from (("text", sentence) for sentence in unit.sentences[1:])
    elif law.jurisdiction == "in":
        yield "unit", f"{unit.label} {unit.heading}.—{' '.join(unit.sentences)}"
    elif law.jurisdiction == "us":
        yield "unit", f"{unit.label} {unit.heading}."
        yield from (("text", sentence) for sentence in unit.sentences)
    else:
        yield "unit", unit.label
        yield "heading", unit.heading
        yield from (("text", sentence) for sentence in unit.sentences)


def text(lines: list[Line], _: str) -> bytes:
    """Print as plain text, a paragraph a line."""
    return ("\n".join(words for _, words in lines) + "\n").encode()


def markdown(lines: list[Line], _: str) -> bytes:
    """Print as Markdown: the title and the chapters are headings."""
    marks = {"chapter": "## ", "chapter heading": "## "}
    paragraphs = [f"{'# ' if not n else marks.get(kind, '')}{words}" for n, (kind, words) in enumerate(lines)]
    return ("\n\n".join(paragraphs) + "\n").encode()


def page(lines: list[Line], language: str) -> bytes:
    """Print as a page without any class names."""
    body = "".join(f"<p>{escape(words)}</p>\n" for _, words in lines)
    return _html(f"<div>{body}</div>", language)


def journal(lines: list[Line], language: str) -> bytes:
    """Print as the Official Journal does since 2023."""
    names = ("oj-doc-ti", "oj-ti-section-1", "oj-ti-section-2", "oj-ti-art", "oj-sti-art", "oj-normal")
    return _html(_classes(lines, *names), language)


def consolidated_act(lines: list[Line], language: str) -> bytes:
    """Print as a consolidated act."""
    names = (
        "title-doc-first", "title-division-1", "title-division-2", "title-article-norm", "stitle-article-norm", "norm",
    )  # fmt: skip
    return _html(_classes(lines, *names), language)


def cac(lines: list[Line], language: str) -> bytes:
    """Print as the site of China's cyberspace administration."""
    body = "".join(f'<p style="text-indent: 2em;">{escape(words)}</p>\n' for _, words in lines)
    return _html(
        f'<div class="main-title"><h1 class="title">{lines[0][1]}</h1></div><div id=BodyLabel>{body}</div>', language
    )


def word(lines: list[Line], _: str) -> bytes:
    """Print as a Word document."""
    name = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>' for _, words in lines)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {name}><w:body>{body}<w:sectPr/></w:body></w:document>")
    return buffer.getvalue()


def _classes(lines: list[Line], title: str, chapter: str, second: str, unit: str, heading: str, norm: str) -> str:
    names = {
        "front": norm, "chapter": chapter, "chapter heading": second, "unit": unit, "heading": heading, "text": norm,
    }  # fmt: skip
    paragraphs = [
        f'<p class="{title if not n else names[kind]}">{escape(words)}</p>\n' for n, (kind, words) in enumerate(lines)
    ]
    return f'<div class="eli-container">{"".join(paragraphs)}</div>'


def _html(body: str, language: str) -> bytes:
    tag = language if len(language) == 2 and language not in {"us", "in"} else "en"
    head = '<meta charset="utf-8"><title>L</title>'
    return f'<!DOCTYPE html>\n<html lang="{tag}"><head>{head}</head><body>{body}</body></html>'.encode()


Markup = Callable[[list[Line], str], bytes]
_PDF: tuple[Markup, ...] = (spaced_pdf, even_pdf, two_column_pdf)
MARKUPS: dict[str, dict[str, Markup]] = {
    "eu": {f.__name__: f for f in (text, markdown, page, journal, consolidated_act, word, *_PDF)},
    "cn": {f.__name__: f for f in (text, markdown, page, cac, word, *_PDF)},
    "us": {f.__name__: f for f in (text, page, word, *_PDF)},
    "in": {f.__name__: f for f in (text, page, word, *_PDF)},
}
