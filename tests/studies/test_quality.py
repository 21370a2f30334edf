"""What is said of a case's images without looking at them, and what is asked of whoever looks."""

from dataclasses import replace

import pytest

from studies.geometry import Geometry
from studies.quality import ACKNOWLEDGED, Shape, findings, questions


def slices(places, *, tall=240, deep=240, lift=0.0):
    """Sagittal slices of `tall` x `deep` mm at these distances from the patient's right, about the same middle."""
    return tuple(
        Geometry((x, -deep / 2 + 0.5, tall / 2 - 0.5 + lift), (0, 1, 0), (0, 0, -1), 1, 1, rows=tall, columns=deep)
        for x in places
    )


THIRTEEN = tuple(4.0 * place for place in range(13))


def series(number=1, role="STIR", places=THIRTEEN, **options):
    size = {name: options.pop(name) for name in ("tall", "deep", "lift") if name in options}
    shape = {"plane": "sagittal", "frame": "2.25.1", **options}
    return Shape(number=number, role=role, slices=slices(places, **size), **shape)


GOOD = [series(1, "STIR"), series(2, "T1")]


def with_stir(**options):
    """The good case, with another STIR."""
    return [series(1, "STIR", **options), GOOD[1]]


def doubts(case):
    return [(one.name, one.series, one.sentence) for one in findings(case) if one.state != "pass"]


def test_a_sound_case_passes_everything():
    assert doubts(GOOD) == []
    assert [(one.name, one.series) for one in findings(GOOD)] == [
        ("sagittal_stir", 1), ("sagittal_t1", 2),
        ("slices", 1), ("spacing", 1), ("step", 1), ("height", 1),
        ("slices", 2), ("spacing", 2), ("step", 2), ("height", 2),
        ("together", None), ("face", None),
    ]  # fmt: skip


def test_a_person_is_asked_for_coverage_and_burnt_in_text_even_of_a_sound_case():
    assert [question.name for question in questions(findings(GOOD))] == ["coverage", "no_burned_in_text"]


def test_a_missing_sequence_is_named():
    assert doubts([series(1, "STIR"), series(2, "T1", plane="axial")]) == [
        ("sagittal_t1", None, "There is no sagittal T1 of at least 3 slices.")
    ]


def test_a_case_without_any_image_misses_both():
    assert [name for name, *_ in doubts([])] == ["sagittal_stir", "sagittal_t1"]


def test_t1_after_contrast_is_no_t1():
    assert [name for name, *_ in doubts([series(1, "STIR"), series(2, "T1C")])] == ["sagittal_t1"]


@pytest.mark.parametrize(
    ("places", "name", "sentence"),
    [
        ([4.0 * n for n in range(8)], "slices", "Only 8 slices, where 9 reach both facet columns."),
        ([6.6 * n for n in range(9)], "step", "A slice only every 6.6 mm; more than 6 mm can hide a small joint."),
        (
            [4.0 * n for n in range(13) if n != 5],
            "spacing",
            "Slices 5 and 6 lie too far apart: a slice may be missing between them.",
        ),
        ([*(4.0 * n for n in range(13)), 12.0], "spacing", "Slices 4 and 5 lie at the same place."),
        ([n // 2 * 4.0 for n in range(18)], "spacing", "9 pairs of neighbours lie at the same place."),
        ([4.0 * n + (n % 2) for n in range(13)], "spacing", "The slices lie unevenly, 3.0 to 5.0 mm apart."),
    ],
)
def test_slices_that_are_few_far_apart_missing_doubled_or_uneven_are_a_question(places, name, sentence):
    assert doubts(with_stir(places=places)) == [(name, 1, sentence)]


def test_rounded_positions_are_even():
    assert doubts(with_stir(places=[4.4 * n + (0.05 if n % 3 else 0) for n in range(13)])) == []


def test_slices_that_pile_up_in_one_place_are_a_question_not_an_error():
    assert [name for name, *_ in doubts(with_stir(places=[0.0] * 9))] == ["spacing", "together"]


def test_a_low_field_of_view_is_a_question():
    low = [replace(one, slices=slices([4.0 * n for n in range(13)], tall=120)) for one in GOOD]
    assert doubts(low)[0] == ("height", 1, "120 mm from top to bottom; C1/2 to C7/T1 may need 130 mm.")


def test_height_is_measured_along_the_body_not_along_the_image():
    """An image turned by 90 degrees: its rows run from head to feet."""
    turned = [replace(one, row_direction=(0, 0, -1), column_direction=(0, 1, 0), rows=100) for one in GOOD[0].slices]
    assert [one.sentence for one in findings([replace(GOOD[0], slices=tuple(turned))]) if one.name == "height"] == [
        "240 mm from top to bottom."
    ]


def test_stir_and_t1_of_two_sessions_are_a_question():
    [(name, number, sentence)] = doubts([GOOD[0], replace(GOOD[1], frame="2.25.2")])
    assert (name, number) == ("together", None)
    assert "no coordinate system in common" in sentence


def test_stir_and_t1_of_different_levels_are_a_question():
    assert [name for name, *_ in doubts(with_stir(lift=90.0))] == ["together"]


def test_one_t1_that_lies_with_the_stir_is_enough():
    assert doubts([*GOOD, series(3, "T1", frame="2.25.9")]) == []


def test_a_doubted_role_is_a_question_about_any_series():
    axial = series(3, "T2", plane="axial", doubt="It may be a proton density image.")
    assert doubts([*GOOD, axial]) == [("role", 3, "It may be a proton density image.")]


def test_a_thin_volume_over_a_large_field_could_show_a_face():
    thin = series(3, "OTHER", places=[1.0 * n for n in range(160)])
    assert doubts([*GOOD, thin]) == [("face", 3, "Thin slices over a large field: a face could be rendered.")]
    assert questions(findings([*GOOD, thin]))[2].name == "face_accepted"


def test_a_volume_of_thick_partitions_is_looked_at_too():
    volume = series(3, "OTHER", places=[2.0 * n for n in range(60)], is_3d=True)
    assert [name for name, *_ in doubts([*GOOD, volume])] == ["face"]


@pytest.mark.parametrize("shape", [{"tall": 150}, {"places": [1.0 * n for n in range(60)]}, {"places": [0.0]}])
def test_a_small_volume_shows_no_face(shape):
    volume = series(3, "OTHER", **{"places": [1.0 * n for n in range(160)], **shape}, is_3d=True)
    assert doubts([*GOOD, volume]) == []


def test_two_thin_volumes_are_one_question():
    thin = [series(number, "OTHER", places=[1.0 * n for n in range(160)]) for number in (3, 4)]
    assert [one.name for one in questions(findings([*GOOD, *thin]))].count("face_accepted") == 1


def test_every_question_has_a_name_of_its_own_and_says_what_the_person_then_has_said():
    bad = [series(n, role, places=[0, 7, 21, 28], tall=99, doubt="Unsure.") for n, role in ((1, "STIR"), (2, "T1"))]
    asked = questions(findings([bad[0], replace(bad[1], frame="2.25.2")]))
    names = [question.name for question in asked]
    assert len(set(names)) == len(names) == 2 + 2 * 5 + 1
    assert {name.split("_")[0] for name in names[2:]} == set(ACKNOWLEDGED)
    assert all(question.sentence.endswith(".") and "{" not in question.sentence for question in asked)
