"""Bàn làm việc: each role sees what there is to do, at a fixed cost."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.periods import Period
from tests import factories
from tests.assembly import assembly
from tests.factories import Town, draft, issued, month, paper
from tests.meetings.conftest import told_meeting
from tests.meetings.test_readiness import version
from tests.web.conftest import Enter

#: Statements of each desk, whatever there is on it.
QUERIES = {"yen": 14, "chung": 15, "hoa": 12, "son": 12, "binh": 14, "vinh": 10, "lan": 4}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_a_desk_costs_the_same_however_much_is_on_it(town: Town, enter: Enter, name: str, count: int) -> None:
    for n in range(count):
        issued(town, month(11 - n), number=12 - n)
        draft(town, month(12, 2026 + n))
        factories.intake(town.party, town.yen, reading=paper(month(1, 2030 + n)))
    client = enter(name)
    client.get("/")

    with CaptureQueriesContext(connection) as counted:
        client.get("/")

    assert len(counted) == QUERIES[name], [q["sql"][:80] for q in counted]
    assert len(counted) <= 15


def test_the_desk_of_a_body_that_is_no_more_leads_to_its_archive(town: Town, enter: Enter) -> None:
    draft(town, month(12))
    type(town.party).objects.filter(pk=town.party.pk).update(active=False)

    page = text(enter("yen").get("/"))

    assert "Không có chương trình của kỳ này và kỳ sau" in page
    assert "1. Soạn" not in page


def test_the_drafter_sees_drafts_gaps_files_and_meetings(town: Town, enter: Enter) -> None:
    draft(town, month(12))
    factories.intake(town.party, town.yen, reading=paper(month(1, 2027)))

    page = text(enter("yen").get("/"))

    assert "Thứ Sáu, 20/11/2026" in page
    assert "Soạn tiếp chương trình tháng 12/2026" in page
    assert "còn thiếu 1 nội dung" in page
    assert "Chưa có chương trình tháng 11 năm 2026" in page
    assert f"/chuong-trinh/lap/?co-quan={town.party.pk}&amp;ky=month-11&amp;nam=2026" in page
    assert "Đã đọc, chờ soát" in page
    assert "Hội nghị Ban Thường vụ Đảng ủy" in page


def test_the_leader_reads_and_is_not_asked_to_write(town: Town, enter: Enter) -> None:
    issued(town, month(11))

    page = text(enter("son").get("/"))

    assert "Hội nghị Ban Thường vụ Đảng ủy" in page
    assert "Chương trình đã ban hành" in page
    assert "Lập chương trình" not in page


@pytest.mark.parametrize("name", ["yen", "chung", "hoa", "son", "binh", "lan"])
def test_the_way_to_signing_is_on_the_desk_of_those_who_sign_and_seal(
    town: Town, enter: Enter, name: str
) -> None:
    page = text(enter(name).get("/"))

    assert ('href="/van-ban/ky-hang-loat/"' in page) == (name in ("chung", "hoa", "son"))


def test_the_officer_sees_what_the_agency_prepares(town: Town, enter: Enter) -> None:
    issued(town, month(11))

    own = text(enter("binh").get("/"))
    other = text(enter("mai").get("/"))

    assert 'Đơn vị chuẩn bị <b class="ink semi">2 nội dung</b>' in own
    assert "Báo cáo tiến độ các dự án." in own
    assert "Đơn vị chưa phải chuẩn bị nội dung nào." in other
    assert "Báo cáo tiến độ các dự án." not in other


def test_the_officer_sees_what_is_owed_first(town: Town, enter: Enter) -> None:
    later = told_meeting(town, dt.date(2026, 12, 23), items=1, title="Hội nghị sau")
    late = told_meeting(town, dt.date(2026, 12, 25), items=1, title="Hội nghị trễ", documents_days=26)
    done = told_meeting(town, dt.date(2026, 11, 30), items=1, title="Hội nghị xong")
    version(done.items.get(), "accepted", agency=town.agency)

    page = text(enter("binh").get("/"))
    mine = page.split('<h2 id="noi-dung"')[1].split("</section>")[0]

    assert re.findall(r"Hội nghị \w+(?=</a>)", mine) == [
        "Hội nghị trễ",
        "Hội nghị sau",
        "Hội nghị xong",
    ]
    assert "Quá 2 ngày" in mine
    assert "Hạn 15/12" in mine
    assert mine.count("Gửi tài liệu") == 2
    for meeting in (later, late):
        assert f"/hoi-nghi/noi-dung/{meeting.items.get().public_id}/tai-lieu/" in mine


def test_the_drafter_sees_how_the_documents_of_the_next_meetings_stand(town: Town, enter: Enter) -> None:
    meeting = told_meeting(town, items=3, documents_days=24)
    first, second, _third = meeting.items.all()
    version(first, "accepted", agency=town.agency)
    version(second, "submitted", agency=town.agency)

    page = text(enter("yen").get("/"))
    panel = page.split('id="tai-lieu-hop"')[1].split("</section>")[0]

    assert "1/3</b>" in panel
    assert "1 quá hạn" in panel
    assert "Phòng Kinh tế: " in panel
    assert "(quá 2 ngày)" in panel
    assert "1 chờ xem" in panel
    assert "chưa có nội dung nào cần tài liệu" in text(enter("minh").get("/"))
    assert "Tài liệu họp" not in text(enter("son").get("/"))


def test_other_drafts_are_those_that_the_pipeline_does_not_show(town: Town, enter: Enter) -> None:
    coming = Period.month_of(timezone.localdate()).next
    for period in (coming, coming.next):
        draft(town, period)

    page = text(enter("yen").get("/"))

    others = page.split("Dự thảo khác:")[1].split("</footer>")[0]
    assert coming.next.label in others
    assert coming.label not in others


def test_what_is_only_drafted_is_not_on_the_officers_desk(town: Town, enter: Enter) -> None:
    draft(town, month(12))

    assert "Báo cáo tiến độ các dự án." not in text(enter("binh").get("/"))


def test_the_registrar_sees_what_has_no_number(town: Town, enter: Enter) -> None:
    draft(town, month(12))
    issued(town, month(11))

    page = text(enter("hoa").get("/"))

    assert "Chờ cấp số, ban hành" in page
    assert "số 12-CTr/ĐU" in page


def test_the_administrator_counts_and_finds_people_without_a_role(town: Town, enter: Enter) -> None:
    page = text(enter("vinh").get("/"))

    assert "<b>9</b>người dùng đang hoạt động" in page
    assert "Đỗ Thị Lan" in page
    assert "/quan-tri/agencies/person/" in page


def test_somebody_without_a_role_is_told_so(town: Town, enter: Enter) -> None:
    assert "Tài khoản chưa có vai trò" in text(enter("lan").get("/"))


def test_a_proposal_is_not_owed_yet(town: Town, enter: Enter) -> None:
    made = assembly(town)
    made.meeting.items.exclude(pk=made.item.pk).delete()
    before = text(enter("binh").get("/"))
    made.meeting.items.update(state="proposed")

    assert made.item.text in before
    assert made.item.text not in text(enter("binh").get("/"))
