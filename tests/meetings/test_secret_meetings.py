"""Of a meeting that a secret paper announces, no feed and no mail says anything but that there is one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from agencies.models import Person
from assignments import notices
from documents.models import Document
from meetings import feeds
from meetings.models import Meeting
from tests.factories import NOW, Town, issued, month

WORDS = ("Hội nghị Ban Thường vụ", "kinh tế", "dự án", "Phòng họp", "CTr")


@pytest.fixture
def secret(town: Town, settings: Settings) -> Meeting:
    settings.SECRETS_ALLOWED = True
    programme = issued(town, month(12))
    Document.objects.filter(pk=programme.pk).update(secrecy="mat")
    meeting = Meeting.objects.get()
    meeting.place = "Phòng họp số 1"
    meeting.save(update_fields=["place"])
    return meeting


def test_the_feed_says_that_there_is_a_meeting_and_when(town: Town, secret: Meeting) -> None:
    feed, _token = feeds.issue(Person.objects.get(pk=town.yen.pk), issuing_body=town.party, now=NOW)

    calendar = feeds.calendar_of(feed, NOW).decode().replace("\r\n ", "")

    assert "Hội nghị (nội dung mật)" in calendar
    assert f"{secret.on:%Y%m%d}" in calendar
    assert not [words for words in WORDS if words in calendar]


def test_a_mail_on_it_says_that_there_is_news(town: Town, secret: Meeting) -> None:
    notices.tell(
        [town.binh],
        key="meeting.move:1",
        kind="meeting.move",
        title="Đổi lịch: Hội nghị Ban Thường vụ",
        text="Phòng họp số 1, báo cáo kinh tế.",
        url=f"/hoi-nghi/{secret.public_id}/",
        now=NOW,
    )

    notices.send_mail(NOW + dt.timedelta(minutes=1))

    [sent] = mail.outbox
    assert sent.subject == "Một thông báo về văn bản mật"
    assert not [words for words in WORDS if words in sent.subject + str(sent.body)]
    assert f"/hoi-nghi/{secret.public_id}/" in sent.body


def test_a_mail_on_an_open_meeting_says_what_it_is(town: Town, settings: Settings) -> None:
    settings.SECRETS_ALLOWED = True
    issued(town, month(12))
    meeting = Meeting.objects.get()
    notices.tell(
        [town.binh],
        key="k",
        kind="meeting.move",
        title="Đổi lịch",
        url=f"/hoi-nghi/{meeting.public_id}/",
        now=NOW,
    )

    notices.send_mail(NOW)

    assert mail.outbox[0].subject == "Đổi lịch"
