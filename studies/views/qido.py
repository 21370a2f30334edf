"""The doors of QIDO-RS: searches."""

from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from readers.errors import Refusal
from studies import qido, searches
from studies.dicomweb import Scope
from studies.searches import Search
from studies.views.dicomweb import DOOR, Door, json
from studies.views.stow import store


class SearchDoor(Door):
    """QIDO-RS. Nothing found is 204 without a body: an empty 200 is read as an answer by some viewers."""

    always: tuple[str, ...] = ()

    def rows(self, search: Search) -> tuple[Any, bool]:
        raise NotImplementedError

    def get(self, request: Request, code: str, **uids: str) -> HttpResponse:
        scope, ranges = Scope(self.study(request, code), **uids), self.accepted(request)
        question = asked(request)
        rows, is_more = self.rows(Search(scope, question, base=request.build_absolute_uri(f"{DOOR}{scope.study.code}")))
        always = self.always if scope.exam else {*searches.OF_EXAM, *self.always}
        found = [qido.answer(row, question, always=always) for row in rows]
        answer = json(found, ranges=ranges) if found else HttpResponse(status=204)
        if is_more:
            answer["Warning"] = qido.TRUNCATED
        return answer


def asked(request: Request) -> qido.Question:
    try:
        return qido.read((name, value) for name, values in request.GET.lists() for value in values)
    except qido.Unanswerable as problem:
        raise Refusal("unanswerable", str(problem)) from None


class ExamsDoor(SearchDoor):
    always = searches.OF_EXAM

    def rows(self, search: Search) -> tuple[Any, bool]:
        return search.exams()

    def post(self, request: Request, code: str) -> HttpResponse:
        return store(self, request, code)


class SeriesDoor(SearchDoor):
    always = searches.OF_SERIES

    def rows(self, search: Search) -> tuple[Any, bool]:
        return search.series()


class InstancesDoor(SearchDoor):
    always = searches.OF_INSTANCE

    def rows(self, search: Search) -> tuple[Any, bool]:
        return search.instances()
