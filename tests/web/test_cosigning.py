"""Several people sign in their order: who may, what is refused, what a refusal stops."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from agencies.models import Person
from documents import events
from documents.models import Document, SigningBatch, SigningKey, TrustAnchor
from documents.operations import OperationError
from documents.signing import batches, current_pdf, keys, latest, place, registry, sign, stamp, turns, verify
from tests import factories
from tests.authority import PASSPHRASE, Authority
from tests.documents.signing.test_verify import pdfsig
from tests.web.conftest import Enter
from tests.web.test_signing import actions, page, press, seal_of, several, upload

NUMBERS = {"son": 21, "thanh": 22, "chung": 11}


@pytest.fixture(autouse=True)
def no_connection(settings: Settings) -> None:
    settings.TIMESTAMP_URL = ""
    settings.REVOCATION_WAIT = 0


@pytest.fixture
def ca(db: None) -> Authority:
    made = Authority()
    anchor = made.anchor()
    TrustAnchor.objects.create(
        name="CA", pem=made.pem().decode(), fingerprint=anchor.sha256.hex(), until=anchor.not_valid_after
    )
    return made


@pytest.fixture
def thanh(town: factories.Town) -> Person:
    """The second leader of the party body."""
    made = factories.PersonFactory.create(username="thanh", full_name="Đặng Thị Thanh")
    factories.MembershipFactory.create(person=made, role="leader", issuing_body=town.party)
    return made


@pytest.fixture
def paper(town: factories.Town, thanh: Person) -> Document:
    """Issued, with the name of anh Chung; anh Sơn and chị Thanh sign before him."""
    programme = factories.issued(town, factories.month(11))
    Document.objects.filter(pk=programme.pk).update(signing_manner="here")
    made = Document.objects.get(pk=programme.pk)
    return turns.appoint(made, [town.son, thanh], actor=town.hoa, now=factories.NOW)


def key_of(town: factories.Town, ca: Authority, name: str) -> SigningKey:
    owner = town.person(name)
    source = keys.File(ca.p12(owner.full_name, NUMBERS[name]))
    return registry.add(source, keys.Secret(PASSPHRASE), owner=owner, actor=owner, now=factories.NOW)


def names(document: Document) -> list[str]:
    return [str(row.person) for row in document.cosigners.all()]


def choose(client: Client, document: Document, *people: Person) -> Any:
    data = {f"cung-ky-{n}": person.pk for n, person in enumerate(people, 1)}
    return client.post(page(document, "cosigners"), data, follow=True)


def test_everybody_signs_in_turn_and_the_seal_comes_last(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document, tmp_path: Path
) -> None:
    heard: list[Document] = []
    events.subscribe("signed", lambda document, **rest: heard.append(document))
    issued, seal = current_pdf(paper), seal_of(town, ca)

    for name in ("son", "thanh", "chung"):
        assert "Đã ký." in press(enter(name), paper, key_of(town, ca, name)).content.decode()
        assert heard == []
    assert "Đã đóng dấu" in press(enter("hoa"), paper, seal).content.decode()

    copy, data = latest(paper), current_pdf(paper)
    assert copy is not None
    assert copy.complete
    assert data.startswith(issued)
    report = verify.examine(data, (ca.anchor(),))
    assert report.trusted
    assert [(each.field, each.name) for each in report.signatures] == [
        ("CungKy1", "Giáp Văn Sơn"),
        ("CungKy2", "Đặng Thị Thanh"),
        ("NguoiKy", "Vi Văn Chung"),
        ("CoQuan", "Đảng ủy xã Tân Sơn"),
    ]
    assert pdfsig(data, tmp_path) == ["Signature is Valid."] * 4
    assert [document.pk for document in heard] == [paper.pk]
    assert actions(paper)[-5:] == [
        "document.cosigners",
        *["document.cosign"] * 2,
        "document.sign",
        "document.seal",
    ]


def test_nobody_signs_before_his_turn(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    seal = seal_of(town, ca)
    for name in ("thanh", "chung"):
        answer = press(enter(name), paper, key_of(town, ca, name))
        assert "Đến lượt Giáp Văn Sơn ký trước." in answer.content.decode()
    assert "Đến lượt Giáp Văn Sơn" in press(enter("hoa"), paper, seal).content.decode()

    assert latest(paper) is None
    assert "document.cosign" not in actions(paper)


def test_signing_twice_changes_nothing(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    key = key_of(town, ca, "son")
    press(enter("son"), paper, key)

    answer = press(enter("son"), paper, key)

    assert "Đến lượt Đặng Thị Thanh ký trước." in answer.content.decode()
    assert paper.signed_copies.count() == 1
    assert actions(paper).count("document.cosign") == 1


def test_nobody_signs_in_the_turn_of_another(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    key = key_of(town, ca, "son")

    press(enter("thanh"), paper, key)

    assert latest(paper) is None


# --- the list -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"), [("hoa", 200), ("chung", 200), ("son", 403), ("yen", 403), ("minh", 404)]
)
def test_who_chooses_the_order(
    town: factories.Town, enter: Enter, paper: Document, thanh: Person, name: str, status: int
) -> None:
    answer = choose(enter(name), paper, thanh, town.son)

    assert answer.status_code == status
    changed = ["Đặng Thị Thanh", "Giáp Văn Sơn"]
    assert names(paper) == (changed if status == 200 else changed[::-1])


def test_the_order_is_chosen_once_and_logged_once(
    town: factories.Town, enter: Enter, paper: Document, thanh: Person
) -> None:
    for _ in range(2):
        choose(enter("hoa"), paper, thanh)

    assert names(paper) == ["Đặng Thị Thanh"]
    assert actions(paper).count("document.cosigners") == 2  # once by the fixture


@pytest.mark.parametrize(
    ("people", "reason"),
    [
        (["son", "son"], "chỉ đứng một lần"),
        (["chung"], "in trên văn bản"),
        (["hoa"], "không ký văn bản"),
        (["minh"], "không ký văn bản"),
    ],
)
def test_a_list_that_cannot_be_is_refused(
    town: factories.Town, paper: Document, people: list[str], reason: str
) -> None:
    chosen = [town.person(name) for name in people]

    with pytest.raises(OperationError, match=reason):
        turns.appoint(paper, chosen, actor=town.hoa, now=factories.NOW)

    assert names(paper) == ["Giáp Văn Sơn", "Đặng Thị Thanh"]


def test_who_signed_already_stays_first(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document, thanh: Person
) -> None:
    press(enter("son"), paper, key_of(town, ca, "son"))

    assert "giữ nguyên thứ tự" in choose(enter("hoa"), paper, thanh).content.decode()
    choose(enter("hoa"), paper, town.son)
    press(enter("chung"), paper, key_of(town, ca, "chung"))

    copy = latest(paper)
    assert copy is not None
    assert copy.has_signer
    assert names(paper) == ["Giáp Văn Sơn"]
    assert "đã có chữ ký" in choose(enter("hoa"), paper).content.decode()


@pytest.mark.parametrize("state", ["draft", "review", "approved", "revoked"])
def test_only_what_holds_gets_cosigners(town: factories.Town, paper: Document, state: str) -> None:
    Document.objects.filter(pk=paper.pk).update(state=state)

    with pytest.raises(OperationError, match="nên không ký được"):
        turns.appoint(paper, [], actor=town.hoa, now=factories.NOW)

    assert paper.cosigners.count() == 2


# --- refusing -------------------------------------------------------------------------------------


def refuse(client: Client, document: Document, note: str = "sai trích yếu") -> Any:
    return client.post(page(document, "refuse_paper"), {"note": note}, follow=True)


def test_a_refusal_stops_the_paper_until_it_is_withdrawn(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    key = key_of(town, ca, "son")
    assert "lý do" in refuse(enter("son"), paper, "").content.decode()
    for _ in range(2):
        refuse(enter("thanh"), paper)

    shown = press(enter("son"), paper, key).content.decode()
    assert "Đặng Thị Thanh đã từ chối ký: sai trích yếu" in shown
    assert latest(paper) is None
    enter("son").post(page(paper, "withdraw"))
    assert turns.standing_refusal(paper) is not None
    for _ in range(2):
        enter("thanh").post(page(paper, "withdraw"))
    press(enter("son"), paper, key)

    assert latest(paper) is not None
    done = actions(paper)
    assert done.count("document.refuse-signature") == done.count("document.withdraw-refusal") == 1


def test_a_refusal_ends_with_the_place_on_the_list(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    refuse(enter("thanh"), paper)

    choose(enter("hoa"), paper, town.son)
    press(enter("son"), paper, key_of(town, ca, "son"))

    assert latest(paper) is not None


def test_only_who_is_still_to_sign_refuses(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    assert refuse(enter("hoa"), paper).status_code == 403
    assert refuse(enter("minh"), paper).status_code == 404
    press(enter("son"), paper, key_of(town, ca, "son"))

    answer = refuse(enter("son"), paper)

    assert "đã ký xong" in answer.content.decode()
    assert turns.standing_refusal(paper) is None


# --- batches --------------------------------------------------------------------------------------


def tick(client: Client, batch: SigningBatch, key: SigningKey) -> str:
    data = {"van-ban": [job.pk for job in batch.jobs.all()], "key": key.pk, "passphrase": PASSPHRASE}
    if key.is_seal:
        data = {"van-ban": data["van-ban"], "seal": key.pk, "seal_passphrase": PASSPHRASE}
    url = reverse("signing:batch", args=[batch.public_id])
    return str(client.post(url, data, follow=True).content.decode())


def test_in_a_batch_everybody_signs_in_turn_and_one_refusal_stops_its_own_paper(
    town: factories.Town, enter: Enter, ca: Authority, thanh: Person
) -> None:
    first, second, third = several(town, 3)
    Document.objects.filter(pk=third.pk).update(signing_name="Đặng Thị Thanh")
    seal, held = seal_of(town, ca), {name: key_of(town, ca, name) for name in NUMBERS}
    ids = [first.pk, second.pk, third.pk]
    data = {"van-ban": ids, "cung-ky-1": town.son.pk, "cung-ky-2": thanh.pk}
    enter("hoa").post(reverse("signing:batches"), data)
    batch = SigningBatch.objects.get()
    assert [names(document) for document in (first, third)] == [
        ["Giáp Văn Sơn", "Đặng Thị Thanh"],
        ["Giáp Văn Sơn"],
    ]

    assert "Đến lượt Giáp Văn Sơn ký trước." in tick(enter("chung"), batch, held["chung"])
    assert set(batch.jobs.values_list("state", flat=True)) == {"open"}
    tick(enter("son"), batch, held["son"])
    refused = batch.jobs.get(document=second)
    enter("thanh").post(reverse("signing:refuse", args=[batch.public_id, refused.pk]), {"note": "sai số"})
    tick(enter("thanh"), batch, held["thanh"])
    tick(enter("chung"), batch, held["chung"])
    tick(enter("hoa"), batch, seal)

    assert list(batch.jobs.values_list("state", "reason")) == [
        ("done", ""),
        ("refused", "sai số"),
        ("done", ""),
    ]
    counts = [len(verify.examine(current_pdf(each)).signatures) for each in (first, second, third)]
    assert counts == [4, 1, 3]
    assert "Đến lượt" not in enter("thanh").get(reverse("signing:batches")).content.decode()


def test_a_batch_with_a_paper_that_cannot_have_the_signers_is_not_made(
    town: factories.Town, enter: Enter, ca: Authority
) -> None:
    one, two = several(town, 2)
    press(enter("chung"), two, key_of(town, ca, "chung"))

    with pytest.raises(OperationError, match="đã có chữ ký"):
        batches.create(town.party, [one, two], cosigners=[town.son], actor=town.hoa, now=factories.NOW)

    assert not SigningBatch.objects.exists()
    assert names(one) == []


@pytest.mark.parametrize(
    ("signed", "asked"), [((), {"son"}), (("son",), {"thanh"}), (("son", "thanh"), {"chung"})]
)
def test_everybody_finds_what_waits_for_him(
    town: factories.Town,
    enter: Enter,
    ca: Authority,
    paper: Document,
    signed: tuple[str, ...],
    asked: set[str],
) -> None:
    for name in signed:
        press(enter(name), paper, key_of(town, ca, name))

    heading = "Đến lượt tôi ký, đóng dấu"
    found = {
        name
        for name in ("son", "thanh", "chung", "hoa")
        if heading in enter(name).get(reverse("signing:batches")).content.decode()
    }
    assert found == asked


def test_the_pages_cost_the_same_for_one_and_for_three(
    town: factories.Town, enter: Enter, thanh: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    costs, papers = [], several(town, 4)
    for chosen, people in ((papers[:1], [town.son]), (papers[1:], [town.son, thanh])):
        made = batches.create(town.party, chosen, cosigners=people, actor=town.hoa, now=factories.NOW)
        for name, url in (
            ("chung", reverse("signing:batch", args=[made.public_id])),
            ("son", reverse("signing:batches")),
            ("chung", page(chosen[0])),
        ):
            client = enter(name)
            client.get(url)
            with django_assert_max_num_queries(15) as captured:
                assert client.get(url).status_code == 200
            costs.append(len(captured))

    assert costs[:3] == costs[3:]


# --- elsewhere ------------------------------------------------------------------------------------


def signed_outside(document: Document, ca: Authority, *people: tuple[str, int]) -> bytes:
    data = current_pdf(document)
    known = len(verify.examine(data).signatures)
    for n, (name, number) in enumerate(people, known):
        where = place.Place(0, 340, 300 - 50 * n, 440, 340 - 50 * n)
        mark = stamp.draw(stamp.Mark((name,)), where)
        wish = sign.Wish(f"F{n}", where, mark, name, "", dt.datetime.now(dt.UTC))
        with keys.opened(keys.File(ca.p12(name, number)), keys.Secret(PASSPHRASE)) as signer:
            data = sign.sign(data, signer, wish).pdf
    return data


def test_signatures_of_another_tool_follow_the_order_too(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    son, thanh, chung = ("Giáp Văn Sơn", 21), ("Đặng Thị Thanh", 22), ("Vi Văn Chung", 11)
    seal = ("Đảng ủy xã Tân Sơn", 12)
    client = enter("hoa")

    for wrong, reason in (
        ([chung], "Giáp Văn Sơn phải ký trước Vi Văn Chung."),
        ([thanh, son], "Giáp Văn Sơn phải ký trước Đặng Thị Thanh."),
        ([son, chung], "Đặng Thị Thanh phải ký trước Vi Văn Chung."),
        ([son, seal], "Đặng Thị Thanh chưa ký nên chưa đóng dấu được."),
    ):
        assert reason in upload(client, paper, signed_outside(paper, ca, *wrong)).content.decode()
        assert paper.signed_copies.count() == 0
    upload(client, paper, signed_outside(paper, ca, son))
    upload(client, paper, signed_outside(paper, ca, thanh, chung, seal))

    copy = latest(paper)
    assert copy is not None
    assert (copy.position, copy.complete) == (2, True)
    assert all(row.signed_at for row in paper.cosigners.all())


# --- the date -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ahead", "is_signed"), [(0, True), (1, False)])
def test_a_paper_is_not_signed_before_its_date(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document, ahead: int, *, is_signed: bool
) -> None:
    day = factories.NOW.date() + dt.timedelta(days=ahead)
    Document.objects.filter(pk=paper.pk).update(year=day.year, month=day.month, day=day.day)
    key = key_of(town, ca, "son")

    answer = press(enter("son"), paper, key).content.decode()

    assert (latest(paper) is not None) == is_signed
    assert ("Văn bản đề ngày 21/11/2026" in answer) != is_signed
    if not is_signed:
        with time_machine.travel(factories.NOW + dt.timedelta(days=1), tick=False):
            press(enter("son"), paper, key)
        assert latest(paper) is not None
