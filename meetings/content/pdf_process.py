"""Looks into one PDF and prints what it found: ``{"pages": n}`` or ``{"refused": why}``.

Run as a program of its own (``python pdf_process.py file pages``). Limits: 1 GB of memory beside the
file, 20 seconds of work, the number of pages that is asked for, 128 MB for a stream and 1 GB for all that
are no pictures, 500 million dots for a picture, one packing on top of another for none.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import zlib
from pathlib import Path
from typing import Any

import pikepdf

MAX_STREAM = 128 * 1024 * 1024
MAX_STREAMS = 1024 * 1024 * 1024
MAX_DOTS = 500_000_000
MEMORY = 1024 * 1024 * 1024
SECONDS = 20
PIECE = 256 * 1024

_PACKINGS = frozenset(("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"))


class Bomb(Exception):
    """It unpacks to more than any paper needs."""


class TooManyPages(Exception):
    """More pages than a meeting can read."""


def look(path: Path, most_pages: int) -> dict[str, Any]:
    """What there is to say about the file."""
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    pikepdf.settings.set_qpdf_limits(flate_max_memory=MAX_STREAM, run_length_max_memory=MAX_STREAM)
    try:
        with pikepdf.open(path) as pdf:
            found = count_pages(pdf, most_pages)
            check_streams(pdf)
    except pikepdf.PasswordError:
        return {"refused": "locked"}
    except TooManyPages:
        return {"refused": "pages"}
    except (Bomb, MemoryError, RecursionError):
        return {"refused": "bomb"}
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, OSError, RuntimeError):
        found = 0
    if pikepdf.settings.qpdf_limit_errors():
        return {"refused": "bomb"}
    return {"pages": found} if found else {"refused": "damaged"}


def count_pages(pdf: Any, most: int) -> int:
    """Walks the page tree itself: a tree that holds a branch twice would have no end otherwise."""
    waiting: list[Any] = [pdf.Root.Pages]
    found = steps = 0
    while waiting:
        node = waiting.pop()
        steps += 1
        kids = node.get("/Kids")
        if kids is None:
            found += 1
        else:
            waiting.extend(kids)
        if max(found, steps // 4, len(waiting)) > most:
            raise TooManyPages
    return found


def check_streams(pdf: Any) -> None:
    """No stream is packed twice, none unpacks to too much, no picture is absurd."""
    total = 0
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        packings = [name for name in filters(thing) if name in _PACKINGS]
        if len(packings) > 1:
            raise Bomb
        if str(thing.get("/Subtype", "")) == "/Image":
            if int(thing.get("/Width", 0)) * int(thing.get("/Height", 0)) > MAX_DOTS:
                raise Bomb
        elif packings and packings[0] in ("/FlateDecode", "/Fl"):
            total += inflated_size(thing.read_raw_bytes())
        if total > MAX_STREAMS:
            raise Bomb


def filters(thing: Any) -> list[str]:
    """The names of a stream's filters."""
    given = thing.get("/Filter")
    if given is None:
        return []
    return [str(name) for name in given] if isinstance(given, pikepdf.Array) else [str(given)]


def inflated_size(data: bytes) -> int:
    """How much comes out, counted piece by piece; what is no packed data counts for nothing."""
    unpacker, size, rest = zlib.decompressobj(), 0, data
    try:
        while not unpacker.eof:
            out = unpacker.decompress(rest, PIECE)
            size, rest = size + len(out), unpacker.unconsumed_tail
            if size > MAX_STREAM:
                raise Bomb
            if not out:
                break
    except zlib.error:
        return size
    return size


def main() -> int:
    path = Path(sys.argv[1])
    memory = MEMORY + path.stat().st_size
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    print(json.dumps(look(path, int(sys.argv[2]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
