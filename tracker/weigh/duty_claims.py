"""Duties that changed: must, must not, may, need not, is encouraged to; and how strong the verb of a duty is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from storage.records import Change, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.actors import first_actor
from tracker.weigh.both_texts import BothTexts, bare
from tracker.weigh.edits import Edit, is_small
from tracker.weigh.quotable import clause_at, hits_near, quote, whole_words
from tracker.weigh.words import Finder, Vocabulary

_RANK = {"obligation": 3, "advice": 1, "permission": 0, "none": 0}
_KIND_OF_GAIN = {
    "obligation": C.DUTY_ADDED,
    "prohibition": C.PROHIBITION_ADDED,
    "permission": C.PERMISSION_ADDED,
    "none": C.PERMISSION_ADDED,
    "advice": C.DUTY_ADDED,
}
_KIND_OF_LOSS = {
    "obligation": C.DUTY_REMOVED,
    "prohibition": C.PROHIBITION_REMOVED,
    "permission": C.PERMISSION_REMOVED,
    "none": C.DUTY_ADDED,
    "advice": C.DUTY_REMOVED,
}
_PENAL_ACT = re.compile(r"可以(?:对[^，。；]{1,20})?(?:依法|并|同时)?(?:处|给予|责令|吊销|没收|暂停|予以|罚)")
_FINE = re.compile(r"处[^，。；处]{1,40}(?:罚款|拘留|徒刑|罚金)")
Hit = tuple[str, str]


@dataclass(frozen=True)
class _Swap:
    """Modal words an edit took away and brought."""

    edit: Edit
    lost: tuple[Hit, ...]
    gained: tuple[Hit, ...]


def duty_findings(change: Change, items: list[Edit], evidence: BothTexts) -> tuple[list[Claim], list[Tag]]:
    """Return claims and tags about duties, prohibitions and permissions that *change* touches."""
    words = evidence.words
    swaps = _without_moves([_swap(edit, words.modality, change) for edit in items])
    claims: list[Claim] = []
    tags: list[Tag] = []
    for swap in swaps:
        if swap.lost or swap.gained:
            for claim, tag in _judge(swap, change, evidence):
                claims += [claim] if claim else []
                tags += [tag] if tag else []
        elif claim := _strength(swap.edit, change, words):
            claims.append(claim)
            tags.append(Tag(TagName.MODALITY, claim.old, claim.new, claim.old_text, claim.new_text))
    return claims, tags


def _swap(edit: Edit, finder: Finder, change: Change) -> _Swap:
    old = hits_near(finder, change.old_text, edit.old_at, edit.old_at + len(edit.struck))
    new = hits_near(finder, change.new_text, edit.new_at, edit.new_at + len(edit.added))
    before, after = Counter(_spell(hit) for hit in old), Counter(_spell(hit) for hit in new)
    in_clauses = [
        Counter(_spell(hit) for hit in finder.find(clause_at(text, at)))
        for text, at in ((change.old_text, edit.old_at), (change.new_text, edit.new_at))
    ]
    losses, gains = before - after, after - before  # near the edit, and in the whole clause, too
    losses = Counter({word: n for word, n in losses.items() if in_clauses[0][word] > in_clauses[1][word]})
    gains = Counter({word: n for word, n in gains.items() if in_clauses[1][word] > in_clauses[0][word]})
    return _Swap(edit, tuple(_beyond(old, losses)), tuple(_beyond(new, gains)))


def _spell(hit: Hit) -> str:
    return " ".join(hit[1].lower().split())


def _beyond(hits: Iterable[Hit], quota: Counter[str]) -> Iterator[Hit]:
    left = Counter(quota)
    for hit in hits:
        if left[_spell(hit)] > 0:
            left[_spell(hit)] -= 1
            yield hit


def _without_moves(swaps: list[_Swap]) -> list[_Swap]:
    """Forget a word that one edit only takes and another only brings: it moved."""
    losses_only = Counter(_spell(hit) for s in swaps if not s.gained for hit in s.lost)
    gains_only = Counter(_spell(hit) for s in swaps if not s.lost for hit in s.gained)
    move_counts = losses_only & gains_only
    result = []
    for swap in swaps:
        if bool(swap.lost) != bool(swap.gained):
            side = swap.lost or swap.gained
            left = tuple(_beyond_moves(side, move_counts))
            result.append(replace(swap, lost=left) if swap.lost else replace(swap, gained=left))
        else:
            result.append(swap)
    return result


def _beyond_moves(hits: Iterable[Hit], move_counts: Counter[str]) -> Iterator[Hit]:
    left = Counter(move_counts)
    for hit in hits:
        if left[_spell(hit)] > 0:
            left[_spell(hit)] -= 1
        else:
            yield hit


def _judge(swap: _Swap, change: Change, evidence: BothTexts) -> Iterator[tuple[Claim | None, Tag | None]]:
    small = is_small(swap.edit, evidence.words.language)
    losses, gains = _weighty(swap.lost, small=small), _weighty(swap.gained, small=small)
    if losses and gains:
        yield from _swaps(swap.edit, losses, gains, change)
    elif gains:
        for hit in gains[:3]:
            yield _one_sided("new", hit, swap.edit, change, evidence)
    elif losses:
        for hit in losses[:3]:
            yield _one_sided("old", hit, swap.edit, change, evidence)


def _weighty(hits: tuple[Hit, ...], *, small: bool) -> list[Hit]:
    """Leave out a bare "no": in many new words it is only one of them."""
    return [hit for hit in hits if small or hit[0] != "negation"]


def _swaps(
    edit: Edit, losses: list[Hit], gains: list[Hit], change: Change
) -> Iterator[tuple[Claim | None, Tag | None]]:
    pairs = list(zip(losses, gains, strict=False)) if len(losses) == len(gains) else [(losses[0], gains[0])]
    certain = len(losses) == len(gains)
    for (before, before_text), (after, after_text) in pairs:
        if before == after:
            continue
        tag = Tag(TagName.MODALITY, before, after, before_text, after_text)
        kind = _kind_of_change(before, after)
        if kind is None or not certain:
            yield None, tag
            continue
        subject = quote(clause_at(change.new_text, edit.new_at + max(0, len(edit.added) - 1)))
        yield Claim(kind, subject, before, after, before_text, after_text), tag


def _kind_of_change(before: str, after: str) -> C | None:
    if "negation" in (before, after):
        return C.SCOPE_CHANGED
    if after == "prohibition":
        return C.PROHIBITION_ADDED
    if before == "prohibition":
        return C.PROHIBITION_REMOVED
    if _RANK[before] == _RANK[after]:
        return None
    return C.DUTY_STRENGTHENED if _RANK[after] > _RANK[before] else C.DUTY_WEAKENED


def _one_sided(side: str, hit: Hit, edit: Edit, change: Change, evidence: BothTexts) -> tuple[Claim | None, Tag | None]:
    meaning, text = hit
    is_gone = side == "old"
    tag = Tag(TagName.MODALITY, *((meaning, "", text, "") if is_gone else ("", meaning, "", text)))
    if meaning == "negation":
        return Claim(C.SCOPE_CHANGED, "", *((meaning, "", text, "") if is_gone else ("", meaning, "", text))), tag
    if evidence.words.language == "zh" and meaning == "permission":
        penal = _discretion(is_gone, edit, change, evidence)
        if penal:
            return penal, tag
    full, start, words_of_edit = (
        (change.old_text, edit.old_at, edit.struck) if is_gone else (change.new_text, edit.new_at, edit.added)
    )
    at = start + max(0, words_of_edit.find(text))
    clause = clause_at(full, at)
    other = "new" if is_gone else "old"
    if evidence.in_unit(other, change.new_unit if is_gone else change.old_unit, clause) or evidence.elsewhere(
        other, clause
    ):
        return None, None  # the clause stands on the other side: it only moved
    kinds = _KIND_OF_LOSS if is_gone else _KIND_OF_GAIN
    if bare(clause) in bare(words_of_edit):  # the whole clause is new, or gone
        whole = ("", "", quote(clause), "") if is_gone else ("", "", "", quote(clause))
        return Claim(kinds[meaning], first_actor(clause, evidence) or quote(clause), *whole, unit="sentence"), tag
    texts = (meaning, "", text, "") if is_gone else ("", meaning, "", text)
    return Claim(kinds[meaning], quote(clause), *texts, eid=None), tag


def _discretion(is_gone: bool, edit: Edit, change: Change, evidence: BothTexts) -> Claim | None:
    """Return a claim when a fine that may be imposed became one that is imposed, or the other way round."""
    if not evidence.words.penalty.find(edit.clause):
        return None
    side = change.old_text if is_gone else change.new_text
    acts = _PENAL_ACT.findall(change.old_text), _PENAL_ACT.findall(change.new_text)
    fines = _FINE.findall(change.old_text), _FINE.findall(change.new_text)
    if len(acts[0]) == len(acts[1]) or len(fines[0]) != len(fines[1]):  # another tier is no other discretion
        return None
    hit = next(
        (h for h in _PENAL_ACT.finditer(side) if abs(h.start() - (edit.old_at if is_gone else edit.new_at)) < 12), None
    )
    if hit is None:
        return None
    plain = hit[0].replace("可以", "")
    texts = (hit[0], plain) if is_gone else (plain, hit[0])
    kind = C.DUTY_STRENGTHENED if is_gone else C.DUTY_WEAKENED
    norms = ("permission", "obligation") if is_gone else ("obligation", "permission")
    return Claim(kind, "penalty", *norms, *texts)


def _strength(edit: Edit, change: Change, words: Vocabulary) -> Claim | None:
    """Return a claim when the verb of a duty grew weaker or stronger: ensure became support."""
    swap = _swap(edit, words.strength, change)
    if bool(swap.lost) != bool(swap.gained):
        return _effort(swap, change, words)
    if not swap.lost or not edit.struck or not edit.added:
        return None
    clause_old, clause_new = clause_at(change.old_text, edit.old_at), clause_at(change.new_text, edit.new_at)
    if not all(_binds(clause, words) for clause in (clause_old, clause_new)):
        return None
    before, after = max(swap.lost), max(swap.gained)
    if before[0] == after[0]:
        return None
    weaker = after[0] < before[0]
    old = whole_words(change.old_text, edit.old_at, edit.old_at + len(edit.struck))
    new = whole_words(change.new_text, edit.new_at, edit.new_at + len(edit.added))
    kind = C.DUTY_WEAKENED if weaker else C.DUTY_STRENGTHENED
    return Claim(kind, quote(clause_new), before[1], after[1], quote(old), quote(new))


def _effort(swap: _Swap, change: Change, words: Vocabulary) -> Claim | None:
    """Return a claim when a duty to do became one to try, or the other way round: shall endeavour to ensure."""
    edit, is_gone = swap.edit, bool(swap.lost)
    (level, word), *_ = swap.lost or swap.gained
    text, at, other = (
        (change.old_text, edit.old_at, edit.added) if is_gone else (change.new_text, edit.new_at, edit.struck)
    )
    clause = clause_at(text, at)
    if level != "s3" or other.strip() or not _binds(clause, words):
        return None
    kind = C.DUTY_STRENGTHENED if is_gone else C.DUTY_WEAKENED
    length = len(edit.struck if is_gone else edit.added)
    try_words, do_words = quote(text[at : at + length + 40]), quote(text[at + length : at + length + 40])
    if " " in do_words and words.language != "zh":
        try_words, do_words = try_words.rsplit(" ", 1)[0], do_words.rsplit(" ", 1)[0]
    return Claim(kind, quote(clause), "", word, try_words if is_gone else do_words, do_words if is_gone else try_words)


def _binds(clause: str, words: Vocabulary) -> bool:
    hits = words.modality.find(clause)
    if words.language == "en":
        return any(meaning in ("obligation", "advice") for meaning, _ in hits)
    return all(meaning != "permission" for meaning, _ in hits)  # a plain verb binds in the other languages
