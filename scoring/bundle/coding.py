"""Codes for why there is no grade: a number in SPSS and REDCap, .a to .z in Stata."""

from dataclasses import dataclass
from functools import cached_property

from scoring.dossier import AnswerRecord, FinalRecord, Header

FIRST, LAST = 901, 999  # the range that SPSS is told to be missing
SEVERAL, UNRESOLVED = 980, 990
OF_NO_ONE_READER = {
    SEVERAL: "Not assessable: the readers gave different reasons",
    UNRESOLVED: "Unresolved: nobody decided",
}
LETTERS = {SEVERAL: "y", UNRESOLVED: "z"}


@dataclass(frozen=True)
class Coding:
    """The codes of an instrument's reasons, in the order of its definition."""

    header: Header

    @cached_property
    def of_reasons(self) -> dict[str, int]:
        return {reason: FIRST + place for place, reason in enumerate(self.header.instrument.reasons)}

    @cached_property
    def labels(self) -> dict[int, str]:
        """Every code and what it means."""
        reasons = self.header.instrument.reasons
        return {
            code: f"Not assessable: {reasons[reason]}" for reason, code in self.of_reasons.items()
        } | OF_NO_ONE_READER

    @cached_property
    def letters(self) -> dict[int, str]:
        """Stata's extended missing values."""
        return {code: chr(ord("a") + code - FIRST) for code in self.of_reasons.values()} | LETTERS

    def of_final(self, final: FinalRecord | None) -> float:
        """What counts as one number; an item of a compared case that nobody decided has a code of its own."""
        if final is None or final.method == "unresolved":
            return UNRESOLVED
        if final.value is not None:
            return final.value
        return self.of_reasons.get(final.not_assessable, SEVERAL)

    def of_answer(self, answer: AnswerRecord) -> float | None:
        """None where the item is blank."""
        if answer.grade is not None:
            return answer.grade
        return self.of_reasons.get(answer.not_assessable)
