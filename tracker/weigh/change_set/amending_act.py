"""The act that made a change set, as the new version's history note, list of amenders or title block names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from storage.records import AmendingAct, Reading
from tracker.weigh.quantities.value import Sort
from tracker.weigh.quantities.values import values
from tracker.weigh.words import vocabulary

_DAY_ZH = r"\d{4}年\d{1,2}月\d{1,2}日"
_ZH = re.compile(  # 根据2025年10月28日…《关于修改…的决定》修正: the day nearest to the title is the act's own
    rf"{_DAY_ZH}(?:(?!{_DAY_ZH})[^《》。；\n]){{0,90}}?《(?P<title>[^》]{{0,60}}(?:修改|修正|修订|决定)[^》]{{0,90}})》"
)
_ZH_WHOLE = re.compile(  # 2023年4月27日国务院令第760号修订: the whole law was written anew
    rf"(?P<day>{_DAY_ZH})\s?(?P<title>(?:(?!{_DAY_ZH})[^《》。；，、\s\d]){{0,60}}"
    r"(?:(?P<number>令[\[〔]?(?:\d{4}[\]〕])?第\d+号)|会议)(?:公布)?(?:修订|修正|修改))"
)
_EU_LIST = re.compile(
    r"(?:^|\n|[►▶])\s*(?:Amended by|Corrected by|Modifiée? par|Rectifiée? par|Gewijzigd bij|Gerectificeerd bij|"
    r"Geändert durch|Berichtigt durch)\s?:|(?:^|\n)\s*[►▶▼](?=[MC]\d)"
)
_EU_ACT = re.compile(
    r"(?P<title>\b(?:(?:COMMISSION|COUNCIL)\s)?(?:(?:DELEGATED|IMPLEMENTING)\s)?(?:REGULATION|DIRECTIVE|DECISION|"
    r"RÈGLEMENT|VERORDENING|RICHTLIJN|BESLUIT|VERORDNUNG|RICHTLINIE|BESCHLUSS|DÉCISION)[^\n]{0,30}?"
    r"(?P<number>\d{2,4}/\d{1,4}(?:/[A-Z]{2,3})?)[^\n]{0,160})"
    r"|(?P<corrigendum>(?:Corrigendum|Rectificatif|Rectificatie|Berichtigung),[^\n]{4,90})",
    re.IGNORECASE,
)
_NOT_TITLE = re.compile(r"\s?\(?\b(?:Text with EEA relevance|Texte présentant de l['’]intérêt pour l['’]EEE|"
                        r"Voor de EER relevante tekst|Text von Bedeutung für den EWR)\)?", re.IGNORECASE)  # fmt: skip
_US = re.compile(
    r"(?P<title>(?:Pub\.\s?L\.|Public Law|P\.L\.)\s(?:No\.\s)?(?P<number>\d+[-–]\d+)[^\n.;]{0,80})"
    r"|(?P<fr>\d+\sFR\s\d+,\s[A-Z][a-z]+\.?\s\d{1,2},\s\d{4})"
    r"|[Aa]mended by (?P<act>(?:S\.?B\.?|H\.?B\.?|A\.?B\.?|Senate Bill|House Bill|Assembly Bill|chapter|Chapter|"
    r"Act|L\.|Laws)\s?(?:\d{2}[A-Z]?-)?[\w.-]+[^\n.;]{0,80})"
    r"|(?P<laws>\b(?:L\.|Stats\.)\s\d{4}(?:,\sch\.\s\d+[^\n.;]{0,40}|:[^\n;]{0,80}))"
)
_IN = re.compile(
    r"(?:[Ss]ubs\.|[Ss]ubstituted|[Ii]ns\.|[Ii]nserted|[Aa]mended|[Oo]mitted)\sby\s(?:the\s)?"
    r"(?P<act>Act \d+ of \d{4}[^\n;]{0,60})"
    r"|(?P<gazette>(?P<number>\b[GS]\.?\s?[SO]\.?\s?(?:R\.?)?\s?\d+\s?\(E\))"
    r"(?:,?\sdated\s(?:the\s)?[\w.\s]{3,24}?,?\s?\d{4})?)"
    r"|\b(?P<title>(?:the )?[A-Z][^\n.;:]{4,120}\(?(?:Amendment|AMENDMENT)\)?[^\n.;]{0,40}"
    r"(?:Act|Rules|Regulations|ACT|RULES),? \d{4})"
)
_PATTERNS = {"cn": (_ZH, _ZH_WHOLE), "eu": (_EU_ACT,), "us": (_US,), "in": (_IN,)}
_CAPITALS = re.compile(
    r"\b[A-ZÀ-Ý]{2,}\b(?<!\bEU)(?<!\bEC)(?<!\bEEC)(?<!\bUE)(?<!\bCE)(?<!\bEG)(?<!\bOJ)(?<!\bJO)(?<!\bPB)(?<!/\w\w)"
)
_SMALL_WORDS = frozenset("OF THE AND DU DE LA ET DES VAN HET EN UND DER".split())
_PRINCIPAL = re.compile(r"\bprincipal (?:rules|regulations|act)\b[^;]*$", re.IGNORECASE)
_WHOLE_LISTS = ("eu", "us")  # an older Chinese text often leaves out the decision that made it
_NEAR = 200  # characters
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_SHORT_DAY = re.compile(r"\b(?P<m>[A-Z][a-z]{2,3})\.\s(?P<d>\d{1,2}),\s(?P<y>\d{4})")
_INDIAN_DAY = re.compile(r"\b(?:dated|w\.?e\.?f\.?)\s(?:the\s)?(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})")


def amending_act(old: Reading, new: Reading) -> AmendingAct | None:
    """Return the latest amending act the new version names and the old one does not, or None."""
    familiar = {_name(act) for act in _acts(old)}
    fresh = {_name(act): act for act in _acts(new) if _name(act) not in familiar}
    acts = [act for act in fresh.values() if not act.is_corrigendum] or list(fresh.values())
    if not acts:
        return None
    latest = max(enumerate(acts), key=lambda item: (item[1].on or date.min, item[0]))[1]
    return replace(latest, others=len(acts) - 1 if new.jurisdiction in _WHOLE_LISTS else 0)


def _name(act: AmendingAct) -> str:
    return f"{act.title}|{act.on or ''}"


def _acts(reading: Reading) -> Iterator[AmendingAct]:
    for text in _texts(reading):
        for pattern in _PATTERNS.get(reading.jurisdiction, ()):
            for hit in pattern.finditer(text):
                act = _act(hit, reading)
                if not _is_itself(act, text[max(0, hit.start() - _NEAR) : hit.start()], reading):
                    yield act


def _is_itself(act: AmendingAct, before: str, reading: Reading) -> bool:
    """Return whether what looks like an amending act is the number the law itself was published under."""
    own = "".join(reading.number.split()).lower()
    number = "".join(act.number.split()).lower()
    return bool(own and number and (number in own or own in number)) or bool(_PRINCIPAL.search(before))


def _texts(reading: Reading) -> Iterator[str]:
    """Yield what may name amending acts; of a consolidated EU text only the list of amenders on its first page."""
    texts = [note.text for note in (*reading.front, *reading.notes)]
    if reading.jurisdiction != "eu":
        yield from texts
        return
    for text in (*texts, *(row.text for row in reading.furniture)):
        lists = list(_EU_LIST.finditer(text))
        if lists:
            yield text[lists[0].end() :]


def _act(hit: re.Match[str], reading: Reading) -> AmendingAct:
    parts = hit.groupdict()
    names = (parts.get(name) for name in ("title", "act", "fr", "corrigendum", "laws", "gazette"))
    title = " ".join(_NOT_TITLE.sub("", next(filter(None, names), "")).split()).rstrip(". ")
    number = " ".join((parts.get("number") or parts.get("fr") or "").split())
    if reading.jurisdiction == "eu":
        title = _CAPITALS.sub(lambda word: _in_lower_case(word[0]), title)
    return AmendingAct(title, number, _day(hit[0], reading), " ".join(hit[0].split())[:300])


def _in_lower_case(word: str) -> str:
    """Return a word of a title set in capitals as it is written in a sentence."""
    return word.lower() if word in _SMALL_WORDS else word.capitalize()


def _day(text: str, reading: Reading) -> date | None:
    bare = text.replace("《", " ").replace("》", " ")
    days = [v.normal for v in values(bare, vocabulary(reading.language)) if v.sort is Sort.DATE]
    if days and days[0][:1].isdigit():
        return date.fromisoformat(days[0])
    short = _SHORT_DAY.search(text) or _INDIAN_DAY.search(text)
    if short is None:
        return None
    month = int(short["m"]) if short["m"].isdigit() else _MONTHS.get(short["m"].lower()[:3], 0)
    try:
        return date(int(short["y"]), month, int(short["d"]))
    except ValueError:
        return None
