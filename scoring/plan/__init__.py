"""Who reads which case, in which order: a pure function of its inputs and a seed. No Django, standard library only.

draws      chance: every draw is the SHA-256 of the seed and of what is drawn for
inputs     what a plan is made from, in one canonical form
refusals   what cannot be planned
groups     cases that the same readers may read
flow       who has how many cases of each group, and what one more would cost
loads      how many cases of each group each reader reads, as even as can be
pairs      who reads with whom, as even as can be
spacing    an order in which two readings of one subject lie apart
orders     a reader's own order, with hidden repeats in its second part
allotting  all of it together: plan()
checks     what a plan promises, checked without its seed
manifests  what is published of a plan, and whether it holds
verifying  the same from a file, for anybody

docs/verify_allocation.py is assembled from these modules (standalone), so they share one space of names.
"""

from scoring.plan.allotting import ALGORITHM, plan
from scoring.plan.draws import draw, run_seed, seed_sha256
from scoring.plan.inputs import Allotted, CaseIn, Inputs, Pair, ReaderIn, Rules, pair_of, sha256
from scoring.plan.manifests import check, manifest

__all__ = [
    "ALGORITHM",
    "Allotted",
    "CaseIn",
    "Inputs",
    "Pair",
    "ReaderIn",
    "Rules",
    "check",
    "draw",
    "manifest",
    "pair_of",
    "plan",
    "run_seed",
    "seed_sha256",
    "sha256",
]
