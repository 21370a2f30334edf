"""The honest record of how a reading was done: the time at work, which slices were on screen, on what machine."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from readers.errors import Refusal
from scoring.models import Reading, ReadingState, Sitting
from studies import frames

A_MINUTE = timedelta(minutes=1)  # what a browser may have counted before its first message
LONGEST_MS = 2**31 - 1  # what a column takes: 24 days
MOST_DESKS = 500  # of one reading; a page that is opened again is a new desk
MOST_WINDOWS = 200  # of one sitting
DEVICE = {"browser": 200, "platform": 60, "screen": 40, "renderer": 200}  # characters kept of each
Slices = dict[str, list[int]]
Window = dict[str, Any]


@transaction.atomic
def record(
    reading: Reading,
    *,
    desk: Any,
    active_ms: int,
    slices: Slices,
    windows: list[Window],
    device: dict[str, Any],
    now: datetime,
) -> None:
    """Take over what a desk has counted so far. The larger count wins, so a message late or twice does no harm.

    Of a signed reading nothing is counted any more, and nothing is said: the page that tells is about to close.
    """
    reading = Reading.objects.select_for_update(no_key=True).get(pk=reading.pk)
    if reading.state == ReadingState.SIGNED:
        return
    check_slices(slices, frames.slice_counts(reading.case))
    sitting = sitting_at(reading, desk, now=now)
    longest = longest_possible(sitting, now=now)
    sitting.active_ms = max(sitting.active_ms, min(active_ms, longest))
    told = {number: at_most(times, longest) for number, times in slices.items()}
    sitting.slices = larger_slices(sitting.slices, told)
    sitting.windows = larger_windows(sitting.windows, [{**one, "ms": min(one["ms"], longest)} for one in windows])
    sitting.device, sitting.updated_at = described(device), now
    sitting.save()


def sitting_at(reading: Reading, desk: Any, *, now: datetime) -> Sitting:
    """What is known of this desk, or a new sitting. Raises Refusal for more desks than a person can have had."""
    if known := reading.sittings.filter(desk=desk).first():
        return known
    if reading.sittings.count() >= MOST_DESKS:
        raise Refusal("too_many_desks", "This reading has been opened too often to count any further.")
    return Sitting(reading=reading, desk=desk, begun_at=now)


def check_slices(slices: Slices, counts: dict[int, int]) -> None:
    for number, times in slices.items():
        n_slices = {str(one): count for one, count in counts.items()}.get(number)
        if n_slices is None:
            raise Refusal("no_such_series", f"There is no series {number} among these images.")
        if len(times) > n_slices:
            raise Refusal("no_such_slice", f"Series {number} has {n_slices} slices, not {len(times)}.")


def longest_possible(sitting: Sitting, *, now: datetime) -> int:
    """Milliseconds since the first message of this desk, by the server's clock, and a minute: no count exceeds it."""
    return min(int((now - sitting.begun_at + A_MINUTE).total_seconds() * 1000), LONGEST_MS)


def at_most(times: list[int], longest: int) -> list[int]:
    return [min(ms, longest) for ms in times]


def larger_slices(known: Slices, told: Slices) -> Slices:
    """Slice by slice the larger of two counts; a list that ends early has zeros from there on."""
    return {number: larger(known.get(number, []), told.get(number, [])) for number in sorted({*known, *told}, key=int)}


def larger(one: list[int], other: list[int]) -> list[int]:
    n_slices = max(len(one), len(other))
    return [max(pair) for pair in zip(padded(one, n_slices), padded(other, n_slices), strict=True)]


def padded(times: list[int], n_slices: int) -> list[int]:
    return [*times, *[0] * (n_slices - len(times))]


def larger_windows(known: list[Window], told: list[Window]) -> list[Window]:
    """Each window once, with the larger of its counts; of very many the longest used."""
    counted: dict[tuple[Any, ...], int] = {}
    for one in (*known, *told):
        window = (one["series"], one["low"], one["high"])
        counted[window] = max(counted.get(window, 0), one["ms"])
    longest_first = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_WINDOWS]
    return [{"series": series, "low": low, "high": high, "ms": ms} for (series, low, high), ms in longest_first]


def described(device: dict[str, Any]) -> dict[str, Any]:
    """What a machine says of itself, cut to a sane length."""
    return {**{name: device[name][:length] for name, length in DEVICE.items()}, "pixel_ratio": device["pixel_ratio"]}


def told(reading: Reading) -> list[dict[str, Any]]:
    """What the sittings of a reading come to, as exports and the audit trail have it (dossier.SittingRecord)."""
    n_slices = sum(frames.slice_counts(reading.case).values())
    return [summed(one, n_slices) for one in reading.sittings.all()]


def summed(sitting: Sitting, n_slices: int) -> dict[str, Any]:
    shown = sum(bool(ms) for times in sitting.slices.values() for ms in times)
    return {
        "active_ms": sitting.active_ms,
        "slices_shown": shown,
        "slices_never_shown": n_slices - shown,
        "device": {name: sitting.device.get(name, "") for name in (*DEVICE, "pixel_ratio")},
    }


def seen(reading: Reading) -> Slices:
    """Milliseconds each slice was on screen over all sittings, for every series of the case, in spatial order."""
    total = {str(number): [0] * n_slices for number, n_slices in frames.slice_counts(reading.case).items()}
    for sitting in reading.sittings.all():
        for number, times in sitting.slices.items():
            total[number] = [sum(pair) for pair in zip(total[number], padded(times, len(total[number])), strict=True)]
    return total
