"""Keys of the demonstration: an authority made at loading, its certificate trusted, its keys in the store.

The keys open with the password of the demonstration and are worth nothing outside it.
"""

from __future__ import annotations

import datetime as dt

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from agencies.models import IssuingBody, Person
from documents.models import Document, TrustAnchor
from documents.signing import keys, registry, trust
from lucngan.demo.people import PASSWORD

_AUTHORITY = "CA dùng thử (không có giá trị)"


def build(bodies: dict[str, IssuingBody], now: dt.datetime) -> None:
    """The chief's key, the seal of his body, the root that is trusted; the body's issued papers wait to
    be signed here."""
    body, chief = bodies["du-xa"], Person.objects.get(username="vanchung")
    own, root = authority(now)
    anchor = trust.certificates(root)[0]
    TrustAnchor.objects.create(
        name=_AUTHORITY,
        pem=trust.as_pem(anchor),
        fingerprint=anchor.sha256.hex(),
        until=anchor.not_valid_after,
    )
    secret = keys.Secret(PASSWORD)
    mine = key_file(chief.full_name, own, 2, now, PASSWORD)
    registry.add(mine, secret, owner=chief, actor=chief, now=now)
    seal = key_file(body.agency.name, own, 3, now, PASSWORD)
    registry.add(seal, secret, body=body, actor=chief, now=now)
    Document.objects.filter(issuing_body=body, state=Document.State.ISSUED).update(
        signing_manner=Document.Manner.HERE
    )


def authority(now: dt.datetime) -> tuple[rsa.RSAPrivateKey, bytes]:
    """A new root: its key, and its certificate (DER)."""
    own = rsa.generate_private_key(65537, 2048)
    return own, _certificate(_AUTHORITY, own, own, 1, now).public_bytes(serialization.Encoding.DER)


def key_file(
    name: str, authority: rsa.RSAPrivateKey, serial: int, now: dt.datetime, passphrase: str
) -> keys.File:
    """A new key with its certificate, as a PKCS#12 file."""
    own = rsa.generate_private_key(65537, 2048)
    certificate = _certificate(name, own, authority, serial, now)
    locked = serialization.BestAvailableEncryption(passphrase.encode())
    return keys.File(pkcs12.serialize_key_and_certificates(b"demo", own, certificate, None, locked))


def _certificate(
    name: str, own: rsa.RSAPrivateKey, authority: rsa.RSAPrivateKey, serial: int, now: dt.datetime
) -> x509.Certificate:
    public, is_root = own.public_key(), own is authority
    usage = x509.KeyUsage(not is_root, not is_root, False, False, False, is_root, is_root, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(_AUTHORITY))
        .public_key(public)
        .serial_number(serial)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(authority, hashes.SHA256())
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
