"""Dens as it runs for people: web server, worker and beat, each a process of its own, on the test's database."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import redis
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from config.environment import other_database
from launcher import services

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
FIRST_DATABASE = 12  # of the Redis server's 16: nothing else may be in those that the tests use


def broker() -> str:
    """The address of an empty Redis database of our own, one for each of four processes that test side by side."""
    place = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    address = other_database(settings.REDIS_URL, FIRST_DATABASE + place)
    redis.Redis.from_url(address).flushdb()
    return address


def database_url() -> str:
    """The address of the test's own database."""
    given = connection.settings_dict
    person = given["USER"] + (f":{given['PASSWORD']}" if given["PASSWORD"] else "")
    if given["HOST"].startswith("/"):
        return f"postgres://{person}@/{given['NAME']}?host={given['HOST']}"
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgres://{person}@{given['HOST']}{port}/{given['NAME']}"


def environment(data_folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "DATABASE_URL": database_url(),
        "REDIS_URL": broker(),
        "DENS_DATA": str(data_folder),
        "DENS_SECRET_KEY": settings.SECRET_KEY,
        "DENS_UID_KEY": settings.UID_KEY,
        "DENS_AUDIT_KEY": settings.AUDIT_KEY,
        "DENS_INSECURE_COOKIES": "1",
        "DENS_ALLOWED_HOSTS": "127.0.0.1",
        "DENS_SWEEP_SECONDS": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


OTHERS = (
    "FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
    " AND pid <> pg_backend_pid()"
)
N_BUSY = f"SELECT count(*) {OTHERS} AND state <> 'idle'"
# What was sent to the database before its sender was stopped may be read after: nobody would ever end what it begins.
# So every other connection is ended; this counts those that did not end within ten seconds.
N_LEFT = f"SELECT count(*) FILTER (WHERE NOT pg_terminate_backend(pid, 10000)) {OTHERS}"


class OneRound(PBKDF2PasswordHasher):
    """What the processes understand as any other hash, and make anew with all rounds when somebody signs in."""

    iterations = 1

    def must_update(self, encoded: str) -> bool:
        return False  # of a hash that the processes made: it would end the sessions of its owner


class Stack:
    """Web server, worker and beat, started as `./dens up` starts them; `told` is what they said since `resume`.

    Starting takes seconds, so one stack serves many stories: each ends with `pause` and begins with `resume`.
    """

    def __init__(self, data_folder: Path, log_folder: Path) -> None:
        self.environment, self.data_folder, self.log_folder = environment(data_folder), data_folder, log_folder
        self.broker = redis.Redis.from_url(self.environment["REDIS_URL"])
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.running = [
            self.start("web", services.WEB, GRANIAN_HOST="127.0.0.1", GRANIAN_PORT=str(self.port)),
            self.start("worker", services.WORKER),
            self.start("beat", f"{services.BEAT} --schedule {log_folder / 'schedule'}"),
        ]
        wait_until(lambda: services.is_healthy(self.port), seconds=60, told=self.told)

    def start(self, name: str, command: str, **extra: str) -> subprocess.Popen[bytes]:
        with (self.log_folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command.split(),
                cwd=ROOT,
                env=self.environment | extra,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def told(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.log_folder.glob("*.log")))

    def resume(self) -> None:
        """Nothing of what was before is on disk or in the log."""
        shutil.rmtree(self.data_folder)
        (self.data_folder / "quarantine").mkdir(parents=True)
        for log in self.log_folder.glob("*.log"):
            os.truncate(log, 0)
        tell(self.running, signal.SIGCONT)

    def pause(self) -> None:
        """Everything stands still at a moment when nothing is under way, so that the tables can be emptied."""
        self.beat.send_signal(signal.SIGSTOP)
        wait_until(self.stands_still, seconds=60, told=self.told)

    def stands_still(self) -> bool:
        """What comes late, like the last word of a closed page, waits for the next story, which knows no such page."""
        if self.is_quiet():
            tell(self.but_beat, signal.SIGSTOP)
            if self.is_quiet():
                return not counted(N_LEFT)
            tell(self.but_beat, signal.SIGCONT)
        return False

    @property
    def beat(self) -> subprocess.Popen[bytes]:
        return self.running[-1]

    @property
    def but_beat(self) -> list[subprocess.Popen[bytes]]:
        return self.running[:-1]

    def is_quiet(self) -> bool:
        return not counted(N_BUSY) and self.is_done()

    def is_done(self) -> bool:
        return not (self.broker.llen("celery") or self.broker.hlen("unacked"))

    def stop(self) -> None:
        """Beat first: a worker that is to stop in the middle of a task can wait a minute for its pool (billiard)."""
        self.beat.terminate()
        tell(self.running, signal.SIGCONT)
        self.beat.wait(timeout=30)
        wait_until(self.is_done, seconds=60, told=self.told)
        for process in self.but_beat:
            process.terminate()
        for process in self.but_beat:
            process.wait(timeout=90)


def counted(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        [(number,)] = cursor.fetchall()
    return int(number)


def tell(processes: list[subprocess.Popen[bytes]], number: signal.Signals) -> None:
    for process in processes:
        os.killpg(process.pid, number)  # with those they have started


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], *, seconds: float, told: Callable[[], str] = str) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"it took too long\n{told()}"
        time.sleep(0.05)
