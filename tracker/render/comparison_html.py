"""One self-contained HTML page of a comparison: summary and concordance on top, then every change with its redline.

Inline or side by side is chosen by two radio buttons that CSS alone reads: the page holds no script.
"""

from __future__ import annotations

from html import escape

from storage.records import Change, ChangeKind, Comparison, Op, OpKind, Reading, Weight
from tracker.render.concordance import concordance
from tracker.render.control_characters import harmless
from tracker.render.plain_text import change_title, summary_line

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.6 Georgia,"Noto Serif","Noto Serif CJK SC","Songti SC",serif;
max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.05rem;margin:2rem 0 .3rem}
.why{margin:.2rem 0;font-style:italic}
.weight{font:600 .75rem/1 sans-serif;border:1px solid;padding:.15rem .4rem;border-radius:3px}
.redline{white-space:pre-wrap;border-left:3px solid #8886;padding-left:.8rem;overflow-wrap:anywhere}
ins{background:#1a7f3722;text-decoration:underline;text-decoration-thickness:2px}
del{background:#c0262622;text-decoration:line-through}
.sides{display:none;grid-template-columns:1fr 1fr;gap:1.2rem}
.sides>*{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid #8886;padding-left:.8rem}
#side:checked~main .sides{display:grid}#side:checked~main .inline{display:none}
label{font:.85rem sans-serif;margin-right:1rem}
table{border-collapse:collapse;font-size:.9rem}th,td{text-align:left;padding:.15rem 1rem .15rem 0;vertical-align:top}
@media(max-width:40rem){#side:checked~main .sides{grid-template-columns:1fr}}
@media print{input,label{display:none}body{margin:0;max-width:none}h2{break-after:avoid}.redline{break-inside:avoid}}
"""
_CHOICE = (
    '<input type="radio" name="view" id="inline" checked><label for="inline">Inline</label>'
    '<input type="radio" name="view" id="side"><label for="side">Side by side</label>'
)


def comparison_html(comparison: Comparison, old: Reading, new: Reading) -> str:
    """Return the page; everything a regulator wrote is escaped, nothing is loaded from elsewhere."""
    title = escape(new.title or old.title or "Comparison")
    changes = [change for change in comparison.changes if change.weight is not Weight.REFERENCE]
    references_only = [change for change in comparison.changes if change.weight is Weight.REFERENCE]
    rows = "".join(change_html(change) for change in changes)
    if references_only:
        rows += f"<h2>Renumbered, or only a reference followed</h2><ul>{''.join(map(_line, references_only))}</ul>"
    if comparison.replaced:
        rows = f"<details><summary>{len(comparison.changes)} changes, provision by provision</summary>{rows}</details>"
    notes = "".join(f"<li>{escape(note)}</li>" for note in comparison.notes)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f'<h1 lang="{escape(new.language)}">{title}</h1>{_lead(comparison)}<p>{escape(summary_line(comparison))}</p>'
        f"{'<ul>' + notes + '</ul>' if notes else ''}{_CHOICE}<main>"
        f"{_concordance(comparison, old, new)}{rows}</main></body></html>"
    )


def _lead(comparison: Comparison) -> str:
    return f"<p><strong>{escape(harmless(comparison.summary_text))}</strong></p>" if comparison.summary_text else ""


def change_html(change: Change) -> str:
    """Return one change as a section: what, how much it matters, why in one sentence, and the redline."""
    why = f'<p class="why">{escape(change.explanation)}</p>' if change.explanation else ""
    anchor = escape(change.new_eid or change.old_eid or "")
    return (
        f'<section id="{anchor}"><h2>{escape(change_title(change))} '
        f'<span class="weight">{change.weight.value}</span></h2>{why}'
        f'<div class="redline inline">{redline_html(change)}</div>{_sides(change)}</section>'
    )


def _sides(change: Change) -> str:
    old, new = sides_html(change)
    return f'<div class="sides"><div>{old or "–"}</div><div>{new or "–"}</div></div>'


def _concordance(comparison: Comparison, old: Reading, new: Reading) -> str:
    """Return the table of what became of every unit; open where the whole law was replaced."""
    rows = [row for row in concordance(comparison, old, new) if comparison.replaced or row.what != "unchanged"]
    if not rows:
        return ""
    lines = ((row.old_citation or "–", row.new_citation or "–", row.what) for row in rows)
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in lines)
    state = " open" if comparison.replaced else ""
    return (
        f"<details{state}><summary>Concordance: {len(rows)} provisions</summary><table><thead><tr><th>Old</th>"
        f"<th>New</th><th>What happened</th></tr></thead><tbody>{cells}</tbody></table></details>"
    )


def _line(change: Change) -> str:
    """Return a change that only follows others as one line of a list."""
    redline = "" if change.kind is ChangeKind.RENUMBERED else f'<div class="redline">{redline_html(change)}</div>'
    return f"<li>{escape(change_title(change))}{redline}</li>"


def redline_html(change: Change) -> str:
    """Return the redline of *change* with <ins> and <del>; a fold shows the new spelling, unmarked."""
    if change.ops:
        return "".join(_op(op) for op in change.ops)
    if change.old_eid is None:
        return _op(Op(OpKind.INSERT, change.new_text))
    if change.new_eid is None:
        return _op(Op(OpKind.DELETE, change.old_text))
    return ""


def sides_html(change: Change) -> tuple[str, str]:
    """Return the old words with what went marked, and the new words with what came marked."""
    ops = change.ops or _whole(change)
    old = "".join(_side(op, op.text) for op in ops if op.kind is not OpKind.INSERT)
    new = "".join(
        _side(op, op.new if op.kind is OpKind.FOLD else op.text) for op in ops if op.kind is not OpKind.DELETE
    )
    return old, new


def _whole(change: Change) -> tuple[Op, ...]:
    """Return a change without ops as what went and what came."""
    if change.old_text == change.new_text:
        return (Op(OpKind.EQUAL, change.new_text),)
    went = (Op(OpKind.DELETE, change.old_text),) if change.old_text else ()
    return (*went, Op(OpKind.INSERT, change.new_text)) if change.new_text else went


def _side(op: Op, text: str) -> str:
    name = {OpKind.DELETE: "del", OpKind.INSERT: "ins"}.get(op.kind)
    state = escape(harmless(text))
    return f"<{name}>{state}</{name}>" if name else state


def _op(op: Op) -> str:
    text = escape(harmless(op.new if op.kind is OpKind.FOLD else op.text))
    if op.kind is OpKind.DELETE:
        return f"<del>{text}</del>"
    return f"<ins>{text}</ins>" if op.kind is OpKind.INSERT else text
