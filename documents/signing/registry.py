"""Keys are registered and retired; the passphrase only shows that the file opens."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import IssuingBody, Person
from documents.models import DocumentLog, SigningKey
from documents.operations import OperationError
from documents.signing import keys


def add(
    source: keys.File | keys.Token,
    secret: keys.Secret,
    *,
    owner: Person | None = None,
    body: IssuingBody | None = None,
    picture: bytes = b"",
    diameter: int = 36,
    actor: Person,
    now: dt.datetime,
) -> SigningKey:
    """Register a key of a person or a seal of a body. Raises BadKey for one that does not open or has
    run out, OperationError for one that is there already."""
    found = keys.read(source, secret)
    if found.until <= now:
        raise keys.BadKey(_("Chứng thư số đã hết hạn ngày %(day)s.") % {"day": f"{found.until:%d/%m/%Y}"})
    key = SigningKey(
        owner=owner, issuing_body=body, diameter=diameter, created_by=actor, created_at=now,
        name=found.name[:200], organisation=found.organisation[:200], issuer=found.issuer[:200],
        serial=found.serial, fingerprint=found.fingerprint, since=found.since, until=found.until,
    )  # fmt: skip
    if isinstance(source, keys.Token):
        key.kind = SigningKey.Kind.TOKEN
        key.module, key.token, key.label = source.module, source.token, source.label
    try:
        _save(key, source, picture, actor, now)
    except IntegrityError:
        key.file.delete(save=False)
        key.picture.delete(save=False)
        raise OperationError(_("Khóa này đã được đăng ký.")) from None
    return key


@transaction.atomic
def _save(
    key: SigningKey, source: keys.File | keys.Token, picture: bytes, actor: Person, now: dt.datetime
) -> None:
    if isinstance(source, keys.File):
        key.file.save(f"{key.public_id}.p12", ContentFile(source.data), save=False)
    if picture:
        key.picture.save(f"{key.public_id}.png", ContentFile(picture), save=False)
    key.save(force_insert=True)
    DocumentLog.objects.append(key, "key.add", actor=actor, now=now, data={"fingerprint": key.fingerprint})


@transaction.atomic
def retire(key: SigningKey, *, actor: Person, now: dt.datetime) -> bool:
    """Stop using a key and remove its file; True when it was done now."""
    if SigningKey.objects.filter(pk=key.pk, active=True).update(active=False, file="") != 1:
        return False
    if key.file:
        name, storage = str(key.file.name), key.file.storage
        transaction.on_commit(lambda: storage.delete(name))
    DocumentLog.objects.append(key, "key.retire", actor=actor, now=now, data={"fingerprint": key.fingerprint})
    return True
