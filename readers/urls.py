from django.urls import path

from readers import views

urlpatterns = [
    path("session", views.SessionView.as_view()),
    path("session/password", views.PasswordView.as_view()),
]
