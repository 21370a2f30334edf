"""What coordinators and statisticians may know of an exam: typed, coarse, kept apart from the images."""

import hmac
import re
from datetime import date

from pydicom.dataset import Dataset

from studies.copies import Facts
from studies.elements import text

OLDEST_YEARS = 90  # stands for 90 and more: rare ages name people
IMPLAUSIBLE_YEARS = 130
YEARS_PER_UNIT = {"Y": 1.0, "M": 1 / 12, "W": 7 / 365.25, "D": 1 / 365.25}  # PS3.5 6.2, AS
SEXES = ("F", "M", "O")
DAYS = 1_000_000_000  # what an exam's day is shifted by is drawn from these; fits 32 bits

# Whose scanner it is, by a word of Manufacturer (0008,0070). The first that fits counts: Toshiba's are Canon's now.
VENDORS = (
    ("united imaging|uih", "United Imaging"),
    ("siemens", "Siemens"),
    ("philips|marconi|picker", "Philips"),
    ("ge|general electric", "GE"),
    ("canon|toshiba|canon_mec|toshiba_mec", "Canon"),
    ("hitachi", "Hitachi"),
    ("fujifilm|fuji", "Fujifilm"),
    ("esaote", "Esaote"),
    ("hyperfine", "Hyperfine"),
)
VENDOR_NAMES = (*(vendor for _, vendor in VENDORS), "other")
NAMES = [(re.compile(rf"\b({words})\b", re.IGNORECASE), vendor) for words, vendor in VENDORS]
# That of the study first: all files of an exam agree on it, whichever is opened first.
DATES = ("StudyDate", "AcquisitionDate", "AcquisitionDateTime", "SeriesDate", "ContentDate")


def facts(dataset: Dataset, *, key: bytes) -> Facts:
    """The facts of the exam that a slice belongs to."""
    day = exam_day(dataset)
    return Facts(
        age_years=age_years(dataset, day),
        sex=sex(dataset),
        shifted_day=None if day is None else day.toordinal() + offset(key),
        vendor=vendor(text(dataset, "Manufacturer")),
    )


def offset(key: bytes) -> int:
    """How many days the study's exams are shifted: one number a study, known to its key only."""
    return int.from_bytes(hmac.digest(key, b"day\0", "sha256")[:8], "big") % DAYS


def exam_day(dataset: Dataset) -> date | None:
    days = (day_of(text(dataset, keyword)) for keyword in DATES)
    return next((day for day in days if day), None)


def day_of(written: str) -> date | None:
    """The day of a DA or DT value; None if it is none."""
    digits = re.match(r"(\d{4})[-.]?(\d{2})[-.]?(\d{2})", written)
    try:
        return date(*(int(part) for part in digits.groups())) if digits else None
    except ValueError:
        return None


def sex(dataset: Dataset) -> str:
    written = text(dataset, "PatientSex").upper()
    return written if written in SEXES else ""


def vendor(manufacturer: str) -> str:
    """One of `models.Vendor`; blank where the header does not say."""
    if not manufacturer:
        return ""
    return next((vendor for name, vendor in NAMES if name.search(manufacturer)), "other")


def age_years(dataset: Dataset, day: date | None) -> int | None:
    """Whole years at the exam; None if the header does not say or says what cannot be."""
    years = written_age(text(dataset, "PatientAge"))
    if years is None:
        years = age_between(day_of(text(dataset, "PatientBirthDate")), day)
    if years is None or not 0 <= years <= IMPLAUSIBLE_YEARS:
        return None
    return min(years, OLDEST_YEARS)


def written_age(written: str) -> int | None:
    found = re.fullmatch(r"(\d{1,3})([DWMY])", written.upper())
    return int(int(found[1]) * YEARS_PER_UNIT[found[2]]) if found else None


def age_between(birth: date | None, day: date | None) -> int | None:
    if birth is None or day is None:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
