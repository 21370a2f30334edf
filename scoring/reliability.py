"""Cases -> material -> report: agreement of a study, of signed readings of compared cases only, kept once computed."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet

from readers.models import User
from readers.signatures import content_sha256
from scoring import gathering, report
from scoring.assembling import Assembly
from scoring.models import Adjudication, ReadingState, ReliabilityReport
from scoring.pseudonyms import adjudicator_names, reader_names
from scoring.report import Material, by_number
from studies.models import Study

OF_TODAY = Q(reliability_reports__content__version=report.VERSION)
PAUSE = timedelta(seconds=20)  # between two computations of one study: many signatures in a row are one change


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
    return last is None or last.computed_at + PAUSE <= now


def as_shown(made: ReliabilityReport) -> dict[str, Any]:
    """A report with when it was made of what, and who its readers are."""
    return {
        "computed_at": made.computed_at,
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
    """The last one of today's kind: one that an older Dens computed is computed anew."""
    return study.reliability_reports.filter(content__version=report.VERSION).order_by("computed_at", "pk").last()


def outdated() -> QuerySet[Study]:
    """Studies in which something that the report says has changed since it was last computed."""
    studies = Study.objects.annotate(
        compared=Max("cases__consensus__compared_at"),
        settled=Max("cases__consensus__settled_at"),
        repeated=Max("cases__readings__signature__signed_at", filter=Q(cases__readings__repeat__isnull=False)),
        entered=Max("covariate_tables__entered_at"),
        superseded=Max("cases__former_consensus__superseded_at"),
        computed=Max("reliability_reports__computed_at", filter=OF_TODAY),
    ).exclude(compared=None, superseded=None)
    is_old = Q(computed=None)
    for change in ("compared", "settled", "superseded", "repeated", "entered"):
        is_old |= Q(computed__lt=F(change))
    return studies.filter(is_old)
