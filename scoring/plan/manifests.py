"""What is published of a plan: all that anybody needs to rebuild it once the seed is known, and whether it holds."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from scoring.plan.allotting import ALGORITHM, plan
from scoring.plan.checks import broken_promises
from scoring.plan.draws import run_seed, seed_sha256
from scoring.plan.inputs import Allotted, Inputs, rows_of, sha256

FORMAT = "dens-allocation-1"


def manifest(
    inputs: Inputs,
    allotted: Sequence[Allotted],
    *,
    study: str,
    run: int,
    charter_version: int,
    charter_sha256: str,
    seed_sha256: str,
    seed: str | None = None,
) -> dict[str, Any]:
    """The manifest of the n-th run of a study.

    study         its code
    run           from 1
    seed_sha256   as published before the first run
    seed          of the study, not of the run; None while it is sealed, until the study is locked
    """
    return {
        "format": FORMAT,
        "algorithm": ALGORITHM,
        "study": study,
        "run": run,
        "charter_version": charter_version,
        "charter_sha256": charter_sha256,
        "seed_sha256": seed_sha256,
        "seed": seed,
        "inputs": inputs.to_json(),
        "plan": rows_of(allotted),
        "plan_sha256": sha256(allotted),
    }


def check(published: Mapping[str, Any], seed: str | None = None) -> list[str]:
    """Sentences of what is wrong with a manifest; [] if all is well.

    seed   of the study; None: the one in the manifest. Without any, all is checked that does not need it.
    """
    if published.get("format") != FORMAT or published.get("algorithm") != ALGORITHM:
        return [f"This is no manifest of the format {FORMAT} and the algorithm {ALGORITHM}, which alone is known here."]
    try:
        inputs = Inputs.from_json(published["inputs"]).canonical()
        allotted = [Allotted(*row) for row in published["plan"]]
        complaints = (
            [] if sha256(allotted) == published["plan_sha256"] else ["The plan is not the one that was hashed."]
        )
        complaints += broken_promises(inputs, allotted)
        seed = seed or published["seed"]
        return complaints + (differences(published, inputs, allotted, seed) if seed else [])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        return [f"The manifest is damaged ({type(wrong).__name__}: {wrong})."]


def differences(published: Mapping[str, Any], inputs: Inputs, allotted: list[Allotted], seed: str) -> list[str]:
    """How a manifest differs from what its seed gives."""
    if seed_sha256(seed) != published["seed_sha256"]:
        return ["The seed is not the one whose hash was published."]
    rebuilt, rows = rows_of(plan(inputs, seed=run_seed(seed, published["run"]))), rows_of(allotted)
    for ours, theirs in zip_longest(rebuilt, rows):
        if ours != theirs:
            return [f"The seed gives another plan: it has {told(ours)} where the manifest has {told(theirs)}."]
    return []


def told(row: list[Any] | None) -> str:
    if row is None:
        return "nothing more"
    reader, position, case, part, repeat = row
    return f"{'a repeat of ' if repeat else ''}case {case} for {reader} at position {position} in part {part}"
