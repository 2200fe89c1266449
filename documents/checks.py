"""System checks: what an operator must see to when secret papers are allowed."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security)
def secrets_stay_inside(**kwargs: object) -> list[CheckMessage]:
    """W010: secret papers are allowed on a site that is open to the network without encryption."""
    if not settings.SECRETS_ALLOWED or settings.HTTPS:
        return []
    sentence = "SECRETS_ALLOWED=1 nhưng HTTPS=0: văn bản mật đi qua mạng không mã hóa."
    hint = "Đặt HTTPS=1 và BEHIND_PROXY=1 sau máy chủ có TLS, trong mạng kín."
    return [Warning(sentence, hint=hint, id="lucngan.W010")]
