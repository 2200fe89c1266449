"""Handing a stored document to a browser: safe headers, parts of big files, nothing of where it lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from meetings.content import INLINE
from meetings.models import ItemFile

PIECE = 256 * 1024
#: A file of this site runs nothing and is shown in frames of this site alone. A PDF is not put into a
#: sandbox: browsers refuse to show one there.
_PICTURE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def serve(request: HttpRequest, file: ItemFile, *, as_attachment: bool) -> HttpResponseBase:
    """The file, or the part of it that was asked for (RFC 9110, section 14), or 304 for what the
    browser has already. PDF and pictures open in the browser, all else is saved."""
    etag = f'"{file.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _labelled(unchanged, file, etag, as_attachment)
    try:
        stored = file.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    part = _part(request, file.size, etag)
    if part is None:
        return _labelled(FileResponse(stored), file, etag, as_attachment)
    first, last = part
    if first > last:
        stored.close()
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{file.size}"
        return _labelled(refused, file, etag, as_attachment)
    answer = StreamingHttpResponse(_pieces(stored, first, last), status=206)
    answer["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    answer["Content-Length"] = str(last - first + 1)
    return _labelled(answer, file, etag, as_attachment)


def _labelled(response: HttpResponseBase, file: ItemFile, etag: str, as_attachment: bool) -> HttpResponseBase:
    shown = file.content_type in INLINE and not as_attachment
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _PDF if file.content_type == "application/pdf" else _PICTURE
    if response.status_code in (200, 206):
        response["Content-Type"] = file.content_type
        response["Content-Disposition"] = content_disposition_header(not shown, file.name) or "attachment"
        if response.status_code == 200:
            response["Content-Length"] = str(file.size)
    return response


def _part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte of one range; an empty one (first above last) where there is no such part;
    None for the whole, also where several ranges or an older file were asked for."""
    asked = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", request.headers.get("Range", ""))
    if asked is None or asked[0] == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return None
    if not asked[1]:
        return max(0, size - int(asked[2])), size - 1 if int(asked[2]) else -1
    first = int(asked[1])
    if asked[2] and int(asked[2]) < first:
        return None
    last = min(int(asked[2]) if asked[2] else size - 1, size - 1)
    return (first, last) if first < size else (1, 0)


def _pieces(stored: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with stored:
        stored.seek(first)
        left = last - first + 1
        while left > 0 and (piece := stored.read(min(left, PIECE))):
            left -= len(piece)
            yield piece
