"""A series as a stack: its slices in order, measured, and packed into one stored file from the middle outwards."""

from statistics import median

from studies import storage
from studies.geometry import Geometry, distance_mm, plane, stack_normal, vector
from studies.models import Instance, Series


def stack(series: Series) -> None:
    """Order the slices along the common normal, take plane, directions and window from them, and pack them."""
    slices = ordered(series)
    middle, normal = slices[len(slices) // 2], normal_of(slices, series)
    series.plane = plane(normal)
    series.row_direction, series.column_direction = middle.row_direction, middle.column_direction
    series.window_low, series.window_high = window(slices)
    series.packed_sha256 = pack(slices)
    changed = ["distance_mm", "object_sha256", "offset"]
    Instance.objects.bulk_create(slices, update_conflicts=True, unique_fields=["id"], update_fields=changed)
    series.save()


def ordered(series: Series) -> list[Instance]:
    slices = list(series.instances.all())
    normal = normal_of(slices, series)
    for one in slices:
        one.distance_mm = distance_mm(geometry_of(one, series).centre, normal)
    return in_space(slices)


def in_space(slices: list[Instance]) -> list[Instance]:
    """The slices along the normal: sagittal ones from the patient's right to the left."""
    return sorted(slices, key=lambda one: (one.distance_mm, one.uid))


def normal_of(slices: list[Instance], series: Series) -> tuple[float, float, float]:
    return stack_normal([geometry_of(one, series).slice_normal for one in slices])


def geometry_of(one: Instance, series: Series) -> Geometry:
    directions = vector(one.row_direction), vector(one.column_direction)
    spacing = series.row_spacing_mm, series.column_spacing_mm
    return Geometry(vector(one.position), *directions, *spacing, series.rows, series.columns)


def window(slices: list[Instance]) -> tuple[float, float]:
    """The grey window to open with, in rescaled values, from the central third: the outer slices are mostly air.

    Measured from the pixels, never taken from the header, whose window would tell two visits of a patient apart.
    """
    third = len(slices) // 3
    central = slices[third : len(slices) - third]
    low, high = median(one.low for one in central), median(one.high for one in central)
    return low, max(high, low + 1)


def middle_first(count: int) -> list[int]:
    """Indices from the middle outwards, 5 -> [2, 3, 1, 4, 0]: the first slice to arrive is the first one looked at."""
    middle = count // 2
    return sorted(range(count), key=lambda index: (abs(index - middle), -index))


def pack(slices: list[Instance]) -> str:
    """Copy the planes into one stored file, middle first, and give its name. What lay elsewhere is pruned later."""
    with storage.Writer() as stored:
        for index in middle_first(len(slices)):
            one = slices[index]
            one.offset = stored.add(storage.read(one.object_sha256, one.offset, one.plane_bytes))
        sha256 = stored.keep()
    for one in slices:
        one.object_sha256 = sha256
    return sha256
