import numpy as np
import pytest

from studies.decoding import announced_size, decode
from studies.dicom import read
from studies.errors import Refused
from tests import dicom, real


def decoded(path, dataset):
    path.write_bytes(dicom.part10(dataset))
    return decode(read(path))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file"


def test_pixels_come_out_as_they_went_in(path):
    pixels = dicom.noise(1)
    assert np.array_equal(decoded(path, dicom.image(pixels=pixels)), pixels)


def test_signed_pixels_keep_their_sign(path):
    pixels = dicom.noise(1).astype(np.int16) - 2048
    found = decoded(path, dicom.image(pixels=pixels))
    assert found.dtype == np.int16
    assert np.array_equal(found, pixels)


def test_a_sign_in_12_of_16_bits_is_understood(path):
    pixels = dicom.noise(1).astype(np.int16) - 2048
    dataset = dicom.image(pixels=pixels)
    dataset.PixelData = (pixels.view(np.uint16) & 0x0FFF).tobytes()
    assert np.array_equal(decoded(path, dataset), pixels)


def test_what_old_scanners_put_above_the_stored_bits_is_dropped(path):
    pixels = dicom.noise(1)
    dataset = dicom.image(pixels=pixels)
    dataset.PixelData = (pixels | 0x8000).tobytes()
    assert np.array_equal(decoded(path, dataset), pixels)


def test_8_bits_are_widened(path):
    pixels = dicom.noise(1).astype(np.uint8)
    found = decoded(path, dicom.image(pixels=pixels))
    assert found.dtype == np.uint16
    assert np.array_equal(found, pixels)


def test_monochrome1_is_turned_so_that_low_is_dark(path):
    dataset = dicom.image(pixels=dicom.noise(1))
    dataset.PhotometricInterpretation = "MONOCHROME1"
    assert np.array_equal(decoded(path, dataset), 4095 - dicom.noise(1))


def test_signed_monochrome1_stays_within_its_range(path):
    pixels = dicom.noise(1).astype(np.int16) - 2048
    dataset = dicom.image(pixels=pixels)
    dataset.PhotometricInterpretation = "MONOCHROME1"
    assert np.array_equal(decoded(path, dataset), -1 - pixels)


def test_too_few_pixels_are_broken(path):
    dataset = dicom.image()
    dataset.PixelData = dataset.PixelData[:-2]
    with pytest.raises(Refused, match="broken"):
        decoded(path, dataset)


def test_nine_encodings_of_one_image_decode_to_the_same_pixels():
    """3.dcm is big endian, which Dens refuses; the other eight must agree to the pixel."""
    folder = real.folder("siemens-one-image-nine-encodings")
    found = [decode(read(folder / f"{n}.dcm")) for n in (1, 2, 4, 5, 6, 7, 8, 9)]
    assert all(np.array_equal(one, found[0]) for one in found)
    assert (found[0].shape, int(found[0].max())) == ((384, 384), 2362)
    with pytest.raises(Refused, match="unsupported_encoding"):
        read(folder / "3.dcm")


@pytest.mark.parametrize("n", [5, 7, 9])
def test_a_stream_that_announces_more_than_the_header_is_broken(path, n):
    """A codec allocates what the stream announces: 60,000 x 60,000 would take gigabytes."""
    content = bytearray((real.folder("siemens-one-image-nine-encodings") / f"{n}.dcm").read_bytes())
    pixel_data = content.index(b"\xe0\x7f\x10\x00")
    if n == 9:
        at = content.index(b"\xff\x4f\xff\x51", pixel_data) + 8
        content[at : at + 8] = (60_000).to_bytes(4, "big") * 2
    else:
        marker = b"\xff\xc3" if n == 5 else b"\xff\xf7"
        at = content.index(marker, pixel_data) + 5
        content[at : at + 4] = b"\xea\x60\xea\x60"
    path.write_bytes(content)
    with pytest.raises(Refused, match="broken"):
        decode(read(path))


def test_a_stream_without_a_frame_header_is_broken():
    with pytest.raises(Refused, match="broken"):
        announced_size(b"\xff\xd8\xff\xe0\x00\x04ab\x00\x00")
