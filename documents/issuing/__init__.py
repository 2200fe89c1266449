"""Ban hành: number and date are given, words and bytes are kept for ever, in one transaction."""

from documents.issuing.gates import AHEAD, Refused, WrongDay, refusals
from documents.issuing.recalling import recall
from documents.issuing.rules import may_issue_for, may_overrule_for
from documents.issuing.work import Choices, issue

__all__ = [
    "AHEAD",
    "Choices",
    "Refused",
    "WrongDay",
    "issue",
    "may_issue_for",
    "may_overrule_for",
    "recall",
    "refusals",
]
