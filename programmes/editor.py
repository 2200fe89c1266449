"""The editor's addresses: the page, and the short JSON requests of its modules."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agencies.asking import asker
from agencies.models import Person
from documents import rules
from documents.intake.fromfile import proposal
from documents.issuing import serving
from documents.models import Document, Operation
from documents.models.document import DocumentQuerySet
from documents.operations import Conflict, Gone, OperationError, Outcome, as_uuid
from documents.papers import head
from documents.sending import posting
from documents.services import NotEditable
from documents.tree import Tree
from lucngan.lib.files import attachment
from paper.printing import words
from programmes import editing, preview
from programmes.models import Programme
from programmes.services import KIND_CODE, file_stem
from programmes.sheet import Sheet, plain_line

#: How long a person counts as present after the last question for changes, in seconds.
PRESENT_FOR = 20
#: More than this in one paste is refused with a sentence.
LONGEST_PASTE = 400_000

JsonView = Callable[..., HttpResponse]


def programme_of(request: HttpRequest, public_id: uuid.UUID) -> Programme:
    """The programme, restricted to what the person may see; 404 otherwise, 403 with a sentence where it
    was taken back."""
    seen = Programme.objects.visible_to(request.user).with_body()
    programme = get_object_or_404(seen, public_id=public_id)
    serving.check_open(request.user, programme)
    return programme


def answers_json(view: JsonView) -> JsonView:
    """Parses the body, restricts to what the person may write, and turns errors into JSON with a
    sentence: 404 for a paper that one may not see, 403 for one that one may only read."""

    @wraps(view)
    def wrapped(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
        try:
            asked = json.loads(request.body, parse_constant=refuse_constant)
            if not isinstance(asked, dict):
                raise ValueError
        except RequestDataTooBig:
            return failed(413, _("Nội dung gửi lên quá lớn. Hãy tiếp nhận bằng tệp."))
        except (ValueError, RecursionError):
            return failed(400, _("Yêu cầu không đọc được. Hãy tải lại trang."))
        written = Document.objects.filter(public_id=public_id, kind_code=KIND_CODE)
        try:
            return view(request, written.drafted_by(request.user), asked)
        except Document.DoesNotExist:
            programme_of(request, public_id)
            return failed(403, _("Bạn chỉ xem được văn bản này."))
        except Conflict as conflict:
            return failed(409, str(conflict), conflict=plain_line(conflict.clause))
        except Gone as gone:
            return failed(410, str(gone))
        except NotEditable as error:
            return failed(403, str(error))
        except OperationError as error:
            return failed(422, str(error))

    return wrapped


def refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(name)


def failed(status: int, sentence: str, **more: Any) -> JsonResponse:
    return JsonResponse({"error": sentence, **more}, status=status)


@require_GET
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The editor's page; whoever may only read gets the same sheet without fields."""
    programme = programme_of(request, public_id)
    if not rules.may_see(request.user, programme):
        raise Http404
    editable = rules.may_edit(request.user, programme)
    sheet = Sheet.of(programme)
    recipients = list(programme.recipients.all())
    letterhead = head(programme)
    return render(
        request,
        "programmes/editor.html",
        {
            "programme": programme,
            "body": programme.issuing_body,
            "lines": sheet.data(),
            "recipients": recipients,
            "letterhead": letterhead,
            "number_line": words.number_line(letterhead, programme.form),
            "date_line": words.date_line(letterhead, programme.form),
            "editable": editable,
            "config": config(asker(request), programme, editable),
        },
    )


def config(person: Person, programme: Programme, editable: bool) -> dict[str, Any]:
    """What the editor's modules must know."""
    key = programme.public_id
    page = reverse("programmes:page", args=[key, 0, 0])
    return {
        "key": str(key),
        "revision": programme.revision,
        "editable": editable,
        "person": {"name": str(person), "initials": person.initials},
        "styles": programme.issuing_body.label_styles,
        "regime": programme.issuing_body.regime,
        "period": {
            "start": programme.period.start.isoformat(),
            "end": programme.period.end.isoformat(),
            "label": programme.period.label,
        },
        "urls": {
            name: reverse(f"programmes:{name}", args=[key])
            for name in (
                "operate",
                "changes",
                "propose",
                "schedule",
                "preview",
                "details",
                "pdf",
                "docx",
                "history",
            )
        }
        | {
            "page": page.replace("/0/0.png", "/{revision}/{page}.png"),
            "agencies": reverse("agencies:search"),
        }
        | {name: reverse(f"checking:{name}", args=[key]) for name in ("findings", "mend", "keep")},
    }


@require_POST
@answers_json
def operate(request: HttpRequest, mine: DocumentQuerySet, asked: dict[str, Any]) -> HttpResponse:
    """One operation of the editor."""
    return JsonResponse(answer(*editing.operate(mine, asked, actor=asker(request), now=timezone.now())))


@require_POST
@answers_json
def schedule(request: HttpRequest, mine: DocumentQuerySet, asked: dict[str, Any]) -> HttpResponse:
    """A meeting's day, half-day, hour or weekly day."""
    moved = {**asked, "kind": "schedule"}
    return JsonResponse(answer(*editing.operate(mine, moved, actor=asker(request), now=timezone.now())))


@require_POST
@answers_json
def propose(request: HttpRequest, mine: DocumentQuerySet, asked: dict[str, Any]) -> HttpResponse:
    """Pasted lines read into clauses, as a proposal that changes nothing yet."""
    document = mine.get()
    text = asked.get("text")
    if not isinstance(text, str) or not text.strip():
        raise OperationError(_("Không có chữ nào để dán."))
    if len(text) > LONGEST_PASTE:
        raise OperationError(_("Đoạn dán quá dài. Hãy tiếp nhận bằng tệp."))
    return JsonResponse(proposal(text, document.form_day))


def answer(document: Document, outcome: Outcome, tree: Tree | None) -> dict[str, Any]:
    """The changed lines; the whole order only where something moved or a note may differ."""
    removed = [c["id"] for c in outcome.changes if c["after"] is None]
    if tree is None:
        lines = [plain_line(c) for c in outcome.clauses.values()]
        return {"revision": document.revision, "lines": lines, "removed": removed, "skeleton": None}
    sheet = Sheet.of(document.programme, tree)
    changed = {c["id"] for c in outcome.changes}
    return {
        "revision": document.revision,
        "lines": sheet.some(changed),
        "removed": [key for key in removed if as_uuid(key) not in tree.clauses],
        "skeleton": sheet.skeleton(),
    }


@require_GET
def changes(request: HttpRequest, public_id: uuid.UUID) -> JsonResponse:
    """Everything since revision ``tu``, and who else has the document open."""
    programme = programme_of(request, public_id)
    try:
        since = int(request.GET.get("tu", ""))
    except ValueError:
        return failed(400, _("Thiếu mốc thay đổi. Hãy tải lại trang."))
    data: dict[str, Any] = {"revision": programme.revision, "lines": [], "removed": [], "skeleton": None}
    if since < programme.revision:
        done = Operation.objects.filter(document=programme, revision__gt=since).values_list(
            "changes", flat=True
        )
        touched = {change["id"]: change for each in done for change in each}
        sheet = Sheet.of(programme)
        here = {str(c) for c in sheet.tree.clauses}
        data |= {
            "lines": sheet.some(touched.keys() & here),
            "removed": sorted(touched.keys() - here),
            "skeleton": sheet.skeleton(),
        }
    person = request.user
    assert isinstance(person, Person)
    return JsonResponse({**data, "people": presence(programme, person, request), "state": programme.state})


def presence(programme: Programme, person: Person, request: HttpRequest) -> list[dict[str, Any]]:
    """Note that this window is here, and say who else is: name, initials, the clause being edited."""
    key = f"presence:{programme.pk}"
    now = timezone.now().timestamp()
    window = request.GET.get("w", "")[:40]
    people: dict[str, dict[str, Any]] = cache.get(key) or {}
    people = {w: p for w, p in people.items() if now - p["at"] < PRESENT_FOR}
    people[window] = {
        "at": now,
        "name": str(person),
        "initials": person.initials,
        "clause": request.GET.get("o", "")[:40] or None,
    }
    cache.set(key, people, PRESENT_FOR * 2)
    return [
        {"name": p["name"], "initials": p["initials"], "clause": p["clause"]}
        for w, p in sorted(people.items())
        if w != window
    ]


@require_GET
def show_preview(request: HttpRequest, public_id: uuid.UUID) -> JsonResponse:
    """Pages of the real PDF, where each clause stands, and whether anything is missing."""
    return JsonResponse(preview.describe(programme_of(request, public_id)))


@require_GET
def page(request: HttpRequest, public_id: uuid.UUID, revision: int, page: int) -> HttpResponse:
    """One page of the preview as a picture; 404 for a revision that is no longer the newest."""
    data = preview.page(programme_of(request, public_id), revision, page)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/png", headers={"Cache-Control": "private, max-age=600"})


def served(request: HttpRequest, public_id: uuid.UUID) -> Programme:
    """The programme whose file is asked for; its first opening is noted."""
    programme = programme_of(request, public_id)
    posting.opened(programme, request.user, now=timezone.now())
    return programme


@require_GET
def download_pdf(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The PDF: of a draft as it is now, of an issued paper the newest signed copy or the stored bytes."""
    programme = served(request, public_id)
    data = serving.pdf_of(programme) if programme.is_numbered else preview.pdf_of(programme)
    return attachment(data, f"{file_stem(programme.period)}.pdf")


@require_GET
def download_docx(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The same paper for Word."""
    programme = served(request, public_id)
    return attachment(preview.docx_of(programme), f"{file_stem(programme.period)}.docx")
