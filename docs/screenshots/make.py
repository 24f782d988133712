"""Make the pictures of the main pages: `python docs/screenshots/make.py [HOME OF A DEMO]`.

Plays the practice regulators when no home is given, serves it on loopback, and takes pictures in the system's Chromium.
"""

from __future__ import annotations

import shutil
import socket
import struct
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from crawlers.sources import load
from storage import search
from storage.database import open_database
from tracker.config import Settings
from tracker.demo import play
from tracker.service import open_service
from tracker.web.app import make_app
from tracker.web.operators.passwords import hashed

HERE = Path(__file__).parent
LARGEST = 80_000
SECRET, PASSWORD = "for pictures only", "for pictures only"
PICTURES = {  # name: address, width, height, colours
    "today": ("/", 980, 640, "light"),
    "instrument": ("/instruments/cn_practice_deep_synthesis", 980, 760, "light"),
    "change": ("/changes/1", 980, 700, "light"),
    "change-dark": ("/changes/1?view=side", 980, 640, "dark"),
    "search": ("/search?q=评估", 980, 480, "light"),
    "sources": ("/sources", 980, 640, "light"),
    "subscribe": ("/subscribe?instrument=cn_practice_deep_synthesis", 980, 900, "light"),
    "feeds": ("/feeds", 980, 640, "light"),
    "operators-problems": ("/operators/problems", 980, 640, "light"),
    "operators-declare": ("/operators/declare", 980, 700, "dark"),
    "phone": ("/changes/1", 390, 760, "light"),
}


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve the demo's home on loopback."""
    with closing(open_database(home / "clausewatch.db")) as db:
        search.index_new_versions(db)
    settings = Settings(home=home, secret_key=SECRET, operator_password_hash=hashed(PASSWORD))
    folders = (home / "declarations",)
    app = make_app(open_service(settings, load(folders), folders, to_watch=False))
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def smaller(png: bytes) -> bytes:
    """Return a picture of the same size in at most 256 colours, packed as tightly as zlib can."""
    width, height = struct.unpack(">II", png[16:24])
    rows = _rows(png, width, height)
    palette: dict[bytes, int] = {}
    lines = []
    for row in rows:
        coarse = bytes(value & 0xF8 | value >> 5 for value in row)
        pixels = (coarse[at : at + 3] for at in range(0, len(coarse), 3))
        lines.append(b"\0" + bytes(palette.setdefault(pixel, min(len(palette), 255)) for pixel in pixels))
    colours = b"".join(list(palette)[:256])
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    packed = zlib.compress(b"".join(lines), 9)
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", packed), (b"IEND", b""))
    return png[:8] + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _rows(png: bytes, width: int, height: int) -> list[bytearray]:
    """Return the rows of a picture of three bytes a pixel, its filters undone."""
    assert png[24:26] == b"\x08\x02", "not the kind of picture Chromium takes"
    data, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        data += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    raw, stride = zlib.decompress(data), 3 * width
    rows, above = [], bytearray(stride)
    for line in range(height):
        start = line * (stride + 1)
        row = bytearray(raw[start + 1 : start + 1 + stride])
        _undo(raw[start], row, above)
        rows.append(row)
        above = row
    return rows


def _undo(kind: int, row: bytearray, above: bytearray) -> None:
    for at in range(len(row) if kind else 0):
        left = row[at - 3] if at > 2 else 0
        corner = above[at - 3] if at > 2 else 0
        guess = (0, left, above[at], (left + above[at]) // 2)[kind] if kind < 4 else _paeth(left, above[at], corner)
        row[at] = (row[at] + guess) & 255


def _paeth(left: int, above: int, corner: int) -> int:
    return min((left, above, corner), key=lambda each: abs(left + above - corner - each))


def take(address: str) -> None:
    """Take every picture; raises SystemExit when one is too large for the repository."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-lcd-text"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for name, (path, width, height, colours) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=colours)
            page.goto(address + path)
            if path.startswith("/operators"):
                page.get_by_label("password").fill(PASSWORD)
                page.get_by_role("button", name="Sign in").click()
                page.wait_for_url(f"**{path}")
            picture = HERE / f"{name}.png"
            picture.write_bytes(smaller(page.screenshot()))
            page.close()
            if picture.stat().st_size > LARGEST:
                raise SystemExit(f"{picture}: {picture.stat().st_size} bytes, more than {LARGEST}")
        browser.close()


def main() -> None:
    """Make the pictures from a demo's home, or play one first."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "home"
        if len(sys.argv) == 1:
            play(Settings(home=home), lambda _: None)
        with served(home) as address:
            take(address)


if __name__ == "__main__":
    main()
