"""Allotting: every ready case to readers drawn at random. The plan is pure (plan/); here it becomes rows."""

import secrets
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

from django.db import transaction

from readers import audit
from readers.errors import Conflict
from readers.models import User
from scoring import charter, plan
from scoring.models import Allocation, Reading, Repeat
from scoring.plan import CaseIn, Inputs, ReaderIn
from scoring.rules import Rules, Stratum
from studies.models import Case, CaseState, ExamFacts, Membership, Role, Study

UNKNOWN = "unknown"
SEED_IS_KNOWN = (
    "This study was locked once, and the seed that its readers are drawn from has been open since: whoever knows it "
    "could tell the next draw beforehand. Open a new study for further cases."
)


def pool(study: Study) -> list[Membership]:
    """The readers of a study who are there, by user name."""
    held = study.memberships.filter(role=Role.READER, ended_at=None, user__is_active=True)
    return list(held.select_related("user", "centre").order_by("user__username"))


def present(study: Study) -> list[Membership]:
    return [one for one in pool(study) if not one.is_away]


def ready_cases(study: Study) -> list[Case]:
    return list(study.cases.filter(state=CaseState.READY).order_by("code"))


def cases_to_check(study: Study) -> int:
    return study.cases.filter(state=CaseState.TO_CHECK).count()


def problem(study: Study) -> str | None:
    """Why nothing can be allotted now, in a sentence the coordinator can act on; None when it can."""
    if study.is_practice:
        return "This is a practice set: whoever practises gets every case of it."
    if study.locked_at:
        return "This study is locked."
    if charter.is_unsealed(study):
        return SEED_IS_KNOWN
    rules = charter.frozen(study).last()
    if rules is None:
        return charter.NOT_OPEN
    if sentence := problem_of_the_pool(study, rules.terms):
        return sentence
    return None if ready_cases(study) else nothing_ready(cases_to_check(study))


def problem_of_the_pool(study: Study, rules: Rules) -> str | None:
    readers, there = len(pool(study)), len(present(study))
    if readers < rules.readers_per_case:
        return f"A case needs two different readers, and this study has {readers}. Add readers under People."
    if readers < rules.pool_size:
        return f"The charter asks for {rules.pool_size} readers, this study has {readers}. Add readers under People."
    if there < rules.readers_per_case:
        return f"Only {there} of {readers} readers are there: the others are away."
    shares = sum(one.share or 0 for one in present(study))
    if shares > 100 * rules.readers_per_case:
        return f"The readers' shares add up to {shares} %; every case is read {rules.readers_per_case} times."
    return None


def nothing_ready(to_check: int) -> str:
    if to_check == 0:
        return "No case is ready: every checked case has been allotted, or images are still missing."
    waiting = "one case waits" if to_check == 1 else f"{to_check} cases wait"
    return f"No case is ready: {waiting} to be checked. Look at the images under Cases."


@transaction.atomic
def allot(study: Study, *, actor: User) -> Allocation:
    """Give every ready case to its readers, in an own random order for each.

    The plan follows from the study's sealed seed and the number of the run, so that it can be rebuilt.
    Raises Conflict when there is nothing to allot, or nobody to allot it to.
    """
    study = Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    ready = Case.objects.select_for_update(no_key=True).filter(study=study, state=CaseState.READY)
    cases = {case.code: case for case in ready}
    if sentence := problem(study):
        raise Conflict("nothing_to_allot", sentence)
    rules, sealed = charter.in_force(study), charter.seed_of(study)
    inputs, run = inputs_of(study, list(cases.values()), rules.terms), study.allocations.count() + 1
    allotted = drawn(inputs, seed=plan.run_seed(sealed.seed, run))
    allocation = Allocation.objects.create(
        study=study,
        charter=rules,
        run=run,
        seed_sha256=sealed.sha256,
        inputs=inputs.to_json(),
        rows=[[row.reader, row.position, row.case, row.part, row.repeat] for row in allotted],
        plan_sha256=plan.sha256(allotted),
        algorithm=plan.ALGORITHM,
        made_by=actor,
    )
    made = make_readings(allocation, allotted, cases)
    Case.objects.filter(pk__in=[case.pk for case in cases.values()]).update(state=CaseState.ALLOTTED)
    outcome = {"cases": sorted(cases), "readings": len(allotted), "plan_sha256": allocation.plan_sha256}
    outcome |= {"manifest": allocation.manifest(seed=None), "codes": [one.code for one in made]}
    audit.record("cases.allotted", allocation, actor=actor, study=study, after=outcome)
    return allocation


def drawn(inputs: Inputs, *, seed: str) -> list[plan.Allotted]:
    try:
        return plan.plan(inputs, seed=seed)
    except ValueError as impossible:
        raise Conflict("nothing_to_allot", str(impossible)) from None


def inputs_of(study: Study, cases: list[Case], rules: Rules) -> Inputs:
    """What the plan is made from: the ready cases, and what each reader and each pair holds already.

    Strata and participants go by opaque labels: a manifest shows that they differ, never what they are.
    """
    held = list(Reading.objects.filter(case__study=study).select_related("reader").order_by("position"))
    known = {case.pk: case for case in study.cases.select_related("exam")} | {case.pk: case for case in cases}
    strata, centres = strata_of(study, rules), centres_of(study)
    subjects = labelled({case.exam.subject_id for case in known.values()}, "participant")
    readers = present(study)
    return Inputs(
        cases=tuple(
            CaseIn(
                code=case.code,
                stratum=strata[case.pk],
                subject=subjects[case.exam.subject_id],
                barred=barred(readers, centres.get(case.pk)) if rules.bars_own_centre else (),
            )
            for case in cases
        ),
        readers=tuple(
            reader_in(one, [row for row in held if row.reader_id == one.user_id], strata, subjects, known, rules)
            for one in readers
        ),
        pairs=pairs_of(study, strata),
        rules=plan.Rules(
            readers_per_case=rules.readers_per_case,
            subject_gap=rules.subject_gap,
            repeat_percent=rules.repeat_percent,
            repeat_gap=rules.repeat_min_cases,
        ),
    )


def labelled(keys: set[Any], word: str) -> dict[Any, str]:
    """An opaque name for each key, by its place among them."""
    return {key: f"{word} {place}" for place, key in enumerate(sorted(keys), start=1)}


def strata_of(study: Study, rules: Rules) -> dict[int, str]:
    """The stratum of every case, by the facts the charter names."""
    columns = {Stratum.CENTRE: "centre_id", Stratum.VENDOR: "vendor", Stratum.SEX: "sex"}
    facts = {row.exam_id: row for row in ExamFacts.objects.filter(exam__case__study=study)}
    values = {
        case: tuple(str(getattr(facts.get(exam), columns[one], None) or UNKNOWN) for one in rules.strata)
        for case, exam in study.cases.values_list("pk", "exam")
    }
    names = labelled(set(values.values()), "stratum")
    return {case: names[value] for case, value in values.items()}


def centres_of(study: Study) -> dict[int, int]:
    """The centre of every case whose centre is known."""
    known = ExamFacts.objects.filter(exam__case__study=study, centre__isnull=False)
    return dict(known.values_list("exam__case", "centre"))


def barred(readers: list[Membership], centre: int | None) -> tuple[str, ...]:
    """Who works where a case comes from."""
    return tuple(one.user.username for one in readers if centre is not None and one.centre_id == centre)


def reader_in(
    one: Membership,
    held: list[Reading],
    strata: dict[int, str],
    subjects: dict[int, str],
    cases: dict[int, Case],
    rules: Rules,
) -> ReaderIn:
    """A reader as the plan sees them: what they hold, and whom they are to read last."""
    repeats = set(Repeat.objects.filter(reading__in=held).values_list("reading", flat=True))
    first = [row for row in held if row.pk not in repeats and not row.asked and row.state != "withdrawn"]
    order = [subjects[cases[row.case_id].exam.subject_id] for row in held]
    return ReaderIn(
        name=one.user.username,
        share=one.share,
        held=max((row.position for row in held), default=0),
        strata=dict(Counter(strata[row.case_id] for row in first)),
        recent=tuple(order[-rules.subject_gap :] if rules.subject_gap else ()),
    )


def pairs_of(study: Study, strata: dict[int, str]) -> tuple[tuple[str, str, str, int], ...]:
    """How many cases of a stratum each two readers hold together."""
    readers: dict[int, list[str]] = defaultdict(list)
    standing = Reading.objects.that_count().filter(case__study=study)
    for case, reader in standing.values_list("case", "reader__username"):
        readers[case].append(reader)
    together = Counter(
        (strata[case], *plan.pair_of(a, b)) for case, names in readers.items() for a, b in combinations(names, 2)
    )
    return tuple((stratum, a, b, n) for (stratum, a, b), n in sorted(together.items()))


def make_readings(allocation: Allocation, allotted: list[plan.Allotted], cases: dict[str, Case]) -> list[Reading]:
    """The plan as rows, created in random order, so that their keys say nothing about who reads with whom.

    Returns   the readings in the order of the plan
    """
    readers = {one.user.username: one.user for one in pool(allocation.study)}
    rows = {
        row: Reading(
            case=cases[row.case],
            reader=readers[row.reader],
            charter=allocation.charter,
            allocation=allocation,
            position=row.position,
            part=row.part,
        )
        for row in allotted
    }
    shuffled = list(rows.values())
    secrets.SystemRandom().shuffle(shuffled)
    Reading.objects.bulk_create(shuffled)
    first = {(row.reader, row.case): reading for row, reading in rows.items() if not row.repeat}
    again = [row for row in allotted if row.repeat]
    Repeat.objects.bulk_create(Repeat(reading=rows[row], original=first[row.reader, row.case]) for row in again)
    return list(rows.values())


def manifests(study: Study) -> list[dict[str, Any]]:
    """The manifest of every run, with the seed once the study was locked."""
    runs = list(study.allocations.select_related("study", "charter"))
    seed = charter.seed_of(study).seed if runs and charter.is_unsealed(study) else None
    return [run.manifest(seed=seed) for run in runs]


def outlook(study: Study) -> dict[str, object]:
    """What the assign page shows before the button is pressed, and the runs so far."""
    held = Counter(Reading.objects.that_count().filter(case__study=study).values_list("reader", flat=True))
    sealed = getattr(study, "sealed_seed", None)
    return {
        "ready_cases": len(ready_cases(study)),
        "cases_to_check": cases_to_check(study),
        "readers": [
            {
                "username": one.user.username,
                "full_name": one.user.full_name,
                "held": held[one.user_id],
                "share": one.share,
                "centre": one.centre.name if one.centre else None,
                "is_away": one.is_away,
            }
            for one in pool(study)
        ],
        "runs": study.allocations.select_related("made_by"),
        "seed_sha256": sealed.sha256 if sealed else None,
        "seed": sealed.seed if sealed and charter.is_unsealed(study) else None,
        "problem": problem(study),
    }
