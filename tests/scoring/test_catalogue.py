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


def without(part: dict, key: str) -> dict:
    return {name: value for name, value in part.items() if name != key}


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda d: {"scales": d["scales"] | {"bme": d["scales"]["bme"][1:]}}, "scale bme must be 0, 1, 2"),
        (lambda d: {"regions": [without(d["regions"][0], "guidance")]}, "the region AA says no guidance"),
        (
            lambda d: {"regions": [d["regions"][0] | {"scale": "ramris"}]},
            "has the scale ramris, which is none",
        ),
        (lambda d: {"regions": [*d["regions"], d["regions"][0]]}, "two regions are called AA"),
        (lambda d: {"derived": without(d["derived"], "total")}, "derived says no total"),
        (lambda d: {"derived": without(d["derived"], "not_assessable_rule")}, "says no not_assessable_rule"),
        (
            lambda d: {"derived": d["derived"] | {"disc": {"op": "sum", "of": ["ZZ"]}}},
            "disc adds ZZ, which is no",
        ),
        (lambda d: {"derived": d["derived"] | {"any_disc": {"op": "any", "of": "ZZ"}}}, "any_disc is any of ZZ"),
        (lambda d: {"derived": d["derived"] | {"mean": {"op": "mean", "of": ["VB"]}}}, "mean is a mean: there are"),
    ],
)
def test_a_file_that_gives_no_form_or_no_total_is_refused_in_a_sentence(db, edited, edit, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        catalogue.load(edited(**edit(yaml.safe_load(SHIPPED.read_text()))))


def test_a_file_without_a_reference_for_marrow_has_none_to_show(db, tmp_path):
    path = tmp_path / "plain.yaml"
    path.write_text(
        yaml.safe_dump(without(yaml.safe_load(SHIPPED.read_text()), "reference_marrow") | {"version": "2.0.0"})
    )
    form = catalogue.describe(catalogue.load(path))
    assert {form["reference_marrow"], *(region["reference"] for region in form["regions"])} == {""}


def test_the_total_comes_first_and_the_other_sums_in_the_order_of_the_form(db, edited):
    derived = yaml.safe_load(SHIPPED.read_text())["derived"]
    derived |= {"z": {"op": "sum", "of": ["VB"], "range": [0, 18]}, "a": {"op": "sum", "of": ["SP"], "range": [0, 18]}}
    instrument = catalogue.load(edited(derived=derived))
    instrument.refresh_from_db()
    assert [one["name"] for one in catalogue.describe(instrument)["sums"]] == ["total", "z", "a"]


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
