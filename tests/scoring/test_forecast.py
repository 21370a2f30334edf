"""When a reader would finish: counted from what they signed lately, and not guessed from too little."""

from datetime import UTC, date, datetime, timedelta

from scoring.forecast import load

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def days_ago(*days):
    return [NOW - timedelta(days=n) for n in days]


def test_the_pace_of_the_last_weeks_is_carried_on():
    found = load(["signed"] * 5 + ["started"] + ["assigned"] * 4, days_ago(10, 8, 6, 4, 2), now=NOW)
    assert (found.assigned, found.started, found.signed) == (4, 1, 5)
    assert found.per_week == 3.5  # five in ten days
    assert found.finishes_on == date(2026, 12, 3)  # five left at one in two days


def test_too_few_signatures_give_no_date():
    found = load(["signed", "signed", "assigned"], days_ago(3, 1), now=NOW)
    assert (found.per_week, found.finishes_on) == (None, None)


def test_what_was_signed_long_ago_says_nothing_of_today():
    assert load(["signed"] * 9 + ["assigned"], days_ago(*range(30, 39)), now=NOW).finishes_on is None


def test_a_first_busy_morning_is_a_day():
    found = load(["signed"] * 3 + ["assigned"] * 6, [NOW - timedelta(minutes=n) for n in (50, 30, 10)], now=NOW)
    assert found.finishes_on == date(2026, 11, 25)
