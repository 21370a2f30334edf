"""The virtual environment in `.dens/venv`, made once and filled again only where the requirements have changed."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher import CHECKOUT, Refused
from launcher.marks import Mark, take_turn
from launcher.processes import Children
from launcher.speech import step

VENV = CHECKOUT / ".dens" / "venv"
PYTHON = VENV / "bin" / "python"
NO_ENSUREPIP = "This Python cannot make a virtual environment: its ensurepip is missing. Install {0} (apt install {0})."


def prepare(children: Children, log: Path, requirements: str) -> None:
    with take_turn("environment"):
        install(children, log, requirements)


def install(children: Children, log: Path, requirements: str) -> None:
    mark = Mark(VENV / f"{requirements}.mark", CHECKOUT.glob("requirements*.txt"))
    if mark.is_set() and works():
        return
    if not works():
        with step("Making a virtual environment"):
            make(children, log)
    with step(f"Installing {requirements}"):
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-compile", "-r", requirements]
        children.run("pip", command, env=dict(os.environ), log=log, cwd=CHECKOUT)
    mark.set()


def works() -> bool:
    """False also after the checkout was moved, or the system's Python went from one version to the next."""
    home = VENV / "home"
    if not PYTHON.exists() or not home.exists() or home.read_text() != str(VENV):
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0


def make(children: Children, log: Path) -> None:
    refuse_a_link()
    require_ensurepip(children, log)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    children.run("python -m venv", command, env=dict(os.environ), log=log)
    (VENV / "home").write_text(str(VENV))


def refuse_a_link() -> None:
    """Making it anew empties the folder: behind a link, that of somebody else who is at work in it."""
    if VENV.is_symlink():
        raise Refused(f"{VENV} is a link to {VENV.resolve()}. Remove the link, and ./dens makes one of its own.")


def require_ensurepip(children: Children, log: Path) -> None:
    """Debian and Ubuntu keep it in a package of its own."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not can_install_packages():
        raise Refused(NO_ENSUREPIP.format(package))
    install_package(package, children, log)


def can_install_packages() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_package(package: str, children: Children, log: Path) -> None:
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    children.run("apt-get update", ["apt-get", "update"], env=env, log=log)
    children.run("apt-get install", ["apt-get", "install", "-y", "--no-install-recommends", package], env=env, log=log)


def site_packages() -> Path:
    return next(iter(VENV.glob("lib/python3*/site-packages")))


def with_tools(env: dict[str, str]) -> dict[str, str]:
    """The environment in which our Python, Node.js and npm come before the machine's own."""
    ours = {
        "PATH": os.pathsep.join([str(VENV / "bin"), env.get("PATH", os.defpath)]),
        "VIRTUAL_ENV": str(VENV),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPYCACHEPREFIX": str(CHECKOUT / ".dens" / "bytecode"),  # kept at first use: pip compiles nothing
        "PYTHONDONTWRITEBYTECODE": "",  # set to 1 on some machines; every start would then take seconds longer
    }
    return env | ours
