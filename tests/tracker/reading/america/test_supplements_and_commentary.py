"""Appendices and supplements, definitions that open their own lists, and what the codes print about a section."""

from tests.tracker.reading.america.texts_of_america import a_text, dates, notes, outline, relations
from tracker.reading import america
from tracker.reading.structure.draft import Extract, ReadingContext
from tracker.reading.structure.eids import finish
from tracker.reading.tradition import Facts


def the_facts(text: Extract) -> Facts:
    return america.facts(text, finish(text.drafts, america.cite), ReadingContext())


def test_a_term_in_italics_opens_its_own_list_in_the_same_line():
    section = a_text("commentary.xml").drafts[0]

    assert outline([section]) == [
        "section 9903.2 [Definitions.] In this part:",
        "  paragraph Beacon means a lamp.",
        "  paragraph Keeper—",
        "    subparagraph 1 [In general.] Keeper means a person who:",
        "      clause i Watches; and",
        "      clause ii Writes.",
        "    subparagraph 2 [Deputies.] A deputy is a keeper.",
        "  paragraph Oil means oil.",
    ]


def test_comments_stand_under_their_headings_with_their_numbers():
    text = a_text("commentary.xml")
    supplement = text.drafts[1]

    assert outline([supplement]) == [
        "supplement I [to Part 9903—Commentary]",
        "  section 9903.2 [Definitions]",
        "    section [Beacon.]",
        "      paragraph 1 Buoys. A buoy is no beacon.",
        "      paragraph 2 Codes. Use one of these:",
        "        paragraph Code 1—Red",
        "        paragraph Code 2—Green",
        "        point i Red is for port.",
        "        point ii Green is not.",
        "    section [2(b) Keeper.]",
        "      paragraph 1 Crew. A crew is none.",
    ]
    eids = {p.eid: p.citation for root in finish(text.drafts, america.cite) for p in root.walk()}
    assert eids["supp_I__sec_9903.2__sec_2__para_1"].startswith("Supplement I, Section 9903.2")


def test_running_heads_and_pictures_are_furniture():
    text = a_text("commentary.xml")

    assert notes(text, "ear") == ["Pt. 9903", "Pt. 9903, Supp. I"]
    assert notes(text, "gph") == ["ER01JA26.001"]


def test_a_volume_names_its_part_its_agency_and_every_statute_it_rests_on():
    facts = the_facts(a_text("commentary.xml"))

    assert (facts.number, [a.id for a in facts.authorities]) == ("12 CFR Part 9903", ["us_cfpb"])
    assert [target for kind, target in relations(facts) if kind == "implements"] == [
        "12 U.S.C. 9801",
        "12 U.S.C. 9802",
        "15 U.S.C. 99",
    ]


def test_what_the_code_prints_about_a_section_is_not_the_section():
    text = a_text("united_states_code.xml")

    assert outline(text.drafts) == ["title 99 [LAMPS]", "  section 9901 [Duty] A keeper watches."]
    assert notes(text, "source credit") == ["(Pub. L. 199–1, § 2, Jan. 1, 2025.)"]
    assert notes(text, "editorial note") == ["Editorial Notes", "The lamp was moved."]


def test_an_order_on_its_official_page_has_title_date_and_signature():
    text = a_text("order_page.html")
    facts = the_facts(text)

    assert facts.title == "LIGHTING THE COAST"
    assert dates(facts) == [
        ("published", "2026-02-02", None),
        ("issued", "2026-02-02", None),
        ("in_force", "2026-02-02", "issued"),
    ]
    assert relations(facts) == [("repeals", "Executive Order 99999")]
    assert notes(text, "conclusions") == ["JANE Q. DOE", "THE WHITE HOUSE,", "February 2, 2026."]
