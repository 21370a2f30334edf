"""`./dens test`: every check is run, each has its line, and pytest speaks last."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

from launcher import CHECKOUT, Refused
from launcher.area import Area
from launcher.frontend import FOLDER
from launcher.processes import Child, Children
from launcher.speech import say, step

# The whole run uses all cores, up to the number of its Redis databases (tests/stack.py); a part is quicker alone. One
# process more than there are cores made it no quicker.
SIDE_BY_SIDE = ["--numprocesses=auto", "--maxprocesses=4", "--dist=loadscope", "--no-loadscope-reorder"]


def run(
    area: Area, children: Children, env: dict[str, str], arguments: list[str], finish_build: Callable[[], None]
) -> int:
    failed = [] if succeeds(finish_build) else ["the front end's build"]
    begun = [begin(*each, children=children, env=env, logs=area.logs) for each in quick()]
    failed += [check.name for check in begun if not passes(check)]
    say(f"  pytest (failed above: {', '.join(failed)})" if failed else "  pytest")
    command = ["python", "-m", "pytest", *(arguments or SIDE_BY_SIDE)]
    tests = children.start("pytest", command, env=env, cwd=CHECKOUT, stop_signal=signal.SIGINT)
    return tests.wait() or (1 if failed else 0)


def succeeds(work: Callable[[], None]) -> bool:
    try:
        work()
    except Refused as problem:
        say(f"\n{problem}")
        return False
    return True


def quick() -> list[tuple[str, list[str], Path]]:
    checks = [
        ("ruff", ["ruff", "check", "--quiet", ".", "dens"], CHECKOUT),
        ("mypy", ["mypy", "."], CHECKOUT),
        ("import contracts", ["lint-imports"], CHECKOUT),
    ]
    if "check" in json.loads((FOLDER / "package.json").read_text())["scripts"]:
        checks.append(("front end", ["npm", "run", "check"], FOLDER))
    return checks


def begin(
    name: str, command: list[str], folder: Path, *, children: Children, env: dict[str, str], logs: Path
) -> Child:
    """All at once, for none of them keeps all cores at work."""
    log = logs / f"{command[0]}.log"
    log.write_text("")
    return children.start(name, command, env=env, log=log, cwd=folder)


def passes(check: Child) -> bool:
    try:
        with step(check.name):
            check.finish()
    except Refused:
        assert check.log is not None
        say(check.log.read_text(errors="replace"))
        return False
    return True
