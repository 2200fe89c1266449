"""The words of an amendment notice, as offices write them. Vietnamese whatever the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from documents.models import Document
from documents.papers import preparing
from lucngan.lib.dates import short
from meetings.facts import from_data
from paper import notes
from paper import when as phrases
from paper.reading.titles import title_of
from paper.value import Regime
from programmes.amending.sheet import Node, Sheet
from programmes.models import AmendmentChange, Programme

Kind = AmendmentChange.Kind


def is_party(programme: Programme) -> bool:
    return programme.issuing_body.regime == Regime.PARTY


def cited(programme: Programme) -> str:
    """ "Chương trình số 12-CTr/ĐU, ngày 29/10/2026" (State: "số 12/CTr-UBND ngày 29/10/2026")."""
    return cited_paper("Chương trình", programme, party=is_party(programme))


def cited_paper(kind: str, paper: Document, *, party: bool) -> str:
    """An issued paper by kind, number and date."""
    sign, comma = ("-", ",") if party else ("/", "")
    day = f"{comma} ngày {short(paper.dated_on)}" if paper.dated_on else ""
    return f"{kind} số {paper.number:02d}{sign}{paper.notation}{day}"


def subject_of(programme: Programme, changes: Iterable[AmendmentChange]) -> str:
    """ "về việc điều chỉnh, bổ sung Chương trình công tác tháng 4 năm 2023"."""
    about = uncapped(" ".join(programme.subject.split()))
    words = f"việc {verb(changes)} Chương trình {about}"
    return f"về {words}" if is_party(programme) else f"Về {words}"


def verb(changes: Iterable[AmendmentChange]) -> str:
    """What the notice does as a whole."""
    kinds = {change.kind for change in changes}
    if kinds == {Kind.ADD}:
        return "bổ sung"
    return "điều chỉnh, bổ sung" if Kind.ADD in kinds else "điều chỉnh"


def opening(programme: Programme, changes: list[AmendmentChange]) -> str:
    """By whose leave the office changes which programme."""
    leave = listed(dict.fromkeys(change.approver for change in changes))
    issuer = issuer_of(programme)
    about = uncapped(" ".join(programme.subject.split()))
    return (
        f"Căn cứ ý kiến đồng ý của {leave}, {issuer} thông báo {verb(changes)} {cited(programme)} "
        f"của {issuer} về {about} như sau:"
    )


def issuer_of(programme: Programme) -> str:
    """Who decides on a programme: "Ban Thường vụ Đảng ủy xã Lục Ngạn"; a State body by its name."""
    name = str(programme.issuing_body)
    if is_party(programme) and programme.deciding_body and programme.deciding_body not in name:
        return f"{programme.deciding_body} {name}"
    return name


def closing(programme: Programme, *, marked: bool) -> str:
    """What else holds, and what those concerned do; ``marked`` where the end mark closes it."""
    return (
        f"Các nội dung khác thực hiện theo {cited(programme)}. Các cơ quan, đơn vị có liên quan căn cứ "
        f"Thông báo này, chủ động triển khai thực hiện{'' if marked else '.'}"
    )


def sentence(change: AmendmentChange, sheet: Sheet, year: int) -> str:
    """One change in words; ``sheet`` is the text before it."""
    return f"{_what(change, sheet, year)}{_why(change)}."


def _what(change: AmendmentChange, sheet: Sheet, year: int) -> str:
    if change.kind == Kind.ADD:
        return _added(change, sheet)
    node = sheet.find(change.clause_key)
    place = place_of(node)
    quoted = f"“{node.text.rstrip('.;')}”"
    what = f"nội dung {quoted} ({place})" if place else f"nội dung {quoted}"
    match change.kind:
        case Kind.EDIT:
            where = f" {place}" if place else ""
            return f"Điều chỉnh{where or ' nội dung'} từ {quoted} thành “{change.after_text.rstrip('.;')}”"
        case Kind.POSTPONE if change.place_parent:
            target = sheet.find(change.place_parent)
            return f"Lùi {what} sang {title(target, year)} ({place_of(target)})"
        case Kind.POSTPONE:
            return _rescheduled(change, node, year)
        case Kind.CARRY:
            return f"Chuyển {what} sang {change.to_period}"
        case Kind.BODIES:
            old, new = named(change.before_bodies), named(change.after_bodies)
            if not old:
                return f"Giao {new} chuẩn bị {what}"
            return f"Đổi cơ quan chuẩn bị {what} từ {old} thành {new}"
        case _:
            return f"Rút {what} khỏi chương trình"


def _added(change: AmendmentChange, sheet: Sheet) -> str:
    words = f"“{change.after_text.rstrip('.;')}”"
    if change.after_bodies:
        words += f" {notes.note_text(preparing(change.after_bodies))}"
    if not change.place_parent:
        return f"Bổ sung {words} vào chương trình"
    parent = sheet.find(change.place_parent)
    return f"Bổ sung nội dung {words} vào {place_of(parent)} ({heading(parent)})"


def _rescheduled(change: AmendmentChange, node: Node, year: int) -> str:
    when = from_data(change.when or {})
    found = phrases.find(node.text, year)
    before = found.when if found else None
    name = f"{title(node, year)} ({place_of(node)})"
    later = before and before.date and when.date and when.date > before.date
    start = "Lùi" if later else "Điều chỉnh thời gian tổ chức"
    old = f" từ {_day(before)}" if before and before.date else ""
    return f"{start} {name}{old} sang {_day(when)}"


def _day(when: phrases.When) -> str:
    return uncapped(phrases.phrase(when, capital=False))


def _why(change: AmendmentChange) -> str:
    parts = [f"theo đề nghị của {change.proposer}"] if change.proposer else []
    if change.reason:
        parts.append(f"lý do: {change.reason.strip().rstrip('.;')}")
    return f" ({'; '.join(parts)})" if parts else ""


def place_of(node: Node) -> str:
    """ "nội dung 2, mục II"; "mục II" for a part."""
    above = [f"mục {bare(each.label)}" for each in node.up() if bare(each.label)]
    here = bare(node.label)
    if node.parent is None:
        return f"mục {here}" if here else ""
    return ", ".join([f"nội dung {here}", *above]) if here else ", ".join(above)


def bare(label: str | None) -> str:
    """ "II" of "II."; nothing of a bullet."""
    return (label or "").strip(".()-+* ")


def heading(node: Node) -> str:
    """The words of a part, without what follows its colon."""
    return node.text.partition(":")[0].rstrip(".;")


def title(node: Node, year: int) -> str:
    """The name of a meeting without its time."""
    return title_of(node.text, phrases.find(node.text, year))


def named(bodies: list[dict[str, Any]]) -> str:
    """ "Phòng Kinh tế"; "Phòng Kinh tế chủ trì, Văn phòng phối hợp"."""
    lead = listed(b["name"] for b in bodies if b["lead"])
    others = listed(b["name"] for b in bodies if not b["lead"])
    if lead and others:
        return f"{lead} chủ trì, {others} phối hợp"
    return lead or others


def listed(names: Iterable[str]) -> str:
    """ "A, B và C"."""
    rows = list(names)
    return f"{', '.join(rows[:-1])} và {rows[-1]}" if len(rows) > 1 else "".join(rows)


def uncapped(words: str) -> str:
    """A small letter at the start, except where a name in capitals opens."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
