"""What changes by itself on a page is learned by looking several times; what the law says never is."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.records import FurnitureKind
from tracker.compare import compare
from tracker.reading import read
from tracker.reading.furniture.infer import WITHIN, learn, look_at
from tracker.reading.structure.draft import ReadingContext

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LAW = [
    "第一条 灯语服务提供者应当在30日内向主管部门完成登记，登记编号为ab12cd34ef。",
    "第二条 灯语服务提供者应当保存登记记录12个月，并于2026-05-01前报送灯语目录。",
    "第三条 违反本规定的，由主管部门责令改正，可以处5000元以下罚款，并予以公告。",
    "第四条 本规定自2026年6月1日起施行，灯语服务的其他规定与本规定不一致的，适用本规定。",
]
GUIDANCE = [
    "Keepers are expected to report a failing lamp within 30 days of the day on which it failed.",
    "A record of each lamp (form ab12cd34ef) is kept for 12 months and sent by 2026-05-01.",
    "The fee for a second inspection is 5000 euro, whoever asked for it to be made again.",
    "Fee: 40",
]


def page_of(lines):
    return f"<html><body><div id='text'><h1>练习灯语规定</h1>{''.join(lines)}</div></body></html>".encode()


def paragraphs(texts):
    return [f"<p>{text}</p>" for text in texts]


class Learner:
    """Looks at pages as the journey does, and knows what it learned."""

    def __init__(self):
        self.pieces, self.last, self.at = {}, None, START

    def look(self, body, after=MINUTE):
        self.at += after
        if self.last is not None and self.last[0] == body:
            self.last = (body, self.last[1], self.at)
            return self
        if self.last is not None:
            before = look_at(self.last[0], "", self.last[1], self.last[2])
            for number, f in enumerate(
                learn(list(self.pieces.values()), before, look_at(body, "", self.at), 1, "host")
            ):
                self.pieces[f.path, f.shape, f.place, f.slot] = replace(f, id=f.id or number + 1)
        self.last = (body, self.at, None)
        return self

    @property
    def learned_pieces(self):
        return tuple(f for f in self.pieces.values() if f.learned_at)

    @property
    def kinds(self):
        return sorted(f.kind.value for f in self.learned_pieces)

    def read(self, body, kind="law", jurisdiction="cn"):
        return read(body, ReadingContext(jurisdiction=jurisdiction, kind=kind, furniture=self.learned_pieces))


def noisy(words, at=4):
    lines = paragraphs(LAW)
    lines[at:at] = [f"<p>{words}</p>"]
    return page_of(lines)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["访问次数：101", "访问次数：102", "访问次数：109"], "counter"),
        (["Visits: 1,998", "Visits: 1,999", "Visits: 2,004"], "counter"),
        ([f"Page generated 2026-11-25 16:00:0{n}.12{n}" for n in range(3)], "time"),
        ([f"页面生成时间：2026年11月25日 16:00:0{n}" for n in range(3)], "time"),
        ([f"Wed, 25 Nov 2026 16:00:0{n} GMT" for n in range(3)], "time"),
        (["Request 9f86d081884c", "Request 60303ae22b99", "Request fd61a03af4f7"], "token"),
    ],
    ids=["visits in Chinese", "visits", "time of the page", "time in Chinese", "time with its weekday", "token"],
)
def test_words_that_are_new_on_three_looks_are_furniture(words, kind):
    learner = Learner()
    bodies = [noisy(number) for number in words]
    for body in bodies:
        learner.look(body)
    assert learner.kinds == [kind]
    readings = [learner.read(body) for body in bodies]
    assert len({str(r.provisions) for r in readings}) == 1
    assert [n.text for n in readings[0].furniture if n.name.startswith("learned: ")] == [words[0]]


@pytest.mark.parametrize(
    "days",
    [
        [30, 10],
        [30, 10, 10, 10],
        [30, 10, 30, 10, 30],
        [10, 10, 20, 20, 30, 30],
        [30, 20, 10],
    ],
    ids=["changed once", "changed and stayed", "flaps between two", "each said twice", "falls"],
)
def test_a_number_of_the_law_is_never_furniture(days):
    learner = Learner()
    for day in days:
        learner.look(page_of(paragraphs([LAW[0].replace("30日", f"{day}日"), *LAW[1:]])))
    assert learner.learned_pieces == ()


def test_what_changes_once_a_day_is_no_furniture():
    learner = Learner()
    for count in range(101, 110):
        learner.look(noisy(f"访问次数：{count}"), after=WITHIN + MINUTE)
    assert learner.learned_pieces == ()


def test_a_counter_inside_a_sentence_goes_and_the_sentence_stays():
    learner = Learner()
    bodies = [page_of(paragraphs([LAW[0], f"{LAW[1]} <span>（阅读{n}次）</span>", *LAW[2:]])) for n in (101, 102, 105)]
    for body in bodies:
        learner.look(body)
    texts = {learner.read(body).provisions[1].text for body in bodies}
    assert texts == {"灯语服务提供者应当保存登记记录12个月，并于2026-05-01前报送灯语目录。 （阅读次）"}


def test_a_counter_that_falls_is_law_again():
    learner = Learner()
    for count in (101, 102, 105, 40):
        learner.look(noisy(f"访问次数：{count}"))
    assert learner.learned_pieces == ()


def links(names):
    return f"<ul>{''.join(f'<li><a href=/{n}>{n}</a></li>' for n in names)}</ul>"


def test_a_list_of_links_that_is_another_each_time_is_furniture():
    learner = Learner()
    for names in (["灯语甲", "灯语乙"], ["灯语丙", "灯语甲"], ["灯语丁", "灯语戊"]):
        learner.look(page_of([*paragraphs(LAW), links(names)]))
    assert learner.kinds == ["links"]
    assert "灯语丁" not in learner.read(learner.last[0]).provisions[-1].text


@pytest.mark.parametrize(
    "lists",
    [
        [["灯语甲", "目录"], ["灯语乙", "目录"], ["灯语丙", "目录"]],
        [["第一条 甲"], ["第一条 乙"], ["第一条 丙"]],
        [["灯语甲"], ["灯语乙"], ["灯语甲"]],
    ],
    ids=["one entry stays", "begins as a provision", "flaps between two"],
)
def test_a_list_that_may_be_of_the_law_is_not_furniture(lists):
    learner = Learner()
    for names in lists:
        learner.look(page_of([*paragraphs(LAW), links(names)]))
    assert FurnitureKind.LINKS not in [f.kind for f in learner.learned_pieces]


def test_every_word_taken_out_is_counted():
    learner = Learner()
    for count in (101, 102, 105):
        learner.look(noisy(f"访问次数：{count}"))
    reading, plain = learner.read(learner.last[0]), read(learner.last[0], ReadingContext(jurisdiction="cn"))
    assert reading.words["total"] == plain.words["total"]
    assert reading.words["problems"] == 0
    assert reading.words["furniture"] == plain.words["furniture"] + 5


# what a hostile or clumsy site may add, to be drawn anew at each look; some look like the law they stand beside
NOISE = [
    lambda n: f"<p>Visits: {1000 + n}</p>",
    lambda n: f"<p>Fee: {1000 + n}</p>",
    lambda n: f"<p>2026-11-25 16:00:{10 + n}</p>",
    lambda n: f"<p>Request {n + 16:08x}{n * 7919:08x}</p>",
    lambda n: links([f"灯语{n}号", f"通知{n + 1}号"]),
    lambda n: f"<p>登记{n + 100}日</p>",
]


@st.composite
def a_story(draw):
    """A page with noise at any places, and one edit of one provision: a word or number other, gone or new."""
    guidance = draw(st.booleans())
    law = GUIDANCE if guidance else LAW
    unit = draw(st.integers(0, len(law) - 1))
    words = [m.span() for m in re.finditer(r"\d+|[\u4e00-\u9fff]{2}|[A-Za-z]{3,}", law[unit])]
    start, end = draw(st.sampled_from(words[0 if guidance else 2 :]))
    old = law[unit][start:end]
    new = draw(st.sampled_from(["", "9", "99", "另行", "hereby", old + "7", "1000", "1500"]).filter(lambda w: w != old))
    edited_law = [*law[:unit], law[unit][:start] + new + law[unit][end:], *law[unit + 1 :]]
    places = draw(st.lists(st.tuples(st.integers(0, len(law)), st.sampled_from(NOISE)), max_size=4))
    looks = draw(st.integers(2, 5))
    gap = draw(st.sampled_from([MINUTE, timedelta(days=1)]))
    return guidance, law, edited_law, unit, places, looks, gap


def print_page(texts, places, number):
    lines = paragraphs(texts)
    for at, noise in sorted(places, key=lambda p: -p[0]):
        lines[at:at] = [noise(number)]
    return page_of(lines)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(a_story())
def test_an_edit_of_any_provision_is_told_whatever_was_learned(story):
    guidance, law, edited_law, unit, places, looks, gap = story
    kind, place = ("guidance", "eu") if guidance else ("law", "cn")
    learner = Learner()
    for number in range(looks):
        learner.look(print_page(law, places, number))
    for number in range(looks, looks + 4):
        learner.look(print_page(edited_law, places, number), after=gap if number == looks else MINUTE)

    old = learner.read(print_page(law, places, 0), kind, place)
    new = learner.read(print_page(edited_law, places, looks + 3), kind, place)

    words = re.sub(r"^第.条 ", "", law[unit])
    assert [change for change in compare(old, new).changes if words in (change.old_text or "")]
