"""Read the instructions of US bills and Indian amending rules, and the lines of corrigenda: "for X read Y"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from storage.records import Provision, ProvisionKind, Reading
from tracker.amending.instructions.clauses import clauses
from tracker.amending.instructions.coverage import unread_words
from tracker.amending.instructions.europe import InstructionReader
from tracker.amending.instructions.europe_grammar import grammar_of
from tracker.amending.instructions.quotation import MASK, mask, strip_quotes
from tracker.amending.instructions.sentence_instructions import ActSentence
from tracker.amending.operations import Action, Instruction, Target
from tracker.amending.words import pattern_of

K = ProvisionKind
_ACT_NAME = re.compile(
    r"\b(?:of|to|In|in) (?:the )?((?:[A-Z][\w’'&,.()-]* (?:of |and |for |the |in |to |on )*)+"
    r"(?:Act|Rules|Regulations|Code|Order)"
    r"(?:,? (?:of )?\d{4})?|title \d+, United States Code|Public Law \d+[-–]\d+)"
)
_YEAR = re.compile(r" (?:of )?\d{4}$")
_CORRECTS = re.compile(r"^(?:corrigend|correction)", re.I)
_PLAIN_NAMES = frozenset({"act", "rules", "regulations", "code", "order"})
_ASIDE = re.compile(
    r"\((?:[^()]|\([^()]*\))*(?:U\.S\.C\.|Public Law|Stat\.|hereinafter|hereafter|referred to)(?:[^()]|\([^()]*\))*\)"
)
_INLINE_HEADING = re.compile(r"^[A-Z][^.—⟦“\"]{0,80}\.—\s*")
_MARKS = {"period": ".", "semicolon": ";", "comma": ",", "full stop": "."}
_MARK = re.compile(r"\b(?:the|a) (period|semicolon|comma|full stop)(?: at the end(?: thereof)?)?(?!\w)", re.I)
_NAMELY = re.compile(r"(?:namely|following|as follows)\s*[:,]?\s*[:—–-]+\s*[“\"]")
_BEFORE_MARKER = re.compile(r"(?<=[.;:—–-])\s+(?=\([0-9a-zA-Z]{1,4}\)\s|\d{1,3}[A-Z]{0,2}\.\s+[A-Z][^—.]{2,80}\.\s?—)")
_PAGE = re.compile(r"\b(?:page|line|column)s?\b", re.I)
_UNITS = frozenset({K.SECTION, K.RULE, K.REGULATION, K.PARAGRAPH, K.ARTICLE})


def read_instructions(amending: Reading, base: Reading) -> list[Instruction]:
    """Return the instructions of *amending* to *base*."""
    reader = _CommonLawInstructions(base, amending)
    for provision in amending.provisions:
        reader.scope(_with_marks(provision), ())
    return _count_lines(reader.instructions_read) if reader.corrects else reader.instructions_read


def _with_marks(provision: Provision) -> Provision:
    """Return *provision* with the quotation marks and dashes that plain prints of bills spell ``so'' and --."""
    text = provision.text.replace("``", "“").replace("''", "”").replace("--", "—")
    return replace(provision, text=text, children=tuple(_with_marks(child) for child in provision.children))


def _count_lines(hit: list[Instruction]) -> list[Instruction]:
    """Join the lines of a corrigendum that correct the same words: they must be found as often as they are named."""
    times = Counter((one.action, one.target, one.old_words, one.new_words) for one in hit)
    result: dict[object, Instruction] = {}
    for one in hit:
        key = (one.action, one.target, one.old_words, one.new_words)
        entry = result.get(key)
        if entry is None:
            result[key] = replace(one, times=times[key])
        else:
            result[key] = replace(entry, basis=f"{entry.basis} {one.basis}")
    return list(result.values())


class _CommonLawInstructions(InstructionReader):
    def __init__(self, base: Reading, amending: Reading) -> None:
        super().__init__(grammar_of(base.jurisdiction), frozenset())
        self.title = _fold_title(base.title)
        self.base_number = _fold_title(base.number)
        self.corrects = _CORRECTS.match(amending.title) is not None or any(
            _CORRECTS.search(note.text.rsplit("\n", 2)[-1]) or "CORRIGEND" in note.text.upper()
            for note in amending.front
        )
        self.own_name = re.compile(pattern_of(base.title).pattern, re.I) if base.title else _ACT_NAME
        self.default = True
        self.ours = True

    def set_out(self, statement: ActSentence) -> ActSentence:
        """Part what is set out behind "namely:—" or "the following:" from the words of the instruction."""
        hit = _NAMELY.search(statement.text)
        if statement.quotation or hit is None:
            return statement
        lines = _BEFORE_MARKER.split(statement.text[hit.end() - 1 :])
        return replace(
            statement, text=f"{statement.text[: hit.end() - 1].rstrip()}", quotation=tuple(strip_quotes(lines))
        )

    def spelled_out(self, text: str) -> str:
        """Return *text* with "the period at the end" as the mark it means."""
        text = _INLINE_HEADING.sub("", _ASIDE.sub(" ", text))
        return _MARK.sub(
            lambda hit: (
                f"“{_MARKS[hit[1].lower()]}” at the end" if hit[0][:1] in "tT" else f"“{_MARKS[hit[1].lower()]}”"
            ),
            text,
        )

    def statement(self, statement: ActSentence, context: Target) -> Target:
        """Read one sentence, clause by clause: what it quotes below goes with the last."""
        statement = self.set_out(statement)
        clause_text, words = mask(self.spelled_out(statement.text))
        parts = clauses(clause_text)
        for part in parts[:-1]:
            super().statement(ActSentence(statement.eid, _unmask(part, words)), context)
        last = statement if len(parts) == 1 else replace(statement, text=_unmask(parts[-1], words))
        return super().statement(last, context)

    def words_left(self, clause_text: str) -> list[str]:
        """Return the words of a sentence that were not understood; a corrigendum names pages and lines."""
        return [] if self.corrects else unread_words(clause_text, self.grammar, (_ACT_NAME, self.own_name))

    def begin_unit(self, provision: Provision) -> None:
        """Take up the act of the whole amending text again."""
        self.ours = self.default
        self.frame_of_act(provision.heading)

    def frame_of_act(self, text: str) -> bool:
        """Note which act the words name as amended; instructions to another are passed over."""
        acts = [_fold_title(hit[1]) for hit in _ACT_NAME.finditer(text)]
        acts = [name for name in acts if name not in _PLAIN_NAMES]
        if not acts or not self.title:
            return False
        self.ours = any(self.is_ours(name) for name in acts)
        return True

    def is_ours(self, name: str) -> bool:
        """Return whether a printed name is that of the base: the base's title may say more, never less."""
        return f" {name} " in f" {self.title} " or _YEAR.sub("", name) == _YEAR.sub("", self.title)

    def names_act(self, clause_text: str, sentence: object) -> bool:
        """Return whether the instruction itself says which act it amends."""
        del sentence
        return _ACT_NAME.search(clause_text) is not None

    def instructions(self, result: list[Instruction], context: Target) -> list[Instruction]:
        """Return *made*; the pages and lines of a corrigendum are no places of the text."""
        if not self.corrects:
            return result
        del context
        return [replace(one, target=(), each_place=False, action=_correction(one)) for one in result]


def _unmask(part: str, words: list[str]) -> str:
    return MASK.sub(lambda hit: f"“{words[int(hit[1])]}”", part)


def _correction(instruction: Instruction) -> Action:
    return Action.SUBSTITUTE_WORDS if instruction.old_words else instruction.action


def _fold_title(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).replace(" the ", " ").strip()
