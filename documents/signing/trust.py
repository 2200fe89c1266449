"""The roots that this house trusts, and whether a certificate leads to one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from asn1crypto import pem, x509
from django.utils.translation import gettext as _

from documents.signing import loop

#: Certificates in one upload.
_MOST = 50


class BadAnchor(ValueError):
    """No certificate to trust; the text is a sentence for the person."""


def certificates(data: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM or DER file. Raises BadAnchor where there is none."""
    try:
        if pem.detect(data):
            found = [x509.Certificate.load(der) for _kind, _head, der in pem.unarmor(data, multiple=True)]
        else:
            found = [x509.Certificate.load(data, strict=True)]
        for certificate in found:
            certificate.not_valid_after  # noqa: B018  the parser is lazy: what is no certificate fails here
            certificate.public_key.native  # noqa: B018
    except (ValueError, TypeError, KeyError) as error:
        raise BadAnchor(_("Tệp này không phải chứng thư số (PEM hoặc DER).")) from error
    if not 0 < len(found) <= _MOST:
        raise BadAnchor(_("Tệp này không có chứng thư số nào dùng được."))
    return tuple(found)


def is_known(
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    anchors: tuple[x509.Certificate, ...],
    at: dt.datetime,
) -> bool:
    """Whether the certificate leads to a trusted root, asked without any connection."""
    from pyhanko_certvalidator import CertificateValidator, ValidationContext  # half a second to import
    from pyhanko_certvalidator.errors import PathError, ValidationError

    if not anchors:
        return False
    context: Any = ValidationContext(trust_roots=list(anchors), other_certs=list(others), moment=at)
    validator = CertificateValidator(certificate, list(others), validation_context=context)
    try:
        loop.completed(validator.async_validate_path())
    except (PathError, ValidationError):
        return False
    return True


def as_pem(certificate: x509.Certificate) -> str:
    return str(pem.armor("CERTIFICATE", certificate.dump()).decode("ascii"))
