"""Requests that broke off on the way: half a file is no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WholeBody:
    """The body of a request; its end before the announced length is an error.

    Servers hand over what came and then nothing more, and Django takes half a field for the
    whole. An OSError makes it an UnreadablePostError, and nothing is kept.
    """

    def __init__(self, source: BinaryIO, length: int) -> None:
        self.source = source
        self.left = length

    def read(self, size: int = -1) -> bytes:
        return self._counted(self.source.read(size), size)

    def readline(self, size: int = -1) -> bytes:
        return self._counted(self.source.readline(size), size)

    def _counted(self, data: bytes, size: int) -> bytes:
        self.left -= len(data)
        if self.left > 0 and not data and size != 0:
            raise OSError(f"the request broke off, {self.left} bytes missing")
        return data


def whole_bodies(application: Application) -> Application:
    """The application, behind bodies that are whole or an error."""

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isascii() and length.isdigit():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return wrapped
