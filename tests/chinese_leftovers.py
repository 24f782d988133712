"""What a reader of Chinese would still read in English: words of a page or a mail that are not marked as English."""

import re

from lxml import html

_SILENT = {"code", "kbd", "pre", "script", "style", "head", "iframe", "textarea", "datalist", "del", "ins"}
_NAMES = frozenset(
    "clausewatch utc word markdown atom json csv akoma ntoso english openapi api icalendar html toml docx warc feed "
    "rfc sha celex gdpr usd cny eur inr ai id http https xml ip smtp url cookie europe brussels shanghai kolkata "
    "deep fake chatbot new york america asia message-id tr operator".split()
)
_CITATION = re.compile(
    r"(?i)(?<![a-z])(?:article|rule|section|schedule|annex|paragraph|part|chapter|regulation|art|sec)(?![a-z])\.?"
)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|[\w.-]*[_/][\w./_-]*|\S+\.(?:com|example|html?|py|toml|eml|xml|json)\b")
_QUOTATION = re.compile(r"“[^”]*[”…]|《[^》]*》|〈[^〉]*〉|\"[^\"]*\"|（[^）]*）")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+")


def leftovers(page):
    """Return the runs of text of *page*, which is in Chinese, that hold English and are not marked as English."""
    return [run for text, language in _texts(html.fromstring(page), "") if language.startswith("zh")
            for run in english_in(text)]  # fmt: skip


def english_in(text):
    """Return *text* when it holds English words of ours; names, ids, addresses, citations and quotations are none."""
    bare = _CITATION.sub(" ", _QUOTATION.sub(" ", _ADDRESS.sub(" ", text)))
    words = [word for word in _WORD.findall(bare) if word.lower() not in _NAMES and not _is_initials(word)]
    return [" ".join(text.split())[:160]] if words else []


def _is_initials(word):
    """Return whether *word* is what an authority is called for short: FTC, MeitY."""
    return len(word) <= 6 and sum(letter.isupper() for letter in word) >= 2


def _texts(element, language):
    language = element.get("lang", language)
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    for name in ("aria-label", "placeholder", "title", "alt", "data-label"):
        if value := element.get(name):
            yield value, language
    if element.text:
        yield element.text, language
    for child in element:
        yield from _texts(child, language)
        if child.tail:
            yield child.tail, language
