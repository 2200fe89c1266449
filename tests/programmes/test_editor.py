"""The editor's short requests: works, wrong person, wrong state, twice, bad input."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Person
from documents.models import Clause, Document, Operation
from meetings.models import PreparingBody
from programmes import services
from programmes.models import Programme
from programmes.periods import Period, PeriodType
from tests.office import NOW, Office
from tests.scribe import Scribe


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(client: Client, name: str, programme: Programme, asked: Any) -> HttpResponse:
    body = asked if isinstance(asked, str) else json.dumps(asked)
    url = reverse(f"programmes:{name}", args=[programme.public_id])
    return client.post(url, body, content_type="application/json", headers={"accept": "application/json"})  # type: ignore[return-value]


def first(programme: Programme) -> Clause:
    return Clause.objects.filter(document=programme).order_by("position")[0]


def text_of(clause: Clause, text: str, more: dict[str, Any] | None = None) -> dict[str, Any]:
    asked = {
        "op": str(uuid.uuid4()),
        "kind": "text",
        "clause": str(clause.public_id),
        "version": clause.version,
    }
    return {**asked, "text": text, **(more or {})}


def test_typing_saves_one_clause(programme: Programme, desk: Office) -> None:
    clause = first(programme)

    response = post(signed_in(desk.yen), "operate", programme, text_of(clause, "Nhiệm vụ"))

    data = json.loads(response.content)
    assert response.status_code == 200
    assert (data["revision"], data["skeleton"], data["removed"]) == (1, None, [])
    assert [(line["id"], line["text"], line["version"]) for line in data["lines"]] == [
        (str(clause.public_id), "Nhiệm vụ", 2)
    ]


def test_a_structural_operation_answers_with_the_new_order(programme: Programme, desk: Office) -> None:
    clause, new = first(programme), str(uuid.uuid4())
    asked = {
        "op": str(uuid.uuid4()),
        "kind": "insert",
        "id": new,
        "after": str(clause.public_id),
        "text": "Hai",
    }

    data = json.loads(post(signed_in(desk.yen), "operate", programme, asked).content)

    assert [row[:4] for row in data["skeleton"]] == [
        [str(clause.public_id), None, 0, "I."],
        [new, None, 0, "II."],
    ]


def test_a_repeated_request_answers_again_and_does_nothing_more(programme: Programme, desk: Office) -> None:
    client, asked = signed_in(desk.yen), text_of(first(programme), "Nhiệm vụ")

    answers = [post(client, "operate", programme, asked) for _ in range(2)]

    assert [a.status_code for a in answers] == [200, 200]
    assert Operation.objects.filter(document=programme).count() == 1


def test_an_old_version_brings_the_other_text(programme: Programme, desk: Office) -> None:
    clause = first(programme)
    post(signed_in(desk.chung), "operate", programme, text_of(clause, "Bản của anh Chung"))

    response = post(signed_in(desk.yen), "operate", programme, text_of(clause, "Bản của chị Yến"))

    assert response.status_code == 409
    assert json.loads(response.content)["conflict"]["text"] == "Bản của anh Chung"


def test_a_removed_clause_answers_gone(programme: Programme, desk: Office) -> None:
    scribe = Scribe(programme, desk.yen)
    clause = scribe.add("Tạm", after=scribe.first())
    scribe.on("remove", clause)

    assert post(signed_in(desk.yen), "operate", programme, text_of(clause, "Tạm 2")).status_code == 410


@pytest.mark.parametrize("asked", ["", "[]", "không phải JSON", '{"op": 1'])
def test_a_request_that_is_no_json_gets_a_sentence(programme: Programme, desk: Office, asked: str) -> None:
    response = post(signed_in(desk.yen), "operate", programme, asked)

    assert response.status_code == 400
    assert json.loads(response.content)["error"]


@pytest.mark.parametrize(
    "more",
    [{"text": 5}, {"text": None}, {"op": "x"}, {"kind": "nothing"}, {"clause": "x"}, {"text": "a" * 200_001}],
)
def test_wrong_values_get_a_sentence_and_change_nothing(
    programme: Programme, desk: Office, more: dict[str, Any]
) -> None:
    response = post(signed_in(desk.yen), "operate", programme, text_of(first(programme), "Nhiệm vụ", more))

    assert response.status_code == 422
    assert first(programme).text == ""
    assert Operation.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "status"), [("yen", 200), ("chung", 200), ("hoa", 403), ("son", 403), ("mai", 404)]
)
def test_only_drafters_and_the_chief_write(programme: Programme, desk: Office, who: str, status: int) -> None:
    response = post(
        signed_in(getattr(desk, who)), "operate", programme, text_of(first(programme), "Nhiệm vụ")
    )

    assert response.status_code == status
    assert (first(programme).text == "Nhiệm vụ") is (status == 200)


def test_reading_is_no_way_to_write(programme: Programme, desk: Office) -> None:
    url = reverse("programmes:operate", args=[programme.public_id])

    assert signed_in(desk.yen).get(url).status_code == 405


def test_a_session_that_is_over_answers_401_with_the_way_back(programme: Programme) -> None:
    response = post(Client(), "operate", programme, {"op": str(uuid.uuid4())})

    assert response.status_code == 401
    assert reverse("login") in json.loads(response.content)["login"]


def test_a_paper_in_review_is_not_edited(programme: Programme, desk: Office) -> None:
    Document.objects.filter(pk=programme.pk).update(state="review")

    assert post(signed_in(desk.yen), "operate", programme, text_of(first(programme), "x")).status_code == 403


def test_another_window_hears_what_changed_since(programme: Programme, desk: Office) -> None:
    scribe = Scribe(programme, desk.yen)
    one = scribe.first()
    two = scribe.add("Hai", after=one)
    scribe.on("text", two, text="Mục hai")
    scribe.on("remove", scribe.add("Ba", after=two))
    url = reverse("programmes:changes", args=[programme.public_id])

    data = signed_in(desk.chung).get(url, {"tu": "1", "w": "cua-so-2"}).json()

    assert (data["revision"], [line["text"] for line in data["lines"]]) == (4, ["Mục hai"])
    assert len(data["removed"]) == 1
    assert [row[3] for row in data["skeleton"]] == ["I.", "II."]


def test_people_in_the_same_paper_see_each_other(programme: Programme, desk: Office) -> None:
    url = reverse("programmes:changes", args=[programme.public_id])
    clause = str(first(programme).public_id)
    signed_in(desk.yen).get(url, {"tu": "0", "w": "a", "o": clause})

    data = signed_in(desk.chung).get(url, {"tu": "0", "w": "b"}).json()

    assert data["people"] == [{"name": "Nguyễn Thị Hải Yến", "initials": "HY", "clause": clause}]


def test_pasted_lines_become_a_proposal_that_changes_nothing(programme: Programme, desk: Office) -> None:
    text = "1. Báo cáo kinh tế.\n2. Báo cáo dự án.\n(UBND xã chuẩn bị nội dung 1, 2)\n3. Việc khác."

    data = json.loads(post(signed_in(desk.yen), "propose", programme, {"text": text}).content)

    shown = [(c["style"], c["text"], [b["name"] for b in c["bodies"]]) for c in data["clauses"]]
    assert shown == [
        ("1.", "Báo cáo kinh tế.", ["UBND xã"]),
        ("1.", "Báo cáo dự án.", ["UBND xã"]),
        ("1.", "Việc khác.", []),
    ]
    assert Clause.objects.count() == 1


def test_an_accepted_proposal_is_one_step(programme: Programme, desk: Office) -> None:
    client, clause = signed_in(desk.yen), first(programme)
    text = "II. Hội nghị\n1. Báo cáo kinh tế.\n2. Báo cáo dự án.\nIII. Giao ban"
    proposed = json.loads(post(client, "propose", programme, {"text": text}).content)
    asked = {
        "op": str(uuid.uuid4()),
        "kind": "paste",
        "after": str(clause.public_id),
        "clauses": proposed["clauses"],
    }

    post(client, "operate", programme, asked)
    assert Scribe(programme, desk.yen).read() == [
        "I. ",
        "II. Hội nghị",
        "  1. Báo cáo kinh tế.",
        "  2. Báo cáo dự án.",
        "III. Giao ban",
    ]

    post(client, "operate", programme, {"op": str(uuid.uuid4()), "kind": "undo"})
    assert Scribe(programme, desk.yen).read() == ["I. "]


def test_nothing_of_a_paste_is_dropped(programme: Programme, desk: Office) -> None:
    text = "Nơi nhận:\n- Thường trực Tỉnh ủy,\n- Lưu Văn phòng.\nT/L BAN THƯỜNG VỤ\nCHÁNH VĂN PHÒNG"

    data = json.loads(post(signed_in(desk.yen), "propose", programme, {"text": text}).content)

    words = " ".join(c["text"] for c in data["clauses"])
    assert all(
        word in words for word in ("Thường trực Tỉnh ủy", "Lưu Văn phòng", "BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG")
    )


def test_the_preview_shows_where_every_clause_stands(programme: Programme, desk: Office) -> None:
    scribe = Scribe(programme, desk.yen)
    scribe.on("text", scribe.first(), text="Nhiệm vụ trọng tâm")
    client = signed_in(desk.yen)

    data = client.get(reverse("programmes:preview", args=[programme.public_id])).json()

    assert (data["pages"], data["complete"]) == (1, {"have": 1, "all": 1, "missing": []})
    (page, top, bottom) = data["boxes"][str(first(programme).public_id)][0]
    assert page == 1
    assert 0.1 < top < bottom < 0.9
    picture = client.get(reverse("programmes:page", args=[programme.public_id, data["revision"], 1]))
    assert picture.content.startswith(b"\x89PNG")
    assert (
        client.get(reverse("programmes:page", args=[programme.public_id, data["revision"], 2])).status_code
        == 404
    )


@pytest.mark.parametrize(("name", "start"), [("pdf", b"%PDF-1."), ("docx", b"PK")])
def test_the_paper_is_downloaded(programme: Programme, desk: Office, name: str, start: bytes) -> None:
    url = reverse(f"programmes:{name}", args=[programme.public_id])

    response = signed_in(desk.yen).get(url)

    assert response.content.startswith(start)
    assert f"chuong-trinh-cong-tac-thang-11-nam-2026.{name}" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert signed_in(desk.mai).get(url).status_code == 404


def test_the_page_costs_the_same_for_a_short_and_a_long_paper(programme: Programme, desk: Office) -> None:
    few = queries_of_the_page(programme, desk)
    scribe = Scribe(programme, desk.yen)
    for n in range(25):
        scribe.add(f"Mục {n}", after=scribe.first())

    assert queries_of_the_page(programme, desk) == few
    assert few <= 10


def queries_of_the_page(programme: Programme, desk: Office) -> int:
    client = signed_in(desk.yen)
    url = reverse("programmes:edit", args=[programme.public_id])
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_saving_a_clause_costs_at_most_eight_queries(programme: Programme, desk: Office) -> None:
    client = signed_in(desk.yen)
    post(client, "operate", programme, text_of(first(programme), "Một"))

    with CaptureQueriesContext(connection) as captured:
        post(client, "operate", programme, text_of(first(programme), "Hai"))

    tables = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(tables) - 2 <= 8  # two are the test's own


def under(programme: Programme, **more: Any) -> dict[str, Any]:
    """A paste of one clause behind the first, with what the test changes of it."""
    row = {"id": str(uuid.uuid4()), "text": "Dán", "style": "1.", **more}
    after = str(first(programme).public_id)
    return {"op": str(uuid.uuid4()), "kind": "paste", "after": after, "clauses": [row]}


WRONG_ROWS = [
    {"id": None},
    {"text": 5},
    {"style": [1]},
    {"role": {"a": 1}},
    {"bodies": 5},
    {"bodies": ["UBND"]},
    {"bodies": [{"name": "UBND", "agency": 987_654}]},
    {"bodies": [{"name": "UBND", "agency": 10**30}]},
    {"bodies": [{"name": "UBND", "agency": True}]},
    {"start": "x"},
    {"start": -1},
    {"start": True},
    {"start": 10**30},
    {"table": 5},
    {"table": {"rows": [[5]]}},
    {"table": {"rows": [["a"]], "header_rows": 2}},
    {"children": 5},
    {"children": [5]},
]


@pytest.mark.parametrize("wrong", WRONG_ROWS)
def test_a_pasted_row_of_another_form_is_refused_as_a_whole(
    programme: Programme, desk: Office, wrong: dict[str, Any]
) -> None:
    response = post(signed_in(desk.yen), "operate", programme, under(programme, **wrong))

    assert response.status_code == 422
    assert json.loads(response.content)["error"]
    assert (Clause.objects.count(), Operation.objects.count()) == (1, 0)


WRONG_OPERATIONS = [
    {"kind": []},
    {"kind": {"a": 1}},
    {"kind": "insert", "style": "x"},
    {"kind": "insert", "role": [1]},
    {"kind": "bodies", "clauses": 5},
    {"kind": "bodies", "bodies": True},
    {"kind": "paste", "clauses": {"a": 1}},
    {"kind": "paste", "clauses": "x"},
    {"kind": "join", "text": [1]},
]


@pytest.mark.parametrize("wrong", WRONG_OPERATIONS)
def test_values_of_another_type_get_a_sentence(
    programme: Programme, desk: Office, wrong: dict[str, Any]
) -> None:
    clause = Scribe(programme, desk.yen).add("Hai", after=first(programme))
    asked = text_of(clause, "Hai", {"id": str(uuid.uuid4()), "clauses": [str(clause.public_id)], **wrong})

    response = post(signed_in(desk.yen), "operate", programme, asked)

    assert response.status_code == 422
    assert Operation.objects.count() == 1


def test_a_clause_cannot_take_the_id_of_one_in_another_paper(programme: Programme, desk: Office) -> None:
    period = Period(2026, PeriodType.MONTH, 11)
    other = services.create_programme(issuing_body=desk.other, period=period, actor=None, now=NOW)
    foreign = str(first(other).public_id)

    response = post(signed_in(desk.yen), "operate", programme, under(programme, id=foreign))

    assert response.status_code == 422
    assert first(other).document_id == other.pk


def test_the_browser_cannot_say_what_an_operation_undoes(programme: Programme, desk: Office) -> None:
    asked = text_of(first(programme), "Nhiệm vụ", {"_undoes": 5})

    assert post(signed_in(desk.yen), "operate", programme, asked).status_code == 200
    assert Operation.objects.get().undoes is None


@pytest.mark.parametrize("body", ["[" * 200_000, '{"op": NaN}', '{"op": ' + "9" * 5000 + "}"])
def test_json_that_no_browser_sends_gets_a_sentence(programme: Programme, desk: Office, body: str) -> None:
    assert post(signed_in(desk.yen), "operate", programme, body).status_code == 400


def test_a_request_over_the_limit_says_so(programme: Programme, desk: Office, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = post(signed_in(desk.yen), "operate", programme, text_of(first(programme), "a" * 2000))

    assert response.status_code == 413
    assert "quá lớn" in json.loads(response.content)["error"]


def test_half_a_letter_is_left_out(programme: Programme, desk: Office) -> None:
    post(signed_in(desk.yen), "operate", programme, text_of(first(programme), "Nhiệm\ud800 vụ"))

    assert first(programme).text == "Nhiệm vụ"


def test_a_text_cannot_become_deeper_than_any_paper(programme: Programme, desk: Office) -> None:
    children: list[Any] = []
    for n in range(40):
        children = [{"id": str(uuid.uuid4()), "text": str(n), "style": "1.", "children": children}]

    response = post(signed_in(desk.yen), "operate", programme, under(programme, children=children))

    assert response.status_code == 422
    assert Clause.objects.count() == 1


def test_a_paste_of_thousands_is_sent_to_the_files(programme: Programme, desk: Office) -> None:
    row = [{"id": str(uuid.uuid4()), "text": "a"} for _ in range(1001)]

    response = post(signed_in(desk.yen), "operate", programme, under(programme, children=row))

    assert "bằng tệp" in json.loads(response.content)["error"]
    assert Clause.objects.count() == 1


@pytest.mark.parametrize(
    "when",
    [5, "x", [1], {"weekly": 1e400}, {"date": "0001-01-01"}, {"date": "9999-12-31"}, {"date": "2026-04-31"}],
)
def test_a_time_that_cannot_be_gets_a_sentence(programme: Programme, desk: Office, when: Any) -> None:
    scribe = Scribe(programme, desk.yen)
    scribe.on("role", scribe.first(), role="meeting")
    clause = scribe.first()
    raw = json.dumps({"op": str(uuid.uuid4()), "clause": str(clause.public_id), "version": 1, "when": when})

    response = post(signed_in(desk.yen), "schedule", programme, raw.replace("Infinity", "1e400"))

    assert response.status_code == 422
    assert Operation.objects.count() == 1


def test_a_body_whose_agency_is_no_longer_listed_stays_as_printed(programme: Programme, desk: Office) -> None:
    scribe = Scribe(programme, desk.yen)
    item = scribe.add("Báo cáo", under=scribe.first(), style="1.", role="paragraph")
    gone = [{"name": "Phòng Y tế", "agency": 987_654, "lead": True}]
    Clause.objects.filter(pk=item.pk).update(bodies=gone)

    asked = {
        "op": str(uuid.uuid4()),
        "kind": "role",
        "clause": str(scribe.first().public_id),
        "role": "meeting",
    }

    assert post(signed_in(desk.yen), "operate", programme, asked).status_code == 200
    body = PreparingBody.objects.get()
    assert (body.name, body.agency) == ("Phòng Y tế", None)


def test_the_head_keeps_the_words_of_the_print_in_an_english_interface(
    programme: Programme, desk: Office
) -> None:
    Programme.objects.filter(pk=programme.pk).update(month=1, year=2027)
    client = signed_in(desk.yen)
    client.cookies["django_language"] = "en"

    page = client.get(f"/chuong-trinh/{programme.public_id}/soan/").content.decode()

    assert 'lang="en"' in page
    assert "tháng 01 năm 2027</p>" in page
    assert "<p>Số " in page


def test_a_word_that_fills_pages_gets_a_sentence(programme: Programme, desk: Office) -> None:
    response = post(signed_in(desk.yen), "operate", programme, text_of(first(programme), "a" * 1001))

    assert "quá 1.000 ký tự" in json.loads(response.content)["error"]
    assert first(programme).text == ""
