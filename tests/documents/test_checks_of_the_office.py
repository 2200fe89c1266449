"""A check is turned off and on for an office: each is written once, with who and why."""

from __future__ import annotations

import pytest

from audit.models import AdministrationLog
from documents import checking
from documents.models import DisabledCheck
from paper.checks import CHECKS
from tests.office import NOW, Office


def test_each_turn_is_written_once(desk: Office) -> None:
    code = next(iter(CHECKS))

    for _time in range(2):
        checking.turn_off(desk.body, code, reason="Cơ quan viết khác.", actor=desk.yen, now=NOW)
    turned = [checking.turn_on(desk.body, code, actor=desk.yen, now=NOW) for _time in range(2)]

    assert turned == [True, False]
    entries = AdministrationLog.objects.order_by("pk")
    assert [(e.action, e.note, e.issuing_body) for e in entries] == [
        ("check.off", "Cơ quan viết khác.", desk.body),
        ("check.on", "", desk.body),
    ]
    assert not DisabledCheck.objects.exists()


def test_without_a_reason_nothing_is_turned_or_written(desk: Office) -> None:
    with pytest.raises(checking.CheckingError):
        checking.turn_off(desk.body, next(iter(CHECKS)), reason=" ", actor=desk.yen, now=NOW)

    assert not AdministrationLog.objects.exists()
