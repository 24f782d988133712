"""Plant words in a page: a change that is certainly there, in one provision, without touching anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.records import Provision

_CODECS = ("utf-8", "gb18030", "utf-16-le", "latin-1")
_LEAST, _MOST = 8, 60  # characters of a stretch that stands in the page as it does in the law
_PLAIN = re.compile(r"[^\s<>&\"'\\{}\[\]]+(?: [^\s<>&\"'\\{}\[\]]+)*")
_MARKUP = frozenset(
    {"text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "text/markdown"}
)


@dataclass(frozen=True, slots=True)
class PlantedPage:
    """A page in which words were planted, and the provision that holds them."""

    body: bytes
    eid: str
    words: str


def plant_words(body: bytes, media_type: str, provisions: Iterator[Provision], words: str) -> PlantedPage | None:
    """Return *body* with *words* in the first provision whose text stands in it exactly once; None where none does."""
    if media_type not in _MARKUP:
        return None
    for provision in provisions:
        for stretch in _stretches(provision.text):
            for codec in _CODECS:
                needle = stretch.encode(codec, "ignore")
                if len(needle) >= _LEAST and body.count(needle) == 1:
                    new_words = f"{stretch} {words}".encode(codec)
                    return PlantedPage(body.replace(needle, new_words), provision.eid, words)
    return None


def _stretches(text: str) -> Iterator[str]:
    """Yield stretches of a text in which markup has nothing to do, the longest that is wanted first."""
    stretches = sorted((match.group()[:_MOST] for match in _PLAIN.finditer(text)), key=len, reverse=True)
    yield from (stretch.rstrip(" ,;.:") for stretch in stretches if len(stretch) >= _LEAST)
