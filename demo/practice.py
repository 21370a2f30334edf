"""A practice set of synthetic necks: what was planted is known, so every item has its reference."""

from django.db import transaction

from demo.cases import DemoCase
from demo.phantom import Lesion
from demo.phantom.patient import Patient
from demo.study import INSTRUMENT, check_images, import_images
from readers.models import User
from scoring import charter, references
from scoring.models import Instrument, Item
from studies.models import Study

TITLE = "Practice: four synthetic necks"
WORN = 0.55  # of 1: from here on a disc of the phantom shows its wear on a sagittal slice
DISCS = ("C2C3", "C3C4", "C4C5", "C5C6", "C6C7", "C7T1")
CASES = (
    DemoCase("PRACTICE-01", seed=43, lesions=("C5.body:3", "C6.body:2", "C3/4.facet.L:2")),
    DemoCase("PRACTICE-02", seed=47, lesions=("C2.dens:2", "C7.spinous:3", "fat:C4.body:2")),
    DemoCase("PRACTICE-03", seed=53, lesions=("C3.body:1", "C6/7.facet.R:3", "C5.spinous:2")),
    DemoCase("PRACTICE-04", seed=59),
)


@transaction.atomic
def make() -> Study:
    """The practice set, whole or not at all; the one that is there, if it is. Dora looks after it."""
    if known := Study.objects.filter(is_practice=True, is_synthetic=True, title=TITLE).first():
        return known
    keeper = User.objects.get(username="dora")
    practice_set = charter.found_study(
        title=TITLE, instrument=INSTRUMENT, actor=keeper, is_synthetic=True, is_practice=True
    )
    import_images(practice_set, CASES, actor=keeper)
    check_images(practice_set, actor=keeper)
    references.enter(practice_set, table=table(charter.in_force(practice_set).instrument), actor=keeper)
    return practice_set


def table(instrument: Instrument) -> str:
    """The references as a person would enter them."""
    items = list(instrument.items.all())
    lines = [f"{case.subject},{item.code},{planted(case, item)}" for case in CASES for item in items]
    return "\n".join(["case,item,grade", *lines])


def planted(case: DemoCase, item: Item) -> int:
    """The grade of what was planted at an item; of a disc, whether its wear can be seen."""
    if item.region == "DG":
        return int(Patient(case.seed).discs[DISCS.index(item.code.partition("_")[2])].wear >= WORN)
    lesions = [Lesion.parse(text) for text in case.lesions]
    return max((one.grade for one in lesions if one.kind == "bme" and item_of(one) == item.code), default=0)


def item_of(lesion: Lesion) -> str:
    """The item a lesion is graded at: AA_C1C2, VB_C5, FJ_C4C5, SP_C6."""
    level = lesion.level.replace("/", "C", 1).replace("CT1", "T1")
    if lesion.level.startswith("C1") or lesion.bone == "dens":
        return "AA_C1C2"
    return {"body": "VB_", "spinous": "SP_", "facet": "FJ_"}[lesion.bone] + level
