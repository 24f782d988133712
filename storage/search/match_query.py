"""Match query: what a person typed as a full-text expression, and where its words stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.normalisation import Word, as_indexed, fold, places, words

MOST_TERMS = 12  # of one question; more is no question but a text
LONGEST = 200
_PARTS = re.compile(r'"([^"]*)"|“([^”]*)”|([^\s"“”]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must stand in a text: words in this order; ``open`` when the last may go on."""

    words: tuple[Word, ...]
    open: bool = False


def terms(question: str) -> tuple[Term, ...]:
    """Return what *question* asks for: each word, each "quoted phrase", each begin* of a word."""
    query_terms: list[Term] = []
    for straight, curly, bare in _PARTS.findall(question[:LONGEST]):
        text = fold(straight or curly or bare)
        parts = tuple(words(text))
        if parts:
            query_terms.append(Term(parts, bool(bare) and text.endswith("*")))
    return tuple(query_terms[:MOST_TERMS])


def expression(query_terms: tuple[Term, ...], operator: str = " AND ") -> str:
    """Return *query_terms* as an FTS5 expression; everything typed is inside quotes, so nothing of it is syntax."""
    return operator.join(_phrase(term) for term in query_terms)


def _phrase(term: Term) -> str:
    parts, is_prefix = _parts_of(term)
    return f'"{" ".join(parts)}"{"*" if is_prefix else ""}'


def _parts_of(term: Term) -> tuple[list[str], bool]:
    """Return the words of the index that stand side by side where *term* is said; whether the last may go on."""
    parts: list[str] = []
    for number, word in enumerate(term.words):
        if not word.run or len(word.text) == 1:
            parts.append(word.text)
        else:
            last = number == len(term.words) - 1
            # the single last character of a run closes it: more words follow it only in the same phrase
            parts += [word.text[i : i + 2] for i in range(len(word.text) - 1)] + ([] if last else [word.text[-1]])
    final = term.words[-1]
    return parts, term.open or (final.run and len(final.text) == 1)


def in_postgresql(query_terms: tuple[Term, ...], column: str, any_of: bool = False) -> tuple[str, dict[str, str]]:
    """Return the same question for PostgreSQL, and its parameters: an index chooses rows, which are then looked at.

    *column* holds words with one blank between them; with *any_of* one of the terms is enough.
    """
    conditions: list[str] = []
    parameters: dict[str, str] = {}
    for number, term in enumerate(query_terms):
        parts, is_prefix = _parts_of(term)
        parts = [word for part in parts for word in as_indexed(part)]
        lexemes = [f"'{part}'" for part in parts[:-1]] + [f"'{parts[-1]}'{':*' if is_prefix else ''}"]
        parameters[f"{column}_{number}"] = " & ".join(lexemes)
        parameters[f"{column}_phrase_{number}"] = f"% {' '.join(parts)}{'' if is_prefix else ' '}%"
        conditions.append(
            f"(array_to_tsvector(string_to_array({column}, ' ')) @@ CAST(:{column}_{number} AS tsquery)"
            f" AND ' ' || {column} || ' ' LIKE :{column}_phrase_{number})"
        )
    return f"({(' OR ' if any_of else ' AND ').join(conditions)})", parameters


def spans(text: str, query_terms: tuple[Term, ...], most: int = 200) -> list[tuple[int, int]]:
    """Return where the words of *query_terms* stand in *text*, in order, none over another."""
    text_as_searched, origins = places(text)
    hits = sorted(hit for term in query_terms for hit in _hits(text_as_searched, term, most))
    spread: list[tuple[int, int]] = []
    for start, end in hits[:most]:
        begin, finish = origins[start], origins[end - 1] + 1
        if spread and begin < spread[-1][1]:
            spread[-1] = (spread[-1][0], max(finish, spread[-1][1]))
        else:
            spread.append((begin, finish))
    return spread


def _hits(text: str, term: Term, most: int) -> Iterator[tuple[int, int]]:
    pattern = r"\W{0,8}".join(re.escape(word.text) for word in term.words)
    before = "" if term.words[0].run else r"(?<!\w)"
    after = "" if term.open or term.words[-1].run else r"(?!\w)"
    for number, match in enumerate(re.finditer(f"{before}{pattern}{after}", text)):
        if number >= most:
            return
        yield match.span()
