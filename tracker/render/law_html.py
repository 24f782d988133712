"""The text of a law as HTML: every provision with its anchor, and, when there is one, its redline in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from storage.records import Change, Comparison, OpKind, Provision, ProvisionKind, Reading
from tracker.render.comparison_html import redline_html
from tracker.render.control_characters import harmless
from tracker.render.redline_parts import spread

_WITH_HEADING = frozenset(
    {ProvisionKind.BOOK, ProvisionKind.PART, ProvisionKind.TITLE, ProvisionKind.CHAPTER, ProvisionKind.SUBPART,
     ProvisionKind.SECTION, ProvisionKind.ARTICLE, ProvisionKind.RULE, ProvisionKind.REGULATION, ProvisionKind.ANNEX,
     ProvisionKind.SCHEDULE, ProvisionKind.APPENDIX, ProvisionKind.SUPPLEMENT}
)  # fmt: skip
_EDITS = frozenset({OpKind.DELETE, OpKind.INSERT})
_DEEPEST = 40  # levels shown one inside the other; a tree that goes on is hostile
HISTORY_WORDS = "History of {name}"
Address = Callable[[str], str]
"""Where something about the provision with this eid is."""


@dataclass(frozen=True, slots=True)
class LawFragment:
    """A part of the text that is shown whole: an article with all that is in it, or the heading of a chapter."""

    eids: frozenset[str]
    markup: str


def law_pieces(
    provisions: Iterable[Provision], history: Address | None = None, history_words: str = HISTORY_WORDS
) -> list[LawFragment]:
    """Return the provisions with an anchor each, and a link to where the *history* of each is, named in words."""
    return list(_LawHtmlWriter(history, history_words).pieces(provisions, 0))


def redlined_pieces(
    old: Reading,
    new: Reading,
    comparison: Comparison,
    history: Address | None = None,
    history_words: str = HISTORY_WORDS,
) -> list[LawFragment]:
    """Return the whole new text with every change marked in its place, and what went after what it followed."""
    change_classes: dict[str, list[Change]] = {}
    for change in spread(comparison.changes, new.provisions):
        change_classes.setdefault(change.new_eid or "", []).append(change)
    writer = _LawHtmlWriter(history, history_words, change_classes, _gone_after(old, comparison))
    first = [LawFragment(frozenset(), _removal(change)) for change in writer.gone.get("", ())]
    return [*first, *writer.pieces(new.provisions, 0)]


def contents(provisions: Iterable[Provision], depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """Yield depth, anchor and words of each line of a table of contents: what has a heading, or stands at the top."""
    for provision in provisions:
        words = " ".join(part for part in (provision.label, provision.heading) if part)
        if provision.kind in _WITH_HEADING and words:
            yield depth, provision.eid, words
        if depth < 4:
            yield from contents(provision.children, depth + 1)


@dataclass
class _LawHtmlWriter:
    """Writes provisions with what changed in them and what went after them."""

    history: Address | None
    history_words: str = HISTORY_WORDS
    changed: Mapping[str, list[Change]] = field(default_factory=dict)
    gone: Mapping[str, list[Change]] = field(default_factory=dict)

    def pieces(self, provisions: Iterable[Provision], depth: int) -> Iterator[LawFragment]:
        """Yield the pieces in reading order; what holds articles is taken apart, and no style sheet indents those."""
        for provision in provisions:
            if depth < _DEEPEST and any(child.kind in _WITH_HEADING for child in provision.children):
                yield LawFragment(frozenset({provision.eid}), "".join([*self._opening(provision), "</div>"]))
                yield from self.pieces(provision.children, depth + 1)
                yield from (LawFragment(frozenset(), record) for record in self._removals(provision))
            else:
                markup = "".join(self._whole(provision, depth))
                yield LawFragment(frozenset(record.eid for record in provision.walk()), markup)

    def _whole(self, provision: Provision, depth: int) -> Iterator[str]:
        yield from self._opening(provision)
        for child in provision.children:
            yield from self._whole(child, depth + 1) if depth < _DEEPEST else _flat(child)
        yield "</div>"
        yield from self._removals(provision)

    def _opening(self, provision: Provision) -> Iterator[str]:
        yield f'<div class="provision k-{provision.kind.value}" id="{escape(provision.eid)}">'
        change, heading_change = _records_of(provision, self.changed.get(provision.eid, ()))
        yield self._label(provision)
        if heading_change is not None:
            yield f'<span class="heading">{redline_html(heading_change)}</span>'
        elif provision.heading and not (change and change.new_text != provision.text):
            yield f'<span class="heading">{escape(harmless(provision.heading))}</span>'
        if change is not None:
            yield f'<span class="text">{redline_html(change)}</span>'
        elif provision.text:
            yield f'<span class="text">{escape(harmless(provision.text))}</span>'

    def _label(self, provision: Provision) -> str:
        label = escape(harmless(provision.label))
        if label and self.history:
            name = escape(harmless(provision.citation or provision.eid))
            title = escape(self.history_words).replace("{name}", name)
            label = f'<a href="{escape(self.history(provision.eid))}" title="{title}">{label}</a>'
        return f'<span class="label">{label}</span>' if label else ""

    def _removals(self, provision: Provision) -> Iterator[str]:
        return map(_removal, self.gone.get(provision.eid, ()))


def _records_of(provision: Provision, records: Iterable[Change]) -> tuple[Change | None, Change | None]:
    """Return the redline of a provision's own words, with or without its heading, and the one of its heading alone.

    Other records say what became of a whole unit: the words below it stand in their own places. Of several parts that
    were merged into one, the one that gave most of its words is shown.
    """
    own = {provision.text, "\n".join(part for part in (provision.heading, provision.text) if part)} - {""}
    edited_records = [
        record for record in records if record.old_eid is None or any(op.kind in _EDITS for op in record.ops)
    ]
    texts = [record for record in edited_records if record.new_text in own]
    heads = [record for record in edited_records if record.new_text == provision.heading and record not in texts]
    return max(texts, key=_equal_length, default=None), next(iter(heads), None)


def _equal_length(change: Change) -> int:
    return sum(len(op.text) for op in change.ops if op.kind is OpKind.EQUAL)


def _flat(provision: Provision) -> Iterator[str]:
    return (f'<span class="text">{escape(harmless(record.text))}</span>' for record in provision.walk() if record.text)


def _removal(change: Change) -> str:
    words = escape(harmless(change.old_citation))
    return f'<div class="provision gone"><span class="label">{words}</span> {redline_html(change)}</div>'


def _gone_after(old: Reading, comparison: Comparison) -> dict[str, list[Change]]:
    """Return what was removed, by the eid in the new text of what it stood after; "" for the very beginning."""
    new_of = dict(comparison.pairs)
    removals = {c.old_eid: c for c in comparison.changes if c.new_eid is None and c.old_eid}
    removals_at: dict[str, list[Change]] = {}
    after = ""
    for provision in old.walk():
        if provision.eid in removals:
            removals_at.setdefault(after, []).append(removals[provision.eid])
        after = new_of.get(provision.eid, after)
    return removals_at
