"""When agreement may be seen, by the charter: never before a single hidden value could be worked out from it."""

from typing import Any

from scoring import charter, reliability
from scoring.models import Reading, ReadingState
from scoring.rules import Disclosure
from studies.models import Study

LEAST_CASES = 5  # below this a table of two readers' grades is a list of them


def agreement(study: Study) -> dict[str, Any]:
    """The newest report as it may be shown: all of it, or the reason why nothing of it."""
    if sentence := withheld(study):
        empty: dict[str, Any] = {"computed_at": None, "n_cases": 0, "items": [], "sums": []}
        return {"state": "withheld", "withheld": sentence, **empty}
    return {"withheld": None, **reliability.newest(study)}


def withheld(study: Study) -> str | None:
    """Why the agreement of a study is not shown yet, in a sentence; None when it is."""
    rules = charter.frozen(study).last()
    if rules is None:
        return charter.NOT_OPEN
    if rules.terms.disclosure == Disclosure.LOCKED and not study.locked_at:
        return "By the charter, agreement is shown once the study is locked."
    counted = Reading.objects.that_count().filter(case__study=study)
    if rules.terms.disclosure == Disclosure.ALL_SIGNED and counted.exclude(state=ReadingState.SIGNED).exists():
        return "By the charter, agreement is shown once every reading is signed: earlier, it could be taken apart."
    compared = study.cases.filter(consensus__isnull=False).count()
    if compared < LEAST_CASES and not study.locked_at:
        return f"Agreement is shown from {LEAST_CASES} compared cases on: of fewer, it would give single grades away."
    return None
