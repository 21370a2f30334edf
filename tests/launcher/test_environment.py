"""The environment that `./dens` gives to every program it starts."""

import os

import pytest

from launcher import Refused, environment


def test_our_tools_come_before_the_machine_s_own():
    path = environment.with_tools({"PATH": "/usr/bin"})["PATH"].split(os.pathsep)
    assert path == [str(environment.VENV / "bin"), "/usr/bin"]


def test_python_keeps_its_bytecode_also_where_the_machine_says_no():
    env = environment.with_tools({"PYTHONDONTWRITEBYTECODE": "1"})
    assert not env["PYTHONDONTWRITEBYTECODE"]
    assert env["PYTHONPYCACHEPREFIX"].startswith(str(environment.CHECKOUT / ".dens"))


def test_a_copied_environment_is_made_anew(tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(os.path.realpath("/bin/true"))
    (tmp_path / "home").write_text("/where/it/was/before")
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "bin" / "python")
    assert not environment.works()
    (tmp_path / "home").write_text(str(tmp_path))
    assert environment.works()


def test_an_environment_behind_a_link_is_never_emptied(tmp_path, monkeypatch):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (tmp_path / "venv").symlink_to(theirs)
    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    with pytest.raises(Refused, match="is a link to"):
        environment.refuse_a_link()
