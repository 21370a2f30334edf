import pytest

from studies.physics import role


def of(tr, te, ti=None, sequences=("SE",)):
    given = {"repetition_time_ms": tr, "echo_time_ms": te, "inversion_time_ms": ti}
    return role({name: value for name, value in given.items() if value is not None}, sequences)


@pytest.mark.parametrize("ti", [85, 110, 150, 160, 220, 230])
def test_an_inversion_that_nulls_fat_is_a_stir_from_low_field_to_3_tesla(ti):
    assert of(4000, 60, ti, ["SE", "IR"]) == "STIR"


def test_a_short_repetition_with_a_short_echo_is_t1():
    assert of(600, 12) == "T1"


def test_an_inversion_time_of_zero_is_no_inversion():
    assert of(462, 25, 0) == "T1"
    assert of(3203, 110, 0) == "T2"


def test_a_long_repetition_with_a_long_echo_is_t2():
    assert of(3500, 100) == "T2"


def test_an_inversion_that_nulls_fluid_with_a_short_echo_is_t1():
    assert of(2000, 20, 860, ["SE", "IR"]) == "T1"


def test_a_t2_flair_is_other():
    assert of(9000, 120, 2500, ["SE", "IR"]) == "OTHER"


def test_a_proton_density_is_other():
    assert of(3000, 15) == "OTHER"


def test_diffusion_is_not_taken_for_t2():
    assert of(4000, 80, None, ["EP", "SE"]) == "OTHER"


def test_a_gradient_echo_with_a_preparation_pulse_is_no_stir():
    assert of(8.9, 3.2, 150, ["GR"]) == "T1"


def test_nothing_known_is_other():
    assert role({}, []) == "OTHER"
