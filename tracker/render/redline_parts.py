"""The redline of a whole provision cut into one for each provision inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from storage.records import Change, Op, OpKind, Provision


def spread(changes: Iterable[Change], provisions: Iterable[Provision]) -> list[Change]:
    """Return *changes*, each that holds a provision with all below it cut into one for every provision in it."""
    by_eid = {provision.eid: provision for top in provisions for provision in top.walk()}
    return [part for change in changes for part in _parts(change, by_eid.get(change.new_eid or ""))]


def _parts(change: Change, provision: Provision | None) -> Iterator[Change]:
    nodes = [node for node in provision.walk() if _words(node)] if provision and provision.children else []
    if not nodes or change.new_text != "\n".join(map(_words, nodes)):
        yield change
        return
    ops = list(change.ops)
    for place, node in enumerate(nodes):
        words = _words(node)
        own, ops = _cut(ops, len(words), last=place == len(nodes) - 1)
        _, ops = _cut(ops, 1, last=False) if place < len(nodes) - 1 else ([], ops)
        yield replace(change, new_eid=node.eid, new_text=words, ops=tuple(own))


def _cut(ops: list[Op], length: int, *, last: bool) -> tuple[list[Op], list[Op]]:
    """Return the steps that make the next *length* characters of the new text, and the rest."""
    own: list[Op] = []
    rest = list(ops)
    while rest and (length > 0 or last):
        op = rest.pop(0)
        size = 0 if op.kind is OpKind.DELETE else len(op.new if op.kind is OpKind.FOLD else op.text)
        if size <= length or op.kind is OpKind.FOLD or last:
            own.append(op)
        else:
            own.append(Op(op.kind, op.text[:length]))
            rest.insert(0, Op(op.kind, op.text[length:]))
        length -= min(size, length)
    return own, rest


def _words(provision: Provision) -> str:
    return "\n".join(part for part in (provision.heading, provision.text) if part)
