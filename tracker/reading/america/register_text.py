"""A document of the Federal Register as GPO prints it in plain text, made into the elements of the Register's own XML.

So one rule reads alike in both renderings: the labels of its preamble (AGENCY, ACTION, DATES), its amendatory
instructions, which the text marks with a 0 for the bullet, and "Sec.  499.1  Definitions." for § 499.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from lxml import etree

from storage.records import Note
from tracker.reading.america.fixed_width import paragraphs
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.rules import rule

_MASTHEAD = re.compile(
    r"^\[Federal Register Volume \d{1,3}, Number \d{1,3} \([A-Z][a-z]+, (?P<day>[A-Z][a-z]+ \d{1,2}, \d{4})\)"
)
_LABELS = {
    "AGENCY": "AGY",
    "AGENCIES": "AGY",
    "ACTION": "ACT",
    "SUMMARY": "SUM",
    "DATES": "EFFDATE",
    "DATE": "EFFDATE",
    "EFFECTIVE DATE": "EFFDATE",
    "ADDRESSES": "ADD",
    "FOR FURTHER INFORMATION CONTACT": "FURINF",
}
_LABEL = re.compile(rf"^(?P<label>{'|'.join(_LABELS)}|SUPPLEMENTARY INFORMATION):\s*(?P<text>.*)$")
_KINDS = {"[Rules and Regulations]": "RULE", "[Proposed Rules]": "PRORULE", "[Notices]": "NOTICE"}
_CFR = re.compile(r"^(?P<title>\d{1,2}) CFR (?:Part|Parts|Chapter) ")
_RIN = re.compile(r"^(?:RIN |\[?Docket |Docket |\[[A-Z]{2,6}[-\d])")
_DOCUMENT = re.compile(r"^\[FR Doc(?:\. | No: )")
_SECTION = re.compile(
    r"^(?P<sign>Sec\.|§)\s+(?P<number>\d{1,4}\.\d{1,5}[a-z]?(?:-\d{1,3})?)\s+(?P<subject>(?:\[|[A-Z]).{0,300})$"
)
_INSTRUCTION = re.compile(r"^(?:(?:0|■) ?)?(?P<text>(?:\d{1,3}|[a-z])\. .*)$")
_ALONE = re.compile(r"§\s+\d{1,4}\.\d{1,5}[a-z]?(?:-\d{1,3})?\.?")
_PART = re.compile(r"^PART (?P<number>\d{1,4})\s?(?:--|[—–-])\s?\S|^PART (?P<amended>\d{1,4})\s?--\[")
_ATTACHMENT = re.compile(r"^(?:Appendix|Supplement) (?:[A-Z0-9]{1,4} )?to (?:Part|Subpart|Sec\.)", re.I)
_SIGNATURE = re.compile(r"^(?:Dated|Signed|Issued|By direction of|By order of|By the Commission)\b")
_AMENDS = re.compile(
    r"\b(?:amend(?:s|ed|ing)?|add(?:s|ing)|revis(?:es|ing)|propos(?:es|ing))\b.{0,200}"
    r"(?:as follows|as set forth below)\s?:?$",
    re.I,
)
_BULLET = "\n0\n"  # what the text prints for the bullet of an instruction
_SUBJECTS = re.compile(r"^List of Subjects\b")


def is_register_text(text: str) -> bool:
    """Return whether *text* is a document of the Federal Register, in GPO's own rendering."""
    head = text[:3000]
    return "[Federal Register Volume" in head and re.search(r"^\s*(?:AGENCY|AGENCIES|ACTION):", text, re.M) is not None


def register_text(text: str) -> AmericanExtract:
    """Read a rule, proposed rule or notice from its text."""
    lines, furniture = paragraphs(text.replace(_BULLET, "\n"))
    bullets = " ".join("0" * text.count(_BULLET))
    furniture += [Note("bullets", bullets)] if bullets else []
    lines = [line for line in lines if line]
    kind = next((_KINDS[line] for line in lines[:12] if line in _KINDS), "RULE")
    writer = _RegisterWriter(kind)
    for line in lines:
        writer.take(line)
    extract = rule(writer.root)
    extract.furniture += [*furniture, *(Note("masthead", line) for line in writer.masthead if line != "§")]
    extract.published_on = writer.published_on
    return extract


def is_register_page(lines: Sequence[str]) -> bool:
    """Return whether the lines of a web page are a document of the Register: it has its labels, each in its place."""
    labels = [match["label"] for line in lines if (match := _LABEL.match(line))]
    return {"ACTION", "SUMMARY", "SUPPLEMENTARY INFORMATION"} <= set(labels) and labels[0] in {"AGENCY", "AGENCIES"}


def register_page(lines: Sequence[str], headline: str) -> AmericanExtract:
    """Read a rule, proposed rule or notice from the lines of its web page; *headline* is its subject."""
    action = next((after for line, after in pairwise(lines) if line.startswith("ACTION:")), "")
    action = next((line for line in lines if line.startswith("ACTION: ")), action).lower()
    writer = _RegisterWriter(
        "PRORULE" if "proposed" in action else "NOTICE" if "notice" in action else "RULE", headline
    )
    for line in _with_subjects(lines):
        writer.take(line)
    extract = rule(writer.root)
    extract.furniture += [Note("masthead", line) for line in writer.masthead if line not in {"§", "■"}]
    return extract


def _with_subjects(lines: Sequence[str]) -> Iterator[str]:
    """Yield *lines* with the number of a section joined to its subject, where each stands in a block of its own."""
    number = ""
    for line in lines:
        if number or _ALONE.fullmatch(line):
            if number:
                yield f"{number} {line}"
            number = "" if number else line
        else:
            yield line
    if number:
        yield number


class _RegisterWriter:
    """Writes the elements, line by line."""

    def __init__(self, kind: str, headline: str = "") -> None:
        self.headline = headline
        self.root = etree.Element(kind)
        self.preamble = etree.SubElement(self.root, "PREAMB")
        self.body = self.root
        self.open: etree._Element | None = None
        self.masthead: list[str] = []
        self.published_on: date | None = None
        self.state = "masthead"
        self.title = ""

    def take(self, line: str) -> None:
        """Take one paragraph."""
        label = _LABEL.match(line) if self.state in {"masthead", "preamble"} else None
        if label:
            self.take_label(label["label"], label["text"])
        elif self.state == "masthead":
            self.above(line)
        elif self.state == "preamble":
            self.paragraph(self.open, line)
        elif _DOCUMENT.match(line) or line.startswith("BILLING CODE"):
            self.state = "end"
            self.element(self.root, "FRDOC" if _DOCUMENT.match(line) else "BILCOD", line)
        elif self.state in {"signature", "end"} or (self.state == "text" and _SIGNATURE.match(line)):
            self.signature(line)
        else:
            self.words(line)

    def take_label(self, label: str, text: str) -> None:
        self.state = "preamble"
        if label == "SUPPLEMENTARY INFORMATION":
            self.state, self.open, self.body = "text", None, etree.SubElement(self.root, "SUPLINF")
            self.element(self.body, "HD", label.capitalize())
            self.words(text)
            return
        self.open = etree.SubElement(self.preamble, _LABELS[label])
        self.element(self.open, "HD", f"{label}:")
        self.element(self.open, "P", text)

    def above(self, line: str) -> None:
        """Take what stands above the first label: the masthead in brackets, the agency, parts, numbers, the subject."""
        match = _MASTHEAD.match(line)
        if match:
            self.published_on = _day(match["day"])
        if self.headline and line == self.headline:
            self.element(self.preamble, "SUBJECT", line)
        elif line.startswith("[") and not _RIN.match(line):
            self.masthead.append(line)
            if _DOCUMENT.match(line):
                self.element(self.root, "FRDOC", line)
                self.masthead.pop()
        elif line.startswith(("From the Federal Register", "Federal Register, Volume")):
            self.masthead.append(line)
        elif _CFR.match(line):
            self.title = _CFR.match(line)["title"]  # type: ignore[index]
            self.element(self.preamble, "CFR", line)
        elif _RIN.match(line):
            self.element(self.preamble, "RIN", line)
        elif self.headline:
            self.masthead.append(line)
        elif line.isupper():
            has_agency = any(child.tag == "AGENCY" for child in self.preamble)
            self.element(self.preamble, "SUBAGY" if has_agency else "AGENCY", line)
        else:
            has_agency = any(child.tag in {"CFR", "RIN"} for child in self.preamble)
            self.element(self.preamble, "SUBJECT" if has_agency or len(line.split()) > 8 else "SUBAGY", line)

    def words(self, line: str) -> None:
        """Take a paragraph of the text: of the explanation, or once amendments begin, of the rule."""
        part, section = _PART.match(line), _SECTION.match(line)
        if part and (self.body.tag == "REGTEXT" or self.amends_begin()):
            self.open = None
            self.body = etree.SubElement(self.root, "REGTEXT", TITLE=self.title, PART=part["number"] or part["amended"])
            self.element(self.body, "HD", line)
        elif self.body.tag != "REGTEXT":
            self.element(self.body, "P" if len(line) > 80 or line.endswith(".") else "HD", line)
        elif section:
            self.masthead.append(section["sign"])
            self.open = etree.SubElement(self.body, "SECTION")
            self.element(self.open, "SECTNO", f"§ {section['number']}")
            self.element(self.open, "SUBJECT", section["subject"])
        elif (instruction := _INSTRUCTION.match(line)) and not self.in_list(line):
            self.open = None
            self.element(self.body, "AMDPAR", instruction["text"])
        elif _ATTACHMENT.match(line):
            self.open = None
            self.element(self.body, "HD", line)
        else:
            self.element(self.body if self.open is None else self.open, "P", line)

    def in_list(self, line: str) -> bool:
        """Return whether a numbered line stands in a section, as a point of it: instructions name what they change."""
        return (
            self.open is not None
            and re.search(
                r"\b(?:revis|add|remov|amend|read|redesignat|section|Sec\.|part|paragraph|authority)", line, re.I
            )
            is None
        )

    def amends_begin(self) -> bool:
        """Return whether the words of enactment were met: "… amends 16 CFR part 499 as follows:"."""
        texts = [child.text or "" for child in self.body]
        return any(_AMENDS.search(text) for text in texts[-12:]) or any(_SUBJECTS.match(text) for text in texts[-20:])

    def signature(self, line: str) -> None:
        if self.state not in {"signature", "end"}:
            self.state, self.open = "signature", etree.SubElement(self.root, "SIG")
        self.element(self.root if self.state == "end" or self.open is None else self.open, "P", line)

    def paragraph(self, parent: etree._Element | None, line: str) -> None:
        self.element(self.preamble if parent is None else parent, "P", line)

    def element(self, parent: etree._Element, tag: str, text: str) -> None:
        """Add an element with *text*, which XML can hold."""
        etree.SubElement(parent, tag).text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%B %d, %Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
