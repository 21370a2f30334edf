"""Folders, secrets, sockets and the lock of one set of servers."""

import os
import stat

import pytest

from launcher import Refused, area
from launcher.area import Area


def test_secrets_are_made_once_and_private(place):
    first = place.secrets()
    assert first == Area(place.root).secrets()
    assert len(set(first.values())) == 3
    assert stat.S_IMODE((place.root / "secrets.json").stat().st_mode) == 0o600


def test_two_checkouts_have_different_secrets(place, tmp_path):
    assert place.secrets() != Area(tmp_path / "b").secrets()


def test_nobody_else_may_look_inside(place):
    for folder in (place.root, place.run, place.data, place.logs):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_outside_database_does_not_replace_the_embedded_valkey(place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/dens")
    env = place.environment()
    assert env["DATABASE_URL"] == "postgres://elsewhere/dens"
    assert env["REDIS_URL"].startswith("unix://")


def test_the_programs_are_not_told_the_owner_of_the_tables(place, monkeypatch):
    assert "//dens_programs@" in place.environment()["DATABASE_URL"]
    assert "DENS_OWNER_URL" not in place.environment()
    assert "//dens@" in place.owner()["DENS_OWNER_URL"]
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/dens")
    assert place.owner() == {}


def test_a_key_that_came_later_is_made_beside_those_there_are(place):
    area.write_private(place.root / "secrets.json", '{"DENS_UID_KEY": "kept"}')
    assert place.secrets()["DENS_UID_KEY"] == "kept"
    assert set(place.secrets()) == set(area.KEYS)


def test_an_empty_variable_counts_as_unset(place, monkeypatch):
    monkeypatch.setenv("REDIS_URL", "")
    assert place.environment()["REDIS_URL"].startswith("unix://")


@pytest.mark.parametrize("name", ["x" * 90, "with a space", "größe"])
def test_sockets_move_to_a_short_private_folder_where_the_path_would_break_them(tmp_path, name):
    run = area.socket_folder(tmp_path / name)
    assert not run.is_relative_to(tmp_path)
    assert run == area.socket_folder(tmp_path / name)
    assert len(str(run / area.LONGEST_SOCKET_NAME)) <= area.SOCKET_PATH_BYTES


def test_a_folder_that_somebody_else_put_there_is_refused(tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "theirs")
    with pytest.raises(Refused, match="belongs to somebody else"):
        area.private(tmp_path / "run")


def test_a_second_up_says_where_the_first_one_runs(place):
    with place.lock(8000), pytest.raises(Refused, match=rf"http://127\.0\.0\.1:8000 \(process {os.getpid()}\)"):
        Area(place.root).lock().__enter__()


def test_the_lock_is_free_again_afterwards(place):
    with place.lock(8000):
        assert Area(place.root).is_locked()
    assert not Area(place.root).is_locked()


def test_asking_who_holds_the_lock_leaves_the_answer_there(place):
    with place.lock(8000):
        Area(place.root).is_locked()
        assert place.holder() == {"pid": os.getpid(), "port": 8000}
