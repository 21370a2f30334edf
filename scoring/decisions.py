"""What adjudicators decided, as the report asks for it: rows in, plain values out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from scoring.models import Adjudication, AdjudicationState, Dispute
from scoring.partiality import Decision, whole
from scoring.pseudonyms import adjudicator_names
from scoring.report import Read
from scoring.rules import Resolution
from studies.models import Study


def decisions_of(study: Study, read: Mapping[int, Read]) -> Iterator[Decision]:
    """Every signed decision between two readings that are signed today, agreed cases shown among them included.

    read   by the reading's key, who read and what they said
    """
    names = adjudicator_names(study)
    signed = Dispute.objects.filter(
        adjudication__consensus__case__study=study, adjudication__state=AdjudicationState.SIGNED
    )
    by_adjudication: dict[Adjudication, list[Dispute]] = defaultdict(list)
    for dispute in signed.exclude(choice="").select_related("adjudication", "item").order_by("pk"):
        if {dispute.left_id, dispute.right_id} <= read.keys():
            by_adjudication[dispute.adjudication].append(dispute)
    for adjudication, disputes in by_adjudication.items():
        decided = [decision_of(dispute, read, name_of(adjudication, names)) for dispute in disputes]
        yield from [whole(decided)] if adjudication.mode == Resolution.PICK_READING else decided


def name_of(adjudication: Adjudication, names: Mapping[int, str]) -> str:
    """Two who decide together are a name of their own."""
    people = [user for user in (adjudication.adjudicator_id, adjudication.second_id) if user is not None]
    return " and ".join(sorted(names.get(user, "ADJ0") for user in people))


def decision_of(dispute: Dispute, read: Mapping[int, Read], adjudicator: str) -> Decision:
    left, right = read[dispute.left_id], read[dispute.right_id]
    grades = left.answers[dispute.item.code], right.answers[dispute.item.code]
    return Decision(
        adjudicator=adjudicator,
        choice=dispute.choice,
        readers=(left.reader, right.reader),
        grades=grades,
        grade=dispute.grade,
        is_agreed=grades[0] == grades[1],
    )
