"""Whether the audit trail is the one that was written: every link computed again, and compared with the anchors.

Rows come a few at a time, so that a trail of any length is verified in the same memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from django.db import transaction

from readers import anchors, canonical, chain
from readers.models import AuditCheck, AuditEvent, AuditLink


class Outcome(IntEnum):
    """What a verification says, and the exit code of `manage.py verify_audit`. docs/audit.md says what to do then."""

    INTACT = 0
    ALTERED = 2
    GAP = 3
    TRUNCATED = 4
    FORGED_ANCHOR = 5
    RECOMPUTED = 6
    UNSIGNED = 7


@dataclass(frozen=True)
class Finding:
    """The first thing that is not as it was written: where, in a sentence, what was expected and what was found."""

    outcome: Outcome
    sentence: str
    expected: str = ""
    found: str = ""


@dataclass(frozen=True)
class Report:
    """How far the trail was seen, and how far it is anchored; `finding` is None where it is intact."""

    head: chain.Head
    anchored: int  # the number of the last event that an anchor covers
    finding: Finding | None

    @property
    def outcome(self) -> Outcome:
        return self.finding.outcome if self.finding else Outcome.INTACT


def verify(path: Path | None = None) -> Report:
    """Verify the whole chain, and against the anchors in `path` (those of this installation unless told)."""
    told, forged = anchored(path or anchors.place())
    head, finding = walk(told)
    reach = max(told, default=0)
    if finding is None or (forged and finding.outcome == Outcome.RECOMPUTED):
        finding = forged or truncated(head, told) or finding
    return Report(head, min(reach, head.seq), finding)


def anchored(path: Path) -> tuple[dict[int, str], Finding | None]:
    """The hash of each anchored place, as far as the anchors can be trusted."""
    told: dict[int, str] = {}
    if not path.exists():
        return told, None
    try:
        for anchor in anchors.read(path):
            told[anchor.seq] = anchor.hash
    except anchors.Forged as problem:
        return told, Finding(Outcome.FORGED_ANCHOR, str(problem))
    return told, None


def walk(told: dict[int, str]) -> tuple[chain.Head, Finding | None]:
    """From the first link to the last, or to the first that is wrong; one the anchors know otherwise comes last."""
    head, other = chain.Head(0, chain.FIRST, 0), None
    with transaction.atomic():
        for link in links():
            if finding := wrong(link, head):
                return head, finding
            head = chain.Head(link.seq, link.hash, head.count + 1)
            other = other or differs(link, told)
    return head, unlinked() or other


def links() -> Iterator[AuditLink]:
    return AuditLink.objects.select_related("event").order_by("seq").iterator(chunk_size=2000)


def wrong(link: AuditLink, before: chain.Head) -> Finding | None:
    """What is wrong with a link that follows `before`."""
    event, here = link.event, f"Event {link.seq} ({link.event.action})"
    if link.seq != before.seq + 1:
        missing = before.seq + 1
        return Finding(Outcome.GAP, f"Event {missing} is missing: {link.seq} follows {before.seq}.")
    if link.prev != before.hash:
        return Finding(Outcome.ALTERED, f"{here} does not follow the one before.", before.hash, link.prev)
    expected = chain.hash_of(link.seq, event, link.prev)
    if expected != link.hash:
        return Finding(Outcome.ALTERED, f"{here} was altered: its hash is another.", link.hash, expected)
    shown = canonical.text({"before": event.before, "after": event.after})
    if shown != event.canonical:
        return Finding(Outcome.ALTERED, f"{here} shows other values than it was written with.", event.canonical, shown)
    return None


def differs(link: AuditLink, told: dict[int, str]) -> Finding | None:
    expected = told.get(link.seq, link.hash)
    if expected == link.hash:
        return None
    sentence = f"The chain was computed anew: event {link.seq} is not the one that was anchored."
    return Finding(Outcome.RECOMPUTED, sentence, expected, link.hash)


def unlinked() -> Finding | None:
    event = AuditEvent.objects.filter(link=None).order_by("pk").first()
    if event is None:
        return None
    return Finding(Outcome.GAP, f"The event with the row number {event.pk} ({event.action}) has no place in the chain.")


def truncated(head: chain.Head, told: dict[int, str]) -> Finding | None:
    reach = max(told, default=0)
    if head.seq >= reach:
        return None
    sentence = f"The trail was cut short: it ends at event {head.seq}, and event {reach} was anchored."
    return Finding(Outcome.TRUNCATED, sentence, str(reach), str(head.seq))


def keep(report: Report) -> AuditCheck:
    """Write down what was found, for the page and for /healthz."""
    sentence = report.finding.sentence if report.finding else "The trail is intact."
    return AuditCheck.objects.create(
        seq=report.head.seq, hash=report.head.hash, code=report.outcome, sentence=sentence
    )


def verified_up_to() -> int:
    """The number of the last event that a verification found intact, with all before it; 0 once one has failed."""
    newest = AuditCheck.objects.last()
    return newest.seq if newest and newest.code == Outcome.INTACT else 0


def has_failed() -> bool:
    newest = AuditCheck.objects.last()
    return newest is not None and newest.code != Outcome.INTACT
