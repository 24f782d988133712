import json
from datetime import date

from storage.records import MilestoneKind
from tests.tracker.reading.formats.writing import outline
from tracker.reading import read
from tracker.reading.formats.rtf import read_rtf

RTF = (
    r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}{\*\generator Some program;}\pard "
    r"Be it enacted by the Council as follows:\par "
    r"Section 1. Title 9 of the code is amended by adding a new section 9-101 to read as follows:\par "
    r"\'a7 9-101 Sample audits. a. The term \ldblquote sample audit\rdblquote  means an impartial evaluation\u8212?"
    r"no other {\strike at all }one.\par "
    r"\'a7 2. This local law takes effect 120 days after it becomes law, except that the agency shall take such "
    r"measures as are necessary for its implementation before that date.\par}"
)
RECORD = {
    "File": "Int 7-2026",
    "TypeName": "Introduction",
    "StatusName": "Enacted",
    "BodyName": "City Council",
    "Title": "A local law in relation to sample audits",
    "EnactmentDate": "2026-03-01T00:00:00Z",
    "PassedDate": "0001-01-01T00:00:00Z",
    "LastModified": "2026-11-01T10:00:00Z",
    "Text": "Section 1. Title 9 \ufffd 9-101",
    "RTF": RTF,
}


def _read(**replacements: str):
    return read(json.dumps({**RECORD, **replacements}).encode())


def test_a_matter_is_read_from_its_rtf_which_has_the_section_sign_right():
    reading = _read()
    assert reading.jurisdiction == "us"
    assert [line.partition(" ")[0] for line in outline(reading)][:1] == ["sec_1"]
    assert any("§ 9-101 Sample audits." in line for line in outline(reading))
    assert "\ufffd" not in "".join(outline(reading))
    assert (reading.type, reading.number, reading.title) == ("local law", "Int 7-2026", RECORD["Title"])
    assert [(m.kind, m.on) for m in reading.dates][:1] == [(MilestoneKind.ADOPTED, date(2026, 3, 1))]


def test_the_web_apis_names_are_known_too():
    text = {"MatterTextId": 5, "MatterTextVersion": "A", "MatterTextRtf": RTF}
    assert read(json.dumps(text).encode()).counts["section"] == 2


def test_a_new_day_in_the_record_changes_no_provision():
    assert outline(_read(LastModified="2026-11-02T10:00:00Z")) == outline(_read())


def test_plain_text_with_lost_letters_is_read_and_said_to_be_damaged():
    plain = "Section 1. Title 9 gets a new section.\n\ufffd 9-101 Sample audits.\nSection 2. It takes effect."
    reading = _read(RTF="", Text=plain)
    assert reading.counts["section"] == 2
    assert "lost letters" in [flaw.cause for flaw in reading.flaws]


def test_struck_words_of_an_rtf_are_kept_apart():
    extract = read_rtf(RTF)
    assert extract.struck_texts == ["at all"]
    assert "impartial evaluation—no other one." in " ".join(extract.lines)


def test_an_rtf_of_nothing_but_braces_is_read_in_time():
    assert read_rtf("{\\rtf1" + "{" * 100_000 + "x" + "}" * 100_000).lines == ["x"]
