"""Thư đi: without a mail server, administrators read here what would have been sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from pytest_django.fixtures import Settings

from tests.factories import Town
from tests.web.conftest import Enter


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    settings.EMAIL_HOST = ""
    return tmp_path / "outbox"


def write(folder: Path, *subjects: str) -> None:
    backend = EmailBackend(file_path=str(folder))
    to = ["yen@example.vn"]
    backend.send_messages(
        [EmailMessage(s, f"Kính gửi: <b>{s}</b>", "van-phong@localhost", to) for s in subjects]
    )


def test_an_administrator_reads_the_mails(town: Town, enter: Enter, folder: Path) -> None:
    empty = enter("vinh").get("/quan-tri/thu-di/").content.decode()
    write(folder, "Đặt lại mật khẩu", "Thư thứ hai")

    page = enter("vinh").get("/quan-tri/thu-di/").content.decode()

    assert "Chưa có thư nào" in empty
    assert page.index("Thư thứ hai") < page.index("Đặt lại mật khẩu")
    assert "&lt;b&gt;Thư thứ hai&lt;/b&gt;" in page
    assert "yen@example.vn" in page


@pytest.mark.parametrize("name", ["yen", "son", "binh", "lan"])
def test_nobody_else_does(town: Town, enter: Enter, folder: Path, name: str) -> None:
    assert enter(name).get("/quan-tri/thu-di/").status_code == 403


def test_with_a_mail_server_there_is_no_page(
    town: Town, enter: Enter, folder: Path, settings: Settings
) -> None:
    settings.EMAIL_HOST = "mail.example.vn"

    assert enter("vinh").get("/quan-tri/thu-di/").status_code == 404
    assert "thu-di" not in enter("vinh").get("/").content.decode()
