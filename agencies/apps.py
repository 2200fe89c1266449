from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    name = "agencies"
    verbose_name = _("Cơ quan và con người")

    def ready(self) -> None:
        from agencies import checks  # noqa: F401  registers the system checks
