from django.urls import path

from studies import views

urlpatterns = [
    path("studies/<str:code>/members", views.MembersView.as_view()),
    path("studies/<str:code>/members/<str:username>", views.MemberView.as_view()),
    path("studies/<str:code>/uploads", views.UploadsView.as_view()),
    path("uploads/<str:code>", views.UploadView.as_view()),
    path("uploads/<str:code>/files", views.UploadFilesView.as_view()),
    path("uploads/<str:code>/finish", views.FinishUploadView.as_view()),
    path("studies/<str:code>/cases", views.CasesView.as_view()),
    path("cases/<str:code>", views.CaseView.as_view()),
    path("cases/<str:code>/series/<int:number>", views.CaseSeriesView.as_view()),
    path("cases/<str:code>/images", views.CaseImagesView.as_view()),
    path("cases/<str:code>/images/<int:number>", views.CasePixelsView.as_view()),
]
