"""Trình duyệt: who looks at a paper in which order, and what they say of it."""

from documents.reviewing.deciding import decide
from documents.reviewing.desk import Desk, desk_of, desks_of
from documents.reviewing.people import place_of, waiting_for
from documents.reviewing.remarks import accept, decline, remark, settle
from documents.reviewing.route import Step, route_of, waived
from documents.reviewing.submitting import ReviewError, reopen, submit, withdraw

__all__ = [
    "Desk",
    "ReviewError",
    "Step",
    "accept",
    "decide",
    "decline",
    "desk_of",
    "desks_of",
    "place_of",
    "remark",
    "reopen",
    "route_of",
    "settle",
    "submit",
    "waiting_for",
    "waived",
    "withdraw",
]
