"""Duties that changed: must, must not, may, need not, is encouraged to; and how strong the verb of a duty is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storage.records import Change, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.actors import first_actor
from tracker.weigh.both_texts import BothTexts, bare
from tracker.weigh.edits import Edit, is_small
from tracker.weigh.likeness import share
from tracker.weigh.quantities.value_roles import PENAL, statements
from tracker.weigh.quotable import clause_at, quote, whole_words
from tracker.weigh.word_swaps import RANK, Hit, WordSwap, in_one_clause, swap_of, without_moves, without_repeats
from tracker.weigh.words import Vocabulary

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
_ONE_THING = 0.3  # share of words two clauses hold in common; with fewer they speak of different things
_CLAUSES = re.compile(r"[。；]")
_FINE = re.compile(r"处[^，。；处]{1,40}(?:罚款|拘留|徒刑|罚金)")


def duty_findings(change: Change, items: list[Edit], evidence: BothTexts) -> tuple[list[Claim], list[Tag]]:
    """Return claims and tags about duties, prohibitions and permissions that *change* touches."""
    words = evidence.words
    swaps = without_moves([swap_of(edit, words.modality, change) for edit in items])
    swaps = without_repeats(in_one_clause(swaps, change), change)
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
    return list(_denials_once(claims)), tags


def _denials_once(claims: list[Claim]) -> Iterator[Claim]:
    """Yield the claims; a clause that is denied in two words (ne … pas) is denied once."""
    denials: set[tuple[str, ...]] = set()
    for claim in claims:
        key = (claim.subject, claim.old, claim.new)
        if "negation" not in key or key not in denials:
            yield claim
        denials.add(key)


def _judge(swap: WordSwap, change: Change, evidence: BothTexts) -> Iterator[tuple[Claim | None, Tag | None]]:
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
    alike = share(clause_at(change.old_text, edit.old_at), clause_at(change.new_text, edit.new_at)) >= _ONE_THING
    for (before, before_text), (after, after_text) in pairs:
        if before == after:
            continue
        tag = Tag(TagName.MODALITY, before, after, before_text, after_text)
        if "negation" in (before, after):  # what is said of other things is neither weakened nor strengthened
            yield _denial(edit, (before_text, after_text), change), tag if is_small(edit, "") else None
            continue
        kind = _kind_of_change(before, after)
        if kind is None or not certain or not alike:
            yield None, tag
            continue
        subject = quote(clause_at(change.new_text, edit.new_at + max(0, len(edit.added) - 1)))
        yield Claim(kind, subject, before, after, before_text, after_text), tag


def _denial(edit: Edit, texts: tuple[str, str], change: Change) -> Claim | None:
    """Return a claim when the same verb is only denied, or denied no more: shall be liable, shall not be liable."""
    old, new = (" ".join(text.lower().split()) for text in texts)
    if not (is_denial := new.startswith(f"{old} not")) and not old.startswith(f"{new} not"):
        return None
    text, at = (change.new_text, edit.new_at) if is_denial else (change.old_text, edit.old_at)
    sides = ("", "negation", "", "not") if is_denial else ("negation", "", "not", "")
    return Claim(C.SCOPE_CHANGED, quote(clause_at(text, at)), *sides)


def _kind_of_change(before: str, after: str) -> C | None:
    if after == "prohibition":
        return C.PROHIBITION_ADDED
    if before == "prohibition":
        return C.PROHIBITION_REMOVED
    if RANK[before] == RANK[after]:
        return None
    return C.DUTY_STRENGTHENED if RANK[after] > RANK[before] else C.DUTY_WEAKENED


def _one_sided(side: str, hit: Hit, edit: Edit, change: Change, evidence: BothTexts) -> tuple[Claim | None, Tag | None]:
    meaning, text = hit
    is_gone = side == "old"
    tag = Tag(TagName.MODALITY, *((meaning, "", text, "") if is_gone else ("", meaning, "", text)))
    if meaning == "negation":
        if edit.struck.strip() and edit.added.strip():
            return None, tag  # in other words a "no" is only one of them
        clause = clause_at(change.old_text, edit.old_at) if is_gone else clause_at(change.new_text, edit.new_at)
        texts = (meaning, "", text, "") if is_gone else ("", meaning, "", text)
        return Claim(C.SCOPE_CHANGED, quote(clause), *texts), tag
    if evidence.words.language == "zh" and meaning == "permission":
        penal = _discretion(is_gone, edit, change, evidence)
        if penal or _punishes(is_gone, edit, change):
            return penal or _new_penalty(is_gone, edit, change, evidence), tag  # it is no permission
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
        kind = kinds[meaning]
        if any(s.role in PENAL and clause in s.clause for s in statements(full, evidence.words)):
            kind = C.PENALTY_REMOVED if is_gone else C.PENALTY_ADDED
        return Claim(kind, first_actor(clause, evidence) or quote(clause), *whole, unit="sentence"), tag
    return _bare_word(hit, clause, kinds[meaning], change, evidence, is_gone=is_gone), tag


def _bare_word(hit: Hit, clause: str, kind: C, change: Change, evidence: BothTexts, *, is_gone: bool) -> Claim | None:
    """Return the claim that a modal word came into a clause, or left it; None when the unit says it as often."""
    if _stands_in_unit(hit, change, evidence, is_gone=is_gone):
        return None
    meaning, text = hit
    texts = (meaning, "", text, "") if is_gone else ("", meaning, "", text)
    return Claim(kind, quote(clause), *texts, eid=None)


def _stands_in_unit(hit: Hit, change: Change, evidence: BothTexts, *, is_gone: bool) -> bool:
    """Return whether another paragraph of the unit took over a word that one of them lost or gained."""
    if change.old_text == evidence.unit_text("old", change.old_unit):
        return False  # the unit is this paragraph alone
    old, new = (
        [word.lower() for _, word in evidence.words.modality.find(text)].count(hit[1].lower())
        for text in (evidence.unit_text("old", change.old_unit), evidence.unit_text("new", change.new_unit))
    )
    return new >= old if is_gone else old >= new


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
    if plain not in (change.new_text if is_gone else change.old_text):
        return None  # the whole clause came, or went
    texts = (hit[0], plain) if is_gone else (plain, hit[0])
    kind = C.DUTY_STRENGTHENED if is_gone else C.DUTY_WEAKENED
    norms = ("permission", "obligation") if is_gone else ("obligation", "permission")
    return Claim(kind, "penalty", *norms, *texts)


def _new_penalty(is_gone: bool, edit: Edit, change: Change, evidence: BothTexts) -> Claim | None:
    """Return a claim when a whole clause that threatens a penalty came or went."""
    text, at, piece = (
        (change.old_text, edit.old_at, edit.struck) if is_gone else (change.new_text, edit.new_at, edit.added)
    )
    clause = next((part for part in _CLAUSES.split(piece) if _PENAL_ACT.search(part)), "")
    whole = clause_at(text, at + piece.find(clause)) if clause else ""
    if not whole or bare(whole) not in bare(piece) or bool(evidence.words.penalty.find(whole)) is False:
        return None
    sides = {"old_text": quote(whole)} if is_gone else {"new_text": quote(whole)}
    kind = C.PENALTY_REMOVED if is_gone else C.PENALTY_ADDED
    return Claim(kind, first_actor(whole, evidence) or quote(whole), unit="sentence", **sides)


def _punishes(is_gone: bool, edit: Edit, change: Change) -> bool:
    """Return whether the "may" of an edit is one of imposing a penalty."""
    text, at, piece = (
        (change.old_text, edit.old_at, edit.struck) if is_gone else (change.new_text, edit.new_at, edit.added)
    )
    return any(at - 2 <= hit.start() <= at + len(piece) for hit in _PENAL_ACT.finditer(text))


def _strength(edit: Edit, change: Change, words: Vocabulary) -> Claim | None:
    """Return a claim when the verb of a duty grew weaker or stronger: ensure became support."""
    swap = swap_of(edit, words.strength, change)
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


def _effort(swap: WordSwap, change: Change, words: Vocabulary) -> Claim | None:
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
    if not any(map(str.isalnum, do_words)):  # the clause ends with the words of effort: nothing stands behind them
        try_words, do_words = quote(text[at : at + length]).rstrip("."), ""
        return Claim(kind, quote(clause), "", word, *((try_words, "") if is_gone else ("", try_words)))
    if " " in do_words and words.language != "zh":
        try_words, do_words = try_words.rsplit(" ", 1)[0], do_words.rsplit(" ", 1)[0]
    return Claim(kind, quote(clause), "", word, try_words if is_gone else do_words, do_words if is_gone else try_words)


def _binds(clause: str, words: Vocabulary) -> bool:
    hits = words.modality.find(clause)
    if words.language == "en":
        return any(meaning in ("obligation", "advice") for meaning, _ in hits)
    return all(meaning != "permission" for meaning, _ in hits)  # a plain verb binds in the other languages
