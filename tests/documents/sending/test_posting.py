"""Who gets an issued paper, how, once; who opened it first; what a recall stops."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db.models import F

from agencies.models import Person
from assignments import notices
from assignments.models import Notification
from documents import events, issuing
from documents.models import Delivery, Document, DocumentLog
from documents.operations import OperationError
from documents.papers import paper_of
from documents.sending import mailing, posting
from programmes.models import Programme
from tests.factories import NOW, MembershipFactory, PersonFactory, Town

Channel, State = Delivery.Channel, Delivery.State


def issue(
    paper: Programme, town: Town, manner: str = "paper", copies: dict[int, int] | None = None
) -> Document:
    chosen = issuing.Choices(manner=manner, copies=copies or {})
    issuing.issue(paper, day=NOW.date(), actor=town.hoa, now=NOW, choices=chosen)
    return Document.objects.get(pk=paper.pk)


def rows(document: Document) -> list[tuple[str, str, str]]:
    return [
        (each.channel, each.receiver, each.state) for each in document.deliveries.order_by("channel", "pk")
    ]


def test_a_paper_signed_by_hand_goes_out_when_it_is_issued(waiting: Programme, town: Town) -> None:
    document = issue(waiting, town)

    assert rows(document) == [
        ("desk", town.agency.short_name, "sent"),
        ("mail", str(town.binh), "waiting"),
    ]
    assert document.log.filter(action="document.send").count() == 1


@pytest.mark.parametrize("manner", ["here", "outside"])
def test_a_paper_signed_by_key_goes_out_when_the_signatures_are_complete(
    waiting: Programme, town: Town, manner: str
) -> None:
    document = issue(waiting, town, manner)
    assert rows(document) == []

    for _again in range(2):
        events.announce("signed", document, actor=town.chung, now=NOW)

    assert [channel for channel, _who, _state in rows(document)] == ["desk", "mail"]
    assert document.log.filter(action="document.send").count() == 1


def test_sending_by_hand_reaches_whoever_has_nothing_yet(waiting: Programme, town: Town) -> None:
    document = issue(waiting, town)
    new = PersonFactory.create(username="moi", full_name="Hoàng Văn Mới")
    MembershipFactory.create(person=new, role="officer", agency=town.agency)

    assert posting.send(document, actor=town.hoa, now=NOW) == 1
    with pytest.raises(OperationError, match="đã có văn bản này"):
        posting.send(document, actor=town.hoa, now=NOW)

    assert [who for channel, who, _state in rows(document) if channel == "mail"] == [str(town.binh), str(new)]


@pytest.mark.parametrize("state", ["draft", "review", "approved", "revoked"])
def test_only_a_paper_that_holds_is_sent(waiting: Programme, town: Town, state: str) -> None:
    number = 5 if state == "revoked" else None
    Document.objects.filter(pk=waiting.pk).update(state=state, number=number)

    with pytest.raises(OperationError, match="còn hiệu lực"):
        posting.send(waiting, actor=town.hoa, now=NOW)

    assert not Delivery.objects.exists()
    assert not DocumentLog.objects.filter(action="document.send").exists()


def test_sheets_of_paper_wait_until_they_are_handed_over_once(waiting: Programme, town: Town) -> None:
    line = waiting.recipients.get(text="Thường trực Tỉnh ủy")
    document = issue(waiting, town, copies={line.pk: 3})
    sheets = document.deliveries.get(channel="paper")
    assert (sheets.copies, sheets.state, sheets.receiver) == (3, "waiting", "Thường trực Tỉnh ủy")

    posting.hand_over(sheets, actor=town.hoa, now=NOW)
    with pytest.raises(OperationError):
        posting.hand_over(sheets, actor=town.hoa, now=NOW)

    assert document.deliveries.get(channel="paper").sent_at == NOW
    assert document.log.filter(action="document.hand_over").count() == 1


def test_officers_are_told_once_in_the_program(waiting: Programme, town: Town) -> None:
    document = issue(waiting, town)
    issuing.recall(document, reason="Sai căn cứ.", actor=town.chung, now=NOW)

    told = Notification.objects.order_by("pk").values_list("person__username", "kind", "mail")
    assert list(told) == [("binh", "document.received", ""), ("binh", "document.recalled", "waiting")]
    assert "Sai căn cứ." in Notification.objects.get(kind="document.recalled").text


def test_the_first_opening_is_noted_once(waiting: Programme, town: Town) -> None:
    document = issue(waiting, town)
    later = NOW + dt.timedelta(hours=1)

    assert not posting.opened(document, town.hoa, now=NOW)
    assert not posting.opened(document, town.mai, now=NOW)
    assert posting.opened(document, town.binh, now=later)
    assert not posting.opened(document, town.binh, now=later + dt.timedelta(hours=1))

    desk = document.deliveries.get(channel="desk")
    assert (desk.opened_at, desk.opened_by) == (later, town.binh)
    assert document.log.filter(action="document.open").count() == 1


def test_a_recall_stops_what_waits_and_says_why(waiting: Programme, town: Town) -> None:
    document = issue(waiting, town)

    issuing.recall(document, reason="Sai căn cứ.", actor=town.chung, now=NOW)

    row = Document.objects.get(pk=document.pk)
    assert (row.state, row.number) == ("revoked", 1)
    assert rows(row) == [("desk", town.agency.short_name, "sent"), ("mail", str(town.binh), "stopped")]
    assert mailing.send_waiting(NOW) == 0
    assert row.log.get(action="document.recall").note == "Sai căn cứ."
    assert row.register_entry.note == "Thu hồi ngày 20/11/2026: Sai căn cứ."


def test_a_recall_needs_a_reason_and_an_issued_paper_and_happens_once(waiting: Programme, town: Town) -> None:
    with pytest.raises(OperationError):
        issuing.recall(waiting, reason="Sai căn cứ.", actor=town.chung, now=NOW)
    document = issue(waiting, town)
    with pytest.raises(OperationError, match="lý do"):
        issuing.recall(document, reason="  ", actor=town.chung, now=NOW)
    issuing.recall(document, reason="Sai căn cứ.", actor=town.chung, now=NOW)
    with pytest.raises(OperationError):
        issuing.recall(document, reason="Sai căn cứ.", actor=town.chung, now=NOW)

    assert document.log.filter(action="document.recall").count() == 1


def test_a_mail_carries_name_text_and_link_and_leaves_once(waiting: Programme, town: Town) -> None:
    document = issue(waiting, town)

    assert [mailing.send_waiting(NOW), mailing.send_waiting(NOW)] == [1, 0]

    [sent] = mail.outbox
    assert sent.to == [town.binh.email]
    assert sent.subject.startswith("Số 01-CTr/ĐU")
    assert "1. Chỉ đạo sơ kết nghị quyết." in sent.body
    assert document.get_absolute_url() in sent.body
    assert document.deliveries.get(channel="mail").sent_at == NOW


def test_a_wrong_address_stops_nobody_else_and_is_sent_again_by_hand(waiting: Programme, town: Town) -> None:
    other = PersonFactory.create(username="moi", full_name="An Văn Mới")
    MembershipFactory.create(person=other, role="officer", agency=town.agency)
    Person.objects.filter(pk=other.pk).update(email="hai@dòng.vn\nBcc: ai@example.vn")
    document = issue(waiting, town)

    assert mailing.send_waiting(NOW) == 1

    failed = document.deliveries.get(channel="mail", state="failed")
    assert failed.person == other
    assert failed.error
    Person.objects.filter(pk=other.pk).update(email="dung@example.vn")
    posting.resend(failed, actor=town.hoa, now=NOW)
    with pytest.raises(OperationError, match="đang chờ"):
        posting.resend(failed, actor=town.hoa, now=NOW)
    assert mailing.send_waiting(NOW) == 1
    assert {each.to[0] for each in mail.outbox} == {town.binh.email, "dung@example.vn"}
    assert document.log.filter(action="document.resend").count() == 1


def test_a_mail_whose_worker_died_is_shown_as_failed(waiting: Programme, town: Town) -> None:
    document = issue(waiting, town)
    document.deliveries.filter(channel="mail").update(state="sending", claimed_at=NOW)

    mailing.send_waiting(NOW + dt.timedelta(minutes=5))
    assert document.deliveries.get(channel="mail").state == "sending"
    mailing.send_waiting(NOW + dt.timedelta(minutes=11))

    assert document.deliveries.get(channel="mail").state == "failed"
    assert not mail.outbox


def test_nothing_of_a_secret_paper_leaves_by_mail_or_notice(
    waiting: Programme, town: Town, settings: object
) -> None:
    settings.SECRETS_ALLOWED = True  # type: ignore[attr-defined]
    Document.objects.filter(pk=waiting.pk).update(secrecy="toi_mat", subject=F("subject"))
    document = issue(waiting, town)
    issuing.recall(document, reason="Sai căn cứ.", actor=town.chung, now=NOW)
    document.deliveries.filter(channel="mail").update(state="waiting")
    Document.objects.filter(pk=document.pk).update(state="issued")

    mailing.send_waiting(NOW)
    notices.send_mail(NOW)

    paper = paper_of(Document.objects.get(pk=document.pk))
    kept = [clause.text for _path, clause in paper.clauses()] + [*paper.subject, "CTr/ĐU", "Sai căn cứ"]
    assert len(mail.outbox) == 2
    for each in mail.outbox:
        assert "mật" in each.subject
        for words in kept:
            assert words not in each.subject + str(each.body), words
