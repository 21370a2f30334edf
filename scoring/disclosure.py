"""Whether agreement may be seen yet. When it may is the charter's to say (withholding.py)."""

from scoring import charter, withholding
from scoring.models import Reading, ReadingState
from studies.models import Study


def withheld(study: Study) -> str | None:
    """Why the agreement of a study is not shown yet, in a sentence; None when it is."""
    rules = charter.frozen(study).last()
    if rules is None:
        return charter.NOT_OPEN
    counted = Reading.objects.that_count().filter(case__study=study)
    found = withholding.sentence(
        rules.terms,
        is_locked=study.locked_at is not None,
        all_signed=not counted.exclude(state=ReadingState.SIGNED).exists(),
        n_compared=study.cases.filter(consensus__isnull=False).count(),
    )
    return found or None
