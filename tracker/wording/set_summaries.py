"""What a change set says in the reader's language: the first line of a message, and the few words of its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storage.records import Change, ChangeKind, Claim, ClaimKind, Comparison, Weight
from tracker.wording.change_sentences import date_sentences, sentence
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.set_facts import act_and_effect
from tracker.wording.text_fit import clip, one_line

_MOST = 3  # changes told
_SUBJECT = 120  # characters
_LONGEST = 700
_FIRST = re.compile(r"(?:“[^”]*”|(?!; |；|。|\. (?:Takes effect|Amended by|Corrected by)).)+", re.DOTALL)
_PLACE = re.compile(r"\s\([^()“”]*(?:\([^()]*\)[^()“”]*)*\)$")  # … (Article 5(1)(a))
_WEIGHTS = tuple(Weight)
_PLAIN = {ClaimKind.REWORDED, ClaimKind.RECAST, ClaimKind.WORDS_MOVED}


def set_summary(comparison: Comparison, words: Labels = ENGLISH) -> str:
    """Return what changed in one to three sentences; nothing where a language has no sentences, or nothing is known."""
    if not comparison.summary_text:
        return ""
    if words.language == ENGLISH.language:
        return one_line(comparison.summary_text, _LONGEST)
    sentences = list(dict.fromkeys([*date_sentences(comparison.dates, words), *_told(comparison, words)]))[:_MOST]
    facts = "".join(
        f"{words('fact.said', name=name, value=value)}{words('fact.stop')}"
        for name, value in act_and_effect(comparison, words)
    )
    return f"{'；'.join(sentences)}。{facts}" if sentences else ""


def subject_words(summary: str) -> str:
    """Return the first thing a summary says, short enough for a subject line; where it stands is left out."""
    first = _FIRST.match(summary)
    bare = _PLACE.sub("", first[0].rstrip(".。 ")) if first else ""
    return bare if len(bare) <= _SUBJECT else clip(bare, _SUBJECT)


def _told(comparison: Comparison, words: Labels) -> Iterator[str]:
    plain = [c for c in comparison.changes if any(c.claims) and c.weight is not Weight.REFERENCE]
    changes = [c for c in plain if any(_tells(claim) for claim in c.claims)] or plain or _wholes(comparison)
    places: dict[str, list[str]] = {}
    for change in sorted(changes, key=lambda change: _WEIGHTS.index(change.weight)):
        text, place = sentence(change, words.language), change.new_citation or change.old_citation
        if text:
            places.setdefault(text, []).append("" if place in text else place)
    for words_of_change, where in places.items():
        citations = list(dict.fromkeys(filter(None, where)))
        more = f"等{len(citations)}处" if len(citations) > _MOST else ""
        yield f"{'、'.join(citations[:_MOST])}{more}：{words_of_change}" if citations else words_of_change


def _wholes(comparison: Comparison) -> list[Change]:
    """Return the units that came or went as a whole, of which no claim speaks."""
    return [change for change in comparison.changes if change.kind in {ChangeKind.ADDED, ChangeKind.REMOVED}]


def _tells(claim: Claim) -> bool:
    return claim.claim not in _PLAIN
