"""A seeded slice of the mutation benchmark: every bench, every tradition, every kind now and then."""

from collections import Counter
from random import Random

import pytest

from benchmarks.laws.making import Maker
from benchmarks.laws.model import places
from benchmarks.laws.printing import Print, print_law
from benchmarks.laws.traditions import TRADITIONS
from benchmarks.mutations.generate import COUNTS, case, cases
from benchmarks.mutations.judging import judge
from benchmarks.mutations.table import table
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

SLICE = 0.012
# Faults of the readers that are known and filed; the table of the whole run lists every miss by its id.
KNOWN_MISSES = {
    ("eu", "furniture"): "what stands around an act is read into it",
    ("eu", "all of it"): "what stands around an act is read into it",
    ("in", "hyphenation"): "a word broken at a line's end keeps its hyphen and loses its break",
}


@pytest.fixture(scope="module")
def verdicts():
    return [judge(a_case) for a_case in cases(2, SLICE)]


def misses_of(verdicts, bench):
    return [
        f"{v.case.id} {v.case.kind}: {v.summary}"
        for v in verdicts
        if v.case.bench == bench and not v.right and (v.case.jurisdiction, v.case.kind) not in KNOWN_MISSES
    ]


@pytest.mark.parametrize("bench", ["MUT-S", "MUT-X", "MUT-C", "MUT-H", "ADV"])
def test_everything_that_matters_is_told_and_nothing_else(verdicts, bench):
    assert misses_of(verdicts, bench) == []


def test_the_table_names_every_figure_and_every_miss(verdicts):
    page = table(verdicts, ["- commit: none"])

    assert all(f"| {bench} |" in page for bench in COUNTS)
    assert all(f"`{v.case.id}`" in page for v in verdicts if not v.right)


def test_a_case_is_the_same_whenever_it_is_made():
    assert case("MUT-S", 7, 3) == case("MUT-S", 7, 3)
    assert case("MUT-S", 7, 3) != case("MUT-S", 8, 3)


def test_every_tradition_takes_its_turn():
    turns = Counter(case("MUT-C", 1, number).tradition for number in range(10))

    assert turns == dict.fromkeys(TRADITIONS, 2)


@pytest.mark.parametrize(("name", "skin"), [(name, skin) for name, t in TRADITIONS.items() for skin in t.skins])
def test_an_invented_law_is_found_where_it_was_put(name, skin):
    tradition = TRADITIONS[name]
    law = Maker(name, Random(4)).law(10)
    reading = read(print_law(law, Print(skin)), ReadingContext(jurisdiction=tradition.jurisdiction))
    texts = {provision.eid: provision.text for provision in reading.walk()}

    assert [
        tradition.leaf_eid(law, place)
        for place in places(law)
        if texts.get(tradition.leaf_eid(law, place)) != tradition.text(place.words(law), law)
    ] == []
