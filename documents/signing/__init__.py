"""Ký số: signatures of people and seals of agencies on what was issued."""

from __future__ import annotations

from documents.models import Document, SignedCopy


def latest(document: Document) -> SignedCopy | None:
    """The newest signed copy that was filed."""
    return document.signed_copies.filter(state=SignedCopy.State.FILED).order_by("-position").first()


def current_pdf(document: Document) -> bytes:
    """The newest signed copy, else the issued file."""
    copy = latest(document)
    source = copy.file if copy is not None else document.snapshot.pdf
    with source.open("rb") as stored:
        return bytes(stored.read())
