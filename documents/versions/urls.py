"""Addresses of versions."""

from django.urls import path

from documents.versions import views

app_name = "versions"
urlpatterns = [
    path("<uuid:public_id>/phien-ban/", views.index, name="list"),
    path("<uuid:public_id>/so-sanh/", views.compared, name="compare"),
    path("<uuid:public_id>/so-sanh.pdf", views.printed, name="pdf"),
]
