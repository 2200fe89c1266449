"""A PDF that was signed with another tool: is it the issued file, and nothing but signatures more?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader

from documents.signing import verify
from documents.signing.additions import only_signed


class Refused(ValueError):
    """The file is not taken; the text is the reason, for the person."""


def examine(upload: bytes, before: bytes, anchors: verify.Anchors = ()) -> verify.Report:
    """The signatures of ``upload``, which must be ``before`` (the issued file, or its last signed copy)
    with signatures added. Raises Refused with the reason for anything else."""
    try:
        reader = verify.opened(upload)
    except verify.Unreadable as error:
        raise Refused(str(error)) from error
    if upload == before:
        raise Refused(_("Đây là bản chưa ký thêm: tệp giống hệt bản đã tải xuống."))
    if not upload.startswith(before):
        raise Refused(_refusal(reader))
    return continued(upload, before, anchors)


def continued(upload: bytes, before: bytes, anchors: verify.Anchors = ()) -> verify.Report:
    """As :func:`examine`, for a file that is known to begin with ``before``."""
    try:
        report = verify.examine(upload, anchors)
    except verify.Unreadable as error:
        raise Refused(str(error)) from error
    if len(report.signatures) <= len(verify.examine(before).signatures):
        raise Refused(_("Tệp có phần thêm vào nhưng không có chữ ký số mới nào."))
    if not report.sound:
        raise Refused(_("Chữ ký không hợp lệ. %(why)s") % {"why": " ".join(report.problems)})
    if not only_signed(upload, before):
        raise Refused(_("Ngoài chữ ký, tệp còn bị thêm hoặc sửa nội dung so với bản đã ban hành."))
    return report


def _refusal(reader: PdfFileReader) -> str:
    if list(reader.embedded_regular_signatures):
        return _(
            "Tệp có chữ ký nhưng phần đầu không trùng từng byte với bản đã ban hành: có thể là văn bản khác, "
            "hoặc công cụ ký đã ghi lại cả tệp. Hãy tải bản PDF có số từ trang này rồi ký vào chính tệp đó."
        )
    return _("Tệp không phải bản đã ban hành: nội dung khác từng byte và không có chữ ký số.")
