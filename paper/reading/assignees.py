"""Who is to act: the bodies after Giao / Yêu cầu / Đề nghị, the subject of an order, a heading's body."""

from __future__ import annotations

import re

from paper.reading.bodies import acts_after, name_end, opens_body, split

_ORDER = re.compile(
    r"(?<!\w)(?:(?:và\s|thống nhất\s|đồng ý\s|nhất trí\s)?(?P<verb>Giao|Yêu cầu|Đề nghị|Phân công|giao|"
    r"yêu cầu|đề nghị|phân công))\s(?:cho\s|đến\s)?"
)


_HEAD_PREFIX = re.compile(
    (
        r"(?:giao(?:\scho)?|yêu cầu|đề nghị|phân công|đối với|về phía|trách nhiệm (?:của|đối với)|nhiệm vụ "
        r"(?:của|đối với)|về nhiệm vụ (?:của|đối với))\s"
    ),
    re.I,
)


_HEAD_OF = re.compile(
    (
        r"(?:về\s)?(?:công tác\s)?(?:(?:lãnh đạo|chỉ đạo|quản lý|điều hành|hoạt động|nhiệm vụ|công tác|"
        r"trách nhiệm)(?:,|\svà)?\s?){1,4}của\s(?P<body>.+)$"
    ),
    re.I,
)


def after_subject(text: str) -> str:
    """The words behind the body that opens a sentence: "Ban Thường vụ |ghi nhận, đánh giá cao …"."""
    return text[name_end(text, 0) :].lstrip(" ,") if opens_body(text) else text


def ordered_bodies(text: str) -> tuple[tuple[str, ...], int]:
    """Bodies after Giao / Yêu cầu / Đề nghị, in order, each once; and where the first stands."""
    out: list[str] = []
    first = -1
    at = 0
    while m := _ORDER.search(text, at):
        at = m.end()
        if m["verb"][0].islower() and not _ordering(text, m):
            continue
        if not opens_body(text, m.end()) and not _named_person(text, m.end()):
            continue
        stop = name_end(text, m.end(), several=True)
        stop = _colon_group(text, stop)
        names = split(text[m.end() : stop])
        out += [n for n in names if n not in out]
        first = m.start() if first < 0 else first
        at = max(stop, at)
    return tuple(out), first


_GROUP = 400
_GROUP_JOINT = re.compile(r"(?:,\s+(?:và\s+)?|\s+và\s+|:\s+)(?=[^\W\d_a-zà-ÿăđĩũơư]|các\s|Ủy|Ư)")


def _colon_group(text: str, stop: int) -> int:
    """ "các Tập đoàn: Điện lực Việt Nam, Dầu khí …" goes on behind its colon."""
    m = re.compile(r":\s(?=[^\W\d_a-z])").match(text, stop)
    head = re.search(
        (
            r"các\s(?:Tập đoàn|tập đoàn|Sở|sở|Bộ|bộ|xã|phường|huyện|tỉnh|thành phố|Ban|ban|cơ quan|đơn vị|"
            r"địa phương|ngân hàng|công ty|Tổng công ty|tổng công ty)[\w\s,]{0,30}$"
        ),
        text[max(0, stop - 60) : stop],
    )
    if m is None or head is None:
        return stop
    at = m.end()
    while at - stop < _GROUP:
        end = name_end(text, at)
        more = _GROUP_JOINT.match(text, end)
        if more is None:
            return end
        at = more.end()
    return at


def _named_person(text: str, at: int) -> bool:
    return bool(re.compile(r"(?:đồng chí|đ/c|ông|bà)\s", re.I).match(text, at))


def _ordering(text: str, m: re.Match[str]) -> bool:
    """A small "giao", "yêu cầu", "đề nghị" orders only as a verb before a body."""
    before = text[max(0, m.start() - 18) : m.start()]
    if re.search(
        (
            r"(?:theo|các|những|được|bàn|theo\s|nội dung|văn bản|đơn|hồ sơ|sự|đáp ứng|nhiệm vụ|đã|kế hoạch|"
            r"vốn|chỉ tiêu|bị)\s?$"
        ),
        before,
    ):
        return False
    return opens_body(text, m.end())


_PREFIX = re.compile(
    r"(?:(?:Về|Đối với|Riêng)\s[^:.;]{3,90}:|Riêng|Đối với|Về phía|Ngoài ra,|Đồng thời,)\s(?:đề nghị\s|"
    r"giao\s|yêu cầu\s)?"
)


_TOPIC = re.compile(r"[^:.;]{3,100}:\s(?=[^\W\d_a-z])")


def _topic(text: str) -> re.Match[str] | None:
    """A topic named before the order: "Công tác tuyên truyền: |Ban Tuyên giáo chủ trì …"."""
    if opens_body(text):
        return None
    m = _TOPIC.match(text)
    if m is None or not opens_body(text, m.end()):
        return None
    return m if acts_after(text, name_end(text, m.end(), several=True)) else None


_VERBS_ALIKE = re.compile(
    r"(?:Lãnh đạo|Thanh tra|Tổ chức|Báo cáo|Ban hành|Bộ phận)(?:,|\s(?:và\s)?(?:thực hiện|chỉ đạo|tổ chức|"
    r"triển khai|xây dựng|hoàn thành|đẩy mạnh|tốt|việc|công tác|kiểm tra|giám sát|đột xuất|định kỳ|toàn diện|"
    r"thành công|chặt chẽ|tập trung|nhiệm vụ|phát triển|thường xuyên|kịp thời))(?!\w)"
)


def subject_of(text: str) -> tuple[str, ...]:
    """The bodies that open an order as its subject: "Văn phòng nghiên cứu …"."""
    m = _PREFIX.match(text) or _topic(text)
    at = m.end() if m else 0
    if not opens_body(text, at) or _VERBS_ALIKE.match(text, at):
        return ()
    stop = name_end(text, at, several=True)
    stop = _colon_group(text, stop)
    if stop - at < 3:
        return ()
    after = text[stop : stop + 60]
    if acts_after(text, stop) or re.match(r"\s?:\s", after) or (m and after[:1] == ","):
        return split(text[at:stop])
    return ()


def heading_bodies(text: str) -> tuple[tuple[str, ...], bool]:
    """The bodies a heading names ("Sở Công Thương", "Giao Ban Pháp chế", "Về điều hành của UBND …")."""
    bare = text.strip().rstrip(":;. ")
    ordered, _ = ordered_bodies(bare)
    if ordered:
        return ordered, True
    m = _HEAD_PREFIX.match(bare)
    rest = bare[m.end() :] if m else bare
    if not m and (of := _HEAD_OF.match(bare)):
        rest = of["body"]
    if opens_body(rest):
        stop = name_end(rest, 0, several=True)
        if not rest[stop:].strip(" ,.;:") or re.match(r"\s\(", rest[stop:]):
            return split(rest[:stop]), bool(m and re.match(r"giao|yêu cầu|đề nghị|phân công", m[0], re.I))
        if subject := subject_of(bare):
            return subject, False
    return (), False
