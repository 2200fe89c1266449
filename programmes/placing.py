"""The page on which planned meetings are put into a draft."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.asking import asker
from documents.operations import OperationError, as_uuid
from programmes.inserting import candidates
from programmes.inserting import insert as insert_meetings
from programmes.views import guarded


@require_http_methods(["GET", "POST"])
def insert(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Đưa hội nghị vào chương trình: the meetings of the period that no paper announces, as they will
    print; one button. The operation's id is made with the page, so that sending twice does nothing twice."""
    refusal = _("Chỉ chuyên viên và Chánh Văn phòng sửa được, khi văn bản còn là dự thảo.")
    programme = guarded(request, public_id, "insert", refusal)
    error, chosen = "", request.POST.getlist("hoi-nghi")[:400]
    if request.method == "POST" and not chosen:
        error = _("Chưa chọn hội nghị nào. Đánh dấu các hội nghị cần đưa vào.")
    elif request.method == "POST":
        try:
            op = as_uuid(request.POST.get("op"))
            placed = insert_meetings(programme, chosen, op=op, actor=asker(request), now=timezone.now())
        except OperationError as failure:
            error = str(failure)
        else:
            say(request, len(placed))
            response = redirect("programmes:edit", public_id=programme.public_id)
            if placed:
                response["Location"] += f"#{placed[0]}"
            return response
    rows = candidates(programme)
    context = {
        "programme": programme,
        "rows": rows,
        "chosen": chosen if request.method == "POST" else [each.key for each in rows if each.suggested],
        "op": uuid.uuid4(),
        "error": error,
    }
    return render(request, "programmes/insert.html", context, status=422 if error else 200)


def say(request: HttpRequest, count: int) -> None:
    """What was put in, or that nothing was new."""
    if not count:
        messages.info(request, _("Không có hội nghị nào mới: các hội nghị đã chọn đều ở trong chương trình."))
        return
    words = ngettext(
        "Đã đưa %(n)s hội nghị vào chương trình.", "Đã đưa %(n)s hội nghị vào chương trình.", count
    )
    messages.success(request, words % {"n": count})
