"""Lists that name one more, one less, or others; what such a list stands behind may be an exception."""

from __future__ import annotations

import re
from functools import cache

from storage.records import Change, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import BothTexts, bare
from tracker.weigh.citations import LISTED
from tracker.weigh.edits import Edit
from tracker.weigh.quantities.values import values
from tracker.weigh.quotable import quote
from tracker.weigh.word_claims import PHRASE_END, Findings

_LINKS = {
    "zh": "、|以及|和|或者?|及|与",
    "en": "and|or",
    "fr": "et|ou",
    "de": "und|oder|sowie",
    "nl": "en|of",
    "es": "y|e|o|u",
    "it": "e|ed|o|oppure",
    "hi": "और|या",
}
_NO_LIST = re.compile(
    r"^的|^(?:with both|both|this|that|these|such|includes?|including|means|is|are|was|were|has|have|may|must|shall|"
    r"will|to|not)\b",
    re.IGNORECASE,
)  # these go on with a sentence
_SERIES = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}")
_NEXT = re.compile(r",|\w?(?:and|or|et|ou|und|oder|y|o|e)\s")
_LONGEST_ITEM = 60
_ITEM_BEGINS = "、和或及，；：。的由向对将"
_NO_ITEM = re.compile(r"[。；：（）《》]|[的，][^，、]*$")
_EXCEPTION_NEAR = 70  # characters


@cache
def _joints(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what the words of one more item begin, and end, with in a list of *language*."""
    links = _LINKS.get(language, _LINKS["en"])
    if language == "zh":
        return re.compile(f"^(?:{links})"), re.compile(f"(?:{links})$")
    return re.compile(rf"^(?:、|,?\s?(?:{links})\s)"), re.compile(rf"(?:\s(?:{links})(?:\s[a-z]{{1,4}})?\s?|、)$")


def list_findings(change: Change, edit: Edit, evidence: BothTexts) -> Findings:
    """Yield a claim when a list names one more, or one less: the heirs of a party beside the party."""
    is_gone = bool(edit.struck.strip())
    text = edit.struck if is_gone else edit.added
    if is_gone and edit.added.strip():
        yield from _others_listed(change, edit, evidence)
        return
    if not text.strip() or len(text) > 90:
        return
    starts, ends = _joints(evidence.words.language)
    if not starts.match(text) and not ends.search(text) and not _stands_in_series(change, edit, is_gone=is_gone):
        return
    if (
        any(char.isdigit() for char in text)
        or LISTED.search(text)
        or values(text, evidence.words)
        or _binds(text, evidence)
    ):
        return
    phrase = quote(starts.sub("", ends.sub("", text)).strip(" ,、，"))
    letters = phrase.lstrip("以及和或者与、")
    if _NO_LIST.match(letters):
        return
    if sum(char.isalpha() for char in letters) < 2 or bare(letters) in bare(
        change.new_text if is_gone else change.old_text
    ):
        return
    texts = {"old_text": phrase} if is_gone else {"new_text": phrase}
    kinds = (C.LIST_SHORTENED, C.LIST_EXTENDED)
    if _lists_exceptions(change, edit, evidence, is_gone=is_gone):
        kinds = (C.EXCEPTION_REMOVED, C.EXCEPTION_ADDED)
    yield Claim(kinds[0 if is_gone else 1], **texts), Tag(TagName.SCOPE, **texts)


def _stands_in_series(change: Change, edit: Edit, *, is_gone: bool) -> bool:
    """Return whether a word or two stood between commas of a series: accurate, complete and up to date."""
    text, at, piece = (
        (change.old_text, edit.old_at, edit.struck) if is_gone else (change.new_text, edit.new_at, edit.added)
    )
    around = text[:at].rstrip()[-1:] + piece.strip()[:1], piece.strip()[-1:] + text[at + len(piece) :].lstrip()[:4]
    return bool(_SERIES.fullmatch(piece.strip(" ,"))) and "," in around[0] and bool(_NEXT.search(around[1]))


def _others_listed(change: Change, edit: Edit, evidence: BothTexts) -> Findings:
    """Yield what a Chinese list names no more and what it names instead: 董事、经理 that became 董事、监事."""
    before = change.old_text[max(0, edit.old_at - 1) : edit.old_at]
    after = change.old_text[edit.old_at + len(edit.struck) :][:1]
    pieces = edit.struck.strip("、，和或及"), edit.added.strip("、，和或及")
    begins = not before or before in _ITEM_BEGINS  # else it is half a word
    is_list = evidence.words.language == "zh" and begins and any(mark in before + after for mark in "、和或及")
    if not is_list or not all(_is_item(piece, evidence) for piece in pieces):
        return
    for kind, piece, other in (
        (C.LIST_SHORTENED, pieces[0], change.new_text),
        (C.LIST_EXTENDED, pieces[1], change.old_text),
    ):
        if piece not in other:
            texts = {"old_text": piece} if kind is C.LIST_SHORTENED else {"new_text": piece}
            yield Claim(kind, **texts), Tag(TagName.SCOPE, **texts)


def _is_item(text: str, evidence: BothTexts) -> bool:
    """Return whether words may be items of a list: names alone, without a value, a reference or a duty."""
    if not 2 <= len(text) <= _LONGEST_ITEM or _NO_ITEM.search(text) or any(char.isdigit() for char in text):
        return False
    return not (LISTED.search(text) or values(text, evidence.words) or _binds(text, evidence))


def _lists_exceptions(change: Change, edit: Edit, evidence: BothTexts, *, is_gone: bool) -> bool:
    """Return whether what stands just before an edit begins an exception, and no duty of its own stands between."""
    text, at = (change.old_text, edit.old_at) if is_gone else (change.new_text, edit.new_at)
    before = text[max(0, at - _EXCEPTION_NEAR) : at]
    hits = evidence.words.exception.places(before)
    between = before[hits[-1][2] :] if hits else ""
    return (
        bool(hits)
        and hits[-1][0] != "proviso"
        and not PHRASE_END.search(between)
        and not evidence.words.modality.find(between)
    )


def _binds(text: str, evidence: BothTexts) -> bool:
    return bool(evidence.words.modality.find(text)) or bool(evidence.words.exception.find(text))
