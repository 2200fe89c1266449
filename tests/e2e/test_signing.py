"""The story of a signature: anh Chung signs, the seal follows, chị Yến verifies the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from agencies.models import Person
from documents.models import Document, SigningKey, TrustAnchor
from documents.signing import current_pdf, keys, registry
from tests import factories
from tests.authority import PASSPHRASE, Authority
from tests.e2e.conftest import SignIn
from tests.softhsm import PIN


@pytest.fixture
def paper(live_server: object, transactional_db: None, settings: Settings) -> Document:
    """Issued, with the chief's key and the seal, both of a trusted authority."""
    settings.TIMESTAMP_URL = ""
    town, ca = factories.town(), Authority()
    anchor = ca.anchor()
    TrustAnchor.objects.create(
        name="CA", pem=ca.pem().decode(), fingerprint=anchor.sha256.hex(), until=anchor.not_valid_after
    )
    secret = keys.Secret(PASSPHRASE)
    values: dict[str, Any] = {"actor": town.chung, "now": factories.NOW}
    registry.add(keys.File(ca.p12("Vi Văn Chung", 11)), secret, owner=town.chung, **values)
    registry.add(keys.File(ca.p12("Đảng ủy xã Tân Sơn", 12)), secret, body=town.party, **values)
    programme = factories.issued(town, factories.month(11))
    Document.objects.filter(pk=programme.pk).update(signing_manner="here")
    return Document.objects.get(pk=programme.pk)


def test_sign_seal_and_verify(
    paper: Document, sign_in: SignIn, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    page = sign_in("chung")
    page.goto(f"/van-ban/{paper.public_id}/ky/")
    axe(page)

    for button in ("Ký", "Đóng dấu"):
        page.get_by_label("Mật khẩu khóa hoặc mã PIN").fill(PASSPHRASE)
        page.get_by_role("button", name=re.compile(f"^{button}$")).click()

    expect(page.get_by_text("Văn bản đã đủ chữ ký và dấu.")).to_be_visible()
    expect(page.get_by_text("Hợp lệ, tin cậy")).to_have_count(2)
    axe(page)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    file = tmp_path / "ban-ky.pdf"
    file.write_bytes(current_pdf(paper))
    page.goto("/van-ban/kiem-tra/")
    page.get_by_label("Tệp PDF").set_input_files(file)
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("status").filter(has_text="Đúng bản ký của cơ quan")).to_be_visible()
    axe(page)


def test_a_token_is_registered_and_signs_on_the_page(
    paper: Document, sign_in: SignIn, token: keys.Token, settings: Settings
) -> None:
    settings.PKCS11_MODULES = [token.module]
    SigningKey.objects.of_person(Person.objects.get(username="chung")).update(active=False)
    page = sign_in("chung")

    page.goto("/van-ban/khoa-ky/")
    page.get_by_label("Thư viện của thiết bị ký").select_option(token.module)
    page.get_by_label("Tên thiết bị").fill(token.token)
    page.get_by_label("Nhãn khóa trong thiết bị").fill(token.label)
    page.get_by_label("Mật khẩu khóa hoặc mã PIN").fill(PIN)
    page.get_by_role("button", name="Đăng ký").click()
    expect(page.get_by_text("Đã đăng ký khóa “Vi Văn Chung”")).to_be_visible()

    page.goto(f"/van-ban/{paper.public_id}/ky/")
    page.get_by_label("Mật khẩu khóa hoặc mã PIN").fill(PIN)
    page.get_by_role("button", name=re.compile("^Ký$")).click()

    expect(page.get_by_text("Đã ký.")).to_be_visible()
    expect(page.get_by_text("Hợp lệ, tin cậy")).to_have_count(1)


def test_two_people_sign_in_turn(paper: Document, sign_in: SignIn, axe: Callable[[Page], None]) -> None:
    son = Person.objects.get(username="son")
    source = keys.File(Authority().p12(son.full_name, 21))
    registry.add(source, keys.Secret(PASSPHRASE), owner=son, actor=son, now=factories.NOW)
    page = sign_in("hoa")
    page.goto(f"/van-ban/{paper.public_id}/ky/")
    page.get_by_text("Chọn người cùng ký").click()
    page.get_by_label("Người cùng ký thứ 1").select_option(label=son.full_name)
    axe(page)
    page.get_by_role("button", name="Lưu thứ tự ký").click()
    expect(page.get_by_text(f"Chờ {son.full_name} ký")).to_be_visible()

    for name in ("son", "chung"):
        page = sign_in(name)
        page.goto("/van-ban/ky-hang-loat/")
        page.get_by_role("region", name="Đến lượt tôi ký").get_by_role("link").first.click()
        page.get_by_label("Mật khẩu khóa hoặc mã PIN").fill(PASSPHRASE)
        page.get_by_role("button", name=re.compile("^Ký$")).click()
        expect(page.get_by_text("Đã ký.")).to_be_visible()
        axe(page)

    order = page.get_by_role("region", name="Thứ tự ký")
    expect(order.get_by_text("Xong")).to_have_count(2)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
