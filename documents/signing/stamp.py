"""The visible marks, drawn by WeasyPrint so that fonts are embedded and PDF/A is kept."""

from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import dataclass
from html import escape
from typing import Any

from documents.signing.place import Place
from paper.printing import fonts
from paper.printing.glyphs import visible

BLUE, RED = "#1a3fa8", "#d7141a"
_PICTURE = "stamp:picture.png"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stamp shows: a picture (PNG), or words where there is none."""

    words: tuple[str, ...]
    picture: bytes = b""
    is_seal: bool = False


def signed_words(name: str, at: dt.datetime) -> tuple[str, ...]:
    """The words of a signature without a picture."""
    return "Đã ký số", name, f"{at:%H:%M:%S %d/%m/%Y}"


def draw(mark: Mark, place: Place) -> bytes:
    """One page of the size of ``place`` with the mark on it, as PDF/A."""
    from weasyprint import HTML

    page = HTML(string=_html(mark, place), base_url=None, url_fetcher=_fetcher(mark.picture))
    with warnings.catch_warnings():
        # 2026-11: WeasyPrint 70 leaves the closing of its own colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        out: bytes = page.write_pdf(pdf_variant="pdf/a-3b", pdf_identifier=b"stamp")
    return out


def _html(mark: Mark, place: Place) -> str:
    look = "seal" if mark.is_seal else "sign"
    inside = f'<img src="{_PICTURE}" alt="">' if mark.picture else _text(mark)
    return (
        f"<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>Dấu ký</title><style>{_css(place)}"
        f"</style></head><body><div class={look}>{inside}</div></body></html>"
    )


def _text(mark: Mark) -> str:
    lines = "".join(f"<p>{escape(visible(line))}</p>" for line in mark.words)
    return f'<div class="words">{lines}</div>'


def _css(place: Place) -> str:
    width, height = place.width, place.height
    ring = min(width, height)
    return f"""
@page {{ size: {width:.2f}pt {height:.2f}pt; margin: 0 }}
html {{ font-family: '{fonts.family()}'; font-variant-ligatures: none }}
body, p {{ margin: 0 }}
img {{ display: block; width: {width:.2f}pt; height: {height:.2f}pt; object-fit: contain }}
.sign, .seal {{ width: {width:.2f}pt; height: {height:.2f}pt; display: flex; align-items: center;
  justify-content: center; text-align: center; overflow: hidden; box-sizing: border-box }}
.sign {{ color: {BLUE}; font-size: 10pt; line-height: 1.25 }}
.sign .words {{ border: 1pt solid {BLUE}; padding: 3pt 6pt }}
.seal {{ color: {RED}; font-size: {ring / 11:.2f}pt; font-weight: bold; line-height: 1.2 }}
.seal .words {{ border: 2.5pt double {RED}; border-radius: 50%; width: {ring:.2f}pt; height: {ring:.2f}pt;
  box-sizing: border-box; padding: 0 {ring / 9:.2f}pt; overflow: hidden; display: flex;
  flex-direction: column; justify-content: center }}
"""


def _fetcher(picture: bytes) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyThePicture(URLFetcher):  # type: ignore[misc]
        """Serves the picture of the mark; every other address is an error, logged and left out."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url != _PICTURE or not picture:
                raise ValueError(f"Không tải tài nguyên ngoài: {url[:80]}")
            return URLFetcherResponse(url, picture, {"Content-Type": "image/png"})

    return OnlyThePicture()
