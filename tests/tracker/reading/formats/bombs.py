"""Files that are small and ask for everything: each must be refused, or read, in seconds and little memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

_TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"


def a_zip(parts: dict[str, bytes | str], level: int = 9) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def a_pdf(*objects: bytes) -> bytes:
    """Return objects 1, 2, … as a PDF; object 1 is the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(body),
    )


def _pack(start: bytes, again: bytes, times: int) -> bytes:
    """Return *start* and *again* a million *times* over, packed without ever being held whole."""
    packer = zlib.compressobj(9)
    million = again * 1_000_000
    return packer.compress(start) + b"".join(packer.compress(million) for _ in range(times)) + packer.flush()


def _stream(data: bytes, extra: bytes = b"", body: bytes = b"") -> bytes:
    body = body or zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(body), extra, body)


def _one_page(
    content: bytes, *more: bytes, resources: bytes = b"/Font<</F 5 0 R>>", box: bytes = b"0 0 595 842"
) -> bytes:
    return a_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<%s>>>>" % (box, resources),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )


def a_page_of(content: bytes) -> bytes:
    """Return a PDF of one page on which *content* is drawn."""
    return _one_page(_stream(content))


def pdf_of_endless_text() -> bytes:
    return _one_page(_stream(b"", body=_pack(b"BT /F 9 Tf ", b"1 0 0 1 9 9 Tm (aaaa) Tj ", 12)))


def pdf_of_zeros() -> bytes:
    return _one_page(_stream(b"", body=_pack(b"", b"0 ", 400)))


def pdf_of_forms_in_forms() -> bytes:
    forms = []
    for depth in range(9):
        resources = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>"
        content = b"/X Do " * 20 if depth < 8 else b"BT /F 9 Tf (a) Tj ET"
        forms.append(_stream(content, resources % (7 + depth)))
    return _one_page(_stream(b"/X Do " * 20), *forms, resources=b"/XObject<</X 6 0 R>>")


def pdf_of_pages_without_end() -> bytes:
    return a_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>")


def pdf_of_a_page_of_a_square_mile() -> bytes:
    return _one_page(_stream(b"q Q"), box=b"0 0 14400000 14400000")


def word_that_expands_without_end() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(600):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def word_of_a_million_entries() -> bytes:
    return a_zip({f"x/{n}": b"" for n in range(60_000)} | {"word/document.xml": b"<w/>"}, level=1)


def word_with_entities() -> bytes:
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
    return a_zip({"[Content_Types].xml": _TYPES, "word/document.xml": laughs})


def word_nested_without_end() -> bytes:
    return a_zip({"[Content_Types].xml": _TYPES, "word/document.xml": b"<w>" * 300_000})


def xml_that_laughs() -> bytes:
    lines = ['<!ENTITY l0 "ha">', *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))]
    return f'<?xml version="1.0"?><!DOCTYPE r [{"".join(lines)}]><RULE>&l11;</RULE>'.encode()


def xml_that_repeats_one_entity() -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{"a" * 50_000}">]><RULE>{"&a;" * 50_000}</RULE>'.encode()


def xml_that_asks_for_a_file() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><RULE>&a;</RULE>'


def xml_nested_without_end() -> bytes:
    return b'<?xml version="1.0"?>' + b"<RULE>" * 60_000


MANY: dict[str, Callable[[], bytes]] = {
    "html nested without end": lambda: b"<div>" * 60_000,
    "html of millions of tags": lambda: b"<p>x" * 1_000_000,
    "html of inline elements": lambda: b"<html><body>" + b"<b>x" * 60_000,
    "html that ends again and again": lambda: b"<html><body><p>x</p>" + b"</html>" * 200_000,
    "html of angle brackets": lambda: b"<html><p>" + b"<" * 4_000_000,
    "html of open comments": lambda: b"<html><p>" + b"<!-- " * 200_000,
    "html of attributes": lambda: b"<html><p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x</p></html>",
    "html of tables in tables": lambda: b"<html>" + b"<table><tr><td>" * 20_000,
    "text of one line": lambda: b"a" * 4_000_000,
    "text of spaces": lambda: b"Section 1. x" + b" " * 4_000_000 + b"x",
    "text of line ends": lambda: b"Section 1. x" + b"\n" * 5_000_000 + b"x",
    "text in punycode": lambda: b'<meta charset="punycode"><p>' + b"\xff" + b"a-b" * 500_000,
    "json of brackets": lambda: b'{"a":' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}",
    "json of digits": lambda: b'{"a":' + b"1" * 5_000_000 + b"}",
    "xml that laughs": xml_that_laughs,
    "xml that repeats one entity": xml_that_repeats_one_entity,
    "xml that asks for a file": xml_that_asks_for_a_file,
    "xml nested without end": xml_nested_without_end,
    "word that expands without end": word_that_expands_without_end,
    "word of many entries": word_of_a_million_entries,
    "word with entities": word_with_entities,
    "word nested without end": word_nested_without_end,
    "pdf of endless text": pdf_of_endless_text,
    "pdf of zeros": pdf_of_zeros,
    "pdf of forms in forms": pdf_of_forms_in_forms,
    "pdf of pages without end": pdf_of_pages_without_end,
    "pdf of a page of a square mile": pdf_of_a_page_of_a_square_mile,
}
