"""Soát lỗi: the library of checks applied to the papers of an office."""

from documents.checking.report import Report, report_of
from documents.checking.silencing import (
    CheckingError,
    may_silence,
    silence,
    turn_off,
    turn_on,
    unsilence,
)
from documents.checking.words import sentence, where

__all__ = [
    "CheckingError",
    "Report",
    "may_silence",
    "report_of",
    "sentence",
    "silence",
    "turn_off",
    "turn_on",
    "unsilence",
    "where",
]
