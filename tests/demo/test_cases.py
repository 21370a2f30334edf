"""The table of the demo's necks: what the readers are said to see can be scored, and was planted."""

import pytest

from demo.cases import CASES
from demo.phantom import Lesion

BONES = ("C2", "C3", "C4", "C5", "C6", "C7")
LEVELS = ("C2C3", "C3C4", "C4C5", "C5C6", "C6C7", "C7T1")
FLAGS = {f"DG_{level}" for level in LEVELS}
GRADED = {"AA_C1C2", *(f"{region}_{bone}" for region in ("VB", "SP") for bone in BONES), *(f"FJ_{it}" for it in LEVELS)}
REGIONS = {"body": "VB", "facet": "FJ", "spinous": "SP"}


def item(lesion: Lesion) -> str:
    """Where a reader scores a lesion: all of the atlantoaxial joint is one site."""
    if lesion.bone in ("arch", "dens", "lateral"):
        return "AA_C1C2"
    return f"{REGIONS[lesion.bone]}_{lesion.level.replace('/T', 'T').replace('/', 'C')}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.subject)
def test_both_readers_score_what_was_planted_and_nothing_else(case):
    lesions = [Lesion.parse(text) for text in case.lesions]
    planted = {item(lesion) for lesion in lesions if lesion.kind == "bme"}
    seen = [{code for code in grades if code not in FLAGS} for grades in case.grades.values()]
    assert len(seen) == 2
    assert seen[0] | seen[1] == planted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.subject)
def test_every_grade_is_one_the_instrument_knows(case):
    for grades in case.grades.values():
        assert all(grade in (0, 1, 2, 3) if code in GRADED else (code in FLAGS and grade == 1)
                   for code, grade in grades.items())  # fmt: skip


def test_six_different_necks_one_of_them_normal():
    assert len({case.subject for case in CASES}) == len({case.seed for case in CASES}) == 6
    assert sum(not case.lesions for case in CASES) == 1


def test_all_four_regions_have_a_lesion():
    assert {code[:2] for case in CASES for grades in case.grades.values() for code in grades} == {
        "AA", "VB", "FJ", "SP", "DG"
    }  # fmt: skip
