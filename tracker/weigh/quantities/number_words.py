"""Numbers as laws write them: digits grouped in four ways, English words, Chinese numerals, lakh and crore."""

from __future__ import annotations

import re

ZH = "〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
_ONES = {
    name: value
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_OTHER_ONES = {
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici",
}
_OTHER_MORE = {
    "es": {
        "veinte": 20,
        "treinta": 30,
        "cuarenta": 40,
        "cuarenta y cinco": 45,
        "sesenta": 60,
        "noventa": 90,
        "cien": 100,
    },
    "it": {
        "venti": 20,
        "trenta": 30,
        "quaranta": 40,
        "quarantacinque": 45,
        "sessanta": 60,
        "novanta": 90,
        "cento": 100,
    },
    "fr": {"une": 1, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100},
    "nl": {"één": 1, "twintig": 20, "dertig": 30, "zestig": 60, "negentig": 90, "honderd": 100},
    "de": {
        "eine": 1,
        "einem": 1,
        "einen": 1,
        "einer": 1,
        "eines": 1,
        "zwanzig": 20,
        "dreißig": 30,
        "sechzig": 60,
        "siebzehn": 17,
        "achtzehn": 18,
        "neunzehn": 19,
    },
}
_SPELLED_ONCE = {
    word: value for words in _OTHER_ONES.values() for value, word in enumerate(words.split()) if word not in _ONES
} | {word: value for more in _OTHER_MORE.values() for word, value in more.items()}
SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7,
    "crores": 10**7, "千": 10**3, "万": 10**4, "亿": 10**8, "miljoen": 10**6, "millionen": 10**6, "millions": 10**6,
}  # fmt: skip
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGITS |= {char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_INDIAN = r"\d{1,2}(?:,\d{2}){1,6},\d{3}(?:\.\d{1,2})?(?!\d)"  # 5,00,000
NUMERAL = rf"(?:{_INDIAN}|\d{{1,3}}(?:[ ,.\u00a0\u2009\u202f]\d{{3}}){{1,9}}(?:[.,]\d{{1,2}})?(?!\d)|\d+(?:[.,]\d+)?)"
_SPELLED_ONE = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|hundred"
)
_INNER_SCALE = r"(?:(?:thousand|million|billion|lakhs?|crores?),?\s(?:and\s)?)?"
# two hundred and fifty; twenty-six million six hundred: the last scale is none of the number's own words
_SPELLED = rf"(?:{_SPELLED_ONE})(?:\s(?:and\s)?{_INNER_SCALE}(?:{_SPELLED_ONE})(?!\w)){{0,9}}"
_ONCE = "|".join(sorted(map(re.escape, _SPELLED_ONCE), key=len, reverse=True))
NUMBER = rf"(?:{NUMERAL}|(?<!\w)(?:{_SPELLED}|{_ONCE})(?!\w)|[{ZH}]{{1,20}})"


def number(text: str) -> float | None:
    """Return the number *text* spells in digits, words or Chinese numerals."""
    bare = text.strip().lower()
    if bare[:1].isdigit():
        return _in_digits(bare)
    if bare and all(char in ZH for char in bare):
        return _chinese(bare)
    if bare in _SPELLED_ONCE:
        return float(_SPELLED_ONCE[bare])
    parts = [part for part in re.split(r"[-,\s]+", bare) if part in _ONES or part in SCALES]
    return _spell_out(parts) if parts else None


def with_scale(text: str, scale: str) -> float | None:
    """Return the number *text* spells times the scale word behind it: twenty-six million six hundred, thousand."""
    if any(part in SCALES for part in re.split(r"[-,\s]+", text.lower())):
        return number(f"{text} {scale}")
    size = number(text)
    return None if size is None else size * SCALES.get(scale.lower(), 1)


def _spell_out(parts: list[str]) -> float:
    total = section = 0
    for part in parts:
        if part in SCALES:
            total, section = total + (section or 1) * SCALES[part], 0
        else:
            section = (section or 1) * 100 if _ONES[part] == 100 else section + _ONES[part]
    return float(total + section)


def _in_digits(text: str) -> float | None:
    bare = re.sub(r"[ \u00a0\u2009\u202f]", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3}){1,9}", bare):
        return float(re.sub(r"[.,]", "", bare))
    if re.fullmatch(r"\d{1,3}(?:,\d{2,3}){0,9},\d{3}(?:\.\d+)?", bare):
        return float(bare.replace(",", ""))
    bare = bare.replace(",", ".")
    try:
        return float(bare)
    except ValueError:
        return None


def _chinese(text: str) -> float:
    if all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    total = section = part = 0
    for char in text:
        if char in _DIGITS:
            part = _DIGITS[char]
        elif char in "万亿":
            total = (total + section + part or 1) * SCALES[char]
            section = part = 0
        else:
            section += (part or 1) * _STEPS[char]
            part = 0
    return float(total + section + part)
