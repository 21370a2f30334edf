"""A real Chromium, and Dens running for it in processes of its own."""

import os

import pytest
from playwright.sync_api import sync_playwright

from launcher import browser as chromium
from tests.stack import Stack

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop in this thread; nothing here runs in it

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    path = chromium.find()
    assert path, chromium.MISSING
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def processes(django_db_setup, django_db_blocker, tmp_path_factory):
    """Web server, worker and beat, for all stories of a folder."""
    running = Stack(tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("logs"))
    with django_db_blocker.unblock():
        running.pause()
    yield running
    running.stop()


@pytest.fixture
def data_folder(processes, settings):
    """Of the processes, and empty."""
    settings.DENS_DATA = processes.data_folder
    settings.FILE_UPLOAD_TEMP_DIR = settings.DENS_DATA / "quarantine"
    return settings.DENS_DATA


@pytest.fixture
def stack(transactional_db, settings, data_folder, processes):
    """Web server, worker and beat on this test's database and data folder."""
    settings.PASSWORD_HASHERS = ["tests.stack.OneRound"]
    processes.resume()
    yield processes
    processes.pause()


@pytest.fixture
def desk(browser, stack):
    """desk(name): a browser window of one person's own."""
    from tests.browser.desk import Desk

    opened = []

    def sit_down(name: str) -> Desk:
        opened.append(Desk(name, browser, stack.address))
        return opened[-1]

    yield sit_down
    failures = [failure for desk in opened for failure in desk.failures]
    for one in opened:
        one.close()
    assert not failures
