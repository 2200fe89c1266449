"""What signing writes into the history, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from audit.actions import register

register(
    **{
        "document.manner": _("chọn cách ký"),
        "document.sign": _("ký số"),
        "document.cosign": _("cùng ký số"),
        "document.cosigners": _("chọn người cùng ký"),
        "document.seal": _("đóng dấu số của cơ quan"),
        "document.file-signed": _("lưu bản đã ký số ở ngoài"),
        "document.file-scan": _("lưu bản quét đã ký, đóng dấu"),
        "document.upload-signed": _("tải bản ký lên, chờ xem"),
        "document.discard-signed": _("bỏ bản ký đã tải lên"),
        "document.batch": _("đưa vào lô ký"),
        "document.refuse-signature": _("từ chối ký"),
        "document.withdraw-refusal": _("rút lời từ chối ký"),
        "key.add": _("đăng ký khóa ký"),
        "key.retire": _("ngừng dùng khóa ký"),
    }
)
