"""Nhật ký: who reads whose entries, what the filters find, pages that cost the same, files for Excel."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from agencies.models import Membership
from audit import guards
from audit.models import AdministrationLog, Entry
from documents import history
from documents.models import DocumentLog
from lucngan import journal
from lucngan.journal import Place, Question, exporting
from meetings import feeds
from meetings.models import MeetingLog, Room
from tests.factories import NOW, SINCE, Town, draft, month
from tests.web.conftest import Enter

MINUTE = dt.timedelta(minutes=1)
EXPORTS = ("/nhat-ky/nhat-ky.csv", "/nhat-ky/nhat-ky.xlsx")


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def entries(town: Town) -> list[Entry]:
    """The oldest first: of the party body, of the State body, of the administration."""
    papers = draft(town, month(12))
    DocumentLog.objects.append(
        papers,
        "document.submit",
        actor=town.chung,
        acting_for=town.son,
        now=NOW + MINUTE,
        document=papers,
        note="Kính trình.",
        before="draft",
        after="review",
    )
    room = Room.objects.create(name="Phòng họp tầng 2", issuing_body=town.state)
    MeetingLog.objects.append(room, "room.add", actor=town.minh, now=NOW + 2 * MINUTE)
    AdministrationLog.objects.append(
        town.agency, "administration.change", actor=town.vinh, now=NOW + 3 * MINUTE
    )
    return [
        *DocumentLog.objects.order_by("pk"),
        *MeetingLog.objects.order_by("pk"),
        *AdministrationLog.objects.all(),
    ]


@pytest.mark.parametrize("name", Town.PEOPLE)
def test_only_administrators_chiefs_and_leaders_read_it(town: Town, enter: Enter, name: str) -> None:
    wanted = 200 if name in {"vinh", "chung", "son"} else 403

    for address in ("/nhat-ky/", *EXPORTS):
        response = enter(name).get(address)
        assert response.status_code == wanted, address
        if wanted == 403:
            assert "Nhật ký chỉ dành cho quản trị, Chánh Văn phòng và lãnh đạo." in response.content.decode()
    assert ("/nhat-ky/" in enter(name).get("/").content.decode()) is (wanted == 200)


@pytest.mark.parametrize("address", ["/nhat-ky/", *EXPORTS])
def test_a_stranger_signs_in_and_nothing_is_posted(town: Town, enter: Enter, address: str) -> None:
    assert Client().get(address).headers["Location"].startswith("/dang-nhap/")
    assert enter("vinh").post(address).status_code == 405


def test_each_reads_what_is_theirs(entries: list[Entry], enter: Enter) -> None:
    chief, administrator = text(enter("chung").get("/nhat-ky/")), text(enter("vinh").get("/nhat-ky/"))

    for page in (chief, administrator):
        assert "Vi Văn Chung thay Giáp Văn Sơn trình duyệt" in page
        assert "từ “Dự thảo” sang “Đang duyệt”" in page
        assert "Kính trình." in page
    for other in ("Lương Quang Minh thêm phòng họp", "Ngô Thế Vinh sửa trong quản trị"):
        assert (other in chief, other in administrator) == (False, True)


def test_a_role_that_ended_shows_nothing_more(entries: list[Entry], town: Town, enter: Enter) -> None:
    Membership.objects.filter(person=town.chung).update(until="2026-11-19")

    assert enter("chung").get("/nhat-ky/").status_code == 403


def test_nobody_asks_for_the_body_of_others(entries: list[Entry], town: Town, enter: Enter) -> None:
    response = enter("chung").get("/nhat-ky/", {"co_quan": town.state.pk})

    assert response.context["entries"] == []
    assert 'role="alert"' in text(response)


@pytest.mark.parametrize(
    ("asked", "actions"),
    [
        ({"viec": "document.submit"}, ["document.submit"]),
        ({"nguoi": "minh"}, ["room.add"]),
        ({"nguoi": "son"}, ["document.submit"]),
        ({"co_quan": "state"}, ["room.add"]),
        ({"den_ngay": "2026-11-19"}, []),
        ({"tu_ngay": "2026-11-21"}, []),
        (
            {"tu_ngay": "2026-11-20", "den_ngay": "2026-11-20", "viec": "administration.change"},
            ["administration.change"],
        ),
    ],
)
def test_filters_find(
    entries: list[Entry], town: Town, enter: Enter, asked: dict[str, str], actions: list[str]
) -> None:
    if "nguoi" in asked:
        asked = {"nguoi": str(town.person(asked["nguoi"]).pk)}
    if "co_quan" in asked:
        asked = {"co_quan": str(town.state.pk)}

    response = enter("vinh").get("/nhat-ky/", asked)

    assert [entry.action for entry, _body in response.context["entries"]] == actions


def test_days_that_cannot_be_are_named_and_nothing_is_exported(town: Town, enter: Enter) -> None:
    wrong = {"tu_ngay": "2026-11-21", "den_ngay": "2026-11-20"}

    page = text(enter("vinh").get("/nhat-ky/", wrong))

    assert "Ngày cuối phải sau ngày đầu." in page
    for address in EXPORTS:
        assert enter("vinh").get(address, wrong).headers["Location"].startswith("/nhat-ky/?")


def many(town: Town, count: int) -> None:
    """Entries of all three logs, several in the same instant."""
    for n in range(count):
        log = (DocumentLog, MeetingLog, AdministrationLog)[n % 3]
        log.objects.append(
            town.party, "administration.change", actor=town.vinh, now=NOW + (n // 4) * MINUTE, note=str(n)
        )


def test_pages_go_through_everything_once(town: Town, enter: Enter) -> None:
    many(town, 130)
    client, seen, address = enter("vinh"), [], "/nhat-ky/"

    while address:
        context = client.get(address).context
        seen += [entry for entry, _body in context["entries"]]
        address = f"/nhat-ky/?sau={context['following']}".replace("+", "%2B") if context["following"] else ""

    assert len(seen) == 130
    assert len({entry.note for entry in seen}) == 130
    assert [entry.at for entry in seen] == sorted((entry.at for entry in seen), reverse=True)


@pytest.mark.parametrize(
    "place", ["x", "2026-11-20~0~1", "2026-11-20T00:00:00+07:00~0~99999999999999999999", "~~"]
)
def test_a_place_that_is_none_shows_the_first_page(town: Town, enter: Enter, place: str) -> None:
    many(town, 3)

    assert len(enter("vinh").get("/nhat-ky/", {"sau": place}).context["entries"]) == 3


@pytest.mark.parametrize("count", [3, 120])
def test_the_page_costs_the_same(town: Town, enter: Enter, count: int) -> None:
    many(town, count)
    client = enter("chung")

    with CaptureQueriesContext(connection) as asked:
        client.get("/nhat-ky/")

    assert len(asked) == COST <= 15, [query["sql"] for query in asked]


#: One question to each log; the rest for person, roles, bodies and the lists of the filters.
COST = 5 + len(guards.logs())


def test_a_big_log_is_asked_by_its_index(town: Town) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chọn cách đọc theo kích cỡ bảng")
    mine = frozenset((town.party.pk,))
    for question in (Question(mine), Question(None), Question(None, action="document.issue")):
        rows = journal._narrowed(DocumentLog, 0, question, None)[:51]
        assert "INDEX" in rows.explain(), question


def test_the_csv_opens_in_excel_and_holds_no_formula(entries: list[Entry], town: Town, enter: Enter) -> None:
    papers = DocumentLog.objects.first()
    assert papers
    assert papers.document
    history.log(
        papers.document, "document.return", actor=town.son, now=NOW + 9 * MINUTE, note="=1+1;\nSửa lại"
    )

    response = enter("chung").get(EXPORTS[0])

    data = b"".join(response)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0][:4] == ["Lúc", "Người làm", "Làm thay", "Việc"]
    assert rows[1][7] == "'=1+1;\nSửa lại"
    assert rows[2][:7] == [
        "20/11/2026 09:31:00",
        "Vi Văn Chung",
        "Giáp Văn Sơn",
        "trình duyệt",
        papers.subject,
        "Dự thảo",
        "Đang duyệt",
    ]
    assert response.headers["Content-Disposition"] == 'attachment; filename="nhat-ky-2026-11-20.csv"'
    assert all("Lương Quang Minh" not in row for row in rows)


def test_the_workbook_holds_the_same(entries: list[Entry], town: Town, enter: Enter) -> None:
    papers = DocumentLog.objects.first()
    assert papers
    assert papers.document
    history.log(papers.document, "document.return", actor=town.son, now=NOW + 9 * MINUTE, note="=1+1\x0b")

    response = enter("vinh").get(EXPORTS[1])

    sheet = load_workbook(io.BytesIO(b"".join(response))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 1 + len(entries) + 1, (
        "đầu bảng, các việc, việc trả lại; lần tải này không có trong tệp"
    )
    assert rows[1][0] == (NOW + 9 * MINUTE).replace(tzinfo=None)
    assert (rows[1][7], sheet["H2"].data_type) == ("=1+1", "s")


def test_a_workbook_that_would_be_too_long_is_refused(
    town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(town, 4)
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)

    page = text(enter("vinh").get(EXPORTS[1], follow=True))

    assert "Nhật ký dài hơn 3 dòng. Hãy chọn ít ngày hơn, hoặc tải CSV." in page


def exports() -> list[tuple[str, str, str]]:
    """Every export that was written down: who, which days, what else."""
    kept = AdministrationLog.objects.filter(action="journal.export").order_by("pk")
    return [(entry.actor_name, entry.subject, entry.note) for entry in kept]


def test_taking_the_journal_away_is_written_down(entries: list[Entry], town: Town, enter: Enter) -> None:
    days = {"tu_ngay": "2026-11-01", "den_ngay": "2026-11-20"}
    narrow = {"den_ngay": "2026-11-30", "nguoi": str(town.chung.pk), "viec": "document.submit"}

    files = [
        b"".join(enter("chung").get(EXPORTS[0], days)),
        b"".join(enter("vinh").get(EXPORTS[1], narrow)),
        b"".join(enter("vinh").get(EXPORTS[0])),
    ]

    assert exports() == [
        ("Vi Văn Chung", "từ 01/11/2026 đến hết 20/11/2026", "Tệp CSV"),
        (
            "Ngô Thế Vinh",
            "đến hết 30/11/2026",
            "Tệp Excel\nChỉ người: Vi Văn Chung\nChỉ việc: trình duyệt",
        ),
        ("Ngô Thế Vinh", "mọi ngày", "Tệp CSV"),
    ]
    assert "từ 01/11/2026" not in files[0].decode(), "tệp không kể lần tải chính nó"
    assert "từ 01/11/2026 đến hết 20/11/2026" in files[2].decode()
    leader, administrator = text(enter("son").get("/nhat-ky/")), text(enter("vinh").get("/nhat-ky/"))
    assert "Vi Văn Chung tải nhật ký về máy: từ 01/11/2026 đến hết 20/11/2026" in leader
    assert ("mọi ngày" in leader, "Ngô Thế Vinh tải nhật ký về máy: mọi ngày" in administrator) == (
        False,
        True,
    )


def test_one_who_reads_two_journals_is_written_down_in_both(town: Town, enter: Enter) -> None:
    Membership.objects.create(person=town.son, role="leader", issuing_body=town.state, since=SINCE)

    enter("son").get(EXPORTS[1])

    kept = AdministrationLog.objects.filter(action="journal.export")
    assert set(kept.values_list("issuing_body", flat=True)) == {town.party.pk, town.state.pk}
    assert kept.count() == 2


def test_what_was_refused_is_no_export(town: Town, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    many(town, 4)
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)

    enter("vinh").get(EXPORTS[1])
    enter("yen").get(EXPORTS[0])
    enter("vinh").get(EXPORTS[0], {"tu_ngay": "2026-11-21", "den_ngay": "2026-11-20"})

    assert exports() == []


def test_addresses_of_calendars_are_told(town: Town, enter: Enter) -> None:
    feed, token = feeds.issue(town.hoa, issuing_body=town.party, now=NOW)
    feeds.revoke(feed, actor=town.hoa, now=NOW + MINUTE)
    feeds.issue(town.son, now=NOW)

    chief, administrator = text(enter("chung").get("/nhat-ky/")), text(enter("vinh").get("/nhat-ky/"))

    name = feeds.name_of(feed)
    for page in (chief, administrator):
        assert f"{town.hoa} lập địa chỉ lịch: {name}" in page
        assert f"{town.hoa} thu hồi địa chỉ lịch: {name}" in page
        assert token not in page
    own = f"{town.son} lập địa chỉ lịch: Lịch họp của {town.son}"
    assert (own in chief, own in administrator) == (False, True)


def test_a_place_is_read_back() -> None:
    place = Place(NOW, 2, 7)

    assert Place.read(str(place)) == place


def test_everything_is_read_in_parts(town: Town) -> None:
    many(town, 25)

    assert len(list(journal.everything(Question(None), size=4))) == 25
    assert list(journal.everything(Question(frozenset()))) == []


def test_a_person_with_two_offices_reads_both(entries: list[Entry], town: Town, enter: Enter) -> None:
    Membership.objects.create(person=town.son, role="leader", issuing_body=town.state, since=SINCE)

    assert "Lương Quang Minh" in text(enter("son").get("/nhat-ky/")).split("nhat-ky-h")[-1]
