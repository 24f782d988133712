"""The grammar of instructions in one language of the Union: levels, numbers, ordinals and verbs, read from a table."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from tracker.amending.instructions.number_steps import number_steps
from tracker.amending.instructions.parted_targets import parted_targets
from tracker.amending.instructions.quotation import MASK
from tracker.amending.instructions.sentence_parts import Mention, Sentence
from tracker.amending.operations import Action, Level, Place, Target, TargetStep
from tracker.reading.structure.numbers import LATIN_SUFFIXES

_TABLE = tomllib.loads(resources.files(__package__).joinpath("drafting.toml").read_text(encoding="utf-8"))
_LEVELS = {
    "unit": Level.UNIT, "annex": Level.ANNEX, "paragraph": Level.PARAGRAPH, "subparagraph": Level.SUBPARAGRAPH,
    "point": Level.POINT, "sentence": Level.SENTENCE, "lead": Level.LEAD, "heading": Level.HEADING,
    "any": Level.ANY, "term": Level.TERM, "row": Level.ROW, "chapter": Level.CONTAINER, "section": Level.CONTAINER,
    "title": Level.CONTAINER, "part": Level.CONTAINER,
}  # fmt: skip
_LATIN = rf"(?: ?(?:{'|'.join(LATIN_SUFFIXES)}))?"
_ONE = (
    rf"(?-i:⟪\d+⟫|\d{{1,4}}(?:-\d{{1,4}}){{2}}(?:\.\d+)?\b|\d{{1,4}}-[A-Z]\b|\d{{1,4}}(?:\.\d{{1,3}})*(?:er|re)?[a-z]{{0,3}}{_LATIN}\b\)?"
    rf"|\([a-zA-Z0-9α-ω]{{1,5}}{_LATIN}\)|[a-zA-Zα-ω]{{1,4}}{_LATIN}\)|[IVXLC]+{_LATIN}\b|[A-Z][a-z]?\b)"
)
_BEHIND = 120  # characters behind a reference that may name another act
_INNER = r"(?:\s?\([0-9a-zA-Z]{1,4}\))*"
_NO_MATCH = re.compile(r"(?!)")
_PIECE = re.compile(rf"({_ONE})({_INNER})")
_BARE_PIECE = re.compile(rf"({_ONE}|(?-i:[a-z]{{1,2}})\b)({_INNER})")  # "Buchstabe b"
_ACTIONS = {
    "replaced": Action.REPLACE, "inserted": Action.INSERT, "added": Action.INSERT, "deleted": Action.DELETE,
    "renumbered": Action.RENUMBER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one language."""

    mention: re.Pattern[str]
    levels: dict[str, str]
    headings: frozenset[str]
    ordinals: dict[str, int]
    verbs: dict[str, re.Pattern[str]]
    of: re.Pattern[str]
    to: re.Pattern[str]
    follow_words: re.Pattern[str]
    anchors: dict[Place, re.Pattern[str]]
    between: re.Pattern[str]
    everywhere: re.Pattern[str]
    attachment: re.Pattern[str]
    filler: frozenset[str]
    joins: re.Pattern[str] = _NO_MATCH
    place_names: re.Pattern[str] = _NO_MATCH
    is_loose: bool = False
    lone: frozenset[str] = frozenset()
    bare_letters: bool = False

    def sentence(self, clause_text: str) -> Sentence:
        """Return what *masked*, a sentence whose quotations are marks, says."""
        verbs = {name: hit for name, pattern in self.verbs.items() if (hit := pattern.search(clause_text)) is not None}
        raw = set(verbs)
        name = next((entry for entry in (*_ACTIONS, "amended") if entry in verbs), "")
        if "deleted" in verbs and name in {"inserted", "added"} and verbs["deleted"].start() < verbs[name].start():
            name, verbs["replaced"] = "replaced", verbs[name]  # "by striking … and inserting …"
        if not name:
            return Sentence(target=self.chain([m for m in self.mentions(clause_text) if m.number], clause_text))
        mentions = self.mentions(clause_text)
        anchor_mentions = [mention for mention in mentions if mention.anchor is not None]
        follows = self.follow_words.search(clause_text)
        inserts = name in {"inserted", "added"}
        says_several = (name != "renumbered" and "renumbered" in verbs) or {"replaced", "deleted"} <= raw
        new = next((m for m in mentions if follows and self._is_new(m, follows, inserts=inserts)), None)
        apart = self.attachment.search(clause_text)  # what stands behind is a place of the act itself
        plain = [m for m in mentions if m not in anchor_mentions and m is not new and m.number]
        plain = [m for m in plain if apart is None or m.start < apart.start()]
        vague = [m for m in mentions if m not in anchor_mentions and m is not new and self._is_vague(m)]
        whole = name == "renumbered"  # "paragraph 3 becomes paragraph 4" names what it becomes, too
        targets = (self.chain(plain, clause_text),) if whole else parted_targets(self, plain, clause_text)
        anchor_words = [(p, hit.start()) for p, pattern in self.anchors.items() if (hit := pattern.search(clause_text))]
        return Sentence(
            action=_ACTIONS.get(name),
            amended=name == "amended",
            target=targets[0],
            targets=targets,
            says_several=says_several,
            level=new.steps[-1].level if new else None,
            anchor=self.chain(anchor_mentions, clause_text),
            anchor_place=anchor_mentions[0].anchor if anchor_mentions else anchor_words[0][0] if anchor_words else None,
            anchor_at=anchor_words[0][1] if anchor_words else -1,
            at_end=name == "added",
            between=self.between.search(clause_text) is not None,
            everywhere=self.everywhere.search(clause_text) is not None,
            attachment=self._attachment(clause_text),
            verb_at=verbs[name].start(),
            word_places=tuple(hit.start() for hit in MASK.finditer(clause_text)),
            clause=clause_text,
            vague=tuple(clause_text[m.start : m.end] for m in vague) if self.filler else (),
        )

    def _is_new(self, mention: Mention, follows: re.Match[str], *, inserts: bool) -> bool:
        """Return whether a mention is what is put in ("the following Article 3a"), no place of the text."""
        behind = 0 <= mention.start - follows.end() <= len(" new ")
        before = 0 <= follows.start() - mention.end <= len(", ")
        has_number = mention.steps[0].numbers or mention.steps[0].places
        return (behind or before) and (inserts or not has_number)

    def _is_vague(self, mention: Mention) -> bool:
        """Return whether a place is named without a number where several may be meant; an act may be called so, too."""
        return not mention.number and mention.steps[0].level is not Level.UNIT

    def _attachment(self, clause_text: str) -> str:
        hit = self.attachment.search(clause_text)
        if hit is None:
            return ""
        return clause_text[hit.start() :]

    def mentions(self, clause_text: str) -> list[Mention]:
        """Return every place the sentence names, in order."""
        result = []
        for hit in self.mention.finditer(clause_text):
            before = clause_text[: hit.start()]
            anchor = next((place for place, pattern in self.anchors.items() if _ends_with(pattern, before)), None)
            for place, steps in enumerate(self._steps(hit)):
                is_placed = bool(steps[0].numbers or steps[0].places or _bare(steps[0]) or steps[0].word in self.lone)
                result.append(Mention(hit.start(), hit.end(), steps, is_placed, anchor, is_beside=place > 0))
        return result

    def references(self, text: str) -> Iterator[tuple[str, Target, str]]:
        """Yield each place *text* names, as printed and in steps from the outside in, with what stands behind it."""
        mentions = [mention for mention in self.mentions(text) if mention.number]
        run: list[Mention] = []
        for mention in [*mentions, None]:
            if run and (mention is None or not self._joins(text[run[-1].end : mention.start], run, mention)):
                yield text[run[0].start : run[-1].end], self.chain(run, text), text[run[-1].end :][:_BEHIND]
                run = []
            if mention is not None:
                run.append(mention)

    def _joins(self, gap: str, run: list[Mention], mention: Mention) -> bool:
        """Return whether a place goes on from the ones before: "Article 5, point (a)" or "point (a) of Article 5"."""
        inner = self.of.fullmatch(gap.strip()) is not None and gap.strip() != ""
        outer = gap.strip() in {",", ""} and mention.steps[0].level not in {Level.UNIT, Level.ANNEX}
        return len(gap) < len(" of the  ") and (outer or inner) and bool(run)

    def _steps(self, hit: re.Match[str]) -> list[Target]:
        word = next(hit[name] for name in ("word", "word2", "word3", "word4") if hit[name]).lower()
        name = self.levels[word]
        level = _LEVELS[name]
        ordinals, numbers = hit["ordinals"] or hit["ordinals3"], hit["numbers"] or hit["numbers4"]
        if ordinals:
            tokens = re.split(r"[\s,]+", ordinals.lower())
            places = tuple(self.ordinals[token] for token in tokens if token in self.ordinals)
            if level is Level.UNIT:  # "article premier"
                return [(TargetStep(level, tuple((str(place), str(place)) for place in places), word=word),)]
            return [(TargetStep(level, places=places, word=word),)]
        if level is Level.SUBPARAGRAPH and numbers and numbers.isdecimal():
            return [(TargetStep(level, places=(int(numbers),), word=word),)]
        if not numbers:
            level = Level.HEADING if word in self.headings else level
            return [(TargetStep(level, word=word),)]
        kind = name if level is Level.CONTAINER else word
        pieces = list((_BARE_PIECE if self.bare_letters else _PIECE).finditer(numbers))
        is_range = [False, *(self._is_range(numbers, first, last) for first, last in itertools.pairwise(pieces))]
        return number_steps(level, kind, list(zip(pieces, is_range, strict=False)), is_loose=self.is_loose)

    def _is_range(self, numbers: str, first: re.Match[str], last: re.Match[str]) -> bool:
        return self.to.fullmatch(numbers[first.end() : last.start()].strip()) is not None

    def chain(self, mentions: Sequence[Mention], clause_text: str) -> Target:
        """Return the steps from the outside in: "point (a) of paragraph 2" names the inner one first."""
        chain: list[Target] = []
        start = 0
        for place, mention in enumerate(mentions):
            gap = clause_text[mentions[place - 1].end : mention.start] if place else ""
            if place and self.of.fullmatch(gap.strip()):
                chain.insert(start, mention.steps)
                continue
            start = len(chain)
            chain.append(mention.steps)
        return tuple(step for steps in chain for step in steps)


def _bare(step: TargetStep) -> bool:
    return step.level in {Level.LEAD, Level.HEADING}


def _ends_with(pattern: re.Pattern[str], before: str) -> bool:
    hit = next(reversed([*pattern.finditer(before)]), None)
    return hit is not None and not before[hit.end() :].strip(" l'eathdsru")


@lru_cache(maxsize=32)
def grammar_of(language: str) -> Grammar:
    """Return the grammar of *language*; English when there is no table for it."""
    table = _TABLE.get(language) or _TABLE["en"]
    levels = {word: name for name in _LEVELS for word in table.get(name, [])}
    headings = frozenset(table["heading"])
    ordinals = {form: place for place, forms in enumerate(table["ordinals"], 1) for form in forms.split("|")}
    ordinals |= dict.fromkeys(table["last"], -1)
    words = _any(sorted(levels, key=len, reverse=True))
    joins = _any([*table["and"], *table["to"]])
    ordinal = _any(sorted(ordinals, key=len, reverse=True))
    one = rf"(?:{_ONE}|(?-i:[a-z]{{1,2}})\b)" if table.get("bare_letters") else _ONE
    numbers = rf"{one}{_INNER}(?:(?:,\s+|\s+{joins}\s+|,\s+{joins}\s+){one}{_INNER})*"
    before = (
        r"\(?[0-9]{1,3}[a-z]?\)|\b[0-9]{1,3}[a-z]?\.|\b[a-z]{1,4}\)|\b[IVXLC]+\."
        if table.get("number_first")
        else "(?!)"
    )
    mention = re.compile(
        rf"\b(?P<ordinals>{ordinal}(?:(?:,\s+|\s+{joins}\s+){ordinal})*)\s+(?P<word2>{words})\b"
        rf"|(?<![\w])(?P<word3>{words})\s+(?P<ordinals3>{ordinal}(?:(?:,\s+|\s+{joins}\s+){ordinal})*)\b"
        rf"|(?P<numbers4>(?:{before})(?:(?:,\s+|\s+{joins}\s+)(?:{before}))*)\s+(?P<word4>{words})(?!\w)"
        rf"|(?<![\w])(?P<word>{words})(?=[\s,:(]|$)(?:\s+(?P<numbers>{numbers}))?",
        re.I,
    )
    return Grammar(
        mention=mention,
        levels=levels,
        headings=headings,
        ordinals=ordinals,
        verbs={name: re.compile(rf"(?<!\w){_any(table[name])}(?!\w)", re.I) for name in (*_ACTIONS, "amended")},
        of=re.compile(rf"{_any(table['of'])}(?:\s+the)?\s*", re.I),
        to=re.compile(_any(table["to"]), re.I),
        follow_words=re.compile(rf"(?<!\w){_any(table['following'])}(?!\w)", re.I),
        anchors={
            Place.AFTER: re.compile(rf"(?<!\w){_any(table['after'])}(?!\w)", re.I),
            Place.BEFORE: re.compile(rf"(?<!\w){_any(table['before'])}(?!\w)", re.I),
        },
        between=re.compile(rf"(?<!\w){_any(table['between'])}(?!\w)", re.I),
        everywhere=re.compile(_any(table["everywhere"]), re.I),
        attachment=re.compile(_any(table["attached"]), re.I),
        place_names=_place_names(table),
        joins=re.compile(rf"(?<!\w){_any(table['and'])}(?!\w)", re.I),
        filler=frozenset(word.casefold() for word in table.get("filler", ())),
        is_loose="any" in table,
        lone=frozenset(table.get("lone", ())),
        bare_letters=bool(table.get("bare_letters")),
    )


def _place_names(table: dict[str, list[str]]) -> re.Pattern[str]:
    """Return the pattern of places named by quoted words: "definition of ‘lamp’", "row for ‘red’"."""
    kinds = [*table.get("term", []), *table.get("row", [])]
    if not kinds:
        return _NO_MATCH
    joint = _any(table.get("named_by", []))
    return re.compile(rf"(?<!\w)({_any(sorted(kinds, key=len, reverse=True))})\s+(?:{joint}\s*)?⟦(\d+)⟧", re.I)


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in words)})" if words else "(?!)"
