"""Put the text that stays in the place of stars: "(b) * * *" prints a paragraph of which only some parts are new."""

from __future__ import annotations

import re

from storage.records import Provision
from tracker.amending.errors import AbstainError
from tracker.amending.tree import LawNode, law_tree

_STARS = re.compile(r"^(?P<words>.*?)\s*(?:\*\s*){3,}$", re.S)


def printed_node(text_apart: Provision, standing: LawNode | None) -> LawNode:
    """Return a holder of *text_apart*, its stars filled from *standing*; abstains on what it leaves out."""
    holder = law_tree([text_apart])
    node = next(holder.below())
    if standing is not None:
        _fill(node, standing)
    elif any(_STARS.match(group.text) for inner in node.walk() for group in inner.groups):
        raise AbstainError("new text is printed with stars")
    for inner in node.walk():
        inner.origin = ""
        for group in inner.groups:
            group.origin = ""
    return holder


def _fill(node: LawNode, standing: LawNode) -> None:
    own, theirs = node.groups[0], standing.groups[0]
    if hit := _STARS.match(own.text):
        if not theirs.text.startswith(hit["words"].strip()):
            raise AbstainError("the words before the stars stand there otherwise")
        own.text = theirs.text
    below = {child.key: child for child in standing.below()}
    new = {child.key: child for child in node.below()}
    if any(key not in new for key in below):
        raise AbstainError("whether what is not printed stays is not sure")
    for key, child in new.items():
        if key in below:
            _fill(child, below[key])
