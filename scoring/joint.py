"""The second of two people who decide together: that it is really them, that they may, and their signature."""

from typing import Any

from readers import signatures
from readers.errors import Refusal
from readers.models import Signature, User
from readers.signatures import Intent
from scoring import blinding, drawing
from scoring.models import Adjudication

NOT_RIGHT = "The second person's name or password is not right. Nothing was signed."
NOT_YET = "The second person has not chosen a password of their own. They sign in once and choose it, then sign here."
SAME = "A joint read is signed by two people. The second one must be somebody else."
# One sentence for all: who reads the case must not be told by who is turned away.
UNFIT = "Who signs with you must be another adjudicator of this study who may decide this case."


@blinding.acting_as(blinding.ITSELF)  # somebody else is looked up; all that is told is whether they may sign
def intend(adjudication: Adjudication, *, first: Intent, username: str, password: str) -> Intent:
    """Check who signs beside `first`: another person, with their own password, who may decide this case too."""
    name = username.strip().lower()
    if name == first.signer.username:
        raise Refusal("same_person", SAME)
    second = User.objects.filter(username=name, is_active=True).first()
    if second is None or not password:
        raise Refusal("second_refused", NOT_RIGHT)
    intent = confirmed(second, password, first)
    if second.must_change_password:
        raise Refusal("second_refused", NOT_YET)
    if second not in drawing.eligible(adjudication.consensus.its_case):
        raise Refusal("second_unfit", UNFIT)
    return intent


def confirmed(second: User, password: str, first: Intent) -> Intent:
    try:
        return signatures.intend(second, password=password, meaning=first.meaning, expected=first.meaning, now=first.at)
    except Refusal as refused:
        if refused.code == "password_refused":
            raise Refusal("second_refused", NOT_RIGHT) from refused
        raise


@blinding.acting_as(blinding.ITSELF)  # a request signs for who sends it; this one carries the second's password
def write(intent: Intent, content: Any) -> Signature:
    return signatures.write(intent, content)
