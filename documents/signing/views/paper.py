"""The page of signing of one paper: manner, signatures, signed copies."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from agencies.asking import asker
from documents.issuing import serving
from documents.models import Document, SignedCopy, SigningKey
from documents.operations import OperationError
from documents.signing import current_pdf, filing, here, keys, rules, turns
from documents.signing.forms import CoSignersForm, MannerForm, NoteForm, SignForm, UploadForm
from documents.signing.scan import Scan
from documents.signing.stage import SEAL, SIGNER, Stage, practice_of, stage_of
from documents.signing.verify import Report
from lucngan.lib.files import attachment, stem


def paper_of(request: HttpRequest, public_id: uuid.UUID) -> Document:
    """The paper among those that the person may see, else 404; its page of signing is for those who sign
    and keep (403 with a sentence)."""
    seen = Document.objects.visible_to(request.user).select_related("issuing_body__agency", "snapshot")
    document = get_object_or_404(seen, public_id=public_id)
    if not hasattr(document, "snapshot"):
        raise PermissionDenied(_("Văn bản chưa ban hành nên chưa ký được."))
    if not rules.may_open(asker(request), document):
        raise PermissionDenied(
            _("Trang ký dành cho người ký, văn thư và Chánh Văn phòng của cơ quan ban hành.")
        )
    return document


def keeper(request: HttpRequest, document: Document) -> None:
    """Raises PermissionDenied for all but the registrar and the chief of the body."""
    if not rules.may_keep(asker(request), document.issuing_body_id):
        raise PermissionDenied(_("Chỉ văn thư và Chánh Văn phòng làm được việc này."))


def keys_for(request: HttpRequest, document: Document, stage: Stage) -> Any:
    """The keys that the person may use for what is wanted next."""
    person, usable = asker(request), SigningKey.objects.usable()
    if stage.wanted == SEAL:
        keeps = rules.may_keep(person, document.issuing_body_id)
        return usable.of_body(document.issuing_body_id) if keeps else usable.none()
    return usable.of_person(person) if turns.is_asked(document, stage, person) else usable.none()


@require_GET
def signing(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How the paper is signed, what is still wanted, every copy that there is."""
    return shown(request, paper_of(request, public_id))


def shown(request: HttpRequest, document: Document, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with a form that was not in order where there is one."""
    stage = stage_of(document)
    person, own = asker(request), keys_for(request, document, stage)
    refusal = turns.standing_refusal(document)
    copies = list(document.signed_copies.exclude(state="discarded").select_related("by"))
    pending = next((copy for copy in copies if copy.state == SignedCopy.State.PENDING), None)
    practice = practice_of(document.issuing_body)
    digital = document.signing_manner != Document.Manner.PAPER
    may_keep = rules.may_keep(person, document.issuing_body_id)
    context = {
        "document": document,
        "stage": stage,
        "steps": turns.steps(document, stage, refusal, has_seal=practice.has_seal) if digital else (),
        "refusal": refusal,
        "is_mine": refusal is not None and refusal.person_id == person.pk,
        "may_refuse": digital and refusal is None and turns.may_refuse(document, stage, person),
        "is_asked": turns.is_asked(document, stage, person),
        "not_yet": not_yet(document),
        "cosigners_form": cosigners_form(document, stage)
        if may_keep and digital and stage.wanted == SIGNER
        else None,
        "practice": practice,
        "has_clock": bool(practice.timestamp_url or settings.TIMESTAMP_URL),
        "copies": [copy for copy in copies if copy != pending],
        "report": report_of(stage.copy),
        "pending": pending,
        "pending_report": report_of(pending),
        "pending_scan": scan_of(pending),
        "needs_reason": pending is not None and filing.needs_reason(pending),
        "may_keep": may_keep,
        "has_keys": own.exists(),
        "is_open": document.is_in_force,
        "manners": manners(document),
        "sign_form": SignForm(own_keys=own),
        "upload_form": UploadForm(),
        "note_form": NoteForm(),
        **forms,
    }
    return render(request, "documents/signing/paper.html", context, status=status)


def not_yet(document: Document) -> str:
    """Why a paper that bears a date to come cannot be signed digitally today, else ""."""
    try:
        here.check_date(document, timezone.now())
    except here.NotYet as error:
        return str(error)
    return ""


def cosigners_form(document: Document, stage: Stage, data: Any = None) -> CoSignersForm:
    """Who may co-sign, and who is chosen."""
    able = turns.people([document.issuing_body_id], timezone.localdate())
    able = [person for person in able if not turns.is_printed(document, person)]
    chosen = [row.person for row in stage.cosigners]
    able += [person for person in chosen if person not in able]
    return CoSignersForm(data, people=able, chosen=chosen)


def report_of(copy: SignedCopy | None) -> Report | None:
    return Report.of(copy.report) if copy and copy.kind != SignedCopy.Kind.SCAN else None


def scan_of(copy: SignedCopy | None) -> Scan | None:
    return Scan.of(copy.report) if copy and copy.kind == SignedCopy.Kind.SCAN else None


def manners(document: Document) -> list[dict[str, Any]]:
    """The three ways of signing as cards."""
    here_text = _("Khóa .p12 hoặc thiết bị ký; người ký trước, con dấu sau.")
    outside_text = _("Ký bằng công cụ của Ban Cơ yếu rồi tải PDF lên; chương trình tự đối chiếu.")
    paper_text = _("Ký, đóng dấu trên giấy rồi tải bản quét lên; chương trình so từng mục.")
    words = {
        Document.Manner.HERE: ("key", _("Ký số tại đây"), here_text),
        Document.Manner.OUTSIDE: ("upload", _("Tải bản ký"), outside_text),
        Document.Manner.PAPER: ("printer", _("In ra ký tay"), paper_text),
    }
    return [
        {"value": value, "icon": icon, "title": title, "text": text, "on": document.signing_manner == value}
        for value, (icon, title, text) in words.items()
    ]


def act(request: HttpRequest, public_id: uuid.UUID, work: Callable[[Document], str]) -> HttpResponse:
    """Do one thing as a keeper; back to the page with its sentence, or with the reason why not."""
    document = paper_of(request, public_id)
    keeper(request, document)
    try:
        messages.success(request, work(document))
    except OperationError as error:
        messages.warning(request, str(error))
    return redirect("signing:paper", public_id=public_id)


@require_POST
def manner(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Choose how the paper is signed."""

    def work(document: Document) -> str:
        form = MannerForm(request.POST)
        if not form.is_valid():
            raise filing.Refused(_("Hãy chọn một cách ký."))
        changed = filing.choose_manner(
            document, form.cleaned_data["manner"], actor=asker(request), now=timezone.now()
        )
        return _("Cách ký: %(manner)s.") % {"manner": changed.get_signing_manner_display()}

    return act(request, public_id, work)


@sensitive_post_parameters("passphrase")
@require_POST
def sign(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One signature with a key of the person, or the seal of the body."""
    document = paper_of(request, public_id)
    own = keys_for(request, document, stage_of(document))
    form = SignForm(request.POST, own_keys=own)
    if not own.exists():
        messages.warning(request, why_not(request, document))
        return redirect("signing:paper", public_id=public_id)
    if not form.is_valid():
        return shown(request, document, 422, sign_form=form)
    key, secret = form.cleaned_data["key"], form.cleaned_data["passphrase"]
    try:
        here.sign_here(document, key, secret, actor=asker(request), now=timezone.now())
    except keys.BadKey as error:
        form.add_error("passphrase", str(error))
        return shown(request, document, 422, sign_form=form)
    except OperationError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Đã đóng dấu của cơ quan.") if key.is_seal else _("Đã ký."))
    return redirect("signing:paper", public_id=public_id)


def why_not(request: HttpRequest, document: Document) -> str:
    """Why the person has no key for what is wanted next."""
    stage, person = stage_of(document), asker(request)
    if not stage.wanted:
        return _("Văn bản đã đủ chữ ký và dấu.")
    if stage.wanted == SEAL:
        return _("Người ký đã ký; văn thư hoặc Chánh Văn phòng đóng dấu của cơ quan.")
    if stage.turn is not None and stage.turn.person_id != person.pk:
        return _("Đến lượt %(name)s ký trước.") % {"name": stage.turn.person}
    if rules.may_sign(person, document) and not turns.is_asked(document, stage, person):
        return _("Văn bản in tên người ký “%(name)s”; người khác không ký thay bằng khóa của mình được.") % {
            "name": document.signing_name
        }
    return _("Người ký phải ký trước. Bạn chưa có khóa ký còn hạn, hoặc không phải người ký.")


@require_POST
def cosigners(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who signs before the person whose name is printed, in order."""

    def work(document: Document) -> str:
        form = cosigners_form(document, stage_of(document), request.POST)
        if not form.is_valid():
            raise filing.Refused(_("Hãy chọn người cùng ký trong danh sách."))
        turns.appoint(document, form.chosen, actor=asker(request), now=timezone.now())
        if not form.chosen:
            return _("Văn bản không có người cùng ký.")
        return _("Thứ tự ký: %(names)s.") % {"names": ", ".join(str(each) for each in form.chosen)}

    return act(request, public_id, work)


@require_POST
def refuse(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A signer says no, with a reason."""
    document = paper_of(request, public_id)
    if not rules.may_sign(asker(request), document):
        raise PermissionDenied(_("Chỉ người ký từ chối ký được."))
    form = NoteForm(request.POST)
    reason = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        turns.refuse(document, reason=reason, actor=asker(request), now=timezone.now())
        messages.success(request, _("Đã từ chối ký. Văn thư và Chánh Văn phòng thấy lý do ở trang này."))
    except OperationError as error:
        messages.warning(request, str(error))
    return redirect("signing:paper", public_id=public_id)


@require_POST
def withdraw(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who refused takes it back."""
    document = paper_of(request, public_id)
    if not rules.may_sign(asker(request), document):
        raise PermissionDenied(_("Chỉ người ký từ chối ký được."))
    if turns.withdraw(document, actor=asker(request), now=timezone.now()):
        messages.success(request, _("Đã rút lời từ chối; văn bản ký tiếp được."))
    else:
        messages.warning(request, _("Không có lời từ chối nào của bạn ở văn bản này."))
    return redirect("signing:paper", public_id=public_id)


@require_POST
def upload(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A PDF signed with another tool, or a scan, as the manner of the paper says."""

    def work(document: Document) -> str:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            raise filing.Refused(_("Hãy chọn tệp PDF đã ký."))
        data = filing.content(form.cleaned_data["upload"])
        is_scan = document.signing_manner == Document.Manner.PAPER
        take = filing.take_scan if is_scan else filing.take_outside
        copy = take(document, data, actor=asker(request), now=timezone.now())
        if copy.state == SignedCopy.State.PENDING:
            return _("Đã đối chiếu. Hãy xem kết quả bên dưới rồi lưu hoặc bỏ.")
        return _("Bản ký hợp lệ, đã lưu.")

    return act(request, public_id, work)


def pending_copy(document: Document, copy_id: uuid.UUID) -> SignedCopy:
    rows = document.signed_copies.select_related("document__issuing_body__agency")
    return get_object_or_404(rows, public_id=copy_id)


@require_POST
def confirm(request: HttpRequest, public_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """File what waited for a look."""

    def work(document: Document) -> str:
        form = NoteForm(request.POST)
        note = form.cleaned_data["note"] if form.is_valid() else ""
        copy = pending_copy(document, copy_id)
        filing.confirm(copy, note=note, actor=asker(request), now=timezone.now())
        return _("Đã lưu làm bản ký.")

    return act(request, public_id, work)


@require_POST
def discard(request: HttpRequest, public_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """Put aside what waited for a look."""

    def work(document: Document) -> str:
        if not filing.discard(pending_copy(document, copy_id), actor=asker(request), now=timezone.now()):
            raise filing.Refused(_("Bản này đã được lưu hoặc đã bỏ."))
        return _("Đã bỏ tệp đã tải lên.")

    return act(request, public_id, work)


@require_GET
def copy_file(request: HttpRequest, public_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """One copy as it was filed or waits; for those who sign and keep."""
    document = paper_of(request, public_id)
    copy = pending_copy(document, copy_id)
    try:
        with copy.file.open("rb") as stored:
            return attachment(stored.read(), f"{stem(str(document))}-{copy.position or 0}.pdf")
    except FileNotFoundError:
        raise Http404 from None


@require_GET
def signed_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The newest signed copy, else the issued file; for everybody who may see the paper."""
    seen = Document.objects.visible_to(request.user).select_related("snapshot")
    document = get_object_or_404(seen, public_id=public_id)
    serving.check_open(request.user, document)
    if not hasattr(document, "snapshot"):
        raise Http404
    response = attachment(current_pdf(document), f"{stem(str(document))}.pdf")
    if "tai" in request.GET:
        response["Content-Disposition"] = response["Content-Disposition"].replace("inline", "attachment")
    return response
