"""The record of how a reading was done: it only grows, is never more than can be, and says what was never seen."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from readers.errors import Refusal
from scoring import sittings
from scoring.models import Sitting
from tests import scene
from tests.bundles import bundle, rows
from tests.cast import client_of

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DESK = UUID("00000000-0000-4000-8000-000000000001")
DEVICE = {
    "browser": "Firefox 146", "platform": "Linux", "screen": "2560x1440", "pixel_ratio": 1.0, "renderer": "GPU: a card",
}  # fmt: skip


@pytest.fixture
def reading(study, people):
    """Two series of three slices."""
    [case] = scene.allot(study, people)
    return scene.reading_of(case, people.ana)


def record(reading, *, desk=DESK, active_ms=0, slices=None, windows=(), device=DEVICE, after=timedelta()):
    sittings.record(
        reading,
        desk=desk,
        active_ms=active_ms,
        slices=slices or {},
        windows=list(windows),
        device=device,
        now=NOW + after,
    )
    return Sitting.objects.filter(desk=desk).first()


def window(ms, *, low=0.0, high=100.0):
    return {"series": 1, "low": low, "high": high, "ms": ms}


def test_the_first_message_begins_the_sitting(reading):
    sitting = record(reading, active_ms=1500, slices={"1": [0, 900, 0]}, windows=[window(900)])
    assert (sitting.begun_at, sitting.active_ms, sitting.slices) == (NOW, 1500, {"1": [0, 900, 0]})
    assert (sitting.windows, sitting.device) == ([window(900)], DEVICE)


def test_a_later_message_holds_all_that_came_before(reading):
    record(reading, active_ms=1000, slices={"1": [0, 900, 0]}, windows=[window(900)])
    later = record(reading, active_ms=4000, slices={"1": [0, 900, 700], "2": [5]}, windows=[window(1600)])
    assert (later.active_ms, later.slices) == (4000, {"1": [0, 900, 700], "2": [5]})
    assert later.windows == [window(1600)]
    assert Sitting.objects.count() == 1


def test_repeated_and_reordered_messages_do_no_harm(reading):
    early = {"active_ms": 1000, "slices": {"1": [0, 900, 0], "2": [40]}, "windows": [window(900), window(40, low=5.0)]}
    late = {"active_ms": 4000, "slices": {"1": [300, 900, 700]}, "windows": [window(1600)]}
    for message in (late, early, late, early):
        record(reading, **message)
    sitting = Sitting.objects.get()
    assert (sitting.active_ms, sitting.slices) == (4000, {"1": [300, 900, 700], "2": [40]})
    assert sitting.windows == [window(1600), window(40, low=5.0)]


def test_each_desk_has_a_sitting_of_its_own(reading):
    record(reading, slices={"1": [0, 900, 0]})
    record(reading, desk=uuid4(), slices={"1": [100, 100, 0]})
    assert Sitting.objects.count() == 2
    assert sittings.seen(reading) == {"1": [100, 1000, 0], "2": [0, 0, 0]}


def test_no_count_exceeds_the_time_since_the_sitting_began(reading):
    sitting = record(reading, active_ms=600_000, slices={"1": [600_000]}, windows=[window(600_000)])
    assert (sitting.active_ms, sitting.slices, sitting.windows) == (60_000, {"1": [60_000]}, [window(60_000)])
    later = record(reading, active_ms=600_000, after=timedelta(minutes=4))
    assert later.active_ms == 300_000


@pytest.mark.parametrize(
    ("slices", "code"),
    [
        ({"3": [1]}, "no_such_series"),
        ({"0": [1]}, "no_such_series"),
        ({"١": [1]}, "no_such_series"),
        ({"one": []}, "no_such_series"),
        ({"1": [1, 2, 3, 4]}, "no_such_slice"),
    ],
)
def test_only_slices_that_there_are_can_have_been_seen(reading, slices, code):
    with pytest.raises(Refusal) as refusal:
        record(reading, slices=slices)
    assert refusal.value.code == code
    assert not Sitting.objects.exists()


def test_what_a_machine_says_of_itself_is_cut(reading):
    sitting = record(reading, device={**DEVICE, "browser": "x" * 5000})
    assert len(sitting.device["browser"]) == 200


def test_of_very_many_windows_the_longest_used_stay(reading, monkeypatch):
    monkeypatch.setattr(sittings, "MOST_WINDOWS", 2)
    sitting = record(reading, windows=[window(10, low=1.0), window(30, low=3.0), window(20, low=2.0)])
    assert [one["ms"] for one in sitting.windows] == [30, 20]


def test_a_reading_is_not_sat_at_from_any_number_of_desks(reading, monkeypatch):
    monkeypatch.setattr(sittings, "MOST_DESKS", 1)
    record(reading)
    with pytest.raises(Refusal, match="too often"):
        record(reading, desk=uuid4())
    assert record(reading, active_ms=7).active_ms == 7


def test_after_the_signature_nothing_is_counted_any_more(reading):
    record(reading, active_ms=1000)
    scene.sign(scene.fill(reading))
    assert record(reading, active_ms=5000).active_ms == 1000


def test_what_nobody_looked_at_is_zero_for_every_slice_there_is(reading):
    assert sittings.seen(reading) == {"1": [0, 0, 0], "2": [0, 0, 0]}


def message(**changes):
    empty = {"desk": str(DESK), "active_ms": 1000, "slices": {"1": [5, 0, 0]}, "windows": [], "device": DEVICE}
    return {**empty, **changes}


def test_a_reader_sends_the_count_and_hears_nothing(reading, people):
    answer = client_of(people.ana).put(f"/api/readings/{reading.code}/sitting", message(windows=[window(5)]))
    assert (answer.status_code, answer.content) == (204, b"")
    assert sittings.seen(reading)["1"] == [5, 0, 0]
    for person in (people.ben, people.dora, people.eve):
        assert client_of(person).put(f"/api/readings/{reading.code}/sitting", message()).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"active_ms": -1},
        {"active_ms": 2**31},
        {"slices": {"1": [-5]}},
        {"slices": {"1": [1] * 10_001}},
        {"slices": [5]},
        {"windows": [{"series": 1, "low": "nan", "high": 1, "ms": 1}]},
        {"windows": [{"series": 1, "low": 0, "high": "Infinity", "ms": 1}]},
        {"windows": [{"series": 1, "low": 0, "high": 1, "ms": 1}] * 201},
        {"device": {**DEVICE, "pixel_ratio": "-inf"}},
        {"device": {**DEVICE, "renderer": "\x00"}},
        {"desk": "my desk"},
    ],
)
def test_what_is_no_count_is_refused(reading, people, changes):
    answer = client_of(people.ana).put(f"/api/readings/{reading.code}/sitting", message(**changes))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
    assert not Sitting.objects.exists()


def test_after_the_signature_the_message_is_still_taken(reading, people):
    scene.sign(scene.fill(reading))
    assert client_of(people.ana).put(f"/api/readings/{reading.code}/sitting", message()).status_code == 204
    assert not Sitting.objects.exists()


def test_the_export_says_how_long_and_how_much_was_never_shown(reading, study, people):
    record(reading, active_ms=12_340, slices={"1": [0, 900, 20], "2": [7]})
    assert rows(bundle(study), "sittings.csv") == []
    scene.sign(scene.fill(reading))
    [row] = rows(bundle(study), "sittings.csv")
    assert (row["reading"], row["case"], row["reader"]) == (reading.code, reading.case.code, "R1")
    assert (row["active_seconds"], row["slices_shown"], row["slices_never_shown"]) == ("12.3", "3", "3")
    assert (row["browser"], row["renderer"], row["pixel_ratio"]) == ("Firefox 146", "GPU: a card", "1.0")
