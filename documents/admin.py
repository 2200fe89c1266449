"""Administration of what signing trusts and how bodies sign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agencies.admin import ForAdministrators, site
from documents.models import SigningPractice, TrustAnchor
from documents.signing import trust


class AnchorForm(forms.ModelForm):  # type: ignore[type-arg]
    """A certificate by upload, or pasted as PEM."""

    upload = forms.FileField(label=_("Tệp chứng thư (PEM, CRT, CER)"), required=False)

    class Meta:
        model = TrustAnchor
        fields = ("name", "pem", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pem"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("upload")
        raw = upload.read(1_000_000) if upload else data.get("pem", "").encode()
        try:
            found = trust.certificates(raw)
        except trust.BadAnchor as error:
            raise forms.ValidationError(str(error)) from error
        if len(found) > 1:
            raise forms.ValidationError(_("Mỗi lần thêm một chứng thư; tệp này có nhiều hơn một."))
        self.instance.fingerprint = found[0].sha256.hex()
        self.instance.until = found[0].not_valid_after
        data["pem"] = trust.as_pem(found[0])
        same = TrustAnchor.objects.filter(fingerprint=self.instance.fingerprint).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("Chứng thư này đã có trong danh sách."))
        return data


@admin.register(TrustAnchor, site=site)
class TrustAnchorAdmin(ForAdministrators):
    form = AnchorForm
    list_display = ("name", "until", "active", "fingerprint")
    readonly_fields = ("fingerprint", "until")
    search_fields = ("name", "fingerprint")


@admin.register(SigningPractice, site=site)
class SigningPracticeAdmin(ForAdministrators):
    list_display = ("issuing_body", "timestamp_url", "has_seal")
    list_select_related = ("issuing_body__agency",)
    autocomplete_fields = ("issuing_body",)
