"""Turn bytes into text: byte-order mark, strict UTF-8, what is declared, Chinese, and only then Windows Latin."""

from __future__ import annotations

import codecs
import re

from storage.records import Flaw

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAME = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)


def decode(body: bytes, media_type: str = "") -> tuple[str, str, list[Flaw]]:
    """Return the text of *body*, the charset used, and a flaw when the charset had to be guessed or bytes were lost.

    GB2312 and GBK are read as their superset GB18030 and ISO-8859-1 as windows-1252, as browsers do (WHATWG Encoding).
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace"), name, []
    for name in ("utf-8", *_declared(body, media_type)):
        text = _strict(body, name)
        if text is not None:
            return text, name, []
    text = _strict(body, "gb18030")
    if text is not None and _mostly_chinese(text):
        return text, "gb18030", []
    guessed = body.decode("cp1252", "replace")
    return guessed, "cp1252", [Flaw("charset", "no charset fits these bytes; read as windows-1252")]


def _declared(body: bytes, media_type: str) -> list[str]:
    names = [m[1] for m in [_HEADER.search(media_type)] if m]
    names += [m[1].decode("ascii") for m in [_DECLARED.search(body[:2048])] if m]
    return [_SAME.get(name.lower(), name) for name in names]


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _mostly_chinese(text: str) -> bool:
    beyond = [c for c in text if ord(c) > 127]
    return bool(beyond) and sum("\u4e00" <= c <= "\u9fff" for c in beyond) / len(beyond) > 0.5
