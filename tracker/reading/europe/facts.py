"""What an act of the Union says about itself, each fact with the words it rests on."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from storage.records import Authority, Provision
from tracker.reading.authorities import by_ids, table
from tracker.reading.europe.dates import milestones
from tracker.reading.europe.definitions import definitions
from tracker.reading.europe.references import COMMUNITIES, NUMBER, celex
from tracker.reading.europe.relations import corrections, relations
from tracker.reading.europe.speech import Speech, speech_of
from tracker.reading.structure.draft import Extract, ReadingContext
from tracker.reading.structure.european_words import is_corrigendum
from tracker.reading.tradition import Facts

_PROPOSAL_NUMBER = re.compile(r"\b(?:COM|JOIN|SWD)\s?\(\d{4}\)\s?\d{1,4}(?:\s(?:final|endg\.|definitief))?")
_AT_THE_END = re.compile(rf"(?<=\()\d{{2,4}}/\d{{1,4}}/{COMMUNITIES}(?=\)\W*$)")  # "… (2000/520/EC)"
_BARE_NUMBER = re.compile(r"(?<![\d/])\d{1,4}/\d{1,4}(?![\d/])")
_NEAR = 200  # characters before the date of a title in which a number without a community is the act's own
_COMMISSION = "eu_commission"


def facts(extract: Extract, provisions: tuple[Provision, ...], hints: ReadingContext) -> Facts:
    """Return the facts of an act; unknown is empty."""
    title = extract.title or hints.title
    language = extract.language or hints.language
    speech = speech_of(language, title)
    if speech is None:
        return Facts(
            title=title,
            language=language,
            uri=extract.uri,
            dates=milestones(extract, title, provisions, None),
            authorities=tuple(by_ids(hints.authorities, "europe")),
        )
    head = _head(title, speech)
    if _is_about_an_act(head, speech):
        return _facts_of_guidance(extract, title, head, provisions, hints, speech)
    draft = speech.is_proposal(title)
    corrects = is_corrigendum(title)
    kind = "corrigendum" if corrects else _kind(head, speech)
    number = _number(extract, title, speech, draft=draft) if not corrects else extract.number
    return Facts(
        title=title,
        number=number,
        type="proposal" if draft else kind,
        draft=draft,
        language=speech.language,
        uri=extract.uri if draft or corrects else _uri(extract.uri, celex(number, kind)),
        authorities=_authorities(extract, head, hints, draft=draft),
        dates=milestones(extract, title, provisions, speech),
        definitions=definitions(provisions, speech),
        relations=corrections(title, speech) if corrects else relations(title, provisions, speech),
    )


def _uri(stated_celex: str, by_number: str) -> str:
    """Return the CELEX number a page states, unless the act's own number is another: a page names what repealed it."""
    agrees = not by_number or stated_celex[1:].startswith(by_number[1:5])
    return stated_celex if stated_celex and agrees else by_number


def _is_about_an_act(head: str, speech: Speech) -> bool:
    """Return whether a title begins as that of guidelines, an opinion …: the act it names is another text."""
    about, act = _about().search(head), speech.type.search(head)
    return about is not None and (act is None or about.start() < act.start())


def _facts_of_guidance(
    extract: Extract,
    title: str,
    head: str,
    provisions: tuple[Provision, ...],
    hints: ReadingContext,
    speech: Speech,
) -> Facts:
    act = speech.type.search(head)
    match = _BARE_NUMBER.search(head[: act.start()] if act else head)
    return Facts(
        title=title,
        number=match[0] if match else "",
        type="guidance",
        language=speech.language,
        authorities=_authorities(extract, head, hints, draft=False),
        dates=milestones(extract, title, provisions, speech),
        definitions=definitions(provisions, speech),
    )


@cache
def _about() -> re.Pattern[str]:
    table = tomllib.loads(resources.files(__package__).joinpath("guidance.toml").read_text(encoding="utf-8"))
    words = "|".join(sorted(map(re.escape, table["about"]), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)


def _head(title: str, speech: Speech) -> str:
    """Return the part of a title that says who adopted what: all before its date."""
    day = speech.date_in(title)
    return title[: day[1].start()] if day else title


def _kind(head: str, speech: Speech) -> str:
    match = speech.type.search(head)
    return speech.types[match[1].lower()] if match else ""


def _number(extract: Extract, title: str, speech: Speech, *, draft: bool) -> str:
    if draft:
        header = "\n".join(note.text for note in extract.furniture)
        match = _PROPOSAL_NUMBER.search(header)
        return match[0] if match else ""
    if extract.number:
        return extract.number
    own = title[: _first_relation(title, speech)]
    match = _AT_THE_END.search(title) or NUMBER.search(own) or _BARE_NUMBER.search(_head(own, speech)[-_NEAR:])
    return " ".join(match[0].split()) if match else ""


def _first_relation(title: str, speech: Speech) -> int:
    """Return where a title begins to name other acts ("amending …", "and repealing …")."""
    if speech.act_first:
        return len(title)
    cues = (pattern.search(title) for pattern in speech.title_relations.values())
    return min((match.start() for match in cues if match), default=len(title))


def _authorities(extract: Extract, head: str, hints: ReadingContext, *, draft: bool) -> tuple[Authority, ...]:
    if draft:
        return tuple(by_ids([_COMMISSION], "europe"))
    preamble = next((note.text.split("\n", 1)[0] for note in extract.front if note.name == "preamble"), "")
    return tuple(_authorities_in(head) or _authorities_in(preamble) or by_ids(hints.authorities, "europe"))


def _authorities_in(head: str) -> list[Authority]:
    places: list[tuple[int, Authority]] = []
    for entry in [row for row in table("europe") if row.names]:
        names = "|".join(re.escape(name) for name in entry.names)
        match = re.search(rf"(?<!\w)(?:{names})(?!\w)", head, re.IGNORECASE)
        if match:
            places.append((match.start(), entry.authority))
    return [authority for _, authority in sorted(places, key=lambda place: place[0])]
