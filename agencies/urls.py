"""Addresses of agencies."""

from django.urls import path

from agencies import views

app_name = "agencies"
urlpatterns = [path("tim/", views.search, name="search")]
