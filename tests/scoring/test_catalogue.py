"""Instruments are data: read, checked, frozen."""

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from scoring import catalogue
from scoring.models import Instrument, Item

SHIPPED = catalogue.FOLDER / "cspine-bme-baraliakos-1.0.0.yaml"


@pytest.fixture
def edited(tmp_path):
    """Write the shipped instrument with changes, under another version unless told otherwise."""

    def write(version="9.9.9", **changes):
        definition = yaml.safe_load(SHIPPED.read_text()) | {"version": version} | changes
        path = tmp_path / "edited.yaml"
        path.write_text(yaml.safe_dump(definition))
        return path

    return write


def test_the_shipped_instrument_has_nineteen_sites_and_six_flags(db):
    instrument = catalogue.find("cspine-bme-baraliakos@1.0.0")
    assert instrument.items.filter(kind="grade").count() == 19
    assert instrument.items.filter(kind="flag").count() == 6
    assert instrument.definition["derived"]["total"]["range"] == [0, 57]
    assert instrument.status == "reconstruction"


def test_loading_again_changes_nothing(db):
    before = Item.objects.count()
    catalogue.load_all()
    assert (Instrument.objects.count(), Item.objects.count()) == (2, before)


def test_an_edited_file_of_a_frozen_version_is_refused(db, edited):
    with pytest.raises(ImproperlyConfigured, match="give it a new version"):
        catalogue.load(edited(version="1.0.0"))


def test_a_corrected_instrument_is_a_new_version_beside_the_old(db, edited):
    catalogue.load(edited())
    versions = Instrument.objects.filter(key="cspine-bme-baraliakos").values_list("version", flat=True)
    assert set(versions) == {"1.0.0", "9.9.9"}


def test_a_total_that_the_sites_do_not_add_up_to_is_refused(db, edited):
    derived = yaml.safe_load(SHIPPED.read_text())["derived"]
    derived["total"]["range"] = [0, 60]
    with pytest.raises(ImproperlyConfigured, match="add up to 57"):
        catalogue.load(edited(derived=derived))


def test_the_database_refuses_to_change_an_instrument(db):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Instrument.objects.update(title="Something else")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Item.objects.filter(code="VB_C4").update(label="Something else")


def test_a_sum_beside_the_total_must_add_up_too(db, edited):
    derived = yaml.safe_load(SHIPPED.read_text())["derived"]
    derived["bodies"] = {"op": "sum", "of": ["VB"], "range": [0, 12]}
    with pytest.raises(ImproperlyConfigured, match="sites of bodies add up to 18, not to 12"):
        catalogue.load(edited(derived=derived))


def test_the_second_instrument_asks_for_three_lesions_at_the_same_places(db):
    form = catalogue.describe(catalogue.find("cspine-ra-lesions@1.0.0"))
    at_a_joint = [item["code"] for region in form["regions"] for item in region["items"] if item["place"] == "FJ:C4C5"]
    assert at_a_joint == ["BF_C4C5", "SF_C4C5", "EF_C4C5"]
    assert {one["label"]: one["max"] for one in form["sums"]} == {
        "All lesions": 105, "BME": 42, "Synovitis": 21, "Erosions": 42,
    }  # fmt: skip


def test_a_place_is_the_region_and_the_site_where_the_file_names_no_other(db):
    form = catalogue.describe(catalogue.find("cspine-bme-baraliakos@1.0.0"))
    assert [region["items"][0]["place"] for region in form["regions"]] == [
        "AA:C1C2",
        "VB:C2",
        "FJ:C2C3",
        "SP:C2",
        "DG:C2C3",
    ]


def test_a_region_may_have_a_reference_of_its_own_and_a_grade_a_definition(db):
    regions = {
        region["code"]: region for region in catalogue.describe(catalogue.find("cspine-ra-lesions@1.0.0"))["regions"]
    }
    assert "centre of a normal vertebral body" in regions["BV"]["reference"]
    assert "thin line" in regions["SA"]["reference"]
    assert regions["EF"]["grades"][3]["definition"] == "Loss of more than a third of the bone"
