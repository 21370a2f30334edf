import pytest

from studies.physics import DOUBTS, recognise


def of(tr, te, ti=None, sequences=("SE",), *, field=None, contrast=False):
    given = {"repetition_time_ms": tr, "echo_time_ms": te, "inversion_time_ms": ti, "field_strength_t": field}
    known = {name: value for name, value in given.items() if value is not None}
    return recognise(known, sequences, has_contrast=contrast)


@pytest.mark.parametrize(
    ("ti", "field"), [(75, 0.2), (85, 0.2), (110, 0.3), (150, 1.5), (160, 1.5), (210, 3), (230, 3), (160, None)]
)
def test_an_inversion_that_nulls_fat_is_a_stir_from_low_field_to_3_tesla(ti, field):
    assert of(4000, 60, ti, ["SE", "IR"], field=field) == ("STIR", "")


@pytest.mark.parametrize(("ti", "field"), [(290, 1.5), (85, 1.5), (110, 3), (230, 0.3)])
def test_an_inversion_that_does_not_null_fat_at_its_field_is_asked_about(ti, field):
    assert of(4000, 60, ti, ["SE", "IR"], field=field) == ("STIR", "inversion_time")


@pytest.mark.parametrize(("tr", "te"), [(600, 12), (462, 25)])
def test_a_short_repetition_with_a_short_echo_is_t1(tr, te):
    assert of(tr, te) == ("T1", "")


def test_an_inversion_time_of_zero_is_no_inversion():
    assert of(462, 25, 0) == ("T1", "")
    assert of(3203, 110, 0) == ("T2", "")


def test_a_long_repetition_with_a_long_echo_is_t2():
    assert of(3500, 100) == ("T2", "")


def test_an_inversion_that_nulls_fluid_with_a_short_echo_is_t1():
    assert of(2000, 20, 860, ["SE", "IR"]) == ("T1", "")


def test_a_t2_flair_is_other():
    assert of(9000, 120, 2500, ["SE", "IR"]) == ("OTHER", "")


def test_a_proton_density_is_other():
    assert of(3000, 15) == ("OTHER", "")


def test_diffusion_is_not_taken_for_t2():
    assert of(4000, 80, None, ["EP", "SE"]) == ("OTHER", "")


@pytest.mark.parametrize(
    ("tr", "te", "role"), [(1200, 20, "T1"), (1200, 90, "T2"), (2500, 50, "OTHER"), (800, 70, "T2")]
)
def test_what_lies_between_t1_and_t2_is_asked_about(tr, te, role):
    assert of(tr, te) == (role, "between_weightings")


def test_t1_after_contrast_is_told_from_t1_and_asked_about():
    assert of(600, 12, contrast=True) == ("T1C", "contrast_medium")


def test_contrast_does_not_turn_a_stir_into_anything_else():
    assert of(4000, 60, 160, ["SE", "IR"], contrast=True) == ("STIR", "")


def test_a_gradient_echo_with_a_preparation_pulse_is_no_stir():
    assert of(8.9, 3.2, 150, ["GR"]) == ("T1", "gradient_echo")


def test_a_prepared_volume_is_t1_and_asked_about():
    assert of(1800, 2.41, 900, ["GR", "IR"]) == ("T1", "gradient_echo")


def test_what_is_repeated_faster_than_any_spin_echo_is_a_gradient_echo():
    assert of(6.8, 3.1, None, []) == ("T1", "gradient_echo")


@pytest.mark.parametrize(("tr", "te"), [(None, 12), (600, None), (None, None), (0, 12)])
def test_without_repetition_or_echo_time_the_role_is_asked(tr, te):
    assert of(tr, te) == ("OTHER", "weighting_unknown")


def test_every_doubt_is_a_question_in_words():
    assert all(sentence.endswith(("?", ".")) and len(sentence) < 200 for sentence in DOUBTS.values())
