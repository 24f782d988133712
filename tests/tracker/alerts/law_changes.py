"""Small invented laws before and after an amendment, compared and weighed as the pipeline does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage.records import Milestone, MilestoneKind, Note, Provision, ProvisionKind, Reading
from tests.tracker.alerts.builders import a_version, an_event, an_instrument
from tracker.alerts.compose.story import Material
from tracker.compare import compare
from tracker.weigh import weigh

K = ProvisionKind
FILLER = [
    "This Regulation lays down rules for talking buoys in the harbour.",
    "The harbour master keeps the list of all buoys and shows it to everyone.",
    "A buoy is painted in a colour that is seen at night.",
]


def a_law(*articles: Provision, dates: tuple[Milestone, ...] = (), front: tuple[Note, ...] = ()) -> Reading:
    fillers = tuple(an_article(n, text) for n, text in enumerate(FILLER, 1))
    return Reading("html", "eu", "en", "Regulation on Talking Buoys", provisions=(*fillers, *articles), dates=dates,
                   front=front)  # fmt: skip


def an_article(number: int, text: str, points: tuple[str, ...] = ()) -> Provision:
    eid = f"art_{number}"
    below = tuple(
        Provision(f"{eid}__point_{letter}", K.POINT, letter, f"({letter})", "", words, f"Article {number}({letter})")
        for letter, words in zip("abc", points, strict=False)
    )
    return Provision(eid, K.ARTICLE, str(number), f"Article {number}", "", text, f"Article {number}", below)


def applies(on: date, basis: str, eid: str) -> Milestone:
    return Milestone(MilestoneKind.APPLIES, on, basis, eid)


def duty_weakened() -> tuple[Reading, Reading]:
    old = "The owner of a buoy shall take measures to ensure a sufficient level of silence at night."
    new = old.replace("ensure a sufficient level", "support the growth")
    return a_law(an_article(4, old)), a_law(an_article(4, new))


def penalty_tiers() -> tuple[Reading, Reading]:
    old = "Whoever sinks a buoy shall be punished with imprisonment for a term which may extend to five years."
    new = (
        "Whoever sinks a buoy shall be punished with imprisonment for a term which may extend to three years, and "
        "where a ship was lost, with imprisonment for a term of not less than three years and not more than ten years."
    )
    return a_law(an_article(4, old)), a_law(an_article(4, new))


def dates_by_scope() -> tuple[Reading, Reading]:
    whole = "It shall apply from 2 August 2026."
    part = "However, Chapter III shall apply from 2 December 2027 as regards deep-sea buoys."
    old = a_law(an_article(4, whole), dates=(applies(date(2026, 8, 2), whole, "art_4"),))
    new = a_law(
        an_article(4, f"{whole} {part}"),
        dates=(applies(date(2026, 8, 2), whole, "art_4"), applies(date(2027, 12, 2), part, "art_4")),
    )
    return old, new


def split_into_a_list() -> tuple[Reading, Reading]:
    flat = "The owner shall report a lost buoy within 24 hours, keep its log for six months and train the crew."
    points = ("report a lost buoy within 24 hours;", "keep its log for six months; and", "train the crew.")
    return a_law(an_article(4, flat)), a_law(an_article(4, "The owner shall:", points))


def amending_act_named() -> tuple[Reading, Reading]:
    old = "A lost buoy shall be reported within 30 days of its loss."
    amendment_note = Note(
        "preface", "Amended by:\n►M1 Regulation (EU) 2026/777 of the Council of 2 March 2026 on buoys"
    )
    return a_law(an_article(4, old)), a_law(an_article(4, old.replace("30", "10")), front=(amendment_note,))


def effect_not_stated() -> tuple[Reading, Reading]:
    old = "A buoy may be lent to a school."
    return a_law(an_article(4, old)), a_law(an_article(4, old.replace("may", "shall not")))


LAMP_NOTE = "2026年3月2日国家互联网信息办公室令第7号公布  根据2026年10月30日《关于修改〈灯语服务管理规定〉的决定》修正"
LAMP_FILLER = ["为了规范灯语服务，制定本规定。", "灯语是指以灯光表达的语言。", "国家支持灯语教学。"]


def a_lamp_law(words: str, *more: str, note: str = "") -> Reading:
    texts = [*LAMP_FILLER, words, *more, "本规定自2026年5月1日起施行。"]
    numerals = "一二三四五六七八九"
    provisions = tuple(
        Provision(f"art_{n}", K.ARTICLE, str(n), f"第{numeral}条", "", text, f"第{numeral}条")
        for n, (numeral, text) in enumerate(zip(numerals, texts, strict=False), 1)
    )
    front = (Note("preface", note),) if note else ()
    return Reading("html", "cn", "zh", "灯语服务管理规定", provisions=provisions, front=front)


def chinese_amendment() -> tuple[Reading, Reading]:
    old = "灯语服务提供者应当在收到投诉之日起三十日内答复；拒不答复的，可以处一万元以上五万元以下罚款。"
    new = "灯语服务提供者应当在收到投诉之日起十日内答复；拒不答复的，处五万元以上二十万元以下罚款。"
    sentence = "灯语服务提供者应当设置未成年人模式。"
    return a_lamp_law(old, note=LAMP_NOTE.partition("  ")[0]), a_lamp_law(new, sentence, note=LAMP_NOTE)


CHANGES = {
    "chinese_amendment": chinese_amendment,
    "duty_weakened": duty_weakened,
    "penalty_tiers": penalty_tiers,
    "dates_by_scope": dates_by_scope,
    "split_into_a_list": split_into_a_list,
    "amending_act_named": amending_act_named,
    "effect_not_stated": effect_not_stated,
}


def a_changed_law(kind: str) -> Material:
    """What a mail is made of when a law changed in this way."""
    old, new = CHANGES[kind]()
    event = an_event(id=12, jurisdiction="eu", authorities=("eu_council",), instrument_id="eu_buoy", change_set_id=9,
                     topics=("ai-regulation",))  # fmt: skip
    instrument = an_instrument(id="eu_buoy", jurisdiction="eu", title=new.title, title_native="", url="")
    if new.jurisdiction == "cn":
        event = replace(event, jurisdiction="cn", authorities=("cn_cac",), instrument_id="cn_lamp")
        instrument = an_instrument()
    version = a_version(language=new.language, reading=new)
    return Material(event, instrument, version, weigh(compare(old, new), old, new), new.dates)
