"""Children: started in a session of their own, so that one Ctrl-C stops them in order and none is left behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from types import TracebackType
from typing import Any

from launcher import Refused
from launcher.speech import say

CHILD = Path(__file__).with_name("child.py")
LOG_LINES_SHOWN = 25
PATIENCE = 20  # seconds; a worker may be in the middle of a task
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked the launcher to stop."""


class Child:
    """One program. `log` takes what it says, `answer` its standard output; without a log it speaks to the terminal."""

    def __init__(
        self, name: str, command: list[str], *, env: dict[str, str], cwd: Path | None = None, log: Path | None = None,
        answer: Path | None = None, stop_signal: signal.Signals = signal.SIGTERM, ordinary: bool = False,
    ) -> None:
        self.name, self.log, self.stop_signal, self.is_over = name, log, stop_signal, False
        user = "ordinary" if ordinary else "same"
        preparation = [sys.executable, "-ISB", str(CHILD), str(os.getpid()), str(int(stop_signal)), user]
        with contextlib.ExitStack() as files:
            errors = files.enter_context(log.open("ab")) if log else None
            output = files.enter_context(answer.open("wb")) if answer else errors
            self.process = subprocess.Popen(
                [*preparation, *command], env=env, cwd=cwd, start_new_session=True,
                stdin=subprocess.DEVNULL if log else None, stdout=output, stderr=errors,
            )

    def is_running(self) -> bool:
        return self.process.poll() is None

    def wait(self) -> int:
        """For a program that ends by itself."""
        self.process.wait()
        self.clear_up()
        return self.process.returncode

    def finish(self) -> None:
        if self.wait() != 0:
            raise Refused(self.failure())

    def failure(self) -> str:
        code = self.process.returncode
        ending = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        return f"{self.name} {ending}.{self.last_words()}"

    def last_words(self) -> str:
        if self.log is None:
            return ""
        with self.log.open(errors="replace") as lines:
            tail = "".join(deque(lines, LOG_LINES_SHOWN))
        return f" The end of {self.log}:\n\n{tail}"

    def stop(self) -> None:
        if self.is_over:
            return
        self.process.send_signal(self.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        self.clear_up()

    def clear_up(self) -> None:
        """Once only and at once: later the number may be another process's."""
        kill_group(self.process.pid)
        self.process.wait()
        self.is_over = True


class Children:
    """All programs of one run, stopped in the reverse order of their start whatever ends the run."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self.started: list[Child] = []

    def __enter__(self) -> "Children":
        end_leftovers(self.record)
        for number in STOPPING:
            signal.signal(number, asked_to_stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)  # once is enough: every stop below is bounded
        if kind is Stopped:
            say(f"\nStopping ... (a task in hand may take up to {PATIENCE} seconds)")
        self.stop()
        self.record.unlink(missing_ok=True)

    def stop(self) -> None:
        for child in reversed(self.started):
            child.stop()

    def start(self, name: str, command: list[str], **options: Any) -> Child:
        child = Child(name, command, **options)
        self.started.append(child)
        rows = [(each.process.pid, birth(each.process.pid)) for each in self.started if each.is_running()]
        self.record.write_text(json.dumps(rows))
        return child

    def run(self, name: str, command: list[str], **options: Any) -> None:
        self.start(name, command, **options).finish()


def asked_to_stop(number: int, frame: object) -> None:
    raise Stopped


def end_leftovers(record: Path) -> None:
    """What a launcher that was killed left running, known by process id and time of birth."""
    if not record.exists():
        return
    left = [pid for pid, born in json.loads(record.read_text()) if born and birth(pid) == born]
    for pid in reversed(left):
        kill_group(pid, signal.SIGTERM)
    deadline = time.monotonic() + 10
    while any(birth(pid) for pid in left) and time.monotonic() < deadline:
        time.sleep(0.1)
    for pid in filter(birth, left):
        kill_group(pid)


def kill_group(pid: int, number: signal.Signals = signal.SIGKILL) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def birth(pid: int) -> str:
    """When a process began, in the system's words; nothing where it has ended. Process ids are used again."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] == "Z" else fields[19]
    except (FileNotFoundError, ProcessLookupError):
        if sys.platform == "linux":
            return ""
        return subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
