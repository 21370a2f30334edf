from django.urls import path, register_converter
from django.urls.converters import IntConverter

from studies.views import cases, checks, covariates, machines, team, uploads


class SixDigits(IntConverter):
    """The number of a file; more digits than the database counts is no number of one."""

    regex = "[0-9]{1,6}"


register_converter(SixDigits, "six_digits")

urlpatterns = [
    path("studies/<str:code>/members", team.MembersView.as_view()),
    path("studies/<str:code>/members/<str:username>", team.MemberView.as_view()),
    path("studies/<str:code>/machines", machines.MachinesView.as_view()),
    path("studies/<str:code>/machines/<str:machine>", machines.MachineView.as_view()),
    path("studies/<str:code>/uploads", uploads.UploadsView.as_view()),
    path("studies/<str:code>/centres", uploads.CentresView.as_view()),
    path("uploads/<str:code>", uploads.UploadView.as_view()),
    path("uploads/<str:code>/files", uploads.UploadFilesView.as_view()),
    path("uploads/<str:code>/files/<six_digits:number>", uploads.UploadFileView.as_view()),
    path("uploads/<str:code>/finish", uploads.FinishUploadView.as_view()),
    path("studies/<str:code>/cases", cases.CasesView.as_view()),
    path("cases/<str:code>", cases.CaseView.as_view()),
    path("cases/<str:code>/series/<int:number>", cases.CaseSeriesView.as_view()),
    path("studies/<str:code>/facts", checks.FactsView.as_view()),
    path("studies/<str:code>/covariates", covariates.CovariatesView.as_view()),
    path("cases/<str:code>/check", checks.CheckView.as_view()),
    path("cases/<str:code>/queries", checks.QueriesView.as_view()),
    path("queries/<str:code>", checks.QueryView.as_view()),
    path("queries/<str:code>/close", checks.CloseQueryView.as_view()),
    path("cases/<str:code>/images", cases.CaseImagesView.as_view()),
    path("cases/<str:code>/images/<int:number>", cases.CasePixelsView.as_view()),
]
