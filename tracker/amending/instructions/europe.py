"""Read the amendment instructions of an act of the Union: articles and points, narrowing the target level by level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from storage.records import Provision, ProvisionKind, Reading
from tracker.amending.instructions.coverage import unread_words
from tracker.amending.instructions.europe_grammar import Grammar, grammar_of
from tracker.amending.instructions.named_places import mark_named_places, with_names
from tracker.amending.instructions.quotation import ends_quotation, mask, strip_quotes
from tracker.amending.instructions.renumbering import renumberings
from tracker.amending.instructions.sentence_instructions import ActSentence, instructions_of
from tracker.amending.instructions.sentence_parts import Sentence
from tracker.amending.operations import Action, Instruction, Level, Target, TargetStep
from tracker.reading.europe.references import NUMBER

K = ProvisionKind
_APART = frozenset({K.RECITAL})
_FRAMES = ("—", "–", ":", "-")
_BARE = " ;.,"
_OPENERS = '‘“«„"»'
_SEVERAL = 2
_SEVERAL_PLACES = TargetStep(Level.ROW, (("one of several places", "one of several places"),))
_NO_END = "where the quotation ends is not sure"


def read_instructions(amending: Reading, numbers: frozenset[str]) -> list[Instruction]:
    """Return the instructions of *amending* to the act whose figures ("2016/1011") are among *numbers*."""
    grammar = grammar_of(amending.language)
    reader = InstructionReader(grammar, numbers)
    for provision in amending.provisions:
        if provision.kind not in _APART:
            reader.scope(provision, ())
    return reader.instructions_read


class InstructionReader:
    """Reads the provisions of an amending act in order; what an outer one frames holds for all inside it."""

    def __init__(self, grammar: Grammar, numbers: frozenset[str]) -> None:
        self.grammar = grammar
        self.numbers = numbers
        self.ours = False
        self.instructions_read: list[Instruction] = []

    def scope(self, provision: Provision, context: Target) -> None:
        """Read one provision: what its own words frame holds for all that stands in it."""
        if provision.kind in {K.ARTICLE, K.ANNEX}:
            self.begin_unit(provision)
        for statement in _statements(provision):
            context = self.statement(statement, context)
        for child in _numbered_below(provision):
            self.scope(child, context)
        for child in provision.children:
            if not child.number and child.text[:1] in _OPENERS and child.text:
                self.take_quotation(child.text.split("\n"))

    def take_quotation(self, lines: list[str]) -> None:
        """Give the last instruction the text set out behind it, where a plain text prints it a level farther out."""
        last = self.instructions_read[-1] if self.instructions_read else None
        if last is not None and not last.quotation and not last.old_words and last.basis.endswith(":"):
            self.instructions_read[-1] = replace(last, quotation=tuple(strip_quotes(lines)), why="")

    def begin_unit(self, provision: Provision) -> None:
        """Forget which act the article before amended."""
        self.ours = False
        self.frame_of_act(provision.heading)

    def frame_of_act(self, text: str) -> bool:
        """Note which act the words name as amended; only instructions to ours are read."""
        acts = {figures(hit[0]) for hit in NUMBER.finditer(text)}
        if acts:
            self.ours = bool(acts & self.numbers)
        return bool(acts)

    def set_out(self, statement: ActSentence) -> ActSentence:
        """Return *statement* with what it quotes apart from its words; here the reader has parted them."""
        return statement

    def spelled_out(self, text: str) -> str:
        """Return *text* with words for marks as the marks themselves; here there are none."""
        return text

    def statement(self, statement: ActSentence, context: Target) -> Target:
        """Read one sentence; return what it frames for those that follow."""
        statement = self.set_out(statement)
        clause_text, words = mask(self.spelled_out(statement.text))
        clause_text, words, names = mark_named_places(clause_text, words, self.grammar.place_names)
        sentence = with_names(self.grammar.sentence(clause_text), names)
        if sentence.action is None and not sentence.amended:
            last = self.instructions_read[-1] if self.instructions_read else None
            if self.ours and last is not None and not last.attachment and _closes_more(statement.text):
                self.instructions_read[-1] = replace(last, why=_NO_END)
            if sentence.target and not statement.quotation and statement.text.rstrip().endswith(_FRAMES):
                return (*context, *sentence.target)  # "in subsection (a)—"
            if statement.quotation and self.ours:
                self.instructions_read.append(_unread_instruction(statement, context))
            return context
        if not statement.quotation and sentence.amended:
            self.frame_of_act(clause_text)
            return (*context, *(sentence.target if len(sentence.targets) < _SEVERAL else (_SEVERAL_PLACES,)))
        if self.names_act(clause_text, sentence):
            self.frame_of_act(clause_text)
        if self.ours:
            result = self.instructions(list(instructions_of(statement, sentence, words, context)), context)
            if sentence.action is Action.RENUMBER and len(result) == 1:
                result = renumberings(result[0], clause_text, self.grammar, context)
            self.instructions_read += self.fully_read(result, clause_text, sentence)
        return context

    def fully_read(self, result: list[Instruction], clause_text: str, sentence: Sentence) -> list[Instruction]:
        """Return *result*, open when a word of the sentence was not understood: it may say more than was read."""
        if sentence.says_several:
            return [replace(one, why=one.why or "it says several things at once") for one in result]
        words = [*self.words_left(clause_text), *(sentence.vague if not any(one.attachment for one in result) else ())]
        why = f"the instruction says more than could be read: {', '.join(words[:3])}"
        return [replace(one, why=one.why or why) for one in result] if words else result

    def words_left(self, clause_text: str) -> list[str]:
        """Return the words of a sentence that were not understood."""
        return unread_words(clause_text, self.grammar)

    def instructions(self, result: list[Instruction], context: Target) -> list[Instruction]:
        """Return what one sentence instructs, as this tradition takes it."""
        del context
        return result

    def names_act(self, clause_text: str, sentence: Sentence) -> bool:
        """Return whether the instruction itself says which act it amends: it stands before the verb."""
        return NUMBER.search(clause_text[: sentence.verb_at]) is not None


def figures(number: str) -> str:
    """Return the figures of an act's number, "2016/1011"."""
    parts = [part.strip("0") if part.startswith("0") else part for part in number.replace("(", " ").split("/")]
    digits = ["".join(char for char in part if char.isdecimal()) for part in parts]
    return "/".join(digit for digit in digits if digit)


def _statements(provision: Provision) -> Iterator[ActSentence]:
    """Yield the sentences of *provision* itself; a line that only opens a quotation goes with the one before.

    The lines of a quotation go with it until one closes it, wherever the reader parted them.
    """
    earlier: ActSentence | None = None
    open_lines: list[str] = []
    for eid, text in _texts(provision):
        lines = [line for line in text.split("\n") if line.strip()]
        if not lines or not text.strip(_BARE):
            continue
        if earlier is not None and open_lines and not ends_quotation(open_lines):
            open_lines += lines
            continue
        if earlier is not None and lines[0][:1] in _OPENERS and earlier.text.endswith(":") and not open_lines:
            open_lines = lines
            continue
        if earlier is not None:
            yield replace(earlier, quotation=tuple(strip_quotes(open_lines)))
        quote_at = next(
            (place for place, line in enumerate(lines) if place and line.strip()[:1] in _OPENERS), len(lines)
        )
        earlier = ActSentence(eid, " ".join(line.strip() for line in lines[:quote_at]))
        open_lines = lines[quote_at:]
    if earlier is not None:
        yield replace(earlier, quotation=tuple(strip_quotes(open_lines)))


def _closes_more(text: str) -> bool:
    """Return whether a line closes a quotation that it does not open: it is the rest of one."""
    return ends_quotation([text]) and not any(opener in text for opener in "‘“«„")


def _texts(provision: Provision) -> Iterator[tuple[str, str]]:
    if provision.text:
        yield provision.eid, provision.text
    for child in provision.children:
        if not child.number:
            yield from _texts(child)


def _numbered_below(provision: Provision) -> Iterator[Provision]:
    for child in provision.children:
        if child.number:
            yield child
        else:
            yield from _numbered_below(child)


def _unread_instruction(statement: ActSentence, context: Target) -> Instruction:
    basis = " ".join(statement.text.split())
    return Instruction(
        Action.REPLACE, context, basis, statement.eid, quotation=statement.quotation, why="no verb is known in it"
    )
