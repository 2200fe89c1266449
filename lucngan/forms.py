"""Forms before the door."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_failure_limit
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class SignInForm(AuthenticationForm):
    """Name and password; a wrong one says how many tries remain before the pause."""

    remember = forms.BooleanField(label=_("Nhớ trên máy này trong ngày làm việc"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        self.fields["username"].error_messages["required"] = _("Hãy nhập tên đăng nhập.")
        self.fields["password"].error_messages["required"] = _("Hãy nhập mật khẩu.")
        for name in ("username", "password"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["remember"].widget.attrs["class"] = "form-check-input"

    def get_invalid_login_error(self) -> ValidationError:
        """One sentence with what remains; the name is never said to exist or not."""
        self.fields["password"].widget.attrs |= {
            "class": "form-control is-invalid",
            "aria-invalid": "true",
            "aria-describedby": "login-error",
        }
        failures = getattr(self.request, "axes_failures_since_start", 0)
        remaining = max(get_failure_limit(self.request, {}) - failures, 0)
        minutes = int(settings.AXES_COOLOFF_TIME * 60)
        return ValidationError(
            ngettext(
                "Mật khẩu chưa đúng. Còn %(n)s lần thử trước khi tạm khóa %(minutes)s phút.",
                "Mật khẩu chưa đúng. Còn %(n)s lần thử trước khi tạm khóa %(minutes)s phút.",
                remaining,
            )
            % {"n": remaining, "minutes": minutes},
            code="invalid_login",
        )
