"""Reading copies as DICOM files: conforming, new from the first byte, with the markers and nothing else."""

import io
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from pydicom import dcmread

from studies import part10
from studies.deidentify import reading_copy, study_key
from studies.dicom import read
from studies.multiframe import slices
from studies.rulebook import RULES
from tests import canaries, dicom, real

ROOT = Path(__file__).parents[2]
KEY = study_key("a secret", "STUDYCODE")


def copies_of(path):
    return [reading_copy(flat, pixels, key=KEY) for flat, pixels in slices(read(path))]


@pytest.fixture
def one(tmp_path):
    path = tmp_path / "one"
    path.write_bytes(dicom.part10(dicom.image()))
    return copies_of(path)[0]


def reread(copy, **options):
    return dcmread(io.BytesIO(part10.write(part10.dataset(copy, patient="S-01", **options))))


def errors_in(paths) -> list[str]:
    """What dciodvfy finds wrong; warnings are not errors."""
    verifier = Path(sys.executable).parent / "dciodvfy"
    said = [subprocess.run([verifier, "-new", path], capture_output=True, text=True, check=False) for path in paths]
    return [line for one in said for line in (one.stdout + one.stderr).splitlines() if line.startswith("Error")]


def test_the_image_is_the_same(one):
    written = reread(one)
    assert np.array_equal(written.pixel_array, part10.pixels(one))
    assert [float(part) for part in written.ImagePositionPatient] == list(one.geometry.position)
    assert float(written.InversionTime) == 160
    assert list(written.ScanningSequence) == ["SE", "IR"]


def test_it_is_read_again_as_the_image_it_was(one, tmp_path):
    (tmp_path / "again").write_bytes(part10.write(part10.of(one)))
    again = copies_of(tmp_path / "again")[0]
    assert (again.geometry, again.parameters, again.pixels_sha256) == (one.geometry, one.parameters, one.pixels_sha256)
    assert again.plane == one.plane


def test_it_carries_the_markers(one):
    written = reread(one)
    assert written.PatientIdentityRemoved == "YES"
    assert written.LongitudinalTemporalInformationModified == "REMOVED"
    assert [item.CodeValue for item in written.DeidentificationMethodCodeSequence] == ["113100", "113103"]
    assert RULES.digest.startswith(written.DeidentificationMethod[2].removeprefix("policy "))
    assert written.ContributingEquipmentSequence[0].PurposeOfReferenceCodeSequence[0].CodeValue == "109104"
    assert "BurnedInAnnotation" not in written


def test_preamble_and_file_meta_are_new(one):
    content = part10.write(part10.of(one))
    assert content[:132] == b"\0" * 128 + b"DICM"
    meta = dcmread(io.BytesIO(content)).file_meta
    assert meta.ImplementationClassUID == part10.IMPLEMENTATION
    assert meta.MediaStorageSOPInstanceUID == one.instance_uid
    assert "SourceApplicationEntityTitle" not in meta


def test_the_patient_is_the_pseudonym_alone(one):
    written = reread(one)
    assert written.PatientID == str(written.PatientName) == "S-01"
    assert written.PatientBirthDate == written.PatientSex == written.StudyDate == ""


def test_a_pseudonym_may_hold_any_letter(one):
    written = dcmread(io.BytesIO(part10.write(part10.dataset(one, patient="Prüfling-1"))))
    assert written.PatientID == "Prüfling-1"


def test_the_number_is_the_one_of_the_geometry(one):
    assert reread(one, number=7).InstanceNumber == 7
    assert reread(one).InstanceNumber is None


def test_that_a_contrast_medium_was_given_is_said_but_not_which(one):
    assert "ContrastBolusAgent" not in reread(one)
    assert reread(replace(one, has_contrast=True)).ContrastBolusAgent == "CONTRAST"


def test_a_scale_is_written_where_there_is_one(one):
    assert "RescaleSlope" not in reread(one)
    written = reread(replace(one, slope=2.5, intercept=-10.0))
    assert (written.RescaleSlope, written.RescaleIntercept) == (2.5, -10)


def test_an_inversion_without_its_code_is_not_lost(one):
    assert list(reread(replace(one, sequences=["SE"])).ScanningSequence) == ["SE", "IR"]


def test_the_same_copy_gives_the_same_bytes(one):
    assert part10.write(part10.of(one)) == part10.write(part10.of(one))


def test_the_version_is_the_one_of_the_project():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == part10.VERSION


@pytest.mark.parametrize(
    "change",
    [
        {}, {"sequences": []}, {"sequences": ["SE"], "parameters": {}}, {"sequences": ["GR"], "is_3d": True},
        {"has_contrast": True}, {"slope": 0.0012345, "intercept": -3.25}, {"parameters": {"inversion_time_ms": 0.0}},
        {"low": 5.0, "high": 5.0},
    ],
)  # fmt: skip
def test_it_conforms(one, tmp_path, change):
    (tmp_path / "written").write_bytes(part10.write(part10.of(replace(one, **change))))
    assert errors_in([tmp_path / "written"]) == []


def deidentify(folder, out, *, study) -> list[str]:
    said = io.StringIO()
    call_command("deidentify", str(folder), str(out), study=study, stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture
def folder(tmp_path):
    """Files of three vendors in which everything names somebody, and one that is no image."""
    from studies.dicom import quiet

    folder = tmp_path / "Kanarienvogel"
    for vendor in ("siemens", "ge", "philips enhanced"):
        (folder / vendor).mkdir(parents=True)
        with quiet():
            made = canaries.files(vendor)
        for name, content in list(made.items())[:3]:
            (folder / vendor / name).write_bytes(content)
    (folder / "letter.txt").write_text("Dear Mr Kanarienvogel")
    return folder


def test_the_command_writes_files_that_conform_and_name_nobody(study, folder, tmp_path):
    said = deidentify(folder, tmp_path / "out", study=study.code)
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert written
    assert errors_in(written) == []
    for path in written:
        assert canaries.found(path.read_bytes()) == []
    everything = "\n".join([*said, *(str(path.relative_to(tmp_path / "out")) for path in written)])
    assert canaries.found(everything.encode()) == []


def test_the_command_says_what_became_of_each_file(study, folder, tmp_path):
    said = deidentify(folder, tmp_path / "out", study=study.code)
    assert len(said) == 1 + sum(path.is_file() for path in folder.rglob("*"))
    assert any(line.startswith("refused") and line.endswith("This is not a DICOM file.") for line in said)
    assert "1 refused" in said[-1]


def test_the_same_folder_gives_the_same_files(study, folder, tmp_path):
    found = []
    for out in (tmp_path / "first", tmp_path / "second"):
        deidentify(folder, out, study=study.code)
        found.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert found[0] == found[1]


def test_slices_are_numbered_by_where_they_lie(study, tmp_path):
    (tmp_path / "in").mkdir()
    for index in (2, 0, 1):
        (tmp_path / "in" / f"{9 - index}").write_bytes(dicom.part10(dicom.image(index=index)))
    deidentify(tmp_path / "in", tmp_path / "out", study=study.code)
    written = [dcmread(path) for path in (tmp_path / "out").rglob("*.dcm")]
    ordered = sorted(written, key=lambda one: one.ImagePositionPatient[0])
    assert [one.InstanceNumber for one in ordered] == [1, 2, 3]


def test_the_same_uid_with_other_pixels_is_refused(study, tmp_path):
    (tmp_path / "in").mkdir()
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / "in" / name).write_bytes(dicom.part10(dicom.image(pixels=dicom.noise(seed))))
    said = deidentify(tmp_path / "in", tmp_path / "out", study=study.code)
    assert [line.split()[0] for line in said[:3]] == ["written", "duplicate", "refused"]


@pytest.mark.django_db
def test_an_unknown_study_is_said(tmp_path):
    with pytest.raises(CommandError, match="no study"):
        deidentify(tmp_path, tmp_path / "out", study="NOSUCH")


def test_files_are_never_written_among_the_originals(study, folder):
    with pytest.raises(CommandError, match="outside"):
        deidentify(folder, folder / "out", study=study.code)


@pytest.mark.parametrize(
    "name", ["hitachi-lspine-stir-t1-t2", "multivendor-headers", "siemens-one-image-nine-encodings"]
)
def test_real_images_conform_when_written(name, tmp_path):
    paths = sorted(path for path in real.folder(name).rglob("*") if path.suffix in ("", ".dcm") and path.is_file())
    written = []
    for path in [path for path in paths if path.name != "DICOMDIR" and "LICENSE" not in path.name][::9]:
        (tmp_path / path.name).write_bytes(part10.write(part10.of(copies_of(path)[0])))
        written.append(tmp_path / path.name)
    assert errors_in(written) == []
