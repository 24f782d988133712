"""The Union's way of amending, as consolidation asks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from storage.records import ProvisionKind, Reading
from tracker.amending.errors import AbstainError
from tracker.amending.instructions.corrigenda.union_corrigenda import is_corrigendum, read_corrections
from tracker.amending.instructions.europe import figures, read_instructions
from tracker.amending.instructions.europe_text import quoted_node
from tracker.amending.instructions.quotation import OPENERS, promote_marks, strip_quotes
from tracker.amending.locate import Spot
from tracker.amending.numbering import number_key
from tracker.amending.operations import Action, Instruction, Level
from tracker.amending.tree import LawNode, TextGroup, law_tree
from tracker.reading.europe.references import NUMBER

K = ProvisionKind
_LEADING_NUMBER = re.compile(r"\(?(\d{1,3}[a-z]{0,3}(?: ?(?:bis|ter|quater|quinquies|sexies|septies|octies))?)[.)]\s+")
_ANNEX = re.compile(r"\b([IVXL]+)\b")
_QUOTED_TITLE = re.compile(r"^[‘“«„][^\W\d_]+\s+[IVXL]+(?:\s+|$)")
_AMENDS = re.compile(r"amended as follows|modifiée? comme suit|wie folgt geändert")
_TITLE = 400


def instructions(amending: Reading, base: Reading) -> list[Instruction]:
    """Return the instructions of *amending* to *base*; a corrigendum says what to read in the place of what."""
    read_act = read_corrections if is_corrigendum(amending) else read_instructions
    return read_act(amending, numbers_of(base))


def numbers_of(base: Reading) -> frozenset[str]:
    """Return the figures *base* is known by: of its number, or of the first number in its title."""
    acts = [hit[0] for hit in NUMBER.finditer(f"{base.number} {base.title[:_TITLE]}")]
    return frozenset([figures(base.number or "")] + [figures(number) for number in acts[:1]]) - {""}


def text(instruction: Instruction, spots: tuple[Spot, ...]) -> LawNode:
    """Return what *instruction* quotes, read in the position it will take."""
    spot = spots[0]
    level = instruction.level or _level_of(instruction, spot)
    lines = list(instruction.quotation)
    if spot.group is not None or spot.part is not None or level is Level.SUBPARAGRAPH:
        lines = _without_number(lines, spot)
    node = quoted_node(lines, level)
    is_unnamed = instruction.action is Action.INSERT and instruction.level is None and not instruction.anchor
    if is_unnamed and not any(inner.number for inner in node.below()):
        raise AbstainError("what is put in is not named, nor where it goes")
    return node


def _level_of(instruction: Instruction, spot: Spot) -> Level | None:
    if instruction.action is Action.REPLACE and spot.node.kind is K.POINT and spot.group is None:
        return Level.POINT
    return instruction.target[-1].level if instruction.target else None


def _without_number(lines: list[str], spot: Spot) -> list[str]:
    """Return the lines of a first subparagraph or a lead without the number of the paragraph they repeat."""
    hit = _LEADING_NUMBER.match(lines[0]) if lines else None
    around = spot.node
    while hit is not None and around is not None and around.kind is not K.BOOK:
        if around.number and number_key(around.number) == number_key(hit[1]):
            return [lines[0][hit.end() :], *lines[1:]]
        parent = around.parent
        if parent is None:
            break
        around = parent
    return lines


def attachment(instruction: Instruction, amending: Reading) -> LawNode:
    """Return the annex of the amending act that the instruction says is the new text, under its new number."""
    numbers = _ANNEX.findall(instruction.attachment)
    annexes = [top for top in amending.provisions if top.kind is K.ANNEX]
    source = numbers[0] if numbers else ""
    hit = [annex for annex in annexes if not source or number_key(annex.number) == number_key(source)]
    target = next((step for step in instruction.target[::-1] if step.level is Level.ANNEX and step.numbers), None)
    number = numbers[-1] if len(numbers) > 1 else target.numbers[0][0] if target else ""
    if (
        len(hit) != 1
        or not number
        or any(NUMBER.search(node.text) for node in hit[0].walk() if _AMENDS.search(node.text))
    ):
        raise AbstainError(f"the text is set out elsewhere: {instruction.attachment[:60]}")
    holder = law_tree(hit)
    node = next(holder.below())
    for inner in node.walk():
        inner.origin = ""
    _take_quoted_title(node)
    node.label = re.sub(r"\s[IVXL]+$", "", node.label) + f" {number}"
    node.number, node.is_amended = number, True
    return holder


def _take_quoted_title(node: LawNode) -> None:
    """Take from an annex that is quoted whole its title, printed in its heading or first paragraphs, and its marks."""
    groups = node.shown_groups
    opener = next((words[:1] for words in (node.heading, *(g.text for g in groups[:1])) if words[:1] in OPENERS), "")
    quoted_heading = _QUOTED_TITLE.match(node.heading)
    node.heading = _QUOTED_TITLE.sub("", node.heading)
    first, _, rest = groups[0].text.partition("\n") if groups else ("", "", "")
    if _QUOTED_TITLE.fullmatch(first):
        groups[0].text = rest
        quoted_heading = quoted_heading or _QUOTED_TITLE.match(first)
        node.groups = [group for group in node.groups if group is not groups[0] or not group.is_empty()]
        groups = node.shown_groups
    if quoted_heading and not node.heading and groups and _is_title(groups[0]):
        node.heading = groups[0].text
        _take_words(node, groups[0])
    last = list(Spot(node).texts())[-1]
    last.text = "".join(strip_quotes([last.text]))
    for inner in node.walk():
        inner.heading = promote_marks(inner.heading, opener)
        for group in inner.groups:
            group.text = promote_marks(group.text, opener)


def _is_title(group: TextGroup) -> bool:
    return bool(group.text) and not group.text.endswith((".", ":", ";"))


def _take_words(node: LawNode, group: TextGroup) -> None:
    if group.below:
        group.text = ""
    else:
        node.groups.remove(group)


def settle(
    root: LawNode, every_instruction: list[Instruction], open_at: Mapping[int, str], amending: Reading
) -> dict[int, str]:
    """Do nothing: in the Union numbers and references stay until they are amended themselves."""
    del root, every_instruction, open_at, amending
    return {}
