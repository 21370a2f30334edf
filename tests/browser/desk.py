"""A person at a desk: what they see in Chromium and what they do there, by mouse and by keys."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.stack import wait_until

WINDOW = {"width": 1920, "height": 1080}
PASSWORD = "the dens turns in the atlas"
SECONDS = 60  # until a page shows what it is to show; the machines are shared
EVERY_SLICE_IS_DRAWN = """() => {
  const slices = [...document.querySelectorAll("[data-testid=sheet] canvas")];
  return slices.length > 0 && slices.every((slice) => slice.dataset.drawn);
}"""
TEN_FRAMES = """() => new Promise((done) => {
  let left = 10;
  const next = () => (left-- > 0 ? requestAnimationFrame(next) : done());
  next();
})"""
TELL_WHAT_HANDS_DO = """(() => {
  const isTyped = ({ key, target }) => key.length === 1 && target.matches("input[type=password]");
  const isHeld = ({ key }) => ["Control", "Shift", "Alt", "Meta"].includes(key);
  const press = (event) => isHeld(event) || isTyped(event) || tell("pressed", event.key);
  addEventListener("keydown", press, { capture: true });
  for (const kind of ["pointerdown", "mousedown", "wheel", "touchstart"])
    addEventListener(kind, () => tell("pointed", kind), { capture: true });
})()"""
EXPECTED_FAILURES = re.compile(r"status of 40\d")  # a refusal is an answer; the page shows it

expect.set_options(timeout=1000 * SECONDS)


def comes_to_be(expected: object, read: Callable[[], object]) -> None:
    """What is on the screen in the end: how soon a key is acted upon, the machine says."""
    wait_until(lambda: read() == expected, seconds=SECONDS, told=lambda: f"{read()}, not {expected}")


class Desk:
    """One person's window. `failures` collects what the page's own console complains about."""

    def __init__(self, name: str, browser: Browser, address: str) -> None:
        self.name, self.address = name, address
        self.context = browser.new_context(viewport=WINDOW, accept_downloads=True)  # type: ignore[arg-type]
        self.context.set_default_timeout(1000 * SECONDS)
        self.page: Page = self.context.new_page()
        self.failures: list[str] = []
        self.page.on("pageerror", lambda error: self.failures.append(f"{name}: {error}"))
        self.page.on("console", self.listen)

    def listen(self, message) -> None:
        if message.type == "error" and not EXPECTED_FAILURES.search(message.text):
            self.failures.append(f"{self.name}: {message.text}")

    def close(self) -> None:
        self.context.close()

    def goes_to(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def presses(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def follows(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def fills(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).fill(value)

    def shows(self, path: Path) -> None:
        """A picture of the window, for the documentation."""
        self.page.screenshot(path=str(path))

    # signing in

    def signs_in(self, password: str = PASSWORD) -> None:
        self.goes_to("/sign-in")
        self.fills("User name", self.name)
        self.fills("Password", password)
        self.presses("Sign in")

    def signs_in_for_the_first_time(self, temporary: str) -> None:
        self.signs_in(temporary)
        self.sees("Choose your own password")
        self.fills("Present password", temporary)
        self.fills("New password", PASSWORD)
        self.fills("New password again", PASSWORD)
        self.presses("Change password")
        expect(self.page).not_to_have_url(re.compile("/password"))

    # coordinating

    def opens_a_study(self, title: str) -> str:
        """The code of the new study, opened under the rules that stand from the start."""
        self.goes_to("/studies/new")
        self.fills("Title", title)
        self.presses("Make the study")
        self.page.wait_for_url(re.compile(r"/studies/\w+/charter"))
        self.presses("Open the study")
        self.page.get_by_role("dialog").get_by_role("button", name="Open the study").click()
        self.sees("Version 1, in force")
        return self.page.url.split("/studies/")[1].split("/")[0]

    def adds(self, study: str, username: str, full_name: str, role: str) -> str:
        """Adds a person; the temporary password is shown once."""
        self.goes_to(f"/studies/{study}/people")
        self.presses("Add a person")
        self.fills("Full name", full_name)
        self.fills("User name", username)
        self.page.get_by_role("radio", name=role).check()
        self.presses(re.compile("^Add$"))
        self.sees("Temporary password, shown only now")
        found = re.search(r"\b(?:[a-z0-9]{4}-){3}[a-z0-9]{4}\b", self.page.get_by_role("dialog").inner_text())
        assert found
        return found.group()

    def drops(self, study: str, folder: Path) -> None:
        """Imports a folder through the page and waits for the verdicts."""
        self.goes_to(f"/studies/{study}/import")
        self.page.get_by_label("Choose a folder", exact=True).last.set_input_files(str(folder))
        expect(self.page.get_by_role("table", name="Files")).to_be_visible()
        self.page.wait_for_function(
            "() => !/being imported|waiting|pending/i.test(document.querySelector('main').innerText)"
        )

    def opens_the_contact_sheet(self, study: str) -> None:
        """Of the first case that waits to be checked."""
        self.goes_to(f"/studies/{study}/cases?show=to_check")
        self.follows(re.compile("^Check "))
        self.waits_for_the_sheet()

    def waits_for_the_sheet(self) -> None:
        """Of the case in the address: for a moment the one before it is still on the screen."""
        self.page.wait_for_url(re.compile(r"/cases/\w+/check"))
        self.sees(self.page.url.split("/cases/")[1].split("/")[0])
        expect(self.page.get_by_test_id("sheet")).to_have_attribute("data-complete", "true")
        self.page.wait_for_function(EVERY_SLICE_IS_DRAWN)

    def answers_the_questions(self) -> None:
        for box in self.page.get_by_role("region", name="To answer").get_by_role("checkbox").all():
            box.check()

    def accepts(self) -> None:
        """Accepts the case; the page goes on to the next one that waits, or to the list."""
        here = self.page.url
        self.page.get_by_role("button", name="Accept", exact=True).click()
        expect(self.page).not_to_have_url(here)

    def checks_every_case(self, study: str) -> None:
        """Looks at all images of every case, answers what is asked, and accepts them one after the other."""
        self.opens_the_contact_sheet(study)
        while self.page.url.endswith("/check"):
            self.waits_for_the_sheet()
            self.answers_the_questions()
            self.accepts()

    def assigns(self, study: str) -> None:
        self.goes_to(f"/studies/{study}/assign")
        self.presses(re.compile(r"^Assign \d+ case"))
        self.page.get_by_role("dialog").get_by_role("button", name="Assign").click()
        self.sees(re.compile(r"assigned in \d+ reading"))

    def figure(self, study: str, label: str) -> str:
        """The number on one of the four cards of the overview."""
        self.goes_to(f"/studies/{study}")
        card = self.page.get_by_text(label, exact=True).first
        expect(card).to_be_visible()
        return card.locator("xpath=..").inner_text()

    # reading

    def opens_the_next_reading(self) -> None:
        self.goes_to("/worklist")
        self.follows(re.compile(r"^(Start|Continue) with"))
        self.waits_for_images()

    def waits_for_images(self) -> None:
        for pane in ("pane-left", "pane-right"):
            expect(self.page.get_by_test_id(pane)).to_have_attribute("data-loaded", "true")

    def settles(self) -> None:
        """What the last key asked for is drawn, however slow the machine is."""
        self.page.evaluate(TEN_FRAMES)

    def pane(self, side: str, name: str) -> str:
        return self.page.get_by_test_id(f"pane-{side}").get_attribute(f"data-{name}") or ""

    def types(self, keys: str) -> None:
        for key in keys.split():
            self.page.keyboard.press(key)

    def value_of(self, item: str) -> str:
        return self.page.get_by_test_id(f"score-{item}").get_attribute("data-value") or ""

    def gives(self, item: str, grade: int) -> None:
        """A grade by mouse."""
        row = self.page.get_by_test_id(f"score-{item}")
        row.get_by_role("radio").nth(grade).click()
        expect(row).to_have_attribute("data-value", str(grade))

    def scores(self, grades: dict[str, int]) -> None:
        """Answers what is still blank with digit keys alone: after each, the page goes on by itself."""
        progress = self.page.get_by_test_id("progress")
        expect(progress).to_contain_text(re.compile(r"\d+/\d+"))
        while not re.search(r"\b(\d+)/\1\b", progress.inner_text()):
            active = self.page.locator("[data-testid^='score-'][data-active='true']")
            item = str(active.get_attribute("data-testid")).removeprefix("score-")
            self.types(str(grades.get(item, 0)))
            expect(self.page.get_by_test_id(f"score-{item}")).to_have_attribute("data-value", str(grades.get(item, 0)))
        self.waits_until_saved()

    def waits_until_saved(self) -> None:
        expect(self.page.get_by_test_id("save-state")).to_contain_text(re.compile("^Saved"))

    def counts(self) -> None:
        """From now on `pressed` are the keys pressed, `pointed` every touch of mouse or screen.

        A key with Ctrl held down is one press. The letters of the password are none; the Enter after it is one.
        """
        self.pressed: list[str] = []
        self.pointed: list[str] = []
        self.page.expose_function("tell", lambda what, which: getattr(self, what).append(which))
        self.page.add_init_script(TELL_WHAT_HANDS_DO)
        self.page.evaluate(TELL_WHAT_HANDS_DO)

    def signs(self) -> None:
        """Reviews and signs with the password and the stated meaning."""
        self.types("Control+Enter")
        sheet = self.page.get_by_role("dialog")
        sheet.get_by_label("Your password", exact=True).fill(PASSWORD)
        sheet.get_by_role("button", name="Sign", exact=True).click()
        expect(sheet).to_be_hidden()
        self.sees(re.compile("Signed by|signed", re.IGNORECASE))

    def signs_by_keys(self) -> None:
        """Ctrl+Enter shows what is signed; password and Enter sign it."""
        self.types("Control+Enter")
        sheet = self.page.get_by_role("dialog")
        expect(sheet.get_by_label("Your password", exact=True)).to_be_focused()
        self.page.keyboard.type(PASSWORD)
        expect(sheet.get_by_role("button", name="Sign", exact=True)).to_be_enabled()
        self.types("Enter")
        expect(sheet).to_be_hidden()

    # adjudicating

    def opens_the_next_adjudication(self) -> None:
        self.goes_to("/adjudications")
        self.follows(re.compile(r"^(Start|Continue) with"))
        self.waits_for_images()

    def decides(self, side: str) -> None:
        """Takes one side of the only dispute of the next case, says why, and signs."""
        self.opens_the_next_adjudication()
        expect(self.page.locator("[data-testid^='dispute-']")).to_have_count(1)
        self.page.get_by_test_id(f"decision-{side}").click()
        self.page.get_by_text("Extent of the signal").click()
        self.waits_until_saved()
        self.signs()
