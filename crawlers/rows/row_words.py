"""Words of rows: whether a title is wanted, what a link's text says, and what a file of a notice is."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

FileRole = Literal["law", "note", "form"]

_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_SCRIPTS = {"zh": ("CJK", "LATIN"), "hi": ("DEVANAGARI",), "el": ("GREEK",), "bg": ("CYRILLIC",)}
_ACRONYM = re.compile(r"[A-Z]{2,3}")
_BREAK_IN_CHINESE = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])\s*[\r\n]\s*(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_STATE = re.compile(r"^[【\[（(]([^】\]）)]{1,12})[】\]）)]\s*|\s*[【\[（(]([^】\]）)]{1,12})[】\]）)]$")
_LONGEST_TITLE = 1000


def one_line(text: str) -> str:
    r"""Return *text* on one line; a line break inside Chinese stands for nothing.

    >>> one_line("关于出口\n转内销"), one_line(" Practice \n Act ")
    ('关于出口转内销', 'Practice Act')
    """
    return " ".join(_BREAK_IN_CHINESE.sub("", _UNSEEN.sub("", text)).split())[:_LONGEST_TITLE]


def has_word(text: str, word: str, *, strict_case: bool = False) -> bool:
    """Return whether *word* stands in *text*: whole, or as a plural, in scripts that part words by spaces.

    ``regulat*`` fits every word that begins so. With *strict_case*, a short acronym fits only as it is written: in
    many languages ``ai`` is an everyday word.

    >>> has_word("Labelling of AI-generated content", "AI "), has_word("Rules against spam", "AI")
    (True, False)
    >>> has_word("关于数据出境的规定", "数据"), has_word("Watermarking of deepfakes", "watermark*")
    (True, True)
    """
    return bool(_pattern(word.strip(), strict_case).search(text))


def is_wanted(title: str, words: Collection[str], every: Collection[str], none: Collection[str], language: str) -> bool:
    """Return whether a title has one of *words* (when there are any), *every* one of those, and *none* of the last."""
    strict = language.partition("-")[0] != "en"

    def has(word: str) -> bool:
        return has_word(title, word, strict_case=strict)

    return (not words or any(map(has, words))) and all(map(has, every)) and not any(map(has, none))


def is_foreign(title: str, language: str) -> bool:
    """Return whether a title is printed in another script than *language* is.

    >>> is_foreign("लोकसभा अध्यक्ष", "en"), is_foreign("Practice Act", "en"), is_foreign("AI 标识", "zh")
    (True, False, False)
    """
    script = _SCRIPTS.get(language.partition("-")[0], "LATIN")
    letters = [letter for letter in title if letter.isalpha()]
    return bool(letters) and not any(unicodedata.name(letter, "").startswith(script) for letter in letters)


def says_nothing(text: str) -> bool:
    """Return whether the text of a link names no document: ``View``, ``下载``, ``PDF (1.3 MB)``.

    >>> says_nothing("View"), says_nothing("Download (PDF, 1.3 MB)"), says_nothing("Practice Act")
    (True, True, False)
    """
    plain = re.sub(r"[\[(（][^\])）]{0,60}[\])）]|[\d.,]+ ?[kmKM][bB]", " ", text)
    plain = " ".join(re.sub(r"[^\w\s&]+", " ", plain).lower().split())
    return not plain or plain in _words("link")


def role_of_file(title: str) -> FileRole:
    """Return what a file attached to a notice is: the draft itself, a note that explains it, or a form to fill in.

    >>> role_of_file("《练习办法》起草说明.wps"), role_of_file("反馈表.docx"), role_of_file("练习办法.pdf")
    ('note', 'form', 'law')
    """
    if any(has_word(title, word) for word in _words("form")):
        return "form"
    return "note" if any(has_word(title, word) for word in _words("note")) else "law"


def without_state(title: str) -> str:
    """Return a title without the mark that says how far a consultation is: it would change while the draft does not.

    >>> without_state("【进行中】关于《练习办法》的公告"), without_state("关于《练习办法》的公告[已结束]")
    ('关于《练习办法》的公告', '关于《练习办法》的公告')
    """

    def without_mark(match: re.Match[str]) -> str:
        return "" if (match[1] or match[2]).lower() in _words("state") else match[0]

    return _STATE.sub(without_mark, title)


def names_law(title: str) -> bool:
    """Return whether a title is called as laws, drafts and guidance are.

    >>> names_law("关于数据出境的规定"), names_law("Practice Guidelines 2"), names_law("Contact us")
    (True, True, False)
    """
    return any(has_word(title, word) for word in _words("law"))


def is_menu_token(token: str) -> bool:
    """Return whether a class or id names what holds a site's menus."""
    return token.lower() in _words("navigation", "tokens")


def is_language(name: str, language: str) -> bool:
    """Return whether *name* is what publishers call *language*."""
    return name.strip().lower() in _words("language", language.partition("-")[0])


@lru_cache(maxsize=4096)
def _pattern(word: str, strict_case: bool) -> re.Pattern[str]:
    if _NO_SPACES.search(word):
        return re.compile(re.escape(word), re.IGNORECASE)
    stem = word.endswith("*")
    body = r"[\s\-\u2010-\u2015]+".join(re.escape(part) for part in word.removesuffix("*").split())
    end = "" if stem else r"(?:e?s|['’]s)?(?![^\W_])"
    flags = re.NOFLAG if strict_case and _ACRONYM.fullmatch(word) else re.IGNORECASE
    return re.compile(rf"(?<![^\W_]){body}{end}", flags)


@cache
def _words(table: str, key: str = "words") -> frozenset[str]:
    words = tomllib.loads(files("crawlers.rows").joinpath("words.toml").read_text(encoding="utf-8"))[table]
    return frozenset(words.get(key, ()))
