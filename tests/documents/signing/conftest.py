"""A printed paper, an authority of the tests, and the signing of one by the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from documents.signing import keys, place, sign, stamp
from paper.forms import profile_of
from paper.printing import pages, pdf
from tests import authority, factories

NOW = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)
PAPER = factories.paper(factories.month(12), number=12)
Sign = Callable[..., sign.Signed]


@pytest.fixture(scope="session")
def issued() -> bytes:
    """The print of a small programme."""
    return pdf.render(PAPER)


@pytest.fixture(scope="session")
def ca() -> Iterator[authority.Authority]:
    """An authority with a clock and a revocation list on a local port."""
    with authority.serving(authority.Authority()) as made:
        yield made


@pytest.fixture(scope="session")
def asked() -> Iterator[authority.Authority]:
    """An authority with a clock that answers by OCSP and publishes no list."""
    made = authority.Authority("CA kiểm thử có OCSP", number=4, by_ocsp=True)
    with authority.serving(made):
        yield made


@pytest.fixture
def signed(issued: bytes) -> Sign:
    """Sign a print: ``signed(p12, "Vi Văn Chung", pdf=…, is_seal=…, **options of sign.sign)``."""

    def make(
        p12: bytes,
        name: str,
        *,
        pdf: bytes = b"",
        is_seal: bool = False,
        picture: bytes = b"",
        **options: object,
    ) -> sign.Signed:
        before = pdf or issued
        space = place.space_of(PAPER, profile_of(PAPER), pages.count(before))
        where = place.seal(space) if is_seal else place.signature(space)
        mark = stamp.Mark(stamp.signed_words(name, NOW), picture, is_seal)
        wish = sign.Wish(
            sign.SEAL_FIELD if is_seal else sign.SIGNER_FIELD,
            where,
            stamp.draw(mark, where),
            name,
            "Tân Sơn",
            dt.datetime.now(dt.UTC),
        )
        with keys.opened(keys.File(p12), keys.Secret(authority.PASSPHRASE)) as signer:
            return sign.sign(before, signer, wish, **options)  # type: ignore[arg-type]

    return make


@pytest.fixture
def both(signed: Sign) -> bytes:
    """Signed by a person and sealed by the agency, of an authority without any connection."""
    here = authority.Authority()
    one = signed(here.p12("Vi Văn Chung", 11), "Vi Văn Chung").pdf
    return signed(here.p12("Đảng ủy xã Tân Sơn", 12), "Đảng ủy xã Tân Sơn", pdf=one, is_seal=True).pdf
