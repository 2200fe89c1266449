"""Addresses of amendments."""

from django.urls import path

from programmes.amending import views

app_name = "amending"
urlpatterns = [
    path("<uuid:public_id>/dieu-chinh/", views.changes, name="changes"),
    path("<uuid:public_id>/dieu-chinh/them/", views.add, name="add"),
    path("<uuid:public_id>/dieu-chinh/xem-truoc/", views.preview, name="preview"),
    path("<uuid:public_id>/dieu-chinh/soan/", views.draw, name="draw"),
    path("<uuid:public_id>/dieu-chinh/bo-thong-bao/", views.discard, name="discard"),
    path("<uuid:public_id>/dieu-chinh/<uuid:change_id>/", views.edit, name="edit"),
    path("<uuid:public_id>/dieu-chinh/<uuid:change_id>/bo/", views.remove, name="remove"),
    path("<uuid:public_id>/dieu-chinh/thong-bao/<uuid:notice_id>/", views.notice, name="notice"),
    path(
        "<uuid:public_id>/dieu-chinh/thong-bao/<uuid:notice_id>/ban-in.pdf",
        views.notice_pdf,
        name="notice_pdf",
    ),
    path("<uuid:public_id>/hop-nhat.pdf", views.consolidated_pdf, name="pdf"),
]
