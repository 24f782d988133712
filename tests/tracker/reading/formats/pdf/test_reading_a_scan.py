"""The program that reads scans is stood in for by a script that answers as tesseract does; what runs is all ours."""

import os
from pathlib import Path

import pytest

from tests.tracker.reading.formats.bombs import a_page_of, a_pdf
from tracker.reading import read
from tracker.reading.formats.pdf import ocr, process
from tracker.reading.formats.pdf.read_pdf import read_pdf
from tracker.reading.structure.draft import ReadingContext

SCAN = a_page_of(b"0 0 1 rg 10 10 200 200 re f")
_HEAD = "level page_num block_num par_num line_num word_num left top width height conf text"
_LINES = (
    ("Section", "1.", "Scope.", "This", "applies", "to", "every", "sample", "that", "anybody", "has", "read."),
    ("Section", "2.", "Duties.", "Whoever", "reads", "a", "sample", "shall", "say", "so", "within", "ten", "days."),
    ("Section", "3.", "Penalty.", "Whoever", "does", "not", "say", "so", "shall", "read", "it", "once", "more."),
)


def _table() -> str:
    rows = [_HEAD.replace(" ", "\t")]
    for number, line in enumerate(_LINES, 1):
        left = 300
        for place, text in enumerate(line, 1):
            width = 22 * len(text)
            cells = (5, 1, 1, number, 1, place, left, 400 + 90 * number, width, 40, 96, text)
            rows.append("\t".join(map(str, cells)))
            left += width + 20
    return "\n".join(rows)


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """Put a program called tesseract on the path; call it with the languages it has and how it ends."""

    def install(languages: str, status: int = 0) -> Path:
        table, request_file = tmp_path / "table.tsv", tmp_path / "asked"
        table.write_text(_table())
        program = tmp_path / "tesseract"
        program.write_text(
            f'#!/bin/sh\necho "$@" >> {request_file}\ncase "$1" in --list-langs) printf "List:\\n{languages}\\n";; '
            f"*) head -c 2 >> {request_file}; cat > /dev/null; cat {table}; exit {status};; esac\n"
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return request_file

    for cached_function in (read_pdf, process.text_of, ocr.recognise):
        cached_function.cache_clear()
    yield install
    for cached_function in (read_pdf, process.text_of, ocr.recognise):
        cached_function.cache_clear()


def test_a_scan_is_read_and_marked_as_read_by_ocr(tesseract):
    request_file = tesseract("eng\\nchi_sim")
    reading = read(SCAN, ReadingContext(jurisdiction="us"))
    assert reading.counts == {"section": 3}
    assert next(flaw.cause for flaw in reading.flaws) == "read by OCR"
    assert reading.is_law
    assert request_file.read_text().splitlines()[1].startswith("stdin stdout -l eng ")
    assert request_file.read_text().endswith("P5")


@pytest.mark.parametrize(
    ("jurisdiction", "languages"), [("cn", "chi_sim"), ("in", "eng+hin"), ("eu", "eng"), ("", "eng+chi_sim")]
)
def test_the_languages_are_those_of_the_jurisdiction(tesseract, jurisdiction, languages):
    request_file = tesseract("eng\\nhin\\nchi_sim\\nosd")
    read_pdf(SCAN, jurisdiction=jurisdiction)
    assert f"-l {languages} " in request_file.read_text()


def test_without_the_program_the_message_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    read_pdf.cache_clear()
    ocr.recognise.cache_clear()
    flaw = read_pdf(SCAN).flaws[0]
    assert (flaw.cause, flaw.fatal) == ("no text layer", True)
    assert "install tesseract" in flaw.text


def test_without_the_language_the_message_names_it(tesseract):
    tesseract("osd")
    assert "lacks the language chi_sim" in read_pdf(SCAN, jurisdiction="cn").flaws[0].text


def test_a_program_that_fails_is_a_flaw_and_no_error(tesseract):
    tesseract("eng", status=3)
    assert [flaw.cause for flaw in read_pdf(SCAN, jurisdiction="us").flaws] == ["ocr failed"]


def test_a_scan_of_too_many_pages_is_not_begun(tesseract):
    request_file = tesseract("eng")
    kids = " ".join(["3 0 R"] * (ocr.MOST_PAGES + 1)).encode()
    book = a_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, ocr.MOST_PAGES + 1),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    assert [flaw.cause for flaw in read_pdf(book, jurisdiction="us").flaws] == ["scan too long"]
    assert "stdin" not in request_file.read_text()
