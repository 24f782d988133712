"""Make the base texts and the amending acts around labelled instructions, in the markup of each tradition."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from benchmarks.amendments.labels import LabelledInstruction, base_lines
from storage.records import Reading
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_FRAMES = tomllib.loads((Path(__file__).parent / "frames.toml").read_text(encoding="utf-8"))
_TABLE_START, _TABLE_END = '<table class="oj-table"><tbody>', "</tbody></table>"
_PAGE = "<!DOCTYPE html><html lang='{}'><body>{}</body></html>"


@cache
def base_act(name: str) -> Reading:
    """Return a base text as read."""
    jurisdiction, language = _tradition(name)
    if jurisdiction == "eu":
        return _union_act(base_lines(name), language)
    return _plain("\n".join(base_lines(name)), jurisdiction)


def amending_act(label: LabelledInstruction) -> Reading:
    """Return an amending act whose only instruction, or points, are those of *label*."""
    jurisdiction, language = _tradition(label.base)
    frame = _FRAMES[label.frame or label.base]["frame"]
    points = label.text if label.frame else _in_points(label.text)
    if jurisdiction == "eu":
        return _union_act(frame.replace("{points}", points).strip().split("\n"), language)
    points = _rule(label.text) if frame.lstrip().startswith("<RULE>") else label.text
    return _plain(frame.replace("{points}", points).lstrip(), jurisdiction)


def _tradition(base: str) -> tuple[str, str]:
    """Return jurisdiction and language of a base: "eu_en.lights" is one of several in English."""
    jurisdiction, _, language = base.partition("_")
    return jurisdiction, language.partition(".")[0]


def _in_points(text: str) -> str:
    return text if text.startswith("(1)") else f"(1) {text}"


def _rule(text: str) -> str:
    """Return instructions and what is printed behind them as a rule of the Federal Register: "*" is a line of stars."""
    steps: list[str] = []
    sections: list[str] = []
    head = ""
    for line in text.split("\n"):
        if line.startswith("Subpart "):
            head = f'<HD SOURCE="HED">{line}</HD>'
        elif line.startswith("§"):
            number, subject = line[1:].strip().split(" ", 1)
            sections.append(f"<SECTNO>§ {number}</SECTNO><SUBJECT>{subject}</SUBJECT>")
        elif sections:
            sections[-1] += "<STARS/>" if line == "*" else f"<P>{line}</P>"
        else:
            steps.append(f"<AMDPAR>{line}</AMDPAR>")
    body = "".join(f"<SECTION>{section}</SECTION>" for section in sections)
    inner = f"<SUBPART>{head}{body}</SUBPART>" if head else body
    return f'<REGTEXT TITLE="33" PART="9302">{"".join(steps)}{inner}</REGTEXT>'


def _plain(text: str, jurisdiction: str) -> Reading:
    return read(text.encode(), ReadingContext(jurisdiction=jurisdiction))


def _union_act(lines: list[str], language: str) -> Reading:
    """Return an act of the Union: "# Article 1|Heading" opens a unit, "(a) …" a point, "1. …" a paragraph.

    A line that goes on within a point ("⏎") is a paragraph of the point.
    """
    body: list[str] = []
    for line in lines:
        first, _, rest = line.strip().partition(" ")
        if first.startswith("|"):
            body.append(_row(line.strip()))
        elif first == "title":
            body.append(f'<p class="oj-doc-ti">{rest}</p>')
        elif first == "#":
            body.append(_title(rest))
        elif rest and _is_point(first, language, in_points="\u23ce" in line or body[-1].endswith(":</p>")):
            body.append(_point(first, rest))
        else:
            body.append(f'<p class="oj-normal">{line.strip()}</p>')
    page = "".join(body).replace(f"{_TABLE_END}{_TABLE_START}", "")
    return read(_PAGE.format(language, page).encode(), ReadingContext(jurisdiction="eu", language=language))


def _is_point(first: str, language: str, *, in_points: bool) -> bool:
    """Return whether a line opens a point; German and Hungarian print paragraphs "(1)" as lines of their own."""
    if not first.endswith(")") or len(first) > len("(iii)"):
        return False
    return in_points or language not in _FRAMES["words"]["paragraphs_in_brackets"] or not first[1].isdecimal()


def _title(text: str) -> str:
    label, _, heading = text.partition("|")
    word = label.split()[0].casefold()
    if word in _FRAMES["words"]["annex"]:
        return f'<p class="oj-doc-ti">{label.upper()}</p><p class="oj-doc-ti">{heading}</p>'
    kinds = ("ti-section-1", "ti-section-2") if word in _FRAMES["words"]["chapter"] else ("ti-art", "sti-art")
    return (
        f'<p class="oj-{kinds[0]}">{label}</p><p class="oj-{kinds[1]}">{heading}</p>'
        if heading
        else (f'<p class="oj-{kinds[0]}">{label}</p>')
    )


def _row(line: str) -> str:
    """Return "|a|b|" as a row of a table; rows that follow each other make one table."""
    cells = "".join(f'<td><p class="oj-tbl-txt">{cell.strip()}</p></td>' for cell in line.strip("|").split("|"))
    return f"{_TABLE_START}<tr>{cells}</tr>{_TABLE_END}"


def _point(label: str, text: str) -> str:
    cells = f"<td><p class='oj-normal'>{label}</p></td><td>{_cell(text)}</td>"
    return f'<table width="100%"><tbody><tr>{cells}</tr></tbody></table>'


def _cell(text: str) -> str:
    parts: list[str] = []
    for part in (part.strip() for part in text.split("⏎")):
        if parts and parts[-1].startswith("*") and parts[-1].endswith(":") and part[:1] in "‘«„“":
            parts[-1] += f"⏎{part}"  # the quotation of an inner point stands in it
        else:
            parts.append(part)
    return "".join(_inner_point(part[1:]) if part.startswith("*") else _paragraph(part) for part in parts)


def _inner_point(part: str) -> str:
    label, text = part.split(" ", 1)
    return _point(label, text)


def _paragraph(text: str) -> str:
    return f'<p class="oj-normal">{text}</p>'
