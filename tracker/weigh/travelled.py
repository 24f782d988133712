"""Words that left one provision for another: told as moved, never as removed here and added there."""

from __future__ import annotations

from dataclasses import replace

from storage.records import Change, ChangeKind, Claim, ClaimKind, OpKind
from tracker.weigh.both_texts import BothTexts, bare
from tracker.weigh.explain import explain
from tracker.weigh.weights import weigh_change

_LONG = 24  # letters; in a shorter run words meet by chance
_LONG_WIDE = 12


def travelled(changes: tuple[Change, ...], evidence: BothTexts) -> tuple[Change, ...]:
    """Return the changes, those whose struck words were added elsewhere with a claim that says where."""
    longest = _LONG_WIDE if evidence.words.language == "zh" else _LONG
    struck = [(place, bare(text)) for place, text in _runs(changes, OpKind.DELETE)]
    inserted = [(place, bare(text)) for place, text in _runs(changes, OpKind.INSERT)]
    claims: dict[int, list[Claim]] = {}
    for a, left in struck:
        for b, right in inserted:
            if a != b and min(len(left), len(right)) >= longest and (left in right or right in left):
                claim = _claim(changes[a], changes[b])
                claims.setdefault(a, []).append(claim)
                claims.setdefault(b, []).append(claim)
                break
    return tuple(
        _with_claims(change, claims[place]) if place in claims else change for place, change in enumerate(changes)
    )


def _runs(changes: tuple[Change, ...], kind: OpKind) -> list[tuple[int, str]]:
    return [
        (place, op.text)
        for place, change in enumerate(changes)
        if change.kind is not ChangeKind.RENUMBERED
        for op in change.ops
        if op.kind is kind and len(op.text) >= _LONG_WIDE
    ]


def _claim(a: Change, b: Change) -> Claim:
    return Claim(
        ClaimKind.WORDS_MOVED,
        old=a.old_citation or a.old_eid or "",
        new=b.new_citation or b.new_eid or "",
        eid=b.new_eid,
    )


def _with_claims(change: Change, claims: list[Claim]) -> Change:
    others = [c for c in change.claims if c.claim is not ClaimKind.REWORDED]
    more = replace(change, claims=tuple(dict.fromkeys((*others, *claims))))
    more = replace(more, weight=weigh_change(more))
    return replace(more, explanation=explain(more))
