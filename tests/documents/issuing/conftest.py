"""The town and the paper of these tests."""

from tests.documents.waiting import own_folders, town, waiting

__all__ = ["own_folders", "town", "waiting"]
