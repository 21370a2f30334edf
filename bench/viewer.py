"""How soon a reader sees an image, and a key's effect, against a bare page that draws the same pixels.

Chromium opens the reading room of one synthetic neck after the other on the real server, and in turn with it a page
that does nothing but fetch, undo and draw the same series (bench/bare). Times run from the navigation, or from the key,
to the frame that shows it, as the browser's own clock has them (bench/probe.js). What counts are the ratios.
"""

import math
import re
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench import room

RUNS = 5
WINDOW = {"width": 1920, "height": 1080}
PATIENCE = 60_000  # ms
AHEAD = 3000  # ms a reader rests after signing: by then the next case is there
PAUSE = 150  # ms between two keys, at least: each is done before the next comes
SLICES = ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"] * 6
GRADES = ["0"] * 25
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SENT = """() => {
  const all = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
  const sent = all.filter((one) => one.transferSize > 0);
  return { requests: sent.length, kilobytes: sent.reduce((sum, one) => sum + one.transferSize, 0) / 1000 };
}"""
IS_SHOWN = "(kind) => bench[kind].some(({ at }) => at > bench.keys.at(-1).at)"

Figures = dict[str, float]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dens-bench-") as folder, room.opened(Path(folder)):
        codes = cases_to_read()
        with room.server("bench.bare.settings") as address, chromium() as browser:
            signed_in = sign_in(browser, address)
            first, *others = codes
            others.reverse()  # from the last one on: the next after it is always the first
            sides = [lambda nth: dens(Visit(browser, address, signed_in), others[nth], first)]
            sides += [lambda nth: bare(Visit(browser, address, signed_in), others[nth], first)]
            results = alternating(sides)
    tell(*results)


def cases_to_read() -> list[str]:
    """The codes of Ana's readings in the demo's six necks, in her order. Nobody has read any."""
    from demo import people, study
    from scoring import allocation, charter
    from scoring.models import Reading
    from studies.models import Membership, Role

    cast = people.invite()
    made = charter.open_study(title="Bench", instrument=study.INSTRUMENT, actor=cast["dora"], is_synthetic=True)
    for name in ("ana", "ben"):
        Membership.objects.create(study=made, user=cast[name], role=Role.READER)
    study.import_images(made, study.CASES, actor=cast["dora"])
    study.check_images(made, actor=cast["dora"])
    allocation.allot(made, actor=cast["dora"])
    return list(Reading.objects.filter(reader=cast["ana"]).order_by("position").values_list("code", flat=True))


def chromium():
    """A Chromium without a graphics card, as on a virtual machine: the path that has most to do in JavaScript."""
    from contextlib import contextmanager

    from playwright.sync_api import sync_playwright

    from launcher import browser

    @contextmanager
    def opened():
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=browser.find(), args=FLAGS)
            yield running
            running.close()

    return opened()


def sign_in(browser: Any, address: str) -> Any:
    """The cookies of Ana's session."""
    from demo import people

    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("User name", exact=True).fill("ana")
    page.get_by_label("Password", exact=True).fill(people.password())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/worklist")
    state = context.storage_state()
    context.close()
    return state


def alternating(sides: list[Callable[[int], Figures]]) -> list[list[Figures]]:
    """Each side's runs; who goes first takes turns."""
    results: list[list[Figures]] = [[] for _ in sides]
    for nth in range(RUNS):
        for at in (0, 1) if nth % 2 == 0 else (1, 0):
            results[at].append(sides[at](nth))
    return results


@dataclass
class Visit:
    """One new browser profile of Ana's, whose session is open already."""

    browser: Any
    address: str
    state: Any

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(viewport=WINDOW, storage_state=self.state)
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(path=Path(__file__).with_name("probe.js"))
        self.page = self.context.new_page()
        self.clock = self.context.new_cdp_session(self.page)
        self.clock.send("Performance.enable")

    def opens(self, path: str, *, when: str) -> Figures:
        self.page.goto(self.address + path) if when == "cold" else self.page.reload()
        return {f"{name}, {when}": value for name, value in self.opened().items()}

    def opened(self, since: float = 0) -> Figures:
        """When both panes showed something, and when both were complete."""
        self.page.wait_for_function("() => bench.loaded.some((one) => one.path === location.pathname)")
        self.page.wait_for_timeout(PAUSE)
        path, noted = self.page.evaluate("() => [location.pathname, bench]")
        first = {draw["pane"]: draw["at"] for draw in reversed(noted["draws"]) if draw["path"] == path and "at" in draw}
        shown = max(first["pane-left"], first["pane-right"])
        loaded = next(one["at"] for one in noted["loaded"] if one["path"] == path)
        return {"first image": shown - since, "whole stack": max(shown, loaded) - since}

    def sent(self) -> Figures:
        return dict(self.page.evaluate(SENT))

    def presses(self, keys: list[str], kind: str, name: str) -> Figures:
        """The median from a key to the last pane, or the cell, that shows it; and what it costs the page's thread."""
        self.page.evaluate(f"() => {{ bench.keys = []; bench.{kind} = []; }}")
        before = self.busy()
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(PAUSE)
            self.page.wait_for_function(IS_SHOWN, arg=kind)
        busy = self.busy() - before
        noted = self.page.evaluate("() => bench")
        pressed = [key["at"] for key in noted["keys"]]
        took = [last_first(noted[kind], since, until) - since for since, until in pairwise([*pressed, math.inf])]
        return {name: statistics.median(took), f"{name}, thread": busy / len(keys)}

    def busy(self) -> float:
        """Milliseconds the page's thread has worked so far."""
        metrics = self.clock.send("Performance.getMetrics")["metrics"]
        return next(1000 * one["value"] for one in metrics if one["name"] == "TaskDuration")

    def close(self) -> None:
        self.context.close()


def last_first(records: list[dict[str, Any]], since: float, until: float) -> float:
    """The first of each pane's draws between two keys; of those, the later one."""
    between = [one for one in records if since < one.get("at", 0) < until]
    return max({one.get("pane"): one["at"] for one in reversed(between)}.values())


def dens(visit: Visit, code: str, following: str) -> Figures:
    from demo import people

    figures = visit.opens(f"/read/{code}", when="cold") | visit.sent()
    figures |= visit.opens(f"/read/{code}", when="again")
    figures |= visit.presses(SLICES, "draws", "next slice") | visit.presses(GRADES, "grades", "grade to screen")
    page = visit.page
    page.keyboard.press("Control+Enter")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Your password", exact=True).fill(people.password())
    sheet.get_by_role("button", name="Sign", exact=True).click()
    link = page.get_by_role("link", name=re.compile("^Next reading"))
    link.wait_for()
    page.wait_for_timeout(AHEAD)
    link.press("Enter")
    page.wait_for_url(f"**/{following}")
    return figures | next_case(visit)


def bare(visit: Visit, code: str, following: str) -> Figures:
    path = f"/bare/{code}?next={following}"
    figures = visit.opens(path, when="cold") | visit.sent()
    figures |= visit.opens(path, when="again")
    figures |= visit.presses(SLICES, "draws", "next slice") | visit.presses(GRADES, "grades", "grade to screen")
    visit.page.keyboard.press("p")
    visit.page.wait_for_selector("body[data-ahead=true]")
    visit.page.keyboard.press("n")
    return figures | next_case(visit)


def next_case(visit: Visit) -> Figures:
    pressed = visit.page.evaluate("() => bench.keys.at(-1).at")
    found = {f"{name}, prefetched": value for name, value in visit.opened(pressed).items()}
    visit.close()
    return found


def tell(dens: list[Figures], bare: list[Figures]) -> None:
    print(f"viewer: 320 x 320 pixels, STIR and T1 of 13 slices, best of {RUNS} (median); ms")
    print(f"  {'':26} {'Dens':>16} {'bare page':>16}   ratio of best (of medians)")
    for name in dens[0]:
        ours, theirs = [run[name] for run in dens], [run[name] for run in bare]
        print(f"  {name:26} {spread(ours)} {spread(theirs)}   {ratio(ours, theirs)}")


def spread(values: list[float]) -> str:
    return f"{min(values):7.1f} ({statistics.median(values):6.1f})"


def ratio(ours: list[float], theirs: list[float]) -> str:
    return f"{min(ours) / min(theirs):.2f} ({statistics.median(ours) / statistics.median(theirs):.2f})"
