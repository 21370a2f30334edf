"""The three programs of Dens beside its servers; docker-compose.yml runs the same."""

import errno
import socket
import time
import urllib.error
import urllib.request

from launcher import CHECKOUT, Refused
from launcher.area import Area
from launcher.processes import Child, Children

# Eight threads a worker: granian's own choice is 256, and each one holds a connection to PostgreSQL
WEB = "granian --interface wsgi config.wsgi:application --workers 2 --blocking-threads 8"
WORKER = "celery -A config worker -c 2 --loglevel INFO"
BEAT = "celery -A config beat --loglevel INFO"
PATIENCE = 60


def start(area: Area, children: Children, env: dict[str, str], port: int) -> list[Child]:
    schedule = f" --schedule {area.run / 'celerybeat-schedule'}"
    web = env | {"GRANIAN_HOST": "127.0.0.1", "GRANIAN_PORT": str(port)}
    return [
        children.start("The worker", WORKER.split(), env=env, cwd=CHECKOUT, log=area.logs / "worker.log"),
        children.start("Beat", (BEAT + schedule).split(), env=env, cwd=CHECKOUT, log=area.logs / "beat.log"),
        children.start("The web server", WEB.split(), env=web, cwd=CHECKOUT, log=area.logs / "web.log"),
    ]


def attend(running: list[Child]) -> None:
    """Stays until one of them has died."""
    while True:
        require_running(running)
        time.sleep(0.2)


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            reason = "is taken by another program" if error.errno == errno.EADDRINUSE else f"cannot be used ({error})"
            raise Refused(f"Port {port} {reason}. Choose another one: PORT={port + 1} ./dens up") from None


def wait_until_ready(port: int, running: list[Child]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_healthy(port):
        require_running(running)
        if time.monotonic() > deadline:
            raise Refused(f"The web server did not answer within {PATIENCE} seconds.{running[-1].last_words()}")
        time.sleep(0.1)


def is_healthy(port: int) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback never goes through a proxy
    try:
        with direct.open(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def require_running(running: list[Child]) -> None:
    for child in running:
        if not child.is_running():
            raise Refused(child.failure())
