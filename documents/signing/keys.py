"""Keys that sign: a PKCS#12 file, or a token or HSM behind a PKCS#11 module.

A passphrase lives in a :class:`Secret` from the form to the key, and nowhere else: it is never stored,
logged, queued, or shown by an error page.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from asn1crypto import x509
from django.utils.translation import gettext as _

#: A PKCS#12 file above this is none.
LARGEST = 200_000
#: A token admits one sign-in of a process at a time.
_TOKEN = threading.Lock()


class BadKey(ValueError):
    """The key cannot be used; the text is a sentence for the person."""


class Secret:
    """A passphrase or PIN; whatever prints it prints dots."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "••••"

    def __bool__(self) -> bool:
        return bool(self._value)

    def reveal(self) -> str:
        """The words themselves, for the one call that opens the key."""
        return self._value

    def __reduce__(self) -> Any:
        raise TypeError("Mật khẩu không rời bộ nhớ của yêu cầu.")


@dataclass(frozen=True, slots=True)
class File:
    """A PKCS#12 file."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Token:
    """A key in a token: the module that drives it, the token's and the key's label."""

    module: str
    token: str
    label: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says."""

    name: str
    organisation: str
    issuer: str
    serial: str
    fingerprint: str
    since: dt.datetime
    until: dt.datetime


def facts(certificate: x509.Certificate) -> Facts:
    """The facts of a certificate that people read."""
    subject, issuer = certificate.subject.native, certificate.issuer.native
    return Facts(
        name=_word(subject, "common_name") or certificate.subject.human_friendly,
        organisation=_word(subject, "organization_name"),
        issuer=_word(issuer, "common_name") or certificate.issuer.human_friendly,
        serial=f"{certificate.serial_number:x}",
        fingerprint=certificate.sha256.hex(),
        since=certificate.not_valid_before,
        until=certificate.not_valid_after,
    )


def _word(name: dict[str, Any], key: str) -> str:
    value = name.get(key) or ""
    return " ".join(value) if isinstance(value, list) else str(value)


@contextmanager
def opened(source: File | Token, secret: Secret) -> Iterator[Any]:
    """A pyHanko signer for the time of the block. Raises BadKey for a wrong passphrase, a file that is no
    key, a token that is not there."""
    if isinstance(source, File):
        yield _from_file(source, secret)
        return
    with _TOKEN, _session(source, secret) as signer:
        yield signer


def _from_file(source: File, secret: Secret) -> Any:
    from pyhanko.sign.signers import SimpleSigner

    if len(source.data) > LARGEST:
        raise BadKey(_("Tệp này quá lớn, không phải tệp khóa .p12."))
    passphrase = secret.reveal().encode()
    try:
        return SimpleSigner.load_pkcs12_data(source.data, (), passphrase)
    except (ValueError, TypeError, AttributeError):
        raise BadKey(_("Không mở được khóa: sai mật khẩu, hoặc tệp không phải tệp .p12 có khóa.")) from None


@contextmanager
def _session(source: Token, secret: Secret) -> Iterator[Any]:
    import pkcs11
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    try:
        session = open_pkcs11_session(
            source.module, token_criteria=TokenCriteria(label=source.token), user_pin=secret.reveal()
        )
    except (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinLenRange, pkcs11.exceptions.PinInvalid):
        raise BadKey(_("Sai mã PIN của thiết bị ký.")) from None
    except pkcs11.exceptions.PinLocked:
        raise BadKey(_("Thiết bị ký đã bị khóa vì nhập sai mã PIN nhiều lần.")) from None
    except (pkcs11.exceptions.PKCS11Error, RuntimeError, OSError):
        raise BadKey(_("Không thấy thiết bị ký “%(name)s”.") % {"name": source.token}) from None
    try:
        signer = PKCS11Signer(session, cert_label=source.label, key_label=source.label)
        if _certificate(signer) is None:
            raise BadKey(_("Trong thiết bị ký không có khóa “%(name)s”.") % {"name": source.label})
        yield signer
    finally:
        session.close()


def _certificate(signer: Any) -> x509.Certificate | None:
    import pkcs11

    try:
        return cast("x509.Certificate | None", signer.signing_cert)
    except (pkcs11.exceptions.PKCS11Error, OSError):
        return None


def read(source: File | Token, secret: Secret) -> Facts:
    """Open the key once and say what its certificate says."""
    with opened(source, secret) as signer:
        return facts(signer.signing_cert)
