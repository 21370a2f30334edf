"""The reading copies of a study as DICOMweb shows them: which of them an address names, and each as a dataset.

Everything comes from what Dens kept, never from an original. The patient is the pseudonym; dates, names of places and
people, descriptions and numbers of the hospital are empty. Age and sex are facts, which leave by another door.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, QuerySet
from pydicom.dataset import Dataset

from studies import part10, storage
from studies.copies import Facts, ReadingCopy
from studies.frames import ROLE_WORDS
from studies.models import Exam, Instance, Series, SeriesRole, Study
from studies.stacks import geometry_of, in_space


@dataclass(frozen=True)
class Scope:
    """The part of a study that an address names. Blank UIDs name everything."""

    study: Study
    exam: str = ""
    series: str = ""
    instance: str = ""

    def instances(self) -> QuerySet[Instance]:
        """In the order of their arrival, which does not change when others arrive."""
        named = {"series__exam__uid": self.exam, "series__uid": self.series, "uid": self.instance}
        found = Instance.objects.filter(
            series__exam__case__study=self.study, **{path: uid for path, uid in named.items() if uid}
        )
        return found.select_related("series__exam__subject").order_by("pk")

    def list_series(self) -> QuerySet[Series]:
        named = {"exam__uid": self.exam, "uid": self.series}
        found = Series.objects.filter(exam__case__study=self.study, **{path: uid for path, uid in named.items() if uid})
        return found.select_related("exam__subject").annotate(n_instances=Count("instances")).order_by("pk")

    def exams(self) -> QuerySet[Exam]:
        counts = {"n_series": Count("series", distinct=True), "n_instances": Count("series__instances")}
        found = Exam.objects.filter(case__study=self.study).select_related("subject").annotate(**counts)
        return (found.filter(uid=self.exam) if self.exam else found).order_by("pk")


class Numbers:
    """InstanceNumber: the place of a slice in its series, from 1, counted along the normal."""

    def __init__(self, series: Iterable[int]) -> None:
        self.keys = set(series)

    @cached_property
    def by_key(self) -> dict[int, int]:
        slices: dict[int, list[Instance]] = {}
        for one in Instance.objects.filter(series__in=self.keys).only("uid", "distance_mm", "series_id"):
            slices.setdefault(one.series_id, []).append(one)
        return {one.pk: number for each in slices.values() for number, one in enumerate(in_space(each), start=1)}

    def of(self, one: Instance) -> int:
        return self.by_key[one.pk]


def description(series: Series) -> str:
    """What Dens calls a series: computed, for what the hospital called it is not kept."""
    return f"{ROLE_WORDS.get(SeriesRole(series.role), series.role)} {series.plane}"


def dataset(one: Instance, *, number: int) -> Dataset:
    """A slice as DICOM."""
    written = part10.dataset(copy_of(one), patient=one.series.exam.subject.pseudonym, number=number)
    written.SeriesNumber, written.SeriesDescription = one.series.number, description(one.series)
    return written


def copy_of(one: Instance) -> ReadingCopy:
    """The reading copy that a slice was filed from, read back. Facts are left out: they have a door of their own."""
    series = one.series
    parameters = dict(series.parameters)
    return ReadingCopy(
        exam_uid=series.exam.uid,
        series_uid=series.uid,
        instance_uid=one.uid,
        frame=series.frame,
        subject_key="",
        geometry=geometry_of(one, series),
        is_signed=series.is_signed,
        slope=one.slope,
        intercept=one.intercept,
        low=one.low,
        high=one.high,
        sequences=parameters.pop("scanning_sequence", []),
        parameters=parameters,
        has_contrast=series.role == SeriesRole.T1C,
        is_3d=series.is_3d,
        facts=Facts(),
        pixels_sha256=one.pixels_sha256,
        plane=storage.read(one.object_sha256, one.offset, one.plane_bytes),
    )


def file(one: Instance, *, number: int) -> bytes:
    """A slice as the bytes of a DICOM file."""
    return part10.write(dataset(one, number=number))


def header(one: Instance, *, number: int) -> dict[str, object]:
    """A slice without its pixels, in the DICOM JSON model (PS3.18 annex F)."""
    written = dataset(one, number=number)
    del written.PixelData
    return written.to_json_dict()


def frame(one: Instance) -> bytes:
    """The pixels of a slice, 16 bits each, little endian."""
    pixels = part10.pixels(copy_of(one))
    return pixels.astype(pixels.dtype.newbyteorder("<")).tobytes()
