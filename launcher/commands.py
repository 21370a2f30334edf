"""The commands of `./dens`, as a person types them."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from launcher import CHECKOUT, Refused, area, browser, checks, environment, frontend, servers, services
from launcher.area import OWNER, PROGRAMS, Area
from launcher.processes import Children, Stopped
from launcher.speech import say, step

HELP = """\
./dens up               install what is missing, start everything, print the address and the demo accounts
./dens test [...]       install what is missing, run every check and test; arguments go to pytest
./dens bench [...]      run the benchmarks, which print ratios
./dens manage ...       Django's manage.py with the right environment, e.g. ./dens manage import_dicom STUDY FOLDER
./dens demo-cohort      load a synthetic study of 40 patients, read and adjudicated, and print its published figures
./dens help             this

PORT=8001 ./dens up     use another port
DATABASE_URL, REDIS_URL use servers of yours instead of the embedded ones; docs/settings.md explains every setting
"""


def main(arguments: list[str]) -> int:
    name, *rest = arguments or ["help"]
    command = COMMANDS.get(name)
    if command is None:
        say(f"There is no ./dens {name}.\n\n{HELP}")
        return 2
    try:
        return command(rest)
    except Refused as problem:
        say(f"\n{problem}")
        return 1
    except Stopped:
        say("Stopped.")
        return 0 if command is up else 130


def show_help(arguments: list[str]) -> int:
    say(HELP)
    return 0


def up(arguments: list[str]) -> int:
    begun, port, place = time.monotonic(), chosen_port(), area.live()
    with work(place, port) as children:
        services.require_free(port)
        env = prepared(place, children)
        finish_build = frontend.begin_build(children, env, place.logs / "frontend.log")
        running = servers.start(place, children, env)
        accounts = fill_database(place, children, env)
        finish_build()
        with step("Starting web server, worker and beat"):
            running += services.start(place, children, env, port)
            services.wait_until_ready(port, running)
        say(f"\nDens is ready after {time.monotonic() - begun:.1f} s: http://127.0.0.1:{port}\n\n{accounts}")
        say("Ctrl-C stops it.")
        services.attend(running)
    return 0


def test(arguments: list[str]) -> int:
    place = area.trial()
    with work(place) as children:
        env = prepared(place, children, "requirements-dev.txt", account=OWNER)
        browser.prepare(children, place.logs / "install.log")
        finish_build = frontend.begin_build(children, env, place.logs / "frontend.log")
        servers.start(place, children, env)
        return checks.run(place, children, env, arguments, finish_build)


def bench(arguments: list[str]) -> int:
    if not (CHECKOUT / "bench" / "__main__.py").exists():
        raise Refused("There are no benchmarks yet.")
    place = area.trial()
    with work(place) as children:
        env = prepared(place, children, "requirements-dev.txt", account=OWNER)
        browser.prepare(children, place.logs / "install.log")
        finish_build = frontend.begin_build(children, env, place.logs / "frontend.log")
        servers.start(place, children, env)
        finish_build()
        return attached("bench", ["python", "-m", "bench", *arguments], children, env)


def manage(arguments: list[str]) -> int:
    """Beside a running `./dens up` it uses that one's servers, else it starts them for itself."""
    place, command = area.live(), ["python", "manage.py", *arguments]
    owner = place.owner() if arguments[:1] == ["migrate"] else {}
    if place.is_locked():
        with Children(place.run / f"manage-{os.getpid()}.json") as children:
            return attached("manage.py", command, children, environment.with_tools(place.environment()) | owner)
    with work(place) as children:
        with redirect_stdout(sys.stderr):  # standard output is the command's own
            env = prepared(place, children) | owner
            servers.start(place, children, env)
        return attached("manage.py", command, children, env)


def demo_cohort(arguments: list[str]) -> int:
    return manage(["migrate", "--verbosity", "0"]) or manage(["load_cohort", *arguments])


@contextmanager
def work(place: Area, port: int | None = None) -> Iterator[Children]:
    with place.lock(port), Children(place.run / "children.json") as children:
        place.set_logs_aside()
        yield children


def prepared(
    place: Area, children: Children, requirements: str = "requirements.txt", *, account: str = PROGRAMS
) -> dict[str, str]:
    environment.prepare(children, place.logs / "install.log", requirements)
    return environment.with_tools(place.environment(account=account))


def fill_database(place: Area, children: Children, env: dict[str, str]) -> str:
    """Returns what make_demo says: the accounts."""
    log, answer = place.logs / "manage.log", place.logs / "demo.log"
    with step("Preparing the database and the demo study"):
        migrate = ["python", "manage.py", "migrate", "--verbosity", "0"]
        children.run("migrate", migrate, env=env | place.owner(), cwd=CHECKOUT, log=log)
        children.run("make_demo", ["python", "manage.py", "make_demo"], env=env, cwd=CHECKOUT, log=log, answer=answer)
    return answer.read_text()


def attached(name: str, command: list[str], children: Children, env: dict[str, str]) -> int:
    """Runs a command on this terminal. Ctrl-C is its own, so that a shell in it survives one."""
    child = children.start(name, command, env=env, cwd=CHECKOUT, stop_signal=signal.SIGINT)
    signal.signal(signal.SIGINT, lambda *_: child.process.send_signal(signal.SIGINT))
    return child.wait()


def chosen_port() -> int:
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Refused(f"PORT={port} is not a port number (1 to 65535).")
    return int(port)


COMMANDS = {
    "up": up, "test": test, "bench": bench, "manage": manage, "demo-cohort": demo_cohort, "help": show_help,
}  # fmt: skip
