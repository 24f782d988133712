"""Print an invented law in the XML that is read, under a template that names nothing, and in lines of a fixed width."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from html import escape

Line = tuple[str, str]
_LABEL = re.compile(r"^(?:SEC\. \d+\.|\d+\.|第[^条\s]{1,6}条|[^\s.]+ [^\s.]+(?=\.)|[^.]{1,12}\.)\s*")
_LETTERS = {"us": "en", "in": "en"}


@dataclass(slots=True)
class PrintedUnit:
    """A unit as its lines print it: the chapter that begins with it, its heading line, its title and sentences."""

    chapter: tuple[str, str] | None = None
    head: str = ""
    title: str = ""
    texts: list[str] = field(default_factory=list)


def units_of(lines: list[Line]) -> tuple[list[str], list[PrintedUnit]]:
    """Return the front of a law, and its units."""
    front: list[str] = []
    units: list[PrintedUnit] = []
    chapter: list[str] = []
    for kind, words in lines:
        if kind == "unit":
            units.append(PrintedUnit((chapter[0], chapter[1] if len(chapter) > 1 else "") if chapter else None, words))
            chapter = []
        elif kind in {"chapter", "chapter heading"}:
            chapter.append(words)
        elif not units:
            front.append(words)
        elif kind == "heading" and not units[-1].texts and not units[-1].title:
            units[-1].title = words
        else:
            units[-1].texts.append(words)
    return front, units


def formex(lines: list[Line], language: str) -> bytes:
    """Print as Formex 4, without the ids by which the Journal names its articles."""
    front, units = units_of(lines)
    body = "".join(
        f"{_division(unit)}<ARTICLE><TI.ART>{escape(unit.head)}</TI.ART>"
        f"<STI.ART>{escape(unit.title)}</STI.ART>{''.join(f'<ALINEA>{escape(text)}</ALINEA>' for text in unit.texts)}"
        "</ARTICLE>"
        for unit in units
    )
    title = "".join(f"<P>{escape(line)}</P>" for line in front[:3])
    opening = "".join(f"<PREAMBLE.INIT>{escape(line)}</PREAMBLE.INIT>" for line in front[3:])
    info = f"<BIB.INSTANCE><LG.DOC>{language.upper()}</LG.DOC></BIB.INSTANCE>"
    return _xml(
        f"<ACT>{info}<TITLE><TI>{title}</TI></TITLE><PREAMBLE>{opening}</PREAMBLE><ENACTING.TERMS>{body}</ENACTING.TERMS></ACT>"
    )


def _division(unit: PrintedUnit) -> str:
    if unit.chapter is None:
        return ""
    label, heading = unit.chapter
    return f"<DIVISION><TITLE><TI>{escape(label)}</TI><STI>{escape(heading)}</STI></TITLE></DIVISION>"


def akoma_ntoso(lines: list[Line], language: str) -> bytes:
    """Print as Akoma Ntoso 3.0, articles of the Union or of China, sections of India."""
    front, units = units_of(lines)
    place = {"zh": "cn", "in": "in"}.get(language, "EU")
    unit_name = "section" if language == "in" else "article"
    body = "".join(_akoma_unit(unit, unit_name) for unit in units)
    work = f'<FRBRcountry value="{place}"/><FRBRlanguage language="{_LETTERS.get(language, language)}"/>'
    title = "".join(f"<p>{escape(line)}</p>" for line in front[:3])
    formula = "".join(f"<p>{escape(line)}</p>" for line in front[3:])
    return _xml(
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act">'
        f"<meta><identification>{work}</identification></meta><preface><longTitle>{title}</longTitle></preface>"
        f"<preamble><formula>{formula}</formula></preamble><body>{body}</body></act></akomaNtoso>"
    )


def _akoma_unit(unit: PrintedUnit, name: str) -> str:
    label, title, texts = _parts_of(unit)
    heading = f"<heading>{escape(title)}</heading>" if title else ""
    content = "".join(f"<p>{escape(text)}</p>" for text in texts)
    return f"<{name}><num>{escape(label)}</num>{heading}<paragraph><content>{content}</content></paragraph></{name}>"


def _parts_of(unit: PrintedUnit) -> tuple[str, str, list[str]]:
    """Return label, title and sentences of a unit, whose heading line may hold all three."""
    match = _LABEL.match(unit.head) if not unit.title else None
    label, rest = (match[0].strip(), unit.head[match.end() :]) if match else (unit.head, "")
    title, dash, text = rest.partition(".—")
    if dash:
        return label, f"{title}.—", [text, *unit.texts]
    if rest.isupper():
        return label, rest, unit.texts
    return label, unit.title, [rest, *unit.texts] if rest else unit.texts


def uslm(lines: list[Line], _: str) -> bytes:
    """Print as a bill in United States Legislative Markup."""
    front, units = units_of(lines)
    body = "".join(_uslm_unit(unit) for unit in units)
    preface = "".join(f"<p>{escape(line)}</p>" for line in front[:2])
    return _xml(
        '<bill xmlns="http://schemas.gpo.gov/xml/uslm"><meta/>'
        f"<preface>{preface}</preface><main><longTitle><officialTitle>{escape(front[2])}</officialTitle></longTitle>"
        f"<enactingFormula>{escape(front[3])}</enactingFormula>{body}</main></bill>"
    )


def _uslm_unit(unit: PrintedUnit) -> str:
    label, title, texts = _parts_of(unit)
    content = "".join(f"<p>{escape(text)}</p>" for text in texts)
    return (
        f"<section><num>{escape(label)}</num><heading>{escape(title)}</heading><content>{content}</content></section>"
    )


def bill_dtd(lines: list[Line], _: str) -> bytes:
    """Print as a bill in the older DTD of the House and Senate."""
    front, units = units_of(lines)
    body = "".join(_bill_unit(unit) for unit in units)
    return _xml(
        f"<bill><form><congress>{escape(front[0])}</congress><action><action-date>{escape(front[1])}</action-date>"
        f"</action><official-title>{escape(front[2])}</official-title></form>"
        f"<legis-body><enacting-formula>{escape(front[3])}</enacting-formula>{body}</legis-body></bill>"
    )


def _bill_unit(unit: PrintedUnit) -> str:
    label, title, texts = _parts_of(unit)
    content = "".join(f"<subsection><text>{escape(text)}</text></subsection>" for text in texts)
    return f"<section><enum>{escape(label)}</enum><header>{escape(title)}</header>{content}</section>"


def ecfr(lines: list[Line], _: str) -> bytes:
    """Print as a part of the Code of Federal Regulations, whose sections are named by their headings alone."""
    front, units = units_of(lines)
    body = "".join(
        f'<DIV8 TYPE="SECTION"><HEAD>{escape(_with_sign(unit.head))}</HEAD>'
        f"{''.join(f'<P>{escape(text)}</P>' for text in unit.texts)}</DIV8>"
        for unit in units
    )
    sources = "".join(f"<SOURCE>{escape(line)}</SOURCE>" for line in front[1:])
    return _xml(f'<DIV5 N="9" TYPE="PART"><HEAD>{escape(front[0])}</HEAD>{sources}{body}</DIV5>')


def _with_sign(head: str) -> str:
    return head.replace("SEC. ", "§ ", 1)


def fixed_width(lines: list[Line], _: str) -> bytes:
    """Print as GPO's page of one <pre>: lines of 72 columns, paragraphs set in."""
    printed_lines = [_set_in(kind, words) for kind, words in lines]
    return f"<html><body><pre>\n{escape(chr(10).join(printed_lines))}\n</pre></body></html>".encode()


def _set_in(kind: str, words: str) -> str:
    lines = textwrap.wrap(words, 72, initial_indent="" if kind in {"unit", "front"} else "    ")
    return "\n".join([*lines, ""])


def nameless(lines: list[Line], language: str) -> bytes:
    """Print as the Journal under a template whose class names say nothing, each label in a block of its own."""
    body = "".join(f'<div class="k{len(kind)}"><span class="z">{escape(words)}</span></div>\n' for kind, words in lines)
    return f'<!DOCTYPE html><html lang="{language}"><head><title>L</title></head><body>{body}</body></html>'.encode()


def _xml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()
