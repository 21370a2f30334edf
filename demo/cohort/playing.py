"""The cohort played through Dens: imported, allotted, read, signed, compared and adjudicated by its own functions."""

import tempfile
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from demo import people
from demo.cohort import images
from demo.cohort.recorded import READERS, Grades, Recorded, cohort, covariate_table
from demo.study import INSTRUMENT, check_images
from readers import audit, signatures
from readers.models import User
from readers.signatures import Intent
from scoring import adjudication, allocation, charter, consensus, submission, telling
from scoring.models import Adjudication, Choice, Item, Reading, Repeat, WhyChosen
from studies import cases, covariates, intake, team, uploads
from studies.models import Role, Study

TITLE = "Synthetic cohort (Baraliakos 2016)"
REREAD = "Recorded before this study was in Dens: no charter asked for these repeats, and no plan drew them."


@transaction.atomic
def make() -> Study:
    """The study, whole or not at all; the one that is there, if it is."""
    if known := Study.objects.filter(is_synthetic=True, title=TITLE).first():
        return known
    patients, cast, now = cohort(), people.invite(), timezone.now()
    readers = {name: people.person(name.lower(), f"Reader {name}", Role.READER) for name in READERS}
    study = charter.open_study(title=TITLE, instrument=INSTRUMENT, actor=cast["dora"], is_synthetic=True)
    people_of_it = dict.fromkeys(readers.values(), Role.READER)
    people_of_it |= {cast["clara"]: Role.ADJUDICATOR, cast["sam"]: Role.STATISTICIAN}
    for user, role in people_of_it.items():
        team.join(study, user, role=role, actor=cast["dora"])
    import_images(study, patients, actor=cast["dora"])
    check_images(study, actor=cast["dora"])
    covariates.enter(study, table=covariate_table(patients), actor=cast["dora"])
    allocation.allot(study, actor=cast["dora"])
    read_all(study, patients, readers, now=now)
    adjudicate_all(study, patients, readers, adjudicator=cast["clara"], now=now)
    read_again(study, patients, readers, actor=cast["dora"], now=now)
    return study


def import_images(study: Study, patients: list[Recorded], *, actor: User) -> None:
    """All necks in one upload through the same intake as everybody's, then each case under its patient's name."""
    upload = uploads.begin(study, subject="", actor=actor)
    names: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for patient, files in images.write_all(patients, Path(folder)):
            uploads.receive(upload, dict(enumerate(files, start=len(names))))
            names += [patient.name] * len(files)
    uploads.finish(upload, actor=actor)
    intake.import_upload(upload.pk)
    cases_of = {names[row.number]: row.case for row in upload.files.select_related("case__exam__subject")}
    for name, case in cases_of.items():
        assert case is not None, f"the images of {name} were refused"
        cases.set_subject(case, pseudonym=name, actor=actor)


def read_all(study: Study, patients: list[Recorded], readers: dict[str, User], *, now: datetime) -> None:
    """Both readings of every case, entered and signed; then the case is compared."""
    for name, reader in readers.items():
        intent = intent_of(reader, meaning=submission.MEANING, now=now)
        for patient, reading in first_readings(study, patients, reader):
            read(reading, patient.readings[name], intent=intent, now=now)
    for case in study.cases.all():
        consensus.compare(case, now=now)


def first_readings(study: Study, patients: list[Recorded], reader: User) -> list[tuple[Recorded, Reading]]:
    own = Reading.objects.that_count().filter(case__study=study, reader=reader)
    by_name = {reading.case.exam.subject.pseudonym: reading for reading in own.select_related("case__exam__subject")}
    return [(patient, by_name[patient.name]) for patient in patients]


def intent_of(signer: User, *, meaning: str, now: datetime) -> Intent:
    """The password once for all signatures of a person, for it takes long to check, on purpose."""
    return signatures.intend(signer, password=people.password(), meaning=meaning, expected=meaning, now=now)


def read(reading: Reading, grades: Grades, *, intent: Intent, now: datetime) -> None:
    """Every item answered as it was recorded, and signed."""
    reading = submission.locked(reading)
    for item in items_of(reading):
        submission.write_answer(
            reading, item, grade=grades[item.code], not_assessable="", actor=reading.reader, now=now
        )
    shown = signatures.content_sha256(submission.content(reading))
    submission.lock(reading, intent=intent, shown_sha256=shown)


def items_of(reading: Reading) -> list[Item]:
    return list(reading.charter.instrument.items.select_related("instrument"))


def adjudicate_all(
    study: Study, patients: list[Recorded], readers: dict[str, User], *, adjudicator: User, now: datetime
) -> None:
    """Every dispute decided for the reader whom the adjudicator is recorded to have followed, and signed."""
    by_name = {patient.name: patient for patient in patients}
    intent = intent_of(adjudicator, meaning=adjudication.MEANING, now=now)
    waiting = Adjudication.objects.filter(consensus__case__study=study)
    for one in waiting.select_related("consensus__case__exam__subject"):
        picks = by_name[one.consensus.its_case.exam.subject.pseudonym].picks
        for dispute in one.disputes.select_related("item", "left"):
            is_left = dispute.left.reader_id == readers[picks[dispute.item.code]].pk
            adjudication.decide(
                one,
                item=dispute.item.code,
                choice=Choice.LEFT if is_left else Choice.RIGHT,
                grade=None,
                not_assessable="",
                reason=WhyChosen.OTHER,
                comment="The cohort records whom the adjudicator followed, and no reason.",
                actor=adjudicator,
                now=now,
            )
        adjudication.lock(one, intent=intent)


def read_again(study: Study, patients: list[Recorded], readers: dict[str, User], *, actor: User, now: datetime) -> None:
    """The ten second looks, as hidden repeats, so that agreement of a reader with themselves can be had.

    Which readings are repeated is drawn by the plan (allocation.allot), and these ten were not drawn here. They are an
    import: the same two rows a repeat that allocation.make_readings makes, but of no allotment, and the audit trail
    says so. Like all repeats they never count for a consensus.
    """
    for name, reader in readers.items():
        intent = intent_of(reader, meaning=submission.MEANING, now=now)
        firsts = first_readings(study, patients, reader)
        last = max(reading.position for _, reading in firsts)
        for place, (patient, first) in enumerate(((p, r) for p, r in firsts if name in p.again), start=1):
            again = repeat(first, position=last + place, actor=actor)
            read(again, patient.again[name], intent=intent, now=now)


def repeat(first: Reading, *, position: int, actor: User) -> Reading:
    again = Reading.objects.create(
        case=first.case, reader=first.reader, charter=first.charter, allocation=None, position=position, part=2
    )
    Repeat.objects.create(reading=again, original=first)
    after = {"original": first.code, **telling.reading(again)}
    audit.record("repeat.imported", again, actor=actor, study=first.case.study, after=after, reason=REREAD)
    return again
