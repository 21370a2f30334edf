"""Agreed cases that were mixed in among disputed ones, as a table of their own: they count nowhere else."""

from collections.abc import Iterable

from scoring.models import Dispute, Score
from studies.models import Study

COLUMNS = (
    "case", "item", "mode", "agreed_value", "own_value", "own_not_assessable", "decided_value",
    "decided_not_assessable", "reason",
)  # fmt: skip


def rows(study: Study) -> Iterable[dict[str, object]]:
    """One row an item that was asked although both readers agree, once it is signed."""
    asked = Dispute.objects.filter(adjudication__consensus__case__study=study, adjudication__sham__isnull=False)
    signed = asked.filter(adjudication__state="signed").select_related("adjudication__consensus__case", "item")
    for dispute in signed.order_by("adjudication__consensus__case__code", "item__position"):
        values = [
            dispute.adjudication.consensus.its_case.code,
            dispute.item.code,
            dispute.adjudication.mode,
            Score.objects.get(reading=dispute.left_id, item=dispute.item_id).grade,
            dispute.own_grade,
            dispute.own_not_assessable,
            dispute.grade,
            dispute.not_assessable,
            dispute.reason,
        ]
        yield dict(zip(COLUMNS, values, strict=True))
