"""Hostile and odd inputs, each with its verdict: `imported`, or the reason why it is refused.

FILES  what a file may be; those that are images are odd ones, all others must be refused
ZIPS   what a zip may be
Each is made when it is asked for: `one.write(path)`. Nothing here is larger on disk than a few megabytes.
"""

import io
import itertools
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.uid import UID

from tests import dicom, octets
from tests.octets import element, head, item, nested, sequence

PIXELS = 0x7FE00010
IMPLICIT, BIG_ENDIAN, DEFLATED = "1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"
JPEG, JPEG_LS, JPEG_2000, RLE = (
    "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.5",
)  # fmt: skip
LOSSY, VIDEO, JPIP, HTJ2K = (f"1.2.840.10008.1.2.4.{n}" for n in (50, 102, 94, 201))
SOP = "1.2.840.10008.5.1.4.1.1."
EXAMS, NOISE = itertools.count(1000), dicom.noise(1, 1, 0)
ENHANCED, ENHANCED_COLOUR, CAPTURE, REPORT, CT = (SOP + kind for kind in ("4.1", "4.3", "7", "88.11", "2"))


@dataclass(frozen=True)
class Input:
    """One file: what it is in words, how to make it, and what becomes of it."""

    name: str
    make: Callable[[], bytes]
    verdict: str

    def write(self, path: Path) -> Path:
        path.write_bytes(self.make())
        return path


def image(**changes: Any) -> Dataset:
    """A slice of an exam of its own; each change is an attribute with its value, or None to leave it out."""
    dataset = dicom.image(exam=next(EXAMS), pixels=NOISE)
    for keyword, value in changes.items():
        if value is None:
            delattr(dataset, keyword)
        else:
            setattr(dataset, keyword, value)
    return dataset


def part10(**changes: Any) -> bytes:
    return dicom.part10(image(**changes))


def enhanced(frames: int, **changes: Any) -> bytes:
    return part10(SOPClassUID=ENHANCED, NumberOfFrames=frames, **changes)


def with_preamble(start: bytes) -> bytes:
    return start.ljust(128, b"\0") + part10()[128:]


def with_header(*elements: bytes) -> bytes:
    """A slice with further elements, byte by byte, before its pixels."""
    content = part10()
    at = content.index(head(PIXELS, "OW", 1536)[:8])
    return content[:at] + b"".join(elements) + content[at:]


def compressed(syntax: str, frame: bytes, **changes: Any) -> bytes:
    dataset = image(**changes)
    dataset.file_meta.TransferSyntaxUID = UID(syntax)
    dataset.PixelData = encapsulate([frame])
    dataset["PixelData"].VR = "OB"
    return dicom.part10(dataset)


def stream(syntax: str) -> bytes:
    """The pixels of the slice, compressed."""
    if syntax == JPEG:
        return bytes(imagecodecs.ljpeg_encode(NOISE))
    if syntax == JPEG_LS:
        return bytes(imagecodecs.jpegls_encode(NOISE))
    return bytes(imagecodecs.jpeg2k_encode(NOISE, codecformat="j2k", reversible=True, level=0))


def run_lengths() -> bytes:
    dataset = image()
    dataset.compress(RLE, generate_instance_uid=False)
    return dicom.part10(dataset)


def garbled(content: bytes, *, keep: int) -> bytes:
    """The beginning of a stream, then noise."""
    random = np.random.default_rng(5)
    return content[:keep] + random.bytes(len(content) - keep)


def announcing(content: bytes, *, at: int, size: bytes) -> bytes:
    return content[:at] + size + content[at + len(size) :]


def written(order: str, **changes: Any) -> bytes:
    """The slice in implicit VR or in big endian."""
    dataset, file = image(**changes), io.BytesIO()
    dataset.file_meta.TransferSyntaxUID = UID(order)
    dataset.preamble = bytes(128)
    if order == BIG_ENDIAN:
        dataset.PixelData = np.frombuffer(dataset.PixelData, "<u2").astype(">u2").tobytes()
    dataset["PixelData"].VR = "OW"
    dataset.save_as(file, enforce_file_format=True)
    return file.getvalue()


def deflated_zeros() -> bytes:
    """1 GiB of zeros as a deflated stream: 64 times the same megabytes, for each stands alone."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(bytes(16 * 1024**2)) + packer.flush(zlib.Z_FULL_FLUSH)) * 64 + b"\3\0"


def odd_pixels() -> bytes:
    """17 x 17 pixels of 8 bits: an odd number of bytes, padded to an even one."""
    dataset = dicom.image(pixels=dicom.noise(3, rows=17, columns=17).astype(np.uint8))
    dataset.PixelData += b"\0"
    return dicom.part10(dataset)


def japanese() -> bytes:
    return part10(SpecificCharacterSet=["ISO 2022 IR 13", "ISO 2022 IR 87"], PatientID="ﾔﾏﾀﾞ=山田")


def unknown_characters() -> bytes:
    return part10(SpecificCharacterSet="ISO_IR 100").replace(b"ISO_IR 100", b"KLINGON   ")


def nowhere() -> bytes:
    return part10(ImagePositionPatient=["111", "111", "111"]).replace(b"111\\111\\111", b"nan\\inf\\nan")


def without_identity(*keywords: str) -> bytes:
    return part10(**dict.fromkeys(keywords))


def without_group_2() -> bytes:
    content = part10()
    return content[:132] + content[content.index(b"\x08\x00\x16\x00UI") :]


def lying_group_2() -> bytes:
    content = bytearray(part10())
    struct.pack_into("<I", content, 140, 0x7FFFFFFF)
    return bytes(content)


def directory() -> bytes:
    dataset = image(SOPClassUID="1.2.840.10008.1.3.10")
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    return dicom.part10(dataset)


PE = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0".ljust(60, b"\0") + struct.pack("<I", 0x80)
ELF = b"\x7fELF\2\1\1".ljust(16, b"\0") + struct.pack("<HHI", 2, 62, 1)
PDF, SHELL, HTML = b"%PDF-1.7\n", b"#!/bin/sh\nrm -rf /\n", b"<script>alert(1)</script>"
J2K_SIZE, JPEG_SIZE = 8, 5  # where a stream announces its size
HUGE_J2K = struct.pack(">2I", 60_000, 60_000)
PRIVATE, REFERENCED = 0x00091001, 0x00081140
OPEN_SEQUENCE = head(REFERENCED, "SQ", octets.UNDEFINED) + head(octets.ITEM, "", octets.UNDEFINED)

ODD = (
    Input("a program for Windows in the preamble", lambda: with_preamble(PE), "imported"),
    Input("a program for Linux in the preamble", lambda: with_preamble(ELF), "imported"),
    Input("a PDF in the preamble", lambda: with_preamble(PDF), "imported"),
    Input("a shell script in the preamble", lambda: with_preamble(SHELL), "imported"),
    Input("a script of a web page in the preamble", lambda: with_preamble(HTML), "imported"),
    Input("implicit VR", lambda: written(IMPLICIT), "imported"),
    Input("big endian", lambda: written(BIG_ENDIAN), "imported"),
    Input("low values bright (MONOCHROME1)", lambda: part10(PhotometricInterpretation="MONOCHROME1"), "imported"),
    Input("17 x 17 pixels of 8 bits", odd_pixels, "imported"),
    Input("three Japanese character sets", japanese, "imported"),
    Input("a character set nobody knows", unknown_characters, "imported"),
    Input("a length of group 2 that lies", lying_group_2, "imported"),
    Input("16 sequences in each other", lambda: with_header(nested(16)), "imported"),
    Input("noise behind the pixels", lambda: part10() + b"\xff" * 5000, "imported"),
    Input("no patient ID", lambda: without_identity("PatientID"), "imported"),
    Input("JPEG lossless", lambda: compressed(JPEG, stream(JPEG)), "imported"),
    Input("JPEG-LS", lambda: compressed(JPEG_LS, stream(JPEG_LS)), "imported"),
    Input("JPEG 2000", lambda: compressed(JPEG_2000, stream(JPEG_2000)), "imported"),
    Input("RLE", run_lengths, "imported"),
)

NO_IMAGE = (
    Input("nothing", lambda: b"", "not_dicom"),
    Input("plain text", lambda: b"Dear colleague,\n" * 50, "not_dicom"),
    Input("a program for Windows", lambda: PE.ljust(4096, b"\0"), "not_dicom"),
    Input("DICOM as JSON", lambda: json.dumps({"00080018": {"vr": "UI", "Value": ["1.2"]}}).encode(), "not_dicom"),
    Input("a preamble and no mark", lambda: bytes(500), "not_dicom"),
    Input("a DICOMDIR", directory, "directory"),
    Input("a structured report", lambda: part10(SOPClassUID=REPORT, Modality="SR"), "not_mr"),
    Input("a secondary capture", lambda: part10(SOPClassUID=CAPTURE), "not_mr"),
    Input("a CT", lambda: part10(SOPClassUID=CT, Modality="CT"), "not_mr"),
    Input("a header without pixels", lambda: part10(PixelData=None), "no_pixels"),
    Input("a picture of the screen", lambda: part10(ImageType=["DERIVED", "SECONDARY", "SCREEN SAVE"]), "burned_in"),
)

ENCODINGS = (
    Input(
        "1 GiB of zeros, deflated to 1 MB",
        lambda: octets.file(deflated_zeros(), syntax=DEFLATED),
        "unsupported_encoding",
    ),
    Input("lossy JPEG", lambda: octets.file(b"", syntax=LOSSY), "unsupported_encoding"),
    Input("a video", lambda: octets.file(b"", syntax=VIDEO), "unsupported_encoding"),
    Input("pixels behind a link (JPIP)", lambda: octets.file(b"", syntax=JPIP), "unsupported_encoding"),
    Input("high-throughput JPEG 2000", lambda: octets.file(b"", syntax=HTJ2K), "unsupported_encoding"),
    Input("no group 2", without_group_2, "unsupported_encoding"),
)

STRUCTURE = (
    Input("cut off in group 2", lambda: part10()[:200], "broken"),
    Input("cut off in the header", lambda: part10()[:900], "broken"),
    Input("cut off in the pixels", lambda: part10()[:-100], "broken"),
    Input("cut off in compressed pixels", lambda: compressed(JPEG, stream(JPEG))[:-100], "broken"),
    Input("an element of 4 GB in a small file", lambda: with_header(head(PRIVATE, "UN", 0xFFFFFFF0)), "broken"),
    Input(
        "an item of 4 GB in a small file",
        lambda: with_header(head(REFERENCED, "SQ", octets.UNDEFINED), head(octets.ITEM, "", 0xFFFFFFF0)),
        "broken",
    ),
    Input("text without a length", lambda: with_header(head(0x00091001, "UT", octets.UNDEFINED)), "broken"),
    Input("a sequence that is never closed", lambda: with_header(head(REFERENCED, "SQ", octets.UNDEFINED)), "broken"),
    Input("20,000 sequences in each other", lambda: with_header(OPEN_SEQUENCE * 20_000), "too_complex"),
    Input(
        "100,000 items in a private sequence",
        lambda: with_header(sequence(0x00091002, item() * 100_000)),
        "too_complex",
    ),
    Input("100,000 elements", lambda: with_header(element(PRIVATE, "SH", b"ab") * 100_000), "too_complex"),
    Input("9 MiB in a private element", lambda: with_header(element(PRIVATE, "OB", bytes(9 * 1024**2))), "too_complex"),
    Input("an overlay of 9 MiB", lambda: with_header(element(0x60003000, "OW", bytes(9 * 1024**2))), "too_complex"),
    Input("group 2 of 5 KB", lambda: bytes(128) + b"DICM" + element(0x00020102, "OB", bytes(5000)), "too_complex"),
)

CLAIMS = (
    Input("0 rows", lambda: part10(Rows=0), "unsupported_size"),
    Input("more rows than pixels", lambda: part10(Rows=33), "broken"),
    Input("fewer rows than pixels", lambda: part10(Rows=31), "broken"),
    Input("colour", lambda: part10(SamplesPerPixel=3, PhotometricInterpretation="RGB"), "unsupported_pixels"),
    Input("enhanced colour MR", lambda: part10(SOPClassUID=ENHANCED_COLOUR), "unsupported_pixels"),
    Input("32 bits a pixel", lambda: part10(BitsAllocated=32, BitsStored=32, HighBit=31), "unsupported_pixels"),
    Input("2,147,483,647 frames", lambda: enhanced(2**31 - 1), "too_large"),
    Input("4,096 frames of 4096 x 4096", lambda: enhanced(4096, Rows=4096, Columns=4096), "too_large"),
    Input("frames that do not say where they lie", lambda: enhanced(1), "broken"),
    Input("no series UID", lambda: without_identity("SeriesInstanceUID"), "no_identity"),
    Input("a position that is not a number", nowhere, "no_geometry"),
    Input("pixels 0 mm apart", lambda: part10(PixelSpacing=[0, 0]), "no_geometry"),
    Input(
        "rows and columns not at right angles",
        lambda: part10(ImageOrientationPatient=[1, 0, 0, 1, 0, 0]),
        "no_geometry",
    ),
)

CODECS = (
    Input("RLE of 65535 x 65535", lambda: compressed(RLE, bytes(64), Rows=65535, Columns=65535), "unsupported_size"),
    Input("RLE with a table of segments that lies", lambda: compressed(RLE, b"\xff" * 200), "broken"),
    Input("RLE of 4096 x 4096 in 64 bytes", lambda: compressed(RLE, bytes(64), Rows=4096, Columns=4096), "broken"),
    Input(
        "JPEG 2000 of 60,000 x 60,000",
        lambda: compressed(JPEG_2000, announcing(stream(JPEG_2000), at=J2K_SIZE, size=HUGE_J2K)),
        "broken",
    ),
    Input("JPEG 2000 with noise in it", lambda: compressed(JPEG_2000, garbled(stream(JPEG_2000), keep=120)), "broken"),
    Input("JPEG-LS with noise in it", lambda: compressed(JPEG_LS, garbled(stream(JPEG_LS), keep=16)), "broken"),
    Input("JPEG whose marks run in a circle", lambda: compressed(JPEG, b"\xff\xd8" + b"\xff\xe0\0\0" * 200), "broken"),
    Input("JPEG with noise in it", lambda: compressed(JPEG, garbled(stream(JPEG), keep=24)), "broken"),
)

FILES = (*ODD, *NO_IMAGE, *ENCODINGS, *STRUCTURE, *CLAIMS, *CODECS)


def good_files() -> dict[str, bytes]:
    return {"a": dicom.part10(dicom.image(index=0)), "b": dicom.part10(dicom.image(index=1))}


def zip_bomb(*, claimed: int = 1024**3) -> bytes:
    """A gigabyte of zeros in an entry that claims to hold so many bytes."""
    content = bytearray(dicom.zipped({"zeros": deflated_zeros()}, compression=zipfile.ZIP_STORED))
    directory = content.rindex(b"PK\1\2")
    for method_at, size_at in ((8, 22), (directory + 10, directory + 24)):
        struct.pack_into("<H", content, method_at, zipfile.ZIP_DEFLATED)
        struct.pack_into("<I", content, size_at, claimed)
    return bytes(content)


def overlapping() -> bytes:
    """Every entry points at the same packed bytes: 60,000 of them would claim 600 GB."""
    content = bytearray(dicom.zipped(good_files()))
    first = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, content.index(b"PK\x01\x02", first + 4) + 42, 0)
    return bytes(content)


def locked() -> bytes:
    content = bytearray(dicom.zipped(good_files()))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def with_link() -> bytes:
    """An entry that says it is a symbolic link to a file of the server."""
    packed, link = io.BytesIO(), zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return packed.getvalue()


def claiming_64_bits() -> bytes:
    content = dicom.zipped(good_files())
    end = content.rindex(b"PK\5\6")
    return content[:end] + b"PK\6\7" + bytes(16) + content[end:]


EVIL_NAMES = ("../../outside", "/etc/cron.d/x", "C:\\\\x", "a\u202egpj.dcm", "A", "a")

ZIPS = (
    Input("a zip of 1 GiB of zeros", zip_bomb, "bad_zip"),
    Input("a zip that claims 10 bytes and holds 1 GiB", lambda: zip_bomb(claimed=10), "broken"),
    Input("a zip whose entries share their bytes", overlapping, "bad_zip"),
    Input("a zip in a zip", lambda: dicom.zipped({"inner": dicom.zipped(good_files())}), "nested_zip"),
    Input("a locked zip", locked, "encrypted_zip"),
    Input("a zip of 60,000 files", lambda: dicom.zipped({str(n): b"" for n in range(60_000)}), "zip_too_large"),
    Input("a zip that claims 64-bit sizes", claiming_64_bits, "zip_too_large"),
    Input("a zip cut off", lambda: dicom.zipped(good_files())[:-60], "bad_zip"),
    Input("a zip without a file", lambda: dicom.zipped({}), "empty_zip"),
    Input("a symbolic link in a zip", with_link, "not_a_file"),
    Input(
        "names in a zip that lead elsewhere", lambda: dicom.zipped({name: part10() for name in EVIL_NAMES}), "imported"
    ),
)

ALL = (*FILES, *ZIPS)
