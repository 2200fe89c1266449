"""Warnings at their place: what a person should look at before accepting a reading.

Each notice has a stable code and one Vietnamese sentence; the rooms above translate by code.
The checks are those of ``formats.md`` §3.2 that reading itself can see (E17, E23, E26).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from paper import notes, when
from paper.reading import marks
from paper.reading.result import Leftover, Notice, Span
from paper.value import Clause, Paper, Role

Path = tuple[int, ...]
_DAY = re.compile(
    r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])|ngày\s(\d{1,2})\stháng\s(\d{1,2})\snăm\s(\d{4})|"
    r"ngày\s(\d{1,2})/(\d{1,2})(?![\d/])"
)
_WEEKDAY = re.compile(r"\s?\(\s?(thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s?\)", re.I)


def repaired_letters(line: int, raw: str, repaired: str) -> Notice:
    """Letters were put right; shown as a suggestion that a person confirms."""
    return Notice(
        "letters.repaired",
        f"Chữ bị hỏng “{raw.strip()}” đã được khôi phục thành “{repaired}”.",
        line,
        None,
        repaired,
    )


def unsure_letters(line: int, raw: str, suggestion: str) -> Notice:
    """Letters seem lost, and more than one reading is possible: the line stays as it is."""
    return Notice(
        "letters.unsure",
        f"Dòng “{raw}” có vẻ bị mất chữ nhưng chưa chắc chắn; có thể là “{suggestion}”.",
        line,
        None,
        suggestion,
    )


def find(paper: Paper, spans: Sequence[Span], left: Sequence[Leftover]) -> list[Notice]:
    """All notices on a Paper and on the words that found no place in it."""
    lines = {s.path: s.first for s in spans}
    out = [*_head(paper)]
    for path, clause in paper.clauses():
        out += _dates(path, clause, lines.get(path))
        if clause.table is not None:
            out.append(
                Notice(
                    "table.kept",
                    "Bảng trong văn bản được giữ thành từng hàng; hãy kiểm tra lại.",
                    lines.get(path),
                    path,
                )
            )
    out += _labels(paper, lines)
    out += _notes(paper, lines)
    out += [
        Notice("words.unplaced", f"Những chữ này chưa có chỗ trong văn bản: “{x.text}”.", x.line)
        for x in left
    ]
    return out


def _head(paper: Paper) -> list[Notice]:
    out: list[Notice] = []
    parts = (
        (paper.issuer, "issuer", "tên cơ quan ban hành"),
        (paper.kind, "kind", "tên loại văn bản"),
        (paper.subject, "subject", "trích yếu"),
        (paper.recipients, "recipients", "nơi nhận"),
        (paper.signature.position or paper.signature.authority, "signature", "chức vụ người ký"),
    )
    for value, code, name in parts:
        if not value:
            out.append(Notice(f"missing.{code}", f"Không tìm thấy {name}."))
    if paper.dated.date is None and paper.dated.day and paper.dated.month and paper.dated.year:
        d = paper.dated
        out.append(
            Notice("date.impossible", f"Ngày {d.day}/{d.month}/{d.year} của văn bản không có trên lịch.")
        )
    return out


def _dates(path: Path, clause: Clause, line: int | None) -> list[Notice]:
    out: list[Notice] = []
    for m in _DAY.finditer(clause.text):
        day, month, year = (int(x) if x else None for x in _three(m))
        assert day is not None
        assert month is not None
        try:
            date = dt.date(year or 2024, month, day)
        except ValueError:
            if year or month > 12 or day > 31 or m[7]:
                out.append(
                    Notice(
                        "date.impossible",
                        f"Ngày {m[0].removeprefix('ngày ')} không có trên lịch.",
                        line,
                        path,
                    )
                )
            continue
        if year and (w := _WEEKDAY.match(clause.text, m.end())):
            found = when.find(m[0] + w[0])
            right = when.WEEKDAYS[date.weekday()]
            if found and when.normalise(m[0] + w[0]).lower().split("(")[-1] != w[0].lower().split("(")[-1]:
                out.append(
                    Notice(
                        "weekday.wrong",
                        f"Ngày {m[0].removeprefix('ngày ')} là {right}, không phải {w[1]}.",
                        line,
                        path,
                        f"({right})",
                    )
                )
    return out


def _three(m: re.Match[str]) -> tuple[str | None, str | None, str | None]:
    if m[1]:
        return m[1], m[2], m[3]
    if m[4]:
        return m[4], m[5], m[6]
    return m[7], m[8], None


def _labels(paper: Paper, lines: dict[Path, int]) -> list[Notice]:
    """Gaps and repeats among the labels of siblings (E17)."""
    out: list[Notice] = []
    last: dict[tuple[Path, str], int] = {}
    for path, clause in paper.clauses():
        mark = marks.match(clause.label + " X") if clause.label else None
        if mark is None or mark.bullet:
            continue
        key = (path[:-1], mark.style)
        expected = last.get(key, 0) + 1
        if mark.ordinal != expected and not (mark.style == "a)" and mark.ordinal in (1, expected)):
            kind = "repeat" if mark.ordinal < expected else "gap"
            sentence = (
                f"Đề mục “{clause.label}” lặp lại hoặc quay lui."
                if kind == "repeat"
                else f"Thiếu đề mục trước “{clause.label}”."
            )
            out.append(Notice(f"label.{kind}", sentence, lines.get(path), path))
        last[key] = mark.ordinal
    return out


def _notes(paper: Paper, lines: dict[Path, int]) -> list[Notice]:
    """Preparing notes that name items which do not stand beside them (E26)."""
    beside: dict[Path, set[int]] = {}
    for path, clause in paper.clauses():
        if clause.label and (m := re.search(r"(\d+)\D*$", clause.label)):
            beside.setdefault(path[:-1], set()).add(int(m[1]))
    out: list[Notice] = []
    for path, clause in paper.clauses():
        if clause.role is not Role.NOTE or (found := notes.parse(clause.text)) is None:
            continue
        missing = [n for n in found[1] if n not in beside.get(path[:-1], set())]
        if missing:
            names = ", ".join(map(str, missing))
            out.append(
                Notice(
                    "note.unknown",
                    f"Ghi chú chuẩn bị nêu nội dung {names} không có trong mục này.",
                    lines.get(path),
                    path,
                )
            )
    return out
