"""Notices: told once, mailed once, read by their person alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from agencies.models import Person
from assignments import notices
from assignments.models import Notification
from lucngan.celery import app
from tests.factories import NOW, Town

Mail = Notification.Mail


def tell(*people: Person, key: str = "meeting.move:1:1") -> None:
    notices.tell(
        people,
        key=key,
        kind="meeting.move",
        title="Đổi lịch: Hội nghị",
        text="Sang thứ Tư.",
        url="/hoi-nghi/",
        now=NOW,
    )


def test_a_key_is_told_once_to_each(town: Town) -> None:
    tell(town.binh, town.son, town.binh)
    tell(town.binh, town.mai)

    told = Notification.objects.values_list("person__username", flat=True)
    assert sorted(told) == ["binh", "mai", "son"]


def test_who_left_hears_nothing(town: Town) -> None:
    Person.objects.filter(pk=town.binh.pk).update(is_active=False)

    tell(Person.objects.get(pk=town.binh.pk))

    assert not Notification.objects.exists()


def test_a_mail_leaves_once_in_vietnamese_with_its_address(town: Town, settings: Settings) -> None:
    settings.SITE_URL = "https://chuongtrinh.example.vn"
    tell(town.binh)

    first, second = notices.send_mail(NOW), notices.send_mail(NOW)

    assert (first, second, len(mail.outbox)) == (1, 0, 1)
    sent = mail.outbox[0]
    assert (sent.subject, sent.to) == ("Đổi lịch: Hội nghị", ["binh@example.vn"])
    assert "Kính gửi đồng chí Trần Văn Bình," in sent.body
    assert "https://chuongtrinh.example.vn/hoi-nghi/" in sent.body
    assert Notification.objects.get().mail == Mail.SENT


def test_a_mail_that_fails_keeps_its_reason_and_stops_no_other(town: Town, settings: Settings) -> None:
    tell(town.binh)
    tell(town.son)
    Person.objects.filter(pk=town.binh.pk).update(email="xấu\nBcc: ai@example.vn")

    sent = notices.send_mail(NOW)

    assert sent == 1
    assert [m.to for m in mail.outbox] == [["son@example.vn"]]
    failed = Notification.objects.get(person=town.binh)
    assert (failed.mail, bool(failed.mail_error)) == (Mail.FAILED, True)


def test_a_claim_whose_worker_died_is_named_and_not_sent_again(town: Town) -> None:
    tell(town.binh)
    Notification.objects.update(mail=Mail.SENDING, mail_claimed_at=NOW - dt.timedelta(minutes=11))

    notices.send_mail(NOW)

    notice = Notification.objects.get()
    assert (notice.mail, len(mail.outbox)) == (Mail.FAILED, 0)
    assert "không rõ thư đã đi hay chưa" in notice.mail_error


@pytest.fixture
def at_once() -> object:
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def test_telling_sends_after_the_transaction(
    town: Town, at_once: None, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        tell(town.binh)
        before = len(mail.outbox)

    assert (before, len(mail.outbox)) == (0, 1)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_bell_counts_and_opening_reads(town: Town) -> None:
    tell(town.binh)
    tell(town.binh, key="meeting.move:1:2")
    client = client_of(town.binh)
    before = client.get("/thong-bao/so/").content.decode()
    first = Notification.objects.filter(person=town.binh).first()
    assert first is not None

    opened = client.post(f"/thong-bao/{first.pk}/")
    after = client.get("/thong-bao/so/").content.decode()
    page = client.get("/thong-bao/?chua-doc=1").content.decode()
    client.post("/thong-bao/da-doc/")

    assert (opened.status_code, opened["Location"]) == (302, "/hoi-nghi/")
    assert ("2 chưa đọc" in before, "1 chưa đọc" in after) == (True, True)
    assert page.count("Đổi lịch: Hội nghị") == 1
    assert "chưa đọc" not in client.get("/thong-bao/so/").content.decode()


def test_nobody_opens_the_notice_of_another(town: Town) -> None:
    tell(town.binh)
    notice = Notification.objects.get()

    answer = client_of(town.mai).post(f"/thong-bao/{notice.pk}/")

    assert answer.status_code == 404
    assert Notification.objects.get().read_at is None
    assert client_of(town.binh).get(f"/thong-bao/{notice.pk}/").status_code == 405


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same(
    town: Town, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for n in range(count):
        tell(town.binh, key=f"k{n}")
    client = client_of(town.binh)
    client.get("/thong-bao/")

    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        page = client.get("/thong-bao/").content.decode()

    assert page.count("Đổi lịch: Hội nghị") == count
