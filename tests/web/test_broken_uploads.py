"""A form that breaks off half-way leaves nothing behind."""

from __future__ import annotations

import io
from contextlib import closing
from typing import Any

from documents.models import Intake
from lucngan.wsgi import application
from tests import factories
from tests.web.conftest import Enter

BODY = (
    b'--x\r\nContent-Disposition: form-data; name="issuing_body"\r\n\r\n%d\r\n'
    b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    b"%s\r\n--x--\r\n"
)


def answer(cookie: str, body: bytes, sent: int) -> int:
    """The status for a POST of which only the first bytes arrive."""
    seen: list[str] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/tiep-nhan/",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": f"sessionid={cookie}; csrftoken={'a' * 32}",
        "HTTP_X_CSRFTOKEN": "a" * 32,
        "wsgi.input": io.BytesIO(body[:sent]),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    response: Any = application(environ, lambda status, *rest: seen.append(status))
    with closing(response):
        b"".join(response)
    return int(seen[0].split()[0])


def test_half_a_pasted_text_is_not_kept(transactional_db: None, enter: Enter, town: factories.Town) -> None:
    cookie = enter("yen").cookies["sessionid"].value
    body = BODY % (town.party.pk, b"CHUONG TRINH\n" * 200)

    assert answer(cookie, body, len(body)) == 302
    assert Intake.objects.count() == 1
    answer(cookie, body, len(body) // 2)
    assert Intake.objects.count() == 1
