"""Names of acts of the Union: found in running text, and turned into CELEX numbers."""

from __future__ import annotations

import re

from tracker.reading.europe.speech import Speech

COMMUNITIES = (
    r"(?:EU|UE|EG|EC|CE|EEG|EEC|EWG|CEE|EGKS|EURATOM|Euratom|GASP|CFSP|PESC|GBVB|JHA|JI|JAI|JBZ|"
    r"WE|WPZiB|WSiSW|EØF|EF|EHS|ES|RIA|RIF|SVV|FUSP|GUSP|SZBP|EÚ|EK|EGK|EY|ETY|EL|EÜ|EMÜ|EZ|EEZ|EB|EEB|EEK|KE|KEE|EGS|"
    r"AE|ΕΕ|ΕΚ|ΕΟΚ|ΕΚΑΧ|Ευρατόμ|ΚΕΠΠΑ|ЕС|ЕО|ЕИО|Евратом|ОВППС)"
)
_NO = (
    r"(?:No\.?|nr\.?|Nr\.?|NR\.?|N\.|n\.?[°oº]\.?|N\s?[°oº]\.?|n\s?[°oº]\.?|n\.|núm\.|č\.|N:o|αριθ\.|Uimh\.|br\.|Nru|"
    r"št\.|№)"
)
NUMBER = re.compile(
    rf"\({COMMUNITIES}(?:,\s?{COMMUNITIES})?\)\s?(?:{_NO}\s?)?\d{{1,4}}/\d{{1,4}}"
    rf"|\b\d{{2,4}}/\d{{1,4}}/{COMMUNITIES}\b|(?:{_NO}\s?)\d{{1,4}}/\d{{2,4}}/{COMMUNITIES}\b"
)
_FIGURES = re.compile(r"(\d{1,4})/(\d{1,4})")
_LETTERS = {"regulation": "R", "directive": "L", "decision": "D", "recommendation": "H"}


def named_acts(text: str, speech: Speech) -> list[str]:
    """Return the acts *text* names, each with the kind that governs its number ("Directives 2014/90/EU, 2016/…")."""
    kinds = [(match.start(), match.end(), match[1]) for match in speech.type.finditer(text)]
    acts: list[str] = []
    for match in NUMBER.finditer(text):
        governing_act = [word for _, end, word in kinds if end <= match.start()]
        behind = [word for start, _, word in kinds if start >= match.end()]
        if speech.kind_last and behind:
            governing_act.append(behind[0])
        if governing_act:
            acts.append(f"{_singular(governing_act[-1], speech)} {' '.join(match[0].split())}")
    return list(dict.fromkeys(acts))


def celex(number: str, kind: str) -> str:
    """Return the CELEX number of an act by its printed number and kind, or "".

    >>> [celex(n, k) for n, k in (("(EU) 2024/1689", "regulation"), ("95/46/EC", "directive"))]
    ['32024R1689', '31995L0046']
    >>> celex("(EU) No 575/2013", "regulation")
    '32013R0575'
    """
    figures, letter = _FIGURES.search(number), _LETTERS.get(kind)
    if not figures or not letter:
        return ""
    first, second = figures[1], figures[2]
    numbered_first = re.search(_NO, number) is not None
    year, serial = (second, first) if numbered_first else (first, second)
    year = f"19{year}" if len(year) == 2 else year
    return f"3{year}{letter}{int(serial):04d}" if len(year) == 4 else ""


def _singular(word: str, speech: Speech) -> str:
    kind = speech.types[word.lower()]
    forms = [form for form, of in speech.types.items() if of == kind and word.lower().startswith(form[:-3])]
    return (forms[0] if forms else word).capitalize()
