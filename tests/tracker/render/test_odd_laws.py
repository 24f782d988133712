"""Every shape that leaves the house holds over odd laws: the JSON contract, text, Markdown, HTML and Akoma Ntoso."""

import json
import re
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree, html

from storage.records import OpKind, Provision, ProvisionKind, Reading
from tests.tracker.compare.laws import a_list, a_reading, an_article, sentence, zh_article, zh_sentence
from tracker.compare import compare
from tracker.render import (
    comparison_html,
    comparison_json,
    comparison_markdown,
    comparison_text,
    reading_json,
    reading_text,
)
from tracker.render.akoma_ntoso import reading_akn
from tracker.render.tracked_docx import comparison_docx
from tracker.weigh import weigh

K = ProvisionKind
DAY = date(2028, 2, 29)
HOSTILE = '<script>alert(1)</script> & "quoted" ]]> {{ x }} ${y}'
UNITS = ("added", "removed", "modified", "renumbered", "moved", "split", "merged", "unchanged")


def deep(depth):
    inner = Provision(f"{'art_1' + '__point_1' * depth}", K.POINT, "1", "(1)", "", f"At depth {depth}.")
    for level in range(depth - 1, 0, -1):
        inner = Provision(f"{'art_1' + '__point_1' * level}", K.POINT, "1", "(1)", "", f"At {level}.", "", (inner,))
    return Provision("art_1", K.ARTICLE, "1", "Article 1", "", "It holds:", "Article 1", (inner,))


def table(*rows):
    points = tuple(Provision(f"anx_I__row_{n}", K.POINT, str(n), "", "", row) for n, row in enumerate(rows, 1))
    return Provision("anx_I", K.ANNEX, "I", "Annex I", "Dues | berths", "", "", points)


PAIRS = {
    "nothing on either side": (a_reading(), a_reading()),
    "a law out of nothing": (a_reading(), a_reading(an_article(1, sentence(1)))),
    "a law that went": (a_reading(an_article(1, sentence(1))), a_reading()),
    "markup in the words": (a_reading(an_article(1, sentence(1))), a_reading(an_article(1, HOSTILE, HOSTILE))),
    "markup that went": (a_reading(an_article(1, HOSTILE)), a_reading(an_article(1, HOSTILE.replace("1", "2")))),
    "marks that turn a line": (
        a_reading(an_article(1, "Pay \u202e001 euro\u202c at once.")),
        a_reading(an_article(1, "Pay \u202e009 euro\u202c at once.")),
    ),
    "marks that command a screen": (
        a_reading(an_article(1, "Pay \x1b[2J one\x07 euro at once.", "Dues\x1b]0;title\x07")),
        a_reading(an_article(1, "Pay \x1b[2J two\x07 euro at once.", "Dues\x1b]0;title\x07")),
    ),
    "letters beyond the first plane": (
        a_reading(zh_article(1, "𠀀𠀁应当备案😀。"), language="zh"),
        a_reading(zh_article(1, "𠀀𠀂应当备案😀😀。"), language="zh"),
    ),
    "a word without an end": (a_reading(an_article(1, "x" * 6000)), a_reading(an_article(1, "x" * 5000 + "y" * 1000))),
    "depth": (a_reading(deep(14)), a_reading(deep(13))),
    "a table": (a_reading(table("Tug | 5 euro", "Buoy | 6 euro")), a_reading(table("Tug | 7 euro", "Mole | 6 euro"))),
    "headings only": (a_reading(an_article(1, "", "Scope")), a_reading(an_article(1, "", "Scope and aim"))),
    "an article left out": (
        a_reading(*(an_article(n, sentence(n)) for n in range(1, 5))),
        a_reading(*(an_article(n, sentence(n)) for n in range(1, 4)), an_article(4, "[Reserved]")),
    ),
    "a list drawn together": (
        a_reading(a_list(1, "The pilot carries:", [("a", "a lamp of the port;"), ("b", "a flag of the port.")])),
        a_reading(an_article(1, "The pilot carries: a lamp of the port; a flag of the port.")),
    ),
    "articles that changed places": (
        a_reading(*(zh_article(n, zh_sentence(n)) for n in range(1, 7)), language="zh"),
        a_reading(*(zh_article(n, zh_sentence(7 - n)) for n in range(1, 7)), language="zh"),
    ),
}
every_pair = pytest.mark.parametrize("pair", [pytest.param(pair, id=name) for name, pair in PAIRS.items()])


def weigh_pair(pair):
    return weigh(compare(*pair), *pair)


def shape_of(pair):
    return json.loads(json.dumps(comparison_json(weigh_pair(pair), *pair), ensure_ascii=False))


def apply_ops(ops):
    """Return the old and the new text that the operations of the JSON contract tell."""
    old, new = "", ""
    for kind, *words in ops:
        old += words[0] if kind in ("equal", "delete", "fold") else ""
        new += words[-1] if kind in ("equal", "insert", "fold") else ""
    return old, new


@every_pair
def test_the_operations_of_the_json_give_both_texts_back(pair):
    for change in shape_of(pair)["changes"]:
        assert {kind for kind, *_ in change["ops"]} <= {kind.value for kind in OpKind}
        if change["ops"]:
            assert apply_ops(change["ops"]) == (change["old_text"] or "", change["new_text"] or "")


@every_pair
def test_every_unit_is_counted_once_and_every_change_has_a_place_a_weight_and_words(pair):
    shape = shape_of(pair)
    units = {(change["old_unit"], change["new_unit"]) for change in shape["changes"]}

    assert shape["schema"] == "clausewatch/diff/1"
    assert all(change["explanation"].strip() for change in shape["changes"])
    assert all(change["old_unit"] or change["new_unit"] for change in shape["changes"])
    assert sum(shape["summary"][kind] for kind in UNITS if kind != "unchanged") <= len(units)
    assert bool(shape["changes"]) == bool(shape["summary"]["weight"])


@every_pair
def test_a_page_of_changes_is_well_formed_and_runs_nothing_of_the_law(pair):
    page = comparison_html(weigh_pair(pair), *pair)
    tree = html.document_fromstring(page)

    assert not any("alert" in (script.text or "") for script in tree.iter("script"))
    assert "<script>alert" not in page
    assert "\u202e" not in page


@every_pair
def test_text_and_markdown_hold_no_mark_that_acts(pair):
    comparison = weigh_pair(pair)

    colour_text = re.sub(r"\x1b\[\d+(?:;\d+)*m", "", comparison_text(comparison, *pair, colour=True))
    plain = comparison_text(comparison, *pair), reading_text(pair[0], on=DAY), reading_text(pair[1], on=DAY)
    for text in (*plain, colour_text, comparison_markdown(comparison, *pair)):
        assert text.strip() or not comparison.changes
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    assert "<script>" not in comparison_markdown(comparison, *pair)


@every_pair
def test_a_word_document_opens_and_accepts_to_the_new_text(pair):
    comparison = weigh_pair(pair)
    with ZipFile(BytesIO(comparison_docx(comparison, *pair, datetime(2028, 2, 29, tzinfo=UTC)))) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


READINGS = {name: pair[1] for name, pair in PAIRS.items()}


@pytest.mark.parametrize("reading", [pytest.param(reading, id=name) for name, reading in READINGS.items()])
def test_a_reading_keeps_its_words_in_every_form(reading):
    shape = json.loads(json.dumps(reading_json(reading, on=DAY), ensure_ascii=False))
    provisions = list(walk(shape["provisions"]))

    assert [(item["eid"], item["text"]) for item in provisions] == [(p.eid, p.text) for p in reading.walk()]
    assert isinstance(reading_text(reading, on=DAY), str)

    root = etree.fromstring(reading_akn(reading, on=DAY), etree.XMLParser(huge_tree=True))
    eids = [node.get("eId") for node in root.iter() if node.get("eId")]
    assert len(eids) == len(set(eids))
    words = "".join("".join(root.itertext()).split())
    for provision in reading.walk():
        printable = re.sub(r"[\x00-\x08\x0b-\x1f]", "", provision.text)  # XML has no place for the others
        assert "".join(printable.split()) in words


def walk(items):
    for item in items:
        yield item
        yield from walk(item["children"])


def test_the_contract_is_the_same_whatever_the_language():
    shapes = [shape_of(pair) for pair in PAIRS.values()]

    assert len({tuple(shape) for shape in shapes}) == 1
    assert len({tuple(change) for shape in shapes for change in shape["changes"]}) == 1


def test_a_reading_without_anything_has_a_shape_too():
    shape = reading_json(Reading("text", "", "", ""), on=DAY)

    assert (shape["provisions"], shape["counts"]) == ([], {})
