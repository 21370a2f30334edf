"""A Chromium for the browser tests: the machine's own; where root has apt, its package; never a download of ours."""

import shutil
from pathlib import Path

from launcher import Refused
from launcher.environment import can_install_packages, install_package
from launcher.processes import Children
from launcher.speech import step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "The browser tests need Chromium on the PATH ({}). Install it, for example: sudo apt install chromium"


def prepare(children: Children, log: Path) -> str:
    found = find()
    if not found and can_install_packages():
        with step("Installing Chromium"):
            install_package("chromium", children, log)
        found = find()
    if not found:
        raise Refused(MISSING.format(", ".join(NAMES)))
    return found


def find() -> str:
    return next((path for path in map(shutil.which, NAMES) if path), "")
