"""Every step of a paper's life writes one entry: who, for whom, when, from what to what, with which words."""

from __future__ import annotations

import itertools

import pytest

from audit.models import AppendOnlyError
from documents import events, history, lifecycle
from documents.lifecycle import TRANSITIONS, State, TransitionError
from documents.models import Document, DocumentLog
from programmes.models import Programme
from tests.office import NOW, Office

STEPS = [(before, after, name) for (before, after), names in TRANSITIONS.items() for name in names]
ACTIONS = sorted({name for _before, _after, name in STEPS})


def in_state(programme: Programme, state: str) -> Document:
    Document.objects.filter(pk=programme.pk).update(state=state, number=7, year=2026, month=11, day=2)
    return Document.objects.get(pk=programme.pk)


@pytest.mark.parametrize(("before", "after", "action"), STEPS)
def test_a_step_is_written_once_with_everything(
    desk: Office, programme: Programme, before: str, after: str, action: str
) -> None:
    document = in_state(programme, before)
    stale = in_state(programme, before)
    values = {"actor": desk.yen, "acting_for": desk.hoa, "now": NOW, "note": "Theo ủy quyền."}

    lifecycle.set_state(document, after, action=action, **values)  # type: ignore[arg-type]

    with pytest.raises(TransitionError):
        lifecycle.set_state(stale, after, action=action, **values)  # type: ignore[arg-type]
    (entry,) = DocumentLog.objects.filter(action=action)
    assert (entry.document, entry.actor, entry.acting_for, entry.at) == (document, desk.yen, desk.hoa, NOW)
    assert (entry.before, entry.after, entry.note) == (before, after, "Theo ủy quyền.")
    assert entry.issuing_body == document.issuing_body
    assert entry.who == f"{desk.yen} thay {desk.hoa}"
    assert entry.step == f"từ “{State(before).label}” sang “{State(after).label}”"
    assert Document.objects.get().state == after


@pytest.mark.parametrize("before", State.values)
def test_no_other_step_is_taken_or_written(desk: Office, programme: Programme, before: str) -> None:
    document = in_state(programme, before)
    already = DocumentLog.objects.count()

    for after, action in itertools.product(State.values, ACTIONS):
        if (before, after, action) not in STEPS:
            with pytest.raises(TransitionError):
                lifecycle.set_state(document, after, action=action, actor=desk.yen, now=NOW)

    assert DocumentLog.objects.count() == already
    assert Document.objects.get().state == before


def test_what_a_subscriber_refuses_is_neither_done_nor_written(desk: Office, programme: Programme) -> None:
    def refuse(document: Document, **data: object) -> None:
        raise TransitionError("Không được.")

    events.subscribe("document.submit", refuse)
    try:
        with pytest.raises(TransitionError):
            lifecycle.set_state(
                in_state(programme, "draft"), State.REVIEW, action="document.submit", actor=desk.yen, now=NOW
            )
    finally:
        events._HANDLERS["document.submit"].remove(refuse)

    assert Document.objects.get().state == "draft"
    assert not DocumentLog.objects.filter(action="document.submit").exists()


def test_an_entry_outlives_its_paper(desk: Office, programme: Programme) -> None:
    entry = history.log(programme, "document.submit", actor=desk.yen, now=NOW, before="draft", after="review")
    programme.delete()

    entry = DocumentLog.objects.get(pk=entry.pk)

    assert (entry.subject, entry.actor_name, entry.place) == (str(programme), str(desk.yen), "")
    with pytest.raises(AppendOnlyError):
        entry.delete()


def test_an_entry_says_only_what_was_written(desk: Office, programme: Programme) -> None:
    only_before = history.log(programme, "document.delete", actor=desk.yen, now=NOW, before="draft")
    only_after = history.log(programme, "document.archive", actor=None, now=NOW, after="issued")

    assert (only_before.step, only_before.who) == ("trước đó “Dự thảo”", str(desk.yen))
    assert (only_after.step, only_after.who) == ("thành “Đã ban hành”", "Hệ thống")
    assert history.log(programme, "document.details", actor=desk.yen, now=NOW).step == ""
