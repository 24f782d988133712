"""Apply an amending act to a base text: resolve every instruction against the base, then carry all out in one pass."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from html import escape

from storage.records import Comparison, Note, Reading
from tracker.amending.apply import carry_out
from tracker.amending.chinese_numbers.disagreement import disagreement
from tracker.amending.edit import ReadyEdit
from tracker.amending.effect_days import EffectDays
from tracker.amending.errors import AbstainError
from tracker.amending.instructions.federal.stars import printed_node
from tracker.amending.locate import Spot, can_locate, locate
from tracker.amending.operations import Action, Instruction, Operation, OperationStatus, Target
from tracker.amending.pending.base_standing import standing_notes
from tracker.amending.traditions import AmendingTradition, tradition_of
from tracker.amending.tree import LawNode, finish_tree, law_tree
from tracker.amending.words import count_words
from tracker.compare import compare
from tracker.reading.read import count_own
from tracker.weigh import weigh

_FELLOW = "another instruction to this unit is open"
_ALL_OR_NONE = "another place of the same instruction is open"


@dataclass(frozen=True, slots=True)
class Consolidation:
    """A text computed from a base and an amending act, with every operation; never a version of record."""

    base: Reading
    amending: Reading
    text: Reading
    operations: tuple[Operation, ...]

    @property
    def applied_count(self) -> int:
        """Return how many instructions were carried out."""
        return sum(operation.status is OperationStatus.APPLIED for operation in self.operations)

    @property
    def mark(self) -> str:
        """Return what stands wherever the text is shown: what it was computed from, and that it is not official."""
        return f"Computed from {_name_of(self.base)} and {_name_of(self.amending)}, not official."

    @property
    def standing(self) -> tuple[str, ...]:
        """Return what is known of whether the base is the text the act amends."""
        return standing_notes(self.base, self.amending)

    def mark_html(self) -> str:
        """Return the mark for a page."""
        return escape(self.mark)

    def marked_text(self) -> Reading:
        """Return the text with the mark as the first words of its preface."""
        return replace(self.text, front=(Note("preface", self.mark), *self.text.front))

    def changes(self) -> Comparison:
        """Return what changes against the base."""
        return weigh(compare(self.base, self.text), self.base, self.text)


def _name_of(reading: Reading) -> str:
    return reading.number or reading.title or "an act without a title"


def consolidate(base: Reading, amending: Reading, *, as_of: date | None = None) -> Consolidation:
    """Return *base* as *amending* makes it; what is not sure is abstained from and left as the base has it.

    Only what takes effect by *as_of* is applied; by default, by the day the act as a whole does.
    """
    tradition = tradition_of(base.jurisdiction)
    days = EffectDays(amending)
    instructions = tradition.instructions(amending, base)
    later = {
        place: f"takes effect on {days.of(instruction.basis_eid)}"
        for place, instruction in enumerate(instructions)
        if days.is_later(instruction.basis_eid, as_of)
    }
    return _carry_out_all(base, amending, instructions, tradition, later)


def _carry_out_all(
    base: Reading,
    amending: Reading,
    instructions: list[Instruction],
    tradition: AmendingTradition,
    open_at: dict[int, str],
) -> Consolidation:
    """Carry out all; a unit one of whose instructions stays open is left as it was, and all is done again."""
    later = frozenset(open_at)
    while True:
        run = _ConsolidationPass(base, amending, tradition)
        for place, instruction in enumerate(instructions):
            run.take(place, instruction, open_at)
        fresh = run.fellows(open_at, later)
        if not run.failures and not fresh:
            fresh = run.settle(instructions, open_at)
        if not run.failures and not fresh:
            return run.result(instructions, open_at)
        open_at |= run.failures | fresh


class _ConsolidationPass:
    """One pass over the instructions on a fresh tree."""

    def __init__(self, base: Reading, amending: Reading, tradition: AmendingTradition) -> None:
        self.base, self.amending, self.tradition = base, amending, tradition
        self.root = law_tree(base.provisions)
        self.root.groups[0].owner = self.root
        self.days = EffectDays(amending)
        self.failures: dict[int, str] = {}
        self.units: dict[int, tuple[str, ...]] = {}
        self.targets: dict[int, str | None] = {}
        self.queue: list[tuple[int, ReadyEdit]] = []
        self.sentences: dict[int, tuple[str, str]] = {}

    def take(self, place: int, instruction: Instruction, open_at: dict[int, str]) -> None:
        """Resolve one instruction against the base; those that are open already are only placed."""
        self.targets[place] = None
        self.units[place] = ()
        if instruction.together:
            self.sentences[place] = (instruction.basis_eid, instruction.basis)
        try:
            edit = self.resolve(instruction)
        except AbstainError as error:
            if place not in open_at:
                self.failures[place] = str(error)
            self.placed_by_steps(place, instruction)
            return
        self.units[place] = tuple(_unit(spot) for spot in (*edit.spots, *filter(None, [edit.anchor])))
        self.targets[place] = _eid(edit.spots[0])
        if place not in open_at:
            self.queue.append((place, edit))

    def placed_by_steps(self, place: int, instruction: Instruction) -> None:
        """Say how far the target could be followed: the open instruction is shown there."""
        steps = instruction.target
        while steps:
            try:
                spots = locate(self.root, steps)
            except AbstainError:
                steps = steps[:-1]
                continue
            self.units[place] = tuple(_unit(spot) for spot in spots)
            self.targets[place] = _eid(spots[0])
            return

    def resolve(self, instruction: Instruction) -> ReadyEdit:
        """Return *instruction* with its places in the base and its text as provisions."""
        if instruction.why:
            raise AbstainError(instruction.why)
        spots = tuple(locate(self.root, reachable(self.root, instruction.target)))
        spots = narrow_spots(spots, instruction)
        anchor = None
        if instruction.anchor:
            hit = locate(self.root, reachable(self.root, instruction.anchor))
            anchor = hit[-1]
        text = self.text(instruction, spots)
        return ReadyEdit(instruction, spots, anchor, text, counts_on=self.tradition.counts_on)

    def text(self, instruction: Instruction, spots: tuple[Spot, ...]) -> LawNode | None:
        """Return the text the instruction quotes or points to, as provisions."""
        if instruction.text_apart is not None:
            return printed_node(instruction.text_apart, spots[0].node if instruction.action is Action.REPLACE else None)
        if instruction.attachment:
            return self.tradition.attachment(instruction, self.amending)
        if not instruction.quotation:
            return None
        return self.tradition.text(instruction, spots)

    def fellows(self, open_at: dict[int, str], later: frozenset[int]) -> dict[int, str]:
        """Carry out what waits; return the instructions that fall with an open one in their unit."""
        for place, edit in self.in_order():
            try:
                carry_out(edit)
            except AbstainError as error:
                self.failures[place] = str(error)
        self.hold_numbers()
        closed_units = {
            unit
            for place in (*open_at, *self.failures)
            if place not in later
            for unit in self.units.get(place, ())
            if unit
        }
        is_open = {*open_at, *self.failures}
        closed_sentences = {self.sentences[place] for place in is_open & self.sentences.keys() if place not in later}
        return {
            place: _FELLOW if closed_units.intersection(units) else _ALL_OR_NONE
            for place, units in self.units.items()
            if place not in is_open
            and (closed_units.intersection(units) or self.sentences.get(place) in closed_sentences)
        }

    def in_order(self) -> list[tuple[int, ReadyEdit]]:
        """Return what waits, new numbers first where each is given by itself: the old ones are free then."""
        if self.tradition.counts_on:
            return self.queue
        return sorted(self.queue, key=lambda entry: entry[1].instruction.action is not Action.RENUMBER)

    def hold_numbers(self) -> None:
        """Leave what renumbers open when two provisions would bear one number."""
        for place, edit in self.queue:
            group = edit.spots[0].node.group
            if edit.instruction.action is Action.RENUMBER and self.tradition.counts_on:
                why = disagreement(edit)
                self.failures |= {place: why} if why else {}
                continue
            if edit.instruction.action is not Action.RENUMBER or group is None:
                continue
            node = edit.spots[0].node
            if sum(other.key == node.key and other.kind is node.kind for other in group.below) > 1:
                self.failures[place] = f"two provisions would bear the number {node.number}"

    def settle(self, instructions: list[Instruction], open_at: dict[int, str]) -> dict[int, str]:
        """Settle numbers and references; return the instructions whose numbers do not agree."""
        return self.tradition.settle(self.root, instructions, open_at, self.amending)

    def result(self, instructions: list[Instruction], open_at: dict[int, str]) -> Consolidation:
        """Return the text and the operations of the last pass."""
        provisions = finish_tree(self.root, self.base.provisions, self.tradition.cite)
        text = replace(self.base, provisions=provisions, counts=count_own(provisions))
        operations = tuple(
            self.operation(place, instruction, open_at) for place, instruction in enumerate(instructions)
        )
        return Consolidation(self.base, self.amending, text, operations)

    def operation(self, place: int, instruction: Instruction, open_at: dict[int, str]) -> Operation:
        """Return what became of one instruction."""
        return Operation(
            action=instruction.action,
            target_eid=self.targets[place],
            basis=instruction.basis,
            basis_eid=instruction.basis_eid,
            place=instruction.place,
            old_words=instruction.old_words,
            new_text=instruction.new_words or "\n".join(instruction.quotation),
            effective_on=self.days.of(instruction.basis_eid),
            status=OperationStatus.ABSTAINED if place in open_at else OperationStatus.APPLIED,
            why=open_at.get(place),
        )


def reachable(root: LawNode, target: Target) -> Target:
    """Return *target* without the inherited steps its own replace: "paragraph 3" stands beside "paragraph 2"."""
    if can_locate(root, target):
        return target
    for drop in range(1, len(target)):
        for start in range(len(target) - drop):
            shorter = (*target[:start], *target[start + drop :])
            same = target[start].level is target[start + drop].level
            if same and can_locate(root, shorter):
                return shorter
    return target


def narrow_spots(spots: tuple[Spot, ...], instruction: Instruction) -> tuple[Spot, ...]:
    """Return where the words of an instruction to the whole text stand, when they stand as often as it says."""
    if not instruction.old_words or any(spot.node.parent is not None for spot in spots):
        return spots
    hit = [
        Spot(group.owner)
        for spot in spots
        for group in spot.texts()
        if group.owner is not None and count_words(group.text, instruction.old_words)
    ]
    total = sum(count_words(group.text, instruction.old_words) for spot in spots for group in spot.texts())
    return tuple(hit) if hit and total == instruction.times and not instruction.each_place else spots


def _unit(spot: Spot) -> str:
    node: LawNode | None = spot.node
    unit = ""
    while node is not None:
        if node.origin and "__" not in node.origin:
            unit = node.origin
            break
        node = node.parent
    return unit


def _eid(spot: Spot) -> str | None:
    within = spot.group.origin if spot.group is not None else ""
    return within or spot.node.origin or None
