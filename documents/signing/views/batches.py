"""Papers that are signed together."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies.asking import asker
from agencies.models import IssuingBody
from agencies.rules import standing
from documents.models import SigningBatch, SigningJob, SigningKey
from documents.operations import OperationError
from documents.signing import batches, keys, rules, turns
from documents.signing.forms import BatchSignForm, CoSignersForm, NoteForm
from documents.signing.stage import SEAL, Stage

#: Batches on one page.
PER_PAGE = 20


def offices(request: HttpRequest, *roles: str) -> frozenset[int]:
    return standing(request.user).office_of(*roles or (*rules.SIGNERS, *rules.KEEPERS))


@dataclass(frozen=True, slots=True)
class Line:
    """One paper of a batch: how it stands, whether it is this person's turn, whether he may still say no."""

    job: SigningJob
    stage: Stage
    is_mine: bool
    may_refuse: bool

    @property
    def is_open(self) -> bool:
        return self.job.state in (SigningJob.State.OPEN, SigningJob.State.FAILED)

    @property
    def words(self) -> str:
        """What is awaited, or what became of it."""
        if self.job.state != SigningJob.State.OPEN:
            return str(self.job.get_state_display())
        if self.stage.wanted == SEAL:
            return _("Đã ký, chờ dấu")
        name = str(self.stage.turn.person) if self.stage.turn else self.job.document.signing_name
        return _("Chờ %(name)s ký") % {"name": name} if name else str(self.job.get_state_display())


def line_of(job: SigningJob, request: HttpRequest) -> Line:
    person, document = asker(request), job.document
    stage = turns.stage_from(document)
    if stage.wanted == SEAL:
        return Line(job, stage, rules.may_keep(person, document.issuing_body_id), may_refuse=False)
    is_mine, may_refuse = (each(document, stage, person) for each in (turns.is_asked, turns.may_refuse))
    return Line(job, stage, is_mine, may_refuse)


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The batches of one's bodies; above, papers that wait for this person, and to be put into one."""
    bodies = offices(request)
    if not bodies:
        raise PermissionDenied(_("Ký hàng loạt dành cho người ký, văn thư và Chánh Văn phòng."))
    if request.method == "POST":
        return create(request)
    counts = Count("jobs"), Count("jobs", filter=Q(jobs__state="done"))
    rows = SigningBatch.objects.filter(issuing_body__in=bodies).select_related(
        "issuing_body__agency", "created_by"
    )
    counted = rows.annotate(papers=counts[0], done=counts[1]).order_by("-created_at", "-pk")
    page = Paginator(counted, PER_PAGE).get_page(request.GET.get("trang"))
    kept = offices(request, *rules.KEEPERS)
    waiting = list(batches.candidates(kept)[: batches.MOST]) if kept else []
    context = {
        "page": page,
        "waiting": waiting,
        "mine": turns.waiting_for(asker(request), timezone.localdate()),
        "form": cosigners_form(kept) if kept else None,
    }
    return render(request, "documents/signing/batches.html", context)


def cosigners_form(bodies: frozenset[int], data: QueryDict | None = None) -> CoSignersForm:
    return CoSignersForm(data, people=turns.people(bodies, timezone.localdate()))


def create(request: HttpRequest) -> HttpResponse:
    """A batch of the ticked papers, which are of one body."""
    kept = offices(request, *rules.KEEPERS)
    if not kept:
        raise PermissionDenied(_("Chỉ văn thư và Chánh Văn phòng lập lô ký."))
    ids = [n for n in request.POST.getlist("van-ban") if n.isascii() and n.isdigit() and len(n) < 12]
    documents = list(batches.candidates(kept).filter(pk__in=ids).order_by("pk"))
    bodies = {document.issuing_body_id for document in documents}
    if len(bodies) > 1:
        messages.warning(request, _("Mỗi lô ký gồm văn bản của một cơ quan ban hành."))
        return redirect("signing:batches")
    try:
        body = IssuingBody.objects.get(pk=bodies.pop()) if bodies else None
        form = cosigners_form(kept, request.POST)
        if body is None or len(documents) != len(set(ids)) or not form.is_valid():
            raise OperationError(_("Hãy chọn các văn bản còn chờ ký trong danh sách."))
        batch = batches.create(
            body, documents, cosigners=form.chosen, actor=asker(request), now=timezone.now()
        )
    except OperationError as error:
        messages.warning(request, str(error))
        return redirect("signing:batches")
    return redirect("signing:batch", public_id=batch.public_id)


def batch_of(request: HttpRequest, public_id: uuid.UUID) -> SigningBatch:
    seen = SigningBatch.objects.filter(issuing_body__in=offices(request))
    return get_object_or_404(seen.select_related("issuing_body__agency"), public_id=public_id)


@sensitive_post_parameters("passphrase", "seal_passphrase")
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The papers of a batch with their states; a POST signs the ticked ones."""
    batch, person = batch_of(request, public_id), asker(request)
    usable, held = SigningKey.objects.usable(), standing(person)
    own = usable.of_person(person) if held.holds(batch.issuing_body_id, *rules.SIGNERS) else usable.none()
    seals = usable.of_body(batch.issuing_body_id)
    seals = seals if rules.may_keep(person, batch.issuing_body_id) else usable.none()
    form = BatchSignForm(request.POST or None, own_keys=own, seals=seals)
    if request.method == "POST" and form.is_valid() and signed(request, batch, form):
        return redirect("signing:batch", public_id=public_id)
    jobs = batch.jobs.select_related("document__issuing_body__agency").prefetch_related(
        "document__signed_copies", "document__cosigners__person"
    )
    lines = [line_of(job, request) for job in jobs]
    context = {
        "batch": batch,
        "lines": lines,
        "form": form,
        "may_sign": own.exists() or seals.exists(),
        "waiting": any(line.is_open for line in lines),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "documents/signing/batch.html", context, status=status)


def signed(request: HttpRequest, batch: SigningBatch, form: BatchSignForm) -> bool:
    """Sign the ticked papers; False after the reason was put on the form."""
    ids = [n for n in request.POST.getlist("van-ban") if n.isascii() and n.isdigit() and len(n) < 12]
    jobs = list(batch.jobs.filter(pk__in=ids, state__in=("open", "failed")))
    if not jobs:
        form.add_error(None, _("Hãy chọn ít nhất một văn bản còn chờ ký."))
        return False
    try:
        good, bad = batches.sign_all(jobs, form.opening, actor=asker(request), now=timezone.now())
    except keys.BadKey as error:
        form.add_error(None, str(error))
        return False
    if good:
        messages.success(
            request, ngettext("Đã ký %(n)s văn bản.", "Đã ký %(n)s văn bản.", good) % {"n": good}
        )
    if bad:
        messages.warning(
            request,
            ngettext(
                "%(n)s văn bản chưa ký được, lý do ghi ở từng dòng.",
                "%(n)s văn bản chưa ký được, lý do ghi ở từng dòng.",
                bad,
            )
            % {"n": bad},
        )
    return True


@require_POST
def refuse(request: HttpRequest, public_id: uuid.UUID, job_id: int) -> HttpResponse:
    """A signer takes one paper out, with a reason."""
    batch = batch_of(request, public_id)
    job = get_object_or_404(batch.jobs.select_related("document"), pk=job_id)
    if not rules.may_sign(asker(request), job.document):
        raise PermissionDenied(_("Chỉ người ký từ chối ký được."))
    form = NoteForm(request.POST)
    reason = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        batches.refuse(job, reason=reason, actor=asker(request), now=timezone.now())
        messages.success(request, _("Đã từ chối ký. Các văn bản khác trong lô vẫn ký tiếp được."))
    except OperationError as error:
        messages.warning(request, str(error))
    return redirect("signing:batch", public_id=public_id)
