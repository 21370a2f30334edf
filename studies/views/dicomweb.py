"""What the doors of DICOMweb have in common: for machines with a token, and for people who may see cases.

Shut unless DENS_DICOMWEB is set. To everybody else, readers first of all, there is nothing here: 404,
whatever is asked.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, JsonResponse
from rest_framework.authentication import SessionAuthentication
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from readers.errors import NotAcceptable, Refusal
from studies import media
from studies.media import Media
from studies.models import MachineAccount, Study
from studies.permissions import SEE_CASES, find_study
from studies.tokens import MachineToken

DOOR = "/dicomweb/"


class Ours(BaseContentNegotiation):
    """Errors are JSON whatever is accepted; what is no error looks at Accept itself."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return None

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class Door(APIView):
    authentication_classes = [MachineToken, SessionAuthentication]
    content_negotiation_class = Ours
    schema = None  # DICOM describes these doors

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        request._request.path = DOOR  # the log must not tell the address: machines name exams of theirs in it
        if not settings.DICOMWEB:
            raise Http404
        super().initial(request, *args, **kwargs)

    def study(self, request: Request, code: str) -> Study:
        """The study whose reading copies the caller may fetch; otherwise 404."""
        account = request.auth
        if isinstance(account, MachineAccount):
            return study_of(account, code, may=account.may_fetch)
        return find_study(request.user, code, act=SEE_CASES)  # type: ignore[arg-type]  # no machine, so a person

    def accepted(self, request: Request) -> list[Media]:
        """What the client takes, by the parameter `accept` or the header. Raises NotAcceptable for nothing."""
        try:
            ranges = media.accepted(request.GET.get("accept") or request.META.get("HTTP_ACCEPT", ""))
        except media.Unreadable:
            ranges = []
        if not ranges:
            raise not_acceptable()
        if media.mixes(ranges):
            raise Refusal("mixed_media_types", "Ask for DICOM or for rendered images, not for both at once.")
        return ranges


def study_of(account: MachineAccount, code: str, *, may: bool) -> Study:
    if not may or account.study.code != code:
        raise Http404
    return account.study


def not_acceptable() -> NotAcceptable:
    return NotAcceptable("not_acceptable", "Dens has no answer in a form that the Accept header allows.")


def json(content: Any, *, ranges: list[Media], status: int = 200) -> JsonResponse:
    chosen = media.choose_plain(ranges, (media.JSON, media.PLAIN_JSON))
    if chosen is None:
        raise not_acceptable()
    return JsonResponse(content, safe=False, content_type=chosen, status=status)
