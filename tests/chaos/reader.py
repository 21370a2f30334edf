"""A scripted reader who works the real reading room by keys, kills its pages, and moves between them.

What they said last of each site is what its row showed after their press. Of presses that were under way when a page
died nobody knows: the row of the next page says which of them counted, and from then on that is what was said.
"""

import asyncio
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from playwright.async_api import Browser, BrowserContext, Error, Page
from playwright.async_api import TimeoutError as TookTooLong

from scoring.models import Reading
from tests.cast import PASSWORD
from tests.chaos.weather import Wire

OBSERVER = (Path(__file__).parent / "observer.js").read_text()
SECONDS = 60_000  # in milliseconds: the server may be away
DAY_MS = 24 * 3600 * 1000
Said = dict[str, str]  # item -> as its row shows it


class Books:
    """What one reader has said in the end, and what the pages were promised and promised themselves."""

    def __init__(self) -> None:
        self.said: Said = {}
        self.spoken: dict[str, set[str]] = {}  # all that was ever said of an item
        self.n_changes = 0
        self.is_exact = True  # nothing came between a press and the screen
        self.promised: dict[str, str] = {}
        self.wrong: list[str] = []

    def hear(self, kind: str, what: Any, happened: Counter[str]) -> None:
        """What the observer in a page tells."""
        if kind == "answered":
            self.promised |= {key: outcome for key, outcome in what.items() if outcome in ("applied", "superseded")}
        if kind == "saved":
            happened['"saved" was said'] += 1
        if kind == "early":
            happened['"saved" was said early'] += 1
            self.wrong.append(f"early: {what}")


class Place:
    """Where a page of the reading is open: a tab of its own, with its own network."""

    def __init__(self, context: BrowserContext, page: Page, wire: Wire) -> None:
        self.context, self.page, self.wire = context, page, wire


class Reader:
    """One reading, from the first press to the last. Nobody is at two pages at once, but pages are left open behind."""

    def __init__(self, reading: Reading, *, address: str, seed: int, happened: Counter[str]) -> None:
        self.reading, self.address, self.rng, self.happened = reading, address, Random(seed), happened
        self.books = Books()
        self.order: list[str] = []
        self.n_grades: dict[str, int] = {}
        self.contexts: list[BrowserContext] = []
        self.decided: set[str] = set()  # items of which one of two values was chosen
        self.diary: list[str] = []  # for who wants to know what led there
        self.stuck = ""  # what a page showed that stood still and offered no way on

    def does(self, what: str) -> None:
        self.happened[what] += 1
        self.diary.append(what)

    async def read(self, browser: Browser, *, bursts: int) -> None:
        try:
            self.browser = browser
            place = await self.sits_down(await self.machine())
            for _ in range(bursts):
                await self.presses(place)
                place = await self.meets_trouble(place)
            await self.waits_until_saved(place)
            await self.compares(place, "at the end")
        finally:
            for context in self.contexts:
                await context.close()

    # pages

    async def machine(self) -> BrowserContext:
        """A browser of the reader's, signed in, with a clock of its own."""
        context = await self.browser.new_context(viewport={"width": 1366, "height": 768})
        self.contexts.append(context)
        context.set_default_timeout(SECONDS)
        await context.expose_binding("tell", lambda _, kind, what: self.books.hear(kind, what, self.happened))
        await context.add_init_script(f"({OBSERVER})({self.rng.randint(-2 * DAY_MS, 2 * DAY_MS)})")
        client = Client()
        with closing(connection):  # a task's connection is its own
            client.force_login(self.reading.reader)  # a session without the time that a password takes
        [cookie] = client.cookies.values()
        await context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        return context

    async def sits_down(self, context: BrowserContext) -> Place:
        """Opens the reading. The server may be away for a while."""
        page, wire = await context.new_page(), Wire(self.rng, self.happened)
        await wire.lay(page)
        await self.goes_to(page)
        await self.standing(page)
        return Place(context, page, wire)

    async def goes_to(self, page: Page) -> None:
        with suppress(Error):  # nobody answers
            await page.goto(f"{self.address}/read/{self.reading.code}")

    async def standing(self, page: Page) -> str:
        """How it stands with a page, as soon as it can be told. One that came to nothing is loaded again."""
        while True:
            with suppress(Error):
                found = await page.wait_for_function("() => chaos.standing()", polling=50, timeout=8000)
                return str(await found.json_value())
            await asyncio.sleep(0.2)
            self.does("a page was loaded again")
            await self.goes_to(page)

    # at work

    async def presses(self, place: Place) -> None:
        """Grades, one after the other, as fast as fingers go; then a look whether they are there."""
        before, pressed = await self.types(place)
        if await self.are_shown(place.page, pressed):
            self.says({item: text for item, text in pressed.items() if text != before[item]})
        else:
            await asyncio.sleep(0.7)  # what was on its way to the screen
            await self.adopts(place, before, pressed)

    async def types(self, place: Place) -> tuple[Said, Said]:
        """What the rows showed before, and what they should show by now. No site is touched twice."""
        await self.gets_to_work(place)
        first = await self.goes_back(place)
        before = await place.page.evaluate("chaos.rows()")
        pressed: Said = {}
        for item in self.order[self.order.index(first) :][: self.rng.randint(2, 6)]:
            keys, pressed[item] = self.word(item)
            for key in keys:
                await place.page.keyboard.press(key)
            self.happened["presses"] += len(keys)
            self.books.n_changes += pressed[item] != before[item]
        self.diary.append(f"pressed {pressed}")
        return before, pressed

    def word(self, item: str) -> tuple[list[str], str]:
        """Keys, and what the row will show. After each, the next site is the current one."""
        dice = self.rng.random()
        if dice < 0.1:
            return ["x", "1"], "artefact"
        if dice < 0.2:
            return ["Backspace", "j"], ""
        grade = str(self.rng.randrange(self.n_grades[item]))
        return [grade], grade

    async def goes_back(self, place: Place) -> str:
        """Some sites back, or none. The item that is the current one then."""
        page = place.page
        if not self.order:
            self.n_grades = dict(await page.evaluate("chaos.grades()"))
            self.order = list(self.n_grades)
        at = self.order.index(await page.evaluate("chaos.active()"))
        aim = self.order[max(0, min(at, len(self.order) - 6) - self.rng.randint(0, 3))]
        while (at := self.order.index(await page.evaluate("chaos.active()"))) != self.order.index(aim):
            await page.keyboard.press("k" if at > self.order.index(aim) else "j")
            await asyncio.sleep(0.02)
            await self.gets_to_work(place)
        return aim

    async def are_shown(self, page: Page, wanted: Said) -> bool:
        try:
            look = "(wanted) => chaos.shown(wanted)"
            found = await page.wait_for_function(look, arg=wanted, polling=50, timeout=15000)
            return bool(await found.json_value() == "shown")
        except TookTooLong:
            self.books.wrong.append(f"{wanted} was pressed, and nothing was in the way")
            return False

    def says(self, words: Said) -> None:
        self.books.said |= words
        for item, text in words.items():
            self.books.spoken.setdefault(item, set()).add(text)

    async def adopts(self, place: Place, before: Said, pressed: Said) -> None:
        """Something came between: of each press, the row says whether it counts."""
        shown = await place.page.evaluate("chaos.rows()")
        self.books.is_exact = False
        for item, text in pressed.items():
            if shown[item] not in (before[item], text):
                self.books.wrong.append(f"{item} was {before[item]!r}, {text!r} was pressed, it is {shown[item]!r}")
        self.says({item: shown[item] for item in pressed if shown[item] != before[item]})

    async def compares(self, place: Place, when: str) -> None:
        """The screen says what the reader said, as soon as the page has heard of what was said elsewhere."""
        for _ in range(30):
            if not await self.differences(place):
                return
            await place.page.evaluate("dispatchEvent(new Event('focus'))")
            await asyncio.sleep(0.5)
            await self.waits_until_saved(place)
        for item, (shown, said) in (await self.differences(place)).items():
            self.books.wrong.append(f"{when}, {item} shows {shown!r}, and {said!r} was said")

    async def differences(self, place: Place) -> dict[str, tuple[str, str]]:
        shown, said = await place.page.evaluate("chaos.rows()"), self.books.said
        return {item: (text, said.get(item, "")) for item, text in shown.items() if text != said.get(item, "")}

    # whatever is in the way

    async def gets_to_work(self, place: Place) -> str:
        """Signs in, takes over, decides: until one can work here. Gives the save state."""
        ways = {
            "signed out": self.signs_in_again,
            "at the door": self.signs_in,
            "elsewhere": self.takes_over,
            "conflict": self.decides,
            "halted": self.tries_again,
        }
        while (standing := await self.standing(place.page)) in ways:
            self.diary.append(standing)
            with suppress(Error):  # the server is away, or what was in the way is gone
                await ways[standing](place.page)
        if await place.page.get_by_test_id("reasons").count():
            await place.page.keyboard.press("Escape")
        return standing

    async def signs_in_again(self, page: Page) -> None:
        """In place: the room is still there behind the question."""
        question = page.get_by_role("dialog")
        await question.locator("input[type=password]").fill(PASSWORD, timeout=5000)
        await page.keyboard.press("Enter")
        await question.wait_for(state="hidden", timeout=5000)
        self.does("signed in again, in place")

    async def signs_in(self, page: Page) -> None:
        await page.get_by_label("User name", exact=True).fill(self.reading.reader.username, timeout=5000)
        await page.get_by_label("Password", exact=True).fill(PASSWORD, timeout=5000)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/read/*", timeout=5000)
        self.does("signed in at the door")

    async def takes_over(self, page: Page) -> None:
        """Another page has the reading: nothing can be changed here before it is taken over."""
        before = await page.evaluate("chaos.rows()")
        await page.keyboard.press("1")
        await asyncio.sleep(0.1)
        changed = {item: text for item, text in (await page.evaluate("chaos.rows()")).items() if text != before[item]}
        if changed and await page.evaluate("chaos.state()") == "elsewhere":
            self.books.wrong.append(f"a page changed what another page has: {changed}")
        self.books.is_exact = self.books.is_exact and not changed  # it may have got the reading just then
        self.books.n_changes += len(changed)
        self.says(changed)
        await page.get_by_role("button", name="Work here instead").click(timeout=2000)
        await page.wait_for_function("() => chaos.state() !== 'elsewhere'", polling=50, timeout=2000)
        self.does("taken over")

    async def decides(self, page: Page) -> None:
        """Two values for one site, both of which were said. Where neither was said last, the page has not heard of that
        yet: the answer is a word like any other, and is asked for again where it was said over another one."""
        question = page.locator("[data-testid^='conflict-']").first
        item = str(await question.get_attribute("data-testid", timeout=2000)).removeprefix("conflict-")
        words = await question.locator("b").all_inner_texts()
        mine, theirs = map(text_of, words)
        said, spoken = self.books.said.get(item, ""), self.books.spoken.get(item, set()) | {""}
        if mine == theirs or not {mine, theirs} <= spoken:
            self.books.wrong.append(f"{item}: {mine!r} or {theirs!r} is asked, {said!r} was said last of {spoken}")
        choice = self.rng.choice([0, 1])
        place = ("here", "elsewhere")[choice]
        await question.get_by_role("button", name=f"Made {place}: {words[choice]}", exact=True).click(timeout=2000)
        self.books.n_changes += 1
        self.books.said[item] = (mine, theirs)[choice]
        self.decided.add(item)
        self.happened["a question was overtaken"] += said not in (mine, theirs)
        self.does(f"a conflict, decided for what was made {place}")
        await page.wait_for_function("(item) => !chaos.isInConflict(item)", arg=item, polling=50, timeout=5000)

    async def tries_again(self, page: Page) -> None:
        button = page.get_by_role("button", name="Try again")
        if await button.count():
            await button.click(timeout=2000)
            self.does("halted")
        elif not self.stuck:
            self.stuck = await page.evaluate("document.body.innerHTML.slice(-3000)")
        await asyncio.sleep(0.1)

    async def waits_until_saved(self, place: Place) -> None:
        for _ in range(400):
            if await self.gets_to_work(place) == "saved":
                return
            await place.page.evaluate("dispatchEvent(new Event('online'))")  # or a pause of up to ten seconds
            await asyncio.sleep(0.3)
        raise AssertionError(f"{self.reading} was never saved")

    # trouble

    async def meets_trouble(self, place: Place) -> Place:
        """The place where the reader goes on."""
        dice = self.rng.random()
        if dice < 0.2:
            return await self.kills(place)
        if dice < 0.35:
            return await self.kills_at_work(place)
        if dice < 0.55:
            await self.is_forgotten(place)
        elif dice < 0.85:
            await self.goes_elsewhere(place)
        return place

    async def kills(self, place: Place) -> Place:
        """All that was said is there again, once it is known what was said elsewhere."""
        again = await self.dies(place)
        await self.waits_until_saved(again)
        await self.compares(again, "after a page was killed")
        return again

    async def kills_at_work(self, place: Place) -> Place:
        """In the middle of a press. What the dead page has left is taken up; only then the rows say what counted."""
        before, pressed = await self.types(place)
        for item, text in pressed.items():
            self.books.spoken.setdefault(item, set()).add(text)
        self.decided.clear()
        again = await self.dies(place)
        await self.takes_up(again)
        undecided = {item: text for item, text in pressed.items() if item not in self.decided}
        await self.adopts(again, before, undecided)
        return again

    async def takes_up(self, place: Place) -> None:
        """Waits until nothing lies in the browser any more. One under load notices late that a page is gone."""
        for _ in range(200):
            await self.waits_until_saved(place)
            if not await place.page.evaluate("chaos.left()"):
                return
            await asyncio.sleep(0.3)
        raise AssertionError(f"{self.reading}: what a dead page had left was never taken up")

    async def dies(self, place: Place) -> Place:
        """The page is closed without a word, or its process crashes. Another one is opened in the same browser."""
        if self.rng.random() < 0.5:
            await crash(place)
            self.does("a page crashed")
        else:
            self.does("a page was closed")
        await place.page.close(run_before_unload=False)
        again = await self.sits_down(place.context)
        self.happened["its own dead page was in the way"] += await self.standing(again.page) == "elsewhere"
        await self.gets_to_work(again)
        return again

    async def is_forgotten(self, place: Place) -> None:
        """The session ends at the server."""
        cookies = [one["value"] for one in await place.context.cookies()]
        with closing(connection):
            Session.objects.filter(pk__in=cookies).delete()
        self.does("a session ended")

    async def goes_elsewhere(self, place: Place) -> None:
        """Works for a while in a second tab or at a second machine, and comes back. The first page may be cut off."""
        place.wire.is_cut = self.rng.random() < 0.6
        if place.wire.is_cut:
            self.does("a page was cut off")
            await self.presses(place)
        other = await self.sits_down(place.context if self.rng.random() < 0.5 else await self.machine())
        self.does("a second page")
        await self.presses(other)
        await self.waits_until_saved(other)
        await other.page.close(run_before_unload=False)
        place.wire.is_cut = False
        await self.comes_back(place)

    async def comes_back(self, place: Place) -> None:
        """The page hears that somebody is there. It says that another has the reading, or shows what was said there."""
        for _ in range(100):
            if await self.standing(place.page) in ("elsewhere", "conflict") or not await self.differences(place):
                return
            if await self.standing(place.page) in ("signed out", "at the door"):
                await self.gets_to_work(place)
            await place.page.evaluate("dispatchEvent(new Event('focus'))")
            await asyncio.sleep(0.2)
        self.books.wrong.append(f"back from another page: {await self.differences(place)}")


async def crash(place: Place) -> None:
    """The process of the page dies; the command that does it is never answered."""
    session = await place.context.new_cdp_session(place.page)
    async with place.page.expect_event("crash", timeout=SECONDS):
        command = asyncio.ensure_future(session.send("Page.crash"))
    command.cancel()


def text_of(words: str) -> str:
    """An answer as a conflict tells it, as a row shows it."""
    return {"no answer yet": "", "not assessable (artefact)": "artefact"}.get(words, words)


def value_of(text: str) -> dict[str, Any]:
    """An answer as a row shows it, as the server keeps it."""
    is_grade = text.isdecimal()
    return {"grade": int(text) if is_grade else None, "not_assessable": "" if is_grade else text}
