"""Two readers' grades become a table of counts."""

import pytest

from scoring.agreement import CrossTable, cross_table


def test_rows_are_the_first_reader_and_columns_the_second():
    assert cross_table([(0, 1), (0, 1), (2, 0)], n_grades=3).to_list() == [[0, 2, 0], [0, 0, 0], [1, 0, 0]]


def test_a_grade_nobody_used_keeps_its_row_and_column():
    assert cross_table([(0, 0), (1, 1)], n_grades=4).n_grades == 4


@pytest.mark.parametrize("pair", [(None, 1), (1, None), (None, None)])
def test_a_pair_with_a_site_not_assessable_is_left_out_and_counted(pair: tuple[int | None, int | None]):
    table = cross_table([(0, 0), pair], n_grades=2)
    assert (table.n, table.n_excluded, table.to_list()) == (1, 1, [[1, 0], [0, 0]])


def test_no_pairs_are_an_empty_table():
    assert (cross_table([], n_grades=2).n, cross_table([], n_grades=2).n_excluded) == (0, 0)


@pytest.mark.parametrize("grade", [-1, 4, 1.5])
def test_it_refuses_a_grade_off_the_scale(grade: int):
    with pytest.raises(ValueError, match="scale of 0 to 3"):
        cross_table([(0, grade)], n_grades=4)


@pytest.mark.parametrize("counts", [[[1, 2]], [[5]], [1, 2], [[1, -1], [0, 2]], [[0.5, 0], [0, 1]]])
def test_it_refuses_what_is_not_a_square_table_of_counts(counts: list[list[int]]):
    with pytest.raises(ValueError, match="A table of two readers"):
        CrossTable.of(counts)
