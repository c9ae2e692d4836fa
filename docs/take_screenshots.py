"""Takes the README's pictures from the running demo, as WebP of about 60 kB.

    .venv/bin/python manage.py demo        # in another terminal; a minute of matching
    .venv/bin/python docs/take_screenshots.py [http://127.0.0.1:8000]

Needs Chromium (`CHROMIUM` names one) and `requirements/test.txt`.
"""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
PASSWORD = "olives and almonds"  # noqa: S105 - the demo prints it
WINDOW = {"width": 1360, "height": 900}
SHOWN_WIDTH = 1020
PICTURES = (
    ("search-he.webp", "entrepreneur-haifa@demo.example", "/he/listings/"),
    ("search-ar.webp", "entrepreneur-nablus@demo.example", "/ar/listings/"),
)


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/en/accounts/login/")
    page.get_by_label("Email").or_(page.locator("#id_login")).first.fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**/dashboard/")


def keep(picture: bytes, path: Path) -> None:
    image = Image.open(BytesIO(picture)).convert("RGB")
    height = round(image.height * SHOWN_WIDTH / image.width)
    image = image.resize((SHOWN_WIDTH, height), Image.Resampling.LANCZOS)
    image.save(path, "WEBP", quality=72, method=6)


def main(site: str) -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )
        for name, email, path in PICTURES:
            page = browser.new_context(viewport=WINDOW).new_page()
            sign_in(page, site, email)
            page.goto(site + path)
            page.evaluate("document.fonts.ready")
            page.wait_for_timeout(300)
            keep(page.screenshot(), HERE / name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
