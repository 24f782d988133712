"""The terms an act defines, where and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storage.records import Definition, Provision, ProvisionKind
from tracker.reading.europe.speech import Speech

_QUOTATION = re.compile(r"[“‘„«‚\"'‧»]\s?([^“”‘„«»‧\"]{1,160}?)\s?[”’“»«\"'‧](?!\w)")
_BEFORE_COLON = re.compile(r"([^:;.]{3,100}):\s")


def definitions(provisions: tuple[Provision, ...], speech: Speech) -> tuple[Definition, ...]:
    """Return the definitions of an act: what stands in an article headed as such and begins with its term."""
    return tuple(
        Definition(term, provision.eid, provision.text)
        for article in _articles(provisions)
        if speech.definitions.search(article.heading or _opening(article))
        for provision in article.walk()
        if (term := _term(provision))
    )


def _articles(provisions: tuple[Provision, ...]) -> Iterator[Provision]:
    for provision in provisions:
        if provision.kind is ProvisionKind.ARTICLE:
            yield provision
        elif provision.kind not in {ProvisionKind.RECITAL, ProvisionKind.ANNEX}:
            yield from _articles(provision.children)


def _opening(article: Provision) -> str:
    return next((provision.text for provision in article.walk() if provision.text), "")


def _term(provision: Provision) -> str:
    quotation = _QUOTATION.match(provision.text)
    if quotation:
        return quotation[1].strip()
    term_match = (
        _BEFORE_COLON.match(provision.text) if provision.kind is ProvisionKind.POINT and provision.number else None
    )
    if term_match and _QUOTATION.search(term_match[1]):
        return re.sub(r"[“”‘’„«»\"]", "", term_match[1]).strip()
    return ""
