"""Điều chỉnh chương trình: changes to an issued programme, each with who, why and by whose leave."""

from django.utils.translation import gettext_lazy

from audit.actions import register

register(
    **{
        "programme.change_planned": gettext_lazy("ghi một thay đổi của chương trình"),
        "programme.change_edited": gettext_lazy("sửa một thay đổi của chương trình"),
        "programme.change_removed": gettext_lazy("bỏ một thay đổi của chương trình"),
        "programme.notice_drawn": gettext_lazy("soạn thông báo điều chỉnh"),
        "programme.notice_recalled": gettext_lazy("thu hồi thông báo điều chỉnh"),
        "programme.notice_discarded": gettext_lazy("bỏ dự thảo thông báo điều chỉnh"),
        "programme.meeting_behind": gettext_lazy("chưa sửa được lịch họp theo thông báo điều chỉnh"),
        "document.drawn_from_changes": gettext_lazy("soạn từ các thay đổi của chương trình"),
    }
)
