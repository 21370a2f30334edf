"""The doors of WADO-RS: files, metadata, frames, pictures."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from readers.errors import Refusal
from studies import dicomweb, media, multipart, part10, rendering
from studies.dicomweb import Numbers, Scope
from studies.media import Media
from studies.models import Instance
from studies.views.dicomweb import Door, json, not_acceptable
from studies.views.stow import store


def found(scope: Scope) -> list[Instance]:
    slices = list(scope.instances())
    if not slices:
        raise Http404
    return slices


class RetrieveDoor(Door):
    """WADO-RS: the DICOM files of an exam, a series or an instance."""

    def get(self, request: Request, code: str, **uids: str) -> HttpResponseBase:
        slices, ranges = found(Scope(self.study(request, code), **uids)), self.accepted(request)
        numbers = Numbers(one.series_id for one in slices)
        return parts(slices, lambda one: dicomweb.file(one, number=numbers.of(one)), content=media.DICOM, ranges=ranges)


class ExamDoor(RetrieveDoor):
    def post(self, request: Request, code: str, exam: str) -> HttpResponse:
        return store(self, request, code, exam=exam)


def parts(
    slices: list[Instance], write: Callable[[Instance], bytes], *, content: str, ranges: list[Media]
) -> HttpResponseBase:
    """The slices as parts of one body, written while it is sent; one of them alone only if that is asked for."""
    chosen = media.choose_parts(ranges, content)
    if chosen is None:
        raise not_acceptable()
    part_type = f"{content}; transfer-syntax={media.SYNTAX}"
    if chosen.name == content:
        if len(slices) > 1:
            raise not_acceptable()
        return HttpResponse(write(slices[0]), content_type=part_type)
    boundary = multipart.new_boundary()
    body = multipart.write((write(one) for one in slices), boundary=boundary, part_type=part_type)
    return StreamingHttpResponse(body, content_type=multipart.content_type(boundary, part=content))


class MetadataDoor(Door):
    def get(self, request: Request, code: str, **uids: str) -> HttpResponse:
        slices, ranges = found(Scope(self.study(request, code), **uids)), self.accepted(request)
        numbers = Numbers(one.series_id for one in slices)
        return json([dicomweb.header(one, number=numbers.of(one)) for one in slices], ranges=ranges)


def check_frames(frames: str) -> None:
    """Every slice has one frame, the first."""
    if frames.strip() != "1":
        raise Http404


class FramesDoor(Door):
    def get(self, request: Request, code: str, frames: str, **uids: str) -> HttpResponseBase:
        slices, ranges = found(Scope(self.study(request, code), **uids)), self.accepted(request)
        check_frames(frames)
        return parts(slices, dicomweb.frame, content=media.OCTETS, ranges=ranges)


class RenderedDoor(Door):
    def get(self, request: Request, code: str, frames: str = "1", **uids: str) -> HttpResponse:
        slices, ranges = found(Scope(self.study(request, code), **uids)), self.accepted(request)
        check_frames(frames)
        chosen = media.choose_plain(ranges, (media.JPEG, media.PNG))
        if chosen is None:
            raise not_acceptable()
        return HttpResponse(picture(slices, request.GET.get("window", ""), media_type=chosen), content_type=chosen)


def picture(slices: list[Instance], window: str, *, media_type: str) -> bytes:
    """The middle one of the slices."""
    one = slices[len(slices) // 2]
    between = rendering.window(window) if window else (one.series.window_low, one.series.window_high)
    if between is None:
        raise Refusal("window", "A window is written centre,width or centre,width,linear.")
    low, high = between[0], max(between[1], between[0] + 1)
    pixels = part10.pixels(dicomweb.copy_of(one))
    return rendering.render(pixels, slope=one.slope, intercept=one.intercept, low=low, high=high, media=media_type)
