"""Make the pictures of the main pages: `python -m docs.screenshots.make`.

Plays the practice regulators, serves their home on loopback, and takes pictures in the system's Chromium.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright

from crawlers.declaration.load import load
from tests.journeys.office import Private, furnish
from tracker.config import Settings
from tracker.context import open_context
from tracker.operations.demo import play
from tracker.view_models.team.weekly_briefing import week_name
from tracker.web.app import make_app
from tracker.web.operators.passwords import hash_of

HERE = Path(__file__).parent
LARGEST = 80_000
SECRET, PASSWORD = "for pictures only", "for pictures only"
PICTURES = {  # name: address or the name of a private one, width, height, colours
    "today": ("/", 980, 640, "light"),
    "today-phone": ("/", 390, 760, "light"),
    "instrument": ("/instruments/cn_practice_deep_synthesis", 980, 760, "light"),
    "duties": ("/instruments/cn_practice_deep_synthesis/duties", 980, 700, "light"),
    "topic": ("/topics/synthetic-and-generative-ai", 980, 760, "light"),
    "coverage": ("/coverage", 980, 560, "light"),
    "chinese": ("/changes/1?lang=zh", 980, 640, "light"),
    "change": ("/changes/1", 980, 700, "light"),
    "change-dark": ("/changes/1?view=side", 980, 640, "dark"),
    "search": ("/search?q=label", 980, 560, "light"),
    "sources": ("/sources", 980, 640, "light"),
    "subscribe": ("/subscribe?instrument=cn_practice_deep_synthesis", 980, 900, "light"),
    "feeds": ("/feeds", 980, 640, "light"),
    "operators-problems": ("/operators/problems", 980, 640, "light"),
    "confirm": ("confirm", 980, 480, "light"),
    "manage": ("manage", 980, 560, "light"),
    "operators-quarantine": ("quarantine", 980, 760, "light"),
    "operators-outbox": ("/operators/outbox", 980, 520, "light"),
    "operators-declare": ("/operators/declare", 980, 700, "dark"),
    "team": ("/team", 980, 640, "light"),
    "team-change": ("/team/changes/2", 980, 900, "light"),
    "briefing": ("briefing", 980, 760, "light"),
    "phone": ("/changes/1", 390, 760, "light"),
}


@contextmanager
def serve(settings: Settings) -> Iterator[str]:
    """Serve the demo's home on loopback."""
    folders = (settings.home / "declarations",)
    app = make_app(open_context(settings, load(folders), folders, to_watch=False))
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def take(address: str, private: Private) -> None:
    """Take every picture; raises SystemExit when one is too large for the repository."""
    week = f"/briefing/{week_name(datetime.now(UTC).date() - timedelta(days=24))}"
    own = {"briefing": week}  # the fullest week of the demo, which ends today
    places = {name: (own.get(path) or getattr(private, path, path), *rest) for name, (path, *rest) in PICTURES.items()}
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-lcd-text"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for name, (path, width, height, colours) in places.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=colours)
            page.goto(address + path)
            if path.startswith(("/operators", "/team")):
                page.get_by_label("password").fill(PASSWORD)
                page.get_by_role("button", name="Sign in").click()
                page.wait_for_url(f"**{path}")
            picture = HERE / f"{name}.png"
            shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
            shot.quantize(128, dither=Image.Dither.NONE).save(picture, optimize=True)
            page.close()
            if picture.stat().st_size > LARGEST:
                raise SystemExit(f"{picture}: {picture.stat().st_size} bytes, more than {LARGEST}")
        browser.close()


def main() -> None:
    """Play a demo and take its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        play(Settings(home=home), lambda _: None, datetime.now(UTC))
        settings = Settings(home=home, secret_key=SECRET, operator_password_hash=hash_of(PASSWORD))
        private = furnish(settings)
        with serve(settings) as address:
            take(address, private)


if __name__ == "__main__":
    main()
