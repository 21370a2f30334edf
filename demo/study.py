"""The demo study: six synthetic necks, imported like any other images, allotted to Ana and Ben, four of them read."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from demo import people
from demo.cases import CASES, DemoCase, write_all
from readers.models import User
from scoring import allocation, charter, review, submission
from scoring.models import Reading
from studies import checks, intake, team, uploads
from studies.models import CaseState, Study

TITLE = "Demo: six synthetic necks"
INSTRUMENT = "cspine-bme-baraliakos@1.0.0"
READ_ALREADY = 4  # the rest is for whoever tries Dens


@transaction.atomic
def make() -> Study:
    """The demo study, whole or not at all; the one that is there, if it is."""
    if known := Study.objects.filter(is_synthetic=True, title=TITLE).first():
        return known
    cast = people.invite()
    study = charter.open_study(title=TITLE, instrument=INSTRUMENT, actor=cast["dora"], is_synthetic=True)
    for name, (_, role) in people.PEOPLE.items():
        if role and name != "dora":
            team.join(study, cast[name], role=role, actor=cast["dora"])
    import_images(study, CASES, actor=cast["dora"])
    check_images(study, actor=cast["dora"])
    allocation.allot(study, actor=cast["dora"])
    for case in CASES[:READ_ALREADY]:
        read(study, case)
    return study


def import_images(study: Study, cases: Sequence[DemoCase], *, actor: User) -> None:
    """One upload a neck, through the same intake as everybody's."""
    with tempfile.TemporaryDirectory() as folder:
        for case, files in write_all(cases, Path(folder)):
            upload = uploads.begin(study, subject=case.subject, actor=actor)
            uploads.receive(upload, dict(enumerate(files)))
            uploads.finish(upload, actor=actor)
            intake.import_upload(upload.pk)


def check_images(study: Study, *, actor: User) -> None:
    """Every neck is looked at before it is allotted. Whoever made the phantom knows the answers: no text, no face."""
    for case in study.cases.filter(state=CaseState.TO_CHECK):
        answers = {question.name: True for question in checks.sheet(case).questions}
        checks.accept(case, answers=answers, actor=actor)


def read(study: Study, case: DemoCase) -> None:
    """Ana and Ben see what was planted, each a little differently, and sign."""
    readings = Reading.objects.filter(case__study=study, case__exam__subject__pseudonym=case.subject)
    for reading in readings.select_related("reader", "charter__instrument"):
        grades = case.grades[reading.reader.username]
        for item in reading.charter.instrument.items.all():
            submission.save(
                reading,
                item=item.code,
                grade=grades.get(item.code, 0),
                not_assessable="",
                actor=reading.reader,
                now=timezone.now(),
            )
        submission.sign(
            reading,
            password=people.password(),
            meaning=submission.MEANING,
            content_sha256=review.of(reading)["content_sha256"],
            actor=reading.reader,
            now=timezone.now(),
        )
