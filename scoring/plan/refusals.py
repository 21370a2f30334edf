"""What cannot be planned, each in a sentence that a coordinator can act on."""

from collections.abc import Sequence

from scoring.plan.inputs import Inputs, Rules


def refuse_the_impossible(inputs: Inputs) -> None:
    """Raise ValueError with the first problem there is."""
    for sentence in (*problems_of_rules(inputs.rules), *problems_of_readers(inputs), *problems_of_cases(inputs)):
        raise ValueError(sentence)


def problems_of_rules(rules: Rules) -> list[str]:
    problems = []
    if rules.readers_per_case not in (1, 2):
        problems.append("A case has one reader or two different readers.")
    if not 0 <= rules.repeat_percent <= 100:
        problems.append("Repeats are 0 to 100 percent of a reader's cases.")
    if min(rules.subject_gap, rules.repeat_gap) < 0:
        problems.append("A gap is 0 readings or more.")
    return problems


def problems_of_readers(inputs: Inputs) -> list[str]:
    problems = []
    names, needed = [reader.name for reader in inputs.readers], inputs.rules.readers_per_case
    shares = [reader.share for reader in inputs.readers if reader.share is not None]
    if len(set(names)) < len(names):
        problems.append(f"A reader is named twice: {twice(names)}.")
    if any(not 1 <= share <= 100 for share in shares):
        problems.append("A share is 1 to 100 percent of the cases.")
    if sum(shares) > 100 * needed:
        problems.append(f"The shares add up to {sum(shares)} percent, and cannot exceed {100 * needed}. Lower them.")
    return problems


def problems_of_cases(inputs: Inputs) -> list[str]:
    problems = []
    codes, needed = [case.code for case in inputs.cases], inputs.rules.readers_per_case
    if len(set(codes)) < len(codes):
        problems.append(f"A case is named twice: {twice(codes)}.")
    if inputs.cases and len(inputs.readers) < needed:
        wanted = "two different readers" if needed == 2 else "a reader"
        problems.append(f"A case needs {wanted}, and this study has {len(inputs.readers)}. Add readers.")
    names = {reader.name for reader in inputs.readers}
    for case in inputs.cases:
        if (may := len(names.difference(case.barred))) < needed:
            problems.append(f"Case {case.code} needs {needed} readers from other centres than its own, and has {may}.")
    return problems


def twice(names: Sequence[str]) -> str:
    return next(name for name in sorted(names) if names.count(name) > 1)
