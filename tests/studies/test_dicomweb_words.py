"""The words of DICOMweb without a server: media types, multipart bodies, questions."""

import io

import pytest

from studies import media, multipart, qido
from studies.media import DICOM, OCTETS, Unreadable
from studies.multipart import Malformed, Reader

# What clients really send, and whether DICOM files and frames are served for it
ACCEPTS = [
    ('multipart/related; type="application/dicom"; transfer-syntax=*', True, False),
    ('multipart/related; type="application/dicom"', True, False),
    ("multipart/related; type=application/dicom", True, False),
    ('multipart/related;TYPE="application/dicom";Transfer-Syntax="*"', True, False),
    ('multipart/related; type="*/*"', True, True),
    ("multipart/related", True, True),
    ("*/*", True, True),
    ('multipart/related; type="application/octet-stream"', False, True),
    ('multipart/related; type="application/octet-stream"; transfer-syntax="*"', False, True),
    ("multipart/related; type=application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1", False, True),
    ('multipart/related; type="image/jls"; transfer-syntax=1.2.840.10008.1.2.4.80', False, False),
    ('multipart/related; type="image/jls", multipart/related; type="application/octet-stream"', False, True),
    ('multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.90', False, False),
    ("application/dicom", True, False),
    ('multipart/related; type="application/dicom+xml"', False, False),
    ("multipart/related; type=\"application/dicom\"; q=0", False, False),
]  # fmt: skip


@pytest.mark.parametrize(("header", "files", "frames"), ACCEPTS)
def test_an_accept_header_is_understood(header, files, frames):
    ranges = media.accepted(header)
    assert (media.choose_parts(ranges, DICOM) is not None) == files
    assert (media.choose_parts(ranges, OCTETS) is not None) == frames


def test_commas_and_semicolons_in_quotes_are_no_ends():
    [one] = media.accepted('multipart/related; type="a/b"; note="x, y; \\"z\\""')
    assert one.parameters == {"type": "a/b", "note": 'x, y; "z"'}


def test_the_most_wanted_comes_first():
    assert [one.name for one in media.accepted("image/png;q=0.2, image/jpeg;q=0.9, */*;q=0")] == [
        "image/jpeg", "image/png",
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["nonsense", "a/b; c", "a/b; q=x", "a b/c"])
def test_what_is_no_media_type_is_said_to_be_none(header):
    with pytest.raises(Unreadable):
        media.accepted(header)


def parts_of(body, *, boundary="B", block=1 << 20):
    stream = io.BytesIO(body)
    reader = Reader(lambda size: stream.read(min(size, block)), boundary=boundary)
    return [(headers, b"".join(content)) for headers, content in reader.parts()]


BODIES = {
    "plain": b"--B\r\nContent-Type: application/dicom\r\n\r\none\r\n--B\r\n\r\ntwo\r\n--B--\r\n",
    "a line end before the first boundary": b"\r\n--B\r\n\r\none\r\n--B\r\n\r\ntwo\r\n--B--",
    "a preamble and an epilogue": b"hello\r\n--B\r\n\r\none\r\n--B\r\n\r\ntwo\r\n--B--\r\nbye",
    "spaces behind a boundary": b"--B \t\r\n\r\none\r\n--B  \r\n\r\ntwo\r\n--B--",
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("block", [1, 2, 3, 5, 1 << 20])
def test_parts_are_found_however_the_body_arrives(name, block):
    assert [content for _, content in parts_of(BODIES[name], block=block)] == [b"one", b"two"]


def test_line_ends_and_half_boundaries_in_a_part_are_its_own():
    content = b"\r\n--\r\n--A\r\n-- B\r\n\r\n"
    assert parts_of(b"--B\r\n\r\n" + content + b"\r\n--B--", block=3) == [({}, content)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no boundary at all",
        b"--B\r\n\r\nhalf a par",
        b"--B\r\nno colon\r\n\r\nx\r\n--B--",
        b"--Bother\r\n\r\n\r\n",
    ],
)
def test_a_body_that_breaks_off_is_malformed(body):
    with pytest.raises(Malformed):
        parts_of(body)


def test_a_part_whose_headers_do_not_end_is_malformed():
    with pytest.raises(Malformed):
        parts_of(b"--B\r\n" + b"x: y\r\n" * 200_000, block=4096)


def test_what_is_written_can_be_read():
    body = b"".join(multipart.write([b"one", b"", b"\r\n"], boundary="B", part_type="application/dicom"))
    assert body.startswith(b"--B\r\nContent-Type: application/dicom\r\n\r\none\r\n")
    assert [content for _, content in parts_of(body)] == [b"one", b"", b"\r\n"]


def test_a_payload_that_holds_the_boundary_is_not_sent():
    with pytest.raises(Malformed):
        list(multipart.write([b"..B.."], boundary="B", part_type="a/b"))


def test_no_two_boundaries_are_alike():
    assert len({multipart.new_boundary() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("wanted", "is_match"),
    [
        ("S-01", True), ("s-01", True), ("S*", True), ("*01", True), ("S*1", True), ("*-*", True), ("S-0?", True),
        ("?-0?", True), ("S", False), ("*02", False), ("S-01*1", False), ("S-0??", False), ("S-??*?", False),
    ],
)  # fmt: skip
def test_names_are_matched_with_wildcards(wanted, is_match):
    assert qido.match("S-01", wanted, vr="PN") == is_match


def test_a_pattern_of_many_stars_takes_no_time():
    assert not qido.match("a" * 64, "*a" * 60 + "*b", vr="LO")


def test_uids_come_in_lists():
    assert qido.match("2.25.1", "2.25.2\\2.25.1", vr="UI")
    assert qido.match("2.25.1", "2.25.2,2.25.1", vr="UI")
    assert not qido.match("2.25.1", "2.25.2", vr="UI")


def test_what_is_never_said_matches_nothing_but_everything():
    assert not qido.matches({}, {"StudyDate": "19000101-"})
    assert qido.read([("StudyDate", ""), ("AccessionNumber", "*")]).wanted == {}


def test_a_question_names_attributes_by_keyword_or_tag():
    question = qido.read([("00100020", "S-01"), ("includefield", "0008103E,00080021"), ("includefield", "all")])
    assert question.wanted == {"PatientID": "S-01"}
    assert question.fields == {"SeriesDescription", "SeriesDate"}
    assert question.every


@pytest.mark.parametrize("query", [("limit", "-1"), ("offset", "x"), ("Nonsense", "1"), ("00009999", "1")])
def test_a_question_that_cannot_be_read_is_refused(query):
    with pytest.raises(qido.Unanswerable):
        qido.read([query])


def test_an_answer_has_numbers_as_numbers_and_nothing_where_nothing_is():
    row = {"PatientName": "S-01", "NumberOfStudyRelatedSeries": "2", "Rows": "16", "PixelSpacing": "0.5\\0.6"}
    said = qido.answer(row, qido.read([("includefield", "all")]), always=["StudyDate"])
    assert said["00100010"] == {"vr": "PN", "Value": [{"Alphabetic": "S-01"}]}
    assert said["00201206"] == {"vr": "IS", "Value": [2]}
    assert said["00280010"] == {"vr": "US", "Value": [16]}
    assert said["00280030"] == {"vr": "DS", "Value": [0.5, 0.6]}
    assert said["00080020"] == {"vr": "DA"}


@pytest.mark.parametrize(
    "name", ["PixelData", "RequestAttributesSequence", "SmallestImagePixelValue", "00400275.00400007"]
)
def test_any_attribute_may_be_asked_for(name):
    qido.answer({}, qido.read([("includefield", name)]), always=[])
