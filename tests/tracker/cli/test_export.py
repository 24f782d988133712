from pathlib import Path

from lxml import etree
from typer.testing import CliRunner

from tests.tracker.reading.formats.test_word_documents import CHINESE
from tracker.cli.main import app

run = CliRunner().invoke


def test_a_file_is_written_as_akoma_ntoso_on_standard_output_or_to_a_file(tmp_path):
    law = tmp_path / "law.docx"
    law.write_bytes(CHINESE)
    result = run(app, ["export", str(law), "--format", "akn"])
    assert result.exit_code == 0
    assert etree.fromstring(result.stdout.encode()).tag.endswith("akomaNtoso")
    assert run(app, ["export", str(law), "--to", str(tmp_path / "law.xml")]).stdout == ""
    assert Path(tmp_path / "law.xml").read_bytes().startswith(b"<?xml")


def test_what_is_no_law_is_not_exported(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>Under maintenance.</p></body></html>")
    result = run(app, ["export", str(page)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "not exported" in result.stderr


def test_an_unknown_version_ends_with_2(tmp_path):
    assert run(app, ["export", str(tmp_path / "nothing")]).exit_code == 2
