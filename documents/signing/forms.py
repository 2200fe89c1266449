"""Forms of signing: a passphrase is turned into a Secret at once and never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import IssuingBody, Person
from documents.models import Document, SigningKey
from documents.signing import keys, pictures, turns


class SecretField(forms.CharField):
    """A passphrase or PIN."""

    def __init__(self, **kwargs: Any) -> None:
        look = {"class": "form-control", "autocomplete": "off"}
        kwargs.setdefault("label", gettext_lazy("Mật khẩu khóa hoặc mã PIN"))
        super().__init__(strip=False, max_length=200, widget=forms.PasswordInput(attrs=look), **kwargs)

    def clean(self, value: Any) -> Any:
        return keys.Secret(super().clean(value) or "")


class KeyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return _("%(name)s (hạn %(day)s)") % {"name": obj.name, "day": f"{obj.until:%d/%m/%Y}"}


class SignForm(forms.Form):
    """Which key, and its passphrase."""

    key = KeyChoice(SigningKey.objects.none(), label=gettext_lazy("Khóa"), empty_label=None)
    passphrase = SecretField()

    def __init__(self, *args: Any, own_keys: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].queryset = own_keys  # type: ignore[attr-defined]
        self.fields["key"].widget.attrs["class"] = "form-select"


class BatchSignForm(forms.Form):
    """A person's key, a seal, or both; the person's signs first."""

    key = KeyChoice(SigningKey.objects.none(), label=gettext_lazy("Khóa của tôi"), required=False)
    passphrase = SecretField(required=False)
    seal = KeyChoice(SigningKey.objects.none(), label=gettext_lazy("Con dấu"), required=False)
    seal_passphrase = SecretField(required=False, label=gettext_lazy("Mật khẩu con dấu hoặc mã PIN"))

    def __init__(self, *args: Any, own_keys: Any, seals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("key", own_keys), ("seal", seals)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].empty_label = _("Không dùng")  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["class"] = "form-select"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("key") and not data.get("seal"):
            raise forms.ValidationError(_("Hãy chọn khóa của mình hoặc con dấu."))
        return data

    @property
    def opening(self) -> list[tuple[SigningKey, keys.Secret]]:
        """The chosen keys in the order of signing."""
        data = self.cleaned_data
        pairs = ((data["key"], data["passphrase"]), (data["seal"], data["seal_passphrase"]))
        return [(key, secret) for key, secret in pairs if key]


class UploadForm(forms.Form):
    """A signed PDF or a scan."""

    upload = forms.FileField(
        label=gettext_lazy("Tệp PDF"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".pdf"}),
    )


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Lý do"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


class CoSignersForm(forms.Form):
    """Who signs first, in order: as many lists of the same people as a paper may have co-signers."""

    def __init__(
        self, *args: Any, people: list[Person], chosen: list[Person] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        names = [
            (pk, f"{each}, {each.position}" if each.position else str(each))
            for pk, each in self.people.items()
        ]
        for n in range(1, turns.MOST + 1):
            self.fields[f"cung-ky-{n}"] = forms.TypedChoiceField(
                label=_("Người cùng ký thứ %(n)s") % {"n": n},
                choices=[("", _("Không có")), *names],
                coerce=self.people.get,
                empty_value=None,
                required=False,
                initial=chosen[n - 1].pk if chosen and n <= len(chosen) else "",
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @property
    def chosen(self) -> list[Person]:
        """The chosen people in their order."""
        found = (self.cleaned_data[name] for name in self.fields)
        return [person for person in found if person is not None]


class MannerForm(forms.Form):
    manner = forms.ChoiceField(choices=Document.Manner.choices)


class KeyForm(forms.Form):
    """A new key: whose, the file or the token, the passphrase that shows that it opens, the picture."""

    body = forms.ModelChoiceField(
        IssuingBody.objects.none(),
        label=gettext_lazy("Khóa của"),
        required=False,
        empty_label=gettext_lazy("Tôi (chữ ký cá nhân)"),
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp khóa .p12, .pfx"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".p12,.pfx"}),
    )
    module = forms.ChoiceField(label=gettext_lazy("Thư viện của thiết bị ký"), required=False)
    token = forms.CharField(label=gettext_lazy("Tên thiết bị"), required=False, max_length=100)
    label = forms.CharField(label=gettext_lazy("Nhãn khóa trong thiết bị"), required=False, max_length=100)
    passphrase = SecretField()
    picture = forms.FileField(
        label=gettext_lazy("Ảnh chữ ký hoặc con dấu (PNG nền trong suốt)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".png"}),
        help_text=gettext_lazy("Chữ ký màu xanh, con dấu màu đỏ. Không có ảnh thì in bằng chữ."),
    )
    diameter = forms.IntegerField(
        label=gettext_lazy("Đường kính con dấu (mm)"), min_value=20, max_value=50, initial=36, required=False
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        modules = [("", _("Không dùng thiết bị"))] + [(path, path) for path in settings.PKCS11_MODULES]
        self.fields["module"].choices = modules  # type: ignore[attr-defined]
        for name in ("body", "module"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("token", "label", "diameter"):
            self.fields[name].widget.attrs["class"] = "form-control"
        if len(modules) == 1:
            for name in ("module", "token", "label"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("file")) == bool(data.get("module")):
            raise forms.ValidationError(_("Hãy chọn một tệp khóa .p12, hoặc một thiết bị ký."))
        if data.get("module") and not (data.get("token") and data.get("label")):
            raise forms.ValidationError(_("Hãy ghi tên thiết bị và nhãn khóa."))
        if data.get("picture"):
            self._check_picture(data)
        return data

    def _check_picture(self, data: dict[str, Any]) -> None:
        try:
            data["picture"] = pictures.prepared(data["picture"].read(), is_seal=bool(data.get("body")))
        except pictures.BadPicture as error:
            self.add_error("picture", str(error))

    def source(self) -> keys.File | keys.Token:
        """What opens the key."""
        data = self.cleaned_data
        if data.get("file"):
            return keys.File(data["file"].read(keys.LARGEST + 1))
        return keys.Token(data["module"], data["token"], data["label"])
