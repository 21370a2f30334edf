"""Adjudication rate and reader disagreement index: shares with Wilson's interval."""

from collections.abc import Callable

import pytest

from scoring.agreement import Agreement, Status, adjudication_rate, reader_disagreement_index, wilson_interval


def test_the_rate_of_a_published_pool_of_oncology_trials():
    """Printed: 42 % of 23,476 cases in 79 trials, 95 % interval 41 to 42 %; not how many, so the 9,766 are ours."""
    answer = adjudication_rate(9_766, 23_476)
    assert answer.estimate == pytest.approx(0.416, abs=5e-4)
    assert (answer.low, answer.high) == pytest.approx((0.41, 0.42), abs=5.1e-3)


def test_the_interval_is_wilsons_of_newcombe_1998():
    """Newcombe 1998, Stat Med 17:857-872, method 3: 15 of 148 is 0.0624 to 0.1605, 81 of 263 is 0.2553 to 0.3662."""
    for events, n, printed in ((15, 148, (0.0624, 0.1605)), (81, 263, (0.2553, 0.3662))):
        answer = reader_disagreement_index(events, n)
        assert (answer.low, answer.high) == pytest.approx(printed, abs=5.1e-5)


def test_the_index_counts_every_case_the_reader_read():
    answer = reader_disagreement_index(8, 40)
    assert (answer.estimate, answer.n, answer.counts) == (0.2, 40, {"yes": 8, "no": 32})
    assert "all cases this reader read" in answer.method


def test_a_rate_of_0_keeps_its_width():
    answer = adjudication_rate(0, 10)
    assert (answer.estimate, answer.low) == (0.0, 0.0)
    assert answer.high == wilson_interval(0, 10)[1] > 0.2


@pytest.mark.parametrize("rate", [adjudication_rate, reader_disagreement_index])
@pytest.mark.parametrize(("n", "share", "said"), [(0, None, "0 cases"), (1, 1.0, "1 case,"), (2, 0.5, "2 cases")])
def test_fewer_than_three_cases_have_no_interval(
    rate: Callable[[int, int], Agreement], n: int, share: float | None, said: str
):
    answer = rate(min(n, 1), n)
    assert (answer.estimate, answer.low, answer.status) == (share, None, Status.TOO_FEW)
    assert said in answer.sentence


@pytest.mark.parametrize("rate", [adjudication_rate, reader_disagreement_index])
@pytest.mark.parametrize(("events", "n"), [(-1, 5), (6, 5)])
def test_it_refuses_what_is_not_a_share(rate: Callable[[int, int], Agreement], events: int, n: int):
    with pytest.raises(ValueError, match="is not a rate"):
        rate(events, n)
