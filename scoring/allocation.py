"""Allotting: every ready case to two readers drawn at random. The plan is pure (plan.py); here it becomes rows."""

import secrets
from collections import Counter
from itertools import combinations

from django.db import transaction

from readers import audit
from readers.errors import Conflict
from readers.models import User
from scoring import charter, plan
from scoring.models import Allocation, Reading
from studies.models import Case, CaseState, Membership, Role, Study


def pool(study: Study) -> list[User]:
    """The readers of a study, by user name."""
    held = Membership.objects.filter(study=study, role=Role.READER, ended_at=None)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("username"))


def ready_cases(study: Study) -> list[Case]:
    return list(study.cases.filter(state=CaseState.READY).order_by("code"))


def cases_to_check(study: Study) -> int:
    return study.cases.filter(state=CaseState.TO_CHECK).count()


def problem(study: Study) -> str | None:
    """Why nothing can be allotted now, in a sentence the coordinator can act on; None when it can."""
    readers = len(pool(study))
    if readers < 2:
        return f"A case needs two different readers, and this study has {readers}. Add readers under People."
    return None if ready_cases(study) else nothing_ready(cases_to_check(study))


def nothing_ready(to_check: int) -> str:
    if to_check == 0:
        return "No case is ready: every checked case has been allotted, or images are still missing."
    waiting = "one case waits" if to_check == 1 else f"{to_check} cases wait"
    return f"No case is ready: {waiting} to be checked. Look at the images under Cases."


@transaction.atomic
def allot(study: Study, *, actor: User, seed: str | None = None) -> Allocation:
    """Give every ready case to two readers, in an own random order for each, and keep the seed.

    Raises Conflict when there is nothing to allot, or nobody to allot it to.
    """
    Study.objects.select_for_update().get(pk=study.pk)
    cases = {case.code: case for case in Case.objects.select_for_update().filter(study=study, state=CaseState.READY)}
    if sentence := problem(study):
        raise Conflict("nothing_to_allot", sentence)
    inputs, seed = inputs_of(study, list(cases)), seed or secrets.token_hex(16)
    allotted = plan.plan(inputs, seed=seed)
    allocation = Allocation.objects.create(
        study=study,
        charter=charter.in_force(study),
        seed=seed,
        inputs=inputs.to_json(),
        plan_sha256=plan.sha256(allotted),
        algorithm=plan.ALGORITHM,
        made_by=actor,
    )
    make_readings(allocation, allotted, cases)
    Case.objects.filter(pk__in=[case.pk for case in cases.values()]).update(state=CaseState.ALLOTTED)
    outcome = {"cases": sorted(cases), "readings": len(allotted), "plan_sha256": allocation.plan_sha256}
    audit.record("cases.allotted", allocation, actor=actor, study=study, after=outcome)
    return allocation


def inputs_of(study: Study, cases: list[str]) -> plan.Inputs:
    """What the plan is made from: the ready cases, and what each reader and each pair holds already."""
    held = Counter({reader.username: 0 for reader in pool(study)})
    readers_of: dict[int, list[str]] = {}
    for case, reader in Reading.objects.filter(case__study=study).values_list("case", "reader__username"):
        readers_of.setdefault(case, []).append(reader)
        if reader in held:
            held[reader] += 1
    pairs = Counter(plan.pair_of(a, b) for readers in readers_of.values() for a, b in combinations(readers, 2))
    return plan.Inputs(
        cases=tuple(cases),
        held=dict(held),
        pairs=tuple((a, b, n) for (a, b), n in pairs.items() if a in held and b in held),
    )


def make_readings(allocation: Allocation, allotted: list[plan.Allotted], cases: dict[str, Case]) -> None:
    """The plan as rows, created in random order, so that their keys say nothing about who reads with whom."""
    readers = {reader.username: reader for reader in pool(allocation.study)}
    rows = [
        Reading(
            case=cases[row.case],
            reader=readers[row.reader],
            charter=allocation.charter,
            allocation=allocation,
            position=row.position,
        )
        for row in allotted
    ]
    secrets.SystemRandom().shuffle(rows)
    Reading.objects.bulk_create(rows)


def outlook(study: Study) -> dict[str, object]:
    """What the assign page shows before the button is pressed, and the runs so far."""
    held = Counter(Reading.objects.filter(case__study=study).values_list("reader", flat=True))
    return {
        "ready_cases": len(ready_cases(study)),
        "cases_to_check": cases_to_check(study),
        "readers": [
            {"username": reader.username, "full_name": reader.full_name, "held": held[reader.pk]}
            for reader in pool(study)
        ],
        "runs": study.allocations.select_related("made_by"),
        "problem": problem(study),
    }
