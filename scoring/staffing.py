"""What a study's adjudication lacks in people, in sentences for its coordinator: who may decide, never what."""

from collections.abc import Iterator

from scoring.models import Adjudication, AdjudicationState
from scoring.rules import Design, Resolution, Rules
from studies.models import Membership, Role, Study


def lacking(study: Study, rules: Rules) -> Iterator[str]:
    """Why adjudications of a study wait, where it is for people."""
    if study.locked_at or rules.design is not Design.ADJUDICATED:
        return
    present = Membership.objects.filter(study=study, role=Role.ADJUDICATOR, ended_at=None)
    if rules.resolution is Resolution.JOINT and (there := present.count()) < 2:
        team = "the team has one" if there else "the team has none"
        yield f"Two adjudicators decide together, and {team}: disputes cannot be settled. Add people under People."
    real = Adjudication.objects.that_count().filter(consensus__case__study=study)
    if waiting := real.filter(adjudicator=None).count():
        yield f"{cases(waiting)} for an adjudicator: nobody in the team may decide. Add somebody under People."
    begun = real.filter(state=AdjudicationState.STARTED)
    if left := begun.exclude(adjudicator__in=present.values("user")).count():
        yield f"{cases(left)} for who has begun to decide and has left the team. Add them again under People."


def cases(n: int) -> str:
    return "1 case waits" if n == 1 else f"{n} cases wait"
