"""The phantom: the same seed is the same neck, what is planted is seen, and what is written is sound DICOM."""

import json
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.uid import MRImageStorage

from demo.phantom import Finding, Lesion, Phantom, simulate, write_dicom
from demo.phantom.__main__ import main

SIZE, N_SLICES = 96, 5


@cache
def neck(*lesions: str, seed: int = 7) -> Phantom:
    return simulate(seed, [Lesion.parse(text) for text in lesions], size=SIZE, n_slices=N_SLICES)


def only_finding(phantom: Phantom) -> Finding:
    (finding,) = phantom.truth
    return finding


def change_at(finding: Finding, kind: str) -> float:
    """How many times as bright a series is at a lesion as the same place of the same neck without it.

    Not for a lesion of a whole body: where it starts is drawn, and that moves the picture.
    """
    assert finding.extent
    row, column = (int(coordinate) for coordinate in finding.extent.centre)
    place = (finding.extent.best_slice, slice(row - 1, row + 2), slice(column - 1, column + 2))
    with_lesion, without = getattr(neck(str(finding.lesion)), kind), getattr(neck(), kind)
    return float(with_lesion[place].mean() / without[place].mean())


def test_the_same_seed_gives_the_same_pixels():
    again = simulate(7, size=SIZE, n_slices=N_SLICES)
    assert np.array_equal(again.stir, neck().stir)
    assert np.array_equal(again.t1, neck().t1)


def test_another_seed_gives_another_neck():
    assert not np.array_equal(neck().t1, neck(seed=8).t1)


def test_volumes_are_12_bit_slices_of_rows_and_columns():
    for volume in (neck().stir, neck().t1):
        assert volume.shape == (N_SLICES, SIZE, SIZE)
        assert volume.dtype == np.uint16
        assert 500 < volume.max() <= 4095


@pytest.mark.parametrize("site", ["C5.body.centre:2", "C4.body.sup_ant:3"])
def test_oedema_is_brighter_on_stir_and_darker_on_t1(site):
    finding = only_finding(neck(site))
    assert change_at(finding, "stir") > 1.5
    assert change_at(finding, "t1") < 0.9


def test_fat_is_brighter_on_t1_only():
    finding = only_finding(neck("fat:C5.body.centre:3"))
    assert change_at(finding, "t1") > 1.2
    assert change_at(finding, "stir") < 1.1


def test_the_truth_lists_what_was_planted_where_it_was_planted():
    phantom = neck("C5.body:2")
    finding = only_finding(phantom)
    assert finding.lesion == Lesion("C5.body", 2)
    assert finding.is_visible
    assert np.allclose(finding.extent.centre, phantom.body_centres["C5"], atol=4)


@pytest.mark.parametrize(("grade", "low", "high"), [(1, 0.05, 1 / 3), (2, 1 / 3, 2 / 3), (3, 2 / 3, 1)])
def test_a_grade_fills_its_third_of_the_body(grade, low, high):
    assert low < only_finding(neck(f"C5.body:{grade}")).fraction_of_unit < high


def test_a_lesion_beside_the_picture_is_listed_as_not_visible():
    assert not only_finding(neck("C4/5.facet.L:2")).is_visible


@pytest.mark.parametrize(
    ("text", "lesion"),
    [
        ("C5.body:3", Lesion("C5.body", 3)),
        ("C7/T1.facet.R", Lesion("C7/T1.facet.R", 2)),
        ("fat:C3.body.inf_post.L:1", Lesion("C3.body.inf_post.L", 1, "fat")),
    ],
)
def test_a_lesion_is_read_from_text(text, lesion):
    assert Lesion.parse(text) == lesion


@pytest.mark.parametrize("text", ["", "C5", "C9.body:1", "C5.body:4", "C4/6.facet.L", "C4/5.facet", "C5.body.up"])
def test_a_lesion_nobody_could_plant_is_refused(text):
    with pytest.raises(ValueError, match="is no lesion"):
        Lesion.parse(text)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dicom")
    return [pydicom.dcmread(path) for path in write_dicom(neck(), folder, subject="DEMO-0001")]


def series(written, number):
    return [image for image in written if image.SeriesNumber == number]


def test_every_file_is_mr_with_the_pixels_of_its_slice(written):
    assert {image.SOPClassUID for image in written} == {MRImageStorage}
    assert np.array_equal([image.pixel_array for image in series(written, 3)], neck().stir)
    assert np.array_equal([image.pixel_array for image in series(written, 4)], neck().t1)


def test_uids_are_distinct_by_image_and_series_within_one_study(written):
    assert len({image.SOPInstanceUID for image in written}) == 2 * N_SLICES
    assert len({image.SeriesInstanceUID for image in written}) == 2
    assert len({image.StudyInstanceUID for image in written}) == 1
    assert all(image.SOPInstanceUID == image.file_meta.MediaStorageSOPInstanceUID for image in written)


@pytest.mark.parametrize("other", [{"subject": "DEMO-0002"}, {"visit": "V2"}, {"date": "20250115"}])
def test_another_examination_shares_no_uid(written, tmp_path, other):
    paths = write_dicom(neck(), tmp_path, **({"subject": "DEMO-0001"} | other))
    uids = {pydicom.dcmread(path).SOPInstanceUID for path in paths}
    assert not uids & {image.SOPInstanceUID for image in written}


def test_a_neck_with_a_lesion_shares_no_uid_with_the_same_neck_without(written, tmp_path):
    other = replace(neck(), lesions=(Lesion("C5.body"),))
    paths = write_dicom(other, tmp_path, subject="DEMO-0001")
    assert pydicom.dcmread(paths[0]).SOPInstanceUID not in {image.SOPInstanceUID for image in written}


def test_both_series_lie_on_the_same_sagittal_grid(written):
    stir, t1 = series(written, 3), series(written, 4)
    assert [image.ImagePositionPatient for image in stir] == [image.ImagePositionPatient for image in t1]
    assert {tuple(image.ImageOrientationPatient) for image in written} == {(0, 1, 0, 0, 0, -1)}
    assert len({(image.FrameOfReferenceUID, *image.PixelSpacing) for image in written}) == 1


def test_slices_run_from_right_to_left_one_spacing_apart(written):
    positions = [float(image.ImagePositionPatient[0]) for image in series(written, 3)]
    assert np.allclose(np.diff(positions), written[0].SpacingBetweenSlices, atol=1e-3)


def test_a_pixel_lies_where_the_header_says(written):
    """The truth's position in mm, found again from the headers alone."""
    extent = only_finding(neck("C5.body.centre:2")).extent
    image = series(written, 3)[extent.best_slice]
    (row, column), (x, y, z) = extent.centre, map(float, image.ImagePositionPatient)
    row_spacing, column_spacing = map(float, image.PixelSpacing)
    assert np.allclose(extent.position_mm, (x, y + column * column_spacing, z - row * row_spacing), atol=0.1)


def test_headers_tell_stir_from_t1(written):
    stir, t1 = series(written, 3)[0], series(written, 4)[0]
    assert stir.InversionTime == 160
    assert "InversionTime" not in t1
    assert t1.RepetitionTime < 1000 < stir.RepetitionTime


def test_headers_carry_identifiers_that_are_plainly_invented(written):
    assert {image.PatientID for image in written} == {"DEMO-0001"}
    assert {image.Manufacturer for image in written} == {"SYNTHETIC PHANTOM"}


def test_the_command_writes_images_and_the_truth(tmp_path: Path, monkeypatch, capsys):
    options = ["--seed", "7", "--lesion", "C5.body:2", "--size", "64", "--slices", "3", "--subject", "DEMO-0009"]
    monkeypatch.setattr(sys, "argv", ["demo.phantom", str(tmp_path), *options])
    main()
    truth = json.loads((tmp_path / "truth.json").read_text())
    assert (truth["subject"], truth["findings"][0]["site"]) == ("DEMO-0009", "C5.body")
    assert len(list(tmp_path.glob("*/*.dcm"))) == 6
    assert "6 images" in capsys.readouterr().out


def test_the_command_says_how_a_lesion_is_written(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["demo.phantom", "out", "--lesion", "C9.body"])
    with pytest.raises(SystemExit):
        main()
    assert "Write for example C5.body:2" in capsys.readouterr().err
