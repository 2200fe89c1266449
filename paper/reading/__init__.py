"""Reading: from a file or a text to a Paper (a pure library, no Django, no database).

``read_file(data, name)`` and ``read_text(text)`` give a :class:`Reading`; ``Unreadable`` says in one
sentence why a file cannot be read. :mod:`paper.reading.views` derives meetings, directives,
citations and the period from a Paper.
"""

from __future__ import annotations

from paper.reading.files import read_file
from paper.reading.result import Damage, Leftover, Notice, Reading, Span, Unreadable
from paper.reading.text import read_text

__all__ = ["Damage", "Leftover", "Notice", "Reading", "Span", "Unreadable", "read_file", "read_text"]
