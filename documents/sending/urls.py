"""Addresses of sending."""

from django.urls import path

from documents.sending import views

app_name = "sending"
urlpatterns = [
    path("nhan/", views.inbox, name="inbox"),
    path("<uuid:public_id>/gui/", views.send, name="send"),
    path("<uuid:public_id>/gui-nhan/", views.log, name="log"),
    path("<uuid:public_id>/gui-nhan/<int:pk>/gui-lai/", views.resend, name="resend"),
    path("<uuid:public_id>/gui-nhan/<int:pk>/da-chuyen/", views.hand_over, name="hand_over"),
    path("<uuid:public_id>/goi.edxml", views.edxml, name="edxml"),
]
