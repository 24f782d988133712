"""Take pictures of the approved emails as a phone and a desktop show them, light and dark.

Run ``python docs/emails/pictures.py`` with Chromium installed (or named by CHROMIUM); the PNGs land beside this file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

HERE = Path(__file__).parent
GOLDEN_MAILS = HERE.parent.parent / "tests" / "golden" / "emails"
MAIL_NAMES = ("new_version_zh", "new_version_hi", "new_version_en", "digest", "in_chinese_new_version_zh")
WIDTHS = {"phone": 390, "desktop": 800}
SCHEMES = {"light": 1, "dark": 0}  # as the browser numbers them
TALLEST = 1_500


def main() -> None:
    """Take every picture."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("Chromium is needed to take pictures")
    with tempfile.TemporaryDirectory() as folder:
        for name in MAIL_NAMES:
            for device, width in WIDTHS.items():
                for scheme, number in SCHEMES.items():
                    _take(browser, Path(folder), name, f"{device}-{scheme}", width, number)


def _take(browser: str, folder: Path, name: str, kind: str, width: int, scheme: int) -> None:
    """Show one email in a frame as wide as the device, for the window itself may not be so narrow."""
    raw, page = folder / "raw.png", folder / "page.html"
    mail = (GOLDEN_MAILS / f"{name}.html").as_uri()
    frame = f"border: 0; width: {width}px; height: {TALLEST}px"
    page.write_text(f'<body style="margin: 0"><iframe src="{mail}" style="{frame}"></iframe>', encoding="utf-8")
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}", f"--blink-settings=preferredColorScheme={scheme}",
        f"--window-size={max(width, 600)},{TALLEST}", f"--screenshot={raw}", page.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - the browser just found
    picture = Image.open(raw).convert("RGB").crop((0, 0, width, TALLEST))
    _without_empty_end(picture).quantize(64).save(HERE / f"{name}-{kind}.png", optimize=True)


def _without_empty_end(picture: Image.Image) -> Image.Image:
    """Cut what lies below the last line."""
    ground = Image.new("RGB", picture.size, picture.getpixel((2, picture.height - 2)))
    box = ImageChops.difference(picture, ground).getbbox()
    return picture.crop((0, 0, picture.width, min(picture.height, (box[3] if box else 0) + 12)))


if __name__ == "__main__":
    main()
