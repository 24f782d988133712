"""A bundle for strangers from the page of changes: verified by its own script, and never of what is not logged."""

import subprocess
import sys
import zipfile
from io import BytesIO

import httpx

from benchmarks.tampering.home import make_home
from tests.tracker.web.conftest import an_app, serve_app


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


def test_what_is_not_logged_is_not_proved(client):
    assert client.get("/changes/1/proof").status_code == 409
