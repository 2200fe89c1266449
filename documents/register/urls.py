"""Addresses of the register."""

from django.urls import path

from documents.register import settings, views

app_name = "register"
urlpatterns = [
    path("", views.index, name="book"),
    path("giu-so/", views.reserve, name="reserve"),
    path("vao-so/", views.enter, name="enter"),
    path("so/<int:pk>/", views.detail, name="entry"),
    path("so/<int:pk>/huy/", views.cancel, name="cancel"),
    path("chua-vao-so/<uuid:public_id>/", views.put_in, name="put_in"),
    path("day-so/<int:pk>/in/", views.volume, name="volume"),
    path("day-so/<int:pk>/so-van-ban.pdf", views.download, {"ending": "pdf"}, name="pdf"),
    path("day-so/<int:pk>/so-van-ban.xlsx", views.download, {"ending": "xlsx"}, name="xlsx"),
    path("danh-so/<int:pk>/", settings.numbering, name="numbering"),
]
