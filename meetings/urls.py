"""Addresses of meetings, by noun."""

from django.urls import path

from meetings.views import agenda as items
from meetings.views import (
    appointments,
    documents,
    history,
    listing,
    meeting,
    moving,
    planning,
    proposals,
    rooms,
    series,
    weekly,
)
from meetings.views import calendar as shown
from meetings.views import feeds as feed_views
from meetings.views import invitations as invitation
from meetings.views import packs as pack_views
from meetings.views import review as leaders

app_name = "meetings"

calendar = [
    path("", shown.month, name="list"),
    path("tuan/", shown.week, name="week"),
    path("danh-sach/", listing.index, name="listing"),
    path("<uuid:public_id>/ai-duoc-bao/", shown.told, name="told"),
]

habits = [
    path("loat/", series.index, name="series"),
    path("loat/lap/", series.create, name="series_create"),
    path("loat/de-xuat/", proposals.propose, name="propose"),
    path("loat/<uuid:public_id>/", series.edit, name="series_edit"),
    path("loat/<uuid:public_id>/lich-su/", history.of_series, name="series_history"),
    path("loat/<uuid:public_id>/viec/<slug:action>/", series.act, name="series_act"),
    path("phong/", rooms.index, name="rooms"),
    path("phong/<int:pk>/", rooms.edit, name="room_edit"),
    path("phong/<int:pk>/lich-su/", history.of_room, name="room_history"),
    path("phong/<int:pk>/trang-thai/", rooms.set_active, name="room_active"),
]

schedule = [
    path("lich-tuan/", weekly.show, name="weekly"),
    path("lich-tuan/ban-in.pdf", weekly.download_pdf, name="weekly_pdf"),
    path("lich-tuan/ban-in.docx", weekly.download_docx, name="weekly_docx"),
    path("lich-rieng/", appointments.index, name="appointments"),
    path("lich-rieng/them/", appointments.create, name="appointment_create"),
    path("lich-rieng/<uuid:public_id>/", appointments.edit, name="appointment_edit"),
    path("lich-rieng/<uuid:public_id>/lich-su/", history.of_appointment, name="appointment_history"),
    path("lich-rieng/<uuid:public_id>/xoa/", appointments.remove, name="appointment_remove"),
]

feeds = [
    path("dia-chi-lich/", feed_views.index, name="feeds"),
    path("dia-chi-lich/<int:pk>/thu-hoi/", feed_views.revoke, name="feed_revoke"),
]

one = [
    path("lap/", planning.create, name="create"),
    path("lap/xem-truoc/", planning.ahead, name="ahead"),
    path("lap/tim-nguoi/", planning.people, name="people"),
    path("<uuid:public_id>/", meeting.detail, name="detail"),
    path("<uuid:public_id>/sua/", planning.edit, name="edit"),
    path("<uuid:public_id>/doi-ngay/", moving.move, name="move"),
    path("<uuid:public_id>/viec/<slug:action>/", meeting.act, name="act"),
    path("<uuid:public_id>/lich-su/", meeting.history, name="history"),
    path("<uuid:public_id>/trung-lich/", meeting.clashes, name="clashes"),
]

agenda = [
    path("<uuid:public_id>/noi-dung/them/", items.add, name="agenda_add"),
    path("<uuid:public_id>/noi-dung/viec/", items.do, name="agenda_do"),
    path("<uuid:public_id>/noi-dung/ket-qua/", items.outcomes, name="agenda_outcomes"),
    path("<uuid:public_id>/noi-dung/<uuid:item_id>/", items.item, name="agenda_item"),
]

files = [
    path("noi-dung/<uuid:public_id>/tai-lieu/", documents.item, name="item_documents"),
    path(
        "noi-dung/<uuid:public_id>/tai-lieu/<uuid:document_id>/go/", documents.remove, name="document_remove"
    ),
    path("noi-dung/<uuid:public_id>/gia-han/", documents.extend, name="item_extend"),
    path("noi-dung/<uuid:public_id>/can-tai-lieu/", documents.needed, name="item_needed"),
    path("tai-lieu/<uuid:public_id>/", documents.file, name="file"),
    path("tai-lieu/<uuid:public_id>/nhan/", documents.accept, name="file_accept"),
    path("tai-lieu/<uuid:public_id>/tra-lai/", documents.return_, name="file_return"),
    path("<uuid:public_id>/nhac-tai-lieu/", documents.remind, name="documents_remind"),
]

invitations = [
    path("<uuid:public_id>/giay-moi/", invitation.draw, name="invitation_draw"),
    path("<uuid:public_id>/giay-moi/<uuid:paper_id>/", invitation.detail, name="invitation"),
    path("<uuid:public_id>/giay-moi/<uuid:paper_id>/sua/", invitation.correct, name="invitation_correct"),
    path("<uuid:public_id>/giay-moi/<uuid:paper_id>/lai/", invitation.redraw, name="invitation_redraw"),
    path("<uuid:public_id>/giay-moi/<uuid:paper_id>/bo/", invitation.discard, name="invitation_discard"),
    path("<uuid:public_id>/giay-moi/<uuid:paper_id>/phat-hanh/", invitation.issue, name="invitation_issue"),
    path(
        "<uuid:public_id>/giay-moi/<uuid:paper_id>/ban-in.pdf", invitation.download_pdf, name="invitation_pdf"
    ),
    path(
        "<uuid:public_id>/giay-moi/<uuid:paper_id>/ban-in.docx",
        invitation.download_docx,
        name="invitation_docx",
    ),
]

packs = [
    path("<uuid:public_id>/bo-tai-lieu/", pack_views.detail, name="pack"),
    path("<uuid:public_id>/bo-tai-lieu/lap/", pack_views.make, name="pack_make"),
    path("<uuid:public_id>/bo-tai-lieu/tien-do/", pack_views.progress, name="pack_progress"),
    path("<uuid:public_id>/bo-tai-lieu/tep/", pack_views.file, name="pack_file"),
    path("<uuid:public_id>/bo-tai-lieu/<uuid:pack_id>/dung/", pack_views.stop, name="pack_stop"),
]

review = [
    path("duyet/", leaders.index, name="reviews"),
    path("<uuid:public_id>/duyet/", leaders.agenda, name="review"),
    path("<uuid:public_id>/duyet/<uuid:item_id>/", leaders.agenda, name="review_item"),
    path("<uuid:public_id>/duyet/doc/<uuid:file_id>/", leaders.reader, name="review_reader"),
    path("<uuid:public_id>/duyet/con-lai/", leaders.agree_to_rest, name="review_rest"),
    path("<uuid:public_id>/duyet/<uuid:item_id>/y-kien/", leaders.opine, name="review_opine"),
    path("<uuid:public_id>/duyet/<uuid:item_id>/ghi-chu/", leaders.note, name="review_note"),
    path("<uuid:public_id>/duyet/<uuid:item_id>/de-nghi/", leaders.ask, name="review_ask"),
    path("<uuid:public_id>/duyet/ghi-chu/<uuid:remark_id>/", leaders.own_note, name="review_own_note"),
    path("<uuid:public_id>/duyet/de-nghi/<uuid:request_id>/rut/", leaders.withdraw, name="review_withdraw"),
    path("<uuid:public_id>/duyet/de-nghi/<uuid:request_id>/nhan/", leaders.accept, name="review_accept"),
    path(
        "<uuid:public_id>/duyet/de-nghi/<uuid:request_id>/khong-nhan/",
        leaders.decline,
        name="review_decline",
    ),
]

urlpatterns = [
    *calendar,
    *habits,
    *schedule,
    *feeds,
    *one,
    *agenda,
    *files,
    *invitations,
    *packs,
    *review,
]
