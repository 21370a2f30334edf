"""How often double reading needed a third look, and how often the third look went against a reader."""

from scoring.agreement.percent import wilson_interval
from scoring.agreement.result import MIN_PAIRS, Agreement, Status, Verdict


def adjudication_rate(n_adjudicated: int, n_double_read: int) -> Agreement:
    """The share (0 to 1) of the cases read twice that an adjudicator had to decide.

    A high rate is information, not failure: it says how much opinion there is in what is read.
    """
    return _rate("adjudication rate", "cases adjudicated / cases read by two readers", n_adjudicated, n_double_read)


def reader_disagreement_index(n_against: int, n_read: int) -> Agreement:
    """The share (0 to 1) of all cases a reader read in which the adjudicator disagreed with this reader.

    n_read   also the cases that nobody adjudicated: a reader is not blamed for meeting a difficult partner
    """
    definition = "cases in which the adjudicator disagreed with the reader / all cases this reader read"
    return _rate("reader disagreement index", definition, n_against, n_read)


def agreed_items_overruled(n_overruled: int, n_shown: int) -> Agreement:
    """The share (0 to 1) of items on which both readings said the same that an adjudicator decided otherwise."""
    definition = "decided otherwise / items on which both readings agreed"
    return _rate("agreed items overruled", definition, n_overruled, n_shown)


def _rate(name: str, definition: str, events: int, n: int) -> Agreement:
    if not 0 <= events <= n:
        raise ValueError(f"{events} of {n} is not a rate.")
    return Agreement(
        name=name,
        method=f"{definition}; Wilson score 95 % interval",
        n=n,
        counts={"yes": events, "no": n - events},
        **_verdict(events, n)._asdict(),
    )


def _verdict(events: int, n: int) -> Verdict:
    share = events / n if n else None
    if n < MIN_PAIRS:
        cases = f"{n} case{'' if n == 1 else 's'}"
        return Verdict(Status.TOO_FEW, f"Only counts are shown: {cases}, at least {MIN_PAIRS} are needed.", share)
    low, high = wilson_interval(events, n)
    return Verdict(estimate=share, low=low, high=high)
