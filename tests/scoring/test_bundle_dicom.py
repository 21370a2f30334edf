"""Structured reports and key objects: read back by highdicom, checked by dciodvfy, nothing of an original in them."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import highdicom
import pytest
from pydicom import dcmread

from scoring.bundle import writing
from scoring.bundle.key_objects import KeyObjects
from scoring.bundle.reports import Reports
from scoring.dossier import SignatureRecord
from tests.scoring import made_up_dossier as made_up


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    writing.write(folder, made_up.header(2), made_up.cases(2), chosen=[Reports(), KeyObjects()])
    return folder / "dicom"


@pytest.fixture(scope="module")
def case():
    return made_up.case(0)


@pytest.fixture(scope="module")
def report(written):
    return highdicom.sr.srread(written / "sr" / "R0000000.dcm")


def group(report, item):
    groups = report.content.get_image_measurement_groups()
    return next(one for one in groups if one.tracking_identifier == item)


def reading(case, code="R0000000"):
    return next(one for one in case.readings if one.code == code)


def test_dciodvfy_finds_no_error(written):
    verifier = Path(sys.executable).parent / "dciodvfy"
    paths = sorted(written.rglob("*.dcm"))
    assert len(paths) > 6
    for path in paths:
        said = subprocess.run([verifier, "-new", path], capture_output=True, text=True, check=False)
        lines = (said.stdout + said.stderr).splitlines()
        assert [line for line in lines if line.startswith("Error")] == [], path.name
        assert any(line in ("Comprehensive3DSR", "KeyObjectSelectionDocument") for line in lines)


def test_each_signed_reading_is_a_report_of_tid_1500(written, case):
    assert {path.stem for path in (written / "sr").iterdir()} >= {one.code for one in case.signed}
    written_one = dcmread(written / "sr" / "S0000000.dcm")
    assert written_one.ContentTemplateSequence[0].TemplateIdentifier == "1500"
    assert written_one.SOPClassUID.name == "Comprehensive 3D SR Storage"


def test_every_grade_is_a_measurement_of_its_site(report, case):
    for answer in reading(case).answers:
        if answer.grade is not None:
            found = group(report, answer.item)
            [measured] = found.get_measurements()
            assert measured.value == answer.grade
            assert found.finding_sites[0].value.meaning == "Cervical spine"
            assert found.finding_sites[0].topographical_modifier.value == answer.item


def test_not_assessable_is_no_number_but_a_reason(report):
    found = group(report, "VB_C4")
    assert found.get_measurements() == []
    [evaluated] = found.get_qualitative_evaluations()
    assert (evaluated.name.meaning, evaluated.value.meaning) == ("Not assessable", "Artefact")


def test_a_pin_is_a_point_in_the_frame_of_its_series_on_its_image(report, case):
    pin = reading(case).pins[0]
    [measured] = group(report, pin.item).get_measurements()
    [point] = measured.referenced_coordinates
    assert point.GraphicData == list(pin.point)
    series = case.exam.series[pin.series - 1]
    assert point.ReferencedFrameOfReferenceUID == series.frame
    [image] = [one for one in group(report, pin.item)[0].ContentSequence if one.ValueType == "IMAGE"]
    assert image.ReferencedSOPSequence[0].ReferencedSOPInstanceUID == series.slices[pin.slice - 1].uid


def test_the_sums_come_last(report):
    last = report.content.get_image_measurement_groups()[-1]
    assert ("Total score, 0 to 57", 22) in [(one.name.meaning, one.value) for one in last.get_measurements()]


def test_a_self_check_reports_only_what_was_asked(written):
    report = highdicom.sr.srread(written / "sr" / "U0000000.dcm")
    assert [one.tracking_identifier for one in report.content.get_image_measurement_groups()] == ["AA_C1C2", "VB_C2"]


def test_key_objects_are_the_images_that_pins_lie_on(written, case):
    document = highdicom.ko.KeyObjectSelectionDocument.from_dataset(dcmread(written / "ko" / "R0000000.dcm"))
    referenced = [one.referenced_sop_instance_uid for one in document.content.get_references()]
    first = case.exam.series[0]
    assert referenced == list(dict.fromkeys(first.slices[pin.slice - 1].uid for pin in reading(case).pins))
    assert document.resolve_reference(referenced[0]) == (case.exam.uid, first.uid, referenced[0])


def test_documents_name_the_pseudonym_and_the_time_of_the_signature(written, case):
    for name in ("sr", "ko"):
        document = dcmread(written / name / "R0000000.dcm")
        assert (document.PatientID, document.StudyInstanceUID) == (case.subject, case.exam.uid)
        assert (document.ContentDate, document.ContentTime) == ("20260302", "093015")
        assert not document.PatientBirthDate
        assert not document.StudyDate
        assert document.file_meta.ImplementationVersionName == "DENS"


def test_identifiers_follow_from_the_content(case):
    reports = Reports()
    reports.header, reports.items = made_up.header(), {item.code: item for item in made_up.ITEMS}
    one = reading(case)
    signed_anew = replace(one, signature=SignatureRecord("R1", "Mine.", "0" * 64, made_up.SIGNED_AT))
    assert reports.report(case, one) == reports.report(case, one)
    assert reports.report(case, one) != reports.report(case, signed_anew)


def test_of_a_case_without_images_there_is_no_report(tmp_path, case):
    bare = replace(case, exam=replace(case.exam, series=()), readings=(reading(case, "S0000000"),))
    writing.write(tmp_path, made_up.header(1), [bare], chosen=[Reports(), KeyObjects()])
    assert list((tmp_path / "dicom" / "sr").iterdir()) == []


def test_a_pseudonym_that_is_not_ascii_is_kept(tmp_path, case):
    writing.write(tmp_path, made_up.header(1), [replace(case, subject="Möwe 1")], chosen=[Reports()])
    assert str(dcmread(tmp_path / "dicom" / "sr" / "R0000000.dcm").PatientID) == "Möwe 1"
