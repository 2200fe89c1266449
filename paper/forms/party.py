"""Party papers: Hướng dẫn 36-HD/VPTW (2018) and Hướng dẫn 05-HD/VPTW (2026).

The tables of both texts agree in every measure; they differ in validity, in the end mark and in
the sign after a recipient, so the second is written as a change of the first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from paper.forms.profile import Below, DateForm, Face, NumberForm, Profile, Title
from paper.value import Regime

PARTY_HD36 = Profile(
    code="party_hd36",
    name="Văn bản của Đảng theo Hướng dẫn 36-HD/VPTW",
    regime=Regime.PARTY,
    # HD 36-HD/VPTW of 03/4/2018, replaced by HD 05-HD/VPTW of 27/5/2026.
    valid_from=dt.date(2018, 4, 3),
    valid_to=dt.date(2026, 5, 26),
    # HD 05 (same in HD 36): A4; top 20, bottom 20, left 30, right 15 mm.
    margin_top=20,
    margin_right=15,
    margin_bottom=20,
    margin_left=30,
    # HD 05, HD 11: Arabic, 14 pt upright, centred, 10 mm from the top edge, not on page 1.
    page_number=Face(14),
    page_number_from_edge=10,
    # Office practice: the columns of the letterhead are not fixed by the rule; 80/85 of 165 mm lets
    # "ĐẢNG CỘNG SẢN VIỆT NAM" (72.9 mm at 15 pt) and a place-date of 83 mm stand in their column.
    letterhead_left=80,
    letterhead_line=19,
    # HD 36 annex: title 15 pt bold, below it a solid rule as long as the title; no motto.
    title=Title((("ĐẢNG CỘNG SẢN VIỆT NAM", Face(15, bold=True)),)),
    # HD 36: direct superior 14 upright; issuing body 14 bold, below it an asterisk, no rule.
    superior=Face(14),
    issuer=Face(14, bold=True),
    issuer_below=Below.ASTERISK,
    issuer_rule=0,
    # HD 36: "Số 39-CTr/HU", 14 upright, no colon, number-hyphen-kind.
    number=NumberForm(word="Số", separator="-", gap=6, face=Face(14)),
    # HD 36: 14 italic, below the rule of the title.
    date=DateForm(face=Face(14, italic=True), day_gap=5, month_gap=5, year_gap=8),
    # HD 05: KHẨN, THƯỢNG KHẨN, HỎA TỐC 14 bold under the number.
    urgency=Face(14, bold=True),
    urgency_colour="#000000",
    urgency_frame=(),
    urgency_height=7,
    # HD 36: kind 15-16 bold capitals; subject 14-15 bold; below it five hyphens.
    kind=Face(16, bold=True),
    subject=Face(15, bold=True),
    subject_below=Below.DASHES,
    subject_rule=0,
    # HD 36: subject of a công văn 12 italic under the number.
    subject_of_letter=Face(12, italic=True),
    # HD 05: "Kính gửi" in italic 14.
    addressees_word="Kính gửi:",
    addressees=Face(14, italic=True),
    # HD 36: 14-15 pt, justified, indent about 10 mm, gap ≥ 6 pt, lines exactly 18-22 pt (19 here).
    body=Face(14),
    line=19,
    exact_line=True,
    indent=10,
    gap=6,
    # HD 05 summaries: the lines of "căn cứ" upright.
    basis=Face(14),
    # Office practice (reference pages): a preparing note in italic at the right.
    note=Face(14, italic=True),
    # Papers under HD 36 close with "./.".
    end_mark="./.",
    recipients_width=92,
    # HD 36: "Nơi nhận:" 14 upright underlined; recipients 12 upright; 2023 papers end lines with ",".
    recipients_word="Nơi nhận:",
    recipients_title=Face(14, underline=True),
    recipients=Face(12),
    recipient_end=",",
    recipients_last_end=".",
    # HD 36: authority 14 bold; position 14 NOT bold; name 14 bold.
    authority=Face(14, bold=True),
    position=Face(14),
    signer=Face(14, bold=True),
    signature_space=27,
    appendix_label=Face(14, bold=True),
    appendix_title=Face(14, bold=True),
    footnote=Face(12),
)

PARTY_HD05 = replace(
    PARTY_HD36,
    code="party_hd05",
    name="Văn bản của Đảng theo Hướng dẫn 05-HD/VPTW",
    # HD 05-HD/VPTW of 27/5/2026 under QĐ 399-QĐ/TW of 09/01/2026.
    valid_from=dt.date(2026, 5, 27),
    valid_to=None,
    # HD 05 summaries: the text closes with a full stop, not "./."; recipients are separated by ";".
    end_mark=".",
    recipient_end=";",
)
