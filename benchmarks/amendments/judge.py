"""Apply a labelled instruction and hold what was made against what a reader says it does."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.amendments.acts import amending_act, base_act
from benchmarks.amendments.labels import LabelledInstruction
from storage.records import Provision
from tracker.amending.consolidation import Consolidation, consolidate
from tracker.amending.operations import Operation, OperationStatus
from tracker.amending.words import pattern_of


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one labelled instruction."""

    label: LabelledInstruction
    is_right: bool
    is_text_right: bool
    is_wrong: bool
    operations: tuple[Operation, ...]
    texts: dict[str, str] = field(default_factory=dict)

    def describe(self) -> str:
        """Return the instruction, what was read and what stands there now."""
        lines = [f"[{self.label.base} {self.label.number}]{' WRONG' if self.is_wrong else ''} {self.label.text}"]
        for operation in self.operations:
            lines.append(
                f"    {operation.action.value} {operation.target_eid} {operation.status.value} {operation.why}"
            )
        lines += [f"    expected {' '.join(pair)}" for pair in self.label.operations]
        lines += [f"    expected to abstain: {self.label.reason}"] if self.label.reason is not None else []
        for eid, words in self.label.texts:
            if not _is_same(self.texts.get(eid, ""), words):
                lines.append(f"    {eid}: {self.texts.get(eid, '')!r}\n      for {words!r}")
        return "\n".join(lines)


def judge(label: LabelledInstruction) -> Finding:
    """Return what became of *label*; a text changed where another was expected is wrongly applied."""
    result = consolidate(base_act(label.base), amending_act(label))
    operations = tuple((operation.action.value, operation.target_eid or "") for operation in result.operations)
    open_count = sum(operation.status is OperationStatus.ABSTAINED for operation in result.operations)
    texts = {eid: _words_of(result, eid) for eid, _ in label.texts}
    same = all(_is_same(texts[eid], words) for eid, words in label.texts)
    is_unchanged = result.text.provisions == result.base.provisions
    if label.reason is not None:
        why = " ".join(operation.why or "" for operation in result.operations)
        return Finding(label, is_unchanged and label.reason in why, is_unchanged, not is_unchanged, result.operations)
    is_right = sorted(operations) == sorted(label.operations)
    text_right = is_right and same and not open_count
    return Finding(label, is_right, text_right, not is_unchanged and not same, result.operations, texts)


def _words_of(result: Consolidation, eid: str) -> str:
    hit = next((provision for provision in result.text.walk() if provision.eid == eid), None)
    return "" if hit is None else " ".join(_texts(hit))


def _texts(provision: Provision) -> list[str]:
    own = [part for part in (provision.heading, provision.text) if part]
    return own + [text for child in provision.children for text in _texts(child)]


def _is_same(words: str, words_due: str) -> bool:
    if not words_due:
        return not words
    return words == words_due or bool(words and pattern_of(words_due).fullmatch(words))
