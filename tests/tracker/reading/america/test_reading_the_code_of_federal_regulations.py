from tests.tracker.reading.america.texts_of_america import a_text, notes, outline, relations, the_facts, the_provisions


def test_a_part_is_read_into_subparts_sections_and_inline_chains():
    assert outline(a_text("part.xml").drafts) == [
        "subpart A [General]",
        "  section 9901.1 [Definitions.] For purposes of this part:",
        "    paragraph Large model means a model that—",
        "      subparagraph 1 Has many weights; or",
        "      subparagraph 2 Was trained for a year.",
        "    paragraph Maker means a person that trains a model.",
        "  section 9901.2 [Reports.]",
        "    paragraph a",
        "      subparagraph 1 [Who reports.] A maker that—",
        "        clause i Trains a model;",
        "        clause ii Sells one; or",
        "        clause iii Lends one,",
        "        wrapup must report each quarter.",
        "      subparagraph 2 Nobody else reports. (See § 9901.1.)",
        "  section 9901.3 [[Reserved]]",
        "appendix A [to Part 9901—Form of the Letter]",
        "  paragraph Dear Director, here is our report.",
    ]


def test_sections_stand_without_their_subpart():
    (subpart, _) = the_provisions("part.xml")

    assert [p.eid for p in subpart.children] == ["sec_9901.1", "sec_9901.2", "sec_9901.3"]
    assert subpart.children[1].citation == "§ 9901.2"


def test_the_part_is_the_instrument_and_not_a_container_in_it():
    facts = the_facts("part.xml")

    assert facts.title == "PART 9901—LARGE MODELS (PRACTICE)"
    assert (facts.number, facts.uri) == ("15 CFR Part 9901", "/title-15/part-9901")
    assert relations(facts) == [("implements", "50 U.S.C. 9901")]


def test_source_notes_change_without_the_law():
    part = a_text("part.xml")

    assert notes(part, "source note of § 9901.2") == ["[91 FR 80, Jan. 6, 2026]"]
    assert notes(part, "authority") == ["Authority: 50 U.S.C. 9901."]


def test_a_yearly_volume_reads_as_the_electronic_code_does():
    volume = a_text("volume.xml")

    assert outline(volume.drafts) == [
        "section 9901.2 [Reports.]",
        "  paragraph a A maker reports.",
        "  paragraph b A seller does not.",
    ]
    assert notes(volume, "contents") == ["Sec. 9901.2 Reports."]
    assert notes(volume, "ear") == ["Pt. 9901"]
