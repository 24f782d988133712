"""The words of the Union's languages that structure an act, read once from ``european_words.toml``."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

from storage.records import ProvisionKind
from tracker.reading.structure.numbers import LATIN_SUFFIXES

_TABLE = tomllib.loads(resources.files(__package__).joinpath("european_words.toml").read_text(encoding="utf-8"))
_ARTICLE = frozenset(_TABLE["article"]["words"])
_ANNEX = frozenset(_TABLE["annex"]["words"])
_APPENDIX = frozenset(_TABLE["appendix"]["words"])
_DIVISION = {word: ProvisionKind(kind) for kind, words in _TABLE["division"].items() for word in words}
_PHRASES = {phrase: ProvisionKind(kind) for kind, phrases in _TABLE["division_phrases"].items() for phrase in phrases}
_ORDINALS: dict[str, str] = _TABLE["ordinals"]
_CLOSING = tuple(words.casefold() for words in _TABLE["closing"]["words"])
_PREAMBLE = tuple(words.casefold() for words in _TABLE["preamble"]["words"])
_DISCLAIMER = tuple(words.casefold() for words in _TABLE["disclaimer"]["words"])
_CONTENTS = frozenset(words.casefold() for words in _TABLE["contents"]["words"])
_CORRIGENDUM = tuple(words.casefold() for words in _TABLE["corrigendum"]["words"])
_EDGES = " .,:;()[]\u00a0–—-"
_LATIN = "|".join(LATIN_SUFFIXES)
_NUMBER = re.compile(
    rf"(?:\d{{1,4}}|[IVXLCDM]{{1,7}})(?:-?[^\W\d_]{{1,2}}|\s[^\W\d_]|(?:[\s-]?(?:{_LATIN})){{1,2}}(?:\s?[^\W\d_])?)?[.º°]?"
    r"|[^\W\d_][.º°]?",
    re.I,
)
# "Artigo 5.o-A", whose sign of an ordinal is a raised letter; "3/A. cikk"; "Članak 3.a"; "ZAŁĄCZNIK nr 1"
_ORDINAL_SIGN = re.compile(r"(?<=\d)\.?(?:[ºª°]|(?<=\.)o|\s?er\b)(?:[-\s]?(?=[A-Z]\b)|(?=-)|$)")
_INSERTION_SIGN = re.compile(r"(?<=\d)[./](?=[^\W\d_]{1,2}$)")
_NO = re.compile(r"^(?:n[or]\.?|№|n\.)\s?(?=[\dIVX])", re.I)
_LOOKALIKES = str.maketrans("ΙΧΜΑΒΕСХМІ", "IXMABECXMI")  # Greek and Cyrillic letters that print as Roman numerals
_LONGEST_TITLE = 160
_ROMAN = re.compile(r"[ivxlcdm]{1,7}|\d{1,3}")
_CLOSED_UP = re.compile(r"^\s*([^\W\d_]{3,})(\d{1,4}[a-z]{0,2})\s*$")  # "Articolo8", seen in consolidated texts
_COUNT_WORDS = frozenset(
    (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen eins zwei drei vier "
        "fünf sechs sieben acht een twee drie vijf zes deuxième troisième quatrième cinquième sixième"
    ).split()
)


def article_number(line: str) -> str | None:
    """Return the printed number of a line that is an article's title and nothing more, or None.

    >>> [article_number(t) for t in ("Article 75a", "Article premier", "5. cikk", "Articolo8", "Article 5 is")]
    ['75a', '1', '5', '8', None]
    """
    return _number_in_title(line, _ARTICLE)


def annex_number(line: str) -> str | None:
    """Return the printed number of an annex's title ("" for the only annex), or None."""
    return "" if line.strip(_EDGES).lower() in _ANNEX else _number_in_title(line, _ANNEX)


def annex_at(line: str) -> tuple[str | None, str, str]:
    """Return number, title and rest of a line that begins with an annex's title ("ANNEX III referred to in …").

    >>> annex_at("ANNEX III High-risk systems")
    ('III', 'ANNEX III', 'High-risk systems')
    """
    parts = line.split(maxsplit=2)
    number = _number_in_title(" ".join(parts[:2]), _ANNEX) if len(parts) == 3 else None
    return (number, " ".join(parts[:2]), parts[2]) if number is not None else (None, "", "")


def is_corrigendum(title: str) -> bool:
    """Return whether a title is that of a corrigendum, which has no articles."""
    return title.casefold().startswith(_CORRIGENDUM)


def appendix_number(line: str) -> str | None:
    """Return the printed number of an appendix's title, or None."""
    return "" if line.strip(_EDGES).lower() in _APPENDIX else _number_in_title(line, _APPENDIX)


def division_of(line: str) -> tuple[ProvisionKind, str] | None:
    """Return the kind and the printed number of a title such as "CHAPTER III", or None.

    >>> [division_of(t) for t in ("HOOFDSTUK III", "Teil A", "Partial list")]
    [(<ProvisionKind.CHAPTER: 'chapter'>, 'III'), (<ProvisionKind.PART: 'part'>, 'A'), None]
    """
    words = line.lower().replace("\u00a0", " ").split()
    lower = line.lower()
    for phrase, phrase_kind in _PHRASES.items():
        rest = lower.replace(phrase, "").strip(_EDGES)
        if phrase in lower and _ROMAN.fullmatch(rest):
            return phrase_kind, rest.upper()
    for word in (words[0], words[-1]) if words else ():
        kind = _DIVISION.get(word.strip(_EDGES))
        number = _number_in_title(line, frozenset({word.strip(_EDGES)})) if kind else None
        if kind and number is not None:
            return kind, number
    return None


def division_at(line: str) -> tuple[str, str] | None:
    """Return title and heading of a line that prints both ("CHAPTER I General provisions"), or None.

    >>> division_at("CHAPTER I General provisions"), division_at("Section 3 of this Annex")
    (('CHAPTER I', 'General provisions'), None)
    """
    parts = line.split(maxsplit=2)
    if len(parts) < 3 or len(line) > _LONGEST_TITLE or line[-1] in ".,;:":
        return None
    label, heading = " ".join(parts[:2]), parts[2].lstrip("—–:.- ")
    is_parted = label[-1] in ".:" or heading != parts[2] or parts[0].isupper()
    is_title = is_parted and heading[:1].isupper() and division_of(label) is not None
    return (label.rstrip(".:"), heading) if is_title else None


def is_closing(line: str) -> bool:
    """Return whether a line begins the closing formula of an act."""
    return line.casefold().startswith(_CLOSING)


def adopts(line: str) -> bool:
    """Return whether a line in capitals says in the words of a preamble that an institution has adopted the act."""
    return line.isupper() and any(words in line.casefold() for words in _PREAMBLE)


def is_contents(line: str) -> bool:
    """Return whether a line is the name of a table of contents and nothing more.

    >>> is_contents("TABLE OF CONTENTS"), is_contents("Inhaltsverzeichnis:"), is_contents("Contents of the notice")
    (True, True, False)
    """
    return line.strip(_EDGES).casefold() in _CONTENTS


def is_disclaimer(line: str) -> bool:
    """Return whether a line is the publisher's remark that a consolidated text is only documentation."""
    return line.casefold().startswith(_DISCLAIMER)


def _number_in_title(line: str, words: frozenset[str]) -> str | None:
    parts = _CLOSED_UP.sub(r"\1 \2", line.replace("\u00a0", " ")).split()
    if not 2 <= len(parts) <= 4:
        return None
    for word, rest in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        if word.strip(_EDGES).lower() not in words:
            continue
        number = _plain_number(" ".join(rest).strip(_EDGES))
        if number.lower() in _ORDINALS:
            return _ORDINALS[number.lower()]
        if _NUMBER.fullmatch(number) or number.lower() in _COUNT_WORDS:
            return number
    return None


def _plain_number(printed_text: str) -> str:
    """Return a number with its Greek or Cyrillic look-alikes as Roman numerals, without the sign of an ordinal."""
    number = _ORDINAL_SIGN.sub(lambda sign: "-" * (sign.end() < len(printed_text)), _NO.sub("", printed_text))
    number = _INSERTION_SIGN.sub("", number.replace("--", "-")).rstrip("º°.")
    roman = number.translate(_LOOKALIKES)
    return roman if _ROMAN.fullmatch(roman.lower()) else number
