"""A Word document (DOCX) as a package of parts: A4, and the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MADE_AT = (1980, 1, 1, 0, 0, 0)  # of every part: the same comparison gives the same bytes
_FORBIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # by XML
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{MEDIA_TYPE}.main+xml"/>{{overrides}}</Types>'
)
_RELATIONS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_RELATIONS = (
    f'{_RELATIONS_HEAD}<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1304" w:right="1304" w:bottom="1304" w:left="1304"/></w:sectPr>'
)


@dataclass(frozen=True, slots=True)
class DocxPart:
    """A further part of a document, such as a chart: its name below ``word/``, its kinds, its content.

    The body refers to it by ``relation_id``.
    """

    relation_id: str
    name: str
    content_type: str
    relation_type: str
    content: str


def docx_file(body: str, extra_parts: Sequence[DocxPart] = ()) -> bytes:
    """Return the document whose paragraphs and tables are *body*, as WordprocessingML."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_W}"><w:body>'
        f"{body}{_PAGE}</w:body></w:document>"
    )
    overrides = "".join(
        f'<Override PartName="/word/{part.name}" ContentType="{part.content_type}"/>' for part in extra_parts
    )
    parts = {"[Content_Types].xml": _TYPES.format(overrides=overrides), "_rels/.rels": _RELATIONS,
             "word/document.xml": document}  # fmt: skip
    if extra_parts:
        relations = "".join(
            f'<Relationship Id="{part.relation_id}" Type="{part.relation_type}" Target="{part.name}"/>'
            for part in extra_parts
        )
        parts["word/_rels/document.xml.rels"] = f"{_RELATIONS_HEAD}{relations}</Relationships>"
        parts |= {f"word/{part.name}": part.content for part in extra_parts}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE_AT), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def clean_text(text: str) -> str:
    """Return *text* as Word keeps it: no tabulators, no characters that XML forbids."""
    return _FORBIDDEN_CHARACTERS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
