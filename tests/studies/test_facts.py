"""Facts of an exam: coarse, typed, and only what the header plausibly says."""

from datetime import date

import pytest
from pydicom.dataset import Dataset

from studies.deidentify import study_key
from studies.facts import VENDOR_NAMES, facts, vendor
from studies.models import Vendor

KEY = study_key("a secret", "STUDYCODE")


def facts_of(*, key: bytes = KEY, **attributes):
    dataset = Dataset()
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    return facts(dataset, key=key)


@pytest.mark.parametrize(
    ("written", "years"), [("045Y", 45), ("018M", 1), ("090W", 1), ("010D", 0), ("091Y", 90), ("129Y", 90), ("000Y", 0)]
)
def test_the_age_is_in_whole_years_and_ends_at_90(written, years):
    assert facts_of(PatientAge=written).age_years == years


def test_the_age_comes_from_the_birth_date_where_none_is_written():
    assert facts_of(PatientBirthDate="19610203", StudyDate="20240202").age_years == 62
    assert facts_of(PatientBirthDate="19610203", StudyDate="20240203").age_years == 63


@pytest.mark.parametrize(
    "attributes",
    [
        {}, {"PatientAge": "Y045"}, {"PatientAge": "999Y"}, {"PatientBirthDate": "19610203"},
        {"PatientBirthDate": "20300101", "StudyDate": "20240101"},
        {"PatientBirthDate": "18000101", "StudyDate": "20240101"},
        {"PatientBirthDate": "19611399", "StudyDate": "20240101"},
    ],
)  # fmt: skip
def test_an_age_that_cannot_be_is_not_known(attributes):
    assert facts_of(**attributes).age_years is None


@pytest.mark.parametrize(("written", "sex"), [("F", "F"), ("m", "M"), ("O", "O"), ("W", ""), ("", ""), ("Frau K", "")])
def test_the_sex_is_one_of_three_or_not_known(written, sex):
    assert facts_of(PatientSex=written).sex == sex


def test_days_can_be_subtracted_and_say_nothing_else():
    first, second = facts_of(StudyDate="20240228"), facts_of(AcquisitionDateTime="20240301101500.5")
    assert second.shifted_day - first.shifted_day == 2
    assert abs(first.shifted_day - date(2024, 2, 28).toordinal()) > 1000


def test_another_study_counts_from_another_day():
    other = study_key("a secret", "OTHERCODE")
    assert facts_of(StudyDate="20240228").shifted_day != facts_of(StudyDate="20240228", key=other).shifted_day


@pytest.mark.parametrize("written", ["", "20241340", "yesterday"])
def test_no_day_is_made_of_what_is_no_date(written):
    assert facts_of(StudyDate=written).shifted_day is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("SIEMENS", "Siemens"), ("Siemens Healthineers", "Siemens"), ("GE MEDICAL SYSTEMS", "GE"),
        ("Philips Medical Systems", "Philips"),
        ("TOSHIBA", "Canon"), ("CANON_MEC", "Canon"), ("Hitachi Medical Corporation", "Hitachi"), ("ESAOTE", "Esaote"),
        ("FUJIFILM Healthcare Corporation", "Fujifilm"), ("UIH", "United Imaging"), ("Hyperfine", "Hyperfine"),
        ("Georg's garage", "other"), ("", ""),
    ],
)  # fmt: skip
def test_the_vendor_is_a_name_of_ours(written, name):
    assert vendor(written) == name


def test_all_vendors_are_those_of_the_database():
    assert set(VENDOR_NAMES) == set(Vendor.values)
