"""The words of a methods section: what was read by whom, and how the numbers came about, in the order of GRRAS."""

from typing import Any

from scoring.agreement.bootstrap import RESAMPLES, SEED
from scoring.report.material import Kind, Material, kind_of
from scoring.report.tables import LEAST_POSITIVES, SMALL, SPARSE

GRRAS = (
    "Kottner J, et al. Guidelines for Reporting Reliability and Agreement Studies (GRRAS). "
    "J Clin Epidemiol 2011;64:96-106"
)


def design_of(material: Material) -> dict[str, str]:
    """Which models fit who read what, and why."""
    kind = kind_of(material)
    return {"kind": kind.value, "sentence": DESIGNS[kind].format(n=len(material.readers))}


DESIGNS = {
    Kind.NONE: "No case has two signed readings yet.",
    Kind.CROSSED: (
        "The same two readers read every case (fully crossed): two-way models, ICC(2,1) for absolute agreement of a "
        "single reading, and Cohen's kappa."
    ),
    Kind.POOL: (
        "Readers were drawn for each case from a pool of {n}: who is reader 1 means nothing, so one-way models, "
        "ICC(1,1), and Krippendorff's alpha take the place of two-way ICC and Cohen's kappa."
    ),
}


def methods(material: Material, *, software: str) -> list[str]:
    """Sentences that can be pasted into a paper."""
    instrument = material.definition
    if not material.cases:
        return [f"Images were scored with {instrument['title']}. {DESIGNS[Kind.NONE]}"]
    n_patients = len({case.patient for case in material.cases})
    sentences = [
        f"Images were scored with {instrument['title']}, version {instrument['version']} ({instrument['status']}).",
        f"{len(material.cases)} cases of {n_patients} patients were each read by two readers, independently and "
        "blinded to clinical data, time point and each other. Only signed readings count, as they were before "
        "adjudication.",
        DESIGNS[kind_of(material)].format(n=len(material.readers)),
        "Agreement of grades is given as percent agreement (Wilson interval) with positive and negative agreement, "
        f"{of_grades(kind_of(material))} The number of grades is the instrument's, whether or not all were used.",
        "Agreement of sums is given as intraclass correlation (F-based interval, Shrout and Fleiss 1979) "
        f"{of_sums(kind_of(material))}",
        f"Where sites are pooled, patients were resampled with all their sites ({RESAMPLES:,} bootstrap resamples, "
        f"percentile interval, seed {SEED}); so were the pairs behind kappa with fewer than {SMALL} pairs or fewer "
        f"than {SPARSE} expected in a cell.",
        f"Numbers corrected for chance are greyed where a reader gave fewer than {LEAST_POSITIVES} positive grades.",
        "Sites that a reader could not assess were left out pairwise and counted; nothing was imputed.",
    ]
    if material.repeats:
        sentences.append(
            f"{len(material.repeats)} readings were repeated by the same reader under a new code, unannounced, for "
            "agreement of each reader with themselves."
        )
    if material.decisions:
        sentences.append(DECISIONS)
    return [*sentences, f"Computed with {software}.", *citations(instrument)]


DECISIONS = (
    "Whether adjudicators preferred a side of the screen, the higher or the lower grade, or one of two readers was "
    "tested against 1/2 by exact two-sided binomial tests (at 5 % each, not corrected for their number), with exact "
    "intervals."
)


AC = "Gwet's AC2 (linear weights; AC1 for yes or no)"


def of_grades(kind: Kind) -> str:
    if kind is Kind.POOL:
        return f"Krippendorff's alpha (ordinal; nominal for yes or no) and {AC}."
    return f"Cohen's kappa (linear weights; unweighted for yes or no) and {AC}."


def of_sums(kind: Kind) -> str:
    if kind is Kind.POOL:
        return "and as intraclass correlation of a mixed model with crossed random effects of case and reader (REML)."
    return (
        "with bias and limits of agreement (mean difference and 1.96 SD; intervals of Bland and Altman 1999 and, "
        "exactly, of Carkeet 2015), standard error of measurement and smallest detectable change (1.96 SD of the "
        "differences)."
    )


def citations(instrument: Any) -> list[str]:
    return [f"Instrument: {'; '.join(instrument['citations'])}. Reporting: {GRRAS}."]
