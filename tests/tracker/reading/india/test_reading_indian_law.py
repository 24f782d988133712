"""Acts, rules and notifications are taken apart into the units their own words name, and nothing is lost."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from storage.records import ProvisionKind
from tracker.reading import india
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import Draft, Extract, ReadingContext
from tracker.reading.structure.eids import finish

RULES = """MINISTRY OF ELECTRONICS AND INFORMATION TECHNOLOGY
NOTIFICATION
New Delhi, the 3rd March, 2031
G.S.R. 77(E).–– In exercise of the powers conferred by section 4 of the Lighthouse Act, 2030 (9 of 2030), the Central
Government hereby makes the following rules, namely:—
1. Short title and commencement.—(1) These rules may be called the Lighthouse Keepers Rules, 2031.
(2) They shall come into force on the date of their publication in the Official Gazette.
2. Duties of keeper.—(1) A keeper shall—
(a) light the lamp; and
(b) keep a log under clause (a) of sub-rule
(2) of rule 3, which any person may read.
(2) A keeper may sleep by day.

<!-- page 2 -->
2
THE GAZETTE OF INDIA : EXTRAORDINARY
[PART II—SEC. 3(i)]
3. Logs. — A log is kept as the First Schedule says.

FIRST SCHEDULE
[See rule 3]
PART A
The log
1. The log names each ship.
2.

It is kept dry, namely:—
(a) in a box; and
(b) off the floor.
PART B
The ink
1. The ink is black.
Note: In this Schedule,—
(a) “ink” means any ink; and
(b) “log” means a book.

SCHEDULE II
[See rule 2]
Hours of the lamp
1. Dusk. — (1) At dusk it is lit.
(2) In fog too.
[F. No. 1(2)/2031-Lamps]
A. KEEPER, Jt. Secy.
Note: The principal rules were published vide number G.S.R. 1(E), dated the 1st May, 2029.
Uploaded by Dte. of Printing at Government of India Press, Delhi
Digitally signed by A KEEPER
Date: 2031.03.03 10:00:00 +05'30'
"""

ACT = """THE LIGHTHOUSE ACT, 2030
NO. 9 OF 2030
[11th August, 2030.]
An Act to provide for lighthouses.
ARRANGEMENT OF SECTIONS
1. Short title.
2. Definitions.
3. Lamps.
BE it enacted by Parliament in the Eighty-first Year of the Republic of India as follows:—
CHAPTER I
PRELIMINARY
1. Short title and commencement.—(1) This Act may be called the Lighthouse Act, 2030.
(2) It shall come into force on such date as the Central Government may, by notification, appoint.
2. Definitions.—In this Act, unless the context otherwise requires,—
(a) “lamp” means a light;
1[(aa) “horn” means a fog horn;]
(b) “keeper” means a person who keeps a lamp.
CHAPTER II
LAMPS
3. Lamps.—(1) Every lamp is lit at dusk:
Provided that in fog it is lit by day.
(2) Whoever puts out a lamp pays two thousand rupees.
3A. Horns.—A horn is blown in fog.
1. Ins. by Act 4 of 2031, s. 2 (w.e.f. 1-5-2031).
"""

AMENDMENT = """G.S.R. 90(E).—In exercise of powers conferred by section 4 of the Lighthouse Act, 2030 (9 of 2030), the
Central Government hereby makes the following rules further to amend the Lighthouse Keepers Rules, 2031, namely:—
1. Short title and commencement.—(1) These rules may be called the Lighthouse Keepers (Amendment) Rules, 2032.
(2) They shall come into force on the 20 th day of February, 2032.
2. In the Lighthouse Keepers Rules, 2031, after rule 2, the following rule shall be inserted, namely:⎯
“2A. Horns.—(1) A keeper shall blow—
(a) a horn; or
(b) a whistle.
Explanation.—A whistle is a small horn.”.
3. In the said rules, in rule 3,—
(a) for the words “kept dry”, the words “kept warm” shall be substituted; and
(b) the Schedule shall be omitted.
"""


def extract(text: str, **hints: str) -> Extract:
    return india.extract(open_source(text.encode()), ReadingContext(jurisdiction="in", **hints))


def eids(text: str) -> dict[str, str]:
    """Return the text of every provision by its eid."""
    provisions = finish(extract(text).drafts, india.cite)
    return {p.eid: p.text for root in provisions for p in root.walk()}


def citations(text: str) -> dict[str, str]:
    provisions = finish(extract(text).drafts, india.cite)
    return {p.eid: p.citation for root in provisions for p in root.walk()}


def test_rules_are_read_into_rules_and_schedules_with_arabic_numbers():
    drafts = extract(RULES).drafts

    assert [(d.kind.value, d.number, d.heading) for d in drafts] == [
        ("rule", "1", "Short title and commencement"),
        ("rule", "2", "Duties of keeper"),
        ("rule", "3", "Logs"),
        ("schedule", "FIRST", ""),
        ("schedule", "2", "Hours of the lamp"),
    ]
    assert {"sched_1", "sched_2", "rule_2__subsec_1__clause_b"} <= set(eids(RULES))


def test_a_reference_at_the_start_of_a_line_stays_in_its_clause():
    assert eids(RULES)["rule_2__subsec_1__clause_b"].endswith("sub-rule (2) of rule 3, which any person may read.")


def test_a_schedule_holds_its_parts_items_and_note():
    read = eids(RULES)

    assert read["sched_1"] == "[See rule 3]"
    assert read["sched_1__part_a__para_2__clause_b"] == "off the floor."
    assert read["sched_1__expl_1__clause_a"] == "“ink” means any ink; and"
    assert read["sched_2__para_1__subpara_2"] == "In fog too."


def test_front_signature_history_and_furniture_are_kept_apart():
    read = extract(RULES)

    assert [note.name for note in read.front] == ["preface", "preamble", "conclusions"]
    assert [note.name for note in read.notes] == ["history"]
    assert {note.name for note in read.furniture} == {"running head", "page number", "signature", "markup"}


def test_an_act_is_read_into_sections_under_chapters_and_its_contents_list_is_a_note():
    read = extract(ACT)

    assert [(d.kind.value, d.number, d.heading) for d in read.drafts] == [
        ("chapter", "I", "PRELIMINARY"),
        ("chapter", "II", "LAMPS"),
    ]
    assert [d.number for chapter in read.drafts for d in chapter.children] == ["1", "2", "3", "3A"]
    assert [note.text.split("\n")[0] for note in read.notes if note.name == "contents"] == ["ARRANGEMENT OF SECTIONS"]


def test_amendment_marks_and_footnotes_are_notes_and_not_text():
    read = extract(ACT)

    assert read.drafts[0].children[1].children[1].text == "“horn” means a fog horn;"
    assert [(n.name, n.text[:12]) for n in read.notes if n.name != "contents"] == [
        ("footnote", "1. Ins. by A"),
        ("amendment marks", "1"),
    ]


def test_what_an_amendment_inserts_is_payload_of_the_rule_that_inserts_it():
    read = eids(AMENDMENT)

    assert sorted(read) == [
        "rule_1",
        "rule_1__subsec_1",
        "rule_1__subsec_2",
        "rule_2",
        "rule_3",
        "rule_3__clause_a",
        "rule_3__clause_b",
    ]
    assert read["rule_2"].endswith("Explanation.—A whistle is a small horn.”.")


def test_provisions_are_cited_as_lawyers_do():
    all_citations = citations(ACT) | citations(RULES)

    assert all_citations["rule_2__subsec_1__clause_a"] == "rule 2(1)(a)"
    assert "proviso to section 3(1)" in all_citations.values()
    assert all_citations["sched_1__part_a__para_2__clause_a"] == "First Schedule, Part A, paragraph 2(a)"
    assert all_citations["sched_2__para_1__subpara_1"] == "Schedule II, paragraph 1(1)"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("These rules may be called the Net Rules, 2030.", ProvisionKind.RULE),
        ("This Act may be called the Net Act, 2030.", ProvisionKind.SECTION),
        ("These regulations may be called the Net Regulations, 2030.", ProvisionKind.REGULATION),
        ("These directions may be called the Net Directions, 2030.", ProvisionKind.PARAGRAPH),
    ],
)
def test_the_kind_of_unit_is_what_the_instrument_calls_itself(name, kind):
    text = f"1. Short title.—{name}\n2. Nets.—As sub-rule (1) of rule 4 of another instrument says, nets are mended.\n"

    assert {draft.kind for draft in extract(text).drafts} == {kind}


def test_guidance_without_numbers_is_read_into_paragraphs():
    page = """<html><body><form><div class="innner-page-main-about-us-content-right-part">
      <div id="MinistryName">Ministry of Electronics and Information Technology</div><h2 id="Titleh2">Lamps are lit</h2>
      <div id="PrDateTime">Posted On: 11 APR 2031 by PIB Delhi</div>
      <p>The Ministry lit the first lamp of the year in the presence of its keeper.</p>
      <p>It will be put out at dawn, and lit again at dusk, as on every day.</p>
      <div class="ReleaseLang">Read this release in: <a href="x">Marathi</a></div></div>
      <div class="footer">Visitor 123</div></form></body></html>"""
    read = extract(page, kind="guidance")

    assert [(d.kind.value, d.number) for d in read.drafts] == [("paragraph", ""), ("paragraph", "")]
    assert [n.name for n in read.notes] == ["release", "release"]
    assert [n.text for n in read.furniture] == ["Visitor 123"]


def test_numbered_directions_begin_with_an_unnumbered_paragraph_and_end_with_a_signature():
    page = """<html><body><div id="NotificationUser"><p>RBI/2031-32/7</p><p>May 2, 2031</p>
      <p>The Reserve Bank issued Directions on lamps, which keepers follow.</p>
      <p>2. Accordingly, the Reserve Bank issues these.</p><p>(1) A lamp is lit.</p><p>(2) A log is kept.</p>
      <p>3. They come into force at once.</p><p>(A. Keeper)</p><p>Chief General Manager</p></div></body></html>"""
    read = extract(page)

    assert [(d.number, len(d.children)) for d in read.drafts] == [("", 0), ("2", 2), ("3", 0)]
    assert [n.name for n in read.front] == ["preface", "conclusions"]


def test_hindi_lines_of_a_bilingual_gazette_are_a_note_and_english_is_the_law():
    text = "इलेक्ट्रॉनिकी मंत्रालय\nअधिसूचना\n1. इन नियमों का नाम दीप नियम है।\n" + RULES

    read = extract(text)

    assert read.notes[0].name == "Hindi text"
    assert [d.number for d in read.drafts][:3] == ["1", "2", "3"]


def test_a_line_that_begins_with_the_number_of_a_reference_begins_no_rule():
    text = "1. Short title.—These rules may be called the Net Rules, 2030.\n2. Nets.—A net is mended as said in rule\n"
    text += "3. A net is not thrown away.\n3. Oars.—An oar is kept.\n"

    assert [(d.number, d.heading) for d in extract(text).drafts] == [("1", "Short title"), ("2", "Nets"), ("3", "Oars")]


def test_a_quotation_with_mixed_marks_hides_no_clause():
    text = '1. Ports.—Here— (a) “port" means— (i) a harbour; or (ii) a quay; and (b) “ship” means a boat.\n2. Nets.'

    (port, ship) = extract(text).drafts[0].children
    assert [child.number for child in port.children] == ["i", "ii"]
    assert ship.text == "“ship” means a boat."


@pytest.mark.parametrize("end", range(0, 2100, 70))
def test_a_page_cut_anywhere_is_read_without_a_word_lost(end):
    text = RULES[:end] + "x"

    assert words_of(extract(text)) == Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("text", [RULES, ACT, AMENDMENT], ids=["rules", "act", "amendment"])
def test_every_word_lands_in_exactly_one_field(text):
    assert words_of(extract(text)) == Counter(re.findall(r"\w+", text))


def words_of(read: Extract) -> Counter[str]:
    parts = [f"{d.label} {d.heading} {d.text}" for root in read.drafts for d in walk(root)]
    parts += [note.text for note in (*read.front, *read.notes, *read.furniture)]
    return Counter(re.findall(r"\w+", "\n".join(parts)))


def walk(draft: Draft) -> list[Draft]:
    return [draft, *(inner for child in draft.children for inner in walk(child))]
