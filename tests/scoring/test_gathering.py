"""Rows become a dossier, and a bundle of rows: people by number, second looks apart, nothing of an original."""

import json
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from readers.models import AuditEvent
from readers.signatures import content_sha256
from scoring import (
    adjudication,
    export,
    gathering,
    problems,
    reliability,
    second_answers,
    second_looks,
    submission,
)
from scoring.bundle.verifying import verify
from scoring.models import Adjudication, Export, Repeat
from scoring.rules import Resolution
from tests import cast, scene
from tests.bundles import bundle, names, read, rows
from tests.cast import PASSWORD


def test_the_header_has_people_by_number_and_the_charter_as_it_was_hashed(compared):
    header = gathering.header(compared)
    assert (header.readers, header.adjudicators) == (("R1", "R2"), ("ADJ1",))
    assert content_sha256(header.charter.content) == header.charter.sha256
    assert header.instrument.reference == cast.INSTRUMENT
    assert (header.n_cases, header.n_subjects) == (2, 2)


def test_cases_come_by_code_in_few_queries_a_batch(compared, monkeypatch):
    monkeypatch.setattr(gathering, "BATCH", 1)
    with CaptureQueriesContext(connection) as by_one:
        one_by_one = list(gathering.cases(compared))
    monkeypatch.setattr(gathering, "BATCH", 50)
    with CaptureQueriesContext(connection) as at_once:
        together = list(gathering.cases(compared))
    assert one_by_one == together
    assert [case.code for case in together] == sorted(case.code for case in together)
    assert len(at_once) < len(by_one) < 80


def test_a_decided_item_says_which_reading_and_which_decision(compared):
    [settled] = [case for case in gathering.cases(compared) if case.is_settled]
    [adjudication] = settled.adjudications
    assert settled.final["VB_C4"].decision == adjudication.code
    assert settled.final["VB_C5"].decision == ""
    assert set(settled.final["VB_C5"].readings) == {reading.code for reading in settled.standing}
    [dispute] = adjudication.disputes
    assert {dispute.left, dispute.right} == {reading.code for reading in settled.standing}
    assert (adjudication.adjudicator, adjudication.signature.name) == ("ADJ1", "ADJ1")


def test_what_a_reading_says_is_not_told_before_it_is_signed(study, people):
    [case] = scene.allot(study, people)
    scene.fill(scene.reading_of(case, people.ana), VB_C4=3)
    [record] = gathering.cases(study)
    [begun] = [one for one in record.readings if one.reader == "R1"]
    assert (begun.state, begun.answers, begun.pins) == ("started", (), ())
    made = bundle(study)
    assert {row["state"] for row in rows(made, "looks.csv")} == {"started", "assigned"}
    assert rows(made, "readings.csv") == []


def test_what_was_written_of_an_identity_stays_out(study, people):
    [case] = scene.allot(study, people)
    reading = scene.reading_of(case, people.ana)
    for kind, text in (("coverage", "Cut off."), ("identity", "It says Jane Roe.")):
        told = {"kind": kind, "series": 2, "slice": 1, "text": text}
        problems.report(reading, key=uuid4(), actor=people.ana, now=timezone.now(), **told)
    found = rows(bundle(study), "problems.csv")
    assert [(row["kind"], row["series"], row["slice"], row["text"]) for row in found] == [
        ("coverage", "T1 sagittal", "2", "Cut off."), ("identity", "T1 sagittal", "2", ""),
    ]  # fmt: skip


def test_pins_become_points_and_key_objects(shown):
    made = bundle(shown)
    [key_objects] = [name for name in names(made) if name.startswith("dicom/ko/")]
    [case] = gathering.cases(shown)
    [reading] = [one for one in case.readings if one.pins]
    assert key_objects == f"dicom/ko/{reading.code}.dcm"
    assert case.exam.series[1].slices[2].uid.encode() in read(made, key_objects)
    assert len([name for name in names(made) if name.startswith("dicom/sr/")]) == 2


def test_no_name_of_a_person_is_in_any_file_and_accounts_only_where_the_draw_needs_them(compared, people):
    made = bundle(compared)
    files = {name: read(made, name) for name in names(made)}
    for person in people:
        assert not [name for name, content in files.items() if person.full_name.encode() in content]
        naming = [name for name, content in files.items() if f'"{person.username}"'.encode() in content]
        assert naming == (["allocation/run-1.json"] if person in (people.ana, people.ben) else [])


def test_the_report_of_a_bundle_is_the_one_that_is_shown(study, people):
    """Of cases without their images on the page, of whole ones in the bundle."""
    for place, case in enumerate(scene.allot(study, people, cases=6)):
        scene.read(case, people, ana={"VB_C4": place % 4, "SP_C7": 1}, ben={"VB_C4": 1, "DG_C2C3": place % 2})
    for one in Adjudication.objects.all()[:4]:
        scene.decide_all(one, people, choice="left" if one.pk % 2 else "right")
    assert reported_in_the_bundle(study) == reported(study)


def reported(study):
    return json.loads(json.dumps(reliability.compute(study, now=timezone.now()).content))


def reported_in_the_bundle(study):
    return json.loads(read(bundle(study), "agreement/agreement.json"))


def test_so_it_is_where_the_adjudicator_is_never_shown_the_readings(study, people):
    """Clara answers as Ana did, so Ben alone said something else."""
    cast.amend(study, people, resolution=Resolution.MEDIAN)
    for case in scene.allot(study, people, cases=5):
        scene.read(case, people, ana={"VB_C4": 2}, ben={"VB_C4": 1})
    for one in Adjudication.objects.all():
        now, clara = timezone.now(), people.clara
        adjudication.answer_first(one, item="VB_C4", grade=2, not_assessable="", actor=clara, now=now)
        meaning = adjudication.MEANINGS[Resolution.MEDIAN]
        adjudication.sign(one, password=PASSWORD, meaning=meaning, actor=clara, now=now)
    assert {case.overruled for case in reliability.material_of(study).cases} == {("R2",)}
    assert reported_in_the_bundle(study) == reported(study)


def test_so_it_is_where_second_looks_stood_before_the_adjudicator(people):
    study = cast.open_study(people, self_check=True)
    for case in scene.allot(study, people, cases=5):
        scene.read(case, people, ana={"VB_C4": 2})
    for reading in second_looks.hand_out(study.allocations.get(), now=timezone.now()):
        grades = {"VB_C4": 2} if reading.reader == people.ana else {}
        for code in reading.asked:
            answer = {"grade": grades.get(code, 0), "not_assessable": ""}
            submission.save(reading, item=code, **answer, actor=reading.reader, now=timezone.now())
        scene.sign(reading)
    for case in second_answers.waiting():
        second_answers.evaluate(case, now=timezone.now())
    for one in Adjudication.objects.all():
        scene.decide_all(one, people)
    assert {len(case.overruled) for case in reliability.material_of(study).cases} == {1}
    assert reported_in_the_bundle(study) == reported(study)


def test_while_agreement_is_withheld_a_sentence_stands_in_its_place(compared):
    made = bundle(compared)
    assert [name for name in names(made) if name.startswith("agreement/")] == ["agreement/WITHHELD.txt"]
    assert b"from 5 compared cases on" in read(made, "agreement/WITHHELD.txt")


def test_the_digest_of_the_audit_trail_changes_with_what_is_done_and_not_with_exports(compared, people):
    before = gathering.audit_digest(compared)
    export.build(export.ask(compared, actor=people.sam), now=timezone.now())
    assert gathering.audit_digest(compared) == before
    scene.decide_all(Adjudication.objects.exclude(state="signed").get(), people)
    after = gathering.audit_digest(compared)
    assert after.sha256 != before.sha256
    assert after.by_action["adjudication.signed"] == before.by_action["adjudication.signed"] + 1


def test_the_seed_is_in_no_file_until_the_study_is_locked(compared):
    made = bundle(compared)
    assert json.loads(read(made, "allocation/run-1.json"))["seed"] is None
    assert compared.sealed_seed.seed.encode() not in b"".join(read(made, name) for name in names(made))


def test_a_hidden_repeat_is_the_second_pass_and_no_first_reading(study, people):
    [case] = scene.allot(study, people)
    scene.read(case, people)
    first = scene.reading_of(case, people.ana)
    again = type(first).objects.create(
        case=case, reader=people.ana, charter=first.charter, allocation=first.allocation, position=9, part=2
    )
    Repeat.objects.create(reading=again, original=first)
    scene.sign(scene.fill(again, VB_C4=2))
    [record] = gathering.cases(study)
    [repeat] = [one for one in record.readings if one.kind == "repeat"]
    assert (repeat.original, repeat.counts, len(record.standing)) == (first.code, False, 2)


def test_progress_is_told_after_each_batch_and_the_lease_renewed(compared, people):
    asked, at = export.ask(compared, actor=people.sam), timezone.now()
    export.claim(asked, now=at)
    assert Export.objects.get().n_cases == 2
    export.progressed(asked, lambda: at + export.LEASE, 1)
    row = Export.objects.get()
    assert (row.n_done, row.lease_until) == (1, at + 2 * export.LEASE)


def test_an_export_that_cannot_be_built_says_so_and_leaves_nothing_behind(compared, people, monkeypatch, data_folder):
    def breaks(files, made):
        raise OSError("The disk is full.")

    monkeypatch.setattr(export, "pack", breaks)
    asked = export.ask(compared, actor=people.sam)
    with pytest.raises(OSError, match="full"):
        export.build(asked, now=timezone.now())
    asked.refresh_from_db()
    assert (asked.state, asked.message) == ("failed", export.FAILED)
    assert list((data_folder / "workshop").iterdir()) == []


def test_the_command_writes_the_same_files_and_is_recorded(compared, tmp_path, capsys):
    call_command("export", compared.code, "--to", str(tmp_path / "out"))
    assert verify(tmp_path / "out")[0] == 0
    assert read(bundle(compared), "SHA256SUMS") == (tmp_path / "out" / "SHA256SUMS").read_bytes()
    assert AuditEvent.objects.filter(action="export.written").count() == 1
    with pytest.raises(CommandError, match="is there already"):
        call_command("export", compared.code, "--to", str(tmp_path / "out"))
    with pytest.raises(CommandError, match="no study"):
        call_command("export", "NOTHING", "--to", str(tmp_path / "other"))
