"""Signing by the doors of the site: who may, in which order, what is refused, what is kept."""

from __future__ import annotations

import datetime as dt
import io
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from documents import events
from documents.actions import available_actions
from documents.models import (
    Document,
    DocumentLog,
    SignedCopy,
    SigningBatch,
    SigningKey,
    SigningPractice,
    TrustAnchor,
)
from documents.papers import paper_of
from documents.signing import batches, current_pdf, keys, latest, place, registry, sign, stamp
from paper.printing import pages, pdf
from tests import factories
from tests.authority import PASSPHRASE, Authority
from tests.documents.signing.test_verify import tampered, written_over
from tests.web.conftest import Enter

NAME, SEAL = "Vi Văn Chung", "Đảng ủy xã Tân Sơn"
STATES = {"draft", "review", "approved", "issued", "amended", "revoked"}


@pytest.fixture(autouse=True)
def no_connection(settings: Settings) -> None:
    settings.TIMESTAMP_URL = ""
    settings.REVOCATION_WAIT = 0


@pytest.fixture
def ca(db: None) -> Authority:
    """An authority that the administration trusts."""
    made = Authority()
    anchor = made.anchor()
    TrustAnchor.objects.create(
        name="CA", pem=made.pem().decode(), fingerprint=anchor.sha256.hex(), until=anchor.not_valid_after
    )
    return made


@pytest.fixture
def paper(town: factories.Town) -> Document:
    """Issued, to be signed here by anh Chung."""
    programme = factories.issued(town, factories.month(11))
    Document.objects.filter(pk=programme.pk).update(signing_manner="here")
    return Document.objects.get(pk=programme.pk)


def key_of(town: factories.Town, ca: Authority, name: str = "chung", **values: Any) -> SigningKey:
    owner = town.person(name)
    source = keys.File(ca.p12(owner.full_name, 11, **values))
    return registry.add(source, keys.Secret(PASSPHRASE), owner=owner, actor=owner, now=factories.NOW)


def seal_of(town: factories.Town, ca: Authority) -> SigningKey:
    source = keys.File(ca.p12(SEAL, 12))
    return registry.add(source, keys.Secret(PASSPHRASE), body=town.party, actor=town.hoa, now=factories.NOW)


def page(document: Document, name: str = "paper", *more: Any) -> str:
    return reverse(f"signing:{name}", args=[document.public_id, *more])


def press(client: Client, document: Document, key: SigningKey, passphrase: str = PASSPHRASE) -> Any:
    return client.post(page(document, "sign"), {"key": key.pk, "passphrase": passphrase}, follow=True)


def upload(client: Client, document: Document, data: bytes) -> Any:
    file = SimpleUploadedFile("ban-ky.pdf", data, "application/pdf")
    return client.post(page(document, "upload"), {"upload": file}, follow=True)


def actions(document: Document) -> list[str]:
    """What was done, without the sending that follows a complete copy."""
    rows = document.log.filter(action__startswith="document.").exclude(action="document.send")
    return list(rows.order_by("pk").values_list("action", flat=True))


def signed_outside(document: Document, ca: Authority, *, seal: bool = True) -> bytes:
    """What another tool makes of the issued file."""
    data = current_pdf(document)
    steps = [("A", NAME, 11, False), ("B", SEAL, 12, True)][: 2 if seal else 1]
    for field, name, number, is_seal in steps:
        where = place.Place(0, 340 - 60 * is_seal, 300, 440 - 60 * is_seal, 380)
        mark = stamp.draw(stamp.Mark((name,), b"", is_seal), where)
        wish = sign.Wish(field, where, mark, name, "", dt.datetime.now(dt.UTC))
        with keys.opened(keys.File(ca.p12(name, number)), keys.Secret(PASSPHRASE)) as signer:
            data = sign.sign(data, signer, wish).pdf
    return data


# --- here -----------------------------------------------------------------------------------------


def test_the_person_signs_and_then_the_registrar_seals(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    heard: list[Document] = []
    events.subscribe("signed", lambda document, **rest: heard.append(document))
    key, seal = key_of(town, ca), seal_of(town, ca)
    issued = current_pdf(paper)

    assert "Đã ký." in press(enter("chung"), paper, key).content.decode()
    first = latest(paper)
    assert first is not None
    assert not first.complete
    assert heard == []
    assert "Đã đóng dấu" in press(enter("hoa"), paper, seal).content.decode()

    copy = latest(paper)
    assert copy is not None
    assert copy.complete
    assert (copy.position, copy.kind) == (2, "here")
    assert current_pdf(paper).startswith(issued)
    assert [each["name"] for each in copy.report["signatures"]] == [NAME, SEAL]
    assert [document.pk for document in heard] == [paper.pk]
    assert actions(paper)[-2:] == ["document.sign", "document.seal"]


def test_the_seal_waits_for_the_person(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    seal = seal_of(town, ca)

    answer = press(enter("hoa"), paper, seal)

    assert "Người ký phải ký trước" in answer.content.decode()
    assert latest(paper) is None


def test_signing_twice_changes_nothing(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    key = key_of(town, ca)
    press(enter("chung"), paper, key)

    press(enter("chung"), paper, key)

    assert paper.signed_copies.count() == 1
    assert actions(paper).count("document.sign") == 1


def test_a_wrong_passphrase_signs_nothing(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    key = key_of(town, ca)

    answer = press(enter("chung"), paper, key, "sai mat khau")

    assert answer.status_code == 422
    assert "sai mật khẩu" in answer.content.decode()
    assert latest(paper) is None


def test_only_the_person_whose_name_is_printed_signs(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    son = key_of(town, ca, "son")

    answer = press(enter("son"), paper, son)

    assert NAME in answer.content.decode()
    assert latest(paper) is None


def test_nobody_signs_with_the_key_of_another(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    key = key_of(town, ca)

    for name in ("son", "hoa"):
        press(enter(name), paper, key)

    assert latest(paper) is None


def test_a_body_without_a_seal_needs_only_the_person(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    SigningPractice.objects.create(issuing_body=town.party, has_seal=False)

    press(enter("chung"), paper, key_of(town, ca))

    copy = latest(paper)
    assert copy is not None
    assert copy.complete


@pytest.mark.parametrize("state", sorted(STATES))
def test_only_what_is_issued_and_holds_is_signed(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document, state: str
) -> None:
    Document.objects.filter(pk=paper.pk).update(state=state)
    key = key_of(town, ca)

    press(enter("chung"), paper, key)

    assert (latest(paper) is not None) == (state in ("issued", "amended"))


def test_the_passphrase_stays_nowhere(
    town: factories.Town,
    enter: Enter,
    ca: Authority,
    paper: Document,
    caplog: pytest.LogCaptureFixture,
    settings: Settings,
) -> None:
    key, secret = key_of(town, ca), "tám con vịt 31"
    client = enter("chung")

    with caplog.at_level(logging.DEBUG):
        wrong = press(client, paper, key, secret)
        right = press(client, paper, key)

    told = caplog.text + wrong.content.decode() + right.content.decode()
    told += repr(dict(client.session.items())) + repr(list(DocumentLog.objects.values()))
    for file in Path(settings.MEDIA_ROOT).rglob("*"):
        told += file.read_bytes().decode("latin-1") if file.is_file() else ""
    for words in (secret, PASSPHRASE):
        assert words not in told
        assert words.encode().decode("latin-1") not in told


def test_an_error_page_of_the_developer_hides_the_passphrase(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document, settings: Settings
) -> None:
    settings.DEBUG = True
    key = key_of(town, ca)
    paper.snapshot.pdf.delete()
    client = enter("chung")
    client.raise_request_exception = False

    answer = press(client, paper, key)

    assert answer.status_code == 500
    assert PASSPHRASE not in answer.content.decode()


# --- who ------------------------------------------------------------------------------------------

OPENS = {"chung": 200, "hoa": 200, "son": 200, "yen": 403, "minh": 404, "binh": 403, "mai": 404, "vinh": 404}


@pytest.mark.parametrize("name", sorted(OPENS))
def test_who_opens_the_page(town: factories.Town, enter: Enter, paper: Document, name: str) -> None:
    if name == "binh":
        paper.named_agencies.get_or_create(agency=town.agency)

    assert enter(name).get(page(paper)).status_code == OPENS[name]


@pytest.mark.parametrize("name", sorted(OPENS))
@pytest.mark.parametrize("what", ["manner", "upload", "sign"])
def test_who_posts(town: factories.Town, enter: Enter, paper: Document, name: str, what: str) -> None:
    if name == "binh":
        paper.named_agencies.get_or_create(agency=town.agency)
    expected = OPENS[name] if OPENS[name] != 200 else 302
    if name == "son" and what != "sign":
        expected = 403

    answer = enter(name).post(page(paper, what), {"manner": "paper"})

    assert answer.status_code == expected
    assert enter(name).get(page(paper, what)).status_code == 405


def test_recipients_get_the_signed_copy(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    paper.named_agencies.get_or_create(agency=town.agency)
    press(enter("chung"), paper, key_of(town, ca))

    answer = enter("binh").get(page(paper, "signed_file"))

    assert answer.content == current_pdf(paper)
    assert enter("mai").get(page(paper, "signed_file")).status_code == 404
    assert [each.name for each in available_actions(paper, town.person("binh"))].count("signed_copy") == 1
    assert "sign" in [each.name for each in available_actions(paper, town.person("hoa"))]


# --- manner ---------------------------------------------------------------------------------------


def test_the_manner_is_chosen_once_and_logged_once(
    town: factories.Town, enter: Enter, paper: Document
) -> None:
    for _ in range(2):
        enter("hoa").post(page(paper, "manner"), {"manner": "outside"})

    paper.refresh_from_db()
    assert paper.signing_manner == "outside"
    assert actions(paper).count("document.manner") == 1


def test_the_manner_stays_once_there_is_a_signature(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    press(enter("chung"), paper, key_of(town, ca))

    answer = enter("hoa").post(page(paper, "manner"), {"manner": "paper"}, follow=True)

    paper.refresh_from_db()
    assert paper.signing_manner == "here"
    assert "không đổi cách ký" in answer.content.decode()


# --- outside --------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(paper: Document) -> Document:
    Document.objects.filter(pk=paper.pk).update(signing_manner="outside")
    return Document.objects.get(pk=paper.pk)


def test_what_was_signed_outside_is_checked_and_filed(
    town: factories.Town, enter: Enter, ca: Authority, elsewhere: Document
) -> None:
    data = signed_outside(elsewhere, ca)

    answer = upload(enter("hoa"), elsewhere, data)

    assert "Bản ký hợp lệ, đã lưu." in answer.content.decode()
    copy = latest(elsewhere)
    assert copy is not None
    assert copy.complete
    assert current_pdf(elsewhere) == data
    assert actions(elsewhere)[-1] == "document.file-signed"


def test_signer_and_seal_may_come_one_after_the_other(
    town: factories.Town, enter: Enter, ca: Authority, elsewhere: Document
) -> None:
    upload(enter("hoa"), elsewhere, signed_outside(elsewhere, ca, seal=False))
    first = latest(elsewhere)
    assert first is not None
    assert not first.complete

    again = upload(enter("hoa"), elsewhere, current_pdf(elsewhere))

    assert "chưa ký thêm" in again.content.decode()
    assert elsewhere.signed_copies.count() == 1


def test_a_tampered_upload_is_refused_with_the_reason_and_not_kept(
    town: factories.Town, enter: Enter, ca: Authority, elsewhere: Document, settings: Settings
) -> None:
    answer = upload(enter("hoa"), elsewhere, tampered(signed_outside(elsewhere, ca)))

    assert "không trùng từng byte" in answer.content.decode()
    assert elsewhere.signed_copies.count() == 0
    assert not list(Path(settings.MEDIA_ROOT).glob("signed/**/*.pdf"))


def test_an_upload_above_the_limit_is_refused(
    town: factories.Town, enter: Enter, elsewhere: Document, settings: Settings
) -> None:
    settings.UPLOAD_LIMIT = 1000

    answer = upload(enter("hoa"), elsewhere, b"%PDF-1.7\n" + b"x" * 2000)

    assert "không nhận" in answer.content.decode()


def test_an_untrusted_signature_waits_for_a_look_and_a_reason(
    town: factories.Town, enter: Enter, elsewhere: Document
) -> None:
    data = signed_outside(elsewhere, Authority(number=3, common="CA lạ"))

    answer = upload(enter("hoa"), elsewhere, data)
    copy = elsewhere.signed_copies.get()

    assert "danh sách tin cậy" in answer.content.decode()
    assert (copy.state, latest(elsewhere)) == ("pending", None)
    confirm = page(elsewhere, "confirm", copy.public_id)
    assert "lý do" in enter("hoa").post(confirm, {"note": ""}, follow=True).content.decode()
    assert latest(elsewhere) is None
    enter("hoa").post(confirm, {"note": "Đã gọi điện xác nhận với Ban Cơ yếu"})
    enter("hoa").post(confirm, {"note": "lần hai"})

    filed = latest(elsewhere)
    assert filed is not None
    assert filed.note == "Đã gọi điện xác nhận với Ban Cơ yếu"
    assert actions(elsewhere).count("document.file-signed") == 1


def test_a_pending_copy_can_be_put_aside(town: factories.Town, enter: Enter, elsewhere: Document) -> None:
    upload(enter("hoa"), elsewhere, signed_outside(elsewhere, Authority(number=3, common="CA lạ")))
    copy = elsewhere.signed_copies.get()

    for _ in range(2):
        enter("hoa").post(page(elsewhere, "discard", copy.public_id))

    copy.refresh_from_db()
    assert copy.state == "discarded"
    assert actions(elsewhere).count("document.discard-signed") == 1


# --- scan -----------------------------------------------------------------------------------------


@pytest.fixture
def by_hand(paper: Document) -> Document:
    Document.objects.filter(pk=paper.pk).update(signing_manner="paper")
    return Document.objects.get(pk=paper.pk)


def picture_of(data: bytes) -> bytes:
    """A scan without a text layer."""
    sheets = [Image.open(io.BytesIO(sheet)).convert("L") for sheet in pages.png(data, 60)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def test_a_scan_that_agrees_is_shown_and_then_filed(
    town: factories.Town, enter: Enter, by_hand: Document
) -> None:
    answer = upload(enter("hoa"), by_hand, pdf.render(paper_of(by_hand), source=False))
    copy = by_hand.signed_copies.get()

    assert "khớp cả" in answer.content.decode()
    assert latest(by_hand) is None
    enter("hoa").post(page(by_hand, "confirm", copy.public_id), {"note": ""})
    filed = latest(by_hand)
    assert filed is not None
    assert (filed.kind, filed.complete) == ("scan", True)
    assert actions(by_hand)[-1] == "document.file-scan"


def test_differences_of_a_scan_are_shown_before_it_is_filed(
    town: factories.Town, enter: Enter, by_hand: Document
) -> None:
    other = factories.paper(factories.month(11), number=12)
    changed = replace(
        other, body=(replace(other.body[0], children=other.body[0].children[:1]), other.body[1])
    )

    answer = upload(enter("hoa"), by_hand, pdf.render(changed, source=False))

    text = answer.content.decode()
    assert "1 chỗ khác bản đã ban hành" in text
    assert "Triển khai kế hoạch." in text
    assert latest(by_hand) is None


def test_a_scan_without_letters_says_so_and_needs_a_reason(
    town: factories.Town, enter: Enter, by_hand: Document
) -> None:
    answer = upload(enter("hoa"), by_hand, picture_of(current_pdf(by_hand)))
    copy = by_hand.signed_copies.get()

    assert "không có lớp chữ" in answer.content.decode()
    enter("hoa").post(page(by_hand, "confirm", copy.public_id), {"note": ""})
    assert latest(by_hand) is None
    enter("hoa").post(page(by_hand, "confirm", copy.public_id), {"note": "đã đọc lại từng mục"})
    assert latest(by_hand) is not None


def test_what_is_no_pdf_is_no_scan(town: factories.Town, enter: Enter, by_hand: Document) -> None:
    assert "không phải PDF" in upload(enter("hoa"), by_hand, b"khong phai").content.decode()
    assert by_hand.signed_copies.count() == 0


# --- batches --------------------------------------------------------------------------------------


def several(town: factories.Town, count: int) -> list[Document]:
    made = [factories.issued(town, factories.month(n), number=n + 20) for n in range(1, count + 1)]
    Document.objects.filter(pk__in=[each.pk for each in made]).update(signing_manner="here")
    return list(Document.objects.filter(pk__in=[each.pk for each in made]).order_by("pk"))


def batch_with(town: factories.Town, documents: list[Document]) -> SigningBatch:
    return batches.create(town.party, documents, actor=town.hoa, now=factories.NOW)


def test_one_failure_stops_only_its_own_paper(town: factories.Town, enter: Enter, ca: Authority) -> None:
    documents = several(town, 4)
    batch = batch_with(town, documents)
    Document.objects.filter(pk=documents[1].pk).update(signing_name="Giáp Văn Sơn")
    Document.objects.filter(pk=documents[2].pk).update(state="revoked")
    key, jobs = key_of(town, ca), list(batch.jobs.all())

    answer = enter("chung").post(
        reverse("signing:batch", args=[batch.public_id]),
        {"van-ban": [job.pk for job in jobs], "key": key.pk, "passphrase": PASSPHRASE},
        follow=True,
    )

    assert "2 văn bản chưa ký được" in answer.content.decode()
    states = list(batch.jobs.values_list("state", "reason"))
    assert [state for state, _ in states] == ["open", "failed", "failed", "open"]
    assert "Giáp Văn Sơn" in states[1][1]
    assert "Đã thu hồi" in states[2][1]
    assert [latest(document) is not None for document in documents] == [True, False, False, True]


def test_a_chief_signs_and_seals_in_one_go(town: factories.Town, enter: Enter, ca: Authority) -> None:
    documents = several(town, 2)
    batch = batch_with(town, documents)
    key, seal = key_of(town, ca), seal_of(town, ca)

    enter("chung").post(
        reverse("signing:batch", args=[batch.public_id]),
        {
            "van-ban": [job.pk for job in batch.jobs.all()],
            "key": key.pk,
            "passphrase": PASSPHRASE,
            "seal": seal.pk,
            "seal_passphrase": PASSPHRASE,
        },
    )

    assert set(batch.jobs.values_list("state", flat=True)) == {"done"}
    for document in documents:
        copy = latest(document)
        assert copy is not None
        assert copy.complete


def test_a_refusal_stops_only_its_own_paper(town: factories.Town, enter: Enter, ca: Authority) -> None:
    documents = several(town, 2)
    batch = batch_with(town, documents)
    first, second = batch.jobs.all()
    url = reverse("signing:refuse", args=[batch.public_id, first.pk])

    assert enter("hoa").post(url, {"note": "x"}).status_code == 403
    assert "lý do" in enter("chung").post(url, {"note": ""}, follow=True).content.decode()
    for _ in range(2):
        enter("chung").post(url, {"note": "sai trích yếu"})
    enter("chung").post(
        reverse("signing:batch", args=[batch.public_id]),
        {"van-ban": [first.pk, second.pk], "key": key_of(town, ca).pk, "passphrase": PASSPHRASE},
    )

    assert list(batch.jobs.values_list("state", "reason")) == [("refused", "sai trích yếu"), ("open", "")]
    assert latest(documents[0]) is None
    assert latest(documents[1]) is not None
    assert actions(documents[0]).count("document.refuse-signature") == 1


def test_a_wrong_passphrase_signs_nothing_of_a_batch(
    town: factories.Town, enter: Enter, ca: Authority
) -> None:
    documents = several(town, 2)
    batch = batch_with(town, documents)

    answer = enter("chung").post(
        reverse("signing:batch", args=[batch.public_id]),
        {
            "van-ban": [job.pk for job in batch.jobs.all()],
            "key": key_of(town, ca).pk,
            "passphrase": "sai",
        },
    )

    assert answer.status_code == 422
    assert all(latest(document) is None for document in documents)


def test_a_paper_is_in_one_open_batch_at_most(town: factories.Town, enter: Enter) -> None:
    [document] = several(town, 1)
    batch_with(town, [document])

    answer = enter("hoa").post(reverse("signing:batches"), {"van-ban": [document.pk]}, follow=True)

    assert "còn chờ ký" in answer.content.decode()
    assert SigningBatch.objects.count() == 1
    assert actions(document).count("document.batch") == 1


@pytest.mark.parametrize(
    ("name", "status"),
    [("chung", 200), ("hoa", 200), ("son", 200), ("yen", 403), ("binh", 403), ("lan", 403)],
)
def test_who_opens_batches_and_keys(town: factories.Town, enter: Enter, name: str, status: int) -> None:
    for where in ("signing:batches", "signing:keys"):
        assert enter(name).get(reverse(where)).status_code == status


def test_another_office_sees_no_batch(town: factories.Town, enter: Enter) -> None:
    batch = batch_with(town, several(town, 1))

    assert enter("minh").get(reverse("signing:batch", args=[batch.public_id])).status_code == 404


@pytest.mark.parametrize("where", ["batches", "batch", "paper"])
def test_pages_cost_the_same_for_one_and_for_three(
    town: factories.Town,
    enter: Enter,
    ca: Authority,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    where: str,
) -> None:
    costs, documents = [], several(town, 4)
    for chosen in (documents[:1], documents[1:]):
        batch = batch_with(town, chosen)
        copies(chosen[0], len(chosen))
        url = {
            "batches": reverse("signing:batches"),
            "batch": reverse("signing:batch", args=[batch.public_id]),
            "paper": page(chosen[0]),
        }[where]
        client = enter("chung")
        client.get(url)
        with django_assert_max_num_queries(15) as captured:
            assert client.get(url).status_code == 200
        costs.append(len(captured))

    assert costs[0] == costs[1]


def copies(document: Document, count: int) -> None:
    for position in range(1, count + 1):
        SignedCopy.objects.update_or_create(
            document=document,
            position=position,
            defaults={"kind": "scan", "sha256": "0" * 64, "size": 1, "at": factories.NOW, "report": {}},
        )


# --- keys -----------------------------------------------------------------------------------------


def send_key(client: Client, data: bytes, **values: Any) -> Any:
    file = SimpleUploadedFile("khoa.p12", data)
    return client.post(
        reverse("signing:keys"),
        {"file": file, "passphrase": PASSPHRASE, "diameter": 36, **values},
        follow=True,
    )


def test_a_person_registers_and_retires_a_key(town: factories.Town, enter: Enter, ca: Authority) -> None:
    client, data = enter("chung"), ca.p12(NAME, 11)

    for _ in range(2):
        send_key(client, data)

    key = SigningKey.objects.get()
    assert (key.owner, key.name, key.issuer) == (town.person("chung"), NAME, ca.common)
    assert Path(key.file.path).stat().st_mode & 0o077 == 0
    url = reverse("signing:retire_key", args=[key.public_id])
    assert enter("son").post(url).status_code == 404
    for _ in range(2):
        client.post(url)
    key.refresh_from_db()
    assert not key.active
    log = list(
        DocumentLog.objects.filter(action__startswith="key.").order_by("pk").values_list("action", flat=True)
    )
    assert log == ["key.add", "key.retire"]
    assert not key.file


@pytest.mark.parametrize(
    ("name", "common", "allowed"), [("hoa", SEAL, True), ("chung", SEAL, True), ("son", SEAL, False)]
)
def test_seals_are_registered_by_those_who_keep_them(
    town: factories.Town, enter: Enter, ca: Authority, name: str, common: str, allowed: bool
) -> None:
    send_key(enter(name), ca.p12(common, 12), body=town.party.pk)

    assert SigningKey.objects.filter(issuing_body=town.party).exists() == allowed


def test_a_registrar_has_no_key_of_her_own(town: factories.Town, enter: Enter, ca: Authority) -> None:
    assert send_key(enter("hoa"), ca.p12("Lê Thị Hoa", 13)).status_code == 422
    assert not SigningKey.objects.exists()


@pytest.mark.parametrize(
    ("data", "values", "reason"),
    [
        (b"khong phai khoa", {}, "Không mở được khóa"),
        (None, {"passphrase": "sai"}, "Không mở được khóa"),
        (None, {"picture": SimpleUploadedFile("a.png", b"khong phai anh")}, "PNG"),
    ],
)
def test_a_bad_key_is_refused_with_the_reason(
    town: factories.Town,
    enter: Enter,
    ca: Authority,
    data: bytes | None,
    values: dict[str, Any],
    reason: str,
) -> None:
    answer = send_key(enter("chung"), ca.p12(NAME, 11) if data is None else data, **values)

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not SigningKey.objects.exists()


def test_an_expired_key_is_not_registered(town: factories.Town, enter: Enter, ca: Authority) -> None:
    gone = ca.p12(NAME, 11, until=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))

    assert "hết hạn" in send_key(enter("chung"), gone).content.decode()


# --- verification ---------------------------------------------------------------------------------


def ask(client: Client, data: bytes) -> str:
    file = SimpleUploadedFile("hoi.pdf", data)
    return str(client.post(reverse("signing:question"), {"upload": file}).content.decode())


def test_anybody_who_is_signed_in_verifies_and_nothing_is_kept(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document, settings: Settings
) -> None:
    press(enter("chung"), paper, key_of(town, ca))
    press(enter("hoa"), paper, seal_of(town, ca))
    paper.refresh_from_db()
    with paper.snapshot.pdf.open("rb") as stored:
        issued = stored.read()
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    signed = current_pdf(paper)
    lan = enter("lan")

    assert "Đúng văn bản đã ban hành, không bị sửa" in ask(lan, issued)
    assert "Đúng bản ký của cơ quan, không bị sửa" in ask(lan, signed)
    assert "Hợp lệ, tin cậy" in ask(lan, signed)
    assert "Mở trang văn bản" not in ask(lan, signed)
    assert "Mở trang văn bản" in ask(enter("yen"), signed)
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == before


def test_changed_and_foreign_files_are_told_apart(
    town: factories.Town, enter: Enter, ca: Authority, paper: Document
) -> None:
    issued, lan = current_pdf(paper), enter("lan")

    assert "Văn bản đã bị sửa" in ask(lan, written_over(issued))
    assert "Nội dung đúng như đã ban hành" in ask(lan, signed_outside(paper, ca))
    assert "Tệp đã bị sửa hoặc ghi lại" in ask(lan, tampered(issued))
    other = pdf.render(factories.paper(factories.month(10), number=10))
    assert "Không phải văn bản ban hành tại đây" in ask(lan, other)
    assert "không phải PDF" in ask(lan, b"abc")
    Document.objects.filter(pk=paper.pk).update(state="revoked")
    assert "đã bị thu hồi" in ask(lan, issued)


def test_verification_is_behind_the_sign_in(client: Client, db: None) -> None:
    assert client.get(reverse("signing:question")).status_code == 302


# --- administration -------------------------------------------------------------------------------


def test_the_administrator_keeps_the_trust_store(town: factories.Town, enter: Enter, db: None) -> None:
    url, vinh = reverse("admin:documents_trustanchor_add"), enter("vinh")

    for data in (Authority().pem(), Authority().pem(), b"khong phai"):
        upload = SimpleUploadedFile("goc.pem", data)
        answer = vinh.post(url, {"name": "Gốc", "upload": upload, "pem": "", "active": "on"})

    assert TrustAnchor.objects.count() == 1
    assert "không phải chứng thư số" in answer.content.decode()
    assert enter("hoa").get(url).status_code == 302
