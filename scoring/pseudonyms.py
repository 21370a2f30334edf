"""R1, R2, ... and ADJ1, ADJ2, ...: the names of people in reports and exports, by the order in which they joined.

A name stays: it does not depend on who has read or decided anything yet.
"""

from studies.models import Role, Study


def reader_names(study: Study) -> dict[int, str]:
    """By the key of the user."""
    return numbered(study, Role.READER, "R")


def adjudicator_names(study: Study) -> dict[int, str]:
    """By the key of the user."""
    return numbered(study, Role.ADJUDICATOR, "ADJ")


def numbered(study: Study, role: Role, letters: str) -> dict[int, str]:
    ordered = study.memberships.filter(role=role).order_by("pk").values_list("user", flat=True)
    return {user: f"{letters}{place}" for place, user in enumerate(dict.fromkeys(ordered), start=1)}
