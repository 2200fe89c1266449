"""The print of a comparison: two columns on A4, marks that need no colour, always the same bytes."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from paper.difference import Piece
from paper.printing import fonts
from paper.printing.assets import fetcher
from paper.printing.pdf import VARIANT


@dataclass(frozen=True, slots=True)
class Line:
    """One line on both sides; ``mark`` says in a word what became of it. A gap has one text."""

    mark: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    heading: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the print says."""

    title: str
    subject: str
    before: str
    after: str
    counts: str
    legend: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, tuple[Line, ...]], ...]


def render(sheet: Sheet) -> bytes:
    """The sheet as PDF/A, without clock or chance."""
    from weasyprint import HTML

    page = html(sheet)
    document = HTML(string=page, base_url=None, url_fetcher=fetcher()).render(pdf_variant=VARIANT)
    with warnings.catch_warnings():
        # 2026-11: WeasyPrint 70 leaves the closing of its own colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        out: bytes = document.write_pdf(
            pdf_variant=VARIANT, pdf_identifier=hashlib.sha256(page.encode()).digest()[:16]
        )
    return out


def html(sheet: Sheet) -> str:
    return "".join(_page(sheet))


def _page(sheet: Sheet) -> Iterator[str]:
    yield f"<!doctype html><html lang=vi><head><meta charset=utf-8><title>{escape(sheet.title)}</title>"
    yield f"<style>{_css()}</style></head><body>"
    yield f"<h1>{escape(sheet.title)}</h1><p class=subject>{escape(sheet.subject)}</p>"
    yield f"<p class=counts>{escape(sheet.counts)}</p><p class=legend>"
    yield ", ".join(f"<{tag}>{escape(words)}</{tag}>" for words, tag in sheet.legend)
    yield "</p><table><thead><tr><th class=mark scope=col></th>"
    yield f"<th scope=col>{escape(sheet.before)}</th><th scope=col>{escape(sheet.after)}</th></tr></thead>"
    yield "<tbody>"
    for name, lines in sheet.parts:
        yield f"<tr class=part><th scope=rowgroup colspan=3>{escape(name)}</th></tr>"
        yield from (_row(line) for line in lines)
    yield "</tbody></table></body></html>"


def _row(line: Line) -> str:
    if line.gap:
        return f"<tr class=gap><td colspan=3>{_words(line.before)}</td></tr>"
    look = f' class="{"h" if line.heading else ""}{" on" if line.mark else ""}"'
    sides = f"<td>{_words(line.before)}</td><td>{_words(line.after)}</td>"
    return f"<tr{look}><td class=mark>{escape(line.mark)}</td>{sides}</tr>"


def _words(pieces: tuple[Piece, ...]) -> str:
    out = []
    for piece in pieces:
        text = escape(piece.text).replace("\n", "<br>")
        out.append(text if piece.kind == "equal" else f"<{piece.kind}>{text}</{piece.kind}>")
    return "".join(out)


def _css() -> str:
    return f"""
@page {{ size: A4; margin: 18mm 15mm 18mm 15mm;
  @bottom-center {{ content: counter(page) "/" counter(pages); font: 9pt '{fonts.family()}'; }} }}
html {{ font-family: '{fonts.family()}'; font-variant-ligatures: none; color: #000; font-size: 10.5pt; }}
body {{ margin: 0; overflow-wrap: break-word; }}
h1 {{ font-size: 15pt; margin: 0; }}
p {{ margin: 2pt 0; }}
.subject {{ font-weight: bold; }}
.legend {{ margin-bottom: 8pt; }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed; }}
th, td {{ border: .5pt solid #777; padding: 3pt 4pt; vertical-align: top;
  text-align: left; font-weight: normal; }}
thead th {{ font-weight: bold; }}
.mark {{ width: 17mm; font-size: 9pt; font-style: italic; }}
.part th {{ font-weight: bold; background: #eee; break-after: avoid; }}
.gap td {{ color: #444; font-style: italic; text-align: center; }}
.h td {{ font-weight: bold; }}
.on .mark {{ font-weight: bold; border-left: 2pt solid #000; }}
del {{ text-decoration: line-through; color: #8a1c1c; }}
ins {{ text-decoration: underline; font-weight: bold; color: #14532d; }}
"""
