from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Hội nghị")

    def ready(self) -> None:
        from meetings import discretion  # noqa: F401  tells which notices speak of secrets
