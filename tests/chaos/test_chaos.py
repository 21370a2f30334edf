"""Readings in the real reading room under killed pages, a killed server, dropped requests, ended sessions, two pages.

`DENS_CHAOS=300 ./dens test tests/chaos` reads 300 of them; without a number it is a few.
What happened is printed, and a run in which nothing went wrong is no run.
"""

import asyncio
import threading
from collections import Counter
from random import Random

from playwright.async_api import async_playwright

from launcher import browser as chromium
from scoring.models import Reading
from tests import cast, scene
from tests.browser.conftest import FLAGS
from tests.chaos import books
from tests.chaos.books import Thing
from tests.chaos.reader import Reader, value_of
from tests.chaos.weather import thunder

SIDE_BY_SIDE = 4
BURSTS = 4
PATIENCE = 180  # seconds for one reading, before it is given up
ENOUGH_FOR_EVERYTHING = 16  # readings: fewer may be spared one kind of trouble
MUST_HAPPEN = {
    "a request is lost",
    "a request is not answered",
    "a page crashed",
    "a page was closed",
    "a session ended",
    "signed in again, in place",
    "a second page",
    "taken over",
    "the server was killed",
}


def test_the_page_loses_doubles_and_overwrites_nothing_and_never_says_saved_too_early(stack, n_readings):
    people = cast.invite()
    study = cast.open_study(people)
    scene.allot(study, people, cases=(n_readings + 1) // 2)
    happened = Counter()
    readings = Reading.objects.select_related("reader").order_by("pk")[:n_readings]
    readers = [
        Reader(reading, address=stack.address, seed=seed, happened=happened) for seed, reading in enumerate(readings)
    ]
    in_a_loop_of_its_own(play(readers, stack, happened))
    wrong = [sentence for reader in readers for sentence in found(reader)]
    print(f"\n{len(readers)} readings: {dict(sorted(happened.items()))}")
    print("\n".join(wrong))
    assert wrong == []
    if n_readings >= ENOUGH_FOR_EVERYTHING:
        assert happened.keys() >= MUST_HAPPEN
    assert happened["a request is lost"]
    assert happened["the server was killed"]


def in_a_loop_of_its_own(work):
    """In a thread, for Playwright's other loop may be running in this one. What went wrong there goes wrong here."""
    failures = []

    def run():
        try:
            asyncio.run(work)
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


async def play(readers, stack, happened):
    """All readings, some of them side by side, while the server is killed every few seconds."""
    places = asyncio.Semaphore(SIDE_BY_SIDE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)

        async def read(reader):
            try:
                async with places, asyncio.timeout(PATIENCE):
                    await reader.read(browser, bursts=BURSTS)
            except Exception as failure:
                reader.books.wrong.append(f"came to no end: {failure!r}")

        is_over = asyncio.Event()
        storm = asyncio.create_task(thunder(stack, Random(0), happened, is_over=is_over))
        try:
            async with asyncio.TaskGroup() as group:
                for reader in readers:
                    group.create_task(read(reader))
        finally:
            is_over.set()
            await storm
            await browser.close()


def found(reader):
    """Sentences of what is wrong with a reading."""
    reading, said = reader.reading, reader.books
    n_operations = reading.operations.count()
    is_enough = n_operations == said.n_changes if said.is_exact else n_operations <= said.n_changes
    wrong = [
        *[f"{reading}: {sentence}" for sentence in said.wrong],
        *books.lost(reading, words={Thing("answer", item): value_of(text) for item, text in said.said.items()}),
        *books.unrecorded(reading, promised=said.promised),
        *books.doubled(reading),
        *books.overwritten(reading),
        *([] if is_enough else [f"{reading}: {n_operations} operations of {said.n_changes} changes"]),
    ]
    return [*wrong, f"{reading}: what led there: {reader.diary}", *filter(None, [reader.stuck])] if wrong else []
