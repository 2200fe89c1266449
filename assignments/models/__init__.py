"""WHO OWES WHAT BY WHEN: reminders and notices, so far those of meetings."""

from assignments.models.notification import Notification
from assignments.models.reminder import Reminder

__all__ = ["Notification", "Reminder"]
