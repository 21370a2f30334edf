"""Packed pixels and geometry of a case's series. Never asks who is calling: the door that does has done so.

What is described here is all a reader learns of an image: computed labels, numbers of geometry, 16-bit pixels.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

from django.http import Http404, StreamingHttpResponse
from rest_framework import serializers

from studies import storage
from studies.geometry import slice_normal
from studies.models import Case, Instance, Plane, Series, SeriesRole
from studies.stacks import in_space, middle_first

ROLE_ORDER = [role.value for role in SeriesRole]
PLANE_ORDER = [plane.value for plane in Plane]
ROLE_WORDS: dict[str, str] = {SeriesRole.T1C: "T1 post-contrast", SeriesRole.OTHER: "Other"}
BLOCK_BYTES = 256 * 1024


def describe(case: Case, base_url: str) -> dict[str, Any]:
    """Every series of a case as the viewer needs it; pixels are fetched from `base_url`/<number>."""
    series = shown(case)
    frames = list(dict.fromkeys(one.frame for one in series))
    return {
        "series": [
            describe_series(one, number=number, frame=frames.index(one.frame) + 1, pixels=f"{base_url}/{number}")
            for number, one in enumerate(series, start=1)
        ]
    }


def shown(case: Case) -> list[Series]:
    """Sagittal first, in each plane STIR, T1, T2, other. The scan's own order stays unsaid: it could betray a visit."""
    return arranged(Series.objects.filter(exam=case.exam_id).prefetch_related("instances"))


def arranged(series: Iterable[Series]) -> list[Series]:
    """The series of one exam in the order in which they are shown."""
    return sorted(series, key=lambda one: (PLANE_ORDER.index(one.plane), ROLE_ORDER.index(one.role), one.number))


def describe_series(series: Series, *, number: int, frame: int, pixels: str) -> dict[str, Any]:
    slices = in_space(list(series.instances.all()))
    return {
        "number": number,
        "label": label_of(series),
        "role": series.role,
        "plane": series.plane,
        "rows": series.rows,
        "columns": series.columns,
        "row_spacing_mm": series.row_spacing_mm,
        "column_spacing_mm": series.column_spacing_mm,
        "row_direction": series.row_direction,
        "column_direction": series.column_direction,
        "slice_normal": slice_normal(series.row_direction, series.column_direction),
        "frame": frame,
        "is_signed": series.is_signed,
        "window": {"low": series.window_low, "high": series.window_high},
        "slices": [describe_slice(one) for one in slices],
        "transfer_order": middle_first(len(slices)),
        "pixels": pixels,
    }


def label_of(series: Series) -> str:
    """What a series is called wherever it is shown: computed, never what the scanner called it."""
    return f"{ROLE_WORDS.get(series.role, series.role)} {series.plane}"


def slice_counts(case: Case) -> dict[int, int]:
    """How many slices each series has, by the number that `describe` gives it."""
    return {number: len(series.instances.all()) for number, series in enumerate(shown(case), start=1)}


def describe_slice(one: Instance) -> dict[str, Any]:
    return {
        "position": one.position,
        "row_direction": one.row_direction,
        "column_direction": one.column_direction,
        "slope": one.slope,
        "intercept": one.intercept,
        "bytes": one.plane_bytes,
    }


def packed(case: Case, number: int) -> Path:
    """The stored file of the series that `describe` gave this number: its planes (planes.py) in transfer order."""
    series = shown(case)
    if not 1 <= number <= len(series):
        raise Http404
    return storage.images() / series[number - 1].packed_sha256


def packed_response(case: Case, number: int) -> StreamingHttpResponse:
    """The file as it lies there, and no name of it: two readers of one case must have nothing to compare."""
    path = packed(case, number)
    pieces = FileWrapper(path.open("rb"), BLOCK_BYTES)
    length = {"Content-Length": str(path.stat().st_size)}
    return StreamingHttpResponse(pieces, content_type="application/octet-stream", headers=length)


class VectorField(serializers.ListField):
    """x, y, z in patient LPS."""

    child = serializers.FloatField()

    def __init__(self) -> None:
        super().__init__(min_length=3, max_length=3)


class WindowOutput(serializers.Serializer):
    low = serializers.FloatField()
    high = serializers.FloatField()


class SliceOutput(serializers.Serializer):
    position = VectorField()
    row_direction = VectorField()
    column_direction = VectorField()
    slope = serializers.FloatField()
    intercept = serializers.FloatField()
    bytes = serializers.IntegerField()


class SeriesImagesOutput(serializers.Serializer):
    number = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not DRF's own label
    role = serializers.ChoiceField(SeriesRole.choices)
    plane = serializers.ChoiceField(Plane.choices)
    rows = serializers.IntegerField()
    columns = serializers.IntegerField()
    row_spacing_mm = serializers.FloatField()
    column_spacing_mm = serializers.FloatField()
    row_direction = VectorField()
    column_direction = VectorField()
    slice_normal = VectorField()
    frame = serializers.IntegerField()
    is_signed = serializers.BooleanField()
    window = WindowOutput()
    slices = SliceOutput(many=True)
    transfer_order = serializers.ListField(child=serializers.IntegerField())
    pixels = serializers.CharField()


class ImagesOutput(serializers.Serializer):
    """What `describe` gives, for the schema."""

    series = SeriesImagesOutput(many=True)
