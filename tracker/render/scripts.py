"""Which language a short text is in, so that browsers and readers' voices treat it as such."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_SCRIPTS: Mapping[str, re.Pattern[str]] = {  # the language that is meant when nothing else is known
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u3400-\u9fff\uf900-\ufaff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
}
_LANGUAGES = {  # which known languages are written in the script of another
    "ja": ("ja",),
    "ko": ("ko",),
    "zh": ("zh", "ja", "yue", "ko"),
    "hi": ("hi", "mr", "ne", "sa", "kok", "mai", "bho"),
}
_LATIN = re.compile(r"[^\W\d_]", re.ASCII)
_MUCH = 0.3  # a title is in the script of a third of its letters: citations in it are often in Latin ones


@lru_cache(maxsize=4096)
def language_of(text: str, declared_language: str = "") -> str:
    """Return the language of *text*: the declared one when it is written in that script, else what the script says.

    >>> language_of("网络安全法", "zh-Hans"), language_of("Cybersecurity Law", "zh"), language_of("डेटा संरक्षण")
    ('zh-Hans', 'en', 'hi')
    """
    base, latin = declared_language.partition("-")[0].lower(), len(_LATIN.findall(text))
    for language, letters in _SCRIPTS.items():
        count = len(letters.findall(text))
        if count and count >= _MUCH * (count + latin):
            return declared_language if base in _LANGUAGES[language] else language
    return (
        "en"
        if not declared_language or base in {name for names in _LANGUAGES.values() for name in names}
        else declared_language
    )
