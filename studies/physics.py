"""The role of a series from the physics that made it. Free text (series description, protocol, sequence name) lies.

Where the numbers leave a choice the series still gets its likeliest role, and a doubt that a person must settle.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

FAT_NULL_MS = (60.0, 300.0)  # inversion times that null fat: 75 to 85 ms at 0.2 T to 230 ms at 3 T, with a margin
T1_INVERSION_MS = (400.0, 1200.0)  # T1-weighted inversion recovery ("T1 FLAIR"), in which the inversion nulls fluid
LONG_TR_MS, SHORT_TR_MS, T1_FLAIR_TR_MS = 1500.0, 1000.0, 3500.0
LONG_TE_MS, SHORT_TE_MS = 60.0, 40.0
LEAST_SPIN_ECHO_TR_MS = 100.0  # no spin echo of a neck is repeated faster, whether or not the header names a sequence

# Fat is null at TI = T1 ln 2 if TR is long against T1 (Bydder and Young 1985, J Comput Assist Tomogr 9:659-675). Its T1
# grows with the field: 75-85 ms at 0.2 T, 110 at 0.3 T, 140-180 at 1.5 T and 200-230 at 3 T are in use. A cube-root law
# through 165 ms at 1.5 T, which is ours, meets all of them within a fifth.
NULL_AT_1_5_T_MS, NULL_TOLERANCE = 165.0, 0.35

DOUBTS = {
    "weighting_unknown": "The files do not say how this series was weighted: repetition or echo time is missing. "
    "Look at its contrast and choose the role.",
    "between_weightings": "Its repetition and echo times lie between T1 and T2. Look at its contrast: "
    "is the spinal fluid dark (T1) or bright (T2)?",
    "inversion_time": "Its inversion time does not null fat at this field strength. Is fat dark in the images (STIR)?",
    "gradient_echo": "It is a gradient echo, whose contrast its times alone do not tell. Is the role right?",
    "contrast_medium": "The files name a contrast medium, not whether it had been given yet. Was it (T1C) or not (T1)?",
}


class Recognised(NamedTuple):
    """role: STIR, T1, T1C, T2 or OTHER. doubt: a code of DOUBTS, or "" where physics is sure."""

    role: str
    doubt: str = ""


def recognise(parameters: Mapping[str, float], sequences: Collection[str], *, has_contrast: bool = False) -> Recognised:
    """What a series is, as far as physics tells.

    parameters    repetition_time_ms, echo_time_ms, inversion_time_ms, field_strength_t; an absent one decides nothing
    sequences     codes of ScanningSequence (0018,0020): SE, IR, GR, EP, RM
    has_contrast  whether a contrast medium is recorded
    An inversion time of 0 means no inversion: Hitachi writes it into every series.
    """
    tr, te = parameters.get("repetition_time_ms", 0.0), parameters.get("echo_time_ms", 0.0)
    ti = parameters.get("inversion_time_ms", 0.0)
    if "EP" in sequences:  # echo-planar series are diffusion, not anatomy
        return Recognised("OTHER")
    if tr <= 0 or te <= 0:
        return Recognised("OTHER", "weighting_unknown")
    if "GR" in sequences or tr < LEAST_SPIN_ECHO_TR_MS:
        return gradient_echo(tr, te, ti)
    found = inverted(tr, te, ti, field_t=parameters.get("field_strength_t")) if ti > 0 else spin_echo(tr, te)
    return Recognised("T1C", "contrast_medium") if has_contrast and found.role == "T1" else found


def inverted(tr: float, te: float, ti: float, *, field_t: float | None) -> Recognised:
    if FAT_NULL_MS[0] <= ti <= FAT_NULL_MS[1] and tr >= SHORT_TR_MS:
        return Recognised("STIR", "" if nulls_fat(ti, field_t) else "inversion_time")
    is_t1 = T1_INVERSION_MS[0] <= ti <= T1_INVERSION_MS[1] and tr <= T1_FLAIR_TR_MS and te < SHORT_TE_MS
    return Recognised("T1" if is_t1 else "OTHER")


def nulls_fat(ti: float, field_t: float | None) -> bool:
    """Whether an inversion time is near the one that nulls fat; taken on trust where the field is not known."""
    if not field_t:
        return True
    null = NULL_AT_1_5_T_MS * (field_t / 1.5) ** (1 / 3)
    return abs(ti - null) <= NULL_TOLERANCE * null


def spin_echo(tr: float, te: float) -> Recognised:
    if tr < SHORT_TR_MS and te < SHORT_TE_MS:
        return Recognised("T1")
    if tr >= LONG_TR_MS and te >= LONG_TE_MS:
        return Recognised("T2")
    if tr >= LONG_TR_MS and te < SHORT_TE_MS:  # proton density
        return Recognised("OTHER")
    return Recognised("T2" if te >= LONG_TE_MS else "T1" if te < SHORT_TE_MS else "OTHER", "between_weightings")


def gradient_echo(tr: float, te: float, ti: float) -> Recognised:
    """Its weighting depends on the flip angle and on what becomes of the left-over magnetisation: a person looks.

    With an inversion as of T1 it is the prepared volume (MPRAGE), whose TR is that of the whole train.
    """
    is_prepared = T1_INVERSION_MS[0] <= ti <= T1_INVERSION_MS[1]
    is_t1 = te < SHORT_TE_MS and (tr < SHORT_TR_MS or is_prepared)
    return Recognised("T1" if is_t1 else "OTHER", "gradient_echo")
