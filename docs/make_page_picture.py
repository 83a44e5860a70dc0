"""Take docs/images/page.png, the README's picture of the example's page: its bridge from budget to outturn."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "reports" / "example" / "breakeven-2023-24.html"
PICTURE = ROOT / "docs" / "images" / "page.png"
CHROMIUM = Path("/usr/bin/chromium")
WIDTH, HEIGHT = 1160, 900


def take() -> None:
    """Take the picture; its letters are those of this machine, so that its bytes differ on another."""
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-lcd-text"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(f"{PAGE.as_uri()}#variance")
        page.screenshot(path=str(PICTURE))
        browser.close()


if __name__ == "__main__":
    if not CHROMIUM.exists():
        sys.exit(f"the picture needs Chromium at {CHROMIUM}")
    take()
