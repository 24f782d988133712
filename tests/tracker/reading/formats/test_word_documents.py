import pytest

from tests.tracker.reading.formats.bombs import a_zip
from tests.tracker.reading.formats.writing import outline, paragraph, run, word
from tracker.reading import RefusedError, read
from tracker.reading.formats.docx import read_docx
from tracker.reading.structure.draft import ReadingContext

CENTRE_MARK = '<w:jc w:val="center"/>'
BOLD = "<w:b/>"
CHINESE = word(
    paragraph(run("示例数据安全管理规定", BOLD), shape=CENTRE_MARK),
    paragraph("（2025年11月3日示例委员会第3次会议通过）", shape=CENTRE_MARK),
    paragraph(run("第一章　总　则", BOLD), shape=CENTRE_MARK),
    paragraph(run("第一条", BOLD), "　为了练习读取，根据《示例法》，制定本规定。"),
    paragraph("第二条　提供者应当履行下列义务："),
    paragraph("（一）建立管理制度；"),
    paragraph("（二）及时报告。"),
    paragraph(
        "第三条　示例技术，是指仅供练习读取的虚构技术，任何组织和个人不得用于其他目的，违反者由虚构的部门责令改正。"
    ),
    paragraph("国家鼓励虚构的研究，支持各方在不影响他人的前提下交流经验。"),
    paragraph("第四条　违反本规定的，由虚构的部门责令限期改正，并处一万元以上十万元以下罚款；拒不改正的，责令停业。"),
    paragraph("前款规定的行为情节严重的，吊销虚构的许可，并向社会公布。"),
    paragraph(run("第二章　附　则", BOLD), shape=CENTRE_MARK),
    paragraph("第五条　本规定自2026年3月1日起施行。"),
)


def test_a_chinese_law_as_the_national_database_serves_it_is_read_into_articles():
    reading = read(CHINESE)
    assert (reading.format, reading.jurisdiction, reading.title) == ("docx", "cn", "示例数据安全管理规定")
    assert reading.is_law
    assert reading.counts == {"article": 5, "chapter": 2, "item": 2, "paragraph": 4}
    assert "art_3__para_2 国家鼓励虚构的研究，支持各方在不影响他人的前提下交流经验。" in [
        line.strip() for line in outline(reading)
    ]


def test_an_indian_notification_in_word_is_read_into_rules():
    reading = read(
        word(
            paragraph("MINISTRY OF EXAMPLES", shape=CENTRE_MARK),
            paragraph("G.S.R. 7(E).— In exercise of the powers conferred by section 9 of the Sample Act, 2020, the "
                      "Central Government hereby makes the following rules, namely:—"),
            paragraph("1. Short title and commencement.—(1) These rules may be called the Sample Rules, 2026."),
            paragraph("(2) They shall come into force on the date of their publication in the Official Gazette."),
            paragraph("2. Duties.—Every sample provider shall—"),
            paragraph("(a) keep a record of samples for at least one year from the date of each sample; and"),
            paragraph("(b) inform the Board without delay."),
        ),
        ReadingContext(jurisdiction="in"),
    )  # fmt: skip
    assert reading.counts == {"clause": 2, "rule": 2, "subsection": 2} or reading.counts["rule"] == 2
    assert reading.is_law


def test_the_styles_of_a_commission_proposal_mean_what_they_mean_on_its_page():
    def paragraph_of_style(style: str, *runs: str) -> str:
        return paragraph(*runs, shape=f'<w:pStyle w:val="{style}"/>')

    reading = read(
        word(
            paragraph_of_style("Typedudocument", "Proposal for a"),
            paragraph_of_style("Titreobjet", "REGULATION on invented matters"),
            paragraph_of_style("Institutionquiagit", "THE EUROPEAN PARLIAMENT,"),
            paragraph_of_style("ManualConsidrant", "(1) Samples should be safe."),
            paragraph_of_style("Formuledadoption", "HAVE ADOPTED THIS REGULATION:"),
            paragraph_of_style("Titrearticle", "Article 1", "<w:r><w:br/></w:r>", "Subject matter"),
            paragraph_of_style(
                "Normal", "This Regulation lays down rules on samples, which nobody should follow outside this test."
            ),
            paragraph_of_style("Titrearticle", "Article 2", "<w:r><w:br/></w:r>", "Entry into force"),
            paragraph_of_style(
                "Normal", "This Regulation shall enter into force on the twentieth day following its publication."
            ),
        )
    )
    assert reading.jurisdiction == "eu"
    assert (reading.counts["article"], reading.counts["recital"]) == (2, 1)
    assert [p.heading for p in reading.provisions if p.kind == "article"] == ["Subject matter", "Entry into force"]


def test_numbers_that_word_counts_itself_are_printed_as_a_reader_sees_them():
    numbering_xml = (
        '<w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )

    def numbered_paragraph(text: str, depth: int) -> str:
        shape = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>'
        return paragraph(text, shape=shape)

    html = read_docx(
        word(
            numbered_paragraph("甲", 0),
            numbered_paragraph("x", 1),
            numbered_paragraph("y", 1),
            numbered_paragraph("乙", 0),
            numbered_paragraph("z", 1),
            numbering=numbering_xml,
        )
    ).html
    labels = [piece.partition("<")[0] for piece in html.split('<span class="num">')[1:]]
    assert labels == ["第一条", "(a)", "(b)", "第二条", "(a)"]


def test_what_was_deleted_struck_or_hidden_is_never_text():
    document = read_docx(
        word(
            paragraph(
                "kept ",
                "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
                "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>",
                run("struck", "<w:strike/>"),
                run("hidden", "<w:vanish/>"),
                run(" end", '<w:strike w:val="0"/>'),
            )
        )
    )
    assert "<p>kept new end</p>" in document.html
    assert [(note.name, note.text) for note in document.notes] == [
        ("deleted text", "gone"),
        ("struck text", "struck"),
        ("hidden text", "hidden"),
    ]


def test_tables_are_rows_and_footnotes_and_running_heads_stand_apart():
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("left", "right"))
    footnotes = f"<w:footnote>{paragraph('A note.')}</w:footnote>"
    document = read_docx(
        word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", footnotes=footnotes, header1=paragraph("Page head"))
    )
    assert "<tr><td><p>left</p>\n</td><td><p>right</p>\n</td></tr>" in document.html
    assert [note.text for note in document.notes] == ["A note."]
    assert [note.text for note in document.furniture] == ["Page head"]


def test_a_text_box_is_read_once_though_word_keeps_it_twice():
    box = f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent>"
    choice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    alternate = f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"
    assert read_docx(word(paragraph("before", alternate))).html.count("boxed") == 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (a_zip({"a.txt": "hello"}), "no Word document"),
        (a_zip({"a.txt": "hello"})[:40], "damaged zip"),
        (a_zip({"word/document.xml": "<w:document"}), "not well formed"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old Word document"),
    ],
    ids=["another archive", "a cut archive", "damaged xml", "an old .doc"],
)
def test_other_archives_are_refused_in_one_line(body, says):
    with pytest.raises(RefusedError, match=says) as error:
        read(body)
    assert "\n" not in str(error.value)
