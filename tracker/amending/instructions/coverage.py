"""Hold that every word of an instruction was understood: one that says more than was read is abstained from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.amending.instructions.europe_grammar import Grammar
from tracker.amending.instructions.quotation import MASK
from tracker.reading.europe.references import NUMBER

_WORD = re.compile(r"[^\W\d_][\w’'.-]*|\d[\w.]*")
_ENDS = ".’'-"
_BRACKET = re.compile(r"\([^()⟦]*(?:\([^()⟦]*\)[^()⟦]*)*\)")


def unread_words(clause_text: str, grammar: Grammar, names: Iterable[re.Pattern[str]] = ()) -> list[str]:
    """Return the words of an instruction, its quotations masked, that neither the grammar nor a name accounts for.

    A language whose table has no ``filler`` is not held to it.
    """
    if not grammar.filler:
        return []
    chars = list(clause_text)
    for start, end in _spans(clause_text, grammar, (NUMBER, *names)):
        chars[start:end] = " " * (end - start)
    words = (hit[0].strip(_ENDS).casefold() for hit in _WORD.finditer("".join(chars)))
    return [word for word in words if word and word not in grammar.filler]


def without_asides(clause_text: str) -> str:
    """Return *clause_text* without what stands in brackets: where an act was printed, how it is called hereafter."""
    return _BRACKET.sub(lambda hit: " " if " " in hit[0] else hit[0], clause_text)


def _spans(clause_text: str, grammar: Grammar, names: Iterable[re.Pattern[str]]) -> Iterable[tuple[int, int]]:
    for mention in grammar.mentions(clause_text):
        yield mention.start, mention.end
    patterns = (*grammar.verbs.values(), grammar.follow_words, *grammar.anchors.values(), grammar.between)
    for pattern in (*patterns, grammar.everywhere, grammar.attachment, MASK, *names):
        for hit in pattern.finditer(clause_text):
            yield hit.span()
