"""What goes wrong around a page: requests dropped before and after the server had them, and the server killed."""

import asyncio
import os
import signal
from collections import Counter
from contextlib import suppress
from random import Random

from playwright.async_api import Error, Page, Route

from launcher import services
from tests.stack import Stack, wait_until

FATES = {"arrives": 70, "is lost": 15, "is not answered": 15}
SAVING = "**/api/readings/*/{operations,desk}"
PIXELS = "**/images/*"  # they are not the matter here


class Wire:
    """The network of one page. Cut off, nothing gets through."""

    def __init__(self, rng: Random, happened: Counter[str]) -> None:
        self.rng, self.happened, self.is_cut = rng, happened, False

    async def lay(self, page: Page) -> None:
        await page.route(PIXELS, lambda route: route.abort())
        await page.route(SAVING, self.carry)

    async def carry(self, route: Route) -> None:
        [fate] = self.rng.choices(list(FATES), weights=list(FATES.values()))
        fate = "is lost" if self.is_cut else fate
        self.happened[f"a request {fate}"] += 1
        if fate == "is not answered":
            with suppress(Error):  # the server is gone
                await route.fetch()
        with suppress(Error):  # the page is gone
            await (route.continue_() if fate == "arrives" else route.abort())


async def thunder(stack: Stack, rng: Random, happened: Counter[str], *, is_over: asyncio.Event) -> None:
    """Kills the web server now and then, and starts it again."""
    while not is_over.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(is_over.wait(), rng.uniform(8, 16))
            return
        await asyncio.to_thread(strike, stack)
        happened["the server was killed"] += 1


def strike(stack: Stack) -> None:
    """The web server and its workers die without a word; it comes back at the same address."""
    web = stack.running[0]
    os.killpg(web.pid, signal.SIGKILL)  # a session of its own (stack.py): nobody else is in it
    web.wait()
    stack.running[0] = stack.start("web", services.WEB, GRANIAN_HOST="127.0.0.1", GRANIAN_PORT=str(stack.port))
    wait_until(lambda: services.is_healthy(stack.port), seconds=60, told=stack.told)
