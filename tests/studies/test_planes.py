import gzip

import numpy as np
import pytest

from studies.planes import decode, encode


def samples():
    random = np.random.default_rng(7)
    for kind in (np.int16, np.uint16):
        extremes = np.array([np.iinfo(kind).min, np.iinfo(kind).max, 0, 1], kind)
        yield np.zeros((16, 16), kind)
        yield np.full((17, 31), np.iinfo(kind).max, kind)
        yield random.choice(extremes, (33, 20))  # steps of the whole range in both directions
        yield random.integers(np.iinfo(kind).min, np.iinfo(kind).max, (64, 48), kind, endpoint=True)
        yield np.arange(16 * 4096, dtype=np.uint16).view(kind).reshape(16, 4096)
    yield random.integers(0, 9, (5, 1), np.uint16)


@pytest.mark.parametrize("pixels", list(samples()), ids=lambda pixels: f"{pixels.dtype}-{pixels.shape}")
def test_what_is_packed_comes_back_exactly(pixels):
    rows, columns = pixels.shape
    found = decode(encode(pixels), rows=rows, columns=columns, is_signed=pixels.dtype == np.int16)
    assert found.dtype == pixels.dtype
    assert np.array_equal(found, pixels)


def test_the_bytes_are_those_of_the_definition():
    """By hand, pixel by pixel, as the browser undoes it."""
    pixels = np.array([[5, 3, -1], [0, 32767, -32768]], np.int16)
    unpacked = gzip.decompress(encode(pixels))
    zigzag = [low | high << 8 for low, high in zip(unpacked[:6], unpacked[6:], strict=True)]
    assert zigzag == [10, 3, 7, 0, 65534, 2]  # differences 5, -2, -4, 0, 32767, 1 (modulo 2^16)


def test_the_same_pixels_always_give_the_same_bytes():
    pixels = np.arange(256, dtype=np.uint16).reshape(16, 16)
    assert encode(pixels) == encode(np.asfortranarray(pixels.copy()))


def test_a_view_of_a_larger_array_is_packed_like_a_copy():
    pixels = np.arange(1024, dtype=np.int16).reshape(32, 32)[:, ::2]
    assert encode(pixels) == encode(pixels.copy())


def test_a_plane_that_unpacks_to_more_than_its_pixels_is_not_unpacked():
    bomb = gzip.compress(bytes(50_000_000))
    assert decode(bomb, rows=4, columns=4, is_signed=False).shape == (4, 4)
