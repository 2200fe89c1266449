"""State papers: Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

import datetime as dt

from paper.forms.profile import Below, DateForm, Face, NumberForm, Profile, Title
from paper.value import Regime

STATE_ND30 = Profile(
    code="state_nd30",
    name="Văn bản hành chính theo Nghị định 30/2020/NĐ-CP",
    regime=Regime.STATE,
    # In force on signing, 05/3/2020 (Điều 37); no replacement is known.
    valid_from=dt.date(2020, 3, 5),
    valid_to=None,
    # Phụ lục I, I.3: top and bottom 20-25, left 30-35, right 15-20 mm.
    margin_top=20,
    margin_right=15,
    margin_bottom=20,
    margin_left=30,
    # I.7: Arabic, 13-14 pt upright, centred in the top margin, not on page 1.
    page_number=Face(14),
    page_number_from_edge=10,
    # Not fixed by the decree: 66/99 of 165 mm keeps the Quốc hiệu (95.7 mm at 13 pt) on one line.
    letterhead_left=66,
    letterhead_line=15,
    # II.1: Quốc hiệu 12-13 bold; Tiêu ngữ 13-14 bold with a rule of the same length as the text.
    title=Title(
        (
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Face(13, bold=True)),
            ("Độc lập - Tự do - Hạnh phúc", Face(14, bold=True)),
        )
    ),
    # II.2: superior 12-13 upright; issuer 12-13 bold with a rule of 1/3-1/2 of the text.
    superior=Face(13),
    issuer=Face(13, bold=True),
    issuer_below=Below.RULE,
    issuer_rule=0.4,
    # II.3: "Số: 15/QĐ-BNV" 13 upright.
    number=NumberForm(word="Số:", separator="/", gap=11, face=Face(13)),
    # II.4: 13-14 italic, on the line of the number.
    date=DateForm(face=Face(14, italic=True), day_gap=8, month_gap=7, year_gap=8),
    # III.2b: capitals 13-14 bold in a frame, bright red.
    urgency=Face(13, bold=True),
    urgency_colour="#e00000",
    # III.2b: HOẢ TỐC 30 × 8 mm, THƯỢNG KHẨN 40 × 8 mm, KHẨN 20 × 8 mm.
    urgency_frame=(("KHẨN", 20), ("THƯỢNG KHẨN", 40), ("HỎA TỐC", 30), ("HOẢ TỐC", 30)),
    urgency_height=8,
    # II.5: kind 13-14 bold capitals; subject 13-14 bold with a rule of 1/3-1/2 of the text.
    kind=Face(14, bold=True),
    subject=Face(14, bold=True),
    subject_below=Below.RULE,
    subject_rule=0.4,
    # II.5b: "V/v …" 12-13 upright, centred under the number.
    subject_of_letter=Face(13),
    # II.9d: "Kính gửi:" 13-14 upright.
    addressees_word="Kính gửi:",
    addressees=Face(14),
    # II.6e: 13-14 upright, justified, indent 1 or 1.27 cm, gap ≥ 6 pt, single to 1.5 lines (1.2 here).
    body=Face(14),
    line=16.8,
    exact_line=False,
    indent=12.7,
    gap=6,
    # II.6a: legal bases in italics, each on its own line.
    basis=Face(14, italic=True),
    # Office practice (reference pages): a preparing note on its own line in italic at the right.
    note=Face(14, italic=True),
    # Phụ lục III, forms 1.1-3.2 close with "./.".
    end_mark="./.",
    recipients_width=85,
    # II.9d: "Nơi nhận:" 12 bold italic; items 11 upright, each ending ";", the last ".".
    recipients_word="Nơi nhận:",
    recipients_title=Face(12, bold=True, italic=True),
    recipients=Face(11),
    recipient_end=";",
    recipients_last_end=".",
    # II.7: authority, position and name 13-14 bold.
    authority=Face(14, bold=True),
    position=Face(14, bold=True),
    signer=Face(14, bold=True),
    signature_space=27,
    # III.1: "Phụ lục I" 14 bold centred, title capitals 13-14 bold.
    appendix_label=Face(14, bold=True),
    appendix_title=Face(14, bold=True),
    footnote=Face(11),
)
