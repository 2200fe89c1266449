"""Names of bodies (cơ quan, đơn vị) inside running text: where one ends, and lists of them.

No list of official names is needed: a name opens with a word that heads a body ("Sở", "Văn
phòng", "UBND"), goes on with capitals and with the small words that occur in names, and ends at a
verb or a function word. Conjunctions inside names ("Văn phòng HĐND và UBND", "Sở Văn hóa, Thể
thao và Du lịch", "Phòng Kinh tế và Hạ tầng") do not split them.
"""

from __future__ import annotations

import re

#: Words that open the name of a body or of its head; the longest first.
HEADS = (
    "Thứ trưởng|Phó Thủ tướng|Phó Bí thư|Phó Trưởng|Phó Chánh|Chánh|Viện trưởng|Vụ trưởng|Kiểm toán|Hải quan|"
    "Cảng|Liên hiệp|Liên minh|Hợp tác xã|Đại học|Bệnh viện|Trạm|Đội|Hạt|"
    "Ban Chấp hành|Ban Thường vụ|Ban Bí thư|Bộ Chính trị|Ban Chỉ đạo|Ban Tổ chức|Ban|Bộ trưởng|Bộ|"
    "Bảo hiểm|Báo|Bí thư|Bưu điện|Chi bộ|Chi cục|Chi nhánh|Chính phủ|Chủ nhiệm|Chủ tịch|Chủ đầu tư|"
    "Cục trưởng|Cục|Công an|Công ty|Công đoàn|Cơ quan|Giám đốc|Hạt|Học viện|Hội|HĐND|Hội đồng|Hiệp hội|"
    "Huyện đoàn|Huyện ủy|Huyện uỷ|Kho bạc|Khối|Lãnh đạo|Liên đoàn|MTTQ|Mặt trận|Ngân hàng|Ngành|Nhà máy|"
    "Phó Chủ tịch|Phó Thủ tướng|Phó Bí thư|Phó Giám đốc|Phó Trưởng|Phòng|Quân khu|Quận ủy|Quận uỷ|"
    "Quỹ|Quốc hội|Sở|TT|Thanh tra|Thành đoàn|Thành ủy|Thành uỷ|"
    "Thuế|Thư viện|Thường trực|Thường vụ|Thủ trưởng|Thủ tướng|Thị ủy|Tỉnh đoàn|Tỉnh ủy|Tỉnh uỷ|"
    "Toà án|Tòa án|Toà|Trung tâm|Trung ương|Trưởng|Trường|Tập đoàn|Tổ trưởng|Tổ|Tổng công ty|Tổng cục|"
    "Tổng Bí thư|"
    "UBMTTQ|UBND|UBKT|UB|Ủy ban|Uỷ ban|VKSND|TAND|Văn phòng|Viện|Vụ|Xã(?! hội)|Đài|Đoàn|Đảng bộ|Đảng uỷ|"
    "Đảng ủy|"
    "Điện lực|Đơn vị|Đội|Trạm|Công chức|Hiệu trưởng|Đồng chí|đồng chí|đ/c|Đ/c|BHXH|BCH|BTV|BCHQS|"
    "VP|VPCP|HU|CA|LĐLĐ|Chánh Văn phòng|"
    "cấp ủy|cấp uỷ|Cấp ủy|Cấp uỷ|nhà thầu|chủ đầu tư|Nhà thầu"
)
_HEAD = re.compile(rf"(?:(?:các|những|các đồng chí|Các|toàn thể|từng|tập thể)\s)?(?:{HEADS})(?!\w)")
_GROUP = re.compile(
    r"(?:[Cc]ác|[Nn]hững)\s(?:sở|ban|ngành|phòng|cơ quan|đơn vị|địa phương|xã|phường|huyện|tổ chức|bộ|"
    r"cấp|đồng chí|thành viên|doanh nghiệp|chi bộ|đảng bộ|cấp ủy|cấp uỷ|chủ đầu tư|nhà thầu|trường|đoàn thể|"
    r"nhà đầu tư|ngân hàng|tập đoàn|đảng ủy|đảng uỷ|thủ trưởng|hội|tổ|lực lượng|tỉnh|thành phố|phó)(?!\w)"
)
#: Small words that stand inside names.
_SMALL_TEXT = (
    "nhân dân tỉnh huyện xã phường thị trấn thành phố quận đặc khu thôn bản khu vực kiểm tra thường vụ "
    "trực ủy uỷ ban chấp hành đoàn hội đồng quốc gia lần thứ khóa khoá trung ương viên bộ phủ đội công "
    "an quân sự biên phòng chỉ huy các cấp cơ quan đơn vị sở ngành phòng địa phương tổ chức chính trị "
    "xã hội liên quan thuộc trực thuộc trên địa bàn phụ trách lãnh đạo thanh tra quản lý dự án đầu tư "
    "xây dựng khối đoàn thể đồng chí nhiệm kỳ cấp và của nông dân phụ nữ lao động tư pháp thi hành án "
    "dân sự chuyên môn giúp việc tham mưu có tư vấn hữu nước nhà lực lượng vũ trang nội chính điều tra "
    "kinh tế khu công nghiệp giải phóng mặt bằng chuyên trách chủ nhiệm phó trưởng chánh văn giám đốc "
    "đốc thường tịch đảng tập đoàn trường học viện nghiên cứu thầu bệnh trạm y tế trung tâm cựu chiến "
    "binh thanh niên miền núi đất đai quỹ rừng hộ dịch vụ nghề giáo dục văn hóa hoá tin thể thao truyền "
    "thanh sát cổ phần thoát nước điện lực giao vận tải thôn trật tự sách tộc tôn khoa công nghệ kỹ "
    "thuật đào tạo đỏ người cao tuổi thư cộng sản hợp tác liên minh hiểm xã kho bạc tài chính nguyên "
    "môi trường thống kê thuế hải quan bưu viễn thông công trình phố ấp khóm chi nhánh cục"
)
_SMALL = frozenset([*_SMALL_TEXT.split(), "cán", "hàng", "hải"])
#: Words that end a name: verbs that open an order, function words.
_STOP = re.compile(
    r"(?:chủ trì|chủ động|phối hợp|khẩn trương|chỉ đạo|rà soát|tham mưu(?!,? giúp việc)|nghiên cứu(?! "
    r"khoa học)|tiếp tục|tiếp thu|triển khai|"
    r"báo cáo|(?<!án đầu tư )(?<!lý đầu tư )xây dựng|hoàn thành|"
    r"hoàn thiện|hoàn chỉnh|chuẩn bị|thực hiện|tập trung|căn cứ|phải|có "
    r"trách nhiệm|đôn đốc|theo dõi|hướng dẫn|"
    r"kiểm tra|làm|là|trên cơ sở|theo|để|sớm|tăng cường|đẩy mạnh|đẩy nhanh|quan tâm|xem xét|cho ý kiến|"
    r"lập|(?<!công )trình|"
    r"ban hành|thẩm định|cùng|bố trí|giám sát|nhanh chóng|kịp thời|bám sát|nghiêm túc|quyết liệt|rút "
    r"kinh nghiệm|"
    r"xử lý|giải quyết|cập nhật|phân công|hỗ trợ|thông báo|gửi|tổng hợp|đề xuất|trước ngày|trong|tổ "
    r"chức(?! (?:chính trị|đoàn thể|có|đảng|tín dụng|cơ sở))|"
    r"về|đã|được|do|nhằm|đảm bảo|bảo đảm|với|từ|như|giao(?! thông)|"
    r"yêu cầu|đề nghị|quy định|phê duyệt|gắn|tại|sẽ|"
    r"cần|không|"
    r"ký|thay mặt|duy trì|nâng cao|phát huy|vận động|tuyên truyền|quán triệt|"
    r"lãnh đạo(?=,? (?:thực hiện|chỉ đạo|tổ chức|tốt|toàn diện|công tác|việc|xây dựng))|thống kê|trực tiếp|"
    r"chịu trách nhiệm|ưu tiên|đánh giá|"
    r"khắc phục|tháo gỡ|thống nhất|nhất trí|cung cấp|đăng ký|cử|mời|dự(?! án)|tham dự|chuyển|soạn thảo|lựa "
    r"chọn|bàn giao|"
    r"thành lập|kiện toàn|điều chỉnh|bổ sung|công bố|công khai|mở|thu|chi(?! (?:bộ|nhánh|cục|hội|đoàn))|"
    r"tiến hành|đẩy|rà|lấy|họp|làm "
    r"rõ|phân tích|giúp|"
    r"đầu mối|thường xuyên|định kỳ|chậm nhất|hằng|hàng|ngoài|sau|khi|nếu|vì|đến|ngay|nêu|nói|và thực "
    r"hiện|quy hoạch|"
    r"kiến nghị|tự|chấn chỉnh|kiểm soát|kiểm điểm|khảo sát|làm việc|xác định|yêu|tạo|đưa|bảo vệ|chấm "
    r"dứt|tạm|xin|nhận|vào|ở|"
    r"kết nối|ứng dụng|siết|sử dụng|đổi mới|chú trọng|lồng ghép|giữ|lấy|đề|huy động|phấn đấu|tích cực|"
    r"nắm|chăm sóc|đồng thời|"
    r"thay|xây(?! dựng)|tham gia|rút|phát động|xác minh|quyết định|cụ thể|đúng|nghiêm|tuân thủ|thẩm tra|hợp "
    r"nhất|sắp xếp|truyền thông)(?!\w)",
    re.I,
)
_NUMBERED = re.compile(r"số\s(?:\d|cộng đồng)")
_WORD = re.compile(r"[^\W_][\w./&]*(?:-[\w]+)*", re.UNICODE)
_LIMIT = 240


_NO_ACT = re.compile(
    r"(?:về|đã|được|do|nhằm|với|từ|như|tại|không|khi|nếu|vì|là|sau|đến|nêu|nói|ở|vào|ngoài|và thực "
    r"hiện|ký|trình bày|"
    r"báo cáo(?: tại| về)|họp)(?!\w)"
)


def acts_after(text: str, at: int) -> bool:
    """Whether a verb that opens an order stands behind a name ("Sở Xây dựng| khẩn trương …")."""
    m = re.compile(r"\s?,?\s?(?:cần|phải|sẽ)?\s?").match(text, at)
    assert m is not None
    if m[0].strip(" ,"):
        return True
    return bool(_STOP.match(text, m.end())) and not _NO_ACT.match(text, m.end())


def opens_body(text: str, at: int = 0) -> bool:
    """Whether a name (or a group such as "các sở, ban, ngành") opens at ``at``."""
    return bool(_HEAD.match(text, at) or _GROUP.match(text, at))


def name_end(text: str, start: int, *, several: bool = False) -> int:
    """End of the name that opens at ``start``; with ``several`` of the whole list of names.

    Looks at no more than 240 characters (or six hundred for a list), so the cost is bounded.
    """
    limit = min(len(text), start + (_LIMIT * 3 if several else _LIMIT))
    at = end = own = start
    first = True
    capital = False
    if head := _HEAD.match(text, start):
        at = end = head.end()
        first = False
    while at < limit:
        m = _WORD.match(text, at)
        if m is None:
            step = _joint(text, at, own, several=several)
            if step is None:
                break
            if several and opens_body(text, step):
                own = step
            at = step
            continue
        word = m[0].rstrip("./")
        if not first and _stops(text, at, word, capital):
            break
        capital = word[0].isupper() and not word.isupper()
        end = at = m.start() + len(word)
        if end < m.end():
            break
        first = False
    return end


def _stops(text: str, at: int, word: str, capital: bool) -> bool:
    """Whether ``word`` ends the name; after a capital ("Tài", "Bí") a small word mostly goes on."""
    if word[0].isupper() or word[0].isdigit():
        return False
    before = text[max(0, at - 9) : at].rstrip()
    if word == "kiểm" and before.lower().endswith(("ủy ban", "uỷ ban", "đoàn")):
        return False
    if word in ("và", "của"):
        return False
    if word == "số":
        return not _NUMBERED.match(text, at)
    if word == "tổ" and before.endswith("các"):
        return False
    if (
        (before.endswith("Thư") and word == "ký")
        or (before.endswith("Hàng") and word == "không")
        or (before.endswith("đầu tư") and word == "xây")
    ):
        return False
    if _STOP.match(text, at):
        return True
    return not capital and word.lower() not in _SMALL


def _joint(text: str, at: int, start: int, *, several: bool) -> int | None:
    """Where the name goes on after blanks, a hyphen, a comma; None where it ends."""
    c = text[at]
    if c == " ":
        m = re.compile(r"\s+(?:(và|của)\s+)?").match(text, at)
        assert m is not None
        if m[1] == "của":
            return m.end() if opens_body(text, m.end()) or _place(text, m.end()) else None
        if m[1] == "và":
            return m.end() if several or _joins(text, start, m.end()) else None
        return m.end()
    if c in "-–&":
        m2 = re.compile(r"[-–&]\s*(?=[^\W\d_])").match(text, at)
        return m2.end() if m2 else None
    if c == ",":
        m3 = re.compile(r",\s+(?:và\s+)?").match(text, at)
        if m3 is None:
            return None
        if several and (opens_body(text, m3.end()) or _listed(text, m3.end())):
            return m3.end()
        return m3.end() if _comma_in_name(text, start, m3.end()) else None
    if c == ";" and several:
        m4 = re.compile(r";\s+(?:và\s+)?").match(text, at)
        return m4.end() if m4 and opens_body(text, m4.end()) else None
    if c in "()" and several and c == "(":
        return None
    return None


def _place(text: str, at: int) -> bool:
    return bool(re.compile(r"(?:tỉnh|huyện|xã|thành phố|phường|quận|các)(?!\w)").match(text, at))


def _listed(text: str, at: int) -> bool:
    """A further member of a group: "các sở, ban, ngành", "UBND các xã, phường"."""
    return bool(
        re.compile(
            r"(?:ban|ngành|đơn vị|địa phương|phường|đặc khu|thị trấn|thị xã|thành phố|cơ quan|đoàn thể|phòng|"
            r"xã|quận|huyện|tổ chức|cấp ủy|cấp uỷ|HĐND|UBND|chi bộ|đảng bộ|đảng ủy|đảng uỷ|chủ đầu tư|"
            r"nhà thầu|tỉnh|hội|"
            r"tổ chức đảng|chính quyền|doanh nghiệp)(?!\w)"
        ).match(text, at)
    )


_COMMA_NAMES = re.compile(
    r"(?:Bộ|Sở|Phòng|Trung tâm|Cục|Chi cục|Ban|Ủy ban|Uỷ ban|Vụ)(?:\s(?:Văn hóa|Văn hoá|Nông nghiệp|"
    r"Giáo dục|Y tế|Lao động|Dân số|"
    r"Tuyên giáo|Quản lý|Thi đua|Kinh tế|Khoa học|Thông tin|Quy hoạch|Đầu tư|Phát thanh|Bảo vệ|Chăn "
    r"nuôi|Hạ tầng|Nội vụ|Kiểm tra|Pháp chế)\b|\s)"
)


def _comma_in_name(text: str, start: int, at: int) -> bool:
    """ "Sở Văn hóa, |Thể thao và Du lịch": a capital that opens no body, and a "và" soon after."""
    if not _COMMA_NAMES.match(text, start) or opens_body(text, at) or not text[at : at + 1].isupper():
        return False
    rest = re.split(r"[,.;:()]", text[at : at + 60], maxsplit=1)[0]
    return " và " in rest and rest.split(" và ", 1)[1][:1].isupper()


_PAPER = re.compile(
    r"(?:Nghị quyết|Quyết định|Chỉ thị|Kết luận|Quy định|Quy chế|Hướng dẫn|Thông báo|Thông tri|Báo cáo|"
    r"Kế hoạch|Chương trình|"
    r"Đề án|Tờ trình|Công văn|Văn bản|Công điện|Nghị định|Thông tư|Luật|Pháp lệnh)(?!\w)"
)


def _joins(text: str, start: int, at: int) -> bool:
    """Whether "và" belongs to the name: "… HĐND và |UBND huyện", "Kinh tế và |Hạ tầng"."""
    if not text[at : at + 1].isupper():
        return bool(re.compile(r"các (?:tổ chức|đoàn thể)(?!\w)").match(text, at))
    if re.compile(r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND)(?!\w)").match(text, at):
        return bool(
            re.search(
                r"(?:HĐND|UBND|Đoàn ĐBQH|Hội đồng nhân dân|Quốc hội)[\w ]{0,14}\s+và\s+$", text[start:at]
            )
        )
    return not opens_body(text, at) and not _PAPER.match(text, at)


_SPLIT = re.compile(r"\s*[,;]\s+(?:và\s+)?|\s+và\s+|\s+cùng\s+")


def split(text: str) -> tuple[str, ...]:
    """The names in a list: "Sở Tài chính, Sở Xây dựng và UBND tỉnh" gives three.

    A group under one noun or one modifier stays one entry: "các sở, ban, ngành",
    "UBND các xã, phường", "các Tập đoàn: Điện lực, Dầu khí".
    """
    text = text.strip(" ,;:.")
    if ":" in text:
        return (text,)
    parts: list[str] = []
    last = 0
    for m in _SPLIT.finditer(text):
        if m.start() <= last:
            continue
        head = text[last : m.start()]
        if not opens_body(text, m.end()) or _keeps(head, text[m.end() :], m[0]):
            continue
        parts.append(head)
        last = m.end()
    parts.append(text[last:])
    return tuple(p.strip(" ,;") for p in parts if p.strip(" ,;"))


def _keeps(head: str, rest: str, joint: str) -> bool:
    """Whether the joint stands inside one name or one group."""
    if "và" in joint and re.match(r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND)(?!\w)", rest):
        return bool(
            re.search(r"(?:Văn phòng|Đoàn ĐBQH|VP)[\w ]*(?:HĐND|Hội đồng nhân dân)[\w ]{0,12}$", head)
        ) or (head.endswith(("HĐND", "Hội đồng nhân dân")) and "Văn phòng" in head)
    if re.search(r"(?:Thường trực|Lãnh đạo|TT)\s[\w ]{0,30}$", head) and re.match(
        r"(?:HĐND|UBND)(?!\w)", rest
    ):
        return True
    if re.match(r"(?:Đồng chí|đồng chí|Đ/c|đ/c)\s", head) and "," in joint:
        return not re.match(r"(?:Đồng chí|đồng chí|Đ/c|đ/c)\s", rest)
    if re.search(r"^các (?:đồng chí|Đồng chí)\b", head):
        return False
    return False
