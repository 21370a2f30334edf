"""An order in which two readings of one subject lie apart: by chance where that can be, by need where it must."""

from collections import Counter, deque
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from scoring.plan.draws import draw_below


class Turn(NamedTuple):
    """A reading that waits for its place in an order."""

    subject: str
    case: str
    repeat: bool = False

    @property
    def kind(self) -> str:
        """What a draw calls it."""
        return "repeat" if self.repeat else "first"


def spaced(turns: Sequence[Turn], *, before: Sequence[str], gap: int, seed: str, label: str) -> list[Turn]:
    """Turns in an order with at least `gap` others between two of one subject, or as many as can be.

    turns    in a drawn order, which is kept as it is where nothing stands against it
    before   subjects of the readings that come before all of these
    """
    order: list[Turn] | None = None
    while gap and not order:
        recent = before[-gap:]
        order = spaced_by_chance(turns, recent, gap, seed, label) or spaced_by_need(turns, recent, gap)
        gap -= 1
    return order or list(turns)


def spaced_by_chance(
    turns: Sequence[Turn], recent: Sequence[str], gap: int, seed: str, label: str
) -> list[Turn] | None:
    """Each subject once in the drawn order; the other turns are put in where they may stand, anywhere as likely.

    Putting in one never brings others closer. None where a turn finds no place.
    """
    subjects, seen = list(recent), set(recent)
    order, waiting = list[Turn](), list[Turn]()
    for turn in turns:
        (waiting if turn.subject in seen else order).append(turn)
        seen.add(turn.subject)
    subjects += [turn.subject for turn in order]
    while waiting:
        left = []
        for turn in waiting:
            if places := open_places(subjects, turn.subject, gap, first=len(recent)):
                at = places[draw_below(len(places), seed, "place", label, turn.case, turn.kind)]
                subjects.insert(at, turn.subject)
                order.insert(at - len(recent), turn)
            else:
                left.append(turn)
        if len(left) == len(waiting):
            return None
        waiting = left
    return order


def open_places(subjects: list[str], subject: str, gap: int, *, first: int) -> list[int]:
    """Where a turn of a subject can be put into an order of subjects, from index `first` on."""
    places, at = list[int](), -1
    for _ in range(subjects.count(subject)):
        at = subjects.index(subject, at + 1)
        places += range(first, at - gap + 1)
        first = max(first, at + gap + 1)
    return places + list(range(first, len(subjects) + 1))


def spaced_by_need(turns: Sequence[Turn], recent: Sequence[str], gap: int) -> list[Turn] | None:
    """Always the subject with most turns left of those that may come: finds an order if there is one, else None.

    Should an order exist that begins with another subject, the two can be exchanged in it up to a moment at which
    both have had equally many turns and neither comes too soon; there is one, as the first has no fewer turns left.
    """
    left, rank, own = Counter(turn.subject for turn in turns), dict[str, int](), dict[str, deque[Turn]]()
    for turn in turns:
        rank.setdefault(turn.subject, len(rank))
        own.setdefault(turn.subject, deque()).append(turn)
    free_at = {subject: gap + 1 - back for back, subject in reversed(list(enumerate(reversed(recent), start=1)))}
    resting = deque(sorted((at, subject) for subject, at in free_at.items() if subject in left))
    heap = [(-left[subject], rank[subject], subject) for subject in left if subject not in free_at]
    heapify(heap)
    order: list[Turn] = []
    for at in range(len(turns)):
        while resting and resting[0][0] <= at:
            subject = resting.popleft()[1]
            heappush(heap, (-left[subject], rank[subject], subject))
        if not heap:
            return None
        subject = heappop(heap)[2]
        order.append(own[subject].popleft())
        left[subject] -= 1
        if left[subject]:
            resting.append((at + gap + 1, subject))
    return order
