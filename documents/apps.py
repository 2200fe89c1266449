from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        # They register the actions of this room, its checks, and what it offers for every paper.
        from documents import checks, events, history, history_pages, lifecycle, pages, register  # noqa: F401
        from documents.checking import actions as checking  # noqa: F401
        from documents.issuing import actions as issuing  # noqa: F401
        from documents.reviewing import actions as reviewing  # noqa: F401
        from documents.sending import posting
        from documents.signing import names, offers  # noqa: F401
        from documents.versions import actions as versions  # noqa: F401

        events.subscribe("document.issue", posting.at_issue)
        events.subscribe("signed", posting.at_signature)
        events.subscribe("document.recall", posting.at_recall)
