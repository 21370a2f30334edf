"""`./dens`: the door itself."""

import ast
import re
import runpy
import socket
import sys
from pathlib import Path

import pytest

from launcher import CHECKOUT, Refused, commands, services


def test_an_old_python_is_told_so_in_one_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"Dens needs Python 3\.11 or newer; this is Python 3\.9\."):
        runpy.run_path(str(CHECKOUT / "dens"))


def test_an_old_python_can_read_the_door():
    ast.parse((CHECKOUT / "dens").read_text(), feature_version=(3, 4))


def test_the_launcher_needs_nothing_installed():
    imported = {name.split(".")[0] for path in (CHECKOUT / "launcher").glob("*.py") for name in imports(path)}
    assert imported <= set(sys.stdlib_module_names) | {"launcher"}


def imports(path: Path) -> list[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]


def test_an_unknown_command_shows_what_there_is(capsys):
    assert commands.main(["upp"]) != 0
    assert "./dens up" in capsys.readouterr().out


def test_help_names_every_command():
    assert set(commands.COMMANDS) == set(re.findall(r"^\./dens ([\w-]+)", commands.HELP, re.M))


def test_ci_runs_the_tests_and_nothing_hidden():
    assert "exec ./dens test\n" in (CHECKOUT / ".ci" / "run").read_text()


def test_a_port_that_is_no_number_is_refused(monkeypatch):
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(Refused, match="PORT=http is not a port number"):
        commands.chosen_port()


def test_a_taken_port_is_named_with_a_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=rf"Port {port} is taken.*PORT={port + 1} \./dens up"):
            services.require_free(port)
