"""What administrators changed: agencies, issuing bodies, people and roles, days off and the like."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from agencies.models import Person
from audit.actions import register
from audit.models import AdministrationLog

register(
    **{
        "administration.add": _("thêm trong quản trị"),
        "administration.change": _("sửa trong quản trị"),
        "administration.delete": _("xóa trong quản trị"),
    }
)


def record(
    row: Model, step: str, *, actor: Person, now: dt.datetime, note: str = "", **data: Any
) -> AdministrationLog:
    """One entry for what an administrator did with a row; ``step``: add, change, delete."""
    kind = str(row._meta.verbose_name)  # noqa: SLF001  Django's own name for it
    entry: AdministrationLog = AdministrationLog.objects.append(
        row, f"administration.{step}", actor=actor, now=now, named=f"{kind}: {row}", note=note, data=data
    )
    return entry
