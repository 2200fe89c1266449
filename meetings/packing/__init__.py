"""The meeting pack (bộ tài liệu họp): values in, one PDF out; no rows, no requests.

A cover with the agenda, then every attached PDF and picture page by page, each page with a stamp
that says where one is. What cannot be put in is named on the cover and never stops the pack.
"""

from meetings.packing.content import Content, File, Item, Listed, Made, Problem
from meetings.packing.making import Stopped, make

__all__ = ["Content", "File", "Item", "Listed", "Made", "Problem", "Stopped", "make"]
