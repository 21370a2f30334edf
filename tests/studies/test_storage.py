import hashlib
import time

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


def kept(*planes: bytes) -> tuple[str, list[int]]:
    with storage.Writer() as stored:
        offsets = [stored.add(plane) for plane in planes]
        return stored.keep(), offsets


def files_in(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_planes_are_found_by_their_place_in_one_file(data_folder):
    sha256, offsets = kept(b"middle", b"left", b"right")
    assert offsets == [0, 6, 10]
    assert storage.read(sha256, 6, 4) == b"left"
    assert len(files_in(data_folder)) == 1
    assert sha256 == hashlib.sha256(b"middleleftright").hexdigest()


def test_what_a_refused_file_left_is_taken_back():
    with storage.Writer() as stored:
        stored.add(b"good")
        start = stored.add(b"of a bad file")
        stored.forget_from(start)
        assert stored.add(b"next") == start
        sha256 = stored.keep()
    assert storage.read(sha256, 0, 8) == b"goodnext"


def test_planes_that_are_not_kept_leave_nothing(data_folder):
    with storage.Writer() as stored:
        stored.add(b"unwanted")
    assert files_in(data_folder) == []


def test_only_old_objects_nobody_needs_are_pruned(data_folder):
    needed, _ = kept(b"needed")
    kept(b"left over")
    assert storage.prune({needed}, before=time.time() - 3600) == 0
    assert storage.prune({needed}, before=time.time() + 1) == 1
    assert [path.name for path in files_in(data_folder)] == [needed]


def test_a_large_file_is_moved_into_the_store_under_its_hash(data_folder):
    with storage.workshop() as folder:
        (folder / "large").write_bytes(b"large" * 1000)
        sha256 = storage.take(folder / "large")
        assert not (folder / "large").exists()
    assert sha256 == hashlib.sha256(b"large" * 1000).hexdigest()
    assert storage.get(sha256) == b"large" * 1000
    assert list((data_folder / "workshop").iterdir()) == []


def test_taking_the_same_file_again_changes_nothing():
    for _ in range(2):
        with storage.workshop() as folder:
            (folder / "large").write_bytes(b"the same")
            sha256 = storage.take(folder / "large")
    assert storage.get(sha256) == b"the same"


def test_what_a_dead_worker_left_in_the_workshop_is_removed_when_it_is_old(data_folder):
    left = data_folder / "workshop" / "left"
    left.mkdir(parents=True)
    storage.forget_workshop(before=time.time() - 60)
    assert left.exists()
    storage.forget_workshop(before=time.time() + 60)
    assert not left.exists()
