"""One set of folders, secrets and sockets: `.dens` for `up`, `.dens/test` for the tests, so both can run at once."""

import fcntl
import hashlib
import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from launcher import CHECKOUT, Refused

SOCKET_PATH_BYTES = 100  # the system's limit is 108 on Linux, 104 on macOS
# The database accounts (scoring/accounts.py): OWNER migrates, and made the cluster; the programs own nothing.
OWNER, PROGRAMS = "dens", "dens_programs"
KEYS = ("DENS_SECRET_KEY", "DENS_UID_KEY", "DENS_AUDIT_KEY")
LONGEST_SOCKET_NAME = ".s.PGSQL.5432.lock"


class Area:
    def __init__(self, root: Path) -> None:
        self.root = private(root)
        self.logs = private(root / "logs")
        self.data = private(root / "data")
        self.run = private(socket_folder(root))

    def environment(self, *, account: str = PROGRAMS) -> dict[str, str]:
        """What Django reads. A variable that is set already wins, so each server can be an outside one."""
        own = self.secrets() | {
            "DATABASE_URL": self.database(account),
            "REDIS_URL": f"unix://{self.run / 'valkey.sock'}?db=0",
            "DENS_DATA": str(self.data / "files"),
            "DENS_ALLOWED_HOSTS": "localhost,127.0.0.1",
            "DENS_INSECURE_COOKIES": "1",  # plain http on loopback: a browser would drop Secure cookies
        }
        return dict(os.environ) | {name: value for name, value in own.items() if not os.environ.get(name)}

    def database(self, account: str) -> str:
        return f"postgres://{account}@/dens?" + urlencode({"host": self.run})

    def owner(self) -> dict[str, str]:
        """What the program that migrates is told beside; nothing where the database is somebody else's."""
        return {} if os.environ.get("DATABASE_URL") else {"DENS_OWNER_URL": self.database(OWNER)}

    def set_logs_aside(self) -> None:
        """Each run begins its own; the one before stays readable as `.old`."""
        for log in self.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.old"))

    def secrets(self) -> dict[str, str]:
        """Made once: losing DENS_UID_KEY means that no image can be recognised again."""
        path = self.root / "secrets.json"
        made = dict(json.loads(path.read_text())) if path.exists() else {}
        if missing := [name for name in KEYS if name not in made]:
            made |= {name: secrets.token_urlsafe(48) for name in missing}
            write_private(path, json.dumps(made, indent=1))
        return made

    @contextmanager
    def lock(self, port: int | None = None) -> Iterator[None]:
        """Held while servers run here. The system lets go of it however this process ends."""
        with (self.run / "lock").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused(in_use(self.holder())) from None
            file.truncate(0)
            file.write(json.dumps({"pid": os.getpid(), "port": port}))
            file.flush()
            yield

    def is_locked(self) -> bool:
        try:
            with self.lock():
                return False
        except Refused:
            return True

    def holder(self) -> dict[str, int | None]:
        try:
            return dict(json.loads((self.run / "lock").read_text()))
        except ValueError:  # read between its truncate and its write
            return {}


def in_use(holder: dict[str, int | None]) -> str:
    pid, port = holder.get("pid"), holder.get("port")
    what = f"Dens is already running at http://127.0.0.1:{port}" if port else "Another ./dens is at work here"
    return f"{what} (process {pid}). Stop it first: Ctrl-C in its terminal, or kill {pid}"


def socket_folder(root: Path) -> Path:
    """`run` inside the area, or a short private folder where sockets would not bear the path."""
    inside = root / "run"
    fits = len(os.fsencode(inside / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_BYTES
    if fits and re.fullmatch(r"[\w./+-]+", str(inside), re.ASCII):
        return inside
    name = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"dens-{os.getuid()}-{name}"


def private(path: Path) -> Path:
    """The folder, made if missing, and ours alone: somebody may have put another one into /tmp before us."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = path.lstat()
    if path.is_symlink() or status.st_uid != os.geteuid():
        raise Refused(f"{path} belongs to somebody else; remove it or run ./dens as its owner.")
    if status.st_mode & 0o077:
        path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, and readable by its owner only."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)


def live() -> Area:
    return Area(CHECKOUT / ".dens")


def trial() -> Area:
    private(CHECKOUT / ".dens")
    return Area(CHECKOUT / ".dens" / "test")
