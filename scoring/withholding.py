"""When agreement may be seen, by the charter: never before a single hidden value could be worked out from it."""

from scoring.rules import Disclosure, Rules

LEAST_CASES = 5  # below this a table of two readers' grades is a list of them


def sentence(rules: Rules, *, is_locked: bool, all_signed: bool, n_compared: int) -> str:
    """Why the agreement of a study is not shown yet; "" when it is.

    all_signed   whether every reading that counts is signed
    n_compared   cases with a consensus, open or settled
    """
    if rules.disclosure == Disclosure.LOCKED and not is_locked:
        return "By the charter, agreement is shown once the study is locked."
    if rules.disclosure == Disclosure.ALL_SIGNED and not all_signed:
        return "By the charter, agreement is shown once every reading is signed: earlier, it could be taken apart."
    if n_compared < LEAST_CASES and not is_locked:
        return f"Agreement is shown from {LEAST_CASES} compared cases on: of fewer, it would give single grades away."
    return ""
