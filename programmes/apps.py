from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Chương trình công tác")

    def ready(self) -> None:
        from documents import events
        from documents.writing import writes
        from programmes import actions  # noqa: F401  registers what programmes offer
        from programmes.amending import actions as amending  # noqa: F401  and what amendments do
        from programmes.amending.following import issued
        from programmes.amending.undone import recalled
        from programmes.editing import write
        from programmes.services import KIND_CODE

        writes(KIND_CODE, write)
        events.subscribe("document.issue", issued)
        events.subscribe("document.recall", recalled)
