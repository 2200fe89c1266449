"""Sổ văn bản đi: numbers without gaps, and the book that proves it.

A number is drawn in the transaction that issues the paper: the row of the series is counted up
there, so that numbers of transactions that fail are never given, and two at once wait for each other.
"""

from documents.register.book import Proof, cancel, enter, note, proof, reserve, set_start
from documents.register.numbers import Outlook, RegisterError, draw, expected, outlook, record, warnings
from documents.register.series import key_of, series_of

__all__ = [
    "Outlook",
    "Proof",
    "RegisterError",
    "cancel",
    "draw",
    "enter",
    "expected",
    "key_of",
    "note",
    "outlook",
    "proof",
    "record",
    "reserve",
    "series_of",
    "set_start",
    "warnings",
]
