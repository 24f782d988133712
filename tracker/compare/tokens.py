"""Redline tokens: the smallest pieces a lawyer would strike or add, never half a number, date, amount or reference."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tracker.compare.normal import CJK, fold, fold_with_places, is_folded

_ZH = "〇零一二三四五六七八九十百千万亿两廿卅"
_ZH_NUMBER = rf"(?:[{_ZH}]{{1,20}}|\d[\d,.]*)"
_ZH_UNITS = (
    "个工作日|工作日|个自然日|自然日|个月|个小时|小时|分钟|万元|亿元|千元|百元|元|日|天|周岁|周|年|月|倍|人民币|"
    "人|次|件|名|吨|万|%"
)
_ZH_WORDS = "以上|以下|以内|以外|不足|超过|应当|必须|不得|可以|禁止|严禁|或者|以及|并且|有权|除外"
_MONTHS = (
    "January February March April May June July August September October November December "
    "januari februari maart mei juni juli augustus oktober december Januar Februar März Mai Juni Juli August Oktober "
    "Dezember janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
)
_MONTH = "(?:" + "|".join(sorted(set(_MONTHS.split()), key=len, reverse=True)) + ")"
_ORDINARY = r"\d{1,3}(?:[ ,.]\d{3}){1,9}(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_SPELLED_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPELLED_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|eighteen|hundred"
)
_NUMBER_WORDS = rf"(?:(?:{_SPELLED_TENS})(?:-(?:{_SPELLED_ONES}))?|{_SPELLED_ONES})"
_UNITS = (
    "(?:business |working |calendar )?(?:days?|months?|years?|hours?|weeks?|minutes?)|per cent|percent|%|"
    "million|billion|lakhs?|crores?|thousand|dagen|dag|maanden|maand|jaar|jaren|uur|weken|Tage?n?|Monate?n?|Jahre?n?|"
    "Stunden|Wochen|jours?|mois|ans?|heures?|semaines?|दिन|दिनों|मास|वर्ष"
)
_CURRENCY = r"(?:EUR|USD|GBP|INR|CNY|RMB|Rs\.?|€|\$|£|¥|₹)"
_REFERRERS = (
    "[Aa]rticles?|ARTICLES?|[Aa]rtikel(?:s|en|n)?|[Ss]ections?|SECTIONS?|[Ss]ecs?\\.|SECS?\\.|§+|[Rr]ules?|"
    "[Rr]egulations?|"
    "[Aa]nnex(?:es)?|ANNEX|[Cc]hapters?|CHAPTERS?|[Ss]chedules?|[Pp]aragraphs?|[Pp]oints?|[Ss]ub-?paragraphs?|"
    "[Ss]ub-?sections?|SUBSECTIONS?|[Cc]lauses?|[Ss]ub-?rules?|[Ll]id|[Aa]bsatz|[Hh]oofdstuk|[Bb]ijlage|धारा|नियम"
)
_TARGET = r"(?:\d+(?:[-.]\d+)*[a-z]{0,2}|\([0-9A-Za-z]{1,4}\)|[IVXLC]+\b)(?:\(\w{1,4}\))*"
REFERENCE = (
    rf"第\(?{_ZH_NUMBER}\)?(?:条(?:之[{_ZH}]{{1,20}})?|款|项|目|章|节|编)"
    rf"|(?:(?:{_REFERRERS}) ?(?<![A-Za-z]){_TARGET}"
    rf"(?:(?:,| and| or| to| en| of| tot| und| oder| bis| et| ou| à|-) ?{_TARGET})*)"
)
LETTER = rf"[^\W\d_{CJK}\u0900-\u0963\u0966-\u097f]|[\u0900-\u0963\u0970-\u097f]"
_WORD = rf"(?:{LETTER})(?:{LETTER}|\d)*(?:['-](?:{LETTER})(?:{LETTER}|\d)*)*"
REDLINE_TOKEN = re.compile(
    "|".join(
        [
            REFERENCE,
            rf"\d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?|[〇零一二三四五六七八九]{{4}}年(?:[{_ZH}]{{1,20}}月(?:[{_ZH}]{{1,20}}日)?)?",
            rf"百分之{_ZH_NUMBER}|[{_ZH}]{{1,20}}分之[{_ZH}]{{1,20}}",
            rf"\d{{1,2}}(?:\.|st|nd|rd|th)? (?:day of )?{_MONTH}(?![A-Za-z])(?:,? ?\d{{4}})?",
            rf"{_MONTH} \d{{1,2}}(?:, ?\d{{4}})?",
            rf"(?<![A-Za-z]){_MONTH.upper()} \d{{1,2}}(?:, ?\d{{4}})?",
            rf"{_CURRENCY} ?(?:{_ORDINARY})(?: (?:million|billion|lakhs?|crores?|thousand)\b)?",
            rf"(?:[{_ZH}]{{1,20}}|{_ORDINARY})(?:{_ZH_UNITS})",
            rf"(?:{_ORDINARY})(?: ?(?:{_UNITS})(?![A-Za-z]))?(?: ?(?:EUR|USD|INR|euros?|dollars|rupees)\b)?",
            rf"\b{_NUMBER_WORDS} (?:{_UNITS})(?![A-Za-z])",
            rf"[{_ZH}]{{1,20}}",
            _ZH_WORDS,
            rf"[{CJK}]",
            _WORD,
            r"\.\.\.+|''|\S",
        ]
    )
)
_GROUP = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")  # 10 000 000 and 10000000 are one amount
REFERENCE_PATTERN = re.compile(REFERENCE)
_WIDE = re.compile(f"[{CJK}]")
SENTENCE_ENDS = frozenset({".", ";", "!", "?", ":"})


class RedlineToken(NamedTuple):
    """One piece of a text: its own characters, the blanks after it, and its compare-normal key."""

    core: str
    gap: str
    key: str


def keys(text: str) -> tuple[str, ...]:
    """Return the compare-normal form of *text* as a sequence of token keys: equal keys, equal words."""
    folded_text = fold(text)
    return tuple(_key(match, folded_text) for match in REDLINE_TOKEN.finditer(folded_text))


def tokens(text: str) -> tuple[str, list[RedlineToken]]:
    """Return the blanks before the first token, and all tokens; together they are *text*, character for character."""
    if is_folded(text):
        return _plain(text)
    folded_text, starts, ends = fold_with_places(text)
    matches = list(REDLINE_TOKEN.finditer(folded_text))
    if not matches:
        return text, []
    firsts = [starts[match.start()] for match in matches]
    pieces = []
    for match, first, after in zip(matches, firsts, [*firsts[1:], len(text)], strict=True):
        last = min(max(ends[match.end() - 1], first), after)  # one raw character may give several tokens
        pieces.append(RedlineToken(text[first:last], text[last:after], _key(match, folded_text)))
    return text[: firsts[0]], pieces


def _plain(text: str) -> tuple[str, list[RedlineToken]]:
    matches = list(REDLINE_TOKEN.finditer(text))
    if not matches:
        return text, []
    afters = [*(match.start() for match in matches[1:]), len(text)]
    pieces = [
        RedlineToken(match[0], text[match.end() : after], _key(match, text))
        for match, after in zip(matches, afters, strict=True)
    ]
    return text[: matches[0].start()], pieces


@lru_cache(maxsize=1 << 16)
def is_reference(key: str) -> bool:
    """Return whether a token key names another provision."""
    return REFERENCE_PATTERN.fullmatch(key) is not None


def is_typed(key: str) -> bool:
    """Return whether a key is a number, date, amount or reference: something that is read on its own."""
    return key[:1].isdigit() or key[:1] in _ZH or is_reference(key) or key[-1:].isdigit()


@lru_cache(maxsize=1 << 16)
def is_wide(key: str) -> bool:
    """Return whether a key holds Chinese characters."""
    return _WIDE.search(key) is not None


def sentences(pieces: list[RedlineToken]) -> list[tuple[int, int]]:
    """Return where each sentence starts and ends in a list of tokens."""
    spans = []
    first = 0
    for index, piece in enumerate(pieces):
        if piece.key in SENTENCE_ENDS:
            spans.append((first, index + 1))
            first = index + 1
    if first < len(pieces):
        spans.append((first, len(pieces)))
    return spans


def _key(match: re.Match[str], folded_text: str) -> str:
    key = match[0]
    if key in {'"', "''"}:
        # one quotation mark is as good as another, but 5' and 5" are feet and inches
        at = match.start()
        return '"' if at and folded_text[at - 1].isdigit() else "'"
    return _GROUP.sub("", key) if " " in key else key
