"""Neutral claims: the words as they were and as they are, where nothing more can be shown, or more was edited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from storage.records import Change, Claim, OpKind
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import bare
from tracker.weigh.citations import LISTED
from tracker.weigh.edits import Edit, edits
from tracker.weigh.quantities.number_words import ZH
from tracker.weigh.quantities.value_roles import CLAUSE_END
from tracker.weigh.quotable import quote, tells_change, whole_words

_TELLING_LENGTH = 8  # letters; a shorter piece stands elsewhere by chance
_WIDE = re.compile(r"[\u3400-\u9fff]")
_WHOLE_PHRASE = 3  # letters; a shorter piece of an edit is quoted with the words around it
_UNSAID, _UNSAID_WIDE = 10, 4  # letters; a shorter edit beside what is told_texts needs no words of its own
_LINK = re.compile(
    r"^(?:and|or|et|ou|und|oder|en|of|和|或者?|以及|并且?|及)\b|\b(?:and|or|et|ou|und|oder|en|of)$|[和或及并]$"
)
_PENAL = re.compile(
    r"罚款|罚金|徒刑|拘役|\bfines?\b|imprisonment|penalt|amende|emprisonnement|Geldbuße|Freiheitsstrafe"
)
_SEVERAL = 2  # edits that are quoted as one
_SPAN, _SPAN_WIDE = 80, 30  # characters
_FIGURES = re.compile(r"[〇零一二三四五六七八九十百千万亿\d.,%]|元|以上|以下|百分之|年|个?月|日|倍|处|至")
_AROUND = 12  # characters on either side of an edit inside Chinese words
_PARTICLE = re.compile(  # 从 joins words, but not in 从事 or 服从
    r"[，。；：、！？（）“”《》\s]|应当|可以|不得|应该|必须|的(?!士)|(?<![理自事缘])由(?!于)|(?<![存所潜内现实正旨])在(?![线建职册岗校])"
    r"|(?<![针绝相面反应核校派])对(?![象外口方比照])|(?<![方定意导倾])向(?![导来])|(?<!即)将(?!来)|(?<![合兼吞])并(?![购非])|(?<![共总])和(?![解平谐])"
    r"|(?<![涉以普危顾])及(?![时格其])|(?<!然)而(?!且)|(?<![反供响相适对效])应(?![用急对税届邀])|按(?![照期时])|(?<![已曾神未])经(?![营济办理费过验])"
    r"|(?<![服跟依自遵听])从(?![事业])|或者?"
)
_MARKS = " \n,;.:"
_WORD = re.compile(r"[〇零一二三四五六七八九十百千万亿]+|\d[\d.,]*|[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+")
_LINKS = re.compile(r"\b(?:and|or|et|ou|und|oder|en|of)\b|[和或及并]")
_JOINS_NEXT = re.compile(r"[;,]\s?(?:and|or|et|ou|und|oder|en|of)\s*$")
_NOT = re.compile(r"\snot\b")
_FEWEST = 5  # words of a run that stood there before


def reworded(change: Change) -> Claim | None:
    """Return the neutral claim: what the words were and what they are now, as they stand; None when nothing differs."""
    with_letters = [edit for edit in edits(change.ops) if _has_letters(edit)]
    items = [edit for edit in with_letters if not _is_moved(edit, change)]
    if _same_words(change):
        items = []
    if _is_set_otherwise(change) or _ends_list_item(change):
        items = [edit for edit in items if not _is_link(edit)]
    if not items and not _same_words(change, links=False):
        items = with_letters  # the words stand there already, and now once more
    if not items:
        return Claim(C.RECAST) if any(op.kind in (OpKind.DELETE, OpKind.INSERT) for op in change.ops) else None
    return _of_one_span(change, items) or _as_they_stand(change, max(items, key=lambda piece: piece.length), len(items))


def _of_one_span(change: Change, items: list[Edit]) -> Claim | None:
    """Return the claim that quotes several edits as one, when they stand near each other in one clause."""
    first, last = items[0], items[-1]
    old_end, new_end = last.old_at + len(last.struck), last.new_at + len(last.added)
    spans = change.old_text[first.old_at : old_end], change.new_text[first.new_at : new_end]
    longest = _SPAN_WIDE if _WIDE.search("".join(spans)) else _SPAN
    if len(items) < _SEVERAL or max(map(len, spans)) > longest or any(CLAUSE_END.search(span[:-1]) for span in spans):
        return None
    whole = replace(first, struck=spans[0], added=spans[1])
    claim = _as_they_stand(change, whole, len(items))
    return claim if claim.old_text and claim.new_text else None


def unsaid(change: Change, items: Iterable[Edit], claims: list[Claim]) -> Claim | None:
    """Return the neutral claim of the longest edit that none of *claims* speaks of, when it is long enough."""
    told_texts = {bare(text) for claim in claims for text in _quotations(claim) if text}
    tiers = any(claim.subject == "tiers" for claim in claims)
    rest = [
        edit
        for edit in items
        if (_is_long(edit) or _is_new_figure(edit, claims))
        and not _is_moved(edit, change)
        and not _is_told(edit, told_texts)
        and not _is_in_reference(edit, change)
        and not (tiers and _is_of_tiers(edit))
    ]
    if not rest:
        return None
    claim = _as_they_stand(change, max(rest, key=lambda piece: piece.length), 1)
    return claim if claim.old_text or claim.new_text else None


def _quotations(claim: Claim) -> tuple[str, ...]:
    """Return the texts a claim quotes; what a value is about is not quoted with it."""
    return (claim.old_text, claim.new_text, "" if "|" in claim.unit else claim.subject)


def _is_long(edit: Edit) -> bool:
    piece = max(edit.struck, edit.added, key=len)
    return sum(map(str.isalpha, piece)) >= (_UNSAID_WIDE if _WIDE.search(piece) else _UNSAID)


def _is_of_tiers(edit: Edit) -> bool:
    """Return whether an edit touches a penalty, or nothing but the figures of one: the tiers tell of it."""
    words = edit.struck + edit.added
    return _PENAL.search(words) is not None or not _FIGURES.sub("", words).strip(" ，、")


def _is_in_reference(edit: Edit, change: Change) -> bool:
    """Return whether an edit only touches the number of a reference: what it says is told of references, or follows."""
    end = edit.old_at + len(edit.struck)
    return any(hit.start() <= edit.old_at and end <= hit.end() for hit in LISTED.finditer(change.old_text))


def _is_new_figure(edit: Edit, claims: Iterable[Claim]) -> bool:
    """Return whether a figure became another that no claim tells: that is never too little to tell."""
    old, new = (_digits(side) for side in (edit.struck, edit.added))
    return bool(old) and bool(new) and old != new and not any(new in _digits(claim.new) for claim in claims)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit() or char in ZH)


def _is_told(edit: Edit, told_texts: Iterable[str]) -> bool:
    pieces = [piece for piece in (bare(edit.struck), bare(edit.added)) if piece]
    return any(text and (text.rstrip("….") in piece or piece in text) for text in told_texts for piece in pieces)


def _as_they_stand(change: Change, edit: Edit, count: int) -> Claim:
    old, new = _phrases(change, edit)
    if tells_change(old) or tells_change(new):
        old = new = ""
    return Claim(C.REWORDED, old_text=old, new_text=new, unit=str(count), eid=change.new_eid or change.old_eid)


def _same_words(change: Change, *, links: bool = True) -> bool:
    """Return whether both texts have the same words, whatever their order; without *links* joining words are none."""
    sides = [
        Counter(_WORD.findall(text.lower() if links else _LINKS.sub(" ", text.lower())))
        for text in (change.old_text, change.new_text)
    ]
    return sides[0] == sides[1]


def _is_set_otherwise(change: Change) -> bool:
    """Return whether lines were broken otherwise: a list was made of a sentence, or a sentence of a list."""
    return change.old_text.strip().count("\n") != change.new_text.strip().count("\n")


def _ends_list_item(change: Change) -> bool:
    """Return whether only one of the texts ends with the word that joins the next item of a list: "; and"."""
    return bool(_JOINS_NEXT.search(change.old_text)) != bool(_JOINS_NEXT.search(change.new_text))


def _is_link(edit: Edit) -> bool:
    """Return whether an edit is nothing but the word that joins the last item of a list."""
    letters = "".join(char for char in edit.struck + edit.added if char.isalpha())
    return bool(letters) and not _LINK.sub("", letters.strip()).strip()


def _is_moved(edit: Edit, change: Change) -> bool:
    """Return whether the words of an edit stand on the other side, too: they only have another place."""
    pieces = edit.apart if any(edit.apart) else (edit.struck, edit.added)
    letters = [bare(_LINK.sub("", piece.strip(" ,;，；、.")).strip(" ,;，；、.")) for piece in pieces]
    if bool(edit.struck.strip()) != bool(edit.added.strip()) and not _brings_words(edit, change):
        return True
    texts = bare(change.new_text), bare(change.old_text)
    return any(letters) and all(
        len(piece) >= _TELLING_LENGTH and piece in text for piece, text in zip(letters, texts, strict=True) if piece
    )


def _brings_words(edit: Edit, change: Change) -> bool:
    """Return whether any word of an edit that only took, or only brought, is not as often on the other side."""
    text, other, piece = (
        (change.old_text, change.new_text, edit.struck)
        if edit.struck.strip()
        else (change.new_text, change.old_text, edit.added)
    )
    fresh = Counter(_WORD.findall(text.lower())) - Counter(_WORD.findall(other.lower()))
    return any(word in fresh for word in _WORD.findall(piece.lower()))


def _has_letters(edit: Edit) -> bool:
    return any(char.isalnum() for char in edit.struck + edit.added)


def _is_whole(piece: str, other: str) -> bool:
    """Return whether a piece of an edit says enough by itself: whole words that only came, or only went."""
    return not any(map(str.isalnum, other)) and sum(map(str.isalnum, piece)) >= _WHOLE_PHRASE


def _phrases(change: Change, edit: Edit) -> tuple[str, str]:
    """Return the old and the new words of an edit; where both have some, with the same words around them."""
    if _is_whole(edit.added, edit.struck):
        return "", _own_words(change.new_text, edit.new_at, edit.added, change.old_text)
    if _is_whole(edit.struck, edit.added):
        return _own_words(change.old_text, edit.old_at, edit.struck, change.new_text), ""
    if _WIDE.search(change.old_text[max(0, edit.old_at - 2) :][: len(edit.struck) + 4]):
        return _wide_phrases(change, edit)
    if _LINK.match(edit.added.strip()) or _LINK.match(edit.struck.strip()):
        edit = _with_word_before(change, edit)
    edit = _with_not(change, edit)
    more = int(any(sum(map(str.isalnum, piece)) < _WHOLE_PHRASE for piece in (edit.struck, edit.added)))
    return (
        _with_context(change.old_text, edit.old_at, edit.struck, more),
        _with_context(change.new_text, edit.new_at, edit.added, more),
    )


def _with_word_before(change: Change, edit: Edit) -> Edit:
    """Return an edit with the word before it: one, that became one or more."""
    before = change.old_text[: edit.old_at]
    shift = len(before) - len(before.rstrip()) + len(before.rstrip().rpartition(" ")[2])
    return replace(
        edit,
        struck=change.old_text[edit.old_at - shift : edit.old_at] + edit.struck,
        added=change.new_text[edit.new_at - shift : edit.new_at] + edit.added,
        old_at=edit.old_at - shift,
        new_at=edit.new_at - shift,
    )


def _with_not(change: Change, edit: Edit) -> Edit:
    """Return an edit with the "not" behind it: may not, that became shall not, is quoted so."""
    ends = edit.old_at + len(edit.struck), edit.new_at + len(edit.added)
    hits = [_NOT.match(text[end:]) for text, end in zip((change.old_text, change.new_text), ends, strict=True)]
    if not all(hits) or not (edit.struck.strip() and edit.added.strip()):
        return edit
    return replace(edit, struck=edit.struck + " not", added=edit.added + " not")


def _wide_phrases(change: Change, edit: Edit) -> tuple[str, str]:
    """Return the old and the new Chinese words with what stands on both sides of them, up to a mark or a particle."""
    leads = change.old_text[: edit.old_at], change.new_text[: edit.new_at]
    tails = change.old_text[edit.old_at + len(edit.struck) :], change.new_text[edit.new_at + len(edit.added) :]
    lead = next((piece for piece in (leads[0][-n:] for n in range(_AROUND, 0, -1)) if leads[1].endswith(piece)), "")
    tail = next((piece for piece in (tails[0][:n] for n in range(_AROUND, 0, -1)) if tails[1].startswith(piece)), "")
    breaks = [hit.end() for hit in _PARTICLE.finditer(lead)]
    lead, tail = lead[breaks[-1] if breaks else 0 :], _PARTICLE.split(tail, maxsplit=1)[0]
    return quote(f"{lead}{edit.struck.strip()}{tail}"), quote(f"{lead}{edit.added.strip()}{tail}")


def _own_words(text: str, at: int, piece: str, other: str) -> str:
    """Return words that only came, or only went: not those at their ends that stand on the other side, too."""
    if _WIDE.search(piece):
        return quote(piece)
    lead = len(piece) - len(piece.lstrip(_MARKS))
    words = whole_words(text, at + lead, at + len(piece.rstrip())).split()
    fresh = max(_fresh_runs(words, bare(other)), key=len, default="")
    return quote(fresh if fresh.count(" ") >= len(words) // 3 else " ".join(words))


def _fresh_runs(words: list[str], familiar: str) -> Iterator[str]:
    """Yield the runs of *words* between those that stand on the other side, too."""
    start = place = 0
    while place < len(words):
        size = _FEWEST
        while place + size <= len(words) and bare(" ".join(words[place : place + size])) in familiar:
            size += 1
        if size > _FEWEST:
            yield " ".join(words[start:place])
            start = place = place + size - 1
        else:
            place += 1
    yield " ".join(words[start:])


def _with_context(text: str, at: int, piece: str, more: int) -> str:
    lead = len(piece) - len(piece.lstrip(_MARKS)) if piece.strip(_MARKS) else 0
    return quote(whole_words(text, max(0, at + lead - more), min(len(text), at + len(piece.rstrip()) + more)))
