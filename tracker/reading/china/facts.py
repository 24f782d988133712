"""What a Chinese text says about itself: number, issuers, type, definitions, scope, relations."""

from __future__ import annotations

import re

from storage.records import Authority, Definition, Milestone, Provision, Relation, RelationKind
from tracker.reading.authorities import by_ids, named_in
from tracker.reading.china.dates import milestones
from tracker.reading.china.history import amendments
from tracker.reading.structure.draft import Extract, ReadingContext
from tracker.reading.tradition import Facts

R = RelationKind
_OWN = r"(?:本法|本条例|本规定|本办法|本细则|本决定|本规则|本措施|本规范|本意见|本通知|本指引)"
_ORDER = re.compile(r"令[ \u3000]*(?:第?[ \u3000]*([0-9０-９〇零一二三四五六七八九十百]{1,6})[ \u3000]*号)")
_NUMBER = re.compile(
    r"(?:^|[\s\u3000：:（(|])([\u4e00-\u9fff]{1,14})[ \u3000]?[〔\[（(]((?:19|20)[0-9]{2})[〕\]）)]"
    r"[ \u3000]*(?:第[ \u3000]*)?([0-9]{1,4})[ \u3000]*号"
)
_ANNOUNCEMENT = re.compile(
    r"公告[\s\u3000（(]*((?:19|20)[0-9]{2})[ \u3000]*年[ \u3000]*第[ \u3000]*([0-9]{1,4})[ \u3000]*号"
    r"|^[（(]?((?:19|20)[0-9]{2})[ \u3000]*年[ \u3000]*第[ \u3000]*([0-9]{1,4})[ \u3000]*号[）)]?$",
    re.M,
)
_ORDER_OF_YEAR = re.compile(
    r"令[\s\u3000（(]*((?:19|20)[0-9]{2})[ \u3000]*年[ \u3000]*第[ \u3000]*([0-9]{1,4})[ \u3000]*号"
)
_SHORT = 60
_CITES = re.compile(r"根据|依照|按照|依据|[，。；]")
_DRAFT = re.compile(r"征求意见稿|草案|公开征求意见")
_TERM = re.compile(
    rf"(?:{_OWN}(?:中)?所(?:称|指)的?|前款所称的?|^)[“\"「]?(?P<term>[^，。；：“”\"]{{2,40}}?)[”\"」]?"
    rf"(?:（[^）]{{1,40}}）)?[，,]?(?:是指|指(?![导定挥]))(?P<text>[^。]{{2,}})"
)
_INCLUDES = re.compile(rf"{_OWN}(?:中)?所(?:称|指)的?[“\"「]?(?P<term>[^，。；：“”\"]{{2,40}}?)[”\"」]?[，,]?包括")
_COUNT_MARK = re.compile(
    r"^(?:[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[.．、])\s*"
)
# a name given in the middle of a sentence: 内河渡船（以下简称渡船）
_SHORT_NAME = re.compile(r"[（(]以下(?:统|简)?称(?:为)?[“\"「]?(?!本)([^，。；：“”\"「」（）()]{1,20})[”\"」]?[）)]")
# "提供者应当明确并公开…，指导…" defines nothing
_NO_TERM = re.compile(r"^第|应当|不得|可以|负责|加强|开展|[：、]$|^的")
_APPLIES = re.compile(rf"(?:^|(?<=。))[^。]{{4,2000}}?适用{_OWN}")
_BASIS = re.compile(r"根据((?:[、和及]?(?:等)?《[^》]{2,60}》){1,12})[^。]{0,60}制定" + _OWN)
_QUOTATION = re.compile(r"《([^》]{2,60})》")
_REPEALS = re.compile(r"《([^》]{2,60})》[^。《]{0,60}同时废止|废止《([^》]{2,60})》")
_AMENDS = re.compile(r"关于修[改订]《([^》]{2,60})》|对《([^》]{2,60})》[^。]{0,12}作[^。]{0,6}修改")
_DRAFT_NAME = re.compile(r"《?([^《》]{2,60}?)[（(](?:[^（）()]{0,6})(?:征求意见稿|草案)[^（）()]{0,6}[）)]")
# who issues it ("" is anyone), suffix of the title -> type; the first that fits
_TYPES: tuple[tuple[frozenset[str], str, str], ...] = (
    (frozenset({"cn_npc", "cn_npcsc"}), r"(?:决定|决议|修正案)$", "decision"),
    (frozenset({"cn_npc", "cn_npcsc"}), r"(?:法|法典|条例|规定|办法)$", "law"),
    (frozenset({"cn_spc", "cn_spp"}), r"(?:解释|规定|规则|批复|决定|办法)$", "judicial interpretation"),
    (frozenset(), r"(?<!办)(?:法|法典)$", "law"),
    (frozenset(), r"(?:网络安全标准实践指南.*|国家标准.*)$", "standard"),
    (frozenset({"cn_state_council"}), r"(?:条例|规定|办法|细则|决定)$", "administrative regulation"),
    (frozenset(), r"条例$", "administrative regulation"),
    (frozenset(), r"(?:规定|办法|细则|决定|规则)$", "departmental rule"),
)
_LOCAL = re.compile(
    r"^[\u4e00-\u9fff]{2,10}(?:省|市|自治区|自治州|自治县|经济特区).{2,60}(?:条例|规定|办法|决定|细则)$"
)
_NOTICE = re.compile(r"(?:通知|意见|公告|指引|方案|纲要|要点)$")


def facts(extract: Extract, provisions: tuple[Provision, ...], hints: ReadingContext) -> Facts:
    """Return the facts of a Chinese page, each with the words it rests on."""
    front = "\n".join(note.text for note in extract.front if note.name == "preface")
    whole = re.sub(r"\s+", "", front)
    title = extract.title or hints.title
    issuers = _issuers(extract, whole, title, hints)
    number = extract.number or _number(extract)
    return Facts(
        title=title,
        title_native=title,
        number=number,
        type=_type(title, number, issuers),
        draft=_DRAFT.search(title) is not None or any(n.name == "consultation notice" for n in extract.notes),
        language="zh",
        authorities=tuple(issuers),
        dates=_with_amendments(milestones(extract, provisions, hints), extract),
        definitions=tuple(_definitions(provisions)),
        scope=tuple(_scope(provisions)),
        relations=tuple(_relations(title, provisions)),
    )


def _with_amendments(dates: list[Milestone], extract: Extract) -> tuple[Milestone, ...]:
    """Return *dates*, and the amendments named under the title behind them."""
    known_names = {(m.kind, m.on) for m in dates}
    front = [note.text for note in extract.front if note.name == "preface"]
    return (*dates, *(m for m in amendments(front) if (m.kind, m.on) not in known_names))


def _number(extract: Extract) -> str:
    """Return the number the act itself bears: on a line of its own, or in the history under its title.

    A number inside a sentence — 根据《…》（国发〔2015〕1号） — is that of an act it cites.
    """
    lines = [line for note in extract.front if note.name == "preface" for line in note.text.split("\n")]
    own = [line for line in lines if len(line) <= _SHORT and not _CITES.search(line)]
    history = [line for line in lines if line.lstrip().startswith(("（", "("))]
    for text in ("\n".join(own), "\n".join(history)):
        order = _ORDER.search(re.sub(r"\s+", "", text))
        if order:
            return f"令第{order[1]}号"
        if of_year := _ORDER_OF_YEAR.search(text):
            return f"令{of_year[1]}年第{of_year[2]}号"
        if issuers := _NUMBER.search(text):
            return f"{issuers[1]}〔{issuers[2]}〕{issuers[3]}号"
        if announcement := _ANNOUNCEMENT.search(text):
            return f"公告{announcement[1] or announcement[3]}年第{announcement[2] or announcement[4]}号"
    return ""


def _issuers(extract: Extract, whole: str, title: str, hints: ReadingContext) -> list[Authority]:
    """Return who issues: the names before 令, else those that signed, else those who adopted it, else the declared."""
    order = _ORDER.search(whole)
    if order:
        heads = named_in(whole[: order.start()][-300:], "china")
        if heads:
            return heads
    lines = [note.text for note in (*extract.front, *extract.notes) if note.name != "explanatory note"]
    signatures = "\n".join(line for line in lines if len(re.sub(r"\s", "", line)) <= 60 and "《" not in line)
    for text in (signatures, title, "\n".join(lines)):
        results = named_in(text, "china")
        if results:
            return results if text is not title else results[:1]
    return by_ids(hints.authorities, "china")


def _type(title: str, number: str, issuers: list[Authority]) -> str:
    bare = re.sub(r"(?:[（(][^（）()]{0,20}[）)])+$", "", title)
    ids = {a.id for a in issuers}
    if _NOTICE.search(bare) or ("〔" in number and not number.startswith("法释")):
        return "normative document"
    if _LOCAL.match(bare):
        return "local regulation"
    for who, suffix, name in _TYPES:
        if re.search(suffix, bare) and (not who or who & ids):
            return name
    return "normative document" if bare else ""


def _units(provisions: tuple[Provision, ...]) -> list[Provision]:
    return [p for root in provisions for p in root.walk() if p.text]


def _definitions(provisions: tuple[Provision, ...]) -> list[Definition]:
    results: dict[str, Definition] = {}
    for provision in _units(provisions):
        for sentence in re.split(r"(?<=[。；：])", provision.text):
            bare = _COUNT_MARK.sub("", sentence.strip())
            match = _TERM.search(bare) or _INCLUDES.search(bare)
            if match and not _NO_TERM.search(match["term"]):
                results.setdefault(match["term"], Definition(match["term"], provision.eid, sentence.strip()))
            for short in _SHORT_NAME.findall(sentence):
                results.setdefault(short, Definition(short, provision.eid, sentence.strip()))
    return list(results.values())


def _scope(provisions: tuple[Provision, ...]) -> list[str]:
    """Return what the law applies to: its application clauses, then the listed kinds of what it defines."""
    applies = [
        m[0].strip() + "。" for p in _units(provisions) for m in [_APPLIES.search(p.text)] if m and "不适用" not in m[0]
    ]
    entries = [
        item.text.rstrip("；。")
        for p in _units(provisions)
        if "是指" in p.text and p.text.rstrip().endswith(("：", ":")) and "包括" in p.text
        for item in p.children
    ]
    return applies[:2] + entries


def _relations(title: str, provisions: tuple[Provision, ...]) -> list[Relation]:
    results = [Relation(R.AMENDS, m[1] or m[2], m[0]) for m in _AMENDS.finditer(title)]
    draft = _DRAFT_NAME.search(title)
    if draft:
        results.append(Relation(R.DRAFT_OF, draft[1], title))
    for provision in _units(provisions):
        basis = _BASIS.search(provision.text)
        if basis:
            results.extend(
                Relation(R.IMPLEMENTS, name, basis[0], provision.eid) for name in _QUOTATION.findall(basis[1])
            )
        for match in _REPEALS.finditer(provision.text):
            names = _QUOTATION.findall(match[0])
            results.extend(Relation(R.REPEALS, name, match[0], provision.eid) for name in names)
    return results
