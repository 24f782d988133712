"""Addresses as pages hide them: in attributes, in scripts of a click, behind a viewer, in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from parsel import Selector

_HOLDERS = ("href", "src", "data", "data-href", "data-url", "data-src", "data-file", "data-link")
_CLICKS = ("onclick", "ondblclick", "onmousedown")
_CALL_ARGUMENT = re.compile(r"""['"]((?:https?:)?/{0,2}[^'"\s]{1,1000})['"]""")
_FILE = re.compile(r"\.(?:pdf|docx?|wps|rtf|xml|html?|ofd|txt|zip)(?=$|[?#&])", re.IGNORECASE)
_VIEWER_KEYS = frozenset({"file", "url", "src", "pdf", "doc", "document", "path", "filepath", "filename"})
_FILE_END = (".pdf", ".docx", ".doc", ".wps", ".rtf", ".ofd")


def addresses_in(element: Selector, attribute: str = "") -> Iterator[str]:
    """Yield where *element* leads: by *attribute* when one is named, else by whatever attribute holds an address."""
    if attribute == "text":
        yield " ".join("".join(element.css("*::text").getall()).split())
        return
    for name in (attribute,) if attribute else _HOLDERS:
        value = element.attrib.get(name, "").strip()
        if value and not value.startswith("#"):
            yield behind_viewer(value) if not value.lower().startswith("javascript:") else _in_script(value)
    if not attribute:
        for name in _CLICKS:
            if value := element.attrib.get(name, ""):
                yield _in_script(value)


def behind_viewer(url: str) -> str:
    """Return the file that an address of a viewer shows; *url* itself when it is no viewer's.

    >>> behind_viewer("../../../web/?file=https://www.sebi.gov.in/docs/1750417226.pdf")
    'https://www.sebi.gov.in/docs/1750417226.pdf'
    >>> behind_viewer("/a.wps?fileName=Annex.wps")
    '/a.wps?fileName=Annex.wps'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if _FILE.search(parts.path) and not parts.path.lower().endswith((".html", ".htm", ".xml")):
        return url
    for key, value in parse_qsl(f"{parts.query}&{parts.fragment}"):
        inner = unquote(value)
        if key.lower() in _VIEWER_KEYS and _FILE.search(inner) and ("/" in inner or inner.startswith("http")):
            return inner
    return url


def is_file(url: str) -> bool:
    """Return whether an address names a file of a text, and not a page."""
    return url.lower().partition("?")[0].endswith(_FILE_END)


def _in_script(script: str) -> str:
    """Return the address that a script calls with: its first argument that is a file's, else that looks like a path."""
    arguments = [match[1] for match in _CALL_ARGUMENT.finditer(unquote(script))]
    file_arguments = [argument for argument in arguments if _FILE.search(argument)]
    paths = [argument for argument in arguments if "/" in argument]
    return behind_viewer(next(iter([*file_arguments, *paths]), ""))
