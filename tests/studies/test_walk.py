"""A walk over bytes: it finds what is wanted, believes no length, and never touches a pixel."""

import struct

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.encaps import encapsulate
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian, RLELossless

from studies.errors import Refused
from studies.limits import Limits
from studies.walk import PIXELS, Span, Walked, walk
from tests import dicom, octets, real
from tests.octets import element, item, nested, sequence

PATIENT_ID, REFERENCED, PRIVATE, ROWS = 0x00100020, 0x00081140, 0x00091001, 0x00280010
WANTED = frozenset((PATIENT_ID, REFERENCED, ROWS))


@pytest.fixture
def walked(tmp_path):
    def of(content: bytes, **limits) -> Walked:
        path = tmp_path / "file"
        path.write_bytes(content)
        return walk(path, wanted=WANTED, limits=Limits(**limits))

    return of


@pytest.fixture
def reason(walked):
    def of(content: bytes, **limits) -> str:
        with pytest.raises(Refused) as refusal:
            walked(content, **limits)
        return refusal.value.reason

    return of


def verdict(walked, content: bytes) -> str:
    try:
        return "pixels" if walked(content).pixels else "no pixels"
    except Refused as refusal:
        return refusal.reason


def body(*elements: bytes) -> bytes:
    return octets.file(b"".join(elements))


def test_it_takes_along_what_is_wanted_and_nothing_else(walked):
    found = walked(dicom.part10(dicom.image(patient="P-1")))
    assert set(found.elements) == {PATIENT_ID, ROWS}
    assert found.elements[PATIENT_ID].value.strip() == b"P-1"


def test_it_says_where_the_pixels_lie(walked):
    dataset = dicom.image()
    content = dicom.part10(dataset)
    start, length = walked(content).pixels.whole
    assert content[start : start + length] == dataset.PixelData


def test_it_says_where_the_fragments_of_compressed_pixels_lie(walked):
    dataset = dicom.image()
    dataset.file_meta.TransferSyntaxUID = RLELossless
    dataset.PixelData = encapsulate([b"first!", b"second"])
    content = dicom.part10(dataset)
    _, *fragments = walked(content).pixels.fragments
    assert [content[start : start + length] for start, length in fragments] == [b"first!", b"second"]


def test_a_header_without_pixels_ends_without_them(walked):
    assert walked(body(element(PATIENT_ID, "LO", b"P-1 "))).pixels is None


@pytest.mark.parametrize("is_open", [False, True], ids=["of given length", "closed by a delimiter"])
def test_it_goes_into_sequences(walked, is_open):
    items = [item(element(PATIENT_ID, "LO", text), is_open=is_open) for text in (b"P-1 ", b"P-2 ")]
    found = walked(body(sequence(REFERENCED, *items, is_open=is_open), element(PATIENT_ID, "LO", b"P-0 ")))
    assert [one[PATIENT_ID].value for one in found.elements[REFERENCED].items] == [b"P-1 ", b"P-2 "]
    assert found.elements[PATIENT_ID].value == b"P-0 "


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_other_ways_of_writing_give_the_same(walked, tmp_path, syntax):
    dataset = dicom.image(patient="P-1")
    plain = walked(dicom.part10(dataset))
    dataset.file_meta.TransferSyntaxUID = syntax
    if syntax == ExplicitVRBigEndian:
        dataset["PixelData"].VR = "OB"  # pydicom does not turn the bytes of words
    dataset.save_as(
        tmp_path / "other", little_endian=syntax != ExplicitVRBigEndian, implicit_vr=syntax == ImplicitVRLittleEndian
    )
    found = walked((tmp_path / "other").read_bytes())
    assert found.elements[PATIENT_ID].value == plain.elements[PATIENT_ID].value
    assert {text for text in plain.texts if text[0] >> 16 == 0x10} <= set(found.texts)


def test_every_text_is_listed_at_any_depth_also_private_and_unknown_ones(walked):
    deep = sequence(REFERENCED, item(sequence(0x00091002, item(element(PRIVATE, "LO", b"deep")))))
    found = walked(body(deep, element(PRIVATE, "UN", b"unknown "), element(0x00111002, "OB", bytes(2000))))
    assert {(0x00091001, "LO", b"deep"), (0x00091001, "UN", b"unknown ")} <= set(found.texts)
    assert not any(len(value) > 1024 for _, _, value in found.texts)


def test_every_canary_but_those_in_pixels_is_among_the_texts(walked):
    found = walked(dicom.part10(dicom.image()))
    text = b"\n".join([found.preamble, *(value for _, _, value in found.texts)]).decode("latin-1")
    assert [canary for canary in dicom.CANARIES if canary not in text] == []


def test_the_unknown_of_undefined_length_is_a_sequence_written_implicitly(walked):
    hidden = octets.head(PATIENT_ID, "", 4) + b"P-1 "
    found = walked(body(sequence(PRIVATE, item(hidden), vr="UN", is_open=True)))
    assert (PATIENT_ID, "LO", b"P-1 ") in found.texts


def test_pixels_of_an_icon_are_not_the_pixels(walked):
    icon = octets.head(PIXELS, "OB", octets.UNDEFINED) + item(b"") + item(b"icon") + octets.head(0xFFFEE0DD, "", 0)
    found = walked(body(sequence(0x00880200, item(icon)), element(PIXELS, "OW", b"\1\2")))
    assert found.pixels.whole.length == 2


def test_the_length_of_group_2_is_not_believed(walked):
    content = bytearray(dicom.part10(dicom.image()))
    struct.pack_into("<I", content, 140, 0x7FFFFFFF)
    assert ROWS in walked(bytes(content)).elements


def test_what_lies_behind_the_pixels_is_never_read(walked):
    assert walked(dicom.part10(dicom.image()) + b"\xff" * 999).pixels


@pytest.mark.parametrize("content", [b"", b"x", bytes(131), bytes(200), b"MZ" + bytes(500)])
def test_what_has_no_mark_is_not_dicom(reason, content):
    assert reason(content) == "not_dicom"


def test_an_encoding_off_the_list_is_refused_before_anything_is_walked(reason):
    assert reason(octets.file(b"\xff" * 50, syntax="1.2.840.10008.1.2.1.99")) == "unsupported_encoding"


def test_a_group_2_that_does_not_end_is_refused(reason):
    long = element(0x00020102, "OB", bytes(5000))
    assert reason(bytes(128) + b"DICM" + long + b"") == "too_complex"


def test_a_length_beyond_the_end_is_broken(reason):
    assert reason(body(element(PRIVATE, "UN", b"ab", length=0xFFFFFFF0))) == "broken"
    assert reason(body(element(PIXELS, "OW", b"ab", length=0x7FFFFFFF))) == "broken"


def test_a_length_beyond_the_end_of_the_item_is_broken(reason):
    inner = element(PATIENT_ID, "LO", b"", length=60)
    assert reason(body(sequence(REFERENCED, item(inner)), element(PRIVATE, "UN", bytes(100)))) == "broken"


def test_an_item_that_claims_gigabytes_is_broken(reason):
    claim = octets.head(octets.ITEM, "", 0xFFFFFFF0)
    assert reason(body(sequence(REFERENCED, claim, is_open=True))) == "broken"
    assert reason(body(octets.head(PIXELS, "OB", octets.UNDEFINED) + claim)) == "broken"


def test_only_sequences_the_unknown_and_pixels_may_leave_their_length_open(reason):
    assert reason(body(octets.head(0x00091003, "OB", octets.UNDEFINED))) == "broken"
    assert reason(body(octets.head(0x00091003, "UT", octets.UNDEFINED))) == "broken"


@pytest.mark.parametrize("stray", [octets.ITEM, octets.ITEM_END, octets.SEQUENCE_END])
def test_a_delimiter_that_closes_nothing_is_broken(reason, stray):
    assert reason(body(octets.head(stray, "", 0), element(ROWS, "US", b"\1\0"))) == "broken"


def test_an_open_sequence_that_is_never_closed_is_broken(reason):
    assert reason(body(octets.head(REFERENCED, "SQ", octets.UNDEFINED) + item(b""))) == "broken"


def test_an_unknown_way_of_writing_a_value_is_broken(reason):
    assert reason(body(struct.pack("<HH2sH", 9, 1, b"zz", 0))) == "broken"


@pytest.mark.parametrize("is_open", [False, True])
def test_depth_has_a_limit(walked, reason, is_open):
    assert walked(body(nested(16, is_open=is_open)))
    assert reason(body(nested(17, is_open=is_open))) == "too_complex"


def test_twenty_thousand_sequences_in_each_other_are_no_recursion(reason):
    opening = octets.head(REFERENCED, "SQ", octets.UNDEFINED) + octets.head(octets.ITEM, "", octets.UNDEFINED)
    assert reason(body(opening * 20_000)) == "too_complex"


def test_the_number_of_elements_has_a_limit(walked, reason):
    few = element(ROWS, "US", b"\1\0") * 100
    assert walked(body(few), elements=100)
    assert reason(body(few), elements=99) == "too_complex"


def test_empty_items_and_fragments_count_too(reason):
    assert reason(body(sequence(REFERENCED, item() * 200)), elements=100) == "too_complex"
    assert reason(body(octets.head(PIXELS, "OB", octets.UNDEFINED) + item() * 200), elements=100) == "too_complex"


def test_the_bytes_of_a_header_have_a_limit_and_those_of_pixels_are_not_among_them(walked, reason):
    large = element(0x00091001, "UN", bytes(2000))
    assert reason(body(large), header_bytes=1000) == "too_complex"
    assert walked(body(element(PIXELS, "OW", bytes(2000))), header_bytes=1000)


def test_a_file_cut_off_anywhere_is_refused_or_lacks_its_pixels(walked):
    content = dicom.part10(dicom.image())
    found = {verdict(walked, content[:length]) for length in range(len(content))}
    assert found == {"not_dicom", "unsupported_encoding", "broken", "no pixels"}


def test_bytes_turned_at_random_never_raise_anything_else(walked):
    content, random = dicom.part10(dicom.image()), np.random.default_rng(12)
    for _ in range(300):
        spoilt = bytearray(content)
        for at in random.integers(128, len(content), 6):
            spoilt[at] = random.integers(256)
        assert verdict(walked, bytes(spoilt))


def test_pydicom_finds_the_same_in_real_files():
    for path in sorted(real.folder("siemens-one-image-nine-encodings").glob("*.dcm")):
        found, expected = walk(path, wanted=WANTED), dcmread(path)
        order = "little" if found.syntax != ExplicitVRBigEndian else "big"
        assert int.from_bytes(found.elements[ROWS].value, order) == expected.Rows
        assert isinstance(found.pixels.whole, Span)
        assert {tag for tag, _, _ in found.texts} >= {element.tag for element in expected if element.VR == "LO"}
