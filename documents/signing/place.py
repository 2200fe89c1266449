"""Where signature and seal stand on the printed page (NĐ 30/2020, Phụ lục I; HD 36)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from paper.forms import Profile
from paper.printing.pdf import Space, signature_space
from paper.value import Paper

_MM = 72 / 25.4
#: A handwritten name takes about this much room; the free space may be wider.
SIGNATURE_WIDTH = 50 * _MM
#: True size of the round seal of an agency, where the key says no other.
SEAL_DIAMETER = 36.0


class NoPlace(ValueError):
    """The paper has no block where a signature could stand; the text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page (from 0), in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


def space_of(paper: Paper, profile: Profile, pages: int) -> Space:
    """The free space of the signature block in a stored print of ``pages`` pages.

    Raises NoPlace where the paper has no such block or prints otherwise today than when it was stored.
    """
    space, count = signature_space(paper, profile)
    if space is None:
        raise NoPlace(_("Văn bản không in phần người ký nên không có chỗ đặt chữ ký."))
    if count != pages:
        raise NoPlace(_("Bản in đã lưu khác mẫu in hiện nay nên không đặt được chữ ký. Hãy ký ở ngoài."))
    return space


def signature(space: Space) -> Place:
    """The signer's picture: centred between position and name."""
    half = min(SIGNATURE_WIDTH, space.right - space.left) / 2
    middle = (space.left + space.right) / 2
    return Place(space.page - 1, middle - half, space.bottom, middle + half, space.top)


def seal(space: Space, diameter: float = SEAL_DIAMETER) -> Place:
    """The seal in its true size: it covers a third of the signature, at the left."""
    sign = signature(space)
    size = diameter * _MM
    right = sign.left + sign.width / 3
    middle = (sign.bottom + sign.top) / 2
    return Place(sign.page, right - size, middle - size / 2, right, middle + size / 2)
