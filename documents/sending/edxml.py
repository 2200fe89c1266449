"""The exchange package of an issued paper: edXML after QCVN 102:2016/BTTTT, a pure function of values."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from paper.value import Paper

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
#: QĐ 20/2020: "H56.12.34"; QCVN 102:2016 before it, from right to left: "000.00.12.H56".
_NEW = re.compile(r"[A-Y]\d{2}(?:\.[A-Z0-9]+)*")
_OLD = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}")
LONGEST_IDENTIFIER = 35
#: PL6, II.I: the longest value of a field, in characters.
LONGEST = {
    "OrganName": 200,
    "Subject": 500,
    "CodeNumber": 11,
    "CodeNotation": 30,
    "FullName": 50,
    "Position": 100,
}
#: Urgency as the header numbers it: usual, urgent, very urgent, at once.
PRIORITIES = {None: "0", "KHẨN": "1", "THƯỢNG KHẨN": "2", "HỎA TỐC": "3", "HOẢ TỐC": "3"}
#: The day of everything inside the package is the paper's own: the same paper gives the same bytes.
_EARLIEST = dt.date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Organ:
    """A body as the package names it; ``identifier`` is empty where it has none."""

    name: str
    identifier: str = ""


def is_identifier(text: str) -> bool:
    """Whether the text is an identifier of the new or of the old way."""
    if len(text) > LONGEST_IDENTIFIER:
        return False
    return bool(_NEW.fullmatch(text) or _OLD.fullmatch(text))


def package(
    paper: Paper,
    pdf: bytes,
    *,
    sender: Organ,
    receivers: Sequence[Organ],
    document_id: str,
    file_name: str,
    pages: int,
    at: dt.datetime,
    copies: int = 1,
) -> bytes:
    """The package as XML bytes: header, trace, manifest, and the PDF zipped and in base64.

    Raises ValueError for a paper without number or date: a package carries only what was issued.
    """
    day = paper.dated.date
    if paper.number is None or day is None:
        raise ValueError("Chỉ đóng gói được văn bản đã có số và ngày.")
    root = etree.Element(_tag("edXML"), nsmap={None: NAMESPACE, "edXML": NAMESPACE})
    envelope = _add(root, "edXMLEnvelope")
    header = _add(envelope, "edXMLHeader")
    _message(header, paper, day, sender, receivers, document_id, pages, copies)
    _trace(header, sender, at)
    content_id = f"cid:{document_id}"
    reference = _add(_add(_add(envelope, "edXMLBody"), "edXMLManifest"), "Reference")
    _values(reference, ContentId=content_id, ContentType="application/pdf", AttachmentName=file_name)
    attachment = _add(_add(root, "AttachmentEncoded"), "Attachment")
    _values(
        attachment,
        ContentId=content_id,
        AttachmentName=file_name,
        ContentType="application/zip",
        ContentTransferEncoded=base64.b64encode(_zipped(pdf, file_name, day)).decode(),
    )
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data


def _message(
    header: Any,
    paper: Paper,
    day: dt.date,
    sender: Organ,
    receivers: Sequence[Organ],
    document_id: str,
    pages: int,
    copies: int,
) -> None:
    message = _add(header, "MessageHeader")
    _values(
        _add(message, "From"),
        OrganId=sender.identifier,
        OrganizationInCharge=" ".join(paper.superior) or sender.name,
        OrganName=sender.name,
    )
    for organ in receivers:
        _values(_add(message, "To"), OrganId=organ.identifier, OrganName=organ.name)
    _values(message, DocumentId=document_id)
    _values(_add(message, "Code"), CodeNumber=f"{paper.number:02d}", CodeNotation=paper.notation or "")
    _values(
        _add(message, "PromulgationInfo"),
        Place=paper.place or "",
        PromulgationDate=f"{day:%Y/%m/%d}",
    )
    _values(_add(message, "DocumentType"), Type="1", TypeDetail="1", TypeName=_name(paper.kind or "Công văn"))
    subject = " ".join(paper.subject)
    _values(message, Subject=subject, Content=subject)
    sign = paper.signature
    _values(
        _add(message, "SignerInfo"),
        Competence=" ".join(sign.authority),
        Position=sign.position or "",
        FullName=sign.name or "",
    )
    _values(message, ToPlaces="; ".join(each.text for each in paper.recipients)[:1000])
    _values(
        _add(message, "OtherInfo"),
        Priority=PRIORITIES.get(paper.urgency, "0"),
        PromulgationAmount=str(copies),
        PageAmount=str(pages),
        Direction="0",
    )
    _values(message, SteeringType="0")


def _trace(header: Any, sender: Organ, at: dt.datetime) -> None:
    traces = _add(header, "TraceHeaderList")
    _values(_add(traces, "Bussiness"), BussinessDocType="0", Paper="0")  # spelled so in the standard
    _values(_add(traces, "TraceHeader"), OrganId=sender.identifier, Timestamp=f"{at:%Y/%m/%d %H:%M:%S}")


def _zipped(pdf: bytes, name: str, day: dt.date) -> bytes:
    out = io.BytesIO()
    written = max(day, _EARLIEST)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name, date_time=(written.year, written.month, written.day, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, pdf)
    return out.getvalue()


def _name(kind: str) -> str:
    return kind.capitalize()


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Any, name: str) -> Any:
    return etree.SubElement(parent, _tag(name))


def _values(parent: Any, **values: str) -> None:
    """Elements with text below ``parent``; a value longer than its field is cut, an empty one stays
    out, signs that XML cannot hold are dropped."""
    for name, value in values.items():
        text = "".join(c for c in value if c >= " ")[: LONGEST.get(name)]
        if text:
            _add(parent, name).text = text
