"""The drill: 500 pins over renumbering, rewording, repeal and redesign, without a false failure and without a miss."""

import random
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage import milestones, versions
from storage.records import Milestone, MilestoneKind
from storage.schema.open import open_database
from tests.tracker.lockfile.law_home import LawHome, a_regulation
from tracker.lockfile.drift import DriftKind, drifts_of
from tracker.lockfile.pin_citations import CitationPinner
from tracker.lockfile.standing_law import StandingLaw

TODAY = date(2026, 3, 9)
LAWS, ARTICLES, PARAGRAPHS = 10, 25, 2
NOUNS = "lamp lantern mirror wick beacon shade harbour bulb torch candle prism lens socket mantle reflector".split()
VERBS = (
    "register inspect clean mark store replace describe measure report declare repair light shade label lend".split()
)


def sentence(seed):
    dice = random.Random(seed)
    who, what, other = dice.sample(NOUNS, 3)
    first, second = dice.sample(VERBS, 2)
    return (
        f"The keeper of a {who} shall {first} each {what} within {dice.randint(2, 90)} days and shall {second} "
        f"the {other} of series {dice.randint(100, 999)} at ''{dice.choice(NOUNS)} point {dice.randint(1, 99)}''."
    )


def the_articles(law):
    return [
        [article, f"{NOUNS[article % 15].title()} {VERBS[(article * 7 + law) % 15]} {article}",
         [sentence((law, article, place).__hash__()) for place in range(PARAGRAPHS)]]
        for article in range(1, ARTICLES + 1)
    ]  # fmt: skip


def renumbered_from(articles, first):
    return [[number + (number >= first), heading, texts] for number, heading, texts in articles]


@pytest.fixture(scope="module")
def drill(tmp_path_factory):
    db = open_database(tmp_path_factory.mktemp("drill") / "clausewatch.db")
    home = LawHome(db)
    drifts_by_place = {}
    for law in range(LAWS):
        home.publish(f"eu_32025R91{law:02}", f"Lamp Act {law}", a_regulation(f"91{law:02}", the_articles(law)))
    pinner = CitationPinner(db, StandingLaw(db, TODAY))
    pins = [
        pinner.pin_reference(f"eu_32025R91{law:02}#art_{article}__para_{place}")[0]
        for law in range(LAWS) for article in range(1, ARTICLES + 1) for place in range(1, PARAGRAPHS + 1)
    ]  # fmt: skip
    for law in range(LAWS):
        articles = the_articles(law)
        new_sentence = articles[3][2][0] = articles[3][2][0].replace("shall", "may", 1)
        assert new_sentence != the_articles(law)[3][2][0]
        del articles[19]  # article 20 is repealed, and its number stays free
        drifts_by_place[law, 4, 1] = {DriftKind.REWORDED}
        drifts_by_place |= {(law, 20, place): {DriftKind.GONE} for place in (1, 2)}
        if law % 2:  # a new article 10: those behind it follow
            articles = renumbered_from(articles, 10)
            articles.insert(9, [10, "Night work", ["No lamp shall be lit between midnight and dawn in winter."]])
            for article in (*range(10, 20), *range(21, ARTICLES + 1)):
                drifts_by_place |= {(law, article, place): {DriftKind.RENUMBERED} for place in (1, 2)}
        page = a_regulation(f"91{law:02}", articles, quotes="’’", wrap=("<main class='n3w'><div>", "</div></main>"))
        home.publish(f"eu_32025R91{law:02}", f"Lamp Act {law}", page.replace(" days", "\u00a0days"))
    yield db, pins, drifts_by_place
    db.close()


def place_of(pin):
    article, place = pin.eid.removeprefix("art_").split("__para_")
    return int(pin.instrument[-2:]), int(article), int(place)


def drifts_found(db, pins, today=TODAY):
    law = StandingLaw(db, today)
    return {place_of(pin): {drift.kind for drift in drifts_of(pin, law.of_pin(pin), today)} for pin in pins}


def test_five_hundred_pins_fail_where_the_law_changed_and_nowhere_else(drill):
    db, pins, drifts_by_place = drill
    assert len(pins) == 500

    kinds = {place: drifts for place, drifts in drifts_found(db, pins).items() if drifts}

    assert kinds == drifts_by_place


def test_five_hundred_pins_are_checked_within_a_second(drill):
    db, pins, _ = drill
    start = time.process_time()

    drifts_found(db, pins)

    assert time.process_time() - start < 1


def test_a_new_template_alone_makes_no_pin_fail(db):
    home = LawHome(db)
    home.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", the_articles(0)))
    pins = [
        CitationPinner(db, StandingLaw(db, TODAY)).pin_reference(f"Lamp Act 0 art. {n}(1)")[0] for n in range(1, 26)
    ]

    wrap = ("<table><tr><td>", "</td></tr></table>")
    home.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", the_articles(0), quotes="‘’", wrap=wrap))

    assert set(map(frozenset, drifts_found(db, pins).values())) == {frozenset()}


def test_a_provision_is_followed_through_two_renumberings(db):
    home = LawHome(db)
    articles = the_articles(0)
    home.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", articles))
    pin = CitationPinner(db, StandingLaw(db, TODAY)).pin_reference("Lamp Act 0 art. 12(2)")[0]
    for number in (5, 3):
        articles = renumbered_from(articles, number)
        articles.insert(number - 1, [number, f"New {number}", [sentence(number * 1000)]])
        home.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", articles))

    (drift,) = drifts_of(pin, StandingLaw(db, TODAY).of_pin(pin), TODAY)

    assert (drift.kind, drift.new_eid, drift.new_citation) == (DriftKind.RENUMBERED, "art_14__para_2", "Article 14(2)")


def test_a_pin_that_another_home_made_is_followed_by_its_words(db, tmp_path):
    first = LawHome(db)
    articles = the_articles(0)
    first.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", articles))
    first.days["eu_32025R9100"] = 20  # that home saw it on other days
    new_articles = renumbered_from(articles, 5)
    new_articles.insert(4, [5, "New", [sentence(5)]])
    first.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", new_articles))
    pins = [
        CitationPinner(db, StandingLaw(db, TODAY)).pin_reference(f"Lamp Act 0 art. {n}(1)")[0] for n in range(1, 26)
    ]
    other_db = open_database(tmp_path / "other.db")
    other = LawHome(other_db)

    other.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", new_articles))
    assert set(map(frozenset, drifts_found(other_db, pins).values())) == {frozenset()}
    new_articles[7][2][0] = new_articles[7][2][0].replace("within", "not later than")
    other.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", new_articles))

    assert {p: k for p, k in drifts_found(other_db, pins).items() if k} == {
        (0, new_articles[7][0], 1): {DriftKind.REWORDED}
    }
    other_db.close()


def test_words_that_only_a_better_reader_reads_otherwise_are_no_drift(db):
    home = LawHome(db)
    first = home.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", the_articles(0)))
    pin = CitationPinner(db, StandingLaw(db, TODAY)).pin_reference("Lamp Act 0 art. 4(1)")[0]

    def improve(piece):
        text = piece.text.replace("shall", "shall,") if piece.eid == "art_4__para_1" else piece.text
        return replace(piece, text=text, children=tuple(map(improve, piece.children)))

    reading = replace(first.reading, provisions=tuple(map(improve, first.reading.provisions)))
    versions.replace_reading(db, first, reading, "another hash")
    assert drifts_found(db, [pin]) == {(0, 4, 1): set()}

    later = the_articles(0)
    later[0][2][0] = sentence(77)
    later[3][2][0] = later[3][2][0].replace("shall", "shall,")  # as the better reader reads the same page
    home.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", later))
    assert drifts_found(db, [pin])[0, 4, 1] == set()
    later[3][2][0] = later[3][2][0].replace("within", "not later than")
    home.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", later))
    assert drifts_found(db, [pin])[0, 4, 1] == {DriftKind.REWORDED}


def test_a_law_that_is_repealed_fails_all_its_pins_from_that_day_on(db):
    home = LawHome(db)
    version = home.publish("eu_32025R9100", "Lamp Act 0", a_regulation("9100", the_articles(0)))
    pin = CitationPinner(db, StandingLaw(db, TODAY)).pin_reference("Lamp Act 0 art. 1")[0]
    end = TODAY + timedelta(days=1)
    milestones.replace(db, version.instrument_id, version.id, [Milestone(MilestoneKind.REPEALED, end, "is repealed")])

    def kinds(day):
        return [drift.kind for drift in drifts_of(pin, StandingLaw(db, day).of_pin(pin), day)]

    assert (kinds(TODAY), kinds(end)) == ([DriftKind.PENDING_CHANGE], [DriftKind.REPEALED])
    assert versions.find(db, version.id) is not None
