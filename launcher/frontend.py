"""The front end: installed and built with the virtual environment's Node.js, again only where a source has changed."""

import os
from collections.abc import Callable
from pathlib import Path

from launcher import CHECKOUT
from launcher.marks import Mark, take_turn
from launcher.processes import Children
from launcher.speech import step

FOLDER = CHECKOUT / "frontend"
BUILD = "npm ci --no-audit --no-fund && npm run build"  # the Dockerfile runs the same two
NOT_SOURCES = {"node_modules", "dist", "coverage"}


def begin_build(children: Children, env: dict[str, str], log: Path) -> Callable[[], None]:
    """Starts the build where one is due, beside the database's first start. The answer waits for its end."""
    turn = take_turn("frontend")
    mark = Mark(CHECKOUT / ".dens" / "frontend.mark", sources(FOLDER))
    if mark.is_set() and (FOLDER / "dist" / "index.html").exists() and (FOLDER / "node_modules").is_dir():
        return turn.close
    build = children.start("The front end's build", ["sh", "-c", BUILD], env=env, log=log, cwd=FOLDER)

    def finish() -> None:
        with step("Building the front end"):
            build.finish()
        mark.set()
        turn.close()

    return finish


def sources(folder: Path) -> list[Path]:
    found: list[Path] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        found += [Path(parent, name) for name in files if not name.endswith(".tsbuildinfo")]
    return found
