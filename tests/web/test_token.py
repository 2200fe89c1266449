"""A person registers a token on the page and signs with its PIN; the key never leaves the token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from documents.models import Document, DocumentLog, SigningKey, TrustAnchor
from documents.signing import current_pdf, keys, latest, verify
from tests import factories
from tests.authority import Authority
from tests.documents.signing.test_verify import pdfsig
from tests.softhsm import MODULE, NAME, PIN
from tests.web.conftest import Enter
from tests.web.test_signing import actions, press


@pytest.fixture(autouse=True)
def allowed(settings: Settings, token: keys.Token, db: None) -> None:
    """The module may be loaded, its authority is trusted, nothing is asked of the network."""
    settings.TIMESTAMP_URL, settings.REVOCATION_WAIT = "", 0
    settings.PKCS11_MODULES = [MODULE]
    ca = Authority()
    TrustAnchor.objects.create(
        name="CA",
        pem=ca.pem().decode(),
        fingerprint=ca.anchor().sha256.hex(),
        until=ca.anchor().not_valid_after,
    )


@pytest.fixture
def paper(town: factories.Town) -> Document:
    programme = factories.issued(town, factories.month(11))
    Document.objects.filter(pk=programme.pk).update(signing_manner="here")
    return Document.objects.get(pk=programme.pk)


def enrol(client: Client, **values: Any) -> Any:
    data = {"module": MODULE, "token": "van-phong", "label": "chung", "passphrase": PIN, **values}
    return client.post(reverse("signing:keys"), data, follow=True)


def test_a_person_registers_a_token_and_signs_with_it(enter: Enter, paper: Document, tmp_path: Path) -> None:
    client = enter("chung")

    answer = enrol(client)
    key = SigningKey.objects.get()
    press(client, paper, key, PIN)

    assert f"Đã đăng ký khóa “{NAME}”" in answer.content.decode()
    assert (key.kind, key.module, key.token, key.label, key.file.name) == (
        "pkcs11",
        MODULE,
        "van-phong",
        "chung",
        "",
    )
    report = verify.examine(current_pdf(paper), (Authority().anchor(),))
    assert report.trusted
    assert [each.name for each in report.signatures] == [NAME]
    assert pdfsig(current_pdf(paper), tmp_path) == ["Signature is Valid."]
    assert actions(paper)[-1] == "document.sign"


def test_a_token_is_registered_once_and_logged_once(enter: Enter) -> None:
    for _ in range(2):
        answer = enrol(enter("chung"))

    assert "đã được đăng ký" in answer.content.decode()
    assert SigningKey.objects.count() == 1
    assert DocumentLog.objects.filter(action="key.add").count() == 1


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"passphrase": "000000"}, "Sai mã PIN"),
        ({"token": "khac"}, "Không thấy thiết bị ký"),
        ({"label": "khac"}, "không có khóa"),
        ({"label": ""}, "Hãy ghi tên thiết bị và nhãn khóa."),
        ({"module": "/usr/lib/khac.so"}, "Hãy chọn"),
    ],
)
def test_a_token_that_does_not_open_is_refused_with_the_reason(
    enter: Enter, values: dict[str, str], reason: str
) -> None:
    answer = enrol(enter("chung"), **values)

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not SigningKey.objects.exists()


def test_a_wrong_pin_signs_nothing_and_the_right_one_still_does(enter: Enter, paper: Document) -> None:
    client = enter("chung")
    enrol(client)
    key = SigningKey.objects.get()

    answer = press(client, paper, key, "000000")

    assert answer.status_code == 422
    assert "Sai mã PIN" in answer.content.decode()
    assert latest(paper) is None
    press(client, paper, key, PIN)
    assert latest(paper) is not None


def test_nobody_signs_with_the_token_of_another(enter: Enter, paper: Document) -> None:
    enrol(enter("chung"))

    press(enter("son"), paper, SigningKey.objects.get(), PIN)

    assert latest(paper) is None


def test_a_module_that_is_no_longer_allowed_is_not_loaded(
    enter: Enter, paper: Document, settings: Settings
) -> None:
    client = enter("chung")
    enrol(client)
    settings.PKCS11_MODULES = []

    answer = press(client, paper, SigningKey.objects.get(), PIN)

    assert "không còn được phép dùng" in answer.content.decode()
    assert latest(paper) is None


def test_the_pin_stays_nowhere(enter: Enter, paper: Document) -> None:
    client = enter("chung")
    enrol(client)

    shown = press(client, paper, SigningKey.objects.get(), PIN).content.decode()

    told = shown + repr(dict(client.session.items())) + repr(list(DocumentLog.objects.values()))
    told += repr(list(SigningKey.objects.values()))
    assert PIN not in told
