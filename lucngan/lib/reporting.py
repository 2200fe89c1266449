"""What error pages and error mails hide."""

from __future__ import annotations

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class AlwaysHidden(SafeExceptionReporterFilter):
    """Passphrases and passwords stay hidden on the developer's error pages, too."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True
