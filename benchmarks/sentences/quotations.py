"""Are the sentences true to the letter? Their quotations are held against both texts, whatever the claims say.

It shares nothing with the comparison: it reads the finished English sentence, and looks words up in the plain texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storage.records import Change, ChangeKind, Provision, Reading

_QUOTATION = re.compile(r"“([^“”]{2,})”")
_NOW_ALSO = re.compile(r"[Nn]ow also (?:reads|lists:?) “([^”]+)”")
_NO_MORE = re.compile(r"[Rr]eads “([^”]+)” no more|[Ll]ists no more: “([^”]+)”")
_WAS_IS = re.compile(r"[Ww]as “([^”]+)”, is now “([^”]+)”")
_SAME = "The same words"


def untrue_quotations(change: Change, old: Reading, new: Reading) -> Iterator[str]:
    """Yield what the sentence about *change* quotes that does not stand where it says."""
    sentence = change.explanation
    sides = [_letters(_text_of(reading)) for reading in (old, new)]
    before, after = _letters(change.old_text), _letters(change.new_text)
    for quotation in _QUOTATION.findall(sentence):
        if not any(_stands(quotation, side) for side in (*sides, before, after)):
            yield f"quoted from neither text: {quotation!r} in {sentence!r}"
    for quotation in _NOW_ALSO.findall(sentence):
        if not _stands(quotation, after) or _count(quotation, before) >= _count(quotation, after):
            yield f"not new: {quotation!r} in {sentence!r}"
    for groups in _NO_MORE.findall(sentence):
        quotation = next(filter(None, groups))
        if not _stands(quotation, before) or _count(quotation, after) >= _count(quotation, before):
            yield f"not gone: {quotation!r} in {sentence!r}"
    for was, is_now in _WAS_IS.findall(sentence):
        if not (_stands(was, before) and _stands(is_now, after)):
            yield f"was not, or is not: {sentence!r}"
    if sentence.startswith(_SAME) and change.kind is ChangeKind.MODIFIED and not _alike(before, after):
        yield f"not the same words: {sentence!r}"


def _alike(one: str, other: str) -> bool:
    """Return whether two texts are of the same letters, give or take a word that joins the last item of a list."""
    a, b = (sorted(filter(str.isalnum, text)) for text in (one, other))
    return abs(len(a) - len(b)) <= 4 and len(set(a) ^ set(b)) <= 1


def _stands(quotation: str, text: str) -> bool:
    return all(piece in text for piece in map(_letters, quotation.split("…")))


def _count(quotation: str, text: str) -> int:
    return text.count(_letters(quotation.partition("…")[0]))


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _text_of(reading: Reading) -> str:
    return "".join(map(_whole, reading.provisions))


def _whole(provision: Provision) -> str:
    names = f"{provision.citation}{provision.label}"  # sentences name provisions as they are cited
    return f"{names}{provision.heading}{provision.text}{''.join(map(_whole, provision.children))}"
