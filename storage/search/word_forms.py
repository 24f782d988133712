"""Stemming and spelling of search words: forms of a word in the languages of the Union, simplified characters."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from storage.normalisation import Word
from storage.search.match_query import Term

_LEAST_STEM = 4  # letters; a shorter one begins too many words


def to_simplified(question: str) -> str:
    """Return *question* with traditional characters in their simplified form, as the law we watch is written.

    >>> to_simplified("著作權與網絡數據")
    '著作权与网络数据'
    """
    return question.translate(_simplified_forms())


def stem_of(word: str) -> str:
    """Return what the forms of a folded Latin *word* have in common, or nothing when that is too short or has digits.

    >>> stem_of("obligations"), stem_of("anbieters"), stem_of("law"), stem_of("2016")
    ('oblig', 'anbiet', '', '')
    """
    if not word.isascii() or not word.isalpha():
        return ""
    ending = next((ending for ending in _endings() if word.endswith(ending)), "")
    stem = word.removesuffix(ending)
    return stem if len(stem) >= _LEAST_STEM and len(word) > _LEAST_STEM else ""


def stem_terms(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Return *terms* with each single Latin word as all words that begin with its stem."""
    return tuple(_stem_term(term) for term in terms)


def _stem_term(term: Term) -> Term:
    if term.open or len(term.words) != 1 or term.words[0].run:
        return term
    word = term.words[0]
    stem = stem_of(word.text)
    return Term((replace(word, text=stem, end=word.start + len(stem)),), open=True) if stem else term


def same_terms(one: tuple[Term, ...], other: tuple[Term, ...]) -> bool:
    """Return whether both ask for the same words."""
    return [_texts(term.words) for term in one] == [_texts(term.words) for term in other]


def _texts(words: tuple[Word, ...]) -> list[str]:
    return [word.text for word in words]


@cache
def _simplified_forms() -> dict[int, str]:
    pairs = _table()["simplified"]
    return {ord(old): new for old, new in zip(pairs["traditional"], pairs["simplified"], strict=True)}


@cache
def _endings() -> list[str]:
    """Return the endings of all languages, the longest first."""
    endings = {ending for words in _table()["endings"].values() for ending in words.split()}
    return sorted(endings, key=lambda ending: (-len(ending), ending))


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("storage.search").joinpath("word_forms.toml").read_text(encoding="utf-8"))
