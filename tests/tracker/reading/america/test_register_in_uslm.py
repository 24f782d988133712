"""The Register and the Code in USLM: an instruction is no section of law, and one reader reads old and new markup."""

import pytest

from storage.records import Reading
from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext

US = ReadingContext(jurisdiction="us")
USLM = 'xmlns="http://schemas.gpo.gov/xml/uslm" xmlns:dc="http://purl.org/dc/elements/1.1/"'
FILLER = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."
SECTION = (
    '<section identifier="/us/cfr/t77/s404.{n}"><num value="404.{n}">§ 404.{n}</num><heading>Lamps.</heading>'
    "<content><p>(a) The keeper lights the lamp. " + FILLER + "</p><p>(b) Always.</p></content></section>"
)
PREAMBLE = """<preface><?page num="7"?><organization>LIGHTHOUSE OFFICE</organization><affected><ref
  href="/us/cfr/t77/p404">77 CFR Part 404</ref></affected><property role="RIN">RIN 9960-AI16</property>
  <subject>Lamps at Sea</subject><organization><headingText>AGENCY:</headingText> Lighthouse Office.</organization>
  <action><actionDescription><headingText>ACTION:</headingText> Final rule.</actionDescription></action></preface>"""
STATEMENTS = """<statement role="summary"><content><heading>SUMMARY:</heading><p>Lamps.</p></content></statement>
  <statement role="effectiveDate"><content><heading>DATES:</heading><p>{dates}</p></content></statement>
  <statement role="supplementaryInformation"><content><heading>SUPPLEMENTARY INFORMATION:</heading>
  <p>Section 404.9 was discussed.<ref idref="f" style="-uslm-sgm:SU">1</ref></p></content></statement>
  <signatures><signature><name>A. Keeper,</name><role>Head.</role></signature></signatures>
  <wordsOfIssuance>For these reasons part 404 is amended:</wordsOfIssuance>"""
END = "<notes><frDocId>[FR Doc. {n} Filed 5-9-30; 8:45 am]</frDocId><billingCode>BILLING CODE 1</billingCode></notes>"


def instruction(number: int, words: str, quotation: str = "") -> str:
    quotation_xml = f"<quotedContent>{quotation}</quotedContent>" if quotation else ""
    return (
        f'<level role="amending"><section role="instruction" identifier="/us/fr/95/frdoc/{number}">'
        f'<num value="{number}">■ {number}. </num><content>{words}{quotation_xml}</content></section></level>'
    )


AMENDS = (
    '<level role="amending"><statement><quotedContent><part identifier="/us/cfr/t77/p404"><num value="404">PART 404—'
    "</num><heading>LAMPS</heading></part></quotedContent></statement></level>"
    + instruction(1, "The authority citation continues to read:", "<authority>Authority: Sec. 203.</authority>")
    + instruction(2, "Revise § 404.1 to read as follows:", SECTION.format(n=1))
    + instruction(3, "Add § 404.2:", SECTION.format(n=2))
    + instruction(4, "Remove § 404.3.")
)


def document(
    name: str = "rule", number: str = "2030-09910", dates: str = "Effective May 10, 2030.", end: str = END
) -> str:
    return (
        f'<{name} identifier="/us/fr/95/frdoc{number}"><meta><docNumber>{number}</docNumber></meta>{PREAMBLE}'
        f"<main><rulePreamble>{STATEMENTS.format(dates=dates)}</rulePreamble>{AMENDS}</main>"
        f"{end.format(n=number)}</{name}>"
    )


def reading(body: str) -> Reading:
    return read(f'<?xml version="1.0"?>{body}'.encode(), US)


def issue(*documents: str) -> Reading:
    inside = "".join(f"<component>{text}</component>" for text in documents)
    return reading(f"<frDoc {USLM}><main><rules><collection>{inside}</collection></rules></main></frDoc>")


class TestRules:
    def test_a_rule_holds_the_sections_it_sets_out_and_its_instructions_are_paragraphs(self):
        law = issue(document())

        assert [p.eid for p in law.provisions] == ["para_1", "para_2", "sec_404.1", "para_3", "sec_404.2", "para_4"]
        assert [p.eid for p in law.provisions[2].children] == ["sec_404.1__para_a", "sec_404.1__para_b"]
        assert (law.title, law.number) == ("Lamps at Sea", "2030-09910")
        assert [(m.kind.value, str(m.on)) for m in law.dates] == [("in_force", "2030-05-10")]
        assert not law.flaws

    def test_a_rule_alone_is_read_as_the_one_of_an_issue(self):
        alone = reading(document().replace("<rule ", f"<rule {USLM} ", 1))

        assert alone.provisions == issue(document()).provisions

    def test_a_rule_below_the_proposed_ones_is_a_proposal_and_open_for_comments(self):
        body = document(dates="Comments must be received by June 11, 2030.")
        law = reading(f"<frDoc {USLM}><main><proposedRules>{body}</proposedRules></main></frDoc>")

        assert [(m.kind.value, str(m.on)) for m in law.dates] == [("comments_due", "2030-06-11")]

    def test_a_document_without_its_last_line_has_the_number_of_its_metadata(self):
        assert issue(document(end="")).number == "2030-09910"

    def test_an_issue_of_two_rules_keeps_each_under_its_own_number(self):
        law = issue(document(), document(number="2030-09911"))

        assert [p.eid for p in law.provisions] == ["title_2030-09910", "title_2030-09911"]
        assert law.counts["section"] == 4

    def test_documents_with_one_instruction_each_begin_no_count_twice(self):
        one = [
            document(number=f"2030-{n}").replace(AMENDS, instruction(1, f"Remove § {n}. {FILLER}")) for n in (7, 8, 9)
        ]

        assert not issue(*one).flaws

    def test_an_instruction_with_points_sets_out_its_section_once(self):
        points = (
            '<level role="amending"><section role="instruction"><num value="1">■ 1. </num><chapeau>In § 1:</chapeau>'
            '<subsection role="instruction"><num value="a">■ a. </num><content>Remove paragraph (c); and</content>'
            "</subsection><continuation><quotedContent><p>The revision reads:</p>"
            + SECTION.format(n=1)
            + "</quotedContent></continuation></section></level>"
        )
        law = issue(document().replace(AMENDS, points))

        assert [(p.eid, p.label) for p in law.provisions] == [
            ("para_1", "1."),
            ("para_a", "a."),
            ("sec_404.1", "§ 404.1"),
        ]

    def test_numbered_levels_are_lines_with_their_numbers(self):
        levels = (
            '<section><num value="404.7">§ 404.7</num><heading>Oil.</heading><chapeau><elided>* * *</elided></chapeau>'
            '<paragraph><num value="d">(d)</num><chapeau> * * *</chapeau><paragraph><num value="1">(1)</num><content>'
            f"<p>{FILLER}</p><elided>* * * * *</elided></content></paragraph></paragraph></section>"
        )
        law = issue(document().replace(AMENDS, instruction(1, "Amend § 404.7:", levels)))

        assert [p.eid for root in law.provisions for p in root.walk()] == [
            "para_1",
            "sec_404.7",
            "sec_404.7__para_d",
            "sec_404.7__para_d__subpara_1",
        ]


def test_an_order_of_the_president_is_read_by_its_sections():
    order = f"""<presidentialDoc style="-uslm-sgm:EXECORD" identifier="/us/fr/95/frdoc2030-1"><preface>
      <dc:title>Executive Order 99999 of May 9, 2030</dc:title></preface><main><content>
      <heading>Keeping Lamps Lit</heading><p>By the authority vested in me as President, it is ordered:</p>
      <section><num value="1">Section 1.</num><heading>Policy.</heading><content>{FILLER}</content></section>
      <section><num value="2">Sec. 2.</num><heading>Lamps.</heading><content>All lamps are lit.</content></section>
      <signatures><signature><affiliation>THE WHITE HOUSE,</affiliation></signature></signatures></content></main>
      {END.format(n="2030-1")}</presidentialDoc>"""
    law = issue(order)

    assert [(p.eid, p.heading) for p in law.provisions] == [("sec_1", "Policy."), ("sec_2", "Lamps.")]
    assert (law.title, law.number) == ("Keeping Lamps Lit", "Executive Order 99999")


def volume(main: str) -> Reading:
    return reading(
        f"<cfrDoc {USLM}><meta><dc:title>Title 77 Lights</dc:title></meta><preface><toc><heading>Contents</heading>"
        f"</toc></preface><main>{main}</main><backmatter><section><num>1</num><heading>List of sections affected"
        "</heading></section></backmatter></cfrDoc>"
    )


class TestTheCode:
    PART = (
        '<part identifier="/us/cfr/t77/p404"><num value="404">PART 404—</num><heading>LAMPS</heading><toc><groupItem>'
        "<designator>404.1</designator></groupItem></toc><authority>Authority: 7 U.S.C. 1.</authority>{}</part>"
    )

    def test_finding_aids_behind_a_volume_are_no_sections_of_it(self):
        law = volume(self.PART.format(SECTION.format(n=1) + SECTION.format(n=2)))

        assert [p.eid for p in law.provisions] == ["sec_404.1", "sec_404.2"]
        assert (law.title, law.number) == ("PART 404—LAMPS", "77 CFR Part 404")

    def test_a_subject_group_divides_nothing(self):
        group = "<level><heading>Oil and wicks</heading>{}</level>"
        law = volume(self.PART.format(group.format(SECTION.format(n=1)) + group.format(SECTION.format(n=2))))

        assert [p.eid for p in law.provisions] == ["sec_404.1", "sec_404.2"]

    @pytest.mark.parametrize("kind", ["subpart", "subchapter"])
    def test_containers_keep_their_numbers(self, kind):
        inside = f'<{kind}><num value="A">Subpart A—</num><heading>All</heading>{SECTION.format(n=1)}</{kind}>'
        law = volume(self.PART.format(inside))

        assert [(p.kind.value, p.number) for p in law.provisions] == [("subpart", "a")]
        assert [p.eid for p in law.provisions[0].children] == ["sec_404.1"]
