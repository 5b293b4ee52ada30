"""The README's pictures, taken of the page as it is: docs/screenshots/*.png and docs/recording.gif.

    python docs/pictures.py          # with CHROMIUM=/path where it is not found by its name

A question, a citation opened, a date computed; then every view, in light, dark and phone width.
"""

from __future__ import annotations

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.faces.load import page as serving  # noqa: E402

QUESTION = "How long must we keep records for a drawback claim, and what starts the clock?"
SUM = "Our drawback claim was filed May 1, 2019 and liquidated 2/29/2024. When may we dispose of the file?"
DATES = "dates?record=drawback&claim_filed=2019-05-01"
TABLE = """\
reference,record,agreement,entry,claim_filed,claim_liquidated,release_end,certificate_issued,legal_hold
E-2024-0117,entry,,2024-03-15,,,,,
E-2023-0901,entry,,2023-02-29,,,,,
D-2020-0004,drawback,,,2020-01-10,2024-02-29,,,
P-2026-0031,packing_list,,,,,2026-10-10,,
K-2024-0008,fta_export,korea,,,,,2024-03-15,
H-2021-0002,entry,,2021-12-05,,,,,yes
"""
SCREENSHOTS, RECORDING = ROOT / "docs" / "screenshots", ROOT / "docs" / "recording.gif"
#: Pixels across the recording, and the most its file may have, in bytes.
WIDTH, MOST = 900, 2_000_000


class Recording:
    """Frames with the milliseconds that each is shown."""

    def __init__(self, tab: Page) -> None:
        self._tab, self.frames, self.times = tab, list[Image.Image](), list[int]()

    def shot(self, milliseconds: int) -> None:
        picture = Image.open(BytesIO(self._tab.screenshot())).convert("RGB")
        height = round(picture.height * WIDTH / picture.width)
        self.frames.append(picture.resize((WIDTH, height), Image.Resampling.LANCZOS))
        self.times.append(milliseconds)

    def write(self, path: Path) -> None:
        frames = [frame.quantize(160, dither=Image.Dither.NONE) for frame in self.frames]
        frames[0].save(
            path, save_all=True, append_images=frames[1:], duration=self.times, loop=0, optimize=True
        )
        if path.stat().st_size > MOST:
            raise SystemExit(f"{path} has {path.stat().st_size:,} bytes; it may have {MOST:,}")


def new_tab(browser: Browser, address: str, path: str = "", **looks: object) -> Page:
    size = {"width": looks.get("width", 1280), "height": looks.get("height", 880)}
    tab = browser.new_context(viewport=size, color_scheme=looks.get("scheme", "light")).new_page()  # type: ignore[arg-type]
    tab.goto(f"{address}/{path}")
    tab.locator("h1").first.wait_for(timeout=60_000)
    tab.wait_for_timeout(1200)
    return tab


def ask(tab: Page, question: str) -> None:
    field = tab.get_by_test_id("stChatInput").locator("textarea")
    field.fill(question)
    field.press("Enter")
    tab.locator(".conclusion").first.wait_for(timeout=30_000)
    field.blur()
    tab.wait_for_timeout(1200)


def record(browser: Browser, address: str) -> None:
    tab = new_tab(browser, address, height=800)
    film = Recording(tab)
    film.shot(1400)
    field = tab.get_by_test_id("stChatInput").locator("textarea")
    for end in (28, 56, len(QUESTION)):
        field.fill(QUESTION[:end])
        film.shot(280)
    ask(tab, QUESTION)
    film.shot(3000)
    tab.get_by_role("button", name="19 U.S.C. § 1508(c)(2)").first.click()
    tab.locator("mark").first.wait_for()
    tab.wait_for_timeout(1000)
    film.shot(3400)
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(600)
    tab.goto(f"{address}/{DATES}")
    tab.locator(".question").first.wait_for(timeout=30_000)
    tab.wait_for_timeout(1000)
    film.shot(2000)
    tab.goto(f"{address}/{DATES}&claim_liquidated=2024-02-29")
    tab.locator(".figure").first.wait_for(timeout=30_000)
    tab.wait_for_timeout(1000)
    film.shot(4200)
    film.write(RECORDING)


def photograph(browser: Browser, address: str) -> None:
    def keep(tab: Page, name: str) -> None:
        tab.screenshot(path=SCREENSHOTS / f"{name}.png")

    tab = new_tab(browser, address)
    keep(tab, "start")
    ask(tab, SUM)
    keep(tab, "chat")
    tab.get_by_role("button", name="19 U.S.C. § 1508(c)(2)").first.click()
    tab.locator("mark").first.wait_for()
    tab.wait_for_timeout(1000)
    keep(tab, "passage")
    keep(new_tab(browser, address, f"{DATES}&claim_liquidated=2024-02-29"), "dates")
    tab = new_tab(browser, address, "schedule", height=1180)
    table = {"name": "records.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    tab.locator("input[type=file]").set_input_files(table)  # type: ignore[arg-type]
    tab.get_by_role("heading", name="When").wait_for(timeout=30_000)
    tab.wait_for_timeout(2500)
    keep(tab, "schedule")
    tab = new_tab(browser, address, "library", height=1180)
    keep(tab, "library")
    tab.get_by_text("Compare", exact=True).click()
    tab.locator(".compared").wait_for(timeout=30_000)
    tab.wait_for_timeout(1000)
    keep(tab, "compare")
    keep(new_tab(browser, address, "about"), "about")
    for name, looks in (("dark", {"scheme": "dark"}), ("phone", {"width": 390, "height": 844})):
        tab = new_tab(browser, address, **looks)
        ask(tab, SUM)
        keep(tab, name)


def main() -> None:
    names = ("chromium", "chromium-browser", "google-chrome")
    named = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else names
    found = next((path for name in named if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("no Chromium: set CHROMIUM=/path/to/it")
    SCREENSHOTS.mkdir(exist_ok=True)
    with serving() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        record(browser, address)
        photograph(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
