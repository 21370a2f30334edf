"""`./dens test`: every check is run, each has its line, and pytest speaks last."""

import json
import signal
from pathlib import Path

from launcher import CHECKOUT, Refused
from launcher.area import Area
from launcher.frontend import FOLDER
from launcher.processes import Children
from launcher.speech import say, step


def run(area: Area, children: Children, env: dict[str, str], arguments: list[str]) -> int:
    log = area.logs / "checks.log"
    passed = [check(*each, children=children, env=env, log=log) for each in quick()]
    say("  pytest")
    tests = children.start(
        "pytest", ["python", "-m", "pytest", *arguments], env=env, cwd=CHECKOUT, stop_signal=signal.SIGINT
    )
    return tests.wait() or (0 if all(passed) else 1)


def quick() -> list[tuple[str, list[str], Path]]:
    checks = [
        ("ruff", ["ruff", "check", "--quiet", ".", "dens"], CHECKOUT),
        ("mypy", ["mypy", "."], CHECKOUT),
        ("import contracts", ["lint-imports"], CHECKOUT),
    ]
    if "check" in json.loads((FOLDER / "package.json").read_text())["scripts"]:
        checks.append(("front end", ["npm", "run", "check"], FOLDER))
    return checks


def check(name: str, command: list[str], folder: Path, *, children: Children, env: dict[str, str], log: Path) -> bool:
    log.write_text("")
    try:
        with step(name):
            children.run(name, command, env=env, log=log, cwd=folder)
    except Refused:
        say(log.read_text(errors="replace"))
        return False
    return True
