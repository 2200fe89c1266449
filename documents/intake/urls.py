"""Addresses of files that are being read."""

from django.urls import path

from documents.intake import views

app_name = "documents"
urlpatterns = [
    path("", views.intake_create, name="intake_create"),
    path("<uuid:public_id>/", views.intake, name="intake"),
    path("<uuid:public_id>/trang-thai/", views.intake_status, name="intake_status"),
    path("<uuid:public_id>/tep/", views.intake_file, name="intake_file"),
    path("<uuid:public_id>/bo/", views.intake_discard, name="intake_discard"),
]
