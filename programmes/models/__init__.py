"""Work programmes and what changes them after they were issued."""

from programmes.models.amendment import AmendmentChange, AmendmentNotice
from programmes.models.programme import Programme, ProgrammeQuerySet

__all__ = ["AmendmentChange", "AmendmentNotice", "Programme", "ProgrammeQuerySet"]
