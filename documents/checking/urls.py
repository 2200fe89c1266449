"""Addresses of checking."""

from django.urls import path

from documents.checking import views

app_name = "checking"
urlpatterns = [
    path("<uuid:public_id>/soat/", views.report, name="report"),
    path("<uuid:public_id>/soat/du-lieu/", views.findings, name="findings"),
    path("<uuid:public_id>/soat/sua/", views.mend, name="mend"),
    path("<uuid:public_id>/soat/giu/", views.keep, name="keep"),
    path("<uuid:public_id>/soat/giu/<int:pk>/bo/", views.unkeep, name="unkeep"),
    path("phep-soat/<int:pk>/", views.habits, name="habits"),
]
