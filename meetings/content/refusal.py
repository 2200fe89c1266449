"""Why a file is not taken."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(ValueError):
    """The file is not taken; the message is for the person who sent it."""


def damaged() -> Refused:
    return Refused(_("Tệp bị hỏng hoặc tải chưa đủ, không mở được. Hãy mở thử trên máy, lưu lại rồi gửi."))


def bomb() -> Refused:
    return Refused(
        _("Tệp giải nén ra lớn bất thường nên không nhận. Hãy lưu lại tệp từ phần mềm soạn rồi gửi.")
    )
