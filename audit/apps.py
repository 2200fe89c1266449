from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Nhật ký")

    def ready(self) -> None:
        from agencies import admin
        from audit import administration, guards

        post_migrate.connect(guards.close_logs, dispatch_uid="audit.guards")
        admin.tell(administration.record)
