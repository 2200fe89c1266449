"""Addresses of programmes."""

from django.urls import path

from documents import history_pages
from programmes import accepting, editor, placing, views

app_name = "programmes"
urlpatterns = [
    path("chuong-trinh/", views.index, name="list"),
    path("chuong-trinh/lap/", views.create, name="create"),
    path("chuong-trinh/<uuid:public_id>/", views.detail, name="detail"),
    path("chuong-trinh/<uuid:public_id>/phan-dau/", views.details, name="details"),
    path("chuong-trinh/<uuid:public_id>/hoi-nghi/", placing.insert, name="insert"),
    path("chuong-trinh/<uuid:public_id>/lap-ky-sau/", views.copy, name="copy"),
    path("chuong-trinh/<uuid:public_id>/xoa/", views.delete, name="delete"),
    path("chuong-trinh/<uuid:public_id>/lich-su/", history_pages.history, name="history"),
    path("chuong-trinh/<uuid:public_id>/soan/", editor.edit, name="edit"),
    path("chuong-trinh/<uuid:public_id>/thao-tac/", editor.operate, name="operate"),
    path("chuong-trinh/<uuid:public_id>/thay-doi/", editor.changes, name="changes"),
    path("chuong-trinh/<uuid:public_id>/dan/", editor.propose, name="propose"),
    path("chuong-trinh/<uuid:public_id>/lich/", editor.schedule, name="schedule"),
    path("chuong-trinh/<uuid:public_id>/ban-in/", editor.show_preview, name="preview"),
    path("chuong-trinh/<uuid:public_id>/ban-in/<int:revision>/<int:page>.png", editor.page, name="page"),
    path("chuong-trinh/<uuid:public_id>/ban-in.pdf", editor.download_pdf, name="pdf"),
    path("chuong-trinh/<uuid:public_id>/ban-in.docx", editor.download_docx, name="docx"),
    path("tiep-nhan/<uuid:public_id>/nhan/", accepting.accept, name="accept"),
]
