"""Addresses of review."""

from django.urls import path

from documents.reviewing import routes_view, views

app_name = "reviewing"
urlpatterns = [
    path("<uuid:public_id>/trinh/", views.submit, name="submit"),
    path("<uuid:public_id>/duyet/", views.review, name="review"),
    path("<uuid:public_id>/duyet/y-kien/", views.decide, name="decide"),
    path("<uuid:public_id>/duyet/rut/", views.withdraw, name="withdraw"),
    path("<uuid:public_id>/duyet/mo-lai/", views.reopen, name="reopen"),
    path("<uuid:public_id>/gop-y/", views.remark, name="remark"),
    path("<uuid:public_id>/gop-y/<uuid:remark_id>/nhan/", views.settle, {"how": "accept"}, name="accept"),
    path(
        "<uuid:public_id>/gop-y/<uuid:remark_id>/khong-nhan/",
        views.settle,
        {"how": "decline"},
        name="decline",
    ),
    path("<uuid:public_id>/gop-y/<uuid:remark_id>/xong/", views.settle, {"how": "settle"}, name="settle"),
    path("duong-duyet/<int:pk>/", routes_view.routes, name="routes"),
]
