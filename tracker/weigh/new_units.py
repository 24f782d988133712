"""A provision that is new or gone, told once: its duties, prohibitions, permissions and limits.

Gone is also one whose words gave way to a mark that holds its number open: "[Repealed]", （删除）, or nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from storage.records import Change, ChangeKind, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.actors import first_actor
from tracker.weigh.both_texts import BothTexts
from tracker.weigh.quantities.value_changes import TAGS, family
from tracker.weigh.quantities.value_roles import PENAL, statements
from tracker.weigh.quotable import quote
from tracker.weigh.word_claims import tag_of
from tracker.weigh.words import Vocabulary

_SENTENCE = re.compile(r"(?<=[。；;\n])|(?<=\.)\s+(?=[A-Z(“])")
_KINDS = {
    "obligation": (C.DUTY_ADDED, C.DUTY_REMOVED),
    "prohibition": (C.PROHIBITION_ADDED, C.PROHIBITION_REMOVED),
    "permission": (C.PERMISSION_ADDED, C.PERMISSION_REMOVED),
    "none": (C.PERMISSION_ADDED, C.PERMISSION_REMOVED),
}
_SUBORDINATE = re.compile(
    r"(?:可以|有权)(?=[^，。；]{1,40}的[^，。；]{1,20}，)|\b(?:that|which|who)\s(?:shall|must|may|should)(?:\snot)?\b",
    re.IGNORECASE,
)
_PUNISHED_ALIKE = re.compile(r"(?:依照|按照)[^。；]{2,30}(?:处罚|追究刑事责任)")
_LENIENT = re.compile(r"(?:从轻|减轻|不予|免予|免除)[^，。；]{0,12}处罚")
_PENAL_POWER = re.compile(r"可以(?:并|依法|根据情节)?(?:对[^，。；]{1,20})?(?:责令|吊销|没收|暂停|罚)")
_MOST = 12  # claims of one unit
_BRACKETS = re.compile(r"[(\[（［【〔][^\n]{0,120}[)\]）］】〕]\.?")
_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W_\u2e80-\u9fff]+")
_NO_MORE = 3  # words: "Repealed."
_FEW = 6  # words; where there were fewer, hardly anything was lost


def unit_findings(change: Change, evidence: BothTexts) -> tuple[tuple[Claim, ...], tuple[Tag, ...]]:
    """Return what a new or removed provision lays down; what stands on the other side, too, only moved there."""
    is_gone = change.kind is ChangeKind.REMOVED
    text = change.old_text if is_gone else change.new_text
    claims = [claim for sentence in _SENTENCE.split(text) for claim in _of_sentence(sentence, change, evidence)]
    return tuple(dict.fromkeys(claims))[:_MOST], tuple(
        dict.fromkeys(_tags(text, is_gone=is_gone, words=evidence.words))
    )


def _of_sentence(sentence: str, change: Change, evidence: BothTexts) -> Iterator[Claim]:
    is_gone = change.kind is ChangeKind.REMOVED
    bare = sentence.strip()
    words = evidence.words
    hits = words.modality.find(_SUBORDINATE.sub(" ", bare))
    penal = bool(words.penalty.find(bare)) and any(s.role in PENAL for s in statements(bare, words))
    penal = (penal or bool(_PUNISHED_ALIKE.search(bare))) and not _LENIENT.search(bare)
    penal = penal or bool(_PENAL_POWER.search(bare))
    if not bare or not (hits or penal) or evidence.elsewhere("new" if is_gone else "old", bare):
        return
    eid = change.old_eid if is_gone else change.new_eid
    if penal:
        kind = C.PENALTY_REMOVED if is_gone else C.PENALTY_ADDED
        yield _claim(kind, bare, evidence, eid, is_gone=is_gone)
        return
    meaning = next((name for name, _ in hits if name in _KINDS), "")  # the first word is that of the main clause
    if meaning:
        yield _claim(_KINDS[meaning][1 if is_gone else 0], bare, evidence, eid, is_gone=is_gone)


def _claim(kind: C, sentence: str, evidence: BothTexts, eid: str | None, *, is_gone: bool) -> Claim:
    side = {"old_text": quote(sentence)} if is_gone else {"new_text": quote(sentence)}
    return Claim(kind, subject=first_actor(sentence, evidence) or quote(sentence), unit="sentence", eid=eid, **side)


def _tags(text: str, *, is_gone: bool, words: Vocabulary) -> Iterator[Tag]:
    for name, finder in (
        (TagName.MODALITY, words.modality),
        (TagName.PENALTY, words.penalty),
        (TagName.DEFINITION, words.definition),
        (TagName.SCOPE, words.scope),
        (TagName.DATE, words.date),
    ):
        hits = [hit for hit in finder.find(text) if hit[0] not in ("negation", "advice")]
        if hits:
            yield tag_of(name, hits if is_gone else [], [] if is_gone else hits)
    for statement in statements(text, words):
        value = statement.value
        sides = (value.normal, "", value.text, "") if is_gone else ("", value.normal, "", value.text)
        if value.sort.value != "count":
            yield Tag(TAGS[family(statement)], *sides)


def one_sided_kind(change: Change) -> ChangeKind | None:
    """Return whether the words of a modified provision went (removed) or came back (added); None for all others."""
    if change.kind is not ChangeKind.MODIFIED:
        return None
    old, new = _is_mark(change.old_text), _is_mark(change.new_text)
    mark, other = (change.old_text, change.new_text) if old else (change.new_text, change.old_text)
    if old == new or len(_WORD.findall(other)) < _FEW or _stands_in(mark, other):
        return None
    return ChangeKind.ADDED if old else ChangeKind.REMOVED


def _is_mark(text: str) -> bool:
    return _BRACKETS.fullmatch(text.strip()) is not None or len(_WORD.findall(text)) <= _NO_MORE


def _stands_in(mark: str, other: str) -> bool:
    """Return whether a mark is only what was left of the words: "The owner pays." of a longer sentence."""
    if _BRACKETS.fullmatch(mark.strip()):
        return mark.strip() in other
    words = [{word.lower() for word in _WORD.findall(text)} for text in (mark, other)]
    return bool(words[0] & words[1])
