"""Soát lỗi: what a registrar or a careful chief of office would catch, as a pure library.

``check(paper, world)`` gives findings, each with a stable code, a severity, the exact place, one
sentence and, where it is safe, a repair. What must be known of the world (names of bodies, days
off, papers cited before) is handed in as a :class:`World`; a check that lacks a fact stays silent.
The catalogue follows ``formats.md`` §3.2.
"""

from paper.checks.finding import Finding, Part, Place, Severity
from paper.checks.registry import CHECKS, Check
from paper.checks.run import check
from paper.checks.world import Body, Known, World

__all__ = ["CHECKS", "Body", "Check", "Finding", "Known", "Part", "Place", "Severity", "World", "check"]
