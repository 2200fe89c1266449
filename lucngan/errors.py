"""Errors are pages, too: in the site's look, with the request id and a way back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _

from lucngan.lib import requestid


def page(status: int, title: str, sentence: str) -> HttpResponse:
    """One error page; it needs no database, no session and no context processor."""
    context = {"code": status, "heading": title, "sentence": sentence, "request_id": requestid.current.get()}
    return HttpResponse(get_template("errors/error.html").render(context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return page(
            413,
            _("Nội dung gửi lên quá lớn"),
            _("Chưa có gì được ghi lại. Hãy quay lại và tiếp nhận nội dung này bằng tệp."),
        )
    return page(
        400,
        _("Yêu cầu không đọc được"),
        _("Trình duyệt gửi lên một yêu cầu không đúng dạng. Hãy quay lại trang trước và làm lại."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = str(exception) if isinstance(exception, PermissionDenied) and str(exception) else ""
    return page(
        403,
        _("Không thực hiện được việc này"),
        sentence or _("Vai trò hiện nay của đồng chí không có quyền làm việc này."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(
        404,
        _("Không có trang này"),
        _("Địa chỉ không đúng, trang đã được bỏ, hoặc không thuộc phạm vi được xem."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return page(
        500,
        _("Máy chủ gặp lỗi"),
        _(
            "Việc vừa làm chưa được ghi lại. Hãy thử lại sau ít phút; "
            "nếu vẫn lỗi, báo người quản trị kèm mã dưới đây."
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        403,
        _("Trang đã mở quá lâu"),
        _(
            "Để an toàn, hệ thống không nhận biểu mẫu này. Hãy quay lại, tải lại trang rồi gửi lại; "
            "chữ đã nhập vẫn còn khi quay lại bằng nút của trình duyệt."
        ),
    )
