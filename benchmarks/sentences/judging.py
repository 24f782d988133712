"""Hold what is told of a case against what is true of it."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.sentences.cases import SentenceCase, Truth
from benchmarks.sentences.quotations import untrue_quotations
from storage.records import Change, ChangeKind, Claim, Weight
from tracker.compare import compare
from tracker.weigh import weigh


@dataclass(frozen=True)
class SentenceVerdict:
    """What was told of one case: claims in all, false ones, true ones, and true ones that were told."""

    case: SentenceCase
    claim_count: int
    false: tuple[str, ...]
    true: int
    found_count: int
    sentences: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Return whether nothing false was told and nothing true was missed."""
        return not self.false and self.found_count == self.true


def judge(case: SentenceCase) -> SentenceVerdict:
    """Compare and weigh the two laws of *case* and judge every claim."""
    comparison = weigh(compare(case.old, case.new), case.old, case.new)
    told_claims = [(change, claim) for change in comparison.changes for claim in change.claims]
    false = [_say(change, claim) for change, claim in told_claims if not _is_true(claim, case)]
    false += [
        f"weight {c.weight.value}: {c.explanation}"
        for c in comparison.changes
        if case.only_references and _too_heavy(c)
    ]
    found_count = sum(any(_fits(claim, truth) for _, claim in told_claims) for truth in case.truths)
    false += [text for change in comparison.changes for text in untrue_quotations(change, case.old, case.new)]
    moves = tuple((str(row.old), str(row.new), row.move) for row in comparison.dates)
    false += [f"dates: {moves}"] if case.rows and set(moves) - set(case.rows) else []
    found_count += sum(row in moves for row in case.rows)
    sentences = tuple(change.explanation for change in comparison.changes)
    return SentenceVerdict(
        case, len(told_claims), tuple(false), len(case.truths) + len(case.rows), found_count, sentences
    )


def _is_true(claim: Claim, case: SentenceCase) -> bool:
    return claim.claim in case.harmless or any(_fits(claim, truth) for truth in case.truths)


def _fits(claim: Claim, truth: Truth) -> bool:
    values = (claim.old or claim.old_text, claim.new or claim.new_text)
    return claim.claim in truth.kinds and all(
        not want or want in (got, text)
        for want, got, text in zip((truth.old, truth.new), values, (claim.old_text, claim.new_text), strict=True)
    )


def _too_heavy(change: Change) -> bool:
    return change.kind is ChangeKind.MODIFIED and change.weight is not Weight.REFERENCE


def _say(change: Change, claim: Claim) -> str:
    return f"{claim.claim.value} {claim.old or claim.old_text}>{claim.new or claim.new_text}: {change.explanation}"
