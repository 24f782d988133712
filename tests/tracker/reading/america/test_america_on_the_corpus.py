"""On real American pages: the counts are right, stages change no provision, and no word is lost."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from storage.records import Provision
from tests.tracker.reading.america.texts_of_america import every_word
from tracker.reading import america
from tracker.reading.formats.blocks import blocks_of
from tracker.reading.formats.recognise import Format, OpenedPage, open_source
from tracker.reading.structure.draft import Extract, ReadingContext
from tracker.reading.structure.eids import finish

CORPUS = Path(os.environ.get("CLAUSEWATCH_CORPUS", "/nonexistent")) / "us"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="CLAUSEWATCH_CORPUS is not set: no real pages to read")
PAGES = sorted(p for p in CORPUS.glob("*/*") if p.suffix.lower() in {".xml", ".html", ".txt"})


def read(path: Path) -> tuple[OpenedPage, Extract]:
    source = open_source(path.read_bytes())
    return source, america.extract(source, ReadingContext(jurisdiction="us"))


def provisions(name: str) -> dict[str, Provision]:
    _, text = read(CORPUS / name)
    return {p.eid: p for root in finish(text.drafts, america.cite) for p in root.walk()}


def words_of(provision: Provision) -> tuple[str, str, str]:
    return provision.label, provision.heading, provision.text


def visible(source: OpenedPage) -> str:
    if source.text.startswith("<?xml") and source.root is not None and "xhtml" not in str(source.root.tag):
        return visible_text(source.root)
    if source.format is Format.XML:
        assert source.root is not None
        return visible_text(source.root)
    if source.format is Format.HTML:
        blocks = blocks_of(source.soup)
        return "\n".join([*(b.text for b in blocks.main), *(n.text for n in blocks.furniture)])
    return source.text


def visible_text(node: etree._Element) -> str:
    if not isinstance(node.tag, str) or node.tag.endswith("}meta") or node.get("display") == "no":
        return ""
    return "".join([node.text or "", *(f"{visible_text(child)}{child.tail or ''}" for child in node)])


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]", text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_visible_letter_is_in_exactly_one_field(path):
    source, text = read(path)

    assert words(every_word(text)) == words(visible(source))


def test_the_order_on_barriers_has_six_sections():
    pieces = provisions("federal_register_eo/us-eo-14179-2025-02172.xml")

    assert [eid for eid in pieces if "__" not in eid] == [f"sec_{n}" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("old", "new"),
    [("h1037_eh.XML", "H1037_RFS.XML"), ("S2731_IPS.XML", "S2731_RCS.XML")],
    ids=["engrossed then referred", "introduced then reported"],
)
def test_a_stage_changes_no_provision(old, new):
    assert provisions(f"uslm_bills/{old}") == provisions(f"uslm_bills/{new}")


def test_a_resolution_gains_a_section_and_its_followers_move_up():
    old, new = provisions("uslm_bills/HJ37_RH.XML"), provisions("uslm_bills/HJ37_RFS.XML")

    assert [words_of(old[f"sec_{n}"])[1:] for n in (1, 3, 4, 5)] == [
        words_of(new[f"sec_{n}"])[1:] for n in (1, 3, 5, 6)
    ]
    assert words_of(old["sec_2"]) != words_of(new["sec_2"])


def test_an_act_of_colorado_changes_three_sections_and_no_number():
    old = provisions("state_co/derived_part17_v1_sb24-205.txt")
    new = provisions("state_co/derived_part17_v2_sb25b-004.txt")
    sections = {eid.split("__")[0] for eid in old if words_of(old[eid]) != words_of(new[eid])}

    assert old.keys() == new.keys()
    assert sections == {"sec_6-1-1702", "sec_6-1-1703", "sec_6-1-1704"}


def test_a_session_law_reads_the_new_date_and_not_the_struck_one():
    pieces = provisions("state_co/us-co-sb25b-004-ch3-session-law.pdf")
    text = " ".join(p.text for p in pieces.values())

    assert "JUNE 30, 2026" in text
    assert "February 1, 2026" not in text
