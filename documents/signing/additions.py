"""What an incremental update added to a PDF: nothing but signatures, or something else too?

A validation judges what came after a signature. What was changed between the issued file and the first
signature is signed along, so it is judged here: every object of the issued file must still be there as
it was, except where a signature has to be hung up.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

#: Keys of the catalog that a signature writes.
_CATALOG = {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"}
#: Keys of a form that only holds signatures.
_FORM = {"/Fields", "/SigFlags", "/DA", "/DR", "/Q"}
#: The part of an A4 page (in square points) that the mark of one signature may cover.
_LARGEST_MARK = 0.2 * 595 * 842
_DEEP = 12

Key = tuple[int, int]


def only_signed(after: bytes, before: bytes) -> bool:
    """Whether all that ``after`` has more than ``before`` are signatures and the data that proves them."""
    try:
        with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(after)) as new:
            return _only_signed(new, old) and not new.get_warnings()
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def _only_signed(new: pikepdf.Pdf, old: pikepdf.Pdf) -> bool:
    pages = {page.objgen for page in old.pages}
    free = set(_maintained(old))
    for thing in old.objects:
        key = thing.objgen
        if key == (0, 0) or key in free:
            continue
        there = new.get_object(key)
        if key == old.Root.objgen:
            same = _same_but(there, thing, _CATALOG)
        elif key in pages:
            same = _same_but(there, thing, {"/Annots"})
        else:
            same = _same(there, thing)
        if not same:
            return False
    return new.Root.objgen == old.Root.objgen and _form_is_plain(new) and _marks_are_plain(new, old)


def _maintained(old: pikepdf.Pdf) -> Iterator[Key]:
    """Objects that a signature renews: metadata, the form and its list, proofs, lists of annotations."""
    root = old.Root
    if "/Info" in old.trailer:
        yield old.trailer.Info.objgen
    for page in old.pages:
        if "/Annots" in page:
            yield page.Annots.objgen
    if "/Metadata" in root:
        yield root.Metadata.objgen
    if "/AcroForm" in root:
        yield root.AcroForm.objgen
        yield root.AcroForm.Fields.objgen
    if "/DSS" in root:
        yield from _below(root.DSS, _DEEP)


def _below(thing: Any, depth: int) -> Iterator[Key]:
    """Dictionaries and lists under the proofs; the proofs themselves are streams and stay."""
    if depth and isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
        yield thing.objgen
        values = thing.values() if isinstance(thing, pikepdf.Dictionary) else list(thing)
        for value in values:
            yield from _below(value, depth - 1)


def _same(there: Any, thing: Any) -> bool:
    if isinstance(thing, pikepdf.Stream):
        return (
            isinstance(there, pikepdf.Stream)
            and _same_but(there, thing, set())
            and there.read_raw_bytes() == thing.read_raw_bytes()
        )
    return bool(there.unparse() == thing.unparse())


def _same_but(there: Any, thing: Any, keys: set[str]) -> bool:
    """Two dictionaries (or those of two streams) with the same entries but ``keys``."""
    ours, theirs = _entries(thing, keys), _entries(there, keys)
    return ours == theirs


def _entries(thing: Any, without: set[str]) -> dict[str, bytes]:
    return {name: _written(thing[name]) for name in thing.keys() if name not in without}  # noqa: SIM118


def _written(value: Any) -> bytes:
    """A value as it stands in the file: a reference stays a reference."""
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        return b"%d %d R" % value.objgen
    return value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()


def _form_is_plain(new: pikepdf.Pdf) -> bool:
    """A form of signature fields alone, without scripts."""
    form = new.Root.get("/AcroForm")
    if form is None:
        return True
    fields = list(form.get("/Fields", []))
    return set(form.keys()) <= _FORM and all(field.get("/FT") == "/Sig" for field in fields)


def _marks_are_plain(new: pikepdf.Pdf, old: pikepdf.Pdf) -> bool:
    """On every page the old annotations, then only small widgets of signatures that do nothing."""
    for there, page in zip(new.pages, old.pages, strict=True):
        before = [_written(each) for each in page.get("/Annots", [])]
        annots = list(there.get("/Annots", []))
        if [_written(each) for each in annots[: len(before)]] != before:
            return False
        if not all(_is_mark(each) for each in annots[len(before) :]):
            return False
    return True


def _is_mark(widget: Any) -> bool:
    parent = widget.get("/Parent", widget)
    is_signature = "/Sig" in (widget.get("/FT"), parent.get("/FT"))
    left, bottom, right, top = (float(edge) for edge in widget.Rect)
    area = abs(right - left) * abs(top - bottom)
    acts = "/A" in widget or "/AA" in widget
    return widget.Subtype == "/Widget" and is_signature and not acts and area <= _LARGEST_MARK
