"""The pages that no room owns: the front end, the health check, and what is said where there is nothing."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from config.errors import NOT_FOUND
from readers import verifying


def front_end(request: HttpRequest) -> HttpResponseBase:
    """The single page of the front end: which screen it shows is its own business."""
    page = settings.FRONTEND / "index.html"
    if not page.exists():
        return HttpResponse("The front end is not built yet: run ./dens up.", status=503, content_type="text/plain")
    return FileResponse(page.open("rb"), content_type="text/html; charset=utf-8")


def health(request: HttpRequest) -> JsonResponse:
    """Ready to serve: the database answers. "degraded" where the audit trail does not verify (docs/audit.md)."""
    return JsonResponse({"status": "degraded" if verifying.has_failed() else "ok"})


def refusal(code: str, message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


def no_such_door(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    if request.path.startswith("/dicomweb/"):
        request.path = "/dicomweb/"  # the log must not tell the rest: machines name exams of theirs in it
    return refusal("not_found", NOT_FOUND, 404)


def csrf_failed(request: HttpRequest, reason: str = "") -> JsonResponse:
    return refusal("csrf", "The page is out of date. Reload it and try again.", 403)


def broken(request: HttpRequest) -> JsonResponse:
    return refusal("broken", "Something went wrong in Dens. Nothing you saved is lost; try again.", 500)
