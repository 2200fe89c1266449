"""A key in a token, tried with SoftHSM."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Iterator

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from pkcs11 import Attribute, ObjectClass
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from documents.signing import keys, place, sign, stamp, verify
from paper.printing import pdf
from tests.authority import Authority, key
from tests.documents.signing.conftest import NOW, PAPER

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "648219"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[keys.Token]:
    """A new token with one key and its certificate, in a folder of this run."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    words = ["softhsm2-util", "--init-token", "--free", "--label", "van-phong", "--pin", PIN, "--so-pin", PIN]
    subprocess.run(words, check=True, capture_output=True)
    fill()
    yield keys.Token(MODULE, "van-phong", "chung")
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


def fill() -> None:
    private = key(11).private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    certificate = Authority().certificate("Vi Văn Chung", 11).public_bytes(serialization.Encoding.DER)
    with pkcs11.lib(MODULE).get_token(token_label="van-phong").open(user_pin=PIN, rw=True) as session:
        named = {Attribute.LABEL: "chung", Attribute.ID: b"1", Attribute.TOKEN: True}
        values = decode_rsa_private_key(private)
        session.create_object({**values, **named, Attribute.SIGN: True})
        session.create_object({**decode_x509_certificate(certificate), **named})
        found = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}))
        assert len(found) == 1


def test_a_token_signs(token: keys.Token, issued: bytes) -> None:
    space, _pages = pdf.signature_space(PAPER)
    assert space is not None
    where = place.signature(space)
    mark = stamp.draw(stamp.Mark(("Đã ký số",)), where)
    wish = sign.Wish(sign.SIGNER_FIELD, where, mark, "Vi Văn Chung", "Tân Sơn", dt.datetime.now(dt.UTC))

    with keys.opened(token, keys.Secret(PIN)) as signer:
        made = sign.sign(issued, signer, wish)

    assert verify.examine(made.pdf, (Authority().anchor(),)).trusted
    assert keys.read(token, keys.Secret(PIN)).name == "Vi Văn Chung"
    assert keys.read(token, keys.Secret(PIN)).until > NOW


def test_a_wrong_pin_is_a_sentence(token: keys.Token) -> None:
    with pytest.raises(keys.BadKey, match="PIN"):
        keys.read(token, keys.Secret("000000"))

    assert keys.read(token, keys.Secret(PIN)).name == "Vi Văn Chung"


def test_a_token_or_a_key_that_is_not_there_is_a_sentence(token: keys.Token) -> None:
    with pytest.raises(keys.BadKey, match="Không thấy thiết bị"):
        keys.read(keys.Token(MODULE, "khac", "chung"), keys.Secret(PIN))
    with pytest.raises(keys.BadKey, match="không có khóa"):
        keys.read(keys.Token(MODULE, "van-phong", "khac"), keys.Secret(PIN))
