"""Addresses of the site; each room brings its own."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from agencies.admin import site as administration
from lucngan import arrangements, desks, outbox, views
from lucngan.journal import views as journal
from meetings.views import review
from meetings.views.feeds import calendar

handler400 = "lucngan.errors.bad_request"
handler403 = "lucngan.errors.permission_denied"
handler404 = "lucngan.errors.not_found"
handler500 = "lucngan.errors.server_error"

urlpatterns = [
    path("", desks.desk, name="desk"),
    path("dang-nhap/", views.SignIn.as_view(), name="login"),
    path("dang-xuat/", views.SignOut.as_view(), name="logout"),
    path("mat-khau/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("mat-khau/da-doi/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("mat-khau/quen/", auth.PasswordResetView.as_view(), name="password_reset"),
    path("mat-khau/quen/da-gui/", auth.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "mat-khau/dat-lai/<uidb64>/<token>/",
        auth.PasswordResetConfirmView.as_view(),
        name="password_reset_confirm",
    ),
    path("mat-khau/dat-lai/xong/", auth.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
    path("ngon-ngu/", login_not_required(set_language), name="set_language"),
    path("", include("programmes.urls")),
    path("tiep-nhan/", include("documents.intake.urls")),
    path("van-ban/", include("documents.paper_urls")),
    path("van-ban/", include("documents.checking.urls")),
    path("van-ban/", include("documents.reviewing.urls")),
    path("van-ban/", include("documents.versions.urls")),
    path("van-ban/", include("documents.issuing.urls")),
    path("van-ban/", include("documents.signing.urls")),
    path("van-ban/", include("documents.sending.urls")),
    path("so-van-ban/", include("documents.register.urls")),
    path("chuong-trinh/", include("programmes.amending.urls")),
    path("hoi-nghi/", include("meetings.urls")),
    path("lich/<str:token>.ics", calendar, name="feed"),
    path("co-quan/", include("agencies.urls")),
    path("thong-bao/", include("assignments.urls")),
    path("thiet-lap/", arrangements.index, name="arrangements"),
    path("nhat-ky/", journal.index, name="journal"),
    path("nhat-ky/nhat-ky.csv", journal.export_csv, name="journal_csv"),
    path("nhat-ky/nhat-ky.xlsx", journal.export_excel, name="journal_excel"),
    path("quan-tri/thu-di/", outbox.outbox, name="outbox"),
    path("quan-tri/", administration.urls),
    path("sw.js", review.worker, name="worker"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
