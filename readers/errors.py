"""The few refusals Dens raises; config/errors.py alone knows what they are in HTTP."""

from typing import Any


class Refusal(Exception):
    """Something the user asked for cannot be done, said in a sentence the user can act on."""

    def __init__(self, code: str, sentence: str, **extras: Any) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.extras = code, sentence, extras


class Conflict(Refusal):
    """The thing is no longer in the state the request assumed (signed, allotted, already done)."""


class Gone(Refusal):
    """It was this person's, and there is nothing for them to do here any more."""


class TooMany(Refusal):
    """Too many attempts; try again later."""


class TooLarge(Refusal):
    """More bytes than Dens takes at once."""


class NoRoom(Refusal):
    """The disk would be too full."""


class NotAcceptable(Refusal):
    """There is an answer, but in no form that the client takes."""


class WrongEncoding(Refusal):
    """The body of the request is packed in a way that Dens does not unpack."""


class PasswordChangeRequired(Refusal):
    """The password was given by somebody else; choose one's own before anything else."""

    def __init__(self) -> None:
        super().__init__("password_change_required", "Choose a password of your own first.")
