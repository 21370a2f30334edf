import json
import re

import pytest

from studies.deidentify import keyed_uid, reading_copy, study_key
from studies.dicom import read
from studies.errors import Refused
from studies.multiframe import slices
from tests import dicom, real

KEY = study_key("a secret", "STUDYCODE")
UIDS = ("exam_uid", "series_uid", "instance_uid", "frame")


def copy_of(tmp_path, dataset, *, key=KEY):
    path = tmp_path / "file"
    path.write_bytes(dicom.part10(dataset))
    return opened(path, key=key)


def opened(path, *, key=KEY):
    ((flat, pixels),) = slices(read(path))
    return reading_copy(flat, pixels, key=key)


def words(copy) -> str:
    """Everything in a reading copy but the pixels, as text."""
    return copy.header().decode()


def test_nothing_of_the_header_remains(tmp_path):
    found = words(copy_of(tmp_path, dicom.image()))
    assert [canary for canary in dicom.CANARIES if canary in found] == []


def test_every_string_that_remains_is_a_keyed_code_or_a_code_of_the_closed_set(tmp_path):
    strings = list(strings_of(json.loads(words(copy_of(tmp_path, dicom.image())))))
    rest = [one for one in strings if not re.fullmatch(r"2\.25\.\d+|[0-9a-f]{64}", one)]
    assert rest == ["SE", "IR", "", ""]  # sex and vendor are not said


def strings_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings_of(one)


@pytest.mark.parametrize("name", UIDS)
def test_keyed_uids_are_valid_uids(tmp_path, name):
    uid = getattr(copy_of(tmp_path, dicom.image()), name)
    assert re.fullmatch(r"2\.25\.[1-9]\d{0,38}", uid)


def test_the_same_file_always_maps_to_the_same_place(tmp_path):
    assert words(copy_of(tmp_path, dicom.image())) == words(copy_of(tmp_path, dicom.image()))


def test_another_study_maps_it_elsewhere(tmp_path):
    other = copy_of(tmp_path, dicom.image(), key=study_key("a secret", "OTHERCODE"))
    this = copy_of(tmp_path, dicom.image())
    assert not {getattr(this, name) for name in UIDS} & {getattr(other, name) for name in UIDS}
    assert this.subject_key != other.subject_key


def test_equal_uids_of_two_kinds_never_look_equal():
    assert keyed_uid(KEY, "exam", "1.2.3") != keyed_uid(KEY, "series", "1.2.3")


def test_without_the_key_a_uid_cannot_be_recomputed():
    assert keyed_uid(KEY, "exam", "1.2.3") != keyed_uid(study_key("another", "STUDYCODE"), "exam", "1.2.3")


def test_exams_of_one_patient_meet(tmp_path):
    first, second = (copy_of(tmp_path, dicom.image(exam=exam)) for exam in (1, 2))
    assert first.subject_key == second.subject_key
    assert first.exam_uid != second.exam_uid


def test_the_same_number_from_two_hospitals_is_two_people(tmp_path):
    here, there = dicom.image(), dicom.image()
    here.IssuerOfPatientID, there.IssuerOfPatientID = "A", "B"
    assert copy_of(tmp_path, here).subject_key != copy_of(tmp_path, there).subject_key


def test_without_a_patient_id_every_exam_is_a_person_of_its_own(tmp_path):
    one, same, other = (copy_of(tmp_path, dicom.image(patient="", exam=exam, index=exam)) for exam in (1, 1, 2))
    assert one.subject_key == same.subject_key != other.subject_key


def test_a_patient_is_the_same_in_whichever_character_set_the_number_is_written(tmp_path):
    keys = set()
    for characters in (["ISO 2022 IR 13", "ISO 2022 IR 87"], "ISO_IR 192", ["", "ISO 2022 IR 87"]):
        dataset = dicom.image(patient="山田-4711")
        dataset.SpecificCharacterSet = characters
        keys.add(copy_of(tmp_path, dataset).subject_key)
    assert len(keys) == 1


@pytest.mark.parametrize("characters", ["ISO_IR 192", ["", "ISO 2022 IR 87"]])
def test_two_patients_whose_numbers_cannot_be_decoded_stay_two(tmp_path, characters):
    """Latin letters under the name of another character set: both would read as the same replacement character."""
    found = []
    for letter in (b"\xfc", b"\xe4"):
        dataset, path = dicom.image(patient="M?ller12"), tmp_path / "file"
        dataset.SpecificCharacterSet = characters
        path.write_bytes(dicom.part10(dataset).replace(b"M?ller12", b"M" + letter + b"ller12"))
        found.append(opened(path).subject_key)
    assert len(set(found)) == 2


def test_series_of_one_exam_share_a_frame(tmp_path):
    assert copy_of(tmp_path, dicom.image(series=1)).frame == copy_of(tmp_path, dicom.image(series=2)).frame


def test_a_series_without_a_frame_is_linked_to_none(tmp_path):
    frames = set()
    for series in (1, 2):
        dataset = dicom.image(series=series)
        del dataset.FrameOfReferenceUID
        frames.add(copy_of(tmp_path, dataset).frame)
    assert len(frames) == 2


def test_the_planes_of_a_localizer_become_stacks_of_their_own(tmp_path):
    planes = [copy_of(tmp_path, dicom.image(plane=plane)) for plane in ("sagittal", "axial", "coronal")]
    assert len({copy.series_uid for copy in planes}) == 3


def test_the_echoes_of_one_series_become_stacks_of_their_own(tmp_path):
    first, second = dicom.image(role="T2"), dicom.image(role="T2")
    second.EchoTime = 20
    assert copy_of(tmp_path, first).series_uid != copy_of(tmp_path, second).series_uid


def test_parameters_are_rounded_numbers(tmp_path):
    dataset = dicom.image()
    dataset.RepetitionTime = "4000.123456789"
    assert copy_of(tmp_path, dataset).parameters["repetition_time_ms"] == 4000.12


def test_a_number_beyond_physics_is_not_kept(tmp_path):
    """A hospital number typed into Flip Angle (0018,1314) must not survive."""
    dataset = dicom.image()
    dataset.FlipAngle = "19610203"
    assert "flip_angle_deg" not in copy_of(tmp_path, dataset).parameters


def test_a_scanning_sequence_outside_the_closed_set_is_not_kept(tmp_path):
    dataset = dicom.image()
    dataset.ScanningSequence = ["SE", "PIEPMATZ"]
    assert copy_of(tmp_path, dataset).sequences == ["SE"]


@pytest.mark.parametrize("keyword", ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"])
def test_it_refuses_an_image_that_belongs_nowhere(tmp_path, keyword):
    dataset = dicom.image()
    setattr(dataset, keyword, "")
    with pytest.raises(Refused, match="no_identity"):
        copy_of(tmp_path, dataset)


def test_real_series_keep_their_roles_and_their_slices_together():
    """A lumbar study of a low-field scanner; its axial slices follow the discs and stay one series all the same."""
    from collections import Counter

    from studies.geometry import plane
    from studies.physics import recognise

    folder = real.folder("hitachi-lspine-stir-t1-t2") / "DCMDT"
    copies = [opened(path) for path in sorted(folder.iterdir())]
    found = Counter(
        (
            copy.series_uid,
            recognise(copy.parameters, copy.sequences, has_contrast=False).role,
            plane(copy.geometry.slice_normal),
        )
        for copy in copies
    )
    assert sorted((role, plane, n) for (_, role, plane), n in found.items()) == [
        ("STIR", "sagittal", 11),
        ("T1", "axial", 17),
        ("T1", "sagittal", 11),
        ("T2", "axial", 17),
        ("T2", "sagittal", 11),
    ]
