"""Children: in order, named when they die, and none left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from launcher import CHECKOUT, Refused, processes, services

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-uc", "import signal, time; signal.signal(15, signal.SIG_IGN); print(1); time.sleep(60)"]
LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells a child that its parent died")


def options(tmp_path: Path) -> dict:
    return {"env": dict(os.environ), "log": tmp_path / "child.log"}


def is_alive(pid: int) -> bool:
    return bool(processes.birth(pid))


def wait_for(condition: Callable[[], object]) -> bool:
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(condition())


SAYS_GOODBYE = """
import signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
print("ready", flush=True)
signal.sigwait([signal.SIGTERM])
open(sys.argv[1], "a").write(sys.argv[2])
"""


def test_children_stop_in_the_reverse_order_of_their_start(children, tmp_path):
    order = tmp_path / "order"
    for name in "abc":
        log = tmp_path / f"{name}.log"
        children.start(name, [sys.executable, "-c", SAYS_GOODBYE, str(order), name], env={}, log=log)
        assert wait_for(log.read_text)
    children.stop()
    assert order.read_text() == "cba"


def test_a_child_s_own_children_are_not_left_behind(children, tmp_path):
    parent = children.start("parent", ["sh", "-c", "sleep 60 & echo $!; wait"], **options(tmp_path))
    assert wait_for((tmp_path / "child.log").read_text)
    grandchild = int((tmp_path / "child.log").read_text())
    parent.stop()
    assert wait_for(lambda: not is_alive(grandchild))


def test_a_child_that_will_not_stop_is_ended(children, tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    child = children.start("stubborn", STUBBORN, **options(tmp_path))
    assert wait_for((tmp_path / "child.log").read_text)
    child.stop()
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_died_is_named_with_its_last_words(children, tmp_path):
    child = children.start("The worker", ["sh", "-c", "echo no broker; exit 3"], **options(tmp_path))
    child.process.wait()
    with pytest.raises(Refused, match=r"(?s)The worker ended with code 3\..*no broker"):
        services.attend([child])


def test_a_signal_is_named_as_the_cause(children, tmp_path):
    child = children.start("Beat", SLEEP, **options(tmp_path))
    child.process.kill()
    child.process.wait()
    assert child.failure().startswith("Beat was ended by SIGKILL.")


def test_what_a_program_answers_is_kept_apart_from_its_log(children, tmp_path):
    answer = tmp_path / "answer"
    children.run("x", ["sh", "-c", "echo accounts; echo trouble >&2"], **options(tmp_path), answer=answer)
    assert answer.read_text() == "accounts\n"
    assert (tmp_path / "child.log").read_text() == "trouble\n"


LAUNCHER = """
import sys, time
from pathlib import Path
from launcher.processes import Children, Stopped
folder = Path(sys.argv[1])
try:
    with Children(folder / "children.json") as children:
        child = children.start("sleeper", ["sleep", "60"], env={"PATH": "/usr/bin:/bin"}, log=folder / "log")
        print(child.process.pid, flush=True)
        time.sleep(60)
except Stopped:
    print("clean")
"""


@pytest.fixture
def launcher(tmp_path):
    command = [sys.executable, "-c", LAUNCHER, str(tmp_path)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("number", processes.STOPPING)
def test_a_request_to_stop_leaves_nobody_behind(launcher, number):
    sleeper = int(launcher.stdout.readline())
    launcher.send_signal(number)
    assert "clean" in launcher.communicate(timeout=15)[0]
    assert not is_alive(sleeper)


@LINUX_ONLY
def test_a_killed_launcher_takes_its_children_with_it(launcher):
    sleeper = int(launcher.stdout.readline())
    assert wait_for(lambda: Path(f"/proc/{sleeper}/comm").read_text() == "sleep\n")
    launcher.kill()
    assert wait_for(lambda: not is_alive(sleeper))


def test_the_next_launcher_ends_what_a_killed_one_left(tmp_path):
    with subprocess.Popen(SLEEP, start_new_session=True) as left:
        record = tmp_path / "children.json"
        record.write_text(json.dumps([[left.pid, processes.birth(left.pid)]]))
        processes.end_leftovers(record)
        assert left.wait(5) == -signal.SIGTERM


def test_a_stranger_with_a_number_used_again_is_left_alone(tmp_path):
    with subprocess.Popen(SLEEP, start_new_session=True) as stranger:
        record = tmp_path / "children.json"
        record.write_text(json.dumps([[stranger.pid, "another birth"]]))
        processes.end_leftovers(record)
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to stop being root")
def test_what_refuses_root_runs_as_an_ordinary_person(children, tmp_path):
    children.run("id", ["sh", "-c", "id -u", "-D", str(tmp_path / "cluster")], **options(tmp_path), ordinary=True)
    assert int((tmp_path / "child.log").read_text()) > 0


def test_a_child_is_started_in_a_session_of_its_own(children, tmp_path):
    child = children.start("x", SLEEP, **options(tmp_path))
    assert os.getsid(child.process.pid) == child.process.pid
