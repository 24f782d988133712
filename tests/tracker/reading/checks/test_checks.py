"""A reading that may be wrong is a problem: what a page prints of its units is held against what was read."""

import tomllib
from importlib.resources import files

import pytest

from storage.records import Note, Provision, ProvisionKind
from tracker.reading import read
from tracker.reading.checks import Evidence, check_reading, flaws_of, gather
from tracker.reading.formats.recognise import open_source
from tracker.reading.formats.visible_text import visible
from tracker.reading.structure.draft import Extract, ReadingContext

K = ProvisionKind
CN = ReadingContext(jurisdiction="cn")
IN = ReadingContext(jurisdiction="in")
EU = ReadingContext(jurisdiction="eu")


def chinese_law(*articles: str) -> bytes:
    lines = ["渡船登记办法", *articles]
    return "\n\n".join(f"{line}渡船所有人应当在开航以前向登记机关提交渡船登记的全部材料。" for line in lines).encode()


def units(*numbers: str, kind: ProvisionKind = K.ARTICLE, texts: dict[str, str] | None = None):
    return tuple(
        Provision(f"art_{n}", kind, n, f"Article {n}", text=(texts or {}).get(n, "The keeper keeps.")) for n in numbers
    )


def failures(provisions, extract=None, lines="", jurisdiction="eu", words=None):
    checks = check_reading(provisions, extract or Extract(), Evidence(lines), words or {}, jurisdiction)
    return [check for check in checks if not check.ok]


def test_a_gapless_count_raises_nothing_and_shows_what_was_compared():
    reading = read(chinese_law("第一条　", "第二条　", "第三条　", "第四条　本办法自2026年1月1日起施行。"), CN)

    assert {check.check for check in reading.checks} >= {"sequence", "headings", "empty"}
    assert all(check.ok and check.expected >= 1 for check in reading.checks)
    assert not reading.flaws


def test_a_number_that_is_skipped_is_named():
    reading = read(chinese_law("第一条　", "第二条　", "第四条　", "第五条　"), CN)

    assert [(flaw.cause, "article 3 missing" in flaw.text) for flaw in reading.flaws] == [("numbers with a gap", True)]


@pytest.mark.parametrize(
    "words",
    ["[Omitted by Act 9 of 2099.]", "(Repealed)", "Reserved.", "（已删除）", "* * * * *", "— — — — —", "(aufgehoben)"],
)
def test_a_gap_the_text_explains_is_none(words):
    assert not failures(units("1", "2", "4", texts={"2": f"The keeper keeps. {words}"}))


def test_a_footnote_that_names_the_omitted_section_explains_its_gap():

    extract = Extract(notes=[Note("footnote", "1. Sections 3 to 5 omitted by Act 9 of 2099.")])

    assert not failures(units("1", "2", "6", kind=K.SECTION), extract, jurisdiction="in")


def test_units_inserted_between_two_leave_no_gap():
    assert not failures(units("1", "2", "2a", "2b", "3"))
    assert not failures(units("1", "2", "2-1", "3"), jurisdiction="cn")


@pytest.mark.parametrize(
    "words",
    ["A user may delete the account.", "网络运营者应当予以删除或者更正。", "Data are repealed by nobody, or kept."],
)
def test_words_of_deletion_inside_the_law_explain_no_gap(words):
    assert "article 3 missing" in failures(units("1", "2", "4", texts={"2": words}))[0].text


def test_an_inserted_unit_says_that_there_was_one_before_it():
    assert "article 3 missing" in failures(units("1", "2", "3a", "4"))[0].text


def test_a_number_printed_twice_is_named():
    assert "out of order" in failures(units("1", "2", "2", "3"))[0].text


def test_a_law_that_begins_with_its_second_unit_has_lost_the_first():
    assert "article 1 missing" in failures(units("2", "3", "4"))[0].text


def test_the_sections_of_an_american_code_need_no_count():
    sections = (*units("1003.2", "1003.7", kind=K.SECTION), *units("6-1-1702", kind=K.SECTION))

    assert not failures(sections, jurisdiction="us")


@pytest.mark.parametrize(
    "heading", ["Artcle 4 Entry into force", "4 – Entry into force", "ART.4", "第四 條 施行", "第 四 施行"]
)
def test_a_heading_broken_beyond_the_rules_is_found_in_the_last_unit(heading):
    causes = failures(units("1", "2", "3", texts={"3": f"The keeper keeps.\n{heading}\nIt enters into force."}))

    assert [check.check for check in causes] == ["sequence"]
    assert "looks like the heading of the next" in causes[0].text


def test_a_list_in_the_last_unit_is_no_hidden_heading():
    assert not failures(units("1", "2", "3", texts={"3": "The keeper keeps\n(4) of which\n40 days pass\n4.5 t of it."}))


def test_ids_in_the_markup_are_a_checksum():
    body = "".join(f'<div id="art_{n}"><p>Article {n}</p><p>The keeper keeps.</p></div>' for n in (1, 2))
    checks = check_reading(units("1"), Extract(), Evidence(markup=body), {}, "eu")

    assert [(c.check, c.expected, c.read, c.ok) for c in checks if c.check == "ids"] == [("ids", 2, 1, False)]


def test_a_contents_list_is_a_checksum():
    lines = "ARRANGEMENT OF SECTIONS\n1. Short title.\n2. Keepers.\n3. Fees.\n4. Savings.\nAn Act to keep.\n"
    causes = failures(units("1", "2", "3", kind=K.SECTION), lines=lines, jurisdiction="in")

    assert [(check.check, check.expected, check.read) for check in causes] == [("contents", 4, 3)]


def test_a_law_whose_units_all_stand_in_an_annex_is_misread():
    annex = Provision("anx_1", K.ANNEX, "I", "ANNEX I", children=units("1", "2", "3"))

    assert [check.check for check in failures((annex,))] == ["quoted"]


def test_a_law_that_is_mostly_front_matter_is_misread():
    assert [c.check for c in failures(units("1"), words={"provisions": 900, "front": 900})] == ["outside"]
    assert not failures(units("1"), words={"provisions": 900, "front": 200})


def test_a_page_whose_printed_units_were_not_read_is_no_version():
    lines = "Article 1\nThe keeper keeps.\nArticle 2\nThe keeper pays.\n"
    page = Extract()
    source = open_source(lines.encode())
    checks = check_reading((), page, gather(source, visible(source)), {}, "eu")

    assert any(flaw.fatal and flaw.cause == "no unit read" for flaw in flaws_of(checks))


def test_headings_inside_a_quotation_are_another_law_s():
    body = (
        "<p>Article 1</p><p>The Ferry Act is amended as follows: “<p>Article 2</p><p>The keeper pays.</p>”</p>"
        "<p>Article 2</p><p>This Act enters into force on the day after its publication in the Gazette.</p>"
    )
    reading = read(f"<html><body>{body * 1}</body></html>".encode(), EU)

    assert not [check for check in reading.checks if check.check in {"headings", "empty"} and not check.ok]


def test_a_section_whose_number_is_a_word_is_told_of_where_sections_are_counted():
    sections = units("1", "keepers", "3", kind=K.SECTION)

    assert [check.text for check in failures(sections, jurisdiction="in")] == ["section 'keepers' is no number"]
    assert failures(units("6-1-1702", "6-1-1703", kind=K.SECTION), jurisdiction="us") == []


def test_a_bill_begins_with_section_1_and_a_compilation_may_not():
    page = "".join(
        f"<p>SEC. {n}. LAMPS.</p><p>The keeper shall keep lamp {n} burning all night.</p>" for n in (2, 3, 4)
    )
    enacts = "<p>Be it enacted by the Senate and House of Representatives of the United States of America,</p>"
    us = ReadingContext(jurisdiction="us")

    bill = read(f"<html><body><p>A BILL</p>{enacts}{page}</body></html>".encode(), us)
    compilation = read(f"<html><body><p>THE LAMPS ACT</p>{page}</body></html>".encode(), us)

    assert any("section 1 missing" in flaw.text for flaw in bill.flaws)
    assert all("section 1 missing" not in flaw.text for flaw in compilation.flaws)


def test_the_words_of_omission_stand_for_each_language_of_the_union():
    table = tomllib.loads(files("tracker.reading.checks").joinpath("left_out.toml").read_text(encoding="utf-8"))[
        "words"
    ]

    assert len(table) == 25
    assert all(words for words in table.values())


@pytest.mark.parametrize(
    "words",
    [
        "[Omitted.]",
        "(abrogé)",
        "(aufgehoben)",
        "（已删除）",
        "(uchylony)",
        "(καταργείται)",
        "(отменен)",
        "(kumottu)",
        "[Rep. by Act 5]",
    ],
)
def test_each_of_them_explains_a_gap(words):
    texts = {"3": f"The keeper keeps.\n{words}"}

    assert not failures(units("1", "2", "3", "5", texts=texts))


def test_a_row_of_dashes_as_the_union_prints_it_says_that_an_article_is_gone():
    lines = ["Article 1", "The keeper keeps.", "—————", "Article 3", "The lamp burns."]
    page = "".join(f"<p>{line}</p>" for line in ("REGULATION (EU) 2031/4 on lamps", *lines))

    assert all("missing" not in flaw.text for flaw in read(f"<html><body>{page}</body></html>".encode(), EU).flaws)


KEEPS = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."


def markdown(*headings: str, word: str = "Section") -> bytes:
    parts = "\n\n".join(f"## {word} {heading} - Lamps\n\n{KEEPS}" for heading in headings)
    return f"# The Lamps Act, 2031\n\n{parts}\n".encode()


@pytest.mark.parametrize("number", ["2 A", "2A", "2-A", "2AA"])
def test_a_marked_heading_with_a_letter_is_a_unit_however_it_is_set(number):
    reading = read(markdown("1", "2", number, "3", "4"), IN)

    assert reading.counts["section"] == 5
    assert not reading.flaws


def test_marked_headings_that_were_not_read_are_told():
    reading = read(markdown("I", "II", "III", "IV"), IN)

    assert "marks 4 headings as a section, and 0 were read" in " ".join(flaw.text for flaw in reading.flaws)
    assert not reading.is_law


def test_a_line_that_goes_on_with_section_6_is_no_heading_where_headings_are_marked():
    text = markdown("1", "2", "3", "4").replace(b"every day", b"every day, as said in\nsection 6. Every day", 2)

    assert read(text, IN).counts == {"section": 4}
