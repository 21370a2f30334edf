"""The role of a series from the physics that made it. Free text (series description, protocol, sequence name) lies."""

from collections.abc import Collection, Mapping

FAT_NULL_MS = (80.0, 300.0)  # inversion times that null fat: about 85 ms at 0.2 T to 230 ms at 3 T, with a margin
T1_INVERSION_MS = (400.0, 1200.0)  # T1-weighted inversion recovery ("T1 FLAIR"), in which the inversion nulls fluid
LONG_TR_MS, SHORT_TR_MS, T1_FLAIR_TR_MS = 1500.0, 1000.0, 3500.0
LONG_TE_MS, SHORT_TE_MS = 60.0, 40.0


def role(parameters: Mapping[str, float], sequences: Collection[str]) -> str:
    """STIR, T1, T2 or OTHER.

    parameters  repetition_time_ms, echo_time_ms, inversion_time_ms; an absent one decides nothing
    sequences   codes of ScanningSequence (0018,0020): SE, IR, GR, EP, RM
    An inversion time of 0 means no inversion: Hitachi writes it into every series.
    """
    tr, te = parameters.get("repetition_time_ms", 0.0), parameters.get("echo_time_ms", 0.0)
    ti = parameters.get("inversion_time_ms", 0.0)
    if tr <= 0 or te <= 0 or "EP" in sequences:  # echo-planar series are diffusion, not anatomy
        return "OTHER"
    if ti > 0 and "GR" not in sequences:
        return inverted(tr, te, ti)
    if tr < SHORT_TR_MS and te < SHORT_TE_MS:
        return "T1"
    return "T2" if tr >= LONG_TR_MS and te >= LONG_TE_MS and "IR" not in sequences else "OTHER"


def inverted(tr: float, te: float, ti: float) -> str:
    """The role of an inversion recovery by what its inversion nulls: fat (STIR) or fluid (T1); else a T2 FLAIR."""
    if FAT_NULL_MS[0] <= ti <= FAT_NULL_MS[1] and tr >= SHORT_TR_MS:
        return "STIR"
    is_t1 = T1_INVERSION_MS[0] <= ti <= T1_INVERSION_MS[1] and tr <= T1_FLAIR_TR_MS and te < SHORT_TE_MS
    return "T1" if is_t1 else "OTHER"
