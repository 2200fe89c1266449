from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    name = "assignments"
    verbose_name = _("Theo dõi, nhắc việc")

    def ready(self) -> None:
        from assignments import papers, reviews
        from documents import events

        events.subscribe("document.send", papers.came)
        events.subscribe("document.recall", papers.taken_back)
        events.subscribe("review.turn", reviews.turn_came)
        events.subscribe("review.settled", reviews.settled)
        events.subscribe("document.return", reviews.returned)
        events.subscribe("document.approve", reviews.approved)
