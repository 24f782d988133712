"""Words of scope, exception, condition, penalty and list that came or went, told with the phrase they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from storage.records import Change, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import BothTexts, bare
from tracker.weigh.edits import Edit, is_small
from tracker.weigh.quantities.values import values
from tracker.weigh.quotable import clause_at, quote
from tracker.weigh.words import Finder

PHRASE_END = re.compile(r"[;；。:：\n]|\.(?=\s|$)")
_WHOLE_PHRASES = ("除外", "不适用", "另有规定")  # they end the phrase they belong to
_EXCEPTION_NEAR = 300  # characters between an exception and a word that narrows it
_ACTOR_NEAR = 14  # characters in which the actor follows whom a condition narrows
_SWAP, _PHRASE, _PHRASE_WIDE = (
    30,
    60,
    12,
)  # characters; in a longer edit a word that makes a duty stricter is only one of them
_ORDINAL = re.compile(r"[一二三四1-4]")
_VALUE_NEAR = 14  # characters between a kind of penalty and its measure
_ANY_PENALTY = frozenset(
    ("penalty", "penalties", "sanction", "sanctions", "liable", "punishable", "处罚", "责令", "peine", "straf", "pena")
)
_ZH_CONDITION = re.compile(r"^[，；,;]?(?P<phrase>[^，。；]{2,30}的)(?P<end>[，,]?)$")
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
    # 停业整顿 tells more than the 责令 before it
    (before, before_text), (after, after_text) = (
        max(hits, key=lambda hit: len(hit[1])) if name is TagName.PENALTY and hits else (hits or [("", "")])[0]
        for hits in (losses, gains)
    )
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
        text, at = (change.old_text, edit.old_at) if side == "old" else (change.new_text, edit.new_at)
        phrase = _condition(struck_or_added, _behind(text, at, struck_or_added), evidence)
        unit = change.new_unit if side == "old" else change.old_unit
        if phrase and not evidence.in_unit("new" if side == "old" else "old", unit, phrase):
            kind = C.CONDITION_REMOVED if side == "old" else C.CONDITION_ADDED
            texts = {"old_text": phrase} if side == "old" else {"new_text": phrase}
            yield Claim(kind, **texts), Tag(TagName.SCOPE, **texts)


def _behind(text: str, at: int, piece: str) -> str:
    """Return what stands behind a piece of a text that begins at, or a little after, a place."""
    return text[max(at, text.find(piece, at)) + len(piece) :]


def _scope_claim(change: Change, edit: Edit, losses: list[Hit], gains: list[Hit], evidence: BothTexts) -> Claim | None:
    words = evidence.words
    if losses and gains:
        return Claim(C.SCOPE_CHANGED, "", losses[0][1], gains[0][1], losses[0][1], gains[0][1])
    (_, word), is_gone = (losses or gains)[0], bool(losses)
    phrase = _phrase_from(change.old_text if is_gone else change.new_text, edit, word, is_gone=is_gone)
    other, unit = ("new", change.new_unit) if is_gone else ("old", change.old_unit)
    if evidence.in_unit(other, unit, phrase) or not phrase:
        return None  # the phrase stands there still: it only moved
    texts = {"old": word, "old_text": word} if is_gone else {"new": word, "new_text": word}
    if words.narrowing.find(word):
        text, at = (change.old_text, edit.old_at) if is_gone else (change.new_text, edit.new_at)
        if words.exception.find(text[:at].rpartition(".")[2][-_EXCEPTION_NEAR:]):
            return Claim(C.SCOPE_CHANGED, **texts)  # a narrower exception is a wider law
        return Claim(C.SCOPE_WIDENED if is_gone else C.SCOPE_NARROWED, quote(clause_at(text, at)), **texts)
    if words.exception.find(word):
        return _exception(word, phrase, is_gone=is_gone)
    # in many new words "shall apply" is only one of them
    return Claim(C.SCOPE_CHANGED, **texts) if is_small(edit, words.language) else None


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
    end = PHRASE_END.search(text, at)
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


def _condition(text: str, after: str, evidence: BothTexts) -> str:
    if len(text) > 160 or "\n" in text.strip():
        return ""
    if evidence.words.language == "zh":
        match = _ZH_CONDITION.match(text.strip())
        ends = match and (match["end"] or after[:1] in ("，", ",") or evidence.words.actor.find(after[:_ACTOR_NEAR]))
        return match["phrase"] if match and ends else ""  # 前款规定类型的案件 is no condition
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
        sides = tag.old_text, tag.new_text
        yield Claim(C.PENALTY_CHANGED, "words", *sides, *sides), tag
        return
    is_gone, word = bool(losses), (losses or gains)[0][1]
    other, unit = ("new", change.new_unit) if is_gone else ("old", change.old_unit)
    if evidence.in_unit(other, unit, word):
        yield None, None
        return
    if word.lower() in _ANY_PENALTY:
        yield None, tag  # it names no kind of penalty
        return
    texts = {"old": word, "old_text": word} if is_gone else {"new": word, "new_text": word}
    unit = "" if _has_value_near(word, edit.struck if is_gone else edit.added, edit, evidence) else "kind"
    yield Claim(C.PENALTY_REMOVED if is_gone else C.PENALTY_ADDED, "words", unit=unit, **texts), tag


def _has_value_near(word: str, piece: str, edit: Edit, evidence: BothTexts) -> bool:
    """Return whether an edit brings a penalty with its value: the value then tells of it."""
    clause = next((part for part in PHRASE_END.split(piece + edit.after) if word in part), "")
    at = clause.find(word)
    return at < 0 or bool(values(clause[max(0, at - _VALUE_NEAR) : at + len(word) + _VALUE_NEAR], evidence.words))


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


def quantifier_findings(edit: Edit, evidence: BothTexts) -> Findings:
    """Yield a claim when any became all, or 之一 became 同时具备; one of them that only came or went is a tag."""
    if not is_small(edit, evidence.words.language):
        return
    losses, gains = swapped(evidence.words.quantifier, edit)
    meanings = {meaning for meaning, _ in losses}, {meaning for meaning, _ in gains}
    if meanings[0] == meanings[1] or (not all(meanings) and meanings[0] | meanings[1] == {"any"}):
        return  # "any" that stands where "a" stood says little
    tag = tag_of(TagName.CONNECTIVE, losses, gains)
    claim = Claim(C.CONNECTIVE_CHANGED, "", tag.old, tag.new, tag.old_text, tag.new_text)
    yield (claim if tag.old and tag.new else None), tag


def qualifier_findings(edit: Edit, evidence: BothTexts) -> Findings:
    """Yield a tag when a word came or went that makes a duty stricter or softer; where both are there, the words."""
    old_piece, new_piece = edit.struck.strip(), edit.added.strip()
    in_order = [evidence.words.order.find(side) for side in (old_piece, new_piece)]
    if all(len(hits) == 1 and hits[0][1] == side for hits, side in zip(in_order, (old_piece, new_piece), strict=True)):
        yield (
            None,
            Tag(TagName.DEADLINE, old_piece, new_piece, old_piece, new_piece),
        )  # before the release, after the release
    longest = _PHRASE_WIDE if evidence.words.language == "zh" else _SWAP if old_piece and new_piece else _PHRASE
    if edit.length > longest:
        return
    losses, gains = swapped(evidence.words.qualifier, edit)
    if losses or gains:
        tag = tag_of(TagName.SCOPE, losses, gains)
        texts = {"old_text": tag.old_text, "new_text": tag.new_text}
        yield (Claim(C.REWORDED, unit="1", **texts) if losses and gains else None), tag


def _without_values(text: str, evidence: BothTexts) -> str:
    """Return *text* less its values, which are compared elsewhere: three years and, seven years or."""
    for value in reversed(values(text, evidence.words)):
        text = f"{text[: value.start]} {text[value.end :]}"
    return text


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
    sides = edit.struck.strip(), edit.added.strip()
    months = all(side.lower() in evidence.words.months for side in sides)
    if months or (all(map(_ORDINAL.fullmatch, sides)) and edit.after.startswith("季度")):
        yield None, Tag(TagName.DATE, *sides, *sides)
    losses, gains = swapped(evidence.words.date, edit)
    if losses or gains:
        yield None, tag_of(TagName.DATE, losses, gains)
