"""An upload becomes exams: verdict by verdict, once, whoever works on it and however often."""

from datetime import timedelta

import pytest
from django.utils import timezone

from readers.models import AuditEvent
from studies import filing, intake, leases, storage
from studies.batches import MAX_TRIES, Batch
from studies.models import Case, CaseState, Exam, Instance, Series, Subject, Upload, UploadState, Verdict
from studies.sandbox import Sandbox
from tests import dicom

pytestmark = pytest.mark.django_db


def reasons(rows) -> list[str]:
    return [reason for *_, reason in rows]


def test_an_exam_becomes_a_case_that_waits_for_its_check(study, people, imported):
    upload = imported(study, people.dora, dicom.exam().values())
    assert upload.state == UploadState.IMPORTED
    case = Case.objects.get(study=study)
    assert case.state == CaseState.TO_CHECK
    assert sorted(case.exam.series.values_list("role", "plane")) == [("STIR", "sagittal"), ("T1", "sagittal")]
    assert Instance.objects.filter(series__exam=case.exam).count() == 10


def test_every_file_gets_a_verdict_and_none_stops_the_rest(study, people, imported, verdicts):
    junk = [b"thumbs", dicom.part10(dicom.image())[:700], b""]
    upload = imported(study, people.dora, [junk[0], *dicom.exam().values(), *junk[1:]])
    assert upload.state == UploadState.PARTLY
    rows = verdicts(upload)
    assert [verdict for _, _, verdict, _ in rows] == ["refused"] + ["imported"] * 10 + ["refused"] * 2
    assert reasons(rows)[0] == reasons(rows)[-1] == "not_dicom"
    assert reasons(rows)[-2] in ("broken", "no_pixels")


def test_a_refused_file_says_why_in_a_sentence(study, people, imported):
    row = imported(study, people.dora, [b"no image"]).files.get()
    assert row.message == "This is not a DICOM file."


def test_an_upload_without_an_image_is_rejected(study, people, imported):
    assert imported(study, people.dora, [b"no image"]).state == UploadState.REJECTED
    assert not Exam.objects.exists()


def test_an_upload_without_files_is_rejected(study, people, imported):
    assert imported(study, people.dora, []).state == UploadState.REJECTED


def test_a_table_of_contents_is_not_missed(study, people, imported):
    directory = dicom.image()
    directory.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.1.3.10"
    upload = imported(study, people.dora, [*dicom.exam().values(), dicom.part10(directory)])
    assert upload.state == UploadState.IMPORTED


def test_the_entries_of_a_zip_are_judged_one_by_one(study, people, imported, verdicts):
    packed = dicom.zipped({"junk": b"no image", **dicom.stack(n=2)})
    upload = imported(study, people.dora, [b"loose", packed])
    assert verdicts(upload) == [
        (0, None, "refused", "not_dicom"),
        (1, 1, "refused", "not_dicom"),
        (1, 2, "imported", ""),
        (1, 3, "imported", ""),
    ]


def test_a_zip_gives_the_same_case_as_its_folder(study, people, imported):
    imported(study, people.dora, [dicom.zipped(dicom.exam())])
    again = imported(study, people.dora, dicom.exam().values())
    assert set(again.files.values_list("verdict", flat=True)) == {Verdict.DUPLICATE}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (dicom.zipped({}), "empty_zip"),
        (dicom.zipped({"a": b"x"})[:30], "bad_zip"),
        (dicom.zipped({"inner": dicom.zipped({"a": b"x"})}), "nested_zip"),
    ],
)
def test_a_bad_zip_is_refused(study, people, imported, content, reason):
    assert imported(study, people.dora, [content]).files.get().reason == reason


def test_the_same_files_again_change_nothing(study, people, imported):
    first = imported(study, people.dora, dicom.exam().values())
    before = list(Instance.objects.order_by("pk").values())
    second = imported(study, people.dora, dicom.exam().values())
    assert second.state == UploadState.IMPORTED
    assert set(second.files.values_list("verdict", "case")) == {(Verdict.DUPLICATE, first.files.first().case_id)}
    assert list(Instance.objects.order_by("pk").values()) == before


def test_the_same_image_in_another_compression_is_a_duplicate(study, people, imported):
    packed = dicom.image()
    packed.compress("1.2.840.10008.1.2.5", generate_instance_uid=False)  # RLE
    imported(study, people.dora, [dicom.part10(dicom.image())])
    assert imported(study, people.dora, [dicom.part10(packed)]).files.get().verdict == Verdict.DUPLICATE


def test_other_pixels_under_a_known_uid_are_refused(study, people, imported):
    imported(study, people.dora, [dicom.part10(dicom.image())])
    kept = Instance.objects.get().pixels_sha256
    forged = dicom.part10(dicom.image(pixels=dicom.noise(99)))
    assert imported(study, people.dora, [forged]).files.get().reason == "other_pixels"
    assert Instance.objects.get().pixels_sha256 == kept


def test_nothing_is_added_to_an_allotted_case(study, people, imported):
    files = list(dicom.exam().values())
    imported(study, people.dora, files[:-1])
    Case.objects.update(state=CaseState.ALLOTTED)
    late = imported(study, people.dora, files)
    assert reasons(late.files.order_by("number").values_list("verdict", "reason")) == [""] * 9 + ["case_frozen"]
    assert Instance.objects.count() == 9


def test_a_second_upload_completes_a_case(study, people, imported):
    imported(study, people.dora, dicom.stack(role="STIR", series=1).values())
    assert Case.objects.get().state == CaseState.INCOMPLETE
    imported(study, people.dora, dicom.stack(role="T1", series=2).values())
    assert Case.objects.get().state == CaseState.TO_CHECK


def test_two_exams_of_one_patient_are_two_cases_of_one_subject(study, people, imported):
    imported(study, people.dora, [*dicom.exam(exam=1).values(), *dicom.exam(exam=2).values()])
    assert Case.objects.count() == 2
    assert Subject.objects.count() == 1


def test_the_same_exam_in_two_studies_shares_nothing(study, people, imported):
    from tests import cast

    other = cast.open_study(people, title="Another")
    imported(study, people.dora, dicom.stack().values())
    imported(other, people.dora, dicom.stack().values())
    assert Exam.objects.count() == Subject.objects.values("key").distinct().count() == 2


def test_a_pseudonym_names_the_subject(study, people, imported):
    imported(study, people.dora, dicom.exam().values(), subject="RA-017")
    assert Subject.objects.get().pseudonym == "RA-017"


def test_without_a_pseudonym_a_random_one_is_given(study, people, imported):
    imported(study, people.dora, dicom.exam().values())
    assert Subject.objects.get().pseudonym.startswith("S-")


def test_a_pseudonym_means_one_patient(study, people, imported, verdicts):
    files = [dicom.part10(dicom.image(patient="A", exam=1)), dicom.part10(dicom.image(patient="B", exam=2))]
    upload = imported(study, people.dora, files, subject="RA-017")
    assert reasons(verdicts(upload)) == ["", "several_patients"]
    assert Exam.objects.count() == 1


def test_a_pseudonym_joins_what_two_hospitals_made(study, people, imported):
    imported(study, people.dora, [dicom.part10(dicom.image(patient="A", exam=1))], subject="RA-017")
    imported(study, people.dora, [dicom.part10(dicom.image(patient="B", exam=2))], subject="RA-017")
    assert list(Exam.objects.values_list("subject__pseudonym", flat=True)) == ["RA-017", "RA-017"]


def test_a_patient_keeps_the_first_pseudonym(study, people, imported):
    imported(study, people.dora, [dicom.part10(dicom.image(exam=1))], subject="RA-017")
    second = imported(study, people.dora, [dicom.part10(dicom.image(exam=2))], subject="RA-018")
    assert second.files.get().reason == "other_subject"


def test_a_localizer_does_not_mix_with_the_planes_it_shows(study, people, imported):
    planes = [
        dicom.part10(dicom.image(plane=plane, index=n)) for n, plane in enumerate(("sagittal", "axial", "coronal"))
    ]
    imported(study, people.dora, planes)
    assert sorted(Series.objects.values_list("plane", flat=True)) == ["axial", "coronal", "sagittal"]


def test_the_originals_are_destroyed(study, people, imported):
    imported(study, people.dora, [b"no image", dicom.zipped(dicom.exam())])
    assert storage.quarantined() == []


def test_the_originals_are_destroyed_when_all_are_refused(study, people, imported):
    imported(study, people.dora, [b"no image"])
    assert storage.quarantined() == []


def test_what_happened_is_recorded(study, people, imported):
    upload = imported(study, people.dora, [b"no image", *dicom.exam().values()])
    events = AuditEvent.objects.filter(object_type="upload", object_key=upload.code).order_by("pk")
    assert [event.action for event in events] == ["upload.begun", "upload.received", "upload.imported"]
    assert {event.actor for event in events} == {people.dora}
    last = events.last()
    assert last.after == {"state": "partly", "pending": 0, "imported": 10, "duplicate": 0, "refused": 1}


def test_an_import_run_twice_is_one_import(study, people, imported):
    upload = imported(study, people.dora, dicom.exam().values())
    intake.import_upload(upload.pk)
    assert Upload.objects.get().attempt == 1
    assert AuditEvent.objects.filter(action="upload.imported").count() == 1


def test_an_upload_somebody_works_on_cannot_be_claimed(study, people, received):
    upload, now = received(study, people.dora, []), timezone.now()
    assert leases.claim(upload.pk, now=now)
    assert leases.claim(upload.pk, now=now) is None


def test_an_upload_still_receiving_cannot_be_claimed(study, people):
    from studies import uploads

    assert leases.claim(uploads.begin(study, subject="", actor=people.dora).pk, now=timezone.now()) is None


def test_a_lease_that_ran_out_can_be_claimed_by_the_next(study, people, received):
    upload, now = received(study, people.dora, []), timezone.now()
    leases.claim(upload.pk, now=now)
    later = now + leases.LEASE + timedelta(seconds=1)
    assert list(leases.waiting(now=later)) == [upload]
    assert leases.claim(upload.pk, now=later).attempt == 2


def test_a_worker_that_lost_its_lease_stops(study, people, received):
    upload, now = received(study, people.dora, dicom.stack().values()), timezone.now()
    slow = leases.claim(upload.pk, now=now)
    leases.claim(upload.pk, now=now + leases.LEASE + timedelta(seconds=1))
    with pytest.raises(leases.LeaseLost):
        leases.renew(slow, now=now)


class Killed(BaseException):
    """What a test raises where a real worker would be gone."""


def killed_at(monkeypatch, count: int):
    """Let the worker die when it opens its file number `count`."""
    real, calls = Batch.open, []

    def open_file(*arguments, **options):
        calls.append(1)
        if len(calls) == count:
            raise Killed
        return real(*arguments, **options)

    monkeypatch.setattr(Batch, "open", open_file)


def test_the_next_worker_goes_on_where_a_killed_one_stopped(study, people, received, verdicts, monkeypatch):
    upload = received(study, people.dora, [*dicom.exam().values()])
    monkeypatch.setattr(intake, "BATCH_FILES", 3)
    killed_at(monkeypatch, 5)
    with pytest.raises(Killed):
        intake.import_upload(upload.pk)
    assert [verdict for _, _, verdict, _ in verdicts(upload)] == ["imported"] * 3 + ["pending"] * 7
    Upload.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    intake.import_upload(upload.pk)
    assert list(upload.files.order_by("number").values_list("verdict", "tries")) == [
        ("imported", 2 if number in (3, 4, 5) else 1) for number in range(10)
    ]
    assert Case.objects.get().state == CaseState.TO_CHECK


def test_a_zip_is_not_split_twice(study, people, received, monkeypatch):
    upload = received(study, people.dora, [dicom.zipped(dicom.exam())])
    killed_at(monkeypatch, 4)
    with pytest.raises(Killed):
        intake.import_upload(upload.pk)
    Upload.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    intake.import_upload(upload.pk)
    assert list(upload.files.values_list("entry", "verdict")) == [(n, "imported") for n in range(1, 11)]


def test_a_file_that_kills_every_worker_is_given_up(study, people, received, monkeypatch):
    upload = received(study, people.dora, [dicom.part10(dicom.image())])

    def deadly(*_, **__):
        raise Killed

    monkeypatch.setattr(Batch, "read", deadly)
    for _ in range(MAX_TRIES + 1):
        Upload.objects.update(lease_until=None)
        try:
            intake.import_upload(upload.pk)
        except Killed:
            continue
    assert upload.files.get().reason == "broken"
    assert Upload.objects.get().state == UploadState.REJECTED


def test_a_file_that_died_with_its_batch_is_tried_again_alone(study, people, received, monkeypatch):
    upload = received(study, people.dora, dicom.exam().values())
    killed_at(monkeypatch, 2)
    with pytest.raises(Killed):
        intake.import_upload(upload.pk)
    assert [len(intake.next_batch(upload)) for _ in range(2)] == [1, 1]


def test_what_the_database_refuses_costs_one_file(study, people, imported, monkeypatch):
    real = filing.instance

    def with_a_number_too_large(one, **options):
        made = real(one, **options)
        made.plane_bytes = 2**40 if one.copy.geometry.position[0] == -56 else made.plane_bytes
        return made

    monkeypatch.setattr(filing, "instance", with_a_number_too_large)
    upload = imported(study, people.dora, dicom.stack(n=3).values())
    assert list(upload.files.order_by("number").values_list("reason", flat=True)) == ["", "broken", ""]
    assert Instance.objects.count() == 2


def test_a_full_disk_stops_the_import_instead_of_refusing_files(study, people, received, monkeypatch):
    upload = received(study, people.dora, [dicom.part10(dicom.image())])

    def full(*_):
        raise OSError("no space left")

    with monkeypatch.context() as changed:
        changed.setattr(storage.Writer, "add", full)
        for _ in range(MAX_TRIES + 2):
            Upload.objects.update(lease_until=None)
            with pytest.raises(OSError, match="no space"):
                intake.import_upload(upload.pk)
    assert (upload.files.get().verdict, upload.files.get().tries) == (Verdict.PENDING, 0)
    assert storage.quarantine(upload.code).joinpath("0").exists()
    Upload.objects.update(lease_until=None)
    intake.import_upload(upload.pk)
    assert upload.files.get().verdict == Verdict.IMPORTED


def test_a_known_file_is_not_opened_again(study, people, imported, monkeypatch):
    imported(study, people.dora, dicom.exam().values())

    def opened(*_):
        raise AssertionError("it was opened")

    monkeypatch.setattr(Sandbox, "copies", opened)
    again = imported(study, people.dora, dicom.exam().values())
    assert set(again.files.values_list("verdict", flat=True)) == {Verdict.DUPLICATE}


def test_an_image_that_cannot_be_taken_leaves_no_empty_case(study, people, imported):
    imported(study, people.dora, [dicom.part10(dicom.image())])
    elsewhere = dicom.image(pixels=dicom.noise(99))
    elsewhere.StudyInstanceUID = f"{dicom.ROOT}.77"
    assert imported(study, people.dora, [dicom.part10(elsewhere)]).files.get().reason == "mixed_up"
    assert (Case.objects.count(), Exam.objects.count(), Subject.objects.count()) == (1, 1, 1)


def test_a_series_lies_in_one_file_from_the_middle_outwards(study, people, imported):
    imported(study, people.dora, dicom.stack(n=5).values())
    series = Series.objects.get()
    slices = list(series.instances.order_by("offset"))
    assert {one.object_sha256 for one in slices} == {series.packed_sha256}
    assert [one.position[0] for one in slices] == [-52, -48, -56, -44, -60]
    assert sum(one.plane_bytes for one in slices) == (storage.images() / series.packed_sha256).stat().st_size


def test_late_slices_are_packed_with_the_rest(study, people, imported):
    files = list(dicom.stack(n=5).values())
    imported(study, people.dora, files[:2])
    imported(study, people.dora, files[2:])
    series = Series.objects.get()
    assert set(series.instances.values_list("object_sha256", flat=True)) == {series.packed_sha256}


def test_what_packing_left_over_is_pruned(study, people, imported, data_folder):
    imported(study, people.dora, dicom.exam().values())
    assert intake.prune(now=timezone.now() + timedelta(hours=2)) == 1
    kept = {path.name for path in (data_folder / "images").rglob("*") if path.is_file()}
    assert kept == set(Series.objects.values_list("packed_sha256", flat=True))


def of_exam(exam: int, **changes: str) -> bytes:
    image = dicom.image(exam=exam, index=7)
    for keyword, value in changes.items():
        setattr(image, keyword, value)
    return dicom.part10(image)


def test_an_image_cannot_slip_into_an_allotted_exam_by_naming_its_series(study, people, imported):
    imported(study, people.dora, dicom.exam(exam=1).values())
    Case.objects.update(state=CaseState.ALLOTTED)
    forged = of_exam(2, SeriesInstanceUID=f"{dicom.ROOT}.1.1")
    assert imported(study, people.dora, [forged]).files.get().reason == "mixed_up"
    assert Case.objects.get().state == CaseState.ALLOTTED
    assert Instance.objects.count() == 10


def test_a_known_image_of_another_exam_is_no_duplicate(study, people, imported):
    imported(study, people.dora, [dicom.part10(dicom.image())])
    forged = dicom.image()
    forged.StudyInstanceUID, forged.SeriesInstanceUID = f"{dicom.ROOT}.2", f"{dicom.ROOT}.2.1"
    assert imported(study, people.dora, [dicom.part10(forged)]).files.get().reason == "mixed_up"


def test_an_exam_is_of_one_patient(study, people, imported):
    imported(study, people.dora, dicom.exam().values())
    assert imported(study, people.dora, [of_exam(1, PatientID="SECOND")]).files.get().reason == "mixed_up"


def test_a_file_that_was_lost_on_the_disk_costs_one_file(study, people, received, verdicts):
    upload = received(study, people.dora, dicom.exam().values())
    storage.quarantine(upload.code).joinpath("3").unlink()
    intake.import_upload(upload.pk)
    assert [reason for *_, reason in verdicts(upload)] == ["", "", "", "lost", *[""] * 6]
    assert Upload.objects.get().state == UploadState.PARTLY


def test_echoes_that_jitter_are_one_series(study, people, imported):
    images = [dicom.image(index=index) for index in range(6)]
    for index, image in enumerate(images):
        image.EchoTime = 60 + 0.02 * (index % 2)
    imported(study, people.dora, [dicom.part10(image) for image in images])
    assert Series.objects.get().instances.count() == 6
