"""Meetings that a paper convenes or schedules (``paper-json.md``, rules for ``meetings``)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from paper import when
from paper.reading import schedule
from paper.reading.agenda import agenda
from paper.reading.invitation import invitation
from paper.reading.meeting import Meeting, year_of
from paper.reading.titles import title_of
from paper.value import Clause, Paper, Role
from paper.when import Found, When

_NOUN = (
    r"(?:hội nghị|cuộc họp|buổi họp|họp|phiên họp|kỳ họp|giao ban|hội ý|đại hội|hội thảo|tọa đàm|toạ "
    r"đàm|buổi làm việc|"
    r"tiếp xúc cử tri|đối thoại|gặp mặt|sinh hoạt chi bộ|tiếp công dân|lễ|hội đàm)"
)
_STARTS = re.compile(rf"(?:(?:các|những)\s)?{_NOUN}(?!\w)", re.I)
_ORGANISES = re.compile(
    (
        rf"(?:(?:chuẩn bị,?\s(?:và\s)?)?tổ chức|triệu tập|dự|chủ trì|khai mạc)\s(?:các\s)?(?:thành "
        rf"công\s)?{_NOUN}(?!\w)"
    ),
    re.I,
)
_NAMES = re.compile(rf"(?<!\w){_NOUN}(?!\w)", re.I)
_GROUP = re.compile(
    r"(?:các|những|lịch|chương trình|dự kiến|thời gian)\s.{0,60}?(?:hội nghị|cuộc họp|họp|phiên họp|"
    r"hoạt động)|^hội nghị(?:,? (?:cuộc )?họp)?$|"
    r"^(?:các\s)?(?:hội nghị|cuộc họp|phiên họp|họp)(?:,? (?:và )?(?:các )?(?:hội nghị|cuộc họp|họp|sự "
    r"kiện|hoạt động|lễ|làm việc|giao ban|tiếp dân|tiếp công dân|đi cơ sở|kiểm tra|"
    r"giám sát))*(?: (?:chính|lớn|trọng tâm|quan trọng|chuyên đề|của .{0,60}|trong (?:tháng|"
    r"quý|năm|tuần).{0,30}))?$|"
    r"^(?:tổ chức )?(?:các )?(?:hội nghị|cuộc họp)(?: .{0,40})? (?:trong )?(?:tháng|quý) ?\S{0,8}$|"
    r"^(?:nội dung )?(?:các )?(?:hội nghị|phiên họp|kỳ họp).{0,40}gồm:?$",
    re.I,
)


def meetings(paper: Paper) -> list[Meeting]:
    """The meetings in order of the text.

    Programmes and schedules list them; an invitation convenes one; a notice reports on meetings
    already held and gives none.
    """
    kind = paper.kind or ""
    subject = " ".join(paper.subject).lower()
    if kind.startswith(("GIẤY MỜI", "THƯ MỜI", "GIẤY TRIỆU TẬP")) or re.match(
        r"(?:v/v |về việc )?(?:mời|triệu tập)\b", subject
    ):
        return invitation(paper)
    programme = kind.startswith(("CHƯƠNG TRÌNH", "LỊCH", "KẾ HOẠCH")) or bool(
        re.search(r"\b(?:chương trình|lịch) (?:công tác|làm việc)", subject)
    )
    if not programme and kind:
        return []
    return _Programme(paper, schedule=kind.startswith("LỊCH") or "lịch" in subject).read()


@dataclass(frozen=True, slots=True)
class _Around:
    """What the clauses above say: a heading of meetings, an inherited day."""

    listed: bool = False
    when: When | None = None
    level: int = 0
    name: str | None = None
    """The meeting a heading names, where the items below it are its days."""


class _Programme:
    """One walk over the clauses of a programme."""

    def __init__(self, paper: Paper, *, schedule: bool) -> None:
        self.paper = paper
        self.schedule = schedule
        self.year = year_of(paper)
        self.out: list[Meeting] = []

    def read(self) -> list[Meeting]:
        stack = self._row((), self.paper.body, _Around())
        while stack:
            path, clause, around = stack.pop()
            if clause.table is not None and self.schedule:
                self._table(path, clause)
            below = self._visit(path, clause, around)
            if below is not None:
                stack += self._row(path, clause.children, below)
        return self.out

    def _row(
        self, path: tuple[int, ...], clauses: tuple[Clause, ...], around: _Around
    ) -> list[tuple[tuple[int, ...], Clause, _Around]]:
        """Siblings, the last first; an unlabelled line that is only a day holds for those after it."""
        out: list[tuple[tuple[int, ...], Clause, _Around]] = []
        for i, clause in enumerate(clauses):
            out.append(((*path, i), clause, around))
            if (
                (
                    clause.label is None
                    and len(clause.text) < 80
                    and (found := when.find(clause.text, self.year))
                )
                and found.when.date
                and not title_of(clause.text, found)
            ):
                around = replace(around, listed=True, when=found.when)
            elif self.schedule and around.when and clause.label is None and (hour := _hour(clause.text)):
                around = replace(around, when=replace(around.when, time=hour))
        return out[::-1]

    def _table(self, path: tuple[int, ...], clause: Clause) -> None:
        assert clause.table is not None
        for title, at in schedule.entries(clause.table, self.year):
            if _NAMES.search(title) or _OCCASION.match(title):
                self.out.append(Meeting(None, title, at, (), path))

    def _visit(self, path: tuple[int, ...], clause: Clause, around: _Around) -> _Around | None:
        """Take the clause as a meeting (None: its children are its agenda), or what its children inherit."""
        if clause.role is Role.NOTE or (clause.label or "").startswith("["):
            return None
        found = when.find(clause.text, self.year)
        title = title_of(clause.text, found)
        inherited = _merged(around.when, found)
        if found and not title and around.name and clause.label and found.when.date:
            self.out.append(_made(clause, around.name, found.when, path))
            return None
        if found and not title:
            return _Around(around.listed or self.schedule or bool(around.when), inherited, around.level + 1)
        if _dated_children(clause, self.year) and (around.listed or _NAMES.search(title) or found):
            name = title if _STARTS.match(title) and not found else None
            return _Around(True, inherited if found else around.when, around.level + 1, name)
        if around.listed and not found and not _NAMES.search(title) and _children_start_meetings(clause):
            return _Around(True, around.when, around.level + 1)
        if not found and _STARTS.match(title) and _most_dated(clause, self.year):
            return _Around(True, around.when, around.level + 1, title)
        if self._announces(clause, title, found, around):
            if around.name and _TURN.fullmatch(title):
                title = around.name
            self.out.append(_made(clause, title, inherited or When(), path))
            return None
        heads = (
            bool(clause.children)
            and bool(_GROUP.search(title))
            and not (found and found.when.date)
            and len(title) < 160
        )
        if heads:
            return _Around(True, None, around.level + 1)
        keep = around.listed and not clause.label
        return _Around(keep, inherited if around.when else None, around.level + 1)

    def _announces(self, clause: Clause, title: str, found: Found | None, around: _Around) -> bool:
        if self.schedule and _DETAIL.match(clause.text):
            return False
        labelled = clause.label is not None
        dated = found is not None
        heads = bool(clause.children) and _is_group(title) and not dated and _children_name_meetings(clause)
        if heads:
            return False
        if around.listed and (labelled or dated or around.when is not None):
            if around.when is not None or self.schedule:
                return bool(_NAMES.search(title)) or (
                    labelled and around.when is not None and not self.schedule
                )
            return labelled or bool(_NAMES.search(title))
        if self.schedule and (dated or around.when is not None):
            return bool(_NAMES.search(title))
        if _STARTS.match(title):
            settled = dated or clause.role is Role.HEADING or bool(_REGULAR.match(title))
            return (labelled or dated) and settled and not _task(title)
        if dated and found is not None and len(title) < 320:
            at = found.when
            timed = bool(at.date or at.recurrence or (at.unknown and clause.role is Role.HEADING))
            named = bool(_NAMES.search(title[:160])) and (labelled or bool(_ORGANISES.match(title)))
            return timed and named and _near(clause.text, found)
        return False


#: Meetings of the deciding bodies; any other "Hội nghị …" without a time may be a task ("Hội nghị sơ kết …").
_REGULAR = re.compile(
    (
        r"(?:họp|giao ban|phiên họp|hội ý|kỳ họp)(?!\w)|hội nghị (?:của )?(?:ban chấp hành|ban thường vụ|"
        r"thường trực|bch|btv|ubnd|ủy ban|uỷ ban|hđnd|huyện ủy|tỉnh ủy|đảng ủy|giao ban)"
    ),
    re.I,
)


#: One of several meetings of the name above: "Lần 1", "Kỳ 2".
_TURN = re.compile(r"(?:lần|kỳ|đợt|phiên|buổi)\s(?:thứ\s)?\w{1,5}", re.I)
#: Lines below an entry of a schedule that tell more about it.
_DETAIL = re.compile(
    r"(?:thời gian|địa điểm|thành phần(?: tham dự)?|khách mời|điểm|chủ trì|lãnh đạo)(?:,[^:]{0,30})?\s?:",
    re.I,
)
#: What a row of a schedule may call a gathering without a noun for one.
_OCCASION = re.compile(
    r"(?:dự\s)?(?:làm việc với|khai mạc|khai giảng|bế mạc|kỷ niệm|gặp gỡ|đón tiếp)(?!\w)", re.I
)


def _hour(text: str) -> dt.time | None:
    """The hour of a line that holds nothing else ("07h30")."""
    found = when.find(text) if len(text) < 20 else None
    return found.when.time if found and not text[found.end :].strip(" :;,.") else None


def _children_start_meetings(clause: Clause) -> bool:
    labelled = [c for c in clause.children if c.label]
    return bool(labelled) and sum(1 for c in labelled if _STARTS.match(c.text)) * 2 >= len(labelled)


def _task(title: str) -> bool:
    """ "Hội nghị …" opening a long paragraph of tasks is not an announcement."""
    return len(title) > 500


def _near(text: str, found: Found) -> bool:
    """The date belongs to the first sentence, not to a citation or to a later sentence."""
    before = text[: found.start]
    return ". " not in before and not re.search(r"\bsố\s[\w/.-]+,?\s$", before)


def _is_group(title: str) -> bool:
    return bool(_GROUP.search(title)) and len(title) < 160


def _children_name_meetings(clause: Clause) -> bool:
    named = [
        c for c in clause.children if c.label and (_STARTS.match(c.text) or when.find(c.text[:300], 2000))
    ]
    return len(named) * 2 >= len([c for c in clause.children if c.label]) > 0 or _heading_of_many(clause.text)


def _heading_of_many(text: str) -> bool:
    return text.isupper() or bool(re.match(r"(?:các|những|lịch)\s", text, re.I))


def _most_dated(clause: Clause, year: int | None) -> bool:
    """Whether the items below are meetings with days of their own ("1. Lần 1: Dự kiến ngày 10/3/2023")."""
    labelled = [c for c in clause.children if c.label]
    dated = 0
    for child in labelled:
        found = when.find(child.text[:300], year)
        dated += bool(
            found
            and found.when.date
            and _near(child.text, found)
            and "của" not in child.text[found.end : found.end + 5]
        )
    return dated * 2 > len(labelled)


def _dated_children(clause: Clause, year: int | None) -> bool:
    """Whether bullets below group meetings by day or half a day."""
    for child in clause.children:
        if child.role is Role.NOTE or not child.label or child.label[0] not in "-–+*•":
            continue
        found = when.find(child.text[:200], year)
        if found and found.start <= 12 and (found.when.date or found.when.part_of_day):
            return True
    return False


def _merged(above: When | None, found: Found | None) -> When | None:
    """The day of the clause above completed by the half day or the hour below."""
    if found is None:
        return above
    here = found.when
    if above is None or here.date or here.recurrence or here.unknown:
        return here
    return replace(above, part_of_day=here.part_of_day or above.part_of_day, time=here.time or above.time)


def _made(clause: Clause, title: str, at: When, path: tuple[int, ...]) -> Meeting:
    return Meeting(clause.label, title, at, tuple(agenda(clause, path)), path)


# ------------------------------------------------------------------ invitations
