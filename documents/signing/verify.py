"""What the signatures of a PDF say: who, when, sound or not, trusted or not, in plain words.

Only the bottom line of a validation is believed: parts of it may look well in a file that was changed.
Nothing is fetched while a foreign certificate has not been traced to a root that this house trusts.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import asdict, dataclass
from typing import Any

from asn1crypto import x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from documents.signing import loop
from documents.signing.keys import facts

Anchors = tuple[x509.Certificate, ...]
#: Official keys carry one or the other; either is a signature of a person or an agency.
_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
#: More signatures than that are on no paper.
MOST = 40
TROUBLES = (PdfError, SignatureValidationError, PathError, ValidationError, ValueError, KeyError, TypeError)


class Unreadable(ValueError):
    """No PDF that can be examined; the text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. ``sound``: mathematically right and nothing forbidden was added since;
    ``trusted``: sound, and the certificate leads to a root of the trust store."""

    field: str
    name: str
    organisation: str
    issuer: str
    fingerprint: str
    signed_at: str
    stamped_at: str
    level: str
    sound: bool
    trusted: bool
    problems: tuple[str, ...] = ()

    @property
    def level_words(self) -> str:
        """The level of PAdES in plain words."""
        return {
            "B-B": _("Mức PAdES B-B: không có dấu thời gian."),
            "B-T": _("Mức PAdES B-T: có dấu thời gian."),
            "B-LT": _("Mức PAdES B-LT: có dấu thời gian và dữ liệu thu hồi, kiểm được lâu dài."),
        }.get(self.level, "")

    @property
    def at(self) -> dt.datetime | None:
        """The proved time where there is one, else the one that the signer's machine gave."""
        text = self.stamped_at or self.signed_at
        return dt.datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Report:
    """Every signature in the order in which they were made."""

    signatures: tuple[Signature, ...] = ()

    @property
    def sound(self) -> bool:
        return bool(self.signatures) and all(each.sound for each in self.signatures)

    @property
    def trusted(self) -> bool:
        return bool(self.signatures) and all(each.trusted for each in self.signatures)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong, each with the name of its signature."""
        return tuple(f"{each.name}: {problem}" for each in self.signatures for problem in each.problems)

    def data(self) -> dict[str, Any]:
        return {"signatures": [asdict(each) for each in self.signatures]}

    @classmethod
    def of(cls, data: dict[str, Any]) -> Report:
        rows = data.get("signatures", ())
        return cls(tuple(Signature(**{**row, "problems": tuple(row["problems"])}) for row in rows))


def opened(pdf: bytes) -> PdfFileReader:
    """A reader of the file. Raises Unreadable for what is no PDF, is damaged or locked."""
    if b"%PDF-" not in pdf[:1024]:
        raise Unreadable(_("Tệp này không phải PDF."))
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            raise Unreadable(_("Tệp PDF bị khóa bằng mật khẩu nên không kiểm tra được."))
        reader.root["/Pages"]
    except Unreadable:
        raise
    except (*TROUBLES, RecursionError, AttributeError, OSError) as error:
        raise Unreadable(_("Tệp PDF hỏng, không đọc được.")) from error
    return reader


def examine(pdf: bytes, anchors: Anchors = ()) -> Report:
    """Every signature of the file. Raises Unreadable."""
    reader = opened(pdf)
    try:
        embedded = list(reader.embedded_regular_signatures)
    except (*TROUBLES, RecursionError, AttributeError) as error:
        raise Unreadable(_("Phần chữ ký của tệp PDF hỏng, không đọc được.")) from error
    if len(embedded) > MOST:
        raise Unreadable(_("Tệp có quá nhiều chữ ký."))
    return Report(tuple(_signature(reader, each, anchors) for each in embedded))


def _signature(reader: PdfFileReader, embedded: EmbeddedPdfSignature, anchors: Anchors) -> Signature:
    try:
        return _judged(reader, embedded, anchors)
    except (*TROUBLES, RecursionError, AttributeError, NotImplementedError):
        return Signature(
            embedded.field_name,
            _("Không rõ"),
            "",
            "",
            "",
            "",
            "",
            "",
            False,
            False,
            (_("Chữ ký hỏng, không đọc được."),),
        )


def _judged(reader: PdfFileReader, embedded: EmbeddedPdfSignature, anchors: Anchors) -> Signature:
    first = _status(embedded, _context(reader, anchors), _context(reader, anchors))
    stamp = first.timestamp_validity
    stamp_proved = bool(stamp and stamp.intact and stamp.valid and stamp.trusted)
    own_stamp = _context(reader, (*anchors, stamp.signing_cert) if stamp else anchors)
    moment = stamp.timestamp if stamp and stamp_proved else None
    trusted = _status(embedded, _context(reader, anchors, moment), own_stamp) if stamp else first
    sound = _status(embedded, _context(reader, (embedded.signer_cert,)), own_stamp, compare=True)
    who = facts(embedded.signer_cert)
    return Signature(
        field=embedded.field_name,
        name=who.name,
        organisation=who.organisation,
        issuer=who.issuer,
        fingerprint=who.fingerprint,
        signed_at=_iso(first.signer_reported_dt),
        stamped_at=_iso(stamp.timestamp) if stamp and stamp_proved else "",
        level=_level(reader, stamp is not None),
        sound=sound.bottom_line,
        trusted=sound.bottom_line and trusted.bottom_line,
        problems=tuple(_problems(sound, trusted, stamp, stamp_proved=stamp_proved)),
    )


def _iso(moment: dt.datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _status(
    embedded: EmbeddedPdfSignature, context: Any, stamp_context: Any, *, compare: bool = False
) -> Any:
    """One validation; ``compare``: with what was added to the file since, which costs most of the time."""
    return loop.completed(
        async_validate_pdf_signature(
            embedded, context, stamp_context, key_usage_settings=_USAGE, skip_diff=not compare
        )
    )


def _context(reader: PdfFileReader, roots: Anchors, moment: dt.datetime | None = None) -> ValidationContext:
    """What a validation may believe: the roots, and the revocation data that the file carries."""
    wanted: dict[str, Any] = {"trust_roots": list(roots), "allow_fetching": False}
    if moment:
        wanted["moment"] = moment
    try:
        return DocumentSecurityStore.read_dss(reader).as_validation_context(wanted)
    except NoDSSFoundError:
        return ValidationContext(**wanted)


def _level(reader: PdfFileReader, has_stamp: bool) -> str:
    if not has_stamp:
        return "B-B"
    return "B-LT" if "/DSS" in reader.root else "B-T"


def _problems(sound: Any, trusted: Any, stamp: Any, *, stamp_proved: bool) -> list[str]:
    if not sound.bottom_line:
        return [_damage(sound)]
    found = []
    if not trusted.bottom_line:
        found.append(_distrust(trusted))
    if stamp is not None and not stamp_proved:
        found.append(_("Dấu thời gian không thuộc nguồn được tin cậy nên giờ ký chưa được chứng minh."))
    return found


def _damage(status: Any) -> str:
    if not status.intact:
        return _("Nội dung đã bị sửa sau khi ký.")
    if not status.valid:
        return _("Chữ ký không khớp với chứng thư số.")
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return _("Chữ ký không bao hết nội dung của tệp.")
    return _("Sau khi ký, tệp bị thêm hoặc sửa nội dung ngoài chữ ký.")


def _distrust(status: Any) -> str:
    if status.revoked:
        return _("Chứng thư số đã bị thu hồi.")
    indication = getattr(status.trust_problem_indic, "name", "")
    if indication.startswith("OUT_OF_BOUNDS") or indication == "EXPIRED":
        return _("Chứng thư số đã hết hạn hoặc chưa có hiệu lực lúc ký.")
    return _("Chứng thư số không do tổ chức nào trong danh sách tin cậy của cơ quan cấp.")
