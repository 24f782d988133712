"""Read corrigenda to acts of the Union, "On page 4, Article 3(1): for: ‘…’, read: ‘…’": words in the place of others.

Pages and lines say where it is printed; the place in the law is read by the grammar of instructions. A correction that
shows only a part of what it corrects, or names a place the grammar does not know, is left open.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from storage.records import Reading, RelationKind
from tracker.amending.instructions.coverage import unread_words
from tracker.amending.instructions.europe import figures
from tracker.amending.instructions.europe_grammar import Grammar, grammar_of
from tracker.amending.instructions.quotation import mask
from tracker.amending.operations import Action, Instruction, Level, Target
from tracker.reading.europe.references import NUMBER

_TABLE = tomllib.loads(resources.files(__package__).joinpath("corrigenda.toml").read_text(encoding="utf-8"))
_DOTS = r"\[?(?:…|\.\.\.)\]?"
_DOTS_BEFORE, _DOTS_BEHIND = re.compile(rf"^{_DOTS}\s*"), re.compile(rf"\s*{_DOTS}$")
_ELISION = re.compile(r"…|\.\.\.")
_LABEL = re.compile(r"^(?:\(?\d{1,3}[a-z]{0,2}[.)]|\([a-z]{1,4}\)|[—–•-])\s+")
_ITEM_MARK = re.compile(r"^[\s.,;:|]*(?:(?:and|et|und|y|e|en|i)\s)?\s*(?:\(?(?:\d{1,2}|[a-z])[.)]\s+)?")
_JOURNAL = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\bL\s[^()]*\)")
_TO = r"(?:\s?[-–]\s?|\s(?:and|to|et|à|und|bis|y|a|e|en|tot|i|do)\s)"
_SHOWS_PART = "the correction shows only a part of what it corrects"
_NO_PAIR = "it is no for and read"
_NO_SUCH_LINE = "the lines of the correction do not pair"


@dataclass(frozen=True, slots=True)
class _CorrectionWords:
    """How one language corrects."""

    pair: re.Pattern[str]
    whole: re.Pattern[str]
    page: re.Pattern[str]
    filler: frozenset[str]


@dataclass(frozen=True, slots=True)
class _PlaceOfCorrection:
    """Where a correction is made: in the law, and where its words stand in the corrigendum."""

    target: Target
    everywhere: bool
    why: str
    basis: str
    basis_eid: str


def is_corrigendum(amending: Reading) -> bool:
    """Return whether *amending* only corrects what was misprinted."""
    return any(relation.kind is RelationKind.CORRECTS for relation in amending.relations)


def read_corrections(amending: Reading, numbers: frozenset[str]) -> list[Instruction]:
    """Return the corrections a corrigendum makes to the act whose figures are among *numbers*."""
    targets = [relation.target for relation in amending.relations if relation.kind is RelationKind.CORRECTS]
    if not any(figures(hit[0]) in numbers for target in targets for hit in NUMBER.finditer(target)):
        return []
    return list(_CorrectionReader(amending).read())


class _CorrectionReader:
    """Reads a corrigendum from its first line to its last: a place holds until another is named."""

    def __init__(self, amending: Reading) -> None:
        self.grammar: Grammar = grammar_of(amending.language)
        self.words = _words_of(amending.language)
        pieces = [(provision.eid, provision.text) for provision in amending.walk() if provision.text]
        self.lines = [(eid, _JOURNAL.sub("", " ".join(text.split(" | ")))) for eid, text in pieces]
        self.last_line = 0
        self.clause_text, self.quotations = mask("\n".join(line for _, line in self.lines))

    def read(self) -> Iterator[Instruction]:
        """Yield the corrections in order."""
        place = _PlaceOfCorrection((), everywhere=False, why="no place is named", basis="", basis_eid="")
        end = 0
        for hit in self.words.pair.finditer(self.clause_text):
            place = self.place(self.clause_text[end : hit.start()], place)
            end = hit.end()
            old = next(group for group in (hit["old"], hit["old2"]) if group is not None)
            new = next(group for group in (hit["new"], hit["new2"]) if group is not None)
            yield from _corrections(place, self.quotations[int(old)], self.quotations[int(new)])
        left = _ITEM_MARK.sub("", self.clause_text[end:]).strip(" .,;\n")
        if self.words.whole.search(left) or "⟦" in left:
            yield Instruction(
                Action.REPLACE, (), " ".join(left.split()), self.lines[-1][0], why="it is no for and read"
            )

    def place(self, text: str, before: _PlaceOfCorrection) -> _PlaceOfCorrection:
        """Return the place *text* names, or the one before where it names none."""
        bare = _ITEM_MARK.sub("", text).strip(" .,;:|\n")
        if not bare:
            return before
        basis = " ".join(bare.split())
        sentence = self.grammar.sentence(basis)
        words_left = [
            word for word in unread_words(self.words.page.sub(" ", basis), self.grammar, ()) if not self.is_plain(word)
        ]
        why = f"the correction says more than could be read: {', '.join(words_left[:3])}" if words_left else ""
        if sentence.action is not None or "⟦" in bare:
            why = "what stands between two corrections could not be read"
        if sentence.vague:
            why = why or f"which place is meant is not sure: {sentence.vague[0]}"
        return _PlaceOfCorrection(
            sentence.target, self.grammar.everywhere.search(basis) is not None, why, basis, self.eid_of(bare)
        )

    def is_plain(self, word: str) -> bool:
        """Return whether a word says only where something is printed."""
        return word in self.words.filler or word.isdecimal()

    def eid_of(self, words: str) -> str:
        """Return the paragraph of the corrigendum in which *words* begin, behind the place before them."""
        first = words.split("\n", maxsplit=1)[0]
        behind = range(self.last_line, len(self.lines))
        self.last_line = next((place for place in behind if first in self.lines[place][1]), self.last_line)
        return self.lines[self.last_line][0]


def _corrections(place: _PlaceOfCorrection, old: str, new: str) -> Iterator[Instruction]:
    """Yield a correction for each line that differs: the lines of both sides must pair."""
    one = Instruction(
        Action.SUBSTITUTE_WORDS, place.target, f"{place.basis}: {old[:80]}", place.basis_eid,
        each_place=place.everywhere, why=place.why,
    )  # fmt: skip
    olds, news = ([line.strip() for line in side.split("\n") if line.strip()] for side in (old, new))
    if len(olds) != len(news):
        yield replace(one, old_words=old, new_words=new, why=one.why or _NO_SUCH_LINE)
        return
    for was, now in zip(olds, news, strict=True):
        if was != now:
            yield _line(one, was, now)


def _line(one: Instruction, was: str, now: str) -> Instruction:
    """Return the correction of one line, less the label and the dots that both sides share."""
    label, other = _LABEL.match(was), _LABEL.match(now)
    if label is not None and other is not None and label[0].split() == other[0].split():
        was, now = was[label.end() :], now[other.end() :]
    elif label is not None and other is not None:
        return replace(one, old_words=was, new_words=now, why=one.why or "a number itself is corrected")
    for pattern in (_DOTS_BEFORE, _DOTS_BEHIND):
        if pattern.search(was) and pattern.search(now):
            was, now = pattern.sub("", was), pattern.sub("", now)
    why = one.why or (_SHOWS_PART if _ELISION.search(was) or _ELISION.search(now) else "")
    heading = bool(one.target) and one.target[-1].level is Level.HEADING
    return replace(one, old_words=was, new_words=now, why=why, each_place=one.each_place and not heading)


@cache
def _words_of(language: str) -> _CorrectionWords:
    row = _TABLE.get(language) or _TABLE["en"]
    start, stop, both = (_any(row[name]) for name in ("for", "read", "corrected"))
    gap = r"[\s:|,;]*"
    return _CorrectionWords(
        pair=re.compile(
            rf"(?<!\w){start}{gap}⟦(?P<old>\d+)⟧{gap}(?<!\w){stop}{gap}⟦(?P<new>\d+)⟧"
            rf"|(?:(?<!\w)(?:the )?words? )?⟦(?P<old2>\d+)⟧{gap}(?<!\w){both}{gap}⟦(?P<new2>\d+)⟧",
            re.I,
        ),
        whole=re.compile(_any(row["whole"]), re.I),
        page=re.compile(rf"(?<!\w){_any(row['page'])}\s+\d+(?:{_TO}\d+)?(?=[\s,:;.]|$)", re.I),
        filler=frozenset(row["filler"]),
    )


def _any(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})" if words else "(?!)"
