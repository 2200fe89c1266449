"""Hội nghị: by month and one by one, as programmes say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import Meeting
from tests.factories import Town, draft, issued, month
from tests.web.conftest import Enter

#: Statements of a month, whatever is in it.
LIST_QUERIES = 5


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_month_shows_its_meetings_and_leads_to_its_neighbours(town: Town, enter: Enter) -> None:
    draft(town, month(12))
    client = enter("yen")

    here = text(client.get("/hoi-nghi/danh-sach/?thang=2026-12"))
    before = text(client.get("/hoi-nghi/danh-sach/"))

    assert "Hội nghị Ban Thường vụ Đảng ủy" in here
    assert "thứ Sáu" in here
    assert "2/3" in here
    assert '?thang=2027-01"' in here
    assert "Tháng 11/2026 chưa có hội nghị" in before


@pytest.mark.parametrize("asked", ["2026-13", "x", "", "99999-01", "2026-12<script>"])
def test_a_month_that_does_not_exist_is_this_one(town: Town, enter: Enter, asked: str) -> None:
    page = text(enter("yen").get("/hoi-nghi/danh-sach/", {"thang": asked}))

    assert "Hội nghị tháng 11/2026" in page


@pytest.mark.parametrize("count", [1, 6])
def test_a_month_costs_the_same_however_full(town: Town, enter: Enter, count: int) -> None:
    for n in range(count):
        draft(town, month(12 - n))
    Meeting.objects.update(on="2026-12-25")
    client = enter("yen")
    client.get("/hoi-nghi/danh-sach/")

    with CaptureQueriesContext(connection) as counted:
        page = text(client.get("/hoi-nghi/danh-sach/?thang=2026-12"))

    assert page.count("/hoi-nghi/") >= count
    assert len(counted) == LIST_QUERIES, [q["sql"][:80] for q in counted]


def test_one_meeting_leads_back_to_its_clause(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    meeting = Meeting.objects.get()
    assert meeting.section is not None
    client = enter("yen")

    page = text(client.get(f"/hoi-nghi/{meeting.public_id}/"))
    anchor = f"m-{meeting.section.public_id}"

    assert "mục II</a>" in page
    assert f"{programme.get_absolute_url()}#{anchor}" in page
    assert f'id="{anchor}"' in text(client.get(programme.get_absolute_url()))
    assert "Phòng Kinh tế" in page
    assert "Chưa có cơ quan" in page


def test_an_officer_sees_issued_meetings_of_own_concern_alone(town: Town, enter: Enter) -> None:
    issued(town, month(11))
    draft(town, month(12))
    first, second = Meeting.objects.order_by("on")

    assert enter("binh").get(f"/hoi-nghi/{first.public_id}/").status_code == 200
    assert enter("binh").get(f"/hoi-nghi/{second.public_id}/").status_code == 404
    assert enter("mai").get(f"/hoi-nghi/{first.public_id}/").status_code == 404
    assert "Hội nghị Ban Thường vụ" in text(enter("binh").get("/hoi-nghi/danh-sach/"))
    assert "Hội nghị Ban Thường vụ" not in text(enter("mai").get("/hoi-nghi/danh-sach/"))
