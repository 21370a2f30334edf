"""Cases -> material -> report: agreement of a study, of signed readings of compared cases only, kept once computed."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from readers.models import User
from readers.signatures import content_sha256
from scoring import gathering, report
from scoring.assembling import Assembly
from scoring.models import Adjudication, Consensus, Reading, ReadingState, ReliabilityReport
from scoring.pseudonyms import adjudicator_names, reader_names
from scoring.report import Material, by_number
from studies.models import CovariateTable, Study

PAUSE = timedelta(seconds=20)  # between two computations while it is read: many signatures in a row are one change


def compute(study: Study, *, now: datetime) -> ReliabilityReport:
    """The report on today's readings. The same readings give the same report, and no second row."""
    assembly, software = assembled(study), f"Dens {settings.VERSION}"
    material, clinical = asdict(assembly.material()), assembly.clinical()
    given = {"version": report.VERSION, "software": software, "material": material, "clinical": clinical}
    inputs = content_sha256(given)
    known = study.reliability_reports.filter(input_sha256=inputs).first()
    if known is not None:
        known.computed_at = now
        known.save(update_fields=["computed_at"])
        return known
    content = assembly.content(software=software)
    made, _ = ReliabilityReport.objects.get_or_create(
        study=study,
        input_sha256=inputs,
        defaults={"computed_at": now, "n_cases": len(assembly.compared), "content": content},
    )
    return made


def assembled(study: Study) -> Assembly:
    """What is known of a study's readings, by names that are nobody's."""
    found = Assembly(gathering.outline(study))
    for case in gathering.judged(study):
        found.add(case)
    return found


def material_of(study: Study) -> Material:
    return assembled(study).material()


def is_due(study: Study, *, now: datetime) -> bool:
    """Whether a computation asked for now may start. One asked for too soon is found by the sweep (outdated)."""
    last = newest(study)
    return last is None or study.locked_at is not None or last.computed_at + PAUSE <= now


def as_shown(made: ReliabilityReport) -> dict[str, Any]:
    """A report with when it was made of what, and who its readers are."""
    return {
        "computed_at": made.computed_at,
        "is_current": is_current(made.study),
        "n_cases": made.n_cases,
        "input_sha256": made.input_sha256,
        "readers": readers(made.study),
        "adjudicators": adjudicators(made.study),
        **made.content,
    }


def readers(study: Study) -> list[dict[str, str]]:
    """Who R1, R2, ... are, of those who have signed a reading."""
    signed = User.objects.filter(readings__case__study=study, readings__state=ReadingState.SIGNED)
    return named(signed, reader_names(study))


def adjudicators(study: Study) -> list[dict[str, str]]:
    """Who ADJ1, ADJ2, ... are, of those who have signed a decision."""
    signed = Adjudication.objects.filter(consensus__case__study=study, state="signed")
    people = User.objects.filter(Q(adjudications__in=signed) | Q(pk__in=signed.values("second")))
    return named(people, adjudicator_names(study))


def named(people: QuerySet[User], names: dict[int, str]) -> list[dict[str, str]]:
    known = people.filter(pk__in=names).distinct()
    found = [{"name": names[one.pk], "full_name": one.full_name} for one in known]
    return sorted(found, key=lambda one: by_number(one["name"]))


def newest(study: Study) -> ReliabilityReport | None:
    """The last one, if it is of today's kind: one that an older Dens computed is computed anew."""
    last = study.reliability_reports.order_by("computed_at", "pk").last()
    return last if last and last.content.get("version") == report.VERSION else None


def is_current(study: Study) -> bool:
    """Nothing that the newest report says has changed since it was computed."""
    return not outdated().filter(pk=study.pk).exists()


def outdated() -> QuerySet[Study]:
    """Studies in which something that the report says has changed since it was last computed."""
    reports = ReliabilityReport.objects.filter(study=OuterRef("pk")).order_by("-computed_at", "-pk")
    last = ReliabilityReport.objects.filter(pk=OuterRef("report"))  # by its key: else the content of each is opened
    repeats = Reading.objects.exclude(repeat=None)
    changes = {
        "compared": latest(Consensus.objects.all(), "compared_at", study="case__study"),
        "settled": latest(Consensus.objects.all(), "settled_at", study="case__study"),
        "superseded": latest(Consensus.objects.all(), "superseded_at", study="former_case__study"),
        "repeated": latest(repeats, "signature__signed_at", study="case__study"),
        "entered": latest(CovariateTable.objects.all(), "entered_at", study="study"),
    }
    found = {
        "computed": Subquery(last.values("computed_at")),
        "version": Subquery(last.values(version=KeyTextTransform("version", "content"))),
    }
    is_old = Q(version=None) | ~Q(version=report.VERSION)  # there is none, or it is of another Dens
    for change in changes:
        is_old |= Q(computed__lt=F(change))
    studies: QuerySet[Any] = Study.objects.annotate(report=Subquery(reports.values("pk")[:1]), **changes)
    studies = studies.annotate(**found)
    return studies.exclude(compared=None, superseded=None).filter(is_old)


def latest(rows: QuerySet[Any], field: str, *, study: str) -> Subquery:
    """When it last happened in each study. Each kind by itself: joined, their numbers of rows would be multiplied."""
    mine = rows.filter(**{study: OuterRef("pk")}).order_by().values(study)
    return Subquery(mine.annotate(latest=Max(field)).values("latest"))
