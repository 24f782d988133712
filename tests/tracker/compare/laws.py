"""Builders of small invented laws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storage.records import Note, Op, OpKind, Provision, ProvisionKind, Reading

K = ProvisionKind
Words = str | Sequence[str]


def a_reading(*provisions: Provision, language: str = "en", preface: str = "") -> Reading:
    front = (Note("preface", preface),) if preface else ()
    return Reading("test", "eu", language, "Harbour Act", provisions=provisions, front=front)


def an_article(number: int | str, words: Words, heading: str = "", kind: K = K.ARTICLE) -> Provision:
    eid, label = f"{kind.abbreviation}_{number}", f"Article {number}"
    if isinstance(words, str):
        return Provision(eid, kind, str(number), label, heading, words, label)
    paragraphs = tuple(
        Provision(f"{eid}__para_{n}", K.PARAGRAPH, str(n), f"({n})", "", text, f"{label}({n})")
        for n, text in enumerate(words, 1)
    )
    return Provision(eid, kind, str(number), label, heading, "", label, paragraphs)


def a_list(number: int, chapeau: str, points: Sequence[tuple[str, str]]) -> Provision:
    eid = f"art_{number}"
    children = tuple(Provision(f"{eid}__point_{n}", K.POINT, n, f"({n})", "", text) for n, text in points)
    return Provision(eid, K.ARTICLE, str(number), f"Article {number}", "", chapeau, f"Article {number}", children)


def a_chapter(number: str, heading: str, *articles: Provision) -> Provision:
    return Provision(f"chp_{number}", K.CHAPTER, number, f"Chapter {number}", heading, "", "", articles)


def zh_article(number: int, *paragraphs: str) -> Provision:
    eid, label = f"art_{number}", f"第{number}条"
    if len(paragraphs) == 1:
        return Provision(eid, K.ARTICLE, str(number), label, "", paragraphs[0], label)
    children = tuple(
        Provision(f"{eid}__para_{n}", K.PARAGRAPH, "", "", "", text, f"{label}第{n}款")
        for n, text in enumerate(paragraphs, 1)
    )
    return Provision(eid, K.ARTICLE, str(number), label, "", "", label, children)


_SUBJECTS = (
    "The harbour master|A pilot|The owner of a vessel|A mooring company|The port council|A customs broker".split("|")
)
_DEEDS = (
    "keeps a register of arrivals|inspects each berth|reports damage to the quay|stores dangerous goods apart|"
    "trains the crew of its tugs|publishes the tide tables|answers complaints|insures the cargo|marks the fairway|"
    "pays the light dues"
).split("|")
_TERMS = "every morning|before noon|in writing|at its own cost|after each voyage|under seal|by electronic means".split(
    "|"
)


def sentence(seed: int) -> str:
    """Return an invented sentence that differs from that of any other seed below some thousands."""
    a, b, c = _SUBJECTS[seed % 6], _DEEDS[seed % 10], _TERMS[seed % 7]
    return f"{a} {b} {c} and {_DEEDS[(seed * 7 + 3) % 10]} for dock {seed} of the {_TERMS[(seed * 3) % 7]} list."


_ZH_SUBJECTS = "港务长|引航员|船舶所有人|系泊企业|港口委员会|报关人".split("|")
_ZH_DEEDS = (
    "登记到港船舶|检查泊位|报告码头损坏|分开存放危险货物|培训拖轮船员|公布潮汐表|答复投诉|为货物投保|标明航道|"
    "缴纳灯塔费"
).split("|")


def zh_sentence(seed: int) -> str:
    """Return an invented Chinese sentence that differs from that of any other seed."""
    deed, then = _ZH_DEEDS[seed % 10], _ZH_DEEDS[(seed * 7 + 3) % 10]
    return f"{_ZH_SUBJECTS[seed % 6]}依照编号{seed}的名录{deed}，并在航次结束后{then}，保存记录备查。"


def marked_characters(ops: Iterable[Op]) -> int:
    return sum(len(op.text) for op in ops if op.kind in (OpKind.DELETE, OpKind.INSERT))
