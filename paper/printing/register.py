"""The print of a register of outgoing papers: a cover, the table, and what the closing of the book says.

Cover and columns are those of NĐ 30/2020, Phụ lục IV. The same book gives the same bytes.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from paper.printing import fonts
from paper.printing.assets import fetcher
from paper.printing.glyphs import visible
from paper.printing.pdf import VARIANT

TITLE = "SỔ ĐĂNG KÝ VĂN BẢN ĐI"
#: The legal columns and their widths in millimetres, together the width between the margins.
COLUMNS = (
    ("Số, ký hiệu văn bản", 24),
    ("Ngày tháng văn bản", 21),
    ("Tên loại và trích yếu nội dung văn bản", 53),
    ("Người ký", 25),
    ("Nơi nhận văn bản", 37),
    ("Đơn vị, người nhận bản lưu", 21),
    ("Số lượng bản", 13),
    ("Ngày chuyển", 21),
    ("Ký nhận", 15),
    ("Ghi chú", 32),
)


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that the print says. ``rows`` have the ten columns; ``closing`` are the sentences that
    say whether a number is missing."""

    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    facts: tuple[str, ...]
    volume: str
    rows: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]


def render(book: Book) -> bytes:
    """The book as PDF/A on lying A4, without clock or chance."""
    from weasyprint import HTML

    page = html(book)
    document = HTML(string=page, base_url=None, url_fetcher=fetcher()).render(pdf_variant=VARIANT)
    with warnings.catch_warnings():
        # 2026-11: WeasyPrint 70 leaves the closing of its own colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        out: bytes = document.write_pdf(
            pdf_variant=VARIANT, pdf_identifier=hashlib.sha256(page.encode()).digest()[:16]
        )
    return out


def html(book: Book) -> str:
    return "".join(_page(book))


def _page(book: Book) -> Iterator[str]:
    yield f"<!doctype html><html lang=vi><head><meta charset=utf-8><title>{TITLE}</title>"
    yield f"<style>{_css()}</style></head><body>"
    yield from _cover(book)
    yield "<main><table><colgroup>"
    yield from (f'<col style="width: {width}mm">' for _name, width in COLUMNS)
    yield "</colgroup><thead><tr>"
    yield from (f"<th scope=col>{name}</th>" for name, _width in COLUMNS)
    yield "</tr><tr class=n>"
    yield from (f"<td>({n})</td>" for n in range(1, len(COLUMNS) + 1))
    yield "</tr></thead><tbody>"
    for row in book.rows:
        yield f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table><div class=closing>"
    yield from (f"<p>{_safe(line)}</p>" for line in book.closing)
    yield "</div></main></body></html>"


def _cover(book: Book) -> Iterator[str]:
    yield "<header class=cover><div class=frame><div class=agency>"
    yield from (f"<p class=superior>{_safe(line)}</p>" for line in book.superior)
    yield from (f"<p class=issuer>{_safe(line)}</p>" for line in book.issuer)
    yield f"<p class=rule></p></div><div class=name><h1>{TITLE}</h1>"
    yield from (f"<p>{_safe(line)}</p>" for line in book.facts)
    yield f"</div><p class=volume>{_safe(book.volume)}</p></div></header>"


def _safe(text: str) -> str:
    return escape(visible(text))


def _css() -> str:
    return f"""
@page {{ size: A4 landscape; margin: 15mm 15mm 15mm 20mm;
  @bottom-center {{ content: counter(page); font: 10pt '{fonts.family()}'; }} }}
@page :first {{ @bottom-center {{ content: none }} }}
html {{ font-family: '{fonts.family()}'; font-variant-ligatures: none; color: #000; font-size: 10.5pt; }}
body {{ margin: 0; overflow-wrap: break-word; }}
h1, p {{ margin: 0; }}
.cover {{ break-after: page; text-align: center; }}
.frame {{ box-sizing: border-box; height: 178mm; border: 2.25pt double #000; padding: 14mm 20mm;
  display: flex; flex-direction: column; justify-content: space-between; }}
.agency {{ font-size: 14pt; line-height: 1.35; }}
.issuer {{ font-weight: bold; }}
.rule {{ width: 45mm; margin: 3pt auto 0 auto; border-top: .75pt solid #000; }}
.name {{ font-size: 15pt; line-height: 1.8; }}
.name h1 {{ font-size: 28pt; line-height: 1.3; margin-bottom: 8mm; }}
.volume {{ font-size: 15pt; font-weight: bold; }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; line-height: 1.2; }}
th, td {{ border: .5pt solid #000; padding: 3pt 3.5pt; vertical-align: top; text-align: left;
  overflow-wrap: break-word; }}
thead {{ display: table-header-group; }}
tr {{ break-inside: avoid; }}
thead th {{ font-weight: bold; text-align: center; vertical-align: middle; }}
.n td {{ text-align: center; font-style: italic; font-size: 9pt; padding: 1pt; }}
td:nth-child(7) {{ text-align: center; }}
.closing {{ margin-top: 10pt; line-height: 1.35; font-size: 11.5pt; break-inside: avoid; }}
.closing p:first-child {{ font-weight: bold; }}
"""
