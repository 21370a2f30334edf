from django.urls import path

from scoring import views

urlpatterns = [
    path("instruments", views.InstrumentsView.as_view()),
    path("studies", views.StudiesView.as_view()),
    path("studies/<str:code>", views.StudyView.as_view()),
    path("studies/<str:code>/allocation", views.AllocationView.as_view()),
    path("studies/<str:code>/progress", views.ProgressView.as_view()),
    path("studies/<str:code>/agreement", views.AgreementView.as_view()),
    path("studies/<str:code>/exports", views.ExportsView.as_view()),
    path("exports/<str:code>/file", views.ExportFileView.as_view()),
    path("readings", views.WorklistView.as_view()),
    path("readings/<str:code>", views.ReadingView.as_view()),
    path("readings/<str:code>/images", views.ReadingImagesView.as_view()),
    path("readings/<str:code>/images/<int:number>", views.ReadingPixelsView.as_view()),
    path("readings/<str:code>/desk", views.DeskView.as_view()),
    path("readings/<str:code>/operations", views.OperationsView.as_view()),
    path("readings/<str:code>/review", views.ReviewView.as_view()),
    path("readings/<str:code>/sign", views.SignReadingView.as_view()),
    path("readings/<str:code>/reopen", views.ReopenView.as_view()),
    path("readings/<str:code>/problems", views.ProblemsView.as_view()),
    path("readings/<str:code>/sitting", views.SittingView.as_view()),
    path("studies/<str:code>/requests", views.RequestsView.as_view()),
    path("problems/<str:code>/close", views.CloseProblemView.as_view()),
    path("reopenings/<str:code>/decide", views.DecideReopeningView.as_view()),
    path("adjudications", views.AdjudicationsView.as_view()),
    path("adjudications/<str:code>", views.AdjudicationView.as_view()),
    path("adjudications/<str:code>/images", views.AdjudicationImagesView.as_view()),
    path("adjudications/<str:code>/images/<int:number>", views.AdjudicationPixelsView.as_view()),
    path("adjudications/<str:code>/disputes/<str:item>", views.DisputeView.as_view()),
    path("adjudications/<str:code>/sign", views.SignAdjudicationView.as_view()),
]
