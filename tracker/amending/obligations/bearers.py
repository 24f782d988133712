"""Who bears a norm where the words say it otherwise than before the modal: "it is unlawful for X to", 禁止任何单位."""

from __future__ import annotations

import re

from tracker.amending.obligations.norm_words import Words

_EDGES = " ,;:.，；：。、\n\t"
_FOR = re.compile(r"\s*(?:for\s+(?P<bearer>.+?)\s+)?to\s+(?P<action>.+)$", re.I | re.S)
_SUBJECT = re.compile(
    r"\s+(?P<subject>(?:the|an?|any|each|every)\s+(?:[\w-]+\s+){0,4}?[\w-]+)\s+(?:\w+s|has|does)\b", re.I
)


def impersonal_ban(sentence: str, words: Words) -> tuple[str, str] | None:
    """Return bearer and action of "It is unlawful for X to Y", the bearer "" where nobody is named."""
    bare = sentence.strip(_EDGES)
    ban = words.impersonal.match(bare)
    said = _FOR.match(bare[ban.end() :]) if ban is not None else None
    return (said["bearer"] or "", said["action"].strip(_EDGES)) if said is not None else None


def subject_of(condition: str, words: Words) -> str:
    """Return whom a condition is about: "Where an owner considers …, it shall …"."""
    lead = words.leads.match(condition)
    subject = _SUBJECT.match(condition[lead.end() :]) if lead is not None else None
    return subject["subject"] if subject is not None else ""


def without_aside(action: str, words: Words) -> tuple[str, str | None]:
    """Return the action without what stands between commas before it, and the moment that it names."""
    aside = words.asides.match(action)
    front, comma, rest = action.partition(", ")
    if aside is None or not comma:
        return action, None
    return rest, front if words.moments.match(front) else None


def anybody_in(action: str, words: Words) -> tuple[str, str]:
    """Return the bearer that stands behind a ban, and the rest: 禁止任何单位和个人伪造."""
    for name in words.row.get("anybody", ()):
        if action.startswith(name):
            return name, action.removeprefix(name)
    return "", action
