import numpy as np
import pytest
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless, RLELossless

from studies.decoding import announced_size, decode
from studies.dicom import read
from studies.errors import Refused
from studies.multiframe import frames
from studies.syntaxes import BIG_ENDIAN
from tests import dicom, hostile, real


def of_file(path):
    header = read(path)
    return decode(header, next(frames(header)))


def decoded(path, dataset):
    path.write_bytes(dicom.part10(dataset))
    return of_file(path)


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


def test_big_endian_words_are_turned(path):
    path.write_bytes(hostile.written(BIG_ENDIAN))
    assert np.array_equal(of_file(path), np.frombuffer(hostile.image().PixelData, "<u2").reshape(of_file(path).shape))


def test_big_endian_bytes_are_refused_for_they_may_be_swapped_or_not(path):
    path.write_bytes(hostile.written(BIG_ENDIAN, BitsAllocated=8, BitsStored=8, HighBit=7, Columns=48))
    with pytest.raises(Refused, match="unsupported_encoding"):
        of_file(path)


def test_an_odd_number_of_bytes_is_padded_and_read(path):
    path.write_bytes(hostile.odd_pixels())
    assert np.array_equal(of_file(path), dicom.noise(3, rows=17, columns=17).astype(np.uint8))


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless, JPEG2000Lossless])
@pytest.mark.parametrize("is_signed", [False, True])
@pytest.mark.parametrize("size", [(65, 67), (64, 80)])
def test_every_compression_gives_back_what_it_was_given(path, syntax, is_signed, size):
    pixels = dicom.noise(2, rows=size[0], columns=size[1]).astype(np.int16) - (2048 if is_signed else 0)
    dataset = dicom.image(pixels=pixels if is_signed else pixels.astype(np.uint16))
    dataset.compress(syntax, generate_instance_uid=False)
    found = decoded(path, dataset)
    assert (found.dtype == np.int16) == is_signed
    assert np.array_equal(found, pixels)


def test_too_few_pixels_are_broken(path):
    dataset = dicom.image()
    dataset.PixelData = dataset.PixelData[:-2]
    with pytest.raises(Refused, match="broken"):
        decoded(path, dataset)


def test_nine_encodings_of_one_image_decode_to_the_same_pixels():
    folder = real.folder("siemens-one-image-nine-encodings")
    found = [of_file(folder / f"{n}.dcm") for n in range(1, 10)]
    assert all(np.array_equal(one, found[0]) for one in found)
    assert (found[0].shape, int(found[0].max())) == ((384, 384), 2362)


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
        of_file(path)


def test_a_stream_without_a_frame_header_is_broken():
    with pytest.raises(Refused, match="broken"):
        announced_size(b"\xff\xd8\xff\xe0\x00\x04ab\x00\x00")
