"""Take the pictures of this folder from a running demo: `.dens/venv/bin/python docs/screens/take.py PASSWORD`.

`./dens demo-cohort` has to be there, too: agreement is pictured from it.

Needs requirements-dev.txt and a Chromium on the PATH. Looks only: it changes nothing in the demo.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from launcher import browser as chromium  # noqa: E402
from tests.browser.conftest import FLAGS  # noqa: E402

ADDRESS = "http://127.0.0.1:8000"
DESK, READING_ROOM = {"width": 1440, "height": 900}, {"width": 1920, "height": 1080}
LAPTOP, TABLET = {"width": 1366, "height": 768}, {"width": 820, "height": 1180}
IMAGES = re.compile("Check|Look|Images")  # what the link to a contact sheet is called depends on the case
QUALITY = 82  # keeps the files small


def sits_down(browser: Browser, name: str, password: str, window: dict[str, int]) -> Page:
    page = browser.new_context(viewport=window).new_page()  # type: ignore[arg-type]
    page.goto(f"{ADDRESS}/sign-in")
    page.get_by_label("User name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.wait_for_load_state("networkidle")
    return page


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    page.screenshot(path=HERE / f"{name}.jpg", type="jpeg", quality=QUALITY)


def opens_first(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^(View|Open) ")).last.click()
    page.locator("[data-testid=pane-right][data-loaded=true]").wait_for(timeout=60_000)


def opens_study(page: Page, title: str) -> str:
    """The address of a study, which is then open."""
    page.goto(f"{ADDRESS}/studies")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url(re.compile(r"/studies/\w+$"))
    return page.url


def main(password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        dora = sits_down(browser, "dora", password, DESK)
        cohort = opens_study(dora, "Synthetic cohort")
        dora.set_viewport_size({"width": 1440, "height": 1160})
        for name, tab in (("agreement", "overview"), ("agreement-totals", "totals")):
            dora.goto(f"{cohort}/agreement?tab={tab}")
            take(dora, name)
        dora.set_viewport_size(DESK)  # type: ignore[arg-type]
        study = opens_study(dora, "Demo")
        take(dora, "matrix")
        dora.goto(f"{study}/charter")
        take(dora, "charter")
        dora.goto(f"{study}/import")
        dora.get_by_role("button", name="Show").first.click()
        take(dora, "import")
        dora.set_viewport_size(READING_ROOM)  # type: ignore[arg-type]
        dora.goto(f"{study}/cases")
        dora.get_by_role("link", name=IMAGES).first.click()
        take(dora, "check")
        ana = sits_down(browser, "ana", password, READING_ROOM)
        take(ana, "worklist")
        opens_first(ana)
        take(ana, "reading")
        for name, window in (("reading-laptop", LAPTOP), ("reading-tablet", TABLET)):
            ana = sits_down(browser, "ana", password, window)
            opens_first(ana)
            take(ana, name)
        clara = sits_down(browser, "clara", password, READING_ROOM)
        opens_first(clara)
        take(clara, "adjudication")
        browser.close()


main(sys.argv[1])
