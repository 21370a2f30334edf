"""Role -> allowed acts: one table for the whole product (docs/roles.md prints it, a test compares them)."""

from django.shortcuts import get_object_or_404

from readers.models import User
from studies.models import ADMINISTRATOR, Role, Study

IMPORT, SEE_CASES, CORRECT_CASES = "import images", "see cases", "correct cases"
CHECK, SEE_FACTS, ENTER_FACTS = "check images", "see facts", "enter facts"
MANAGE_TEAM, ALLOT, WATCH = "manage the team", "allot readings", "watch progress"
SET_RULES, LOCK = "set the rules of reading", "lock the study"
READ, ADJUDICATE = "read", "adjudicate"
SEE_TO_PROBLEMS, REOPEN = "see to problems", "reopen readings"
SEE_AGREEMENT, EXPORT, SEE_AUDIT = "see agreement", "export", "see the audit trail"

COORDINATING = frozenset(
    {
        IMPORT, SEE_CASES, CORRECT_CASES, CHECK, SEE_FACTS, ENTER_FACTS, MANAGE_TEAM, ALLOT, WATCH, SEE_TO_PROBLEMS,
        REOPEN, SEE_AGREEMENT, SET_RULES, LOCK,
    }
)  # fmt: skip
ACTS: dict[str, frozenset[str]] = {
    Role.COORDINATOR: COORDINATING,
    Role.READER: frozenset({READ}),
    Role.ADJUDICATOR: frozenset({ADJUDICATE}),
    Role.STATISTICIAN: frozenset({SEE_CASES, SEE_FACTS, WATCH, SEE_AGREEMENT, EXPORT, SEE_AUDIT}),
    Role.MONITOR: frozenset({SEE_CASES, WATCH, SEE_AUDIT}),
    ADMINISTRATOR: COORDINATING | {EXPORT, SEE_AUDIT},
}


def roles_with(act: str) -> list[str]:
    return [role for role, acts in ACTS.items() if act in acts]


def find_study(user: User, code: str, *, act: str) -> Study:
    """The study `code`, if `user` may do `act` in it; otherwise 404, whether or not it is there."""
    return get_object_or_404(Study.objects.visible_to(user, roles=roles_with(act)), code=code)
