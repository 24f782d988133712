"""Read instructions to whole subparts and to definitions in a section: both are printed apart, without numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from storage.records import Provision, ProvisionKind
from tracker.amending.instructions.quotation import MASK
from tracker.amending.operations import Action, Instruction, Level, Target, TargetStep

K = ProvisionKind
SUBPART_HEAD = re.compile(r"\s+Subpart (?P<number>[A-Z]{1,2})\s*[—–-]+\s*(?P<heading>.+)$")
SUBPART = re.compile(
    r"^\s*(?:by )?(?:new )?subpart (?P<number>[A-Z]{1,2})(?:,? consisting of §+\s?[\d., and\-–through]+?)?,?"
    r"(?:\s+to (?:part \d+ )?(?:to )?read as follows:?|\s+to part \d+)?\s*[.:;]?\s*$"
)
_DEFINITIONS = re.compile(r"\bdefinitions? (?:of|for)(?: the terms?)? (?P<terms>⟦\d+⟧(?:,? and ⟦\d+⟧|, ⟦\d+⟧)*)", re.I)
_IN_ORDER = re.compile(r"^\s*,?\s*(?:in alphabetical order,?)?\s*(?:a |the )?(?:new )?$")
_MEANS = (
    r"(?:\s*\([^)]{1,40}\))?\s+(?:means|has the (?:same )?meaning|have the meaning|includes|refers to|is defined)\b"
)
_NOT_PRINTED = "the new text is not printed"
_ACTIONS = {"insert": Action.INSERT, "delete": Action.DELETE, "replace": Action.REPLACE}


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands behind an instruction: its words, where they stand, and the sections printed."""

    eid: str
    text: str
    sections: Sequence[Provision]
    subpart: re.Match[str] | None = None


def of_subpart(verb: str, text: str, step: Printed) -> Instruction | None:
    """Return the instruction to a whole subpart, or None where *text* speaks of something else."""
    hit = SUBPART.match(text)
    action = _ACTIONS.get(verb)
    if hit is None or action is None:
        return None
    number = hit["number"]
    target: Target = (TargetStep(Level.CONTAINER, ((number, number),), word="subpart"),)
    one = Instruction(action, () if action is Action.INSERT else target, step.text, step.eid, level=Level.CONTAINER)
    if action is Action.DELETE:
        return one
    if step.subpart is None or step.subpart["number"] != number or not step.sections:
        return replace(one, why=_NOT_PRINTED)
    printed = Provision(
        f"subpart_{number.lower()}", K.SUBPART, number.lower(), f"Subpart {number}", step.subpart["heading"].strip(),
        "", children=tuple(step.sections),
    )  # fmt: skip
    return replace(one, text_apart=printed)


def of_definitions(verb: str, text: str, words: Sequence[str], unit: Target, step: Printed) -> list[Instruction] | None:
    """Return the instructions to definitions of a section, or None where *text* names none."""
    hit = _DEFINITIONS.search(text)
    action = _ACTIONS.get(verb)
    if hit is None or action is None:
        return None
    terms = [words[int(mark)] for mark in MASK.findall(hit["terms"])]
    whole = not unit or _IN_ORDER.match(text[: hit.start()]) is None
    return [
        replace(one, why=one.why or ("which definition is meant is not sure" if whole else ""))
        for term in terms
        for one in _definition(action, term, unit, step)
    ]


def _definition(action: Action, term: str, unit: Target, step: Printed) -> Iterator[Instruction]:
    named: Target = (*unit, TargetStep(Level.TERM, ((term, term),), word="definition"))
    one = Instruction(action, unit if action is Action.INSERT else named, step.text, step.eid, level=Level.TERM)
    if action is Action.DELETE:
        yield one
        return
    paragraphs = [text for section in step.sections for text in _paragraphs(section)]
    starts = re.compile(rf"[“\"]?{re.escape(term)}[”\"]?{_MEANS}")
    hits = [place for place, text in enumerate(paragraphs) if starts.match(text)]
    if len(hits) != 1 or (paragraphs[hits[0] + 1 : hits[0] + 2] and paragraphs[hits[0] + 1].startswith("(")):
        yield replace(one, why=_NOT_PRINTED if len(hits) != 1 else "the definition is printed in several paragraphs")
    else:
        yield replace(one, quotation=(paragraphs[hits[0]],))


def _paragraphs(section: Provision) -> Iterator[str]:
    if section.text:
        yield section.text
    for child in section.children:
        yield f"({child.number}) {child.text}" if child.number else child.text
        yield from (text for inner in child.children for text in _paragraphs(inner))
