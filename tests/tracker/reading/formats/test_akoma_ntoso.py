from datetime import date

import pytest

from storage.records import Flaw, Milestone, MilestoneKind, Note, Provision, ProvisionKind, Reading
from tests.tracker.reading.formats.writing import akoma, outline
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.render.akoma_ntoso import reading_akn

K = ProvisionKind
ACT = akoma(
    """<chapter eId="x"><num>CHAPTER I</num><heading>PRELIMINARY</heading>
      <section><num>1.</num><heading>Short title</heading>
        <subsection><num>(1)</num><content><p>This Act may be called the Sample Act, 2026.</p></content></subsection>
        <subsection><num>(2)</num><intro><p>It extends to—</p></intro>
          <paragraph><num>(a)</num>
            <content><p>the whole of <term refersTo="#x">Samplia</term>; and</p></content></paragraph>
          <paragraph><num>(b)</num>
            <content><p>every ship<authorialNote marker="1"><p>As amended.</p></authorialNote>.</p></content>
          </paragraph>
          <wrapUp><p>but not to pictures of either.</p></wrapUp>
        </subsection>
      </section></chapter>
    <section><num>2.</num><content><p>In this Act the following words have the meanings given here:</p>
      <blockList><listIntroduction>namely—</listIntroduction>
        <item><num>(i)</num><p>“sample” means a thing used for nothing but reading in a test;</p></item>
        <item><num>(ii)</num><p>“Board” means the Board of Samples.</p></item></blockList>
      <table><tr><th>Fee</th><th>Sum</th></tr><tr><td>one</td><td>5</td></tr></table></content></section>
    <hcontainer name="illustration"><content><p>X reads a sample. X is safe.</p></content></hcontainer>""",
    meta='<FRBRnumber value="9 of 2026"/>',
    outside="""<preface><longTitle><p>THE <docTitle>SAMPLE ACT, 2026</docTitle></p></longTitle></preface>
      <preamble><formula name="enacting"><p>BE it enacted as follows:</p></formula></preamble>""",
)


def test_an_act_is_read_by_the_names_of_its_elements():
    reading = read(ACT)
    assert (reading.jurisdiction, reading.language, reading.number) == ("in", "en", "9 of 2026")
    assert outline(reading) == [
        "chp_I CHAPTER I PRELIMINARY",
        "  sec_1 1. Short title",
        "    sec_1__subsec_1 (1) This Act may be called the Sample Act, 2026.",
        "    sec_1__subsec_2 (2) It extends to—",
        "      sec_1__subsec_2__para_a (a) the whole of Samplia; and",
        "      sec_1__subsec_2__para_b (b) every ship.",
        "      sec_1__subsec_2__wrapup_1 but not to pictures of either.",
        "sec_2 2. In this Act the following words have the meanings given here:\nnamely—",
        "  sec_2__item_i (i) “sample” means a thing used for nothing but reading in a test;",
        "  sec_2__item_ii (ii) “Board” means the Board of Samples.",
        "  sec_2__wrapup_1 Fee | Sum\none | 5",
        "illus_1 X reads a sample. X is safe.",
    ]


def test_front_matter_and_footnotes_stand_apart():
    reading = read(ACT)
    assert [(note.name, note.text) for note in reading.front] == [
        ("preface", "THE SAMPLE ACT, 2026"),
        ("preamble", "BE it enacted as follows:"),
    ]
    assert Note("footnote", "1 As amended.") in reading.notes


def test_any_tradition_may_be_named_by_the_metadata_or_by_the_caller():
    chinese = akoma("<article><num>第五条之一</num><content><p>某事。</p></content></article>", country="cn")
    assert [p.eid for p in read(chinese).walk()] == ["art_5-1"]
    assert read(ACT, ReadingContext(jurisdiction="us")).jurisdiction == "us"


def test_one_without_provisions_is_no_law():
    reading = read(akoma("<hcontainer name='x'/>"))
    assert not reading.is_law


def _one_of_each() -> Reading:
    """Return a law that has every kind of provision, each with what it may have."""
    inner = tuple(
        Provision(f"sec_1__{kind.abbreviation}_{n}", kind, str(n), f"({n})", "Heading", f"Text {n}.")
        for n, kind in enumerate(K, 1)
        if kind not in {K.RECITAL, K.WRAPUP, K.ANNEX, K.SCHEDULE, K.APPENDIX, K.SUPPLEMENT}
    )
    ending = Provision("sec_1__wrapup_1", K.WRAPUP, text="and so on.")
    attachments = tuple(
        Provision(f"{kind.abbreviation}_1", kind, "1", f"{kind.value.upper()} 1", "Attached", "", children=(
            Provision(f"{kind.abbreviation}_1__para_1", K.PARAGRAPH, "1", "1.", "", "Inside.\nSecond line."),))
        for kind in (K.ANNEX, K.SCHEDULE, K.APPENDIX, K.SUPPLEMENT)
    )  # fmt: skip
    return Reading(
        format="html",
        jurisdiction="us",
        language="en",
        title="An Act “on” <everything> & \x02more",
        number="H.R. 1",
        dates=(
            Milestone(MilestoneKind.IN_FORCE, date(2026, 3, 1), "words"),
            Milestone(MilestoneKind.APPLIES, None, "?"),
        ),
        topics=("data-protection",),
        provisions=(
            Provision("rec_1", K.RECITAL, "1", "(1)", "", "Whereas."),
            Provision("sec_1", K.SECTION, "1", "Section 1.", "All", "Before:", children=(*inner, ending)),
            *attachments,
        ),
        front=(Note("preface", "H.R. 1"), Note("preamble", "Be it enacted:"), Note("conclusions", "Approved.")),
        notes=(Note("explanatory note", "Two\n\nlines"),),
        flaws=(Flaw("charset", "guessed"),),
    )


def test_an_export_of_ours_read_back_has_the_same_provisions():
    law = _one_of_each()
    back = read(reading_akn(law, on=date(2026, 11, 25)))

    def shape(reading: Reading) -> list[tuple[str, ...]]:
        return [(p.kind.value, p.label, p.heading, p.text) for p in reading.walk()]

    assert shape(back) == shape(law)
    assert [note for note in back.front if note.name == "conclusions"] == [Note("conclusions", "Approved.")]


@pytest.mark.parametrize("cut", [200, 600, 1200])
def test_a_cut_document_is_said_to_be_damaged(cut):
    assert not read(ACT[:cut]).is_law
