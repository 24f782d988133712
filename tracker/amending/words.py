"""Find the words an instruction quotes: white space, quotation marks, dashes and width are folded for finding only."""

from __future__ import annotations

import re
from functools import lru_cache

_QUOTES = "“”„‟\"«»‘’‚'`´＂＇「」『』"
_DASHES = "-‐‑‒–—―−－"
_SAME = ("(（", ")）", ",，", ":：", ";；", "%％", "?？", "!！")
_SPACE = r"[\s\u00a0\u2000-\u200b\u202f\u3000]*"
_CJK = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
_CLOSERS = tuple(",;.:")
_LETTER = r"[^\W_\u3400-\u9fff\uf900-\ufaff]"  # 在10日内: a number among Chinese characters stands whole
_EDGES = " \t\n\u00a0"
_SENTENCE = re.compile(r"(?<=[.;?!])[”’»\"]?\s+(?=[“‘«\"]?[^\W\d_a-zà-ÿ])|(?<=[。；])")
_ABBREVIATION = re.compile(r"(?:\b(?:No|Art|Nr|nr|no|cf|p|paras?|Sec|vol|Dr|Mr)|\b[A-Z])\.\s*$")


@lru_cache(maxsize=2048)
def pattern_of(words: str) -> re.Pattern[str]:
    """Return the pattern that finds *words*; a number or a word is found whole, never as part of another."""
    text = words.strip(_EDGES)
    parts: list[str] = []
    for char in text:
        if char.isspace():
            if parts and parts[-1] != _SPACE:
                parts.append(_SPACE)
        else:
            parts.append(_one(char))
    begins = rf"(?<!{_LETTER})" if _has_boundary(text[:1]) else ""
    ends = rf"(?!{_LETTER})" if _has_boundary(text[-1:]) else ""
    return re.compile(f"{begins}{''.join(parts)}{ends}")


def _one(char: str) -> str:
    if char in _QUOTES:
        return f"[{re.escape(_QUOTES)}]"
    if char in _DASHES:
        return f"[{re.escape(_DASHES)}]"
    same = next((pair for pair in _SAME if char in pair), "")
    return f"[{re.escape(same)}]" if same else re.escape(char)


def _has_boundary(char: str) -> bool:
    return char.isalnum() and not _CJK.match(char)


def count_words(text: str, words: str) -> int:
    """Return how often *words* stand in *text*.

    >>> [count_words("24, 24a and 124(2)", "24"), count_words("the “Act” — so", 'the "Act" - so')]
    [1, 1]
    """
    return sum(1 for _ in pattern_of(words).finditer(text)) if words.strip(_EDGES) else 0


def put_words(text: str, old: str, new: str) -> str:
    """Return *text* with *old* replaced by *new* wherever it stands; a gap that striking leaves is closed."""
    if not new:
        text = re.sub(rf"{_SPACE}{pattern_of(old).pattern}(?=[,;.:，；。：)）])", "", text)
        return re.sub(rf"{pattern_of(old).pattern}[ \u00a0]?", "", text).strip()
    before = _SPACE if new[:1] in _CLOSERS and old[:1] not in _CLOSERS else ""  # "violates, or" has no gap
    return re.sub(f"{before}{pattern_of(old).pattern}", lambda _: new, text)


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*; joined by "" they are the text.

    >>> sentences("One. Two (No. 5). Three.")
    ['One. ', 'Two (No. 5). ', 'Three.']
    """
    result, start = [], 0
    for hit in _SENTENCE.finditer(text):
        if not _ABBREVIATION.search(text[start : hit.start()]):
            result.append(text[start : hit.end()])
            start = hit.end()
    return [*result, text[start:]] if text[start:] else result
