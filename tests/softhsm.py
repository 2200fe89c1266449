"""A token of this run, made with SoftHSM: one key and its certificate of the tests' authority."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from documents.signing import keys
from tests.authority import Authority, key

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN, LABEL, PIN = "van-phong", "chung", "648219"
#: Whose key it is.
NAME, NUMBER = "Vi Văn Chung", 11


@contextmanager
def plugged_in(folder: Path) -> Iterator[keys.Token]:
    """The token, in ``folder``. A process knows one such folder: the module reads it when it is loaded."""
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    words = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", PIN]
    subprocess.run(words, check=True, capture_output=True)
    fill()
    try:
        yield keys.Token(MODULE, TOKEN, LABEL)
    finally:
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before


def fill() -> None:
    """Put key and certificate into the token."""
    import pkcs11
    from pkcs11 import Attribute, ObjectClass
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    private = key(NUMBER).private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    certificate = Authority().certificate(NAME, NUMBER).public_bytes(serialization.Encoding.DER)
    with pkcs11.lib(MODULE).get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        named = {Attribute.LABEL: LABEL, Attribute.ID: b"1", Attribute.TOKEN: True}
        session.create_object({**decode_rsa_private_key(private), **named, Attribute.SIGN: True})
        session.create_object({**decode_x509_certificate(certificate), **named})
        found = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY}))
        assert len(found) == 1
