"""Addresses of notices."""

from django.urls import path

from assignments import views

app_name = "notices"
urlpatterns = [
    path("", views.index, name="list"),
    path("so/", views.bell, name="bell"),
    path("da-doc/", views.read_all, name="read_all"),
    path("<int:pk>/", views.open_one, name="open"),
]
