"""The bare page stands in front of Dens's own doors; everything it fetches comes through those."""

from pathlib import Path

from django.http import FileResponse, HttpRequest
from django.urls import path

from config.urls import handler404, handler500
from config.urls import urlpatterns as doors

FOLDER = Path(__file__).parent

__all__ = ["handler404", "handler500", "urlpatterns"]


def page(request: HttpRequest, code: str) -> FileResponse:
    return FileResponse((FOLDER / "page.html").open("rb"), content_type="text/html; charset=utf-8")


def script(request: HttpRequest) -> FileResponse:
    return FileResponse((FOLDER / "page.js").open("rb"), content_type="text/javascript; charset=utf-8")


urlpatterns = [path("bare/page.js", script), path("bare/<str:code>", page), *doors]
