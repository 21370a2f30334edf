import hashlib

import pytest

from studies import storage


def test_bytes_are_found_by_their_hash():
    sha256 = storage.put(b"pixels")
    assert sha256 == hashlib.sha256(b"pixels").hexdigest()
    assert storage.get(sha256) == b"pixels"


def test_the_same_bytes_are_kept_once(data_folder):
    assert storage.put(b"pixels") == storage.put(b"pixels")
    assert len([path for path in data_folder.rglob("*") if path.is_file()]) == 1


def test_nothing_is_there_before_it_is_put():
    assert not storage.exists(hashlib.sha256(b"pixels").hexdigest())


def test_a_write_that_fails_leaves_nothing_behind(monkeypatch, data_folder):
    def full_disk(_):
        raise OSError("no space left")

    monkeypatch.setattr(storage.os, "fsync", full_disk)
    with pytest.raises(OSError, match="no space"):
        storage.put(b"pixels")
    assert [path for path in data_folder.rglob("*") if path.is_file()] == []


def test_folders_are_for_the_owner_only(data_folder):
    sha256 = storage.put(b"pixels")
    assert storage.place(sha256).parent.stat().st_mode & 0o077 == 0
    assert storage.quarantine("CODE").stat().st_mode & 0o077 == 0


def test_what_is_removed_is_gone_and_may_be_removed_again():
    folder = storage.quarantine("CODE")
    (folder / "0").write_bytes(b"original")
    storage.remove(folder)
    storage.remove(folder)
    assert storage.quarantined() == []


def test_an_unpacked_file_is_gone_afterwards():
    folder = storage.quarantine("CODE")
    with storage.scratch(folder) as path:
        path.write_bytes(b"original")
    assert list(folder.iterdir()) == []
