"""Every reference of a law, resolved against its own provisions: resolved, dangling, or to another act and unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from storage.records import Provision, ProvisionKind, Reading
from tracker.amending.errors import AbstainError
from tracker.amending.instructions.china.china_targets import TARGET_LIST, inherit, targets_of
from tracker.amending.instructions.europe_grammar import Grammar, grammar_of
from tracker.amending.locate import Spot, locate
from tracker.amending.operations import Level, Target
from tracker.amending.tree import LawNode, law_tree

K = ProvisionKind
_GRAMMARS = {"us": "us", "in": "in"}
_NAMED_ACT = (
    r"TFEU|TEU|AEUV|EUV|TFUE|TUE|VWEU|Charter|said Act|Act|(?:State )?Constitution|"
    r"(?:Regulation|Directive|Decision|règlement|directive|décision|Verordnung|Richtlinie|Verordening|Richtlijn)\s"
    r"\([^)]*\)[^,;.]{0,24}?\d+/\d+|(?:Directive|directive|Richtlinie)\s\d+/\d+/\w+|"
    r"(?:[A-Z(][\w’')-]*\s(?:of\s|and\s|for\s)*)+(?:Act|Code|Rules|Regulations)(?:,?\s\d{4})?|"
    r"title \d+, United States Code"
)
_OF = r"(?:of|to|du|de la|de l['’]|der|des|van|del|della)\s+(?:the\s+)?"
_OTHER_ACT = re.compile(rf"^,?\s*(?:{_OF})?(?:the\s+)?({_NAMED_ACT})")
_LEVEL = r"(?:sub-)?(?:rule|section|clause|article|paragraph|regulation|point)s?"
_PLACES = rf"(?:[\s,]|\b(?:{_LEVEL}|\w{{1,3}}|\d[\w-]*)\b|\(\w+\))*?"
_ACT_FARTHER_ON = re.compile(rf"^{_PLACES}\b{_OF}({_NAMED_ACT})", re.I)
_CHINESE = re.compile(
    rf"(?P<law>《[^》]{{2,60}}》(?:的)?|本(?:法|条例|规定|办法|决定|规则))?(?P<targets>{TARGET_LIST})"
)
_OUTSIDE = re.compile(r"(?:[^本该]法|条例|规定|办法)(?:的)?$")
_SECTION = frozenset({"section", "sections"})
_FIRST = frozenset({Level.UNIT, Level.ANNEX})


class ReferenceState(StrEnum):
    """Whether a reference leads to a provision."""

    RESOLVED = "resolved"
    DANGLING = "dangling"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CrossReference:
    """One reference: where it stands, its words, and what they lead to."""

    from_eid: str
    words: str
    to_instrument: str | None
    to_eid: str | None
    state: ReferenceState


def references_of(reading: Reading) -> list[CrossReference]:
    """Return the references of *reading* in reading order; those to another act are unknown, not dangling."""
    finder = _ReferenceFinder(reading)
    return [reference for provision in reading.provisions for reference in finder.inside(provision, ())]


class _ReferenceFinder:
    def __init__(self, reading: Reading) -> None:
        self.root = law_tree(reading.provisions)
        self.rules = any(node.kind in {K.RULE, K.REGULATION} for node in self.root.walk())
        self.chinese = reading.jurisdiction == "cn"
        language = _GRAMMARS.get(reading.jurisdiction, reading.language)
        self.grammar: Grammar | None = None if self.chinese else grammar_of(language)

    def inside(self, provision: Provision, above: tuple[Provision, ...]) -> Iterator[CrossReference]:
        """Yield the references of a provision and of everything below it."""
        if provision.kind is not K.RECITAL:
            hits_here = self.chinese_ones(provision) if self.chinese else self.others(provision, (*above, provision))
            yield from hits_here
        for child in provision.children:
            yield from self.inside(child, (*above, provision))

    def chinese_ones(self, provision: Provision) -> Iterator[CrossReference]:
        """Yield the references a Chinese provision makes; 第N款 and 第N项 alone are of its own article."""
        own: Target = ()
        for hit in _CHINESE.finditer(provision.text):
            outside = (hit["law"] or "").startswith("《") or _OUTSIDE.search(provision.text[: hit.start()]) is not None
            for target in targets_of(hit["targets"]):
                whole = inherit(own, target)
                own = whole or own
                if whole and whole[0].level in _FIRST:
                    act = (hit["law"] or "").strip("《》的") if outside else None
                    yield self.reference(provision, hit["targets"], whole, act if act else "?" if outside else None)

    def others(self, provision: Provision, path: tuple[Provision, ...]) -> Iterator[CrossReference]:
        """Yield the references of a provision in a language with words for its levels."""
        del path
        if self.grammar is None:
            return
        for words, target, behind in self.grammar.references(provision.text):
            if target[0].level in _FIRST and target[0].numbers:
                other = _OTHER_ACT.match(behind)
                act = other[1] if other else "the Act" if self.of_the_act(target) else None
                reference = self.reference(provision, words, target, act)
                if reference.state is ReferenceState.DANGLING and (farther := _ACT_FARTHER_ON.match(behind)):
                    reference = CrossReference(provision.eid, words, farther[1], None, ReferenceState.UNKNOWN)
                yield reference

    def of_the_act(self, target: Target) -> bool:
        """Return whether rules made under an Act refer to a section: it is one of the Act's."""
        return target[0].word in _SECTION and self.rules

    def reference(self, provision: Provision, words: str, target: Target, act: str | None) -> CrossReference:
        """Return a reference, resolved when it leads to exactly one place."""
        if act is not None:
            return CrossReference(provision.eid, words, act, None, ReferenceState.UNKNOWN)
        try:
            spots = locate(self.root, target)
        except AbstainError:
            return CrossReference(provision.eid, words, None, None, self.state_of_missing(target))
        return CrossReference(provision.eid, words, None, _eid(spots[0]), ReferenceState.RESOLVED)

    def state_of_missing(self, target: Target) -> ReferenceState:
        """Return how sure it is that a reference leads nowhere: only when its article itself is not there."""
        if any("-" in first or "." in first for first, _ in target[0].numbers):
            return ReferenceState.UNKNOWN  # a section of a code, of which the text at hand is a part
        try:
            locate(self.root, target[:1])
        except AbstainError:
            return ReferenceState.DANGLING
        return ReferenceState.UNKNOWN


def _eid(spot: Spot) -> str | None:
    node: LawNode | None = spot.node
    return node.origin if node is not None and node.origin else None
