"""References and citations that changed: whole groups (Articles 5, 6 and 9; 35 U.S.C. 119), never their numbers."""

from __future__ import annotations

from collections.abc import Iterable

from storage.records import Change, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import BothTexts
from tracker.weigh.citations import LISTED, OTHER_ACT
from tracker.weigh.edits import Edit
from tracker.weigh.word_claims import Findings

Span = tuple[int, int, str]
_LONGEST_EDIT = 60  # characters; a reference in longer new words is only a part of them


def reference_findings(change: Change, items: list[Edit], evidence: BothTexts) -> Findings:
    """Yield what the references of *change* say: this one now stands for that one."""
    old, new = _spans(change.old_text), _spans(change.new_text)
    # where nothing but references was edited and the change is told all the same, one of them strayed
    beside_others = any(
        not _of_references(edit, old, new) for edit in items if any(map(str.isalnum, edit.struck + edit.added))
    )
    for edit in items:
        olds = [s for s in old if edit.strikes(s[0], s[1]) or _grew(edit, s[0], s[1], edit.old_at)]
        news = [s for s in new if edit.adds(s[0], s[1]) or _grew(edit, s[0], s[1], edit.new_at)]
        old, new = [s for s in old if s not in olds], [s for s in new if s not in news]  # each is told once
        is_gone, come = [text for _, _, text in olds], [text for _, _, text in news]
        left = [text for text in is_gone if text not in come]
        right = [text for text in come if text not in is_gone]
        yield from _pairs(left, right, change, evidence, told=edit.length <= _LONGEST_EDIT, beside_others=beside_others)


def _of_references(edit: Edit, old: Iterable[Span], new: Iterable[Span]) -> bool:
    return any(edit.strikes(s[0], s[1]) for s in old) or any(edit.adds(s[0], s[1]) for s in new)


def reference_tags(change: Change, items: Iterable[Edit]) -> tuple[Tag, ...]:
    """Return the tags of references alone, for a provision in which nothing else was touched."""
    old, new = _spans(change.old_text), _spans(change.new_text)
    tags: dict[Tag, None] = {}
    for edit in items:
        is_gone = [text for start, end, text in old if edit.strikes(start, end) or _grew(edit, start, end, edit.old_at)]
        come = [text for start, end, text in new if edit.adds(start, end) or _grew(edit, start, end, edit.new_at)]
        for one, other in zip(is_gone, come, strict=False):
            if one != other:
                tags.setdefault(Tag(TagName.REFERENCE, one, other, one, other))
    return tuple(tags)


def _grew(edit: Edit, start: int, end: int, at: int) -> bool:
    """Return whether a group was only added to, or only lost a part: the edit stands inside it, or at its end."""
    return bool(edit.struck) != bool(edit.added) and start < at <= end


def _spans(text: str) -> list[Span]:
    items = [(hit.start(), hit.end(), " ".join(hit[0].split())) for hit in LISTED.finditer(text)]
    more = [(hit.start(), hit.end(), " ".join(hit[0].split())) for hit in OTHER_ACT.finditer(text)]
    apart = [s for s in items if not any(s[0] < end and s[1] > start for start, end, _ in more)]
    return sorted([*apart, *(span for span in more if not span[2].startswith("《"))])


def _pairs(
    is_gone: list[str], come: list[str], change: Change, evidence: BothTexts, *, told: bool, beside_others: bool
) -> Findings:
    if beside_others and len(is_gone) == len(come):  # what only follows its target is no news
        moves = [(one, other) for one, other in zip(is_gone, come, strict=True) if not evidence.follows(one, other)]
        is_gone, come = [one for one, _ in moves], [other for _, other in moves]
    if is_gone and come and len(is_gone) != len(come) and told:
        texts = ", ".join(is_gone), ", ".join(come)
        yield Claim(C.REFERENCE_RETARGETED, "", *texts, *texts), Tag(TagName.REFERENCE, *texts, *texts)
        return
    for one, other in zip(is_gone, come, strict=False):
        tag = Tag(TagName.REFERENCE, one, other, one, other)
        claim = Claim(C.REFERENCE_RETARGETED, "", one, other, one, other) if len(is_gone) == len(come) else None
        yield claim, tag
    for text in is_gone[len(come) :]:
        if not evidence.in_unit("new", change.new_unit, text):
            yield (
                (Claim(C.REFERENCE_RETARGETED, "", text, "", text, "") if told else None),
                Tag(TagName.REFERENCE, text, "", text),
            )
    for text in come[len(is_gone) :]:
        if not evidence.in_unit("old", change.old_unit, text):
            yield (
                (Claim(C.REFERENCE_RETARGETED, "", "", text, "", text) if told else None),
                Tag(TagName.REFERENCE, "", text, "", text),
            )
