"""The printed charter says how disputes are settled, whole and in plain words."""

import pytest

from scoring import printed
from scoring.rules import Design, Resolution, Rules


@pytest.mark.parametrize("resolution", list(Resolution))
def test_every_way_of_settling_has_its_sentence(resolution):
    said = printed.settling(Rules(resolution=resolution))
    assert printed.RESOLUTIONS[resolution] in said
    assert said[0].startswith("An adjudicator is drawn at random")


@pytest.mark.parametrize(("rules", "sentence"), [
    ({}, "An answer that neither reader gave may be given."),
    ({"may_give_other": False}, "No answer may be given that neither reader gave."),
    (
        {"may_give_other": False, "resolution": Resolution.OWN_FIRST},
        "No answer may be given that neither reader gave, but for the own one.",
    ),
    ({"resolution": Resolution.MEDIAN}, printed.OF_THREE),
    (
        {"resolution": Resolution.MEDIAN, "sham_percent": 10},
        "10 % of the cases without a dispute are put before an adjudicator as well. What is decided there never "
        "counts.",
    ),
])  # fmt: skip
def test_what_may_be_given_and_what_is_mixed_in(rules, sentence):
    assert sentence in printed.settling(Rules(**rules))


@pytest.mark.parametrize(
    ("design", "is_there"), [(Design.ADJUDICATED, True), (Design.MEAN, False), (Design.SINGLE, False)]
)
def test_it_is_said_only_where_there_is_an_adjudicator(design, is_there):
    sections = printed.sections(Rules(design=design), "An instrument", "an-instrument@1.0.0", "0" * 64)
    headings = [heading for heading, _ in sections]
    assert ("Settling disputes" in headings) == is_there
