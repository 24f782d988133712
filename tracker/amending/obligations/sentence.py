"""Take one sentence apart: bearer, modality, action, condition and deadline of each thing it obliges to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.amending.obligations.bearers import (
    actor_at_start,
    agent_of,
    anybody_in,
    impersonal_ban,
    impersonal_duty,
    is_passive,
    is_thing,
    passive_agent,
    subject_of,
    wide_bearer,
    without_aside,
)
from tracker.amending.obligations.deadlines import take_deadline
from tracker.amending.obligations.norm_words import MODALITIES, Modality, Words, words_of

_EDGES = " ,;:.，；：。、\n\t"
_MARKER = re.compile(r"^\([0-9A-Za-z]{1,4}\)\s*")
_DEFINES = re.compile(r"[”’\"],?\s(?:means|shall (?:mean|include|have the meaning))\b", re.I)
_OF_RELATIVE = re.compile(
    r"\b(?:that|which|whom)\s(?:(?:the|an?|such|each|every|any|this|those)\s(?:[\w’'-]+\s){1,5}|(?:he|she|it|they|we)\s)$",
    re.I,
)
_AS_MAY = re.compile(r"\bsuch\b[^.;]*\bas\s(?:(?:the|a|an|it|he|she|they)\s)?(?:[\w-]+\s){0,4}$")
_WITHIN_CONDITION = re.compile(r"[^，。；]{0,40}的，")
_DAY = re.compile(r"\d\s$")
_YEAR = re.compile(r"\s(?:\d{1,2},\s)?\d{4}\b")


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm of a sentence; ``start`` and ``end`` are where its words stand in the text."""

    bearer: str
    modality: Modality
    action: str
    condition: str | None
    deadline: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Hit:
    modality: Modality
    start: int
    end: int


def norms_of(text: str, language: str) -> list[Norm]:
    """Return the norms of *text*, in order; what only says that something applies obliges nobody."""
    words = words_of(language)
    norms: list[Norm] = []
    before = ""
    for first, end in _sentences(text, words):
        start = first + _opener_length(text[first:end], words)
        if said := _said_of_nobody(text[start:end], words):
            norms += [
                Norm(_bare(bearer, words), modality, action, None, None, start, end)
                for bearer, modality, action in said
            ]
            before = norms[-1].bearer
            continue
        sentence_norms = list(_Clauses(text[start:end], start, words, before).norms())
        before = sentence_norms[-1].bearer if sentence_norms else agent_of(text[start:end], words) or before
        norms += sentence_norms
    return norms


def _sentences(text: str, words: Words) -> Iterator[tuple[int, int]]:
    pattern = r"[。；]|\n" if words.wide else r"(?<=[\w)”’\"][\w)”’\"])[.;](?:\s|$)|\n"
    start = 0
    for hit in re.finditer(pattern, text):
        if text[start : hit.start()].strip(_EDGES):
            yield start, hit.end()
        start = hit.end()
    if text[start:].strip(_EDGES):
        yield start, len(text)


def _opener_length(sentence: str, words: Words) -> int:
    """Return how long the words are that only tie a sentence to the one before: "Provided that the Board may …"."""
    blank = len(sentence) - len(sentence.lstrip())
    opener = words.openers.match(sentence[blank:])
    return blank + opener.end() if opener is not None else 0


def _said_of_nobody(sentence: str, words: Words) -> list[tuple[str, Modality, str]]:
    """Return what is banned or laid on somebody without a modal before the verb: "the sale of oil is prohibited"."""
    if ban := impersonal_ban(sentence, words):
        return [(ban[0], Modality.MUST_NOT, ban[1])]
    if duty := impersonal_duty(sentence, words):
        return [(duty[0], Modality.MUST, duty[1])]
    bare = sentence.strip(_EDGES)
    banned = words.banned.search(bare)
    if banned is not None and banned.end() == len(bare) and not words.void.match(bare):
        return [("", Modality.MUST_NOT, _bare(bare[: banned.start()], words))]
    return []


class _Clauses:
    def __init__(self, sentence: str, offset: int, words: Words, before: str) -> None:
        self.sentence, self.offset, self.words, self.before = sentence, offset, words, before
        idle = [hit.span() for hit in words.idle.finditer(sentence) if not words.idle_not.match(sentence, hit.start())]
        is_void = words.void.match(sentence.strip(_EDGES)) or _DEFINES.search(sentence)
        hits = [] if is_void else _hits(sentence, words)
        self.hits = [
            hit
            for place, hit in enumerate(hits)
            if not any(a <= hit.start < b for a, b in idle)
            and not words.relative.search(sentence[: hit.start])
            and not _AS_MAY.search(sentence[: hit.start])
            and not (_OF_RELATIVE.search(sentence[: hit.start]) and not words.wide)
            and not (words.wide and place + 1 < len(hits) and _WITHIN_CONDITION.match(sentence, hit.end))
        ]

    def norms(self) -> Iterator[Norm]:
        """Yield the norms; one whose clause names nobody has the bearer of the one before."""
        bearer, condition = self.before, None
        start = 0
        for place, hit in enumerate(self.hits):
            next_hit = self.hits[place + 1] if place + 1 < len(self.hits) else None
            end = self.split(hit, next_hit) if next_hit is not None else len(self.sentence)
            lead, own = self.head(self.sentence[start : hit.start], first=place == 0)
            condition = lead or condition
            if hit.modality is Modality.MUST_NOT and self.sentence[hit.start : hit.end] in self.words.row["opening"]:
                bearer = "" if not own else bearer
            if own.lower() in self.words.row["pronouns"]:
                bearer = bearer or subject_of(condition or "", self.words)
            else:
                bearer = own or bearer
            yield self.norm(hit, bearer, condition, start, end)
            start = end

    def split(self, hit: _Hit, next_hit: _Hit) -> int:
        """Return where the clause of the next norm begins: behind the last join or mark between the two."""
        between = self.sentence[hit.end : next_hit.start]
        joins = [*re.finditer(r"[;；，,]\s*", between)]
        for word in self.words.any(self.words.row["joins"]).finditer(between):
            joins.append(word)
        last = max((join.end() for join in joins), default=len(between))
        return hit.end + last

    def head(self, text: str, *, first: bool) -> tuple[str | None, str]:
        """Return the condition and the bearer that stand before the modal."""
        del first
        return _wide_head(text, self.words, self.before) if self.words.wide else _head(text, self.words)

    def norm(self, hit: _Hit, bearer: str, condition: str | None, start: int, end: int) -> Norm:
        """Return the norm of one modal."""
        modality = hit.modality
        nobody = self.words.nobody.match(bearer)
        if nobody is not None and modality is not Modality.NEED_NOT:
            modality, bearer = Modality.MUST_NOT, bearer[nobody.end() :].strip()
        action = self.sentence[hit.end : end].strip(_EDGES)
        action, tail = _tail(action, self.words)
        action, deadline = take_deadline(action, self.sentence[start : hit.start], self.words)
        action, moment = without_aside(action, self.words)
        tail = tail or moment
        if hit.start == start and not bearer:
            bearer, action = anybody_in(action, self.words)
        bearer, action = _agent(bearer, action, self.words)
        if bearer and is_thing(_bare(bearer, self.words), self.words):
            bearer, action = "", f"{_bare(bearer, self.words)}{'' if self.words.wide else ' '}{action}"
        joins = "|".join(self.words.row["joins"])
        gap = r"[，,]?" if self.words.wide else r"(?:,|\s)+"
        action = re.sub(rf"{gap}(?:{joins})$", "", action)
        return Norm(
            _bare(bearer, self.words), modality, action.strip(_EDGES), tail or condition, deadline,
            self.offset + start, self.offset + end,
        )  # fmt: skip


def _hits(sentence: str, words: Words) -> list[_Hit]:
    hits: list[_Hit] = []
    for modality in MODALITIES:
        for hit in words.modals[modality].finditer(sentence):
            month = hit[0] == "May" and (_DAY.search(sentence[: hit.start()]) or _YEAR.match(sentence[hit.end() :]))
            if month or sentence[hit.end() : hit.end() + 1] in tuple(words.never_before.get(hit[0], ())):
                continue
            if not any(entry.start < hit.end() and hit.start() < entry.end for entry in hits):
                hits.append(_Hit(modality, *hit.span()))
    return sorted(hits, key=lambda hit: hit.start)


def _head(text: str, words: Words) -> tuple[str | None, str]:
    """Take a condition or an aside off the front: what stands behind its last comma is the bearer."""
    bare = text.strip(_EDGES)
    lead = words.leads.match(bare) if words.asides_first.match(bare) is None else None
    aside = words.asides.match(bare) or words.asides_first.match(bare)
    if lead is None and aside is None:
        return None, _without_inserts(bare, words)
    front, comma, rest = bare.rpartition(",")
    if not comma:
        return (bare, "") if lead is not None else (None, "")
    while words.asides.match(rest.strip()) and "," in front:  # ", the operator, taking account of the cost, shall"
        front, _, rest = front.rpartition(",")
    inner = words.leads.match(rest.strip())
    if inner is not None:
        return rest.strip(), ""
    return (front.strip(_EDGES) if lead is not None else None), rest.strip(_EDGES)


def _without_inserts(text: str, words: Words) -> str:
    """Return the bearer without what stands between commas behind it ("Providers, where relevant,")."""
    head, comma, rest = text.partition(",")
    insert_words = words.leads.match(rest.strip()) or words.asides.match(rest.strip())
    return head.strip(_EDGES) if comma and insert_words is not None else text


def _wide_head(text: str, words: Words, before: str) -> tuple[str | None, str]:
    parts = [part for part in re.split(r"[，,：:]", text) if part.strip(_EDGES)]
    unless = tuple(words.row["unless"])
    conditions = [
        bare for part in parts if (bare := part.strip(_EDGES)).endswith(("的", "时", "后")) or bare.startswith(unless)
    ]
    others = [part.strip(_EDGES) for part in parts if part.strip(_EDGES) not in conditions]
    others = [
        part for part in others if not _is_aside(part.removeprefix("或者"), words) and not re.search(r"[内前]$", part)
    ]
    bearer = wide_bearer(others, words)
    if not others and conditions and not before:
        bearer = actor_at_start(conditions[0], words)
    return (conditions[-1] if conditions else None), bearer


def _is_aside(part: str, words: Words) -> bool:
    return words.asides.match(part) is not None and words.asides_not.match(part) is None


def _tail(action: str, words: Words) -> tuple[str, str | None]:
    hit = words.tails.search(action)
    if hit is None:
        return action, None
    if not hit.start():  # "shall, where relevant, keep records"
        insert_words, comma, rest = action.partition(",")
        return (rest.strip(_EDGES), insert_words.strip(_EDGES)) if comma else (action, None)
    return action[: hit.start()].strip(_EDGES), action[hit.start() :].strip(_EDGES)


def _agent(bearer: str, action: str, words: Words) -> tuple[str, str]:
    """Return who does what is said to be done "by" somebody: in the passive the subject bears no duty."""
    passive = words.row["passive"]
    is_state = words.states.match(action.partition(" ")[2]) is not None  # "be liable" is no passive
    if not passive or is_state or not re.match(rf"{passive}\s", action, re.I) or not is_passive(action, words):
        return bearer, action
    agent, rest = passive_agent(action, words)
    return agent, f"{_bare(bearer, words)} {rest}"


def _bare(bearer: str, words: Words) -> str:
    text = _MARKER.sub("", bearer.strip(_EDGES))
    if not words.wide:  # what joins a clause to another is none of its subject
        joins = "|".join(words.row["joins"])
        text = re.sub(rf"^(?:(?:{joins})\s+)+|(?:[,\s]+(?:{joins}))+$", "", text, flags=re.I)
    article = words.articles.match(text)
    text = text[article.end() :].strip() if article is not None else text
    return "" if text.lower() in words.row["pronouns"] else text
