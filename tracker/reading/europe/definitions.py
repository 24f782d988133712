"""The terms an act defines, where and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storage.records import Definition, Provision, ProvisionKind
from tracker.reading.europe.dates import own_words
from tracker.reading.europe.speech import Speech

_QUOTATION = re.compile(r"[“‘„«‚\"'‧»”’]\s?([^“”‘„«»‧\"]{1,160}?)\s?[”’“»«\"'‧](?!\w)")
_LAST_QUOTATION = re.compile(
    r"[“‘„«‚\"](?P<term>[^“‘„«»‧\"]{1,160}?)[”’“»\"](?:,?\s?\([^()]{1,80}\))?,?\s*$"
)  # "‘processing of personal data’ (‘processing’) " before the verb
_BARE_TERM = re.compile(r"[^\W\d_][\w-]*(?:\s[\w-]+){0,4}\s")
# "the European Lamp Board (the ‘Board’)"
_IN_BRACKETS = re.compile(
    r"(?<=\w )\((?:(?:the|de|het|der|die|das|le|la|l|les|il|lo|el|los|las|o|a|os|as)[ ’'][“‘„«»”’\"]|[“‘\"]the )"
    r"([^“”‘’„«»\"()]{2,80})[”’“»«\"]\)(?! (?:shall )?mean)"
)
_NEAR = 200  # characters from "hereinafter" to the end of the term
_LONGEST = 400  # characters before the verb in which its term stands
_VERB_TO_TERM = 60  # "bezeichnet der Ausdruck „Lampe“"
_BEFORE_SIGN = re.compile(r"([^:;.–—]{2,100}?)(?::|\s[–—])\s")
_BEFORE_COLON = re.compile(r"([^:;.]{3,100}):\s")


def definitions(provisions: tuple[Provision, ...], speech: Speech) -> tuple[Definition, ...]:
    """Return the definitions of an act: terms at the beginning of a point, and terms a sentence says the meaning of."""
    terms: dict[tuple[str, str], Definition] = {}
    for article in _articles(provisions):
        is_list = speech.definitions.search(article.heading or _opening(article)) is not None
        for provision in article.walk():
            for term in _terms(provision, speech, is_list=is_list):
                terms.setdefault((term, provision.eid), Definition(term, provision.eid, provision.text))
    return tuple(terms.values())


def _terms(provision: Provision, speech: Speech, *, is_list: bool) -> Iterator[str]:
    own = own_words(provision)
    if is_list and (term := _term(provision, speech)):
        yield term
    yield from _terms_in_passing(own, speech)
    if not is_list:
        yield from (match[1].strip() for match in _IN_BRACKETS.finditer(own))
    if speech.means is None:
        return
    says_purpose = speech.purposes is not None and speech.purposes.match(own.lstrip()) is not None
    if not is_list and not says_purpose:
        return
    for verb in speech.means.finditer(own):
        before = own[max(0, verb.start() - _LONGEST) : verb.start()]
        quotation = _LAST_QUOTATION.search(before)
        if quotation:
            yield quotation["term"].strip()
        elif behind := _behind_verb(own, verb, is_first=not before.strip()):
            yield behind[1].strip()
        elif is_list and not own.rstrip().endswith(":") and (bare := _BARE_TERM.fullmatch(before)):
            yield bare[0].strip()


def _behind_verb(own: str, verb: re.Match[str], *, is_first: bool) -> re.Match[str] | None:
    """Return the term where the verb comes before it: "ciallaíonn ‘sonraí’ …", "on entend par «lampe» …"."""
    if is_first:
        return _QUOTATION.match(own, verb.end() + 1)
    before = own[max(0, verb.start() - _LONGEST) : verb.start()].rstrip()
    has_subject = not before.endswith(",") and "," in before
    return None if has_subject else _QUOTATION.search(own, verb.end(), verb.end() + _VERB_TO_TERM)


def _terms_in_passing(own: str, speech: Speech) -> Iterator[str]:
    """Yield the terms that a sentence gives to what it speaks of: "a body (hereinafter referred to as ‘the Board’)"."""
    for words in speech.hereinafter.finditer(own):
        quotation = _QUOTATION.search(own, words.end(), words.end() + _NEAR)
        if quotation:
            yield quotation[1].strip()


def _articles(provisions: tuple[Provision, ...]) -> Iterator[Provision]:
    for provision in provisions:
        if provision.kind is ProvisionKind.ARTICLE:
            yield provision
        elif provision.kind not in {ProvisionKind.RECITAL, ProvisionKind.ANNEX}:
            yield from _articles(provision.children)


def _opening(article: Provision) -> str:
    return next((provision.text for provision in article.walk() if provision.text), "")


def _term(provision: Provision, speech: Speech) -> str:
    quotation = _QUOTATION.match(provision.text)
    if quotation:
        return quotation[1].strip()
    term_match = (
        _BEFORE_COLON.match(provision.text) if provision.kind is ProvisionKind.POINT and provision.number else None
    )
    if term_match and _QUOTATION.search(term_match[1]):
        return re.sub(r"[“”‘’„«»\"]", "", term_match[1]).strip()
    bare = _BEFORE_SIGN.match(provision.text) if speech.bare_terms and provision.number else None
    return bare[1].strip() if bare and provision.kind is ProvisionKind.POINT else ""
