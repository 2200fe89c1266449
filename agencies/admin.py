"""Administration (Quản trị): agencies, issuing bodies, people and their roles, days off.

Only persons who hold the role of administrator today may enter; the sign-in is the site's own, so
its limit of tries holds here as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import (
    Agency,
    AgencyAlias,
    AgencyName,
    AgencySuccession,
    DayOff,
    IssuingBody,
    Membership,
    Person,
    StandIn,
    Term,
)
from agencies.rules import standing


class Administration(admin.AdminSite):
    """The administration of this house."""

    site_header = gettext_lazy("Quản trị")
    site_title = gettext_lazy("Quản trị")
    index_title = gettext_lazy("Cơ quan, con người, ngày nghỉ")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """The role of administrator, today."""
        return standing(request.user).is_administrator

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own sign-in; who is signed in without the role gets a sentence."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied(_("Trang quản trị chỉ dành cho người giữ vai trò quản trị."))
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or request.path)


site = Administration(name="admin")


#: Who is told of every change made here. The log stands above this room and asks to be told.
_TOLD: list[Callable[..., object]] = []


def tell(recorder: Callable[..., object]) -> None:
    """Call ``recorder(row, step, *, actor, now, note)`` at every change; ``step``: add, change, delete."""
    if recorder not in _TOLD:
        _TOLD.append(recorder)


def changed(request: HttpRequest, row: Model, step: str, message: Any = "") -> None:
    """Tell of one change, with Django's own list of the fields put into Vietnamese words."""
    with translation.override("vi"):
        text = json.dumps(message) if isinstance(message, list) else str(message)
        note = LogEntry(change_message=text).get_change_message() if step == "change" else ""
        for recorder in _TOLD:
            recorder(row, step, actor=request.user, now=timezone.now(), note=note)


class ForAdministrators(admin.ModelAdmin):  # type: ignore[type-arg]
    """Everything for administrators, nothing for others; no per-model permissions to keep. Every change
    is told, in the transaction that makes it."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        changed(request, obj, "add")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        changed(request, obj, "change", message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for row in queryset:
            changed(request, row, "delete")
        return super().log_deletions(request, queryset)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)


class Rows(admin.TabularInline):  # type: ignore[type-arg]
    """Rows inside another page, with the permissions of that page."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return site.has_permission(request)


class AliasRows(Rows):
    model = AgencyAlias


class NameRows(Rows):
    model = AgencyName


class TermRows(Rows):
    model = Term


class MembershipRows(Rows):
    model = Membership
    autocomplete_fields = ("agency",)


@admin.register(Agency, site=site)
class AgencyAdmin(ForAdministrators):
    list_display = ("short_name", "name", "kind", "parent", "valid_from", "valid_to")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("short_name", "name", "folded")
    autocomplete_fields = ("parent",)
    inlines = (AliasRows, NameRows)


@admin.register(AgencySuccession, site=site)
class SuccessionAdmin(ForAdministrators):
    list_display = ("old", "type", "new", "on", "act")
    list_select_related = ("old", "new")
    autocomplete_fields = ("old", "new")


@admin.register(IssuingBody, site=site)
class IssuingBodyAdmin(ForAdministrators):
    list_display = ("agency", "regime", "symbol", "place", "active")
    list_filter = ("regime", "active")
    list_select_related = ("agency",)
    search_fields = ("agency__name", "symbol")
    autocomplete_fields = ("agency",)
    inlines = (TermRows,)


@admin.register(Person, site=site)
class PersonAdmin(ForAdministrators, UserAdmin):  # type: ignore[type-arg]
    add_form = auth_forms.AdminUserCreationForm
    list_display = ("full_name", "username", "position", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("full_name", "username", "email")
    ordering = ("full_name",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Người dùng"), {"fields": ("full_name", "position", "email", "is_active")}),
        (gettext_lazy("Thời gian"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "full_name",
                    "position",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                )
            },
        ),
    )
    inlines = (MembershipRows,)


@admin.register(StandIn, site=site)
class StandInAdmin(ForAdministrators):
    list_display = ("deputy", "principal", "since", "until", "reason")
    list_select_related = ("deputy", "principal")
    autocomplete_fields = ("deputy", "principal")


@admin.register(DayOff, site=site)
class DayOffAdmin(ForAdministrators):
    list_display = ("day", "type", "name", "source")
    list_filter = ("type",)
    date_hierarchy = "day"
    search_fields = ("name",)
