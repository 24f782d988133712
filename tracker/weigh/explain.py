"""What is told of one change, in plain English whatever the language of the law: made of its claims."""

from __future__ import annotations

from storage.records import Change, ChangeKind, ClaimKind, Weight
from tracker.weigh.new_units import one_sided_kind
from tracker.weigh.quotable import quote, tells_change
from tracker.weigh.sentences import tell

_WHOLE = {
    ChangeKind.ADDED: "{new} added",
    ChangeKind.REMOVED: "{old} removed",
    ChangeKind.RENUMBERED: "{old} is now {new}, its words unchanged",
    ChangeKind.MOVED: "{old} moved to {new}",
    ChangeKind.SPLIT: "{old} was split: this part is now {new}",
    ChangeKind.MERGED: "{old} was merged into {new}",
}


_ONE_SIDED = {ChangeKind.ADDED, ChangeKind.REMOVED}


def own_words(change: Change) -> str:
    """Return the first words of a provision that came or went, as a quotation behind what is said of it."""
    words = quote(change.new_text or change.old_text)
    return f": “{words}”" if words and not tells_change(words) else ""


def explain(change: Change) -> str:
    """Return one text that says what changed."""
    places = {"old": change.old_citation or change.old_eid, "new": change.new_citation or change.new_eid}
    whole = _WHOLE[change.kind].format(**places) if change.kind in _WHOLE else ""
    if change.kind is ChangeKind.MOVED and places["old"] == places["new"]:
        whole = f"{places['new']} moved to another place"  # a row of a table, a part of an annex
    if one_sided := one_sided_kind(change):
        return _of_mark(change, one_sided, places["new"] or "")
    if change.weight is Weight.REFERENCE and not whole:
        return f"Only references in {places['new']} follow renumbered provisions"
    sentences = tell(change.claims)
    if not sentences and change.kind in _ONE_SIDED:
        return whole + own_words(change)
    if change.kind is ChangeKind.MODIFIED:
        return sentences
    if change.kind is ChangeKind.RENUMBERED or not sentences:
        return whole
    return f"{whole}; {sentences[0].lower()}{sentences[1:]}"


def _of_mark(change: Change, one_sided: ChangeKind, place: str) -> str:
    """Return what is told of a provision that was repealed and keeps its number, or that has words again."""
    is_gone = one_sided is ChangeKind.REMOVED
    words = quote(change.old_text if is_gone else change.new_text)
    mark = quote((change.new_text if is_gone else change.old_text).strip())
    whole = f"{place} has no words any more" if is_gone else f"{place} has words again"
    whole += f" (“{mark}”)" if mark and is_gone and not tells_change(mark) else ""
    sentences = tell(claim for claim in change.claims if claim.claim is not ClaimKind.REWORDED)
    if sentences:
        return f"{whole}; {sentences[0].lower()}{sentences[1:]}"
    return f"{whole}: “{words}”" if words and not tells_change(words) else whole
