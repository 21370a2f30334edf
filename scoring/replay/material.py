"""Events of the material: cases as they are filed, assembled, corrected, checked; participants and their covariates."""

from dataclasses import replace

from scoring.dossier import CovariateColumn, ExamRecord, from_json
from scoring.dossier.trail import Event
from scoring.replay.registry import on
from scoring.replay.state import CaseLife, Contradiction, State


@on("case.filed")
@on("case.assembled")
@on("series.role corrected")
def told_anew(state: State, event: Event) -> None:
    """The case as a whole: what it was before does not matter."""
    told = event.after
    made = CaseLife(
        code=event.object_key,
        subject=told["subject"],
        state=told["state"],
        exam=exam_of(told["exam"]),
        shifted_day=told["exam"]["shifted_day"],
    )
    if made.code in state.cases and state.cases[made.code].state == "allotted":
        raise Contradiction("the case was allotted before, and stays as it is")
    state.cases[made.code] = made


def exam_of(told: dict[str, object]) -> ExamRecord:
    exam = from_json(ExamRecord, told)
    strength = exam.field_strength_t
    return replace(exam, field_strength_t=None if strength is None else float(strength))


@on("case.subject set")
def renamed(state: State, event: Event) -> None:
    """Joined: this case goes to a participant who is known. Otherwise its participant has another pseudonym."""
    case, before, after = state.case(event.object_key), event.before["subject"], event.after["subject"]
    if case.subject != before:
        raise Contradiction(f"the case was of {case.subject} before, not of {before}")
    if event.after["is_joined"]:
        case.subject = after
        return
    for one in state.cases.values():
        one.subject = after if one.subject == before else one.subject
    if before in state.values:
        state.values[after] = state.values.pop(before)


@on("case.accepted")
@on("case.refused")
def checked(state: State, event: Event) -> None:
    case = state.case(event.object_key)
    if case.state != event.before["state"]:
        raise Contradiction(f"the case was {case.state} before, not {event.before['state']}")
    case.state = event.after["state"]


@on("covariates.entered")
def entered(state: State, event: Event) -> None:
    """A table replaces the one before it as a whole."""
    columns = tuple(from_json(CovariateColumn, one) for one in event.after["columns"])
    numbers = {one.name for one in columns if one.kind == "number"}
    state.columns = columns
    state.values = {
        subject: {name: float(value) if name in numbers else value for name, value in values.items()}
        for subject, values in event.after["values"].items()
    }
