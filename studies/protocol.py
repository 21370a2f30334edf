"""What the images of a case must be for its sites to be scored: numbers, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Protocol:
    """What quality.py measures the images against.

    required         sagittal STIR shows the oedema, sagittal T1 tells it from fat and gives the anatomy: the sequences
                     of Baraliakos 2016, J Rheumatol 43:2131-5
    least_slices     fewer are a localizer, not a series to read: the case is incomplete
    wanted_slices    both facet columns lie about 20 to 25 mm beside the midline; 9 slices of 4 to 5 mm just reach them
    widest_step_mm   thickness and gap together: beyond 6 mm a facet joint or a spinous process, some 8 to 10 mm wide,
                     may lie between two slices
    least_height_mm  from the arch of C1 to the upper plate of T1 an adult neck measures about 110 to 130 mm
    uneven_share     steps between slices that differ by more than a tenth of the usual one are not rounding
    doubled_share    two slices closer than a quarter of the usual step show the same place twice
    hole_share       a step of one and a half leaves out a slice
    least_overlap    T1 must show at least four fifths of what STIR shows along each body axis
    face_step_mm     slices this thin, or a volume, can be rendered as a surface: 2D slices of 3 to 4 mm rarely can
    face_height_mm   the neck and what lies above it: such an image can hold the mouth and nose
    face_width_mm    narrower than this across the patient it holds no face that anybody would know
    """

    required: tuple[tuple[str, str], ...] = (("sagittal", "STIR"), ("sagittal", "T1"))
    least_slices: int = 3
    wanted_slices: int = 9
    widest_step_mm: float = 6.0
    least_height_mm: float = 130.0
    uneven_share: float = 0.1
    doubled_share: float = 0.25
    hole_share: float = 1.5
    least_overlap: float = 0.8
    face_step_mm: float = 1.5
    face_height_mm: float = 160.0
    face_width_mm: float = 80.0


PROTOCOL = Protocol()
