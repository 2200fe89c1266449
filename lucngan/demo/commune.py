"""Texts of the living office: programmes of a commune, with dates relative to the first start.

They are written as an office would write them and go in through the importer that users use.
"""

# ruff: noqa: E501  a paragraph of a paper is one line

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lucngan.lib.dates import WEEKDAYS, nth_weekday, short
from programmes.periods import Period


@dataclass(frozen=True)
class Calendar:
    """The meeting days of a month that are working days."""

    period: Period
    off: frozenset[dt.date]

    def on(self, weekday: int, nth: int) -> str:
        """ "26/4/2023 (thứ Tư)": the nth weekday, or the next working day behind it."""
        day = nth_weekday(self.period.year, self.period.index, weekday, nth)
        while day in self.off or day.weekday() >= 5:
            day += dt.timedelta(days=1)
        return f"{short(day)} ({WEEKDAYS[day.weekday()]})"


def issued_on(period: Period, off: frozenset[dt.date]) -> dt.date:
    """The last working day but one before the period."""
    day, left = period.start, 2
    while left:
        day -= dt.timedelta(days=1)
        left -= day.weekday() < 5 and day not in off
    return day


def party(period: Period, off: frozenset[dt.date], number: int | None) -> str:
    """The programme of the Đảng ủy for a month, in the words of a .txt file."""
    at, m, y = Calendar(period, off), period.index, period.year
    tentative = "Dự kiến ngày" if number is None else "Ngày"
    day = issued_on(period, off)
    dated = (
        f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"
        if number
        else (f"ngày     tháng {_month(day.month)} năm {day.year}")
    )
    prepared = [
        "(UBND xã chuẩn bị nội dung 1-3)",
        "(Ban Xây dựng Đảng chủ trì, Ủy ban MTTQ Việt Nam xã phối hợp)",
        "(Ủy ban Kiểm tra Đảng ủy chuẩn bị)",
        "(Văn phòng Đảng ủy chuẩn bị)",
    ]
    if number is None:
        prepared[2] = ""
    return f"""ĐẢNG BỘ TỈNH BẮC NINH
ĐẢNG ỦY XÃ LỤC NGẠN
*
Số {f"{number:02d}" if number else "     "}-CTr/ĐU

ĐẢNG CỘNG SẢN VIỆT NAM
Lục Ngạn, {dated}

CHƯƠNG TRÌNH
công tác {period.words}
-----

I. Lãnh đạo, chỉ đạo một số nhiệm vụ trọng tâm
1. Tiếp tục tuyên truyền, triển khai thực hiện Nghị quyết Đại hội đại biểu Đảng bộ xã lần thứ I, nhiệm kỳ 2025-2030 và các nghị quyết chuyên đề của Tỉnh ủy. Chỉ đạo sinh hoạt chi bộ tháng {m} bảo đảm đúng nguyên tắc, đúng thời gian; nắm chắc tình hình tư tưởng của cán bộ, đảng viên và Nhân dân khi vận hành chính quyền địa phương hai cấp.
2. Lãnh đạo phát triển kinh tế, trọng tâm là chăm sóc, tiêu thụ vải thiều, cây có múi; đẩy nhanh tiến độ giải ngân vốn đầu tư công và công tác giải phóng mặt bằng các dự án trên địa bàn xã. Chủ động phòng, chống thiên tai, bảo vệ rừng và phòng cháy, chữa cháy rừng.
3. Bảo đảm quốc phòng, an ninh, trật tự, an toàn xã hội; thực hiện tốt công tác tiếp công dân, giải quyết đơn thư khiếu nại, tố cáo ngay từ cơ sở, không để phát sinh điểm nóng.
4. Nâng cao chất lượng hoạt động của Trung tâm Phục vụ hành chính công; đẩy mạnh chuyển đổi số, thực hiện gửi, nhận văn bản điện tử theo Quy định số 337-QĐ/TW, ngày 27/6/2025 của Ban Bí thư.
II. Hội nghị Ban Thường vụ Đảng ủy: {tentative} {at.on(2, 4)}
1. Báo cáo tình hình kinh tế - xã hội tháng {m}; phương hướng, nhiệm vụ tháng {period.next.index} năm {period.next.year}.
2. Báo cáo tiến độ các dự án trọng điểm trên địa bàn xã.
3. Báo cáo kết quả cải cách hành chính và hoạt động của Trung tâm Phục vụ hành chính công.
{prepared[0]}
4. Sơ kết thực hiện Nghị quyết số 03-NQ/ĐU, ngày 05/9/2025 của Ban Chấp hành Đảng bộ xã về công tác dân vận.
{prepared[1]}
5. Báo cáo kết quả kiểm tra, giám sát và thi hành kỷ luật đảng tháng {m} năm {y}.
{prepared[2]}
6. Báo cáo những công việc chính Thường trực Đảng ủy giải quyết giữa hai kỳ họp.
{prepared[3]}
III. Hội nghị giao ban với bí thư các chi bộ, đảng bộ trực thuộc: {tentative} {at.on(4, 2)}
IV. Hội nghị thông tin thời sự (trực tuyến) cho cán bộ chủ chốt: {"lịch cụ thể sẽ thông báo sau" if number is None else f"Ngày {at.on(3, 3)}"}
V. Giao ban Thường trực Đảng ủy chiều thứ Hai hằng tuần
VI. Đồng chí Bí thư Đảng ủy tiếp công dân: Sáng ngày {at.on(3, 2)}
Các cơ quan, đơn vị căn cứ nội dung chương trình và Quy chế làm việc của Ban Chấp hành Đảng bộ xã, chủ động chuẩn bị nội dung, gửi Văn phòng Đảng ủy trước ngày họp ít nhất 03 ngày làm việc./.

Nơi nhận:
- Thường trực Tỉnh ủy,
- Văn phòng Tỉnh ủy,                    (báo cáo)
- Các đồng chí ủy viên Ban Chấp hành Đảng bộ xã,
- Thường trực HĐND, lãnh đạo UBND xã,
- Ủy ban MTTQ Việt Nam xã,
- Các cơ quan tham mưu, giúp việc Đảng ủy,
- Các chi bộ, đảng bộ trực thuộc,
- Lưu Văn phòng Đảng ủy.

T/L BAN THƯỜNG VỤ
CHÁNH VĂN PHÒNG


Vi Văn Chung
"""


def state(period: Period, off: frozenset[dt.date], number: int | None) -> str:
    """The programme of the UBND for a month, in the words of a .txt file."""
    at, m, y = Calendar(period, off), period.index, period.year
    day = issued_on(period, off)
    dated = (
        f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"
        if number
        else f"ngày        tháng       năm {day.year}"
    )
    tentative = "Dự kiến ngày" if number is None else "Ngày"
    return f"""ỦY BAN NHÂN DÂN
XÃ LỤC NGẠN

Số: {f"{number:02d}" if number else "          "}/CTr-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lục Ngạn, {dated}

CHƯƠNG TRÌNH
Công tác của UBND xã {period.words}

I. NHIỆM VỤ TRỌNG TÂM
1. Về kinh tế
1.1. Chỉ đạo chăm sóc cây ăn quả, gieo trồng cây vụ đông đúng khung thời vụ; kiểm tra, kiểm soát vật tư nông nghiệp trên địa bàn. Hướng dẫn các hợp tác xã đăng ký mã số vùng trồng phục vụ xuất khẩu.
1.2. Đôn đốc tiến độ thi công, giải ngân các công trình xây dựng cơ bản năm {y}; rà soát nguồn thu, hoàn thành dự toán thu ngân sách được giao. Tăng cường quản lý đất đai, tài nguyên, khoáng sản và môi trường.
2. Về văn hóa - xã hội
2.1. Duy trì nền nếp dạy và học; chuẩn bị các điều kiện tổ chức các hoạt động văn hóa, thể thao chào mừng các ngày lễ lớn.
2.2. Thực hiện đầy đủ, kịp thời chính sách đối với người có công, hộ nghèo, hộ cận nghèo và đối tượng bảo trợ xã hội.
3. Về nội chính, cải cách hành chính
3.1. Bảo đảm an ninh, trật tự; chấn chỉnh kỷ luật, kỷ cương hành chính, giải quyết thủ tục hành chính đúng hạn trên 98%.
II. CÁC HỘI NGHỊ CHÍNH TRONG THÁNG
1. Phiên họp UBND xã thường kỳ tháng {m}: {tentative} {at.on(4, 3)}
a) Báo cáo tình hình kinh tế - xã hội tháng {m}; nhiệm vụ trọng tâm tháng {period.next.index} năm {period.next.year} (Văn phòng HĐND và UBND xã chuẩn bị).
b) Báo cáo tiến độ các dự án trọng điểm trên địa bàn xã (Phòng Kinh tế chuẩn bị).
c) Báo cáo kết quả cải cách hành chính (Trung tâm Phục vụ hành chính công chủ trì, Phòng Văn hóa - Xã hội phối hợp).
d) Các nội dung khác trình theo quy định.
2. Hội nghị giao ban với trưởng các thôn: {tentative} {at.on(1, 2)}
3. Chủ tịch và các Phó Chủ tịch UBND xã giao ban chiều thứ Năm hằng tuần
Các cơ quan, đơn vị căn cứ chương trình công tác, chủ động chuẩn bị nội dung bảo đảm chất lượng, tiến độ./.

Nơi nhận:
- Văn phòng UBND tỉnh (báo cáo);
- Thường trực Đảng ủy, Thường trực HĐND xã;
- Chủ tịch, các PCT UBND xã;
- Ủy ban MTTQ Việt Nam xã;
- Các cơ quan, đơn vị thuộc UBND xã;
- Trưởng các thôn, tổ dân phố;
- Lưu: VT.

TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG


Hoàng Đức Thắng
"""


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)
