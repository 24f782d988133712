"""Readings and comparisons as text for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from storage.records import Authority, Change, ChangeKind, Comparison, Milestone, Op, OpKind, Provision, Reading
from tracker.render.concordance import concordance
from tracker.render.control_characters import harmless
from tracker.render.display_names import authority_short
from tracker.render.markdown_escape import markdown_redline, plain_markdown
from tracker.render.status import status_on
from tracker.render.unit_counts import unit_counts

_COLOURS = {OpKind.DELETE: ("\x1b[31;9m", "\x1b[0m"), OpKind.INSERT: ("\x1b[32;4m", "\x1b[0m")}
_PLAIN = {OpKind.DELETE: ("[-", "-]"), OpKind.INSERT: ("{+", "+}")}
_PLURALS = {"annex": "annexes", "appendix": "appendices", "proviso": "provisos"}
_NAMES_OF_COUNTS = ("added", "removed", "modified", "reference", "renumbered", "moved", "split", "merged", "unchanged")
_IN_WORDS = {"reference": "reference only"}


def reading_text(reading: Reading, *, on: date) -> str:
    """Return *reading* as an outline: the facts, then each provision indented under its parent."""
    lines = [profile_text(reading, on=on), ""]
    for provision in reading.provisions:
        lines.extend(_outline(provision, 0))
    lines.extend(f"problem: {flaw.cause}: {flaw.text}" for flaw in reading.flaws)
    return harmless("\n".join(lines))


def profile_text(reading: Reading, *, on: date, dates: Iterable[Milestone] | None = None, english: str = "") -> str:
    """Return what an encyclopaedia entry would say first: title, issuers, dates, size, definitions, scope.

    *dates* replace the text's own when later acts moved them; *english* is the declared English title.
    """
    days = list(reading.dates if dates is None else dates)
    status = status_on(days, on, draft=reading.draft)
    lines = [english or reading.title]
    if english and reading.title_native != english:
        lines.append(reading.title_native)
    lines += _field("Type", reading.type) + _field("Number", reading.number)
    lines += _field("Issued by", " + ".join(authority_short(a.id, reading.authorities) for a in reading.authorities))
    lines += [f"{'':<13}{_both_names(a)}" for a in reading.authorities]
    lines += [line for m in days for line in _date_line(m)]
    lines += _field("Status", f"{status.value.replace('_', ' ')} on {on.isoformat()}")
    lines += _field("Provisions", ", ".join(f"{n} {kind if n == 1 else plural(kind)}" for kind, n in _sizes(reading)))
    lines += _field("Topics", ", ".join(reading.topics))
    lines += _list("Scope", reading.scope)
    lines += _list("Definitions", [f"{d.term} ({d.eid})" for d in reading.definitions])
    lines += _list("Relations", [f"{r.kind.value.replace('_', ' ')} {r.target}" for r in reading.relations])
    return harmless("\n".join(lines))


def comparison_text(comparison: Comparison, old: Reading, new: Reading, *, colour: bool = False) -> str:
    """Return the summary and each change with its redline; marks are colour or brackets, never colour alone.

    Of a law that another one replaced, a concordance table is told and no redline.
    """
    marks = _COLOURS if colour else _PLAIN
    lines = [harmless(line) for line in (comparison.summary_text, summary_line(comparison)) if line]
    if comparison.replaced:
        rows = concordance(comparison, old, new)
        wide = max((len(row.old_citation) for row in rows), default=0)
        lines += [
            "",
            *(
                harmless(f"{row.what:>10}  {row.old_citation or '–':<{wide}}  {row.new_citation or '–'}")
                for row in rows
            ),
        ]
    for change in () if comparison.replaced else comparison.changes:
        if change.kind is ChangeKind.RENUMBERED:
            lines += [harmless(f"           {change_title(change)}")]
            continue
        lines += ["", harmless(f"{change.weight.value:>9}  {change_title(change)}")]
        lines += [harmless(f"           {change.explanation}")] if change.explanation else []
        lines += [f"    {line}" for line in redline(change, marks).splitlines()]
    lines += ["", *(harmless(f"note: {note}") for note in comparison.notes)] if comparison.notes else []
    return "\n".join(lines)


def comparison_markdown(comparison: Comparison, old: Reading, new: Reading) -> str:
    """Return the comparison as Markdown: strike-through for what went, bold for what came."""
    lines = [f"# {plain_markdown(new.title or old.title or 'Comparison')}", ""]
    lines += [plain_markdown(comparison.summary_text), ""] if comparison.summary_text else []
    lines += [summary_line(comparison)]
    if comparison.replaced:
        lines += ["", "| old | new | |", "|---|---|---|"]
        rows = concordance(comparison, old, new)
        lines += [
            f"| {plain_markdown(row.old_citation) or '–'} | {plain_markdown(row.new_citation) or '–'} | {row.what} |"
            for row in rows
        ]
    changes = () if comparison.replaced else comparison.changes
    new_numbers = [c for c in changes if c.kind is ChangeKind.RENUMBERED]
    for change in changes:
        if change in new_numbers:
            continue
        why = plain_markdown(change.explanation)
        lines += ["", f"## {plain_markdown(change_title(change))}", "", f"*{change.weight.value}* — {why}", ""]
        lines += [markdown_redline(change)]
    lines += ["", *(f"- {plain_markdown(change_title(change))}" for change in new_numbers)] if new_numbers else []
    lines += ["", *(f"- {plain_markdown(note)}" for note in comparison.notes)] if comparison.notes else []
    return "\n".join(lines)


def change_title(change: Change) -> str:
    """Return what happened to which provision, by both its citations when they differ."""
    old, new = change.old_citation, change.new_citation
    where = f"{old} → {new}" if old and new and old != new else new or old
    return f"{change.kind.value} {where}"


def summary_line(comparison: Comparison) -> str:
    """Return the counts of units in one line."""
    numbers = unit_counts(comparison.summary)
    counts = [f"{numbers[name]} {_IN_WORDS.get(name, name)}" for name in _NAMES_OF_COUNTS if name in numbers]
    return ", ".join(counts) or ("" if comparison.summary_text else "nothing changed")


def redline(change: Change, marks: dict[OpKind, tuple[str, str]]) -> str:
    """Return the words of *change* with deletions and insertions between *marks*."""
    if change.ops:
        return "".join(_mark(op, marks) for op in change.ops)
    if change.old_eid is None and change.new_text:
        return _mark(Op(OpKind.INSERT, change.new_text), marks)
    if change.new_eid is None and change.old_text:
        return _mark(Op(OpKind.DELETE, change.old_text), marks)
    return ""


def _mark(op: Op, marks: dict[OpKind, tuple[str, str]]) -> str:
    if op.kind is OpKind.FOLD:
        return harmless(op.new)
    before, after = marks.get(op.kind, ("", ""))
    return f"{before}{harmless(op.text)}{after}"


def plural(kind: str) -> str:
    """Return the plural of a kind of provision."""
    return _PLURALS.get(kind, f"{kind}s")


def _both_names(authority: Authority) -> str:
    differs = authority.native and authority.native != authority.name
    return f"{authority.name} ({authority.native})" if differs else authority.name


def _field(name: str, value: str) -> list[str]:
    return [f"{name + ':':<13}{value}"] if value else []


def _list(name: str, values: Iterable[str]) -> list[str]:
    rows = [f"  - {value}" for value in values]
    return [f"{name}:", *rows] if rows else []


def _date_line(milestone: Milestone) -> list[str]:
    name = milestone.kind.value.replace("_", " ").capitalize()
    day = milestone.on.isoformat() if milestone.on else "not known"
    where = f" ({milestone.eid})" if milestone.eid else ""
    superseded_note = f", superseded by {milestone.superseded_by}" if milestone.superseded_by else ""
    return _field(name, f"{day}{where}{superseded_note}")


def _sizes(reading: Reading) -> Iterator[tuple[str, int]]:
    kinds = ("chapter", "part", "section", "article", "rule", "regulation", "recital", "annex", "schedule", "appendix")
    sizes = [(kind, reading.counts[kind]) for kind in kinds if reading.counts.get(kind)]
    return iter(sizes or reading.counts.items())


def _outline(provision: Provision, depth: int) -> Iterator[str]:
    words = " ".join(part for part in (provision.label, provision.heading, provision.text) if part)
    yield f"{'  ' * depth}{words}"
    for child in provision.children:
        yield from _outline(child, depth + 1)
