"""Replace or delete whole provisions, subparagraphs, sentences and headings."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import Provision, ProvisionKind
from tracker.amending.chinese_numbers.insert_counted import count_items
from tracker.amending.edit import ReadyEdit, group_kind, mark_parent
from tracker.amending.edits.list_marks import punctuate
from tracker.amending.edits.table_rows import replace_rows
from tracker.amending.edits.word_edits import lead_group, part_of
from tracker.amending.errors import AbstainError
from tracker.amending.instructions.session_law import merge_print
from tracker.amending.locate import Spot, is_row
from tracker.amending.numbering import number_key
from tracker.amending.operations import Instruction, Level
from tracker.amending.tree import LawNode, TextGroup, put_below, take_away
from tracker.amending.words import sentences
from tracker.reading.structure.eids import ARTICLES, ATTACHMENTS

K = ProvisionKind


def delete(edit: ReadyEdit) -> None:
    """Take out a provision, a subparagraph, a sentence or a heading."""
    for spot in edit.spots:
        if spot.part is not None and spot.part.level is Level.HEADING:
            spot.node.heading = ""
        elif spot.part is not None:
            before, _, after = part_of(spot)
            lead_group(spot).text = (before.rstrip() + " " + after).strip()
        elif spot.group is not None:
            spot.node.groups.remove(spot.group)
        else:
            mark_parent(spot.node)
            group = spot.node.group
            take_away(spot.node)
            if group is not None and edit.counts_on:
                count_items(group)
            if group is not None:
                punctuate(group)


def replace_text(edit: ReadyEdit) -> None:
    """Put what the instruction quotes in the place of what stands there."""
    spots, text = edit.spots, edit.text
    if edit.instruction.as_printed is not None:
        _merge(spots, edit.instruction)
        return
    if text is None or not any(not group.is_empty() for group in text.groups):
        raise AbstainError("the new text is not set out")
    part = spots[0].part
    if part is not None:
        _replace_part(spots, text)
    elif spots[0].group is not None:
        _replace_groups(spots, text)
    elif edit.counts_on:
        _replace_content(spots, text)
    elif is_row(spots[0].node):
        replace_rows(spots, text)
    elif edit.instruction.with_lead:
        _replace_list(spots, text)
    else:
        _replace_nodes(spots, text)


def _replace_list(spots: Sequence[Spot], text: LawNode) -> None:
    """Put new points in the place of the first ones of a list, and a new lead in the place of its own."""
    group, owner = spots[0].node.group, spots[0].node.parent
    inner = list(text.below())
    if len(inner) == 1 and owner is not None and number_key(inner[0].number) == number_key(owner.number):
        text = inner[0]  # the quotation repeats the number of the paragraph: "A. Lamps are: 1. …"
    words = text.groups[0].text
    if group is None or not group.text or not words or len(text.shown_groups) != 1:
        raise AbstainError("which words announce the list is not sure")
    if group.below[0] is not spots[0].node:
        raise AbstainError("the points do not stand behind the words that announce them")
    text.groups[0].text = ""
    _replace_nodes(spots, text)
    group.text = words


def _replace_part(spots: Sequence[Spot], text: LawNode) -> None:
    spot = spots[0]
    if len(spots) > 1 or len(text.shown_groups) != 1 or any(text.below()):
        raise AbstainError("the new text is more than the part it replaces")
    words = text.shown_groups[0].text
    if spot.part is not None and spot.part.level is Level.HEADING:
        spot.node.heading = words
        return
    before, part, after = part_of(spot)
    if spot.part is not None and spot.part.level is Level.SENTENCE and len(sentences(words)) > 1 and part == words:
        raise AbstainError("which sentence is meant is not sure")
    gap = " " if after else ""
    lead_group(spot).text = before + words + gap + after


def _merge(spots: Sequence[Spot], instruction: Instruction) -> None:
    """Take the words a session law prints for a provision, struck ones gone and new ones in."""
    if len(spots) != 1 or instruction.as_printed is None:
        raise AbstainError("which provision is printed is not sure")
    lead = spots[0].part is not None
    pairs = _pairs_of(spots[0].node, instruction.as_printed, lead=lead)
    texts = [(group, merge_print(group.text, words, instruction.struck_words)) for group, words in pairs]
    for group, words in texts:
        group.text = words


def _pairs_of(node: LawNode, as_printed: Provision, *, lead: bool) -> list[tuple[TextGroup, str]]:
    pairs = [(node.groups[0], as_printed.text)]
    if lead or not as_printed.children:
        return pairs
    below = list(node.below())
    if [child.key for child in below] != [number_key(child.number) for child in as_printed.children]:
        raise AbstainError("what is printed has other subdivisions than the text")
    for child, other in zip(below, as_printed.children, strict=True):
        pairs += _pairs_of(child, other, lead=False)
    return pairs


def _replace_content(spots: Sequence[Spot], text: LawNode) -> None:
    """Give a provision new content; its number stays until all are settled."""
    if len(spots) != 1:
        raise AbstainError("which provision the text replaces is not sure")
    node = spots[0].node
    node.groups = []
    node.heading = text.heading or node.heading
    for group in text.groups:
        node.adopt(group)
    node.is_amended = True


def _replace_groups(spots: Sequence[Spot], text: LawNode) -> None:
    node = spots[0].node
    if any(spot.node is not node for spot in spots):
        raise AbstainError("the subparagraphs stand in different provisions")
    places = sorted(node.groups.index(spot.group) for spot in spots if spot.group is not None)
    if places != list(range(places[0], places[0] + len(places))):
        raise AbstainError("the subparagraphs do not stand together")
    if len(places) == len(text.shown_groups) == 1:
        _rewrite(node.groups[places[0]], text.shown_groups[0])
        return
    kind = node.groups[places[0]].kind
    lines_left = [
        group for group in node.groups if not (group.is_empty() and group.kind is None and group is not node.groups[0])
    ]
    node.groups[:] = lines_left
    del node.groups[places[0] : places[-1] + 1]
    for offset, group in enumerate(text.shown_groups):
        group.kind = kind if kind is not None or offset == 0 else group_kind(node)
        node.adopt(group, places[0] + offset)
        punctuate(group)
    node.is_amended = True


def _rewrite(group: TextGroup, new: TextGroup) -> None:
    """Give a paragraph new words; it stays the one that another instruction may count or move."""
    group.text, group.below, group.fresh = new.text, new.below, new.fresh
    for node in group.below:
        node.group = group
    if group.owner is not None:
        group.owner.is_amended = True
    punctuate(group)


def _replace_nodes(spots: Sequence[Spot], text: LawNode) -> None:
    nodes = [spot.node for spot in spots]
    group = nodes[0].group
    if group is None or any(node.group is not group for node in nodes):
        raise AbstainError("the provisions to be replaced stand in different places")
    places = [group.below.index(node) for node in nodes]
    if places != list(range(places[0], places[0] + len(places))):
        raise AbstainError("the provisions to be replaced do not stand together")
    new = _whole_nodes(text, nodes[0])
    if not new:
        _replace_words_of(nodes, text)
        return
    if not all(number_key(node.number) in {number_key(fresh.number) for fresh in new} for node in nodes):
        raise AbstainError("the new text does not bear the numbers of what it replaces")
    others = [number_key(node.number) for node in group.below if node not in nodes and node.kind is nodes[0].kind]
    if any(number_key(fresh.number) in others for fresh in new if fresh.number):
        raise AbstainError("the new text bears a number that stands there already")
    for node in nodes:
        take_away(node)
    for offset, fresh in enumerate(new):
        put_below(group, fresh, places[0] + offset)
    if group.owner is not None:
        group.owner.is_amended = True
    punctuate(group)


def _whole_nodes(text: LawNode, like: LawNode) -> list[LawNode]:
    """Return the provisions of *text* when it is nothing but provisions like *like*."""
    nodes = list(text.below())
    if not nodes or any(group.text for group in text.groups) or not all(node.number for node in nodes):
        return []
    if nodes[0].kind is not like.kind:
        for node in nodes:
            node.kind = like.kind
    return nodes


def _replace_words_of(nodes: Sequence[LawNode], text: LawNode) -> None:
    """Give one provision new words where the quotation does not repeat its number."""
    if len(nodes) != 1 or nodes[0].kind in ARTICLES | ATTACHMENTS:
        raise AbstainError("the new text does not bear the numbers of what it replaces")
    node = nodes[0]
    node.groups = [TextGroup(owner=node)]
    for group in text.shown_groups:
        group.kind = None if len(text.shown_groups) == 1 else K.SUBPARAGRAPH
        node.adopt(group)
    node.is_amended = True


def replace_heading(edit: ReadyEdit) -> None:
    """Give a provision the heading the instruction quotes."""
    words = " ".join(edit.instruction.quotation)
    if len(edit.spots) != 1 or not words:
        raise AbstainError("the new heading is not set out")
    edit.spots[0].node.heading = words
