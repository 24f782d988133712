"""Hand-written pages made whole: repeated, filled in, printed as PDF or packed as DOCX."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping


def expand(text: str, values: Mapping[str, str], times: int) -> str:
    """Fill in a page; what stands between ⟦ and ⟧ is repeated."""

    def repeat(match: re.Match[str]) -> str:
        return "".join(
            _fill(match[1], {"n": str(n), "dd": f"{n % 28 + 1:02}", "cn": numeral(n)}) for n in range(1, times + 1)
        )

    return _fill(re.sub(r"⟦(.*?)⟧", repeat, text, flags=re.S), values)


def _fill(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def numeral(n: int) -> str:
    """Write *n* as a Chinese article does, up to 199."""
    if n >= 100:
        rest = n - 100
        return "一百" + (
            "" if not rest else "零" + numeral(rest) if rest < 10 else ("一" if rest < 20 else "") + numeral(rest)
        )
    tens, ones = divmod(n, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")


_DIGITS = "零一二三四五六七八九"


def a_pdf(text: str) -> bytes:
    """Print *text* as a PDF of as many pages as it needs."""
    lines = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.splitlines()]
    sheets = [lines[start : start + 40] for start in range(0, len(lines), 40)]
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for sheet in sheets:
        content = "BT /F1 10 Tf 16 TL 60 780 Td " + " ".join(f"({line}) Tj T*" for line in sheet) + " ET"
        parts.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream".encode("latin-1"))
        kids.append(f"{len(parts) + 1} 0 R")
        page = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(parts)} 0 R"
        parts.append(f"<< {page} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
    parts[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    return (
        bytes(out) + f"{head}trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    )


def a_docx(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", f"<w:document><w:body><w:p>{text}</w:p></w:body></w:document>")
    return out.getvalue()
