"""Older converters, bare paragraphs, and proposals made from a word processor."""

import pytest

from tests.tracker.reading.europe.acts_of_europe import an_act, front, outline

TREES = {
    "oj_2013.html": """\
recital 1 Oars break.
part ONE [GENERAL PROVISIONS]
  title I [SCOPE]
    article 1 [Scope]
      paragraph This Regulation covers:
        point a oars;
        point b paddles.
      paragraph It does not cover poles.
part ELEVEN [FINAL PROVISIONS]
  article 2 [Entry into force]
    paragraph 1 This Regulation shall enter into force on the day following that of its publication.
annex I
  section [Oars]
    point 1 Long oars.""",
    "consolidated_2009.html": """\
chapter I [ANCHORS]
  article 1
    paragraph 1 This Directive applies to anchors.
    paragraph 2
      subparagraph An anchor is:
        point a heavy; and
        point b sharp.
      subparagraph Chains are not anchors.
  article 2 This Directive is addressed to the Member States.
annex I
  section [SCHEDULE A]
    paragraph Name | Weight""",
    "lexuriserv.html": """\
recital 1 Sails tear.
title I [GENERAL PROVISIONS]
  article 1 [Sails]
    paragraph 1 A sail shall be whole.
    paragraph 2
      subparagraph A sail is whole:
        point a when it has no holes
          point i large; or
          point ii small;
        point b when it is mended.
      subparagraph Patches count.
  article 2 This Regulation shall enter into force on the 60th day following its publication.""",
    "consolidated_1998.html": """\
article 1
  paragraph 1 Ruder werden gezählt.
  paragraph 3 Ruder werden gestrichen.
article 2 Diese Gemeinsame Maßnahme tritt am Tag ihrer Veröffentlichung in Kraft.""",
    "proposal.html": """\
recital 1 Ropes fray,
chapter I [ROPES]
  article 1 [Knots]
    paragraph 1 Ropes shall be:
      point a tied:
        point i twice;
      point b dry.
    paragraph 2 Paragraph 1 applies.
  article 2 This Regulation shall enter into force on the day following that of its publication.""",
    "consolidated.fmx.xml": """\
article 1
  paragraph 1 Owners shall light their buoys nightly.
  paragraph 3 Still here.""",
}


@pytest.mark.parametrize("name", TREES)
def test_the_tree_of_each_generation(name):
    assert "\n".join(outline(an_act(name).drafts)) == TREES[name]


def test_a_title_printed_twice_is_the_preface_once():
    assert front(an_act("consolidated_2009.html"), "preface").count("DIRECTIVE 2009/44/EC") == 1


def test_footnotes_after_the_signature_are_no_conclusions():
    act = an_act("lexuriserv.html")

    assert front(act, "conclusions").split("\n")[-1] == "Done at Brussels, 12 December 2001."
    assert [note.text for note in act.notes] == ["(1) OJ C 29, 31.1.1994, p. 20."]


def test_the_memorandum_of_a_proposal_is_a_note_and_no_structure():
    act = an_act("proposal.html")

    assert [note.name for note in act.notes] == ["footnote", "explanatory memorandum"]
    assert "Why Article 1 matters" in act.notes[1].text


def test_what_a_consolidated_formex_deletes_is_gone_and_its_marks_are_kept():
    act = an_act("consolidated.fmx.xml")

    assert act.uri == "02031R0077-20330101"
    assert [n.text.count("CLG.MDFO") for n in act.furniture if n.name == "amendment mark"] == [3]
