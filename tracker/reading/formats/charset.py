"""Turn bytes into text: byte-order mark, strict UTF-8, what is declared, Chinese, and only then Windows Latin."""

from __future__ import annotations

import codecs
import re

from crawlers.checks.charsets import is_charset
from storage.records import Flaw

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAME = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
_SAMPLE = 4096
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_CHINESE_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_PLAUSIBLE = re.compile("[\t\r\n\x20-\x7e\xa0-\u024f\u0900-\u097f\u2010-\u2027\u3000-\u3011\u4e00-\u9fff\uff00-\uffee]")
_COMMON = re.compile("[\x20-\x7e\r\n、。，：；的]")
_DECLARATION = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)


def decode(body: bytes, media_type: str = "") -> tuple[str, str, list[Flaw]]:
    """Return the text of *body*, the charset used, and a flaw when the charset had to be guessed or bytes were lost.

    GB2312 and GBK are read as their superset GB18030 and ISO-8859-1 as windows-1252, as browsers do (WHATWG Encoding).
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace"), name, []
    utf16 = unmarked_utf16(body)
    if utf16:
        return body.decode(utf16, "replace"), utf16, []
    for name in ("utf-8", *_declared_names(body, media_type)):
        text = _strict(body, name)
        if text is not None:
            return text, name, []
    text = _strict(body, "gb18030")
    if text is not None and _mostly_chinese(text):
        return text, "gb18030", []
    as_1252 = body.decode("cp1252", "replace")
    return as_1252, "cp1252", [Flaw("charset", "no charset fits these bytes; read as windows-1252")]


def unmarked_utf16(body: bytes) -> str:
    """Return "utf-16-le" or "utf-16-be" when *body* is UTF-16 without a byte-order mark, else "".

    Its spaces and tags have a zero byte each, always on the same side; text of nearly no ASCII is known by its
    punctuation.
    """
    sample = body[: min(_SAMPLE, len(body) // 2 * 2)]
    if len(sample) < 4 or (b"\x00" not in sample and _strict(sample[: len(sample) - 3], "utf-8") is not None):
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        text = sample.decode(name, "replace")
        plausible = len(_PLAUSIBLE.findall(text)) / len(text)
        if plausible > 0.97 and len(_COMMON.findall(text)) / len(text) > 0.03:
            return name
    return ""


def _declared_names(body: bytes, media_type: str) -> list[str]:
    names = [m[1] for m in [_HEADER.search(media_type)] if m]
    names += [m[1].decode("ascii") for m in [_DECLARATION.search(body[:2048])] if m]
    return [codec for name in names if is_charset(codec := _SAME.get(name.lower(), name))]


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _mostly_chinese(text: str) -> bool:
    """Return whether what is not ASCII is Chinese, most of it in runs: an accent misread is a lone character."""
    beyond = len(_NOT_ASCII.findall(text))
    chinese = len(_CHINESE.findall(text))
    in_runs = sum(map(len, _CHINESE_RUN.findall(text)))
    return chinese > 0.5 * beyond and in_runs > 0.6 * chinese
