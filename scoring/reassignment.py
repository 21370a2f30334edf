"""Giving a reading that nobody has begun to another reader: somebody fell ill, or should not read this case."""

from datetime import datetime

from django.db import transaction

from readers import audit
from readers.errors import Conflict, Refusal
from readers.models import User
from scoring import allocation, charter, telling
from scoring.models import Reading, ReadingState
from studies.models import Case, Membership, Study


@transaction.atomic
def reassign(study: Study, *, case: str, reader: str, to: str, reason: str, actor: User, now: datetime) -> Reading:
    """Take a case from `reader` and give it to `to` (user names), under a new code at the end of their order.

    The first reader's row stays, withdrawn. Repeats stay with whom they are of, and are none of a coordinator's doing.
    """
    charter.refuse_if_locked(study)
    found = Case.objects.select_for_update(no_key=True).filter(study=study, code=case).first()
    if found is None:
        raise Refusal("no_such_case", "There is no such case in this study.")
    if not (reason := reason.strip()):
        raise Refusal("no_reason", "Say in a few words why somebody else is to read this case.")
    standing = Reading.objects.that_count().filter(case=found, reader__username=reader)
    taken = standing.select_for_update(no_key=True, of=["self"]).first()
    if taken is None:
        raise Conflict("not_theirs", "This reader does not read this case any more.")
    if taken.state != ReadingState.ASSIGNED:
        raise Conflict("begun", "This reading has been begun. Whoever began it finishes it, or reports a problem.")
    chosen = fit(study, found, to)
    taken.state = ReadingState.WITHDRAWN
    taken.save(update_fields=["state"])
    last = Reading.objects.filter(reader=chosen.user, case__study=study).order_by("-position").first()
    given = Reading.objects.create(
        case=found,
        reader=chosen.user,
        charter=taken.charter,
        allocation=taken.allocation,
        position=(last.position if last else 0) + 1,
    )
    before, after = {"reader": reader, "reading": taken.code}, telling.reading(given)
    audit.record("reading.reassigned", found, actor=actor, study=study, before=before, after=after, reason=reason)
    return given


def fit(study: Study, case: Case, username: str) -> Membership:
    """The reader of that name, if they may read this case."""
    chosen = next((one for one in allocation.present(study) if one.user.username == username), None)
    if chosen is None:
        raise Refusal("not_in_the_pool", "Choose a reader of this study who is not away.")
    if case.readings.that_count().filter(reader=chosen.user).exists():
        raise Conflict("reads_it_already", f"{chosen.user.full_name} reads this case already.")
    if case.readings.filter(reader=chosen.user, state=ReadingState.WITHDRAWN).exists():
        raise Conflict("was_withdrawn", f"This case was taken from {chosen.user.full_name}. Choose somebody else.")
    bars = charter.in_force(study).terms.bars_own_centre
    if bars and chosen.centre_id is not None and allocation.centres_of(study).get(case.pk) == chosen.centre_id:
        raise Refusal("own_centre", f"{chosen.user.full_name} works where this case comes from.")
    return chosen
