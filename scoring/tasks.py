"""Doorways for the worker: a key in, the row re-read, one function called, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from readers import anchors
from scoring import (
    consensus,
    drawing,
    export,
    reliability,
    reminders,
    second_answers,
    second_looks,
    standing,
)
from scoring.models import Allocation, Export
from studies.models import Case, Study


@shared_task
def compare(case_key: int) -> None:
    consensus.compare(Case.objects.get(pk=case_key), now=timezone.now())


@shared_task
def hand_out_second_looks(run_key: int) -> None:
    second_looks.hand_out(Allocation.objects.get(pk=run_key), now=timezone.now())


@shared_task
def evaluate_second_looks(case_key: int) -> None:
    second_answers.evaluate(Case.objects.get(pk=case_key), now=timezone.now())


@shared_task
def compute_agreement(study_key: int) -> None:
    study, now = Study.objects.get(pk=study_key), timezone.now()
    if reliability.is_due(study, now=now):
        reliability.compute(study, now=now)


@shared_task
def build_export(export_key: int) -> None:
    export.build(Export.objects.get(pk=export_key), now=timezone.now())
    anchors.write(now=timezone.now())  # the trail that an export was built from is told from then on


@shared_task
def remind() -> None:
    reminders.send_all(now=timezone.now())


@shared_task
def verify_audit() -> None:
    standing.verify_and_keep()


@shared_task
def sweep() -> None:
    """Find what a dead worker or an emptied broker left behind, and do it: the row is the message."""
    now = timezone.now()
    for case in consensus.waiting():
        compare.delay(case.pk)
    for undrawn in drawing.undrawn():
        drawing.draw_again(undrawn)
    for run in second_looks.due():
        hand_out_second_looks.delay(run.pk)
    for reading in second_looks.left_behind():
        second_looks.withdraw(reading)
    for case in second_answers.waiting():
        evaluate_second_looks.delay(case.pk)
    for study in reliability.outdated():
        compute_agreement.delay(study.pk)
    for left in export.waiting(now=now):
        build_export.delay(left.pk)
