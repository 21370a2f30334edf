"""The door of STOW-RS: it stands at the addresses of studies and of one study."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import Http404, HttpResponse
from rest_framework.request import Request

from readers.errors import Refusal, TooLarge, WrongEncoding
from studies import media, multipart, receipts, stow
from studies.media import Media
from studies.models import MachineAccount
from studies.views.dicomweb import Door, json, study_of

OVERHEAD_BYTES = 64 * 1024 * 1024  # of a body beside the files in it: boundaries and headers of parts


def store(door: Door, request: Request, code: str, *, exam: str = "") -> HttpResponse:
    """STOW-RS, for machines alone."""
    account = request.auth
    if not isinstance(account, MachineAccount):
        raise Http404
    study_of(account, code, may=account.may_store)
    ranges = door.accepted(request) if request.META.get("HTTP_ACCEPT") else [Media(media.ANY)]
    json({}, ranges=ranges)  # refuses before anything is stored
    try:
        stored = stow.store(account, files(request), exam=exam)
    except multipart.Malformed:
        raise Refusal("malformed", "The body is not multipart/related as its Content-Type says.") from None
    return json(receipts.answer(stored).to_json_dict(), ranges=ranges, status=stored.status)


def files(request: Request) -> Iterator[Iterator[bytes]]:
    """The parts of a body of DICOM files. Raises WrongEncoding, TooLarge, or, while it is read, Malformed."""
    if request.META.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
        raise WrongEncoding("content_encoding", "Send the bytes as they are, without Content-Encoding.")
    try:
        sent = media.parse(request.META.get("CONTENT_TYPE", ""))
    except media.Unreadable:
        sent = Media("")
    if not sent.is_multipart or not sent.covers(media.DICOM):
        raise WrongEncoding("content_type", 'Send multipart/related; type="application/dicom".')
    reader = multipart.Reader(bounded(body(request)), boundary=multipart.boundary_of(sent))
    return (content for _, content in reader.parts())


def body(request: Request) -> Callable[[int], bytes]:
    """Django takes a body without Content-Length for empty; a chunked one is read from the server itself."""
    if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        return request.META["wsgi.input"].read
    return request._request.read


def bounded(read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    left = settings.LIMITS.upload_bytes + OVERHEAD_BYTES

    def read_some(size: int) -> bytes:
        nonlocal left
        block = read(size)
        left -= len(block)
        if left < 0:
            raise TooLarge("request_too_large", "This is more than one request may hold. Send it in parts.")
        return block

    return read_some
