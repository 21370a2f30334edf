"""The last look: whether any string that was to be removed stands in the bytes that leave. If one does, nothing leaves.

    removed = residual.removed(walked.texts, walked.preamble)       once a file
    residual.check(removed, copy, pixels)                           once a slice; Refused("identifier_left")
    residual.check_file(removed, content)                           of a written DICOM file

By construction a reading copy holds no text of the file, so a hit means that the construction was broken, or that the
pixels carry text. That is why every rule below errs towards refusing, but for strings that could stand there by chance:

SHORTEST         strings under 4 characters stand everywhere
DIGITS           numbers under 6 digits are met among the physics; longer ones only count where they stand alone, and
                 those with a decimal point are measurements, which scanners repeat in their private elements
IN_PIXELS        8 bytes: in 150,000 pixels of 16-bit noise a given 8 bytes stand once in 10^14 slices, 4 bytes once
                 in 14,000, and a header holds hundreds of strings
own words        what Dens itself writes is no leak: keyed codes, names of fields, terms of the closed sets
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from studies.copies import Facts, ReadingCopy
from studies.elements import PARAMETERS, SCANNING_SEQUENCES
from studies.errors import Refused
from studies.facts import SEXES, VENDOR_NAMES, day_of
from studies.geometry import Geometry
from studies.planes import Pixels
from studies.walk import OPAQUE

SHORTEST, DIGITS, IN_PIXELS = 4, 6, 8
WIDE = 2  # ideographs: two of them are a name
NEVER_IN_PIXELS = -(8 << 8), 0x20 << 8  # bounds of 12-bit values: then every second byte is a control character or ø..ÿ
DATES = ("{0:04}{1:02}{2:02}", "{0:04}-{1:02}-{2:02}", "{0:04}/{1:02}/{2:02}",
         "{2:02}.{1:02}.{0:04}", "{2:02}/{1:02}/{0:04}", "{1:02}/{2:02}/{0:04}")  # fmt: skip
PIXELS_START, LENGTH_BYTES = b"\xe0\x7f\x10\x00OW\x00\x00", 4  # PixelData (7FE0,0010), explicit little endian
ESCAPE = b"\x1b"
STANDARD_UIDS = b"1.2.840.10008."
CHARSETS = ("utf-8", "shift_jis", "euc_kr", "gb18030", "cp1251", "iso2022_jp", "latin-1")
NUMBER = re.compile(rb"[-+]?\d+")
MEASURE = re.compile(rb"[-+]?\d*\.\d*(e[-+]?\d+)?")
SHORT_NUMBERS = re.compile(rb"\d{1,3}(, \d{1,3})+")  # a list of them reads like any other list of numbers in JSON
WORDS = re.compile(rb"[^\x00-\x1a\x1c-\x1f]+")  # with the escapes of ISO 2022
PARTS = re.compile(r"[\^=\s,;:()\[\]\"]+")
IN_JSON = re.compile(rb'"(?:[^"\\]|\\.)*"|\b(?:true|false|null)\b')
OWN_WORDS = frozenset(
    word.encode()
    for word in (
        *(field.name for kind in (ReadingCopy, Facts, Geometry) for field in fields(kind)),
        *(parameter.name for parameter in PARAMETERS),
        *(*SCANNING_SEQUENCES, *SEXES, *VENDOR_NAMES),
        *("", "true", "false", "null"),
    )
)


@dataclass(frozen=True)
class Removed:
    """What must not leave, as bytes in lower case and in every form that it could be written in.

    words    found wherever they stand
    numbers  found where no digit stands beside them
    """

    words: frozenset[bytes]
    numbers: frozenset[bytes]

    @cached_property
    def long(self) -> tuple[bytes, ...]:
        return tuple(one for one in self.words | self.numbers if len(one) >= IN_PIXELS)


def removed(texts: Iterable[tuple[int, str, bytes]], preamble: bytes = b"") -> Removed:
    """The strings of a file that the policy removes, from its text values as they stand there: (tag, VR, bytes)."""
    found: set[bytes] = set()
    for _, vr, value in texts:
        found |= forms(vr, value)
    found |= forms("UN", preamble)
    numbers = {one for one in found if NUMBER.fullmatch(one)}
    return Removed(frozenset(found - numbers), frozenset(numbers))


@lru_cache(maxsize=4096)  # the files of an exam say the same again and again
def forms(vr: str, value: bytes) -> frozenset[bytes]:
    """Every telling string in a value, in lower case, as it stands and in the other encodings that it could take."""
    if vr == "UI":
        return frozenset(uid for uid in split(value) if len(uid) >= SHORTEST and not uid.startswith(STANDARD_UIDS))
    found = {one.strip() for piece in split(value) for one in (WORDS.findall(piece) if vr in OPAQUE else [piece])}
    strings = {written for one in found for written in spelled(one, vr)}
    return frozenset(one.lower() for one in strings if is_telling(one))


def split(value: bytes) -> list[bytes]:
    """The values of a multi-valued one. Beyond ASCII a backslash may be half a character: then the whole as well."""
    pieces = value.split(b"\\")
    return [piece.strip(b" \0") for piece in (pieces if value.isascii() else [*pieces, value])]


def spelled(value: bytes, vr: str) -> set[bytes]:
    found = {value}
    if value.isascii() and ESCAPE not in value:
        words = [value.decode()]
        found |= {part.encode() for part in parts(words[0])}
    else:
        words = [*readings(value)]
        for word in words:
            for part in (word, *parts(word)):
                found |= written(part)
    if vr in ("DA", "DT"):
        found |= {one.encode() for word in words for one in dates(word)}
    if vr in ("DT", "TM"):
        found.add(value.partition(b".")[0])
    return found


def readings(value: bytes) -> Iterable[str]:
    """The text that the bytes are in each character set in which they are text at all: which one is not believed."""
    for charset in CHARSETS:
        try:
            yield value.decode(charset)
        except UnicodeDecodeError:
            continue


def written(word: str) -> set[bytes]:
    """Bytes that a word could leave as: UTF-8, Latin-1, a character set of its own, or escaped in JSON."""
    forms = {word.encode("utf-8", "replace"), json.dumps(word)[1:-1].encode()}
    for charset in CHARSETS[1:]:
        try:
            forms.add(word.encode(charset))
        except UnicodeEncodeError:
            continue
    return forms if len(word) >= (WIDE if ord(max(word, default=" ")) > 0x2E80 else SHORTEST) else set()


def parts(word: str) -> list[str]:
    """The names in a name, and the words of a text."""
    return PARTS.split(word)


def dates(word: str) -> list[str]:
    day: date | None = day_of(word)
    return [form.format(day.year, day.month, day.day) for form in DATES] if day else []


def is_telling(string: bytes) -> bool:
    if len(string) < SHORTEST or MEASURE.fullmatch(string) or SHORT_NUMBERS.fullmatch(string):
        return False
    return len(string) >= DIGITS if NUMBER.fullmatch(string) else True


def check(removed: Removed, copy: ReadingCopy, pixels: Pixels) -> None:
    """That nothing of it stands in what leaves of a slice. Raises Refused identifier_left."""
    check_text(removed, without_own_words(copy.header(), copy))
    check_pixels(removed, pixels)


def check_file(removed: Removed, content: bytes, own: Iterable[bytes] = ()) -> None:
    """The same of the bytes of a written file.

    own     values that Dens put there itself, with VR and length (`part10.own_values`)
    Raises  Refused identifier_left
    """
    header, mark, pixels = content.rpartition(PIXELS_START)
    for value in own:
        header = header.replace(value, b"\n")
    check_text(removed, header + mark)
    check_pixels(removed, np.frombuffer(pixels[LENGTH_BYTES:], "<u2"))


def check_text(removed: Removed, content: bytes) -> None:
    lowered = content.lower()
    if any(word in lowered for word in removed.words):
        raise Refused("identifier_left")
    if any(number in lowered and stands_alone(number, lowered) for number in removed.numbers):
        raise Refused("identifier_left")


def stands_alone(number: bytes, content: bytes) -> bool:
    return re.search(rb"(?<![\d.])" + re.escape(number) + rb"(?!\d)", content) is not None


def check_pixels(removed: Removed, pixels: Pixels) -> None:
    low, high = int(pixels.min()), int(pixels.max())
    if low >= 0 and high <= 0xFF:  # of an 8-bit image: a character would be a pixel
        check_bytes(removed, pixels.astype(np.uint8).tobytes())
    if low < NEVER_IN_PIXELS[0] or high >= NEVER_IN_PIXELS[1]:
        check_bytes(removed, pixels.tobytes())


def check_bytes(removed: Removed, content: bytes) -> None:
    content = content.lower()
    if any(one in content for one in removed.long):
        raise Refused("identifier_left")


def without_own_words(header: bytes, copy: ReadingCopy) -> bytes:
    """The header with only numbers left in it, if all is well: what Dens wrote itself is taken out."""
    codes = (copy.exam_uid, copy.series_uid, copy.instance_uid, copy.frame, copy.subject_key, copy.pixels_sha256)
    own = OWN_WORDS.union(code.encode() for code in codes)
    return IN_JSON.sub(lambda match: b"," if match[0].strip(b'"') in own else match[0], header)
