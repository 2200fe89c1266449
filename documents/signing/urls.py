"""Addresses of signing and of verification."""

from django.urls import path

from documents.signing.views import batches, keys, paper, question

app_name = "signing"
urlpatterns = [
    path("kiem-tra/", question.verification, name="question"),
    path("khoa-ky/", keys.index, name="keys"),
    path("khoa-ky/<uuid:public_id>/ngung/", keys.retire, name="retire_key"),
    path("ky-hang-loat/", batches.index, name="batches"),
    path("ky-hang-loat/<uuid:public_id>/", batches.detail, name="batch"),
    path("ky-hang-loat/<uuid:public_id>/<int:job_id>/tu-choi/", batches.refuse, name="refuse"),
    path("<uuid:public_id>/ky/", paper.signing, name="paper"),
    path("<uuid:public_id>/ky/cach/", paper.manner, name="manner"),
    path("<uuid:public_id>/ky/ky/", paper.sign, name="sign"),
    path("<uuid:public_id>/ky/nguoi-cung-ky/", paper.cosigners, name="cosigners"),
    path("<uuid:public_id>/ky/tu-choi/", paper.refuse, name="refuse_paper"),
    path("<uuid:public_id>/ky/rut-tu-choi/", paper.withdraw, name="withdraw"),
    path("<uuid:public_id>/ky/tai-len/", paper.upload, name="upload"),
    path("<uuid:public_id>/ky/<uuid:copy_id>/luu/", paper.confirm, name="confirm"),
    path("<uuid:public_id>/ky/<uuid:copy_id>/bo/", paper.discard, name="discard"),
    path("<uuid:public_id>/ky/<uuid:copy_id>/tep/", paper.copy_file, name="copy"),
    path("<uuid:public_id>/ban-ky.pdf", paper.signed_file, name="signed_file"),
]
