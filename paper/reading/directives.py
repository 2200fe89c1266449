"""Directives of a notice, and the preparing tasks of an invitation (``paper-json.md``).

One directive per clause that orders something. Its bodies come from Giao / Yêu cầu / Đề nghị, else
from the subject that opens the order, else from the heading, else from the lead-in, else nowhere:
they are never invented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from paper.reading.assignees import after_subject, heading_bodies, ordered_bodies, subject_of
from paper.reading.due import due
from paper.reading.meeting import year_of
from paper.value import Clause, Paper, Role


@dataclass(frozen=True, slots=True)
class Directive:
    """An order: where it stands, who is to act, by when."""

    label: str | None
    text: str
    assignees: tuple[str, ...]
    explicit: bool
    due: str | None
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Above:
    """What the clauses above give: labels, bodies of a heading, bodies of a lead-in, what part it is."""

    label: str | None = None
    heading: tuple[str, ...] = ()
    explicit: bool = False
    lead_in: tuple[str, ...] = ()
    silent: bool = False
    preparing: bool = False
    asked: bool = False
    """Whether the heading above is the bare word of an order ("2. Yêu cầu:")."""


_ASSESS_HEAD = re.compile(
    r"(?:đánh giá|kết quả|tình hình|về kết quả|những kết quả|ưu điểm|hạn chế|tồn tại|khuyết điểm|nhận "
    r"định|kết quả đạt được|những tồn tại|những hạn chế|nguyên nhân|"
    r"đánh giá chung|về tình hình|thành phần|nhận xét|một số kết quả|khó khăn)(?!\w)",
    re.I,
)
_ASKS = re.compile(r"(?:Yêu cầu|Đề nghị|Giao|Phân công)\s?:?", re.I)
_ASSESSES = re.compile(
    r"(?:về\s)?(?:đánh giá|nhận xét|kết quả|tình hình|ưu điểm|hạn chế|tồn tại)(?:\s[^:.;]{1,40})?:\s", re.I
)
_ASSESS = re.compile(
    r"(?:đánh giá cao|ghi nhận|biểu dương|hoan nghênh|trong thời gian qua|thời gian qua|trong \d{1,2} "
    r"tháng|tuy nhiên|bên cạnh (?:đó|những)|nhìn chung|qua báo cáo|"
    r"vừa qua|những năm qua|năm \d{4} là|đây là|sau khi nghe|tại cuộc họp|trong những (?:tháng|năm)|"
    r"trong bối cảnh|tính đến|đến nay|việc .{3,120} (?:còn|chưa|đã)|dự án .{3,160} (?:còn|chưa|đã|"
    r"là))(?!\w)",
    re.I,
)
_ASSESS_INSIDE = re.compile(
    r"(?:\bđã (?:đạt|có|được|tích cực|chủ động|nỗ lực|tập trung|cơ bản|hoàn thành|tổ chức|triển khai|"
    r"chỉ đạo)|\bcòn (?:chậm|hạn chế|thấp|nhiều|tồn tại|một số)|chưa (?:đạt|được|kịp|quyết liệt|đáp "
    r"ứng))"
)
_AGREE = re.compile(
    (
        r"(?:cơ bản\s)?(?:thống nhất|nhất trí|đồng ý|tán thành|cơ bản thống nhất|cơ bản nhất trí|cơ bản "
        r"đồng ý|ghi nhận)(?!\w)"
    ),
    re.I,
)
_DO = re.compile(
    r"(?:chỉ đạo|tổ chức|chuẩn bị|tiếp tục|tập trung|xây dựng|khẩn trương|rà soát|chủ trì|phối hợp|"
    r"tham mưu|triển khai|đẩy mạnh|đẩy nhanh|tăng cường|thực hiện|"
    r"hoàn thành|hoàn thiện|hoàn chỉnh|báo cáo|đôn đốc|giao|yêu cầu|đề nghị|phân công|quan tâm|chủ "
    r"động|nghiên cứu|kiểm tra|bố trí|ưu tiên|nâng cao|khắc phục|đổi mới|"
    r"duy trì|bảo đảm|đảm bảo|phát huy|lãnh đạo|hướng dẫn|theo dõi|xử lý|giải quyết|tháo gỡ|kịp thời|"
    r"thường xuyên|quyết liệt|nghiêm túc|làm tốt|chú trọng|tuyên truyền|"
    r"vận động|cập nhật|ban hành|trình|đề xuất|lập|thẩm định|giám sát|sớm|căn cứ|trên cơ sở|đối với|về|"
    r"có trách nhiệm|phải|cần|kiên quyết|bám sát|lựa chọn|sử dụng|quản lý|"
    r"đánh giá|tổng hợp|gửi|thông báo|mời|in|cử|đăng ký|chuyển|dự thảo|soạn|tham dự|phát biểu|tiếp thu|"
    r"giữ|phấn đấu|huy động|hỗ trợ|nắm|siết|công khai|rút|kiện toàn|bổ sung|"
    r"điều chỉnh|sắp xếp|quy hoạch|thu hút|khai thác|thúc đẩy|tạo|kết nối|mở rộng|phát triển|ngăn chặn|"
    r"phòng|chấn chỉnh|làm|thành lập|quán triệt|cung cấp|phê duyệt|đưa|đầu tư|"
    r"chấm dứt|không|nhất trí|thống nhất|đồng ý|xem xét|khảo sát|lồng ghép|ứng dụng|trong|định kỳ|hằng|"
    r"trước|chậm nhất|ngay|sau khi|\(i\)|thứ)(?!\w)",
    re.I,
)
_INTENT = re.compile(
    (
        r"(?<!\w)(?:cần|phải|yêu cầu|giao|đề nghị|chỉ đạo|khẩn trương|tập trung|tiếp tục|tổ chức|thực hiện|"
        r"rà soát|nghiên cứu|có trách nhiệm|chủ trì|phối hợp)(?!\w)"
    ),
    re.I,
)
_CLOSING = re.compile(
    (
        r"(?:trên đây là|(?:văn phòng|vp|thừa lệnh|ubnd|ủy ban|uỷ ban)\b.{0,160}\b(?:trân trọng |xin "
        r")?thông báo|thông báo này|trân trọng|căn cứ .{0,80}(?:thông báo này|để thực hiện)|nơi nhận)"
    ),
    re.I,
)
_PREPARE = re.compile(
    r"(?:về )?(?:công tác chuẩn bị|phân công (?:nhiệm vụ|chuẩn bị|công tác)|"
    r"chuẩn bị (?:nội dung|tài liệu|báo cáo|cuộc họp|hội nghị)|giao nhiệm vụ)(?!\w)",
    re.I,
)


def directives(paper: Paper) -> list[Directive]:
    """The directives of a notice in order; the preparing tasks of an invitation; else none."""
    kind = paper.kind or ""
    if kind.startswith(("GIẤY MỜI", "THƯ MỜI", "GIẤY TRIỆU TẬP")):
        return _Notice(paper, invitation=True).read()
    if kind.startswith(("THÔNG BÁO", "KẾT LUẬN")):
        subject = " ".join(paper.subject).lower()
        if re.match(r"(?:về )?(?:chương trình|lịch) (?:công tác|làm việc|tiếp)", subject):
            return []
        return _Notice(paper, invitation=False).read()
    return []


class _Notice:
    """One walk over the clauses."""

    def __init__(self, paper: Paper, *, invitation: bool) -> None:
        self.paper = paper
        self.invitation = invitation
        self.year = year_of(paper)
        self.out: list[Directive] = []
        self.lead_ins: set[tuple[int, ...]] = set()
        self.numbered = [i for i, c in enumerate(paper.body) if c.label and not c.label.startswith("[")]

    def read(self) -> list[Directive]:
        stack: list[tuple[tuple[int, ...], Clause, _Above]] = []
        stack += reversed(self._with_lead_ins((), self.paper.body, _Above()))
        while stack:
            path, clause, above = stack.pop()
            here = self._visit(path, clause, above)
            stack += reversed(self._with_lead_ins(path, clause.children, here))
        return self.out

    def _with_lead_ins(
        self, path: tuple[int, ...], clauses: tuple[Clause, ...], above: _Above
    ) -> list[tuple[tuple[int, ...], Clause, _Above]]:
        """Siblings with what stands above them; a lead-in gives its bodies to the labelled ones after it."""
        out: list[tuple[tuple[int, ...], Clause, _Above]] = []
        here = above
        for i, c in enumerate(clauses):
            out.append(((*path, i), c, here))
            if c.label is None and _leads_in(c, clauses, i):
                self.lead_ins.add((*path, i))
                bodies = ordered_bodies(c.text)[0] or subject_of(c.text)
                here = _Above(
                    above.label,
                    above.heading,
                    above.explicit,
                    bodies or above.lead_in,
                    above.silent,
                    above.preparing,
                )
        return out

    def _visit(self, path: tuple[int, ...], clause: Clause, above: _Above) -> _Above:
        if clause.role is Role.NOTE or (clause.label or "").startswith("[") or clause.table is not None:
            return _Above(silent=True)
        text = clause.text
        label = _path_label(above.label, clause.label)
        heading = _is_heading(clause)
        silent = above.silent or (heading and bool(_ASSESS_HEAD.match(text)))
        preparing = above.preparing or (self.invitation and bool(_PREPARE.match(text)))
        bodies, explicit = heading_bodies(text) if heading or _announces(clause) else ((), False)
        if not heading and not silent and self._orders(path, clause, above, preparing):
            who, exp = self._assignees(text, above)
            self.out.append(Directive(label, text, who, exp, due(text, self.year), path))
        inherited = bodies or above.heading
        return _Above(
            label,
            inherited,
            explicit and clause.label is not None if bodies else above.explicit,
            () if bodies else above.lead_in,
            silent,
            preparing,
            clause.label is not None and bool(_ASKS.fullmatch(text)),
        )

    def _orders(self, path: tuple[int, ...], clause: Clause, above: _Above, preparing: bool) -> bool:
        text = clause.text
        if self.invitation:
            return (
                preparing
                and len(path) > 0
                and not _announces(clause)
                and (clause.label is not None or above.preparing)
                and bool(_INTENT.search(text) or _DO.match(text) or subject_of(text))
            )
        if not text or _announces(clause) or path in self.lead_ins:
            return False
        if len(path) == 1 and clause.label is None:
            return self._closing_orders(path[0], text)
        if _CLOSING.match(text) and clause.label is None:
            return False
        ordered = bool(ordered_bodies(text)[0])
        if ordered:
            return True
        if _ASSESSES.match(text):
            return False
        said = after_subject(text)
        if _AGREE.match(said):
            return bool(
                re.search(
                    (
                        r"[.;]\s[^.;]{0,80}(?:giao|yêu cầu|đề nghị)|(?:^|[.;]\s)(?:khẩn trương|tập trung|"
                        r"tiếp tục|rà soát)"
                    ),
                    text[10:],
                    re.I,
                )
            ) or bool(re.match(r"(?:nhất trí|thống nhất|đồng ý)\s(?:tổ chức|triển khai|giao)", text, re.I))
        if (
            _ASSESS.match(text)
            or _ASSESS.match(said)
            or (_ASSESS_INSIDE.search(text[:240]) and not _DO.match(text))
        ):
            return bool(re.search(r"[.;]\s(?:Yêu cầu|Giao|Đề nghị|Cần|Khẩn trương|Tập trung)\b", text))
        return True

    def _closing_orders(self, at: int, text: str) -> bool:
        """A top-level paragraph: introductions order nothing, a closing one with "yêu cầu" does."""
        if self.numbered and at < self.numbered[0]:
            return False
        if not self.numbered:
            return bool(ordered_bodies(text)[0]) and not _CLOSING.match(text)
        if _CLOSING.match(text):
            return False
        if re.match(r"(?:Căn cứ|Trên cơ sở) .{0,60}(?:Thông báo|Kết luận) này", text):
            return bool(ordered_bodies(text)[0])
        return bool(re.search(r"(?<!\w)(?:yêu cầu|giao|đề nghị)\s", text, re.I))

    def _assignees(self, text: str, above: _Above) -> tuple[tuple[str, ...], bool]:
        who, _ = ordered_bodies(text)
        if who:
            return who, True
        if subject := subject_of(text):
            return subject, above.asked
        if above.heading:
            return above.heading, above.explicit
        return above.lead_in, False


def _path_label(above: str | None, label: str | None) -> str | None:
    """Labels from the top down without signs; bullets left out; "4.1" replaces "4"."""
    if label is None or not any(c.isalnum() for c in label):
        return above
    bare = re.sub(r"[()\[\]]", "", label).strip(".-–/ ")
    if above is None or bare.startswith(above + "."):
        return bare
    first, _, _ = above.partition(".")
    if "." in bare and (bare.startswith(first + ".") or bare.split(".")[0] == above.split(".")[-1]):
        return (
            bare
            if bare.startswith(above.split(".")[0] + ".")
            else f"{above.rpartition('.')[0]}.{bare}".strip(".")
        )
    return f"{above}.{bare}"


def _is_heading(clause: Clause) -> bool:
    if clause.role is Role.HEADING and clause.label and clause.children:
        return clause.text.isupper() or (
            len(clause.text) < 200 and (clause.text[-1:] not in ".;" or not clause.text)
        )
    return clause.role is Role.HEADING and clause.text.isupper()


def _announces(clause: Clause) -> bool:
    """A clause that ends with ":" over children only leads them in."""
    return clause.text.rstrip().endswith(":") and bool(clause.children)


def _leads_in(clause: Clause, siblings: tuple[Clause, ...], at: int) -> bool:
    text = clause.text.rstrip()
    follows = at + 1 < len(siblings) and siblings[at + 1].label is not None
    return follows and (text.endswith(":") or bool(re.search(r"(?:như sau|sau đây|sau)[.:;]?$", text)))
