"""Addresses of papers that are no programmes."""

from django.urls import path

from documents import history_pages, pages

app_name = "papers"
urlpatterns = [
    path("", pages.index, name="list"),
    path("<uuid:public_id>/", pages.detail, name="detail"),
    path("<uuid:public_id>/lich-su/", history_pages.history, name="history"),
    path("<uuid:public_id>/ban-in.pdf", pages.download_pdf, name="pdf"),
    path("<uuid:public_id>/ban-in.docx", pages.download_docx, name="docx"),
    path("tiep-nhan/<uuid:public_id>/nhan/", pages.accept, name="accept"),
]
