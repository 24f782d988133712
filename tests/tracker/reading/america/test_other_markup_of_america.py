"""Forms of American law beside bills and the Code: compilations, bulk files, issues, RegML, the District's own XML."""

import pytest

from storage.records import MilestoneKind, Reading
from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext

US = ReadingContext(jurisdiction="us")
FILLER = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."


def reading(body: str) -> Reading:
    return read(body.encode(), US)


def words(read_: Reading) -> str:
    return " ".join(p.text for root in read_.provisions for p in root.walk())


def notes(read_: Reading, name: str) -> list[str]:
    return [note.text for note in read_.notes if note.name == name]


def test_a_compilation_of_a_statute_is_by_congress_with_its_day():
    body = f"""<statuteCompilation xmlns="http://schemas.gpo.gov/xml/uslm"><meta><approvedDate>1995-03-22</approvedDate>
    <creator>Office of the Legislative Counsel</creator></meta><main>
    <section><num value="1">Sec. 1. </num><editorialNote>[2 U.S.C. 1 note]</editorialNote><content>{FILLER}</content>
    </section>
    <editorialNote><b>[</b><section><num value="2">Sec. 2. </num><content>Repealed by P.L. 1-2.</content></section>
    <b>]</b></editorialNote></main></statuteCompilation>"""

    law = reading(body)

    assert law.counts == {"section": 2}
    assert [a.id for a in law.authorities] == ["us_congress"]
    assert [(m.kind, str(m.on)) for m in law.dates] == [(MilestoneKind.ADOPTED, "1995-03-22")]
    assert "[2 U.S.C. 1 note]" in notes(law, "editorial note")


def test_a_law_approved_at_its_end_is_adopted_and_its_side_notes_stand_apart():
    body = f"""<pLaw xmlns="http://schemas.gpo.gov/xml/uslm"><meta><type>Public Law</type></meta><main>
    <section><num value="1">SECTION 1. </num><content>{FILLER}<sidenote>33 USC 1.</sidenote> Lamps are white.</content>
    </section><action><actionDescription>Approved March 13, 2031.</actionDescription></action></main></pLaw>"""

    law = reading(body)

    assert [(m.kind, str(m.on)) for m in law.dates] == [(MilestoneKind.ADOPTED, "2031-03-13")]
    assert notes(law, "side note") == ["33 USC 1."]
    assert "33 USC" not in words(law)


def test_a_body_that_was_struck_is_not_law():
    section = "<section><enum>{}.</enum><header>Reports</header><text>Report within {} days. {}</text></section>"
    body = f"""<bill bill-stage="Reported-in-House"><form><legis-num>H. R. 9</legis-num></form>
    <legis-body changed="deleted">{section.format(1, 30, FILLER)}</legis-body>
    <legis-body changed="added">{section.format(1, 10, FILLER)}</legis-body></bill>"""

    law = reading(body)

    assert law.counts == {"section": 1}
    assert "30 days" not in words(law)
    assert "30 days" in notes(law, "struck text")[0]


@pytest.mark.parametrize("power", ["<SU>26</SU>", '<E T="51">26</E>', "<sup>26</sup>"])
def test_a_power_is_not_a_number_of_four_digits(power):
    text = f"<P>{FILLER} At most 10{power} lamps.</P>"
    rule = f"<DIV8 N='§ 9.1'><HEAD>§ 9.1   Limit.</HEAD>{text}</DIV8>"
    part = f"<DIV5 N='9' TYPE='PART'><HEAD>PART 9—LAMPS</HEAD>{rule}</DIV5>"

    assert "10²⁶ lamps" in words(reading(part))


def test_the_bulk_file_of_the_code_is_read_below_its_header():
    body = f"""<DLPSTEXTCLASS><HEADER><TITLE>Title 1: Lamps</TITLE></HEADER><TEXT><BODY><ECFRBRWS><AMDDATE>Dec. 29, 2031
    </AMDDATE><DIV1 N="1" TYPE="TITLE"><HEAD>Title 1—Lamps</HEAD><DIV5 N="9" TYPE="PART"><HEAD>PART 9—LAMPS</HEAD>
    <DIV7 TYPE="SUBJGRP"><HEAD>General</HEAD><DIV8 N="§ 9.1"><HEAD>§ 9.1   Limit.</HEAD><P>{FILLER}</P></DIV8></DIV7>
    <DIV8 N="§ 9.2"><HEAD>§ 9.2   More.</HEAD><P>{FILLER}</P></DIV8></DIV5></DIV1></ECFRBRWS></BODY></TEXT>
    </DLPSTEXTCLASS>"""

    law = reading(body)

    assert law.counts == {"part": 1, "section": 2}
    assert notes(law, "subject group") == ["General"]
    assert not law.flaws


def test_an_issue_of_the_federal_register_holds_its_documents():
    one = (
        "<RULE><PREAMB><AGENCY>LIGHT AGENCY</AGENCY><SUBJECT>Lamps {0}</SUBJECT></PREAMB><REGTEXT TITLE='9' PART='{0}'>"
        "<SECTION><SECTNO>§ {0}.1</SECTNO><SUBJECT>Limit.</SUBJECT><P>{1}</P></SECTION></REGTEXT>"
        "<FRDOC>[FR Doc. 31-{0} Filed]</FRDOC></RULE>"
    )
    body = f"<FEDREG><VOL>9</VOL><RULES>{one.format(1, FILLER)}{one.format(2, FILLER)}</RULES></FEDREG>"

    law = reading(body)

    assert [(p.heading, p.number) for p in law.provisions] == [("Lamps 1", "31-1"), ("Lamps 2", "31-2")]
    assert law.counts["section"] == 2
    assert not law.flaws


def test_regml_is_read_by_its_elements():
    body = f"""<regulation xmlns="eregs"><fdsys><title>LAMPS</title></fdsys><part label="9"><content>
    <subpart subpartLetter="A"><title>General</title><content>
    <section sectionNum="1"><subject>§ 9.1 Lamps.</subject><paragraph marker="(a)">
    <content>{FILLER}</content><paragraph marker="(1)"><content>White lamps.</content></paragraph></paragraph></section>
    </content></subpart></content></part></regulation>"""

    law = reading(body)

    assert [p.eid for root in law.provisions for p in root.walk()] == [
        "subpart_a",
        "sec_9.1",
        "sec_9.1__para_a",
        "sec_9.1__para_a__subpara_1",
    ]


def test_regml_says_title_part_author_and_day_of_itself_and_names_no_subpart():
    body = f"""<regulation xmlns="eregs"><fdsys><date>2031-01-01</date><title>LAMPS (REGULATION L)</title></fdsys>
    <preamble><agency>Bureau of Lamps</agency><cfr><title>77</title><section>9</section></cfr>
    <effectiveDate>2031-02-01</effectiveDate></preamble><part label="9"><tableOfContents><tocAppEntry>
    <appendixLetter>A</appendixLetter><appendixSubject>Appendix A to Part 9</appendixSubject></tocAppEntry>
    </tableOfContents><content><subpart><content><section sectionNum="1"><subject>§ 9.1 Lamps.</subject>
    <paragraph marker=""><content>{FILLER} {FILLER}</content></paragraph></section></content></subpart></content></part>
    </regulation>"""

    law = reading(body)

    assert [p.eid for p in law.provisions] == ["sec_9.1"]
    assert (law.title, law.number) == ("LAMPS (REGULATION L)", "77 CFR Part 9")
    assert [(m.kind, str(m.on)) for m in law.dates] == [(MilestoneKind.IN_FORCE, "2031-02-01")]
    assert notes(law, "table of contents") == ["A Appendix A to Part 9"]
    assert not law.flaws


def test_a_law_of_the_district_has_its_short_title_number_and_days():
    body = f"""<document xmlns="https://code.dccouncil.us/schemas/dc-library"><num type="law">29-155</num>
    <num type="bill">29-257</num><heading type="short">Lamp Act of 2031</heading><heading type="long">To establish
    lamps.</heading><meta><effective>2031-08-22</effective><history><enacted>2031-07-02</enacted></history></meta>
    <text>BE IT ENACTED BY THE COUNCIL</text><section><num>2</num><heading>Lamps.</heading><text>{FILLER}</text>
    </section></document>"""

    law = reading(body)

    assert (law.title, law.number) == ("Lamp Act of 2031", "D.C. Law 29-155")
    assert {(m.kind.value, str(m.on)) for m in law.dates} == {("in_force", "2031-08-22"), ("adopted", "2031-07-02")}
    assert [a.name for a in law.authorities] == ["Council of the District of Columbia"]
    assert law.counts["section"] == 1


def test_a_section_of_the_district_that_names_no_schema_is_known_by_its_history():
    body = f"""<?xml version="1.0"?><section><num>9-101.01</num><heading>Keepers.</heading><text>{FILLER}</text>
    <annotations><annotation doc="D.C. Law 1-79" type="History">Sept. 2, 2031, D.C. Law 1-79, 23 DCR 2050</annotation>
    </annotations></section>"""

    law = reading(body)

    assert [p.eid for p in law.provisions] == ["sec_9-101.01"]


def test_the_law_xml_of_the_district_is_read_by_its_elements():
    body = f"""<container xmlns="https://code.dccouncil.us/schemas/dc-library"><prefix>Chapter</prefix><num>9</num>
    <heading>Lamps</heading><section><num>9-101</num><heading>Keepers.</heading><text>{FILLER}</text>
    <para><num>(1)</num><text>By day; and</text></para><annotations><annotation>Feb. 1, 2031</annotation></annotations>
    </section></container>"""

    law = reading(body)

    assert [p.eid for p in law.provisions[0].walk()] == ["sec_9-101", "sec_9-101__subsec_1"]
    assert (law.title, notes(law, "annotations")) == ("Lamps", ["Feb. 1, 2031"])


def test_text_struck_by_element_style_or_style_sheet_is_not_law():
    page = f"""<html><head><style>.old{{text-decoration:line-through}}</style></head><body><h1>AN ACT ABOUT LAMPS</h1>
    <p>SEC. 1. A keeper shall report within <span class="old">thirty</span> ten days.</p>
    <p>SEC. 2. <span style="text-decoration: line-through">Keepers are exempt.</span> {FILLER} <del>Not now.</del></p>
    </body></html>"""

    law = reading(page)

    assert notes(law, "struck text") == ["thirty", "Keepers are exempt.", "Not now."]
    assert "within ten days" in words(law)


def test_a_section_printed_twice_stands_twice():
    sections = (
        "TITLE 9 LAMPS",
        f"§ 9-21. Duties.\n{FILLER}",
        "§ 9-22. Repealed by Acts 2004, c. 64.",
        "§ 9-23. (Effective until July 1, 2031) Fees.\nThe fee is $25.",
        "§ 9-23. (Effective July 1, 2031) Fees.\nThe fee is $40.",
        f"§ 9-24. Reports. {FILLER}",
    )

    law = reading("\n\n".join(sections))

    assert [p.eid for p in law.provisions] == ["sec_9-21", "sec_9-22", "sec_9-23", "sec_9-23-2", "sec_9-24"]


@pytest.mark.parametrize(
    "dates",
    [
        "This rule is effective March 13, 2031, except for instruction 3, which is delayed indefinitely.",
        "Effective at 12:01 a.m. Eastern Time, March 13, 2031.",
        "The rule takes effect at noon on March 13, 2031.",
    ],
)
def test_a_rule_is_in_force_on_its_day_whatever_hour_or_exception(dates):
    preamble = f"<PREAMB><SUBJECT>Lamps</SUBJECT><EFFDATE><HD>DATES:</HD><P>{dates}</P></EFFDATE></PREAMB>"
    body = f"<RULE>{preamble}<SUPLINF><P>{FILLER}{FILLER}</P></SUPLINF></RULE>"

    assert [str(m.on) for m in reading(body).dates if m.kind is MilestoneKind.IN_FORCE] == ["2031-03-13"]


def test_an_order_is_dated_by_its_heading():
    lines = (
        "Executive Order 99999 of January 5, 2031",
        "Lamps",
        "By the authority vested in me as President by the Constitution:",
        f"Section 1. Purpose. {FILLER}",
        f"Sec. 2. Lamps. {FILLER}",
    )
    text = "\n\n".join(lines)

    assert [(m.kind, str(m.on)) for m in reading(text).dates if m.kind is MilestoneKind.ISSUED] == [
        (MilestoneKind.ISSUED, "2031-01-05")
    ]


@pytest.mark.parametrize("name", ["s", "strike", "del"])
def test_whole_paragraphs_inside_an_element_that_strikes_are_not_law(name):
    page = f"""<html><body><h1>AN ACT ABOUT LAMPS</h1><{name}><p>SEC. 1. Old lamps.</p><p>SEC. 2. Gone.</p></{name}>
    <p>SEC. 1. {FILLER}</p></body></html>"""

    law = reading(page)

    assert [p.eid for p in law.provisions] == ["sec_1"]
    assert notes(law, "struck text") == ["SEC. 1. Old lamps. SEC. 2. Gone."]


@pytest.mark.parametrize("name", ["strike", "amend-struck", "line-through", "lbexStruckText"])
def test_a_class_that_says_it_strikes_does_so_without_its_style_sheet(name):
    page = f"""<html><body><h1>AN ACT ABOUT LAMPS</h1>
    <p>SEC. 1. Report within <span class="{name}">thirty</span> ten days. {FILLER}</p></body></html>"""

    assert "thirty" not in words(reading(page))


def amendment(*instructions: str) -> Reading:
    return reading(
        """<?xml version="1.0"?><engrossedAmendment xmlns="http://schemas.gpo.gov/xml/uslm"><amendMeta>
        <title>AMENDMENTS to 219 HR 9</title><citableAs>219 HR 9 EAS</citableAs></amendMeta><amendPreface>
        <slugLine>HR 9 EAS</slugLine></amendPreface><amendMain><docTitle>AMENDMENT:</docTitle>"""
        + "".join(f"<amendmentInstruction><content>{text}</content></amendmentInstruction>" for text in instructions)
        + "</amendMain></engrossedAmendment>"
    )


def test_an_engrossed_amendment_keeps_the_words_that_say_where_it_goes():
    section = f'<section><num value="9">SEC. 9. </num><heading>LAMPS.</heading><content>{FILLER}</content></section>'
    law = amendment(f"At the end, add the following:<amendmentContent>{section}</amendmentContent>")

    assert [p.eid for p in law.provisions if p.kind.value == "section"] == ["sec_9"]
    assert "At the end, add the following:" in words(law)
    assert (law.title, law.number) == ("AMENDMENTS to 219 HR 9", "219 HR 9")
    assert law.words["problems"] == 0


def test_what_an_engrossed_amendment_quotes_is_no_section_of_it():
    section = f'<section><num value="9">“SEC. 9. </num><content>{FILLER}</content></section>'
    law = amendment(f"Page 3, insert: <quotedContent>{section}</quotedContent>", "Page 4, strike line 2.")

    assert law.counts == {"paragraph": len(law.provisions)}
    assert "SEC. 9." in words(law)


def test_two_bodies_that_nothing_marks_as_struck_are_told():
    sections = [f"<section><enum>{n}.</enum><header>Lamps</header><text>{FILLER}</text></section>" for n in (1, 2)]
    body = f"<legis-body>{''.join(sections)}</legis-body>"
    law = reading(f'<?xml version="1.0"?><bill bill-stage="Reported-in-House">{body}{body}</bill>')

    assert "section 1 out of order or printed twice" in " ".join(flaw.text for flaw in law.flaws)


def test_a_section_that_only_the_contents_list_of_the_markup_names_is_told():
    items = "".join(
        f"<referenceItem><designator>Sec. {n}.</designator><label>L</label></referenceItem>" for n in (1, 2, 3)
    )
    sections = "".join(
        f'<section><num value="{n}">SEC. {n}. </num><content>{FILLER}</content></section>' for n in (1, 2)
    )
    law = reading(
        f'<?xml version="1.0"?><statuteCompilation xmlns="http://schemas.gpo.gov/xml/uslm"><main><toc>{items}</toc>'
        f"{sections}</main></statuteCompilation>"
    )

    assert any("section 3, which was not read" in flaw.text for flaw in law.flaws)


@pytest.mark.parametrize(("stage", "draft"), [("ENR", False), ("Enrolled Bill", False), ("Engrossed in Senate", True)])
def test_an_enrolled_resolution_without_a_citation_has_the_number_of_its_title(stage, draft):
    law = reading(
        f"""<?xml version="1.0"?><resolution xmlns="http://schemas.gpo.gov/xml/uslm/2.0"><meta>
        <title>219 SJRES 1 ENR: Approving the place of a lamp.</title><type>Senate Joint Resolution</type>
        <docStage>{stage}</docStage><congress>219</congress></meta><main><preamble><recital>Whereas lamps;</recital>
        <resolvingClause>Resolved by the Senate,</resolvingClause></preamble><section class="inline"><content>That
        the place is approved. {FILLER}</content></section></main></resolution>"""
    )

    assert (law.number, law.title) == ("219 SJRES 1", "Approving the place of a lamp.")
    assert (law.draft, law.counts) == (draft, {"recital": 1, "section": 1})


def test_each_division_of_an_omnibus_law_may_count_anew():
    section = (
        '<section><num value="{n}">SEC. {n}. </num><heading>LAMPS.</heading><content>' + FILLER + "</content></section>"
    )
    two = section.format(n=101) + section.format(n=102)
    divisions = "".join(f'<division><num value="{letter}">DIVISION {letter}</num>{two}</division>' for letter in "AB")
    law = reading(
        f'<?xml version="1.0"?><pLaw xmlns="http://schemas.gpo.gov/xml/uslm"><main>{section.format(n=1)}{divisions}'
        "</main></pLaw>"
    )

    assert law.counts == {"section": 5, "book": 2}
    assert not law.flaws
