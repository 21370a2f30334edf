"""What a reader is shown before signing: the content and its hash, what is missing, and what was never looked at."""

from typing import Any

from django.db import transaction

from readers.signatures import content_sha256
from scoring import sittings, submission
from scoring.models import Reading
from studies import frames


@transaction.atomic
def of(reading: Reading) -> dict[str, Any]:
    """The review of a reading at one moment: while it is put together, nothing of the reading changes."""
    reading = submission.locked(reading)
    content = submission.content(reading)
    return {
        "content": content,
        "content_sha256": content_sha256(content),
        "missing": submission.named(submission.missing_items(reading)),
        "missing_pins": submission.named(submission.items_without_pin(reading)),
        "unseen": unseen(reading),
    }


def unseen(reading: Reading) -> list[dict[str, Any]]:
    """The series with slices that were never on screen, and how many."""
    seen = sittings.seen(reading)
    rows = [
        {
            "series": number,
            "label": frames.label_of(series),
            "n_unseen": seen[str(number)].count(0),
            "n_slices": len(seen[str(number)]),
        }
        for number, series in enumerate(frames.shown(reading.case), start=1)
    ]
    return [row for row in rows if row["n_unseen"]]
