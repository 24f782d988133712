"""Old Word documents (.doc, .wps) through LibreOffice or antiword, where the system has one."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.reading.errors import RefusedError
from tracker.reading.formats.limited_program import run_limited

_SECONDS = 30  # of processor time; LibreOffice takes five to start
_OFFICE = ("soffice", "libreoffice")
_NO_PROGRAM = "an old Word document (.doc, .wps): install LibreOffice or antiword to read it, or give it as DOCX or PDF"


def convert_old_word(body: bytes) -> tuple[str, bytes]:
    """Return "docx" or "text" and *body* in that format. Raises RefusedError where nothing can convert it."""
    office = next(filter(None, map(shutil.which, _OFFICE)), None)
    antiword = shutil.which("antiword")
    if office is None and antiword is None:
        raise RefusedError(_NO_PROGRAM)
    with TemporaryDirectory(prefix="clausewatch-") as folder:
        source = Path(folder) / "page.doc"
        source.write_bytes(body)
        if antiword is not None:
            text = _run([antiword, "-w", "0", "-m", "UTF-8.txt", str(source)], folder)
            if text.strip() or office is None:
                return "text", text
        assert office is not None
        profile = f"-env:UserInstallation=file://{folder}/profile"
        _run([office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(source)], folder)
        target = Path(folder) / "page.docx"
        if not target.is_file():
            raise RefusedError("an old Word document that LibreOffice cannot convert; give it as DOCX or PDF")
        return "docx", target.read_bytes()


def _run(command: list[str], folder: str) -> bytes:
    process = run_limited(command, b"", _SECONDS, Path(folder))
    if process.returncode < 0:
        raise RefusedError(
            f"too costly: an old Word document not converted within {_SECONDS} seconds of processor time"
        )
    return process.stdout
