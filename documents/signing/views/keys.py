"""One's own keys, and the seals of the bodies whose papers one keeps."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies.asking import asker
from agencies.models import IssuingBody
from agencies.rules import standing
from documents.models import SigningKey
from documents.operations import OperationError
from documents.signing import keys, registry, rules
from documents.signing.forms import KeyForm


def own_rows(request: HttpRequest) -> Q:
    """The keys that the person may look after."""
    bodies = standing(request.user).office_of(*rules.KEEPERS)
    return Q(owner=asker(request)) | Q(issuing_body__in=bodies)


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Keys with their certificates; a POST registers one."""
    who = standing(request.user)
    if not who.office_of(*rules.SIGNERS, *rules.KEEPERS):
        raise PermissionDenied(_("Khóa ký dành cho người ký, văn thư và Chánh Văn phòng."))
    bodies = IssuingBody.objects.filter(pk__in=who.office_of(*rules.KEEPERS)).select_related("agency")
    form = KeyForm(request.POST or None, request.FILES or None, bodies=bodies)
    if request.method == "POST" and form.is_valid() and added(request, form):
        return redirect("signing:keys")
    rows = SigningKey.objects.filter(own_rows(request), active=True)
    context = {
        "keys": rows.select_related("owner", "issuing_body__agency"),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "documents/signing/keys.html", context, status=422 if form.errors else 200)


def added(request: HttpRequest, form: KeyForm) -> bool:
    """Register the key; False after the reason was put on the form."""
    data, person = form.cleaned_data, asker(request)
    body = data["body"]
    if body is None and not standing(person).office_of(*rules.SIGNERS):
        form.add_error("body", _("Chỉ lãnh đạo và Chánh Văn phòng đăng ký khóa cá nhân."))
        return False
    try:
        key = registry.add(
            form.source(),
            data["passphrase"],
            owner=None if body else person,
            body=body,
            picture=data["picture"] or b"",
            diameter=data["diameter"] or 36,
            actor=person,
            now=timezone.now(),
        )
    except keys.BadKey as error:
        form.add_error("passphrase", str(error))
        return False
    except OperationError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Đã đăng ký khóa “%(name)s”.") % {"name": key.name})
    return True


@require_POST
def retire(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Stop using a key."""
    key = get_object_or_404(SigningKey.objects.filter(own_rows(request)), public_id=public_id)
    if registry.retire(key, actor=asker(request), now=timezone.now()):
        messages.success(request, _("Đã ngừng dùng khóa “%(name)s”.") % {"name": key.name})
    else:
        messages.warning(request, _("Khóa này đã ngừng dùng từ trước."))
    return redirect("signing:keys")
