"""Addresses of issuing."""

from django.urls import path

from documents.issuing import views

app_name = "issuing"
urlpatterns = [
    path("<uuid:public_id>/ban-hanh/", views.issue, name="issue"),
    path("<uuid:public_id>/thu-hoi/", views.recall, name="recall"),
]
