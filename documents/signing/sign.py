"""One signature on a PDF by incremental update: PAdES B-B, B-T or B-LT, with its visible mark."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn1crypto import tsp, x509
from django.utils.translation import gettext as _
from pkcs11.exceptions import PKCS11Error
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, set_tsp_headers
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError
from pyhanko_certvalidator.fetchers import OwnedFetcherBackend
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

from documents.signing import loop, trust
from documents.signing.place import Place

#: Names of the fields; that of a co-signer ends with his place in the order.
SIGNER_FIELD, SEAL_FIELD, COSIGNER_FIELD = "NguoiKy", "CoQuan", "CungKy"
#: Longest wait for an answer of the timestamp server, and the longest answer, in seconds and bytes.
_WAIT, _LONGEST = 10, 100_000


class CannotSign(ValueError):
    """The signature could not be made; the text is a sentence for the person."""


class Stamper(TimeStamper):
    """A timestamp server (RFC 3161) behind an address of http or https."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(url)
        self.url = url
        super().__init__()  # type: ignore[no-untyped-call]

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return await asyncio.to_thread(self._ask, req.dump())

    def _ask(self, data: bytes) -> tsp.TimeStampResp:
        request = urllib.request.Request(self.url, data, set_tsp_headers({}))  # noqa: S310  http(s) only, above
        try:
            with urllib.request.urlopen(request, timeout=_WAIT) as answer:  # noqa: S310
                body = answer.read(_LONGEST)
            response = tsp.TimeStampResp.load(body)
            response["status"]["status"].native  # noqa: B018  an answer of another kind fails here
        except (OSError, ValueError, TypeError) as error:
            raise TimestampRequestError("no answer") from error
        return response


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: which field, where (None: nowhere to be seen), what it shows, where and when."""

    field: str
    place: Place | None
    stamp: bytes
    name: str
    location: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed file and how long its proof lasts: "B-B", "B-T" or "B-LT"."""

    pdf: bytes
    level: str


def sign(
    pdf: bytes,
    signer: Any,
    wish: Wish,
    *,
    timestamp_url: str = "",
    anchors: tuple[x509.Certificate, ...] = (),
    wait: int = 5,
) -> Signed:
    """``pdf`` with one more signature; its first bytes are ``pdf``.

    With a timestamp server B-T, and B-LT where the chain leads to a trusted root and the revocation
    data of all of it can be had within ``wait`` seconds a request (0: not asked for). Raises CannotSign.
    """
    check_day(signer.signing_cert, wish.at)
    if not timestamp_url:
        return Signed(_written(pdf, signer, wish, None, None), "B-B")
    stamper = Stamper(timestamp_url)
    others = list(signer.cert_registry)
    if wait and trust.is_known(signer.signing_cert, others, anchors, wish.at):
        try:
            context = _fetching(anchors, others, wait)
            return Signed(_written(pdf, signer, wish, stamper, context), "B-LT")
        except _NoProof:
            pass
    return Signed(_written(pdf, signer, wish, stamper, None), "B-T")


def check_day(certificate: x509.Certificate, at: dt.datetime) -> None:
    """Raises CannotSign where the certificate does not hold at the time of signing."""
    if at > certificate.not_valid_after:
        day = f"{certificate.not_valid_after:%d/%m/%Y}"
        raise CannotSign(_("Chứng thư số đã hết hạn ngày %(day)s.") % {"day": day})
    if at < certificate.not_valid_before:
        day = f"{certificate.not_valid_before:%d/%m/%Y}"
        raise CannotSign(_("Chứng thư số đến ngày %(day)s mới có hiệu lực.") % {"day": day})


class _NoProof(Exception):
    """Revocation data could not be had."""


def _fetching(anchors: tuple[x509.Certificate, ...], others: list[x509.Certificate], wait: int) -> Any:
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=list(anchors),
        other_certs=others,
        allow_fetching=True,
        revocation_mode="hard-fail",
        fetcher_backend=OwnedFetcherBackend(AIOHttpFetcherBackend(per_request_timeout=wait)),
    )


def _written(pdf: bytes, signer: Any, wish: Wish, stamper: TimeStamper | None, context: Any) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name=wish.field,
        name=wish.name,
        location=wish.location,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        validation_context=context,
        embed_validation_info=context is not None,
        signer_key_usage=set(),
    )
    place = wish.place
    if place is None:
        spec = fields.SigFieldSpec(wish.field)
        return _run(
            signers.PdfSigner(metadata, signer, timestamper=stamper, new_field_spec=spec), pdf, context
        )
    box = tuple(round(edge) for edge in (place.left, place.bottom, place.right, place.top))
    spec = fields.SigFieldSpec(wish.field, on_page=place.page, box=box)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        stamp = Path(folder) / "stamp.pdf"
        stamp.write_bytes(wish.stamp)
        style = StaticStampStyle.from_pdf_file(str(stamp), border_width=0)
        machine = signers.PdfSigner(
            metadata, signer, timestamper=stamper, stamp_style=style, new_field_spec=spec
        )
        return _run(machine, pdf, context)


def _run(machine: signers.PdfSigner, pdf: bytes, context: Any) -> bytes:
    out = io.BytesIO()
    try:
        work = machine.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
        loop.completed(_closing(work, context))
    except (TimestampRequestError, urllib.error.URLError):
        raise CannotSign(_("Máy chủ dấu thời gian không trả lời. Chưa ký; hãy thử lại sau.")) from None
    except (SigningError, SignatureValidationError, PathError, ValidationError) as error:
        if _is_revoked(error):
            raise CannotSign(_("Chứng thư số đã bị thu hồi.")) from error
        if context is not None:
            raise _NoProof from error
        raise CannotSign(_("Không ký được tệp này.")) from error
    except PKCS11Error as error:
        raise CannotSign(_("Thiết bị ký không ký được. Hãy cắm lại thiết bị rồi thử lại.")) from error
    except PdfError as error:
        raise CannotSign(_("Không ký được tệp này.")) from error
    return out.getvalue()


def _is_revoked(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, RevokedError):
            return True
        error = error.__cause__ or error.__context__
    return False


async def _closing(work: Any, context: Any) -> None:
    """Run ``work``, then end the connections that the context opened."""
    try:
        await work
    finally:
        if context is not None:
            await context.aclose()
