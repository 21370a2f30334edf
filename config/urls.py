"""Every door of Dens. What a reader can open lies under /api/readings; an adjudicator's under /api/adjudications."""

from django.urls import include, path, re_path

from config import pages

urlpatterns = [
    path("healthz", pages.health),
    path("api/", include("readers.urls")),
    path("api/", include("studies.urls")),
    path("api/", include("scoring.urls")),
    path("dicomweb/", include("studies.dicomweb_urls")),
    re_path(r"^(?:api|assets|dicomweb)(?:/.*)?$", pages.no_such_door),
    re_path(r"^.*$", pages.front_end),
]

handler404 = "config.pages.no_such_door"
handler500 = "config.pages.broken"
