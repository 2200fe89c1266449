"""Was this PDF issued here, and is it unchanged? By hash and by signature; nothing is kept."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.models import Document, SignedCopy, Snapshot
from documents.signing import latest, verify
from documents.signing.additions import only_signed
from documents.signing.filing import anchors
from lucngan.lib.dates import short
from paper import json as paper_json
from paper.printing.pdf import SOURCE_NAME

#: Ends of a file inside the file, each the end of a revision; a paper is signed a few times.
_MOST_ENDS = 60
#: The attached source of a paper is larger than this in no office.
_LARGEST_SOURCE = 5_000_000
_LOOK_TONES = {"done": "check-circle", "soon": "warning", "late": "alert", "from": "info"}


@dataclass(frozen=True, slots=True)
class Answer:
    """``tone`` as in the status chips (done, soon, late, from), the sentences, and what is known."""

    tone: str
    title: str
    sentences: tuple[str, ...]
    document: Document | None = None
    report: verify.Report | None = None

    @property
    def icon(self) -> str:
        return _LOOK_TONES[self.tone]


def ask(data: bytes) -> Answer:
    """The answer for any PDF. Raises verify.Unreadable for what is none."""
    verify.opened(data)
    report = verify.examine(data, anchors())
    hashes = dict(_revisions(data))
    whole = hashlib.sha256(data).hexdigest()
    copy = SignedCopy.objects.filter(sha256=whole, state=SignedCopy.State.FILED).select_related(
        "document__issuing_body__agency"
    )
    if found := copy.first():
        return _filed(found, report)
    snapshot = _snapshot(pdf_sha256__in=[*hashes, whole])
    if snapshot is not None:
        return _issued(snapshot, data, hashes, whole, report)
    return _unknown(data, report)


def _revisions(data: bytes) -> Iterator[tuple[str, int]]:
    """SHA-256 and length of every beginning of the file that is a file itself."""
    total, done = hashlib.sha256(), 0
    for n, match in enumerate(re.finditer(rb"%%EOF", data)):
        if n >= _MOST_ENDS:
            return
        for end in (match.end(), match.end() + 1, match.end() + 2):
            if end > len(data) or data[match.end() : end].strip(b"\r\n"):
                break
            total.update(data[done:end])
            done = end
            yield total.copy().hexdigest(), end


def _snapshot(**wanted: object) -> Snapshot | None:
    rows = Snapshot.objects.filter(**wanted).select_related("document__issuing_body__agency")
    return rows.first()


def _named(document: Document) -> str:
    day = document.dated_on
    date = _(" ngày %(day)s") % {"day": short(day)} if day else ""
    number = (
        f"{document.number:02d}{'-' if document.issuing_body.regime == 'party' else '/'}{document.notation}"
    )
    return _("Số %(number)s%(date)s của %(body)s: %(title)s.") % {
        "number": number,
        "date": date,
        "body": document.issuing_body.agency.name,
        "title": str(document),
    }


def _answer(tone: str, title: str, document: Document, report: verify.Report, *sentences: str) -> Answer:
    told = [_named(document), *sentences]
    if document.state == Document.State.REVOKED:
        tone, title = "soon", _("Văn bản này đã bị thu hồi")
    elif document.state == Document.State.AMENDED:
        told.append(_("Văn bản đã có thông báo điều chỉnh."))
    return Answer(tone, title, tuple(told), document, report)


def _filed(copy: SignedCopy, report: verify.Report) -> Answer:
    document = copy.document
    sentences = [_("Tệp giống từng byte với bản ký lưu tại đây (mã SHA-256 trùng).")]
    if copy.kind == SignedCopy.Kind.SCAN:
        sentences.append(_("Đây là bản quét đã ký tay, đóng dấu; bản quét không mang chữ ký số."))
    elif not copy.complete:
        sentences.append(_("Bản này chưa đủ chữ ký và dấu."))
    newest = latest(document)
    if newest is not None and newest.pk != copy.pk:
        sentences.append(_("Đã có bản ký mới hơn của văn bản này."))
    tone = "done" if copy.complete else "soon"
    return _answer(tone, _("Đúng bản ký của cơ quan, không bị sửa"), document, report, *sentences)


def _issued(
    snapshot: Snapshot, data: bytes, hashes: dict[str, int], whole: str, report: verify.Report
) -> Answer:
    document = snapshot.document
    if whole == snapshot.pdf_sha256:
        same = _("Tệp giống từng byte với bản đã ban hành (mã SHA-256 trùng).")
        unsigned = _("Tệp này chưa mang chữ ký số; bản ký xem ở trang văn bản.")
        return _answer("done", _("Đúng văn bản đã ban hành, không bị sửa"), document, report, same, unsigned)
    before = data[: hashes[snapshot.pdf_sha256]]
    if not only_signed(data, before) or (report.signatures and not report.sound):
        changed = _("Tệp bắt đầu bằng bản đã ban hành nhưng bị thêm hoặc sửa nội dung ngoài chữ ký.")
        return _answer("late", _("Văn bản đã bị sửa"), document, report, changed)
    added = _("Tệp bắt đầu đúng từng byte bằng bản đã ban hành; phần thêm vào chỉ là chữ ký.")
    if not report.signatures:
        added = _("Tệp bắt đầu đúng từng byte bằng bản đã ban hành; phần thêm vào không đổi nội dung.")
    tone = "done" if report.trusted else "soon"
    return _answer(tone, _("Nội dung đúng như đã ban hành"), document, report, added)


def _unknown(data: bytes, report: verify.Report) -> Answer:
    source = _source_hash(data)
    snapshot = _snapshot(paper_sha256=source) if source else None
    if snapshot is not None:
        rewritten = _("Tệp mang dữ liệu của văn bản này nhưng các byte khác bản đã ban hành.")
        ask_for = _("Hãy dùng bản lấy từ trang văn bản.")
        return _answer("late", _("Tệp đã bị sửa hoặc ghi lại"), snapshot.document, report, rewritten, ask_for)
    title = _("Không phải văn bản ban hành tại đây")
    sentences = [_("Không có bản đã ban hành hay bản ký nào trùng với tệp này.")]
    if not report.signatures:
        sentences.append(_("Tệp không có chữ ký số."))
    return Answer("late" if not report.trusted else "from", title, tuple(sentences), None, report)


def _source_hash(data: bytes) -> str:
    """The hash of the paper that the file carries as data, "" where it carries none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if SOURCE_NAME not in pdf.attachments:
                return ""
            held = pdf.attachments[SOURCE_NAME].get_file().read_bytes()
        if len(held) > _LARGEST_SOURCE:
            return ""
        text = paper_json.dumps(paper_json.loads(held.decode("utf-8")))
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return hashlib.sha256(text.encode()).hexdigest()
