"""Rows → the values of the exchange package."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from documents.models import Delivery, Document
from documents.sending import edxml
from lucngan.lib.files import stem
from paper.printing import pages
from paper.value import Paper


def package_of(document: Document, paper: Paper, pdf: bytes, *, now: dt.datetime) -> bytes:
    """The package of an issued paper: to every recipient that is a known agency, else to every line."""
    rows = list(document.recipients.select_related("agency"))
    known = [organ_of(row.agency.name, row.agency.identifier) for row in rows if row.agency]
    agency = document.issuing_body.agency
    sheets = document.deliveries.filter(channel=Delivery.Channel.PAPER).values_list("copies", flat=True)
    return edxml.package(
        paper,
        pdf,
        sender=organ_of(agency.name, agency.identifier),
        receivers=known or [edxml.Organ(row.text) for row in rows],
        document_id=str(document.public_id),
        file_name=f"{stem(str(document))}.pdf",
        pages=pages.count(pdf),
        at=timezone.localtime(now),
        copies=max(sum(sheets), 1),
    )


def organ_of(name: str, identifier: str) -> edxml.Organ:
    """An agency as an organ; an identifier of neither way is left out."""
    code = identifier.strip()
    return edxml.Organ(name, code if edxml.is_identifier(code) else "")
