"""Settled consensus and covariates -> one row a participant -> the clinical tables of a study."""

from collections import defaultdict
from typing import Any

from scoring import charter, clinical, consensus
from scoring.clinical import Patient
from scoring.models import Consensus, ConsensusState
from scoring.outlines import name_of_sum, outline
from studies import covariates
from studies.models import ExamFacts, Study


def tables(study: Study) -> dict[str, Any]:
    """The clinical tables on today's settled consensus and the newest covariates.

    n_unsettled   participants of whom no case is settled yet
    n_left_out    participants with several cases of which it is not known which came first
    """
    known, values = covariates.known_of(study)
    settled = settled_by_participant(study)
    first = {subject: one for subject, several in settled.items() if (one := earliest(several))}
    patients = [patient_of(one, values.get(subject, {})) for subject, one in first.items()]
    return {
        **clinical.report(patients, outline(charter.in_force(study).instrument.definition, known)),
        "n_unsettled": len(covariates.participants(study)) - len(settled),
        "n_left_out": len(settled) - len(first),
    }


def settled_by_participant(study: Study) -> dict[int, list[Consensus]]:
    """What counts for the cases that are settled, by the key of whose they are."""
    found: dict[int, list[Consensus]] = defaultdict(list)
    settled = Consensus.objects.filter(case__study=study, state=ConsensusState.SETTLED)
    whole = settled.select_related("case__exam__facts", "charter__instrument")
    for one in whole.order_by("case__code"):
        found[one.its_case.exam.subject_id].append(one)
    return found


def earliest(several: list[Consensus]) -> Consensus | None:
    """What stands for a participant: the only case, or the first in time; None if that cannot be told."""
    days = [day_of(one) for one in several]
    known = [day for day in days if day is not None]
    if len(several) == 1:
        return several[0]
    if len(known) < len(several) or known.count(min(known)) > 1:
        return None
    return several[days.index(min(known))]


def day_of(one: Consensus) -> int | None:
    facts: ExamFacts | None = getattr(one.its_case.exam, "facts", None)
    return facts.shifted_day if facts else None


def patient_of(one: Consensus, known: covariates.Values) -> Patient:
    """What the consensus of a case says, and what is known of its participant."""
    values = consensus.derived_of(one)
    return Patient(
        findings=values.present,
        numbers={name_of_sum(name): part.value for name, part in values.sums.items()}
        | {name: value for name, value in known.items() if isinstance(value, float)},
        categories={name: value for name, value in known.items() if isinstance(value, str)},
    )
