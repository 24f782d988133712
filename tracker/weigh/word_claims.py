"""Words of scope, exception, condition, penalty and list that came or went, told with the phrase they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from storage.records import Change, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import BothTexts, bare
from tracker.weigh.citations import LISTED
from tracker.weigh.edits import Edit, is_small
from tracker.weigh.quantities.values import values
from tracker.weigh.quotable import clause_at, quote
from tracker.weigh.words import Finder

_PHRASE_END = re.compile(r"[;；。:：\n]|\.(?=\s|$)")
_LIST_STARTS = re.compile(r"^(?:、|以及|和|或者|或|及|与|,?\s?(?:and|or|et|ou|und|oder|en|of)\s)")
_NO_LIST = re.compile(
    r"^(?:with both|both|includes?|including|means|is|are|was|were|has|have|may|must|shall|will|to|not)\b",
    re.IGNORECASE,
)  # these go on with a sentence
_LIST_ENDS = re.compile(r"(?:\s(?:and|or|et|ou|und|oder|en|of)(?:\s[a-z]{1,4})?\s?|、|和|或者?|以及)$")
_WHOLE_PHRASES = ("除外", "不适用", "另有规定")  # they end the phrase they belong to
_LONGEST_ITEM = 60
_NO_ITEM = re.compile(r"[。；：（）《》]|[的，][^，、]*$")
_EXCEPTION_NEAR = 70  # characters
_ZH_CONDITION = re.compile(r"^[，；,;]?(?P<phrase>[^，。；]{2,30}的)[，,]?$")
Findings = Iterator[tuple[Claim | None, Tag | None]]
Hit = tuple[str, str]


def swapped(finder: Finder, edit: Edit) -> tuple[list[Hit], list[Hit]]:
    """Return the words of one class that an edit took away and brought; one that stayed says nothing."""
    old, new = finder.find(edit.old), finder.find(edit.new)
    before = Counter(" ".join(word.lower().split()) for _, word in old)
    after = Counter(" ".join(word.lower().split()) for _, word in new)
    losses = [hit for hit in old if (before - after)[" ".join(hit[1].lower().split())]]
    gains = [hit for hit in new if (after - before)[" ".join(hit[1].lower().split())]]
    return (losses, gains) if _touches(edit, losses, gains) else ([], [])


def _touches(edit: Edit, losses: list[Hit], gains: list[Hit]) -> bool:
    """Return whether an edit that only took, or only brought, words touched those found: "or by fewer" has none."""
    struck, added = bare(edit.struck), bare(edit.added)
    if struck and added:
        return True
    words, piece = (
        ([bare(word) for _, word in losses], struck) if struck else ([bare(word) for _, word in gains], added)
    )
    return not words or any(word in piece or piece in word for word in words)


def tag_of(name: TagName, losses: list[Hit], gains: list[Hit]) -> Tag:
    """Return the tag of the first word lost and the first gained."""
    (before, before_text), (after, after_text) = (losses or [("", "")])[0], (gains or [("", "")])[0]
    return Tag(
        name,
        before_text if before == "words" else before,
        after_text if after == "words" else after,
        before_text,
        after_text,
    )


def scope_findings(change: Change, edit: Edit, evidence: BothTexts) -> Findings:
    """Yield what an edit does to scope: an exception, a condition, a narrowing word."""
    words = evidence.words
    losses, gains = swapped(words.scope, edit)
    if losses or gains:
        yield _scope_claim(change, edit, losses, gains, evidence), tag_of(TagName.SCOPE, losses, gains)
        return
    for side, struck_or_added in zip(("old", "new"), edit.apart, strict=True):
        phrase = _condition(struck_or_added, evidence)
        unit = change.new_unit if side == "old" else change.old_unit
        if phrase and not evidence.in_unit("new" if side == "old" else "old", unit, phrase):
            kind = C.CONDITION_REMOVED if side == "old" else C.CONDITION_ADDED
            texts = {"old_text": phrase} if side == "old" else {"new_text": phrase}
            yield Claim(kind, **texts), Tag(TagName.SCOPE, **texts)


def _scope_claim(change: Change, edit: Edit, losses: list[Hit], gains: list[Hit], evidence: BothTexts) -> Claim | None:
    words = evidence.words
    if losses and gains:
        return Claim(C.SCOPE_CHANGED, "", losses[0][1], gains[0][1], losses[0][1], gains[0][1])
    (_, word), is_gone = (losses or gains)[0], bool(losses)
    phrase = _phrase_from(change.old_text if is_gone else change.new_text, edit, word, is_gone=is_gone)
    other, unit = ("new", change.new_unit) if is_gone else ("old", change.old_unit)
    if evidence.in_unit(other, unit, phrase) or not phrase:
        return None  # the phrase stands there still: it only moved
    if words.narrowing.find(word):
        kind = C.SCOPE_WIDENED if is_gone else C.SCOPE_NARROWED
        text, at = (change.old_text, edit.old_at) if is_gone else (change.new_text, edit.new_at)
        texts = {"old": word, "old_text": word} if is_gone else {"new": word, "new_text": word}
        return Claim(kind, quote(clause_at(text, at)), **texts)
    if words.exception.find(word):
        return _exception(word, phrase, is_gone=is_gone)
    if not is_small(edit, words.language):
        return None  # in many new words "shall apply" is only one of them
    texts = {"old_text": word, "old": word} if is_gone else {"new_text": word, "new": word}
    return Claim(C.SCOPE_CHANGED, **texts)


def _exception(word: str, phrase: str, *, is_gone: bool) -> Claim | None:
    if len(phrase) <= len(word) + 2 and not word.endswith(_WHOLE_PHRASES):
        return None  # a word for a word: no exception of its own
    texts = {"old_text": phrase, "old": word} if is_gone else {"new_text": phrase, "new": word}
    return Claim(C.EXCEPTION_REMOVED if is_gone else C.EXCEPTION_ADDED, **texts)


def _phrase_from(text: str, edit: Edit, word: str, *, is_gone: bool) -> str:
    """Return the phrase that begins with *word* at the edit, to the end of its clause or of the edit."""
    start = edit.old_at if is_gone else edit.new_at
    length = len(edit.struck) if is_gone else len(edit.added)
    at = text.find(word, max(0, start - len(word)), start + length + len(word))
    if at < 0:
        return ""
    if word.endswith(_WHOLE_PHRASES):
        return quote(text[start : start + length])
    end = _PHRASE_END.search(text, at)
    stop = min(end.start() if end else len(text), max(start + length, at + len(word)))
    return quote(_inside_brackets(text[at:stop]))


def _inside_brackets(phrase: str) -> str:
    """Return a phrase up to the bracket that closes one opened before it."""
    depth = 0
    for place, char in enumerate(phrase):
        depth += (char in "(（[") - (char in ")）]")
        if depth < 0:
            return phrase[:place]
    return phrase


def _condition(text: str, evidence: BothTexts) -> str:
    if len(text) > 160 or "\n" in text.strip():
        return ""
    if evidence.words.language == "zh":
        match = _ZH_CONDITION.match(text.strip())
        return match["phrase"] if match else ""
    bare = text.strip(" ,")
    hits = evidence.words.condition.places(bare)
    return quote(bare) if hits and hits[0][1] == 0 and bare.count(" ") >= 2 else ""


def penalty_findings(change: Change, edit: Edit, evidence: BothTexts) -> Findings:
    """Yield a claim when a kind of penalty came that the unit had not, or went that it has no more."""
    losses, gains = swapped(evidence.words.penalty, edit)
    if not losses and not gains:
        return
    tag = tag_of(TagName.PENALTY, losses, gains)
    if losses and gains:
        yield Claim(C.PENALTY_CHANGED, "words", losses[0][1], gains[0][1], losses[0][1], gains[0][1]), tag
        return
    is_gone, word = bool(losses), (losses or gains)[0][1]
    other, unit = ("new", change.new_unit) if is_gone else ("old", change.old_unit)
    if evidence.in_unit(other, unit, word):
        yield None, None
        return
    texts = {"old": word, "old_text": word} if is_gone else {"new": word, "new_text": word}
    yield Claim(C.PENALTY_REMOVED if is_gone else C.PENALTY_ADDED, "words", **texts), tag


def connective_findings(edit: Edit, evidence: BothTexts) -> Findings:
    """Yield a claim when and became or, and nothing else changed there."""
    finder = evidence.words.connective
    rest = [finder.without(_without_values(side, evidence)) for side in (edit.struck, edit.added)]
    if rest[0] != rest[1]:
        return
    old, new = finder.find(edit.struck), finder.find(edit.added)
    if [meaning for meaning, _ in old] == [meaning for meaning, _ in new]:
        return
    losses, gains = swapped(finder, edit)
    if losses or gains:
        tag = tag_of(TagName.CONNECTIVE, losses, gains)
        claim = Claim(C.CONNECTIVE_CHANGED, "", tag.old, tag.new, tag.old_text, tag.new_text)
        yield (claim if tag.old and tag.new else None), tag


def _without_values(text: str, evidence: BothTexts) -> str:
    """Return *text* less its values, which are compared elsewhere: three years and, seven years or."""
    for value in reversed(values(text, evidence.words)):
        text = f"{text[: value.start]} {text[value.end :]}"
    return text


def list_findings(change: Change, edit: Edit, evidence: BothTexts) -> Findings:
    """Yield a claim when a list names one more, or one less: the heirs of a party beside the party."""
    is_gone = bool(edit.struck.strip())
    text = edit.struck if is_gone else edit.added
    if is_gone and edit.added.strip():
        yield from _others_listed(change, edit, evidence)
        return
    if not text.strip() or len(text) > 90:
        return
    if not _LIST_STARTS.match(text) and not _LIST_ENDS.search(text):
        return
    if (
        any(char.isdigit() for char in text)
        or LISTED.search(text)
        or values(text, evidence.words)
        or _binds(text, evidence)
    ):
        return
    phrase = quote(_LIST_STARTS.sub("", _LIST_ENDS.sub("", text)).strip(" ,、，"))
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


def _others_listed(change: Change, edit: Edit, evidence: BothTexts) -> Findings:
    """Yield what a Chinese list names no more and what it names instead: 董事、经理 that became 董事、监事."""
    around = (
        change.old_text[max(0, edit.old_at - 1) : edit.old_at] + change.old_text[edit.old_at + len(edit.struck) :][:1]
    )
    pieces = edit.struck.strip("、，和或及"), edit.added.strip("、，和或及")
    is_list = evidence.words.language == "zh" and "、" in around + edit.struck + edit.added
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
        and not _PHRASE_END.search(between)
        and not evidence.words.modality.find(between)
    )


def _binds(text: str, evidence: BothTexts) -> bool:
    return bool(evidence.words.modality.find(text)) or bool(evidence.words.exception.find(text))


def threshold_findings(edit: Edit, evidence: BothTexts) -> Findings:
    """Yield a claim when at least became at most, or more than became less than."""
    if not is_small(edit, evidence.words.language):
        return
    losses, gains = swapped(evidence.words.threshold, edit)
    if losses or gains:
        tag = tag_of(TagName.AMOUNT, losses, gains)
        subject = "which" if {tag.old, tag.new} == {"higher", "lower"} else "words"
        claim = Claim(C.THRESHOLD_CHANGED, subject, tag.old, tag.new, tag.old_text, tag.new_text)
        yield (claim if tag.old != tag.new and losses and gains else None), tag


def date_word_findings(edit: Edit, evidence: BothTexts) -> Findings:
    """Yield a tag when words of commencement or expiry came or went."""
    losses, gains = swapped(evidence.words.date, edit)
    if losses or gains:
        yield None, tag_of(TagName.DATE, losses, gains)
