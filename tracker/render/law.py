"""The text of a law as HTML: every provision with its anchor, and, when there is one, its redline in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from urllib.parse import quote

from storage.records import Change, Comparison, Provision, ProvisionKind, Reading
from tracker.render.html import harmless, redline_html

_HEADED = frozenset(
    {ProvisionKind.BOOK, ProvisionKind.PART, ProvisionKind.TITLE, ProvisionKind.CHAPTER, ProvisionKind.SUBPART,
     ProvisionKind.SECTION, ProvisionKind.ARTICLE, ProvisionKind.RULE, ProvisionKind.REGULATION, ProvisionKind.ANNEX,
     ProvisionKind.SCHEDULE, ProvisionKind.APPENDIX, ProvisionKind.SUPPLEMENT}
)  # fmt: skip
_DEEPEST = 40  # levels shown one inside the other; a tree that goes on is hostile
Gone = Mapping[str, list[Change]]


def law_html(provisions: Iterable[Provision], links: str = "") -> str:
    """Return the provisions with an anchor each; *links* is the address under which each has a history."""
    out: list[str] = []
    for provision in provisions:
        _write(out, provision, links, {}, {}, 0)
    return "".join(out)


def redlined_html(old: Reading, new: Reading, comparison: Comparison, links: str = "") -> str:
    """Return the whole new text with every change marked in its place, and what went after what it followed."""
    changed = {c.new_eid: c for c in comparison.changes if c.new_eid}
    gone = _gone_after(old, comparison)
    out = [_removed(change) for change in gone.get("", [])]
    for provision in new.provisions:
        _write(out, provision, links, changed, gone, 0)
    return "".join(out)


def contents(provisions: Iterable[Provision], depth: int = 0) -> Iterator[tuple[int, str, str]]:
    """Yield depth, anchor and words of each line of a table of contents: what has a heading, or stands at the top."""
    for provision in provisions:
        words = " ".join(part for part in (provision.label, provision.heading) if part)
        if provision.kind in _HEADED and words:
            yield depth, provision.eid, words
        if depth < 4:
            yield from contents(provision.children, depth + 1)


def _write(
    out: list[str], provision: Provision, links: str, changed: Mapping[str, Change], gone: Gone, depth: int
) -> None:
    eid = escape(provision.eid)
    out.append(f'<div class="provision k-{provision.kind.value}" id="{eid}">')
    _write_head(out, provision, links)
    change = changed.get(provision.eid)
    if change is not None and (change.ops or change.old_eid is None):
        out.append(f'<span class="text">{redline_html(change)}</span>')
    elif provision.text:
        out.append(f'<span class="text">{escape(harmless(provision.text))}</span>')
    for child in provision.children:
        _write(out, child, links, changed, gone, depth + 1) if depth < _DEEPEST else _write_flat(out, child)
    out.append("</div>")
    out.extend(_removed(each) for each in gone.get(provision.eid, ()))


def _write_head(out: list[str], provision: Provision, links: str) -> None:
    label, heading = escape(harmless(provision.label)), escape(harmless(provision.heading))
    if label:
        named = escape(provision.citation or provision.eid)
        linked = (
            f'<a href="{links}{quote(provision.eid, safe="")}" title="History of {named}">{label}</a>'
            if links
            else label
        )
        out.append(f'<span class="label">{linked}</span>')
    if heading:
        out.append(f'<span class="heading">{heading}</span>')


def _write_flat(out: list[str], provision: Provision) -> None:
    out.extend(f'<span class="text">{escape(harmless(each.text))}</span>' for each in provision.walk() if each.text)


def _removed(change: Change) -> str:
    words = escape(harmless(change.old_citation))
    return f'<div class="provision gone"><span class="label">{words}</span> {redline_html(change)}</div>'


def _gone_after(old: Reading, comparison: Comparison) -> dict[str, list[Change]]:
    """Return what was removed, by the eid in the new text of what it stood after; "" for the very beginning."""
    kept = dict(comparison.pairs)
    removed = {c.old_eid: c for c in comparison.changes if c.new_eid is None and c.old_eid}
    found: dict[str, list[Change]] = {}
    after = ""
    for provision in old.walk():
        if provision.eid in removed:
            found.setdefault(after, []).append(removed[provision.eid])
        after = kept.get(provision.eid, after)
    return found
