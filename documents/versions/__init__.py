"""Phiên bản: what was submitted each time, and how two of them differ."""

from documents.versions.keeping import keep, keys_of

__all__ = ["keep", "keys_of"]
