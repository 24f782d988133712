"""The Gazette of India's furniture, by the words it is printed in."""

from __future__ import annotations

import re

_RUNNING_HEADS = (
    re.compile(r"(?:\d{1,4}\s+)?THE\s+GAZETTE\s+OF\s+INDIA\s*:?\s*EXTRAORDINARY.{0,60}"),
    re.compile(r"(?:\d{1,4}\s+)?\[\s*PART\s+[IVX]+\s*[—–-]+\s*SEC\.?\s*\d.{0,70}"),
    re.compile(r"(?:\d{1,4}\s+)?\[?\s*भाग\s+[IVX]+\s*[—–-].{0,40}"),
    re.compile(r"(?:\d{1,4}\s+)?भारत\s+का\s.{0,20}असाधारण.{0,40}"),
    re.compile(r"<!--.{0,80}-->"),
)
_NAMES = (
    ("gazette mark", re.compile(r"(?:x+\s?GID[HE]\s?x+\s?){1,2}(?:REGISTERED.{0,60}|REGD\..{0,60})?", re.I)),
    ("gazette id", re.compile(r"(?:CG|SG)-[A-Z]{2}-[A-Z]-\d{8}-\d{3,8}")),
    ("gazette id", re.compile(r"सी\.जी\.-.{2,12}-अ\.?-\d{8}-\d{3,8}")),
    ("press number", re.compile(r"\d{1,5}\s*GI/\d{4}(?:\s*\(\d{1,3}\))?")),
    ("masthead", re.compile(r"(?:रजिस्ट्री|रजिस्ट्र|REGD\.|REGISTERED\s+No).{0,80}", re.I)),
    ("masthead", re.compile(r"EXTRAORDINARY|The\s+Gazette\s+of\s+India|PUBLISHED\s+BY\s+AUTHORITY|असाधारण")),
    ("masthead", re.compile(r"PART\s+[IVX]+\s*[—–-]+\s*Section\s+\d.{0,40}", re.I)),
    ("masthead", re.compile(r"(?:सं\.?\s*\d{1,5}\]\s*)?No\.\s*\d{1,5}\](?:.{0,6}NEW\s+DELHI.{0,90})?")),
    (
        "masthead",
        re.compile(
            r".{0,90}\bNEW\s+DELHI,\s+(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY,\s+[A-Z]+\s+\d{1,2},\s+\d{4}\s*/.{0,40}"
        ),
    ),
    ("signature", re.compile(r"Digitally\s+signed\s+by.{0,80}", re.I)),
    ("signature", re.compile(r"Date:\s*\d{4}\.\d{2}\.\d{2}\s.{0,30}")),
    ("imprint", re.compile(r"(?:Uploaded\s+by\s+Dte\.|and\s+Published\s+by\s+the\s+Controller).{0,160}", re.I)),
    ("page number", re.compile(r"\(\d{1,3}\)|\d{1,4}\s+GI/\d{4}")),
    ("picture", re.compile(r"\[View Image\]")),
)
_LONGEST = 200
_NOT_FURNITURE = frozenset({"(1)", "(2)", "(3)", "(4)", "(5)", "(6)"})


def is_running_head(text: str) -> bool:
    """Say whether *text* is the head of a gazette page, English or Hindi."""
    return any(pattern.fullmatch(text) for pattern in _RUNNING_HEADS)


def furniture_of(text: str) -> str:
    """Return the name of the furniture that *text* is, or nothing when it is law."""
    if len(text) > _LONGEST or text in _NOT_FURNITURE:
        return ""
    if is_running_head(text):
        return "running head"
    return next((name for name, pattern in _NAMES if pattern.fullmatch(text)), "")
