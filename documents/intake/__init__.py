"""Tiếp nhận: a file or pasted text on its way to becoming a document."""
