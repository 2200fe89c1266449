"""Signing with a key that this program may use: people in their order, then the agency's seal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Person
from documents.models import Document, SignedCopy, SigningKey
from documents.papers import paper_of
from documents.signing import current_pdf, filing, keys, place, rules, sign, stamp, turns, verify
from documents.signing.filing import Refused
from documents.signing.stage import SEAL, SIGNER, Reach, Roles, Stage, practice_of, same_person, stage_of
from lucngan.lib.dates import short
from paper.printing import pages
from paper.printing.pdf import Space


class NotYet(Refused):
    """Somebody else signs first, or the date of the paper is still to come; the text is the sentence."""


def source_of(key: SigningKey) -> keys.File | keys.Token:
    """What opens the key. Raises BadKey where the module is not allowed or the file is gone."""
    if key.kind == SigningKey.Kind.TOKEN:
        if key.module not in settings.PKCS11_MODULES:
            raise keys.BadKey(_("Thư viện PKCS#11 của khóa này không còn được phép dùng."))
        return keys.Token(key.module, key.token, key.label)
    try:
        with key.file.open("rb") as stored:
            return keys.File(stored.read())
    except FileNotFoundError:
        raise keys.BadKey(_("Tệp khóa đã mất khỏi kho. Hãy đăng ký lại khóa.")) from None


def check(document: Document, key: SigningKey, person: Person, now: dt.datetime) -> Stage:
    """Whether this key may sign now; the stage of the paper. Raises Refused with a sentence."""
    filing.check_open(document)
    check_date(document, now)
    refusal = turns.standing_refusal(document)
    if refusal is not None:
        raise Refused(
            _("%(name)s đã từ chối ký: %(reason)s") % {"name": refusal.person, "reason": refusal.reason}
        )
    if document.signing_manner != Document.Manner.HERE:
        raise Refused(
            _("Cách ký của văn bản này là “%(manner)s”.") % {"manner": document.get_signing_manner_display()}
        )
    stage = stage_of(document)
    if not stage.wanted:
        raise Refused(_("Văn bản đã đủ chữ ký và dấu."))
    if not key.active:
        raise Refused(_("Khóa này đã ngừng dùng."))
    if key.is_seal and stage.wanted == SIGNER:
        raise NotYet(_("Người ký chưa ký. Người ký phải ký trước, dấu của cơ quan đóng sau."))
    if not key.is_seal and stage.wanted == SEAL:
        raise NotYet(_("Người ký đã ký; còn thiếu dấu của cơ quan."))
    if not key.is_seal:
        _check_turn(document, stage, person)
    return stage


def check_date(document: Document, now: dt.datetime) -> None:
    """A digital signature bears its own time, so that none is older than the date of its paper
    (NĐ 30/2020, Điều 18: issued on the day of signing, or the working day after it). Raises NotYet."""
    day = document.dated_on
    if day is not None and timezone.localdate(now) < day:
        raise NotYet(
            _("Văn bản đề ngày %(day)s. Chữ ký số ghi giờ ký thật nên từ ngày đó mới ký, đóng dấu được.")
            % {"day": short(day)}
        )


def _check_turn(document: Document, stage: Stage, person: Person) -> None:
    if stage.turn is not None and stage.turn.person_id != person.pk:
        raise NotYet(_("Đến lượt %(name)s ký trước.") % {"name": stage.turn.person})
    if stage.turn is None and not same_person(document.signing_name, person.full_name):
        raise Refused(
            _("Văn bản in tên người ký “%(name)s”; người khác không ký thay bằng khóa của mình được.")
            % {"name": document.signing_name}
        )


def sign_here(
    document: Document, key: SigningKey, secret: keys.Secret, *, actor: Person, now: dt.datetime
) -> SignedCopy:
    """One signature, filed as the newest copy. Raises Refused or BadKey; nothing is kept then."""
    stage = check(document, key, actor, now)
    with keys.opened(source_of(key), secret) as signer:
        return sign_with(document, key, signer, stage, actor=actor, now=now)


def sign_with(
    document: Document, key: SigningKey, signer: Any, stage: Stage, *, actor: Person, now: dt.datetime
) -> SignedCopy:
    """As :func:`sign_here` with a key that is open already (a batch opens it once)."""
    assert rules.may_use(actor, key, document)
    pdf, trusted = current_pdf(document), filing.anchors()
    practice = practice_of(document.issuing_body)
    try:
        made = sign.sign(
            pdf,
            signer,
            _wish(document, key, stage, pdf, now),
            timestamp_url=practice.timestamp_url or settings.TIMESTAMP_URL,
            anchors=trusted,
            wait=settings.REVOCATION_WAIT,
        )
    except (sign.CannotSign, place.NoPlace) as error:
        raise Refused(str(error)) from error
    report = verify.examine(made.pdf, trusted)
    if not report.sound:
        raise Refused(_("Chữ ký vừa tạo không qua được kiểm tra nên không lưu."))
    return filing.keep(
        document,
        made.pdf,
        SignedCopy.Kind.HERE,
        {**report.data(), "level": made.level},
        action="document.seal" if key.is_seal else "document.cosign" if stage.turn else "document.sign",
        reach=_reach(document, stage, report),
        before=stage.copy,
        actor=actor,
        now=now,
    )


def _reach(document: Document, stage: Stage, report: verify.Report) -> Reach:
    if stage.turn is not None:
        return Reach(cosigners=(stage.turn.pk,))
    complete = Roles.of(document.issuing_body).complete(report.signatures)
    return Reach(has_signer=True, complete=complete)


def _wish(document: Document, key: SigningKey, stage: Stage, pdf: bytes, now: dt.datetime) -> sign.Wish:
    if stage.turn is not None:
        field = f"{sign.COSIGNER_FIELD}{stage.turn.position}"
        return sign.Wish(field, None, b"", key.name, document.place, now)
    space = _space(document, pdf)
    where = place.seal(space, key.diameter) if key.is_seal else place.signature(space)
    picture = b""
    if key.picture:
        with key.picture.open("rb") as stored:
            picture = stored.read()
    if key.is_seal:
        words: tuple[str, ...] = (document.issuing_body.agency.name.upper(),)
    else:
        words = stamp.signed_words(document.signing_name or key.name, timezone.localtime(now))
    return sign.Wish(
        field=sign.SEAL_FIELD if key.is_seal else sign.SIGNER_FIELD,
        place=where,
        stamp=stamp.draw(stamp.Mark(words, picture, key.is_seal), where),
        name=key.name,
        location=document.place,
        at=now,
    )


def _space(document: Document, pdf: bytes) -> Space:
    """The free space of the signature block; the seal asks again for what the signature found."""
    name = f"signature-space-{document.snapshot.pdf_sha256}"
    found: Space | None = cache.get(name)
    if found is None:
        found = place.space_of(paper_of(document), document.form, pages.count(pdf))
        cache.set(name, found, 3600)
    return found
