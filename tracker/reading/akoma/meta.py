"""What the metadata of an Akoma Ntoso document state: country, language, number, title, publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from tracker.reading.formats.recognise import Format, OpenedPage

_ROOT = re.compile(r"<(?:\w+:)?akomaNtoso\b")
_JURISDICTIONS = frozenset({"cn", "eu", "us", "in"})
_LANGUAGES = {
    "zho": "zh",
    "chi": "zh",
    "cmn": "zh",
    "deu": "de",
    "ger": "de",
    "spa": "es",
    "swe": "sv",
    "pol": "pl",
    "por": "pt",
    "ces": "cs",
    "slk": "sk",
    "slv": "sl",
    "ell": "el",
    "est": "et",
    "gle": "ga",
    "nld": "nl",
    "dut": "nl",
    "dan": "da",
    "mlt": "mt",
}  # fmt: skip - ISO 639-2 codes that do not begin with their ISO 639-1 code


def is_akoma(source: OpenedPage) -> bool:
    """Return whether *source* is an Akoma Ntoso document, whole enough to be parsed."""
    if source.format is not Format.XML or not _ROOT.search(source.text[:4096]):
        return False
    return source.root is not None and name_of(source.root) == "akomaNtoso"


def is_ours(root: etree._Element) -> bool:
    """Return whether *root* is an export of our own, whose elements are named as our provisions are."""
    return attribute_of(root, "identification", "source") == "#clausewatch"


def country_of(source: OpenedPage) -> str:
    """Return the jurisdiction the metadata name, when it is one of ours; else ""."""
    if not is_akoma(source) or source.root is None:
        return ""
    country = attribute_of(source.root, "FRBRcountry", "value").lower()[:2]
    return country if country in _JURISDICTIONS else ""


def language_of(root: etree._Element) -> str:
    """Return the ISO 639-1 code of the language the metadata state; "" when they state none."""
    code = attribute_of(root, "FRBRlanguage", "language").lower()
    return "" if code == "und" else _LANGUAGES.get(code, code[:2])


def title_of(root: etree._Element) -> str:
    """Return the title: as printed, else an alias or name that the metadata give."""
    title = next((text for name in ("docTitle", "shortTitle") for text in _printed_words(root, name)), "")
    return title or attribute_of(root, "FRBRalias", "value") or attribute_of(root, "FRBRname", "value")


def published_of(root: etree._Element) -> date | None:
    """Return the day of publication the metadata state."""
    try:
        return date.fromisoformat(attribute_of(root, "publication", "date")[:10])
    except ValueError:
        return None


def attribute_of(root: etree._Element, name: str, attribute: str) -> str:
    """Return *attribute* of the first element called *name*; "" when there is none."""
    return next((str(node.get(attribute) or "") for node in _elements_named(root, name)), "")


def name_of(node: etree._Element) -> str:
    """Return the element's name without its namespace; "" for a comment or processing instruction."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _elements_named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{name}")


def _printed_words(root: etree._Element, name: str) -> Iterator[str]:
    texts = (" ".join("".join(str(part) for part in node.itertext()).split()) for node in _elements_named(root, name))
    return (text for text in texts if text)
