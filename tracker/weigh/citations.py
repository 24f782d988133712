"""Citations: what names another provision or act; a number inside one is never an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator

REFERENCE = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]{1,20}[条款项章节编](?:之[一二三四五六七八九十]+)?"
    r"|(?<!\w)(?:articles?|arts?\.|sections?|secs?\.|§+|rules?|regulations?|annex(?:es)?|schedules?|"
    r"(?:sub-?)?paragraph(?:e|s|es)?|alinéas?|points?|clauses?|"
    r"sub-?sections?|sub-?rules?|chapters?|titles?|parts?|parties?|artikel[enst]{0,2}|absatz|absätze|lid|leden|bijlage|"
    r"anhang|nummer|buchstabe)\s"
    r"(?:\d{1,6}[a-z]{0,2}(?:[-.]\d{1,6}[a-z]{0,2}){0,4}(?:\s(?:bis|ter|quater|quinquies|sexies|septies|octies))?(?!\w)"
    r"|(?-i:[IVXLC]+)(?!\w)|\([a-z\d]+\))"
    r"(?:\s?\(\w{1,4}\))*",
    re.IGNORECASE,
)
_MORE = (
    r"(?:\d{1,4}[a-z]?(?:\.\d{1,6})?(?:\(\w{1,4}\))*(?:\s(?:bis|ter|quater|quinquies|sexies))?"
    r"|(?-i:[IVXLC]+)|\(\w{1,4}\))(?![\w])"
)
_AND = r"(?:,|\s?[-–]|,?\s(?:and|or|to|through|und|oder|bis|et|ou|en|of|tot|à))"
_LIST = rf"(?:{REFERENCE.pattern})(?:{_AND}\s?{_MORE}){{0,40}}"
LISTED = re.compile(
    rf"{_LIST}(?:(?:,\s|\s(?:of|de|du|van|des)\s(?:the\s|l['’])?){_LIST}){{0,3}}", re.IGNORECASE
)  # Article 70(1) and (2); Articles 5, 6 and 9
_CODE_TARGET = r"(?>\d[\w.-]*(?:\(\w{1,5}\))*)"
_MONTH = r"[A-Z][a-zé]{2,9}"
_ACT = (
    r"(?:Regulations?|Directives?|Decisions?|Recommendations?|règlements?|directives?|décisions?|verordening(?:en)?|"
    r"richtlijn(?:en)?|besluit|Verordnung(?:en)?|Richtlinien?|Beschluss)"
)
OTHER_ACT = re.compile(
    r"|".join(
        [
            rf"\b\d+\s?(?:U\.?\s?S\.?\s?C\.?|C\.?F\.?R\.?)(?:\s(?:parts?|chapters?))?\s?§*\s?{_CODE_TARGET}"
            rf"(?:(?:,?\s(?:and|or|to|through)\s|,\s|[-–]){_CODE_TARGET}(?!\s?(?:U\.?\s?S|C\.?\s?F))){{0,20}}",
            r"\b\d+\s(?:Stat\.|F\.R\.|FR|Fed\. Reg\.)\s\d[\d,]*",
            r"\b(?:Public Law|Pub\.\s?L\.|P\.\s?L\.)\s(?:No\.\s)?\d+[-–]\d+",
            rf"\b{_ACT}\s\((?:EU|EC|EEC|UE|CE|CEE|EG|EWG|Euratom|CFSP)[^)]{{0,14}}\)\s(?:No\.?\s|n[o°]\s?|nr\.?\s)?"
            rf"\d{{1,4}}/\d{{1,4}}(?:\s(?:of|du|van|vom)\s\d{{1,2}}\.?\s{_MONTH}\s\d{{4}})?",
            rf"\b{_ACT}\s\d{{2,4}}/\d{{1,4}}/[A-Z]{{2,7}}",
            r"(?<![\d/])\d{2,4}/\d{1,5}(?:/[A-Z]{2,7})?(?![\d/])",
            r"\b(?:No\.?|Nos\.|n[o°]|Nr\.)\s?\d[\d/.-]*",
            r"\b(?:COM|SWD|JOIN)\(\d{4}\)\s?\d+",
            r"\bOJ\s?[LC][\s\d,./p]{1,40}\d",
            r"\b(?:ISO|IEC|EN|ETSI|IEEE|NIST|RFC|GB/T|GB|IS)(?:[/\s-](?:ISO|IEC|TS|TR|SP|IS))*[\s-]?\d[\d.:-]*",
            r"[〔\[（(]\d{4}[〕\]）)]\s?第?\d+号",
            r"(?:令|公告|通知)?第[〇零一二三四五六七八九十百千\d]{1,12}(?:号|届|次会议|次|期|页|卷)",
            r"\b(?:[A-Z][\w’'-]+\s(?:(?:of|and|the|for|on)\s){0,2}){0,8}(?:Act|Code|Rules?|Regulations?|Ordinance|Order),?\s(?:of\s)?\d{4}\b",
            r"《[^》]{1,60}》",
        ]
    )
)
ADDRESS = re.compile(
    r"|".join(
        [
            r"\b(?:P\.?\s?O\.?\s?Box|Suite|Room|Floor|ZIP|postcode)\s\d[\d-]*",
            r"\b\d{1,5}\s(?:[A-Z][\w.]*\s){1,3}(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Boulevard|Drive|Lane)\b",
            r"\b[A-Z]{2}\s\d{5}(?:-\d{4})?\b",
        ]
    )
)


def references(text: str) -> list[str]:
    """Return the references in *text*, as written."""
    return [" ".join(hit[0].split()) for hit in REFERENCE.finditer(text)]


def citations(text: str) -> list[str]:
    """Return each citation of another act in *text*, as written."""
    return [" ".join(hit[0].split()) for hit in OTHER_ACT.finditer(text) if not hit[0].startswith("《")]


def citation_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where references and citations of acts stand in *text*."""
    for pattern in (LISTED, OTHER_ACT, ADDRESS):
        for hit in pattern.finditer(text):
            yield hit.start(), hit.end()
