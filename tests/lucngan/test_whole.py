"""The body of a request is whole, or reading it is an error."""

from __future__ import annotations

import io
from typing import Any

import pytest

from lucngan.lib.whole import WholeBody, whole_bodies


def test_a_whole_body_is_read_as_it_is() -> None:
    body = WholeBody(io.BytesIO(b"abc\ndef"), 7)

    assert (body.readline(), body.read(), body.read(0)) == (b"abc\n", b"def", b"")
    assert body.read() == b""


def test_a_body_that_ends_early_is_an_error() -> None:
    body = WholeBody(io.BytesIO(b"abc"), 7)

    assert body.read() == b"abc"
    with pytest.raises(OSError, match="4 bytes missing"):
        body.read()


def test_a_body_without_length_is_left_alone() -> None:
    source = io.BytesIO(b"abc")
    environ: dict[str, Any] = {"wsgi.input": source}

    whole_bodies(lambda given, _start: [given["wsgi.input"].read()])(environ, print)

    assert environ["wsgi.input"] is source
