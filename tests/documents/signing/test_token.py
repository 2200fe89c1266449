"""A key in a token, tried with SoftHSM."""

from __future__ import annotations

import datetime as dt

import pytest

from documents.signing import keys, place, sign, stamp, verify
from paper.printing import pdf
from tests.authority import Authority
from tests.documents.signing.conftest import NOW, PAPER
from tests.softhsm import MODULE, PIN


def test_a_token_signs(token: keys.Token, issued: bytes) -> None:
    space, _pages = pdf.signature_space(PAPER)
    assert space is not None
    where = place.signature(space)
    mark = stamp.draw(stamp.Mark(("Đã ký số",)), where)
    wish = sign.Wish(sign.SIGNER_FIELD, where, mark, "Vi Văn Chung", "Tân Sơn", dt.datetime.now(dt.UTC))

    with keys.opened(token, keys.Secret(PIN)) as signer:
        made = sign.sign(issued, signer, wish)

    assert verify.examine(made.pdf, (Authority().anchor(),)).trusted
    assert keys.read(token, keys.Secret(PIN)).name == "Vi Văn Chung"
    assert keys.read(token, keys.Secret(PIN)).until > NOW


def test_a_wrong_pin_is_a_sentence(token: keys.Token) -> None:
    with pytest.raises(keys.BadKey, match="PIN"):
        keys.read(token, keys.Secret("000000"))

    assert keys.read(token, keys.Secret(PIN)).name == "Vi Văn Chung"


def test_a_token_or_a_key_that_is_not_there_is_a_sentence(token: keys.Token) -> None:
    with pytest.raises(keys.BadKey, match="Không thấy thiết bị"):
        keys.read(keys.Token(MODULE, "khac", "chung"), keys.Secret(PIN))
    with pytest.raises(keys.BadKey, match="không có khóa"):
        keys.read(keys.Token(MODULE, "van-phong", "khac"), keys.Secret(PIN))
