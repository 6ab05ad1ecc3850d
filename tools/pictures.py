"""The pictures of the README, taken from a running demo.

    make demo                               in one terminal
    .venv/bin/python -m tools.pictures      in another; `--of find home` for some of them

Each is a real page in Chromium, reduced to 256 colours, so that a clone stays small.
"""

import argparse
import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LARGEST = 250_000
ADDRESS = "http://127.0.0.1:8000"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

FIND = "/find/?role=therapist&where=US-WA&format=online&concern=vicarious_trauma"


class Trouble(Exception):
    """A picture cannot be taken; the message says why."""


@dataclass(frozen=True)
class Picture:
    """One page: where it is, how large the window, which colours, and who looks (an e-mail, or nobody)."""

    name: str
    path: str
    width: int = 1280
    height: int = 900
    colours: Literal["light", "dark"] = "light"
    looks: str = ""
    click: str = ""  # a link to follow first


PROVIDER = "provider@demo.invalid"
PICTURES = (
    Picture("home", "/", height=820),
    Picture("find", FIND, height=1040),
    Picture("find-phone", FIND, width=390, height=844),
    Picture("find-dark", FIND, colours="dark", height=1040),
    Picture("listing", FIND, height=1040, click="main h2 a[href^='/find/'], main h3 a[href^='/find/']"),
    Picture("editor", "/listing/edit/work/", height=1040, looks=PROVIDER),
    Picture("privacy", "/account/privacy/", height=1040, looks=PROVIDER),
    Picture("crisis", "/crisis/", height=820),
)


def main() -> int:
    """Take the pictures that were asked for; returns the exit status."""
    parser = argparse.ArgumentParser(description="Pictures of a running demo for the README.")
    parser.add_argument("--at", default=ADDRESS, help=f"where the demo is ({ADDRESS})")
    parser.add_argument("--of", nargs="*", default=[p.name for p in PICTURES], help="names; all of them")
    parser.add_argument("--into", type=Path, default=TARGET, help="folder")
    options = parser.parse_args()
    chosen = [picture for picture in PICTURES if picture.name in options.of]
    try:
        with _browser() as browser:
            for picture in chosen:
                path = take(browser, options.at, picture, options.into)
                print(f"{path.name}: {path.stat().st_size // 1000} kB")
    except Trouble as trouble:
        print(f"pictures: {trouble}", file=sys.stderr)
        return 1
    return 0


@contextmanager
def _browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise Trouble("Chromium is not on PATH.")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def take(browser: Browser, address: str, picture: Picture, folder: Path) -> Path:
    """Write one picture into `folder` and return its path. Raises Trouble."""
    page = browser.new_page(
        base_url=address,
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.colours,
        reduced_motion="reduce",
        device_scale_factor=2 if picture.width < 600 else 1,
    )
    try:
        if picture.looks:
            sign_in(page, picture.looks)
        visit(page, picture)
        return _keep(page.screenshot(), folder / f"{picture.name}.png")
    finally:
        page.close()


def visit(page: Page, picture: Picture) -> None:
    """Open the page, with its fonts. Raises Trouble when it is not there."""
    answer = page.goto(picture.path)
    if answer is None or not answer.ok:
        raise Trouble(
            f"{picture.path} answers {answer.status if answer else 'nothing'}. Is the demo running?"
        )
    if picture.click:
        page.locator(picture.click).first.click()
        page.wait_for_load_state()
    page.evaluate("document.fonts.ready")


def sign_in(page: Page, email: str) -> None:
    """Sign in with the code that the demo's mail page shows."""
    page.goto("/account/login/")
    _send(page, email)
    asked_at = page.url
    page.goto("/demo/mail/")
    letter = page.locator(".letter", has=page.locator("details")).first
    code = letter.locator(".code").first.inner_text()
    page.goto(asked_at)
    _send(page, code)


def _send(page: Page, words: str) -> None:
    """Fill the one field of the page and press its button."""
    page.get_by_role("textbox").first.fill(words)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def _keep(png: bytes, path: Path) -> Path:
    """Reduce and write; raises Trouble when the file is still too large."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flat = Image.open(io.BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    flat.save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        raise Trouble(f"{path.name} is larger than {LARGEST // 1000} kB.")
    return path


if __name__ == "__main__":
    sys.exit(main())
