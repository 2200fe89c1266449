"""The report on a paper: findings, one-click repairs, what is let be; and checks that an office turns off."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agencies.asking import asker, body_set_by
from documents import checking
from documents.checking.repairing import repair
from documents.checking.words import name_of
from documents.models import DisabledCheck, Document, Silence
from documents.onscreen import keys_of
from documents.operations import OperationError
from documents.rules import may_edit, may_see_history
from documents.tree import Tree
from paper.checks import CHECKS, Finding, Part, Severity
from paper.difference.value import Piece
from paper.difference.words import pieces_of
from paper.value import Paper


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as it is shown: where, which clause, the words around it, the repair as a difference."""

    finding: Finding
    where: str
    sentence: str
    clause: str
    before: str
    pieces: tuple[Piece, ...]
    after: str

    @property
    def severity(self) -> str:
        return self.finding.severity.value


def document_of(request: HttpRequest, public_id: uuid.UUID) -> Document:
    """The paper, for the office and the leaders of its body; 404 for who may not see it, else 403."""
    seen = Document.objects.visible_to(request.user).select_related(
        "issuing_body__agency", "programme__issuing_body__agency"
    )
    document = get_object_or_404(seen, public_id=public_id)
    if not may_see_history(request.user, document):
        raise PermissionDenied(_("Soát lỗi là việc nội bộ của cơ quan ban hành."))
    return getattr(document, "programme", None) or document


def cards_of(report: checking.Report, tree: Tree) -> list[Card]:
    """The open findings in the order of the paper."""
    keys = {path: key.removeprefix("m-") for path, key in keys_of(report.paper, tree).items()}
    return [card_of(each, report.paper, keys) for each in report.findings]


def card_of(finding: Finding, paper: Paper, keys: dict[tuple[int, ...], str]) -> Card:
    text, place = text_at(paper, finding), finding.place
    start, end = (place.start, place.end) if place.end else (0, 0)
    put = pieces_of(text[start:end], finding.repair) if finding.repair is not None and end else ()
    around = 60
    return Card(
        finding,
        checking.where(paper, place),
        checking.sentence(finding),
        keys.get(place.path, "") if place.part is Part.BODY else "",
        ("…" if start > around else "") + text[max(0, start - around) : start] if end else "",
        put or ((Piece("equal", text[start:end]),) if end else ()),
        text[end : end + around] + ("…" if len(text) > end + around else "") if end else "",
    )


def text_at(paper: Paper, finding: Finding) -> str:
    """The text of the place: of a clause, of a line of the recipients, of a line of the subject."""
    place = finding.place
    if place.part is Part.BODY:
        return next((clause.text for path, clause in paper.clauses() if path == place.path), "")
    if place.part is Part.RECIPIENTS and place.index < len(paper.recipients):
        return paper.recipients[place.index].text
    if place.part is Part.SUBJECT and place.index < len(paper.subject):
        return paper.subject[place.index]
    return ""


@require_GET
def report(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything the checks say of the paper."""
    document = document_of(request, public_id)
    tree = Tree.load(document.pk)
    found = checking.report_of(document, today=timezone.localdate(), tree=tree)
    cards = cards_of(found, tree)
    context = {
        "document": document,
        "report": found,
        "groups": [
            (severity.value, [c for c in cards if c.finding.severity is severity]) for severity in Severity
        ],
        "editable": may_edit(request.user, document),
        "kept": [(each, checking.sentence(each.finding)) for each in found.silenced],
        "may": {
            severity.value: checking.may_silence(asker(request), document.issuing_body_id, severity)
            for severity in Severity
        },
    }
    return render(request, "documents/checking/report.html", context)


@require_GET
def findings(request: HttpRequest, public_id: uuid.UUID) -> JsonResponse:
    """The report for the editor's inspector: cards with places by clause, and what passed."""
    document = document_of(request, public_id)
    tree = Tree.load(document.pk)
    found = checking.report_of(document, today=timezone.localdate(), tree=tree)
    person = asker(request)
    rows = [
        {
            "code": card.finding.code,
            "key": card.finding.fingerprint,
            "severity": card.severity,
            "where": card.where,
            "sentence": card.sentence,
            "clause": card.clause,
            "start": card.finding.place.start,
            "end": card.finding.place.end,
            "pieces": [[piece.kind, piece.text] for piece in card.pieces],
            "repairs": len(card.finding.repairs),
            "maySilence": checking.may_silence(person, document.issuing_body_id, card.finding.severity),
        }
        for card in cards_of(found, tree)
    ]
    return JsonResponse({"revision": document.revision, "findings": rows, "passed": list(found.passed)})


def finding_of(document: Document, key: str) -> Finding | None:
    """The open finding with this fingerprint, as the paper is now."""
    found = checking.report_of(document, today=timezone.localdate()).findings
    return next((each for each in found if each.fingerprint == key), None)


def answered(request: HttpRequest, document: Document, sentence: str, *, good: bool) -> HttpResponse:
    """The answer to a press of a button: a sentence for the editor, the page for everybody else."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"sentence": sentence}, status=200 if good else 422)
    (messages.success if good else messages.warning)(request, sentence)
    return redirect("checking:report", public_id=document.public_id)


@require_POST
def mend(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Sửa theo đề xuất: every place of one finding, as operations of the editor."""
    document = document_of(request, public_id)
    if not may_edit(request.user, document):
        raise PermissionDenied(_("Chỉ chuyên viên và Chánh Văn phòng sửa được, khi văn bản còn là dự thảo."))
    finding = finding_of(document, request.POST.get("key", ""))
    if finding is None:
        return answered(request, document, _("Chỗ này đã đổi. Hãy soát lại."), good=False)
    try:
        count = repair(document, finding, actor=asker(request), now=timezone.now())
    except OperationError as error:
        return answered(request, document, str(error), good=False)
    return answered(request, document, _("Đã sửa %(n)s chỗ.") % {"n": count}, good=True)


@require_POST
def keep(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Giữ nguyên, with the reason."""
    document = document_of(request, public_id)
    finding = finding_of(document, request.POST.get("key", ""))
    if finding is None:
        return answered(request, document, _("Chỗ này đã đổi. Hãy soát lại."), good=False)
    if not checking.may_silence(asker(request), document.issuing_body_id, finding.severity):
        raise PermissionDenied(_("Chỉ Chánh Văn phòng và lãnh đạo được cho qua lỗi mà phép soát từ chối."))
    try:
        checking.silence(
            document, finding, reason=request.POST.get("reason", ""), actor=asker(request), now=timezone.now()
        )
    except OperationError as error:
        return answered(request, document, str(error), good=False)
    return answered(request, document, _("Đã giữ nguyên."), good=True)


@require_POST
def unkeep(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Soát lại chỗ đã giữ nguyên."""
    document = document_of(request, public_id)
    row = get_object_or_404(Silence.objects.select_related("document"), pk=pk, document=document.pk)
    severity = CHECKS[row.code].severity if row.code in CHECKS else Severity.HINT
    if not checking.may_silence(asker(request), document.issuing_body_id, severity):
        raise PermissionDenied(_("Chỉ Chánh Văn phòng và lãnh đạo đổi được chỗ này."))
    checking.unsilence(row, actor=asker(request), now=timezone.now())
    return redirect("checking:report", public_id=public_id)


#: Who turns the checks of a body off and on, beside administrators.
SETTERS = ("chief",)


@require_http_methods(["GET", "POST"])
def habits(request: HttpRequest, pk: int) -> HttpResponse:
    """Phép soát của cơ quan: turn a check off with a reason, or on again. The chief and administrators."""
    refusal = _("Chỉ Chánh Văn phòng và quản trị bật, tắt được phép soát.")
    body = body_set_by(request, pk, *SETTERS, refusal=refusal)
    error = ""
    if request.method == "POST":
        code, now = request.POST.get("code", ""), timezone.now()
        try:
            if request.POST.get("bat") == "1":
                checking.turn_on(body, code, actor=asker(request), now=now)
            else:
                checking.turn_off(
                    body, code, reason=request.POST.get("reason", ""), actor=asker(request), now=now
                )
            messages.success(request, _("Đã lưu."))
            return redirect("checking:habits", pk=body.pk)
        except checking.CheckingError as refused:
            error = str(refused)
    off = {row.code: row for row in DisabledCheck.objects.filter(issuing_body=body).select_related("by")}
    rows = [(each, name_of(each), off.get(code)) for code, each in CHECKS.items()]
    context = {"body": body, "rows": rows, "error": error, "failed": request.POST.get("code", "")}
    return render(request, "documents/checking/habits.html", context, status=422 if error else 200)
