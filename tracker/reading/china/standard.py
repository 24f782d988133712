"""Read a standard or practice guide by its decimal clauses: 1, 1.1, 4.2.3, then a) and 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.reading.formats.blocks import Block
from tracker.reading.structure.draft import Draft

K = ProvisionKind
_CLAUSE = re.compile(r"^((?:[A-Z]\.)?[0-9]{1,2}(?:\.[0-9]{1,2}){0,4})[ \u3000]+(\S.{0,60})$")
_INNER = re.compile(r"^((?:[A-Z]\.)?[0-9]{1,2}(?:\.[0-9]{1,2}){1,4})[ \u3000]*(\S.{0,2000})$")
_LEADERS = re.compile(r"(?:\.{3}|…{2}|·{3}|[ \u3000]{3}|\t)[ \u3000]{0,80}[0-9IVX]{1,4}$")
_ITEM = re.compile(r"^([a-z])[)）][ \u3000]*")
_POINT = re.compile(r"^([0-9]{1,2})[)）][ \u3000]*")
_BACK = re.compile(r"^参[ \u3000]*考[ \u3000]*文[ \u3000]*献$")
_SENTENCE_ENDS = ("。", "；", "：", "，")


def first_clause(blocks: Sequence[Block]) -> int | None:
    """Return where clause 1 stands, behind the contents list that prints it too, or None if this is no standard."""
    ones = [n for n, b in enumerate(blocks) if (c := clause_of(b)) and c[0] == "1"]
    if not ones:
        return None
    numbers = {c[0] for b in blocks[ones[-1] :] if (c := clause_of(b))}
    decimal = any("." in number for number in numbers)
    return ones[-1] if {"1", "2", "3"} <= numbers and (decimal or len(numbers) >= 5) else None


def clause_of(block: Block) -> tuple[str, str] | None:
    """Return number and heading of a clause line, or None; a line of a contents list is none."""
    if _LEADERS.search(block.text):
        return None
    match = _CLAUSE.match(block.text)
    if match and ("." in match[1] or not match[2].endswith(_SENTENCE_ENDS)):
        return match[1], match[2]
    inner = _INNER.match(block.text)
    return (inner[1], inner[2]) if inner and not inner[2][0].isdigit() and "." in inner[1] else None


def build_standard(blocks: Sequence[Block], last: str = "") -> list[Draft]:
    """Return one section for each clause of *blocks*; *last* is the clause before them (A.0 in annex A)."""
    roots: list[Draft] = []
    for block in blocks:
        clause = clause_of(block)
        if clause and _goes_on(clause[0], last):
            last = clause[0]
            heading = clause[1] if not clause[1].endswith(_SENTENCE_ENDS) else ""
            roots.append(Draft(K.SECTION, clause[0], clause[0], heading, "" if heading else clause[1]))
        elif not roots or _BACK.match(block.text):
            roots.append(Draft(K.PARAGRAPH, text=block.text))
        else:
            _grow(roots[-1], block)
    return roots


def _goes_on(number: str, last: str) -> bool:
    """Say whether *number* can follow *last*: one deeper, or the next at any open level."""
    if not last:
        return number == "1"
    here, before = number.split("."), last.split(".")
    if here[:-1] == before and here[-1] in {"1", "2"}:  # 1 may have been taken out
        return True
    level = len(here) - 1
    if len(here) > len(before) or here[:level] != before[:level]:
        return False
    return here[level].isdigit() and before[level].isdigit() and 0 < int(here[level]) - int(before[level]) <= 2


def _grow(unit: Draft, block: Block) -> None:
    text = block.text
    item, point = _ITEM.match(text), _POINT.match(text)
    parent = unit.children[-1] if unit.children and unit.children[-1].kind is K.PARAGRAPH else unit
    if item:
        parent.children.append(Draft(K.ITEM, item[1], item[0].strip(), text=text[item.end() :]))
    elif point and parent.children and parent.children[-1].kind is K.ITEM:
        parent.children[-1].children.append(Draft(K.POINT, point[1], point[0].strip(), text=text[point.end() :]))
    elif not unit.text and not unit.children:
        unit.text = text
    else:
        unit.children.append(Draft(K.PARAGRAPH, text=text))
