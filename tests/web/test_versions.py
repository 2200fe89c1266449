"""Versions and comparing: who sees them, what they show, how much they cost, what is printed."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents import versions
from documents.models import Clause, Document
from programmes.models import Programme
from tests.factories import NOW, Town, draft, issued, month
from tests.web.conftest import Enter

OFFICE = ("yen", "chung", "hoa", "son")
NOWHERE = "5d1f6f0c-0d4e-4c5b-9d59-3f7a0c1f9e11"
"""An identity that nothing has."""


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def plain(response: Any) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def said_by(pdf: bytes) -> str:
    """The words of a print."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def address(document: Document, part: str) -> str:
    return f"/van-ban/{document.public_id}/{part}"


def submitted(town: Town, programme: Programme, note: str = "") -> None:
    versions.keep(programme, actor=town.yen, now=NOW, note=note)


def reworded(programme: Programme, before: str, after: str) -> None:
    Clause.objects.filter(document=programme.pk, text=before).update(text=after)


def two_versions(town: Town) -> Programme:
    programme = draft(town, month(12))
    submitted(town, programme, "Trình lần đầu")
    reworded(programme, "Triển khai kế hoạch.", "Triển khai kế hoạch sản xuất.")
    submitted(town, programme, "Đã tiếp thu ý kiến")
    return programme


# ---------------------------------------------------------------- who


@pytest.mark.parametrize("part", ["phien-ban/", "so-sanh/", "so-sanh.pdf"])
def test_office_and_leaders_see_versions_recipients_get_a_sentence_strangers_nothing(
    town: Town, enter: Enter, part: str
) -> None:
    programme = issued(town, month(11))
    submitted(town, programme)
    got = {name: enter(name).get(address(programme, part)).status_code for name in Town.PEOPLE}

    assert {name for name, code in got.items() if code == 200} == set(OFFICE)
    assert got["binh"] == 403
    assert {got[name] for name in ("mai", "minh", "vinh", "lan")} == {404}


def test_a_recipient_is_told_why(town: Town, enter: Enter) -> None:
    programme = issued(town, month(11))

    assert "việc nội bộ của cơ quan ban hành" in text(enter("binh").get(address(programme, "phien-ban/")))


@pytest.mark.parametrize("part", ["phien-ban/", "so-sanh/", "so-sanh.pdf"])
def test_pages_of_versions_are_only_read(town: Town, enter: Enter, part: str) -> None:
    assert enter("yen").post(address(draft(town, month(12)), part)).status_code == 405


def test_the_paper_leads_to_its_versions_for_the_office_alone(town: Town, enter: Enter) -> None:
    programme = issued(town, month(11))

    assert address(programme, "phien-ban/") in text(enter("son").get(programme.get_absolute_url()))
    assert address(programme, "phien-ban/") not in text(enter("binh").get(programme.get_absolute_url()))


# ---------------------------------------------------------------- what


def test_the_list_says_who_submitted_what_and_why(town: Town, enter: Enter) -> None:
    page = plain(enter("yen").get(address(two_versions(town), "phien-ban/")))

    assert "Bản hiện tại" in page
    assert "Phiên bản 2Nguyễn Thị Hải Yến, 09:30. Đã tiếp thu ý kiến" in page
    assert "So với phiên bản 1" in page


def test_two_versions_side_by_side(town: Town, enter: Enter) -> None:
    page = text(enter("yen").get(address(two_versions(town), "so-sanh/?tu=1&den=2")))

    assert "1 chỗ thay đổi" in page
    assert "Triển khai kế hoạch<ins> sản xuất</ins>." in page
    assert "Sửa" in page
    assert "Chỉ đạo sơ kết nghị quyết." in page


def test_only_changes(town: Town, enter: Enter) -> None:
    page = text(enter("yen").get(address(two_versions(town), "so-sanh/?tu=1&den=2&chi=1")))

    assert "Triển khai kế hoạch<ins> sản xuất</ins>." in page
    assert "Chỉ đạo sơ kết nghị quyết." not in page
    assert "dòng không đổi" in page
    assert "Hiện cả phần không đổi" in page


def test_the_last_two_are_compared_where_none_are_named(town: Town, enter: Enter) -> None:
    programme = two_versions(town)
    reworded(programme, "Chỉ đạo sơ kết nghị quyết.", "Chỉ đạo tổng kết nghị quyết.")

    page = text(enter("yen").get(address(programme, "so-sanh/")))

    assert "Chỉ đạo<del> sơ</del><ins> tổng</ins> kết nghị quyết." in page
    assert "<ins> sản xuất</ins>" not in page


def test_the_same_text_twice_says_so(town: Town, enter: Enter) -> None:
    page = text(enter("yen").get(address(two_versions(town), "so-sanh/?tu=2&den=nay")))

    assert "Hai bản giống nhau." in page


def test_a_paper_with_one_text_says_so(town: Town, enter: Enter) -> None:
    assert "Văn bản mới có một bản" in text(enter("yen").get(address(draft(town, month(12)), "so-sanh/")))


def test_a_moved_clause_is_one_move(town: Town, enter: Enter) -> None:
    programme = draft(town, month(12))
    submitted(town, programme)
    first, second = Clause.objects.filter(document=programme.pk, parent__text="Nhiệm vụ trọng tâm").order_by(
        "position"
    )
    Clause.objects.filter(pk=first.pk).update(position=second.position + 5)

    page = text(enter("yen").get(address(programme, "so-sanh/")))

    assert "1 chỗ thay đổi" in page
    assert "Chuyển chỗ: 1" in page


def test_last_month_with_this_month(town: Town, enter: Enter) -> None:
    before, after = issued(town, month(11)), draft(town, month(12))

    page = text(enter("yen").get(address(after, f"so-sanh/?voi={before.public_id}")))

    assert "Chương trình công tác tháng 11 năm 2026: Bản đã ban hành" in page
    assert "25/<" not in page
    assert "<del> 25/11/2026</del><ins> 25/12/2026</ins>" in page


@pytest.mark.parametrize("query", ["tu=99", "den=khong", "voi=khong", f"voi={NOWHERE}"])
def test_what_is_not_there_is_not_found(town: Town, enter: Enter, query: str) -> None:
    programme = two_versions(town)

    assert enter("yen").get(address(programme, f"so-sanh/?{query}")).status_code == 404
    assert enter("yen").get(address(programme, f"so-sanh.pdf?{query}")).status_code == 404


# ---------------------------------------------------------------- print and cost


def test_the_print_says_what_changed_and_is_always_the_same(town: Town, enter: Enter) -> None:
    programme = two_versions(town)
    client = enter("yen")

    one = client.get(address(programme, "so-sanh.pdf?tu=1&den=2")).content
    two = client.get(address(programme, "so-sanh.pdf?tu=1&den=2")).content
    words = re.sub(r"\s+", " ", said_by(one))

    assert one == two
    assert one.startswith(b"%PDF-")
    assert "So sánh văn bản" in words
    assert "Có 1 chỗ thay đổi (sửa 1)." in words
    assert "Triển khai kế hoạch sản xuất." in words


@pytest.mark.parametrize("part", ["phien-ban/", "so-sanh/?tu=1&den=2"])
def test_cost_does_not_grow_with_clauses_and_versions(town: Town, enter: Enter, part: str) -> None:
    programme, client = two_versions(town), enter("yen")
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address(programme, part)).status_code == 200
        counts.append(len(counted))
        for n in range(12):
            Clause.objects.create(document=programme, position=1000 + n, text=f"Nội dung thêm thứ {n}.")
            submitted(town, programme)

    assert counts[0] == counts[1] <= 15
