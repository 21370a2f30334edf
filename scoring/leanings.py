"""What adjudicators decided between two readings, out of a case: whether they lean is asked of all cases together."""

from collections.abc import Iterator

from scoring.dossier import AdjudicationRecord, CaseRecord, DisputeRecord, ReadingRecord
from scoring.partiality import Decision, whole
from scoring.rules import Resolution


def decisions(case: CaseRecord) -> Iterator[Decision]:
    """Every signed decision between readings that are signed today, agreed cases shown among them included."""
    looks = {reading.code: reading for reading in case.signed}
    for one in case.adjudications:
        if one.state == "signed" and not one.superseded_at:
            yield from of_adjudication(one, looks)


def of_adjudication(one: AdjudicationRecord, looks: dict[str, ReadingRecord]) -> Iterator[Decision]:
    known = [it for it in one.disputes if it.choice and {it.left, it.right} <= looks.keys()]
    decided = [decision(it, looks, name_of(one)) for it in known]
    yield from [whole(decided)] if decided and one.mode == Resolution.PICK_READING else decided


def name_of(one: AdjudicationRecord) -> str:
    """Two who decide together are a name of their own."""
    return " and ".join(sorted(name for name in (one.adjudicator, one.second) if name))


def decision(dispute: DisputeRecord, looks: dict[str, ReadingRecord], adjudicator: str) -> Decision:
    left, right = looks[dispute.left], looks[dispute.right]
    grades = left.grades[dispute.item], right.grades[dispute.item]
    return Decision(
        adjudicator=adjudicator,
        choice=dispute.choice,
        readers=(left.reader, right.reader),
        grades=grades,
        grade=dispute.grade,
        is_agreed=grades[0] == grades[1],
    )
