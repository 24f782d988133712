"""End the items of an amended list as official consolidations do."""

from __future__ import annotations

import re

from storage.records import ProvisionKind
from tracker.amending.tree import LawNode, TextGroup

K = ProvisionKind
_PAIR = 2
_SEMICOLON = re.compile(r";(?:\s*(?:and|or|et|ou|und|oder))?$")


def punctuate(group: TextGroup) -> None:
    """End the items of a list as the Union's consolidations do: all but the last in a semicolon, the last in a stop."""
    if group.owner is not None and group.owner.kind is not K.POINT and not group.below and group.text.endswith(";"):
        group.text = f"{group.text[:-1]}."  # the semicolon of the amending act's own list, printed within the quotation
    _end_chinese_list(group)
    items = [node for node in group.below if node.number and node.kind is K.POINT]
    ends = [_last_words(item) for item in items]
    texts = [end.text.rstrip() for end in ends]
    if len(items) < _PAIR or not _SEMICOLON.search(texts[0]):
        return
    for end, text in zip(ends[:-1], texts[:-1], strict=True):
        if text.endswith("."):
            end.text = f"{text[:-1]};"
    if texts[-1].endswith(";") and _ends_its_sentence(group):
        ends[-1].text = f"{texts[-1][:-1]}."


def _end_chinese_list(group: TextGroup) -> None:
    """End the last item of a Chinese list in a full stop: the one behind it was taken out."""
    items = [node for node in group.below if node.kind is K.ITEM]
    last = _last_words(items[-1]) if items else None
    if last is not None and last.text.endswith("；"):
        last.text = f"{last.text[:-1]}。"


def _last_words(node: LawNode) -> TextGroup:
    group = node.shown_groups[-1] if node.shown_groups else node.groups[0]
    return _last_words(group.below[-1]) if group.below else group


def _ends_its_sentence(group: TextGroup) -> bool:
    """Return whether no item follows the list in any list around it."""
    owner = group.owner
    if owner is None or owner.shown_groups[-1] is not group:
        return owner is not None and owner.kind is not K.POINT
    if owner.kind is not K.POINT or owner.group is None:
        return True
    return owner.group.below[-1] is owner and _ends_its_sentence(owner.group)
