"""What is known of an exam and its participant, and where it was entered."""

from scoring.bundle import wide
from scoring.bundle.wide import COVARIATE
from scoring.dossier import CaseRecord, Header
from scoring.explanation.asked import Asked
from scoring.explanation.changes import plain
from scoring.explanation.shown import Evidence, History

FROM_HEADERS = "Read from the headers of the images when they came in; of these only this was kept."
FROM_TABLE = "From the newest table of covariates, entered under Participants."


def history(header: Header, case: CaseRecord, asked: Asked, evidence: Evidence) -> History:
    is_covariate = asked.kind == "covariate"
    known = {one.subject: one.values for one in header.participants}
    name = f"{COVARIATE}{asked.name}" if is_covariate else asked.name
    value = wide.of_subject(header, case, known)[name]
    entered = (event for event in evidence.events if event.action == "covariates.entered")
    label = asked.column.label if asked.column else asked.name
    return History(
        what=asked.name,
        reading="",
        kind="fact",
        label=label,
        column="",
        value="" if value is None else str(value),
        meaning="",
        method="",
        counting=(FROM_TABLE if is_covariate else FROM_HEADERS,),
        rule=None,
        steps=tuple(plain(event) for event in entered) if is_covariate else (),
    )
