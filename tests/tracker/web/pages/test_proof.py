"""A bundle for strangers from the page of changes: verified by its own script, and never of what is not logged."""

import subprocess
import sys
import zipfile
from io import BytesIO

import httpx

from benchmarks.tampering.home import make_home, open_home
from crawlers.declaration.load import load
from storage import checks, pages
from tests.tracker.web.conftest import an_app, serve_app
from tracker.evidence.prove import quiet_since


def test_a_change_is_proved_from_its_page(tmp_path):
    home, _, _ = make_home(tmp_path)
    with an_app(home) as app, serve_app(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        assert "/changes/1/proof" in client.get("/changes/1").text
        answer = client.get("/changes/1/proof")
        assert client.get("/changes/999/proof").status_code == 404
        assert client.get("/versions/eu_nothing@2026-01-01/proof").status_code == 404

    assert answer.headers["content-type"] == "application/zip"
    path = tmp_path / "proof.zip"
    path.write_bytes(answer.content)
    with zipfile.ZipFile(BytesIO(answer.content)) as bundle:
        script = bundle.extract("verify.py", tmp_path / "stranger")
    completion = subprocess.run([sys.executable, "-I", script, str(path)], capture_output=True, text=True, check=False)
    assert completion.returncode == 0, completion.stdout + completion.stderr


def test_the_silence_of_a_source_is_proved_from_its_page(tmp_path):
    home, _, declarations = make_home(tmp_path)
    with open_home(home, declarations, 5) as service:
        quiet = [page for page in pages.all_pages(service.db) if quiet_since(service, page.id)]
        sources = {page.id: page.source_id for page in quiet}
        since = {page.id: quiet_since(service, page.id) for page in quiet}
        looks = {page.id: checks.of_page(service.db, page.id) for page in quiet}
        declared_sources = load([declarations])
    page_id = next(p for p in sources if any(look.checked_at.date() >= since[p] for look in looks[p]))
    path = f"/sources/{sources[page_id]}/proof/{page_id}"
    with (
        an_app(home, sources_declared=declared_sources) as app,
        serve_app(app) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        assert path in client.get(f"/sources/{sources[page_id]}").text
        answer = client.get(path)
        assert client.get(f"/sources/{sources[page_id]}/proof/999").status_code == 404
        assert client.get(f"/sources/nowhere/proof/{page_id}").status_code == 404

    assert answer.status_code == 200
    with zipfile.ZipFile(BytesIO(answer.content)) as bundle:
        script = bundle.extract("verify.py", tmp_path / "stranger")
        assert "was looked at" in bundle.read("README.txt").decode()
    file = tmp_path / "silence.zip"
    file.write_bytes(answer.content)
    completion = subprocess.run([sys.executable, "-I", script, str(file)], capture_output=True, text=True, check=False)
    assert completion.returncode == 0, completion.stdout + completion.stderr


def test_what_is_not_logged_is_not_proved(client):
    assert client.get("/changes/1/proof").status_code == 409
