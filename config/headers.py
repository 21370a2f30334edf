"""Headers of every response, by allow-list: what is not named here does not leave."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

ALLOWED = {
    "allow",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-length",
    "content-type",
    "location",
    "retry-after",
    "vary",
    "warning",  # only DICOMweb sets it: a search was cut short
    "x-content-type-options",
    "referrer-policy",
    "strict-transport-security",
    "cross-origin-opener-policy",
    "content-security-policy",
    "x-frame-options",
    "clear-site-data",
}
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
    "script-src 'self'; connect-src 'self' blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class ResponseHeaders:
    """Drops what could tell a reader more than the body does: dates, timings, entity tags. Adds security headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        if not request.path.startswith("/assets/"):
            response.headers["Cache-Control"] = "private, no-store"
        for name in [name for name in response.headers if name.lower() not in ALLOWED]:
            del response.headers[name]
        return response
