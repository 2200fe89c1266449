"""The few drawings of the printed page, and the fetcher that serves them and nothing else."""

from __future__ import annotations

from functools import cache
from typing import Any

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 {h}" width="7" height="{h}">{body}</svg>'
_STROKE = 'fill="none" stroke="#000" stroke-width=".7"'

#: Drawings by their address. The brace has a top, a middle and a bottom; between them runs a line.
ASSETS: dict[str, str] = {
    "paper:brace-top.svg": _SVG.format(h=7, body=f'<path d="M0.2 .6 C2.2 .6 3.1 1.6 3.1 7" {_STROKE}/>'),
    "paper:brace-bottom.svg": _SVG.format(h=7, body=f'<path d="M0.2 6.4 C2.2 6.4 3.1 5.4 3.1 0" {_STROKE}/>'),
    "paper:brace-line.svg": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 10" width="7" height="10" '
        'preserveAspectRatio="none">'
        f'<path d="M3.1 0 V10" {_STROKE}/></svg>'
    ),
    "paper:brace-middle.svg": _SVG.format(
        h=9,
        body='<rect x="2.4" y="0" width="1.4" height="9" fill="#fff"/>'
        f'<path d="M3.1 0 C3.1 3 3.6 4.2 6.6 4.5 C3.6 4.8 3.1 6 3.1 9" {_STROKE}/>',
    ),
}


@cache
def fetcher() -> Any:
    """A WeasyPrint URL fetcher that knows :data:`ASSETS` and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnAssets(URLFetcher):  # type: ignore[misc]
        """Serves the drawings above; a file, a host or a data address is an error, logged and left out."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url not in ASSETS:
                raise ValueError(f"Không tải tài nguyên ngoài: {url[:80]}")
            return URLFetcherResponse(url, ASSETS[url], {"Content-Type": "image/svg+xml"})

    return OwnAssets()
