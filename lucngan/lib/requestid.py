"""The id of the request being served; "-" outside of one."""

import logging
from contextvars import ContextVar

current: ContextVar[str] = ContextVar("request_id", default="-")


class Filter(logging.Filter):
    """Puts the id on every line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current.get()
        return True
