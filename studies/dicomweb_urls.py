"""The addresses of DICOMweb (PS3.18 sections 10.4 to 10.6), below /dicomweb/<study code>/."""

from django.urls import URLPattern, path

from studies.views import qido, wado

STUDIES, SERIES, INSTANCES = "<str:code>/studies", "series", "instances"
EXAM = f"{STUDIES}/<str:exam>"
ONE_SERIES = f"{EXAM}/{SERIES}/<str:series>"
INSTANCE = f"{ONE_SERIES}/{INSTANCES}/<str:instance>"


def retrieved(address: str, door: type[wado.RetrieveDoor] = wado.RetrieveDoor) -> list[URLPattern]:
    """What can be had of an exam, a series or an instance alike."""
    return [
        path(address, door.as_view()),
        path(f"{address}/metadata", wado.MetadataDoor.as_view()),
        path(f"{address}/rendered", wado.RenderedDoor.as_view()),
        path(f"{address}/thumbnail", wado.RenderedDoor.as_view()),
    ]


urlpatterns = [
    path(STUDIES, qido.ExamsDoor.as_view()),
    path(f"<str:code>/{SERIES}", qido.SeriesDoor.as_view()),
    path(f"<str:code>/{INSTANCES}", qido.InstancesDoor.as_view()),
    path(f"{EXAM}/{SERIES}", qido.SeriesDoor.as_view()),
    path(f"{EXAM}/{INSTANCES}", qido.InstancesDoor.as_view()),
    path(f"{ONE_SERIES}/{INSTANCES}", qido.InstancesDoor.as_view()),
    *retrieved(EXAM, wado.ExamDoor),
    *retrieved(ONE_SERIES),
    *retrieved(INSTANCE),
    path(f"{INSTANCE}/frames/<str:frames>", wado.FramesDoor.as_view()),
    path(f"{INSTANCE}/frames/<str:frames>/rendered", wado.RenderedDoor.as_view()),
]
