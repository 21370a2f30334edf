"""What each signature stands under today: what was signed, a later version, or something nobody signed."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from django.db.models import Q

from readers import verifying
from readers.models import Signature
from readers.signatures import stands_under
from readers.verifying import Finding, Outcome, Report
from scoring import adjudication, submission
from scoring.models import Adjudication, Reading, SignedVersion
from studies.models import Study

log = logging.getLogger(__name__)


class Standing(StrEnum):
    """Of a signature: it stands, its content was opened again and kept as a version, or what is stored is another."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    ALTERED = "altered"


STANDINGS = [(str(one), str(one)) for one in Standing]


class Signed(NamedTuple):
    """A signature with what it is under: the kind and the code, as audit events name them."""

    signature: Signature
    object_type: str
    object_key: str
    standing: Standing


def signatures(study: Study | None = None) -> Iterator[Signed]:
    """Every signature of a study, or of all, few at a time: of readings, their earlier versions, adjudications."""
    decided = Q(consensus__case__study=study) | Q(consensus__former_case__study=study)
    of = Q(case__study=study), Q(reading__case__study=study), decided
    readings, versions, adjudications = of if study else (Q(), Q(), Q())
    yield from of_readings(readings)
    yield from of_versions(versions)
    yield from of_adjudications(adjudications)


def under(codes: set[str]) -> Iterator[Signed]:
    """The signatures under these readings and adjudications."""
    yield from of_readings(Q(code__in=codes))
    yield from of_versions(Q(reading__code__in=codes))
    yield from of_adjudications(Q(code__in=codes))


def of_readings(which: Q) -> Iterator[Signed]:
    found = Reading.objects.filter(which).exclude(signature=None).select_related("signature", "charter__instrument")
    for reading in found.order_by("signature").iterator(chunk_size=200):
        yield signed(reading.signature, "reading", reading.code, submission.content(reading))


def of_versions(which: Q) -> Iterator[Signed]:
    found = SignedVersion.objects.filter(which).select_related("signature", "reading")
    for version in found.order_by("signature").iterator(chunk_size=200):
        now = signed(version.signature, "reading", version.reading.code, version.content)
        yield superseded(now)


def of_adjudications(which: Q) -> Iterator[Signed]:
    found = Adjudication.objects.filter(which).exclude(signature=None)
    found = found.select_related("signature", "second_signature", "consensus__charter__instrument")
    for one in found.order_by("signature").iterator(chunk_size=200):
        disputes = list(one.disputes.select_related("item"))
        both = [given for given in (one.signature, one.second_signature) if given]
        content = adjudication.content(one, disputes, [given.printed_name for given in both])
        now = (signed(given, "adjudication", one.code, content) for given in both)
        yield from (superseded(it) if one.consensus.superseded_at else it for it in now)


def superseded(now: Signed) -> Signed:
    """The same, where something has taken its place; what was altered stays altered."""
    return now._replace(standing=Standing.SUPERSEDED) if now.standing == Standing.STANDS else now


def signed(signature: Signature | None, object_type: str, object_key: str, content: dict[str, object]) -> Signed:
    assert signature is not None  # the query has left those without one out
    standing = Standing.STANDS if stands_under(signature, content) else Standing.ALTERED
    return Signed(signature, object_type, object_key, standing)


def verify(path: Path | None = None) -> Report:
    """Verify the audit trail (readers/verifying.py), then that every signature stands under what was signed."""
    report = verifying.verify(path)
    return report if report.finding else replace(report, finding=altered())


def altered() -> Finding | None:
    for one in signatures():
        if one.standing == Standing.ALTERED:
            what = f"The {one.object_type} {one.object_key} is not what {one.signature.printed_name} signed"
            sentence = f"{what} on {one.signature.signed_at:%Y-%m-%d %H:%M} UTC."
            return Finding(Outcome.UNSIGNED, sentence, one.signature.content_sha256)
    return None


def verify_and_keep() -> Report:
    """The nightly verification: what it finds is kept, and logged where it is not as it should be."""
    report = verify()
    verifying.keep(report)
    if report.finding:
        log.critical("The audit trail does not verify: %s See docs/audit.md.", report.finding.sentence)
    return report
