"""All tables of all readings at once, against counting pair by pair."""

import numpy as np
import numpy.typing as npt
import pytest

from scoring.agreement import cross_table
from scoring.agreement.pooling import of_patients, tables_of

Grades = npt.NDArray[np.int64]


def readings(n_cases: int = 50, n_items: int = 5, n_grades: int = 4, seed: int = 1) -> tuple[Grades, Grades]:
    """Two readers' made-up grades, some of them not assessable."""
    random = np.random.default_rng(seed)
    first, second = random.integers(0, n_grades, size=(2, n_cases, n_items))
    return np.where(random.random(first.shape) < 0.1, -1, first), np.where(random.random(first.shape) < 0.1, -1, second)


def pairs(first: Grades, second: Grades) -> list[tuple[int | None, int | None]]:
    grades = [[None if grade < 0 else int(grade) for grade in reader.ravel()] for reader in (first, second)]
    return list(zip(*grades, strict=True))


@pytest.mark.parametrize("n_grades", [2, 4, 11, 58])
def test_the_table_of_each_item_is_its_pairs_counted(n_grades: int):
    first, second = readings(n_grades=n_grades)
    tables = tables_of(first, second, n_grades)
    for item in range(5):
        expected = cross_table(pairs(first[:, item], second[:, item]), n_grades=n_grades)
        assert tables.of_items[item].tolist() == expected.to_list()
        assert tables.n_excluded[item] == expected.n_excluded


def test_the_table_of_each_case_is_its_pairs_counted():
    first, second = readings()
    tables = tables_of(first, second, 4)
    for case in range(50):
        expected = cross_table(pairs(first[case], second[case]), n_grades=4)
        assert tables.of_cases[case].tolist() == expected.to_list()


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32])
def test_small_integers_give_the_same_tables(kind: type[np.integer]):
    first, second = (np.maximum(grades, 0) for grades in readings())
    small, large = tables_of(first.astype(kind), second.astype(kind), 4), tables_of(first, second, 4)
    assert (small.of_items == large.of_items).all()
    assert (small.of_cases == large.of_cases).all()


def test_tables_of_many_blocks_are_those_of_one(monkeypatch: pytest.MonkeyPatch):
    whole = tables_of(*readings(), 4)
    monkeypatch.setattr("scoring.agreement.pooling.BLOCK", 35)
    in_blocks = tables_of(*readings(), 4)
    assert (in_blocks.of_items == whole.of_items).all()
    assert (in_blocks.of_cases == whole.of_cases).all()


def test_no_cases_make_empty_tables():
    tables = tables_of(np.empty((0, 3), dtype=int), np.empty((0, 3), dtype=int), 4)
    assert (tables.of_items.shape, tables.of_cases.shape) == ((3, 4, 4), (0, 4, 4))
    assert tables.of_items.sum() == tables.n_excluded.sum() == 0


@pytest.mark.parametrize("grade", [-2, 4])
def test_it_refuses_a_grade_that_is_not_on_the_scale(grade: int):
    with pytest.raises(ValueError, match="not on a scale of 0 to 3"):
        tables_of(np.array([[0, grade]]), np.array([[0, 1]]), 4)


def test_it_refuses_readers_of_different_cases():
    with pytest.raises(ValueError, match="the second's"):
        tables_of(np.zeros((3, 2), dtype=int), np.zeros((2, 2), dtype=int), 4)


def test_it_refuses_what_is_no_array_of_grades():
    with pytest.raises(ValueError, match="whole numbers"):
        tables_of(np.zeros((3, 2)), np.zeros((3, 2)), 4)


def test_visits_of_a_patient_are_added_up():
    of_cases = np.array([[1, 0], [2, 1], [4, 0], [8, 2]])
    assert of_patients(of_cases, ["ana", "ben", "ana", "cem"]).tolist() == [[5, 0], [2, 1], [8, 2]]


def test_it_refuses_cases_without_a_patient():
    with pytest.raises(ValueError, match="2 cases, but the patients of 1"):
        of_patients(np.zeros((2, 4)), ["ana"])
