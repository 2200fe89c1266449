"""A certification authority of the tests: root, keys, clock, revocation list and OCSP, on a local port."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

SINCE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2031, 1, 1, tzinfo=dt.UTC)
PASSPHRASE = "mật khẩu của khóa 7!"


@cache
def key(number: int) -> rsa.RSAPrivateKey:
    """A key of this run; making one takes a tenth of a second, so tests share them."""
    return rsa.generate_private_key(65537, 2048)


def name(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass
class Authority:
    """One root and what it issued; ``port`` is where its list and its clock answer (0: nowhere).

    ``by_ocsp``: it publishes no list; who wants to know asks for each certificate.
    """

    common: str = "CA kiểm thử chuyên dùng công vụ"
    port: int = 0
    number: int = 1
    by_ocsp: bool = False
    revoked: list[int] = field(default_factory=list)

    @property
    def subject(self) -> x509.Name:
        return name(self.common)

    def root(self) -> x509.Certificate:
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        return (
            self._builder(self.subject, key(self.number), 1, UNTIL)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(key(self.number), hashes.SHA256())
        )

    def _builder(
        self, subject: x509.Name, own: rsa.RSAPrivateKey, serial: int, until: dt.datetime
    ) -> x509.CertificateBuilder:
        public = own.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.subject)
            .public_key(public)
            .serial_number(serial)
            .not_valid_before(SINCE)
            .not_valid_after(until)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(key(self.number).public_key()),
                critical=False,
            )
        )

    def certificate(
        self,
        common: str,
        number: int,
        *,
        organisation: str = "",
        until: dt.datetime = UNTIL,
        is_clock: bool = False,
    ) -> x509.Certificate:
        builder = self._builder(name(common, organisation), key(number), number, until)
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        builder = builder.add_extension(usage, critical=True)
        if is_clock:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(purpose, critical=True)
        if self.port:
            builder = builder.add_extension(self._answering(), critical=False)
        return builder.sign(key(self.number), hashes.SHA256())

    def _answering(self) -> x509.ExtensionType:
        """Where a certificate says that its revocation is asked."""
        if self.by_ocsp:
            address = x509.UniformResourceIdentifier(f"http://127.0.0.1:{self.port}/ocsp")
            return x509.AuthorityInformationAccess(
                [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, address)]
            )
        address = x509.UniformResourceIdentifier(f"http://127.0.0.1:{self.port}/crl")
        return x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)])

    def p12(self, common: str, number: int, passphrase: str = PASSPHRASE, **values: object) -> bytes:
        """A PKCS#12 file of a new certificate."""
        made = self.certificate(common, number, **values)  # type: ignore[arg-type]
        locked = serialization.BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(b"khoa", key(number), made, [self.root()], locked)

    def pem(self) -> bytes:
        return self.root().public_bytes(serialization.Encoding.PEM)

    def anchor(self) -> asn1_x509.Certificate:
        return as_asn1(self.root())

    def crl(self) -> bytes:
        now = dt.datetime.now(dt.UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.subject)
            .last_update(now - dt.timedelta(hours=1))
            .next_update(now + dt.timedelta(days=2))
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(key(self.number).public_key()),
                critical=False,
            )
            .add_extension(x509.CRLNumber(7), critical=False)
        )
        for serial in self.revoked:
            row = x509.RevokedCertificateBuilder().serial_number(serial)
            builder = builder.add_revoked_certificate(
                row.revocation_date(now - dt.timedelta(hours=2)).build()
            )
        made = builder.sign(key(self.number), hashes.SHA256())
        return made.public_bytes(serialization.Encoding.DER)

    def ocsp(self, data: bytes) -> bytes:
        """The answer to one question, signed by the root itself."""
        asked, now = ocsp.load_der_ocsp_request(data), dt.datetime.now(dt.UTC)
        gone = asked.serial_number in self.revoked
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            issuer_name_hash=asked.issuer_name_hash,
            issuer_key_hash=asked.issuer_key_hash,
            serial_number=asked.serial_number,
            algorithm=asked.hash_algorithm,
            cert_status=ocsp.OCSPCertStatus.REVOKED if gone else ocsp.OCSPCertStatus.GOOD,
            this_update=now - dt.timedelta(minutes=5),
            next_update=now + dt.timedelta(days=2),
            revocation_time=now - dt.timedelta(hours=2) if gone else None,
            revocation_reason=x509.ReasonFlags.key_compromise if gone else None,
        )
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.root())
        for extension in asked.extensions:
            builder = builder.add_extension(extension.value, critical=False)  # the nonce
        made = builder.sign(key(self.number), hashes.SHA256())
        return made.public_bytes(serialization.Encoding.DER)

    def clock(self) -> DummyTimeStamper:
        private = key(90).private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        certificate = as_asn1(self.certificate("Đồng hồ kiểm thử", 90, is_clock=True))
        return DummyTimeStamper(certificate, asn1_keys.PrivateKeyInfo.load(private))


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


@contextmanager
def serving(authority: Authority) -> Iterator[Authority]:
    """The authority with its revocation list at /crl, or its answers at /ocsp, and its clock at /tsa."""

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Tests read no access log."""

        def do_GET(self) -> None:
            if authority.by_ocsp:
                self.send_error(404)
            else:
                self.answer(authority.crl(), "application/pkix-crl")

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/ocsp":
                self.answer(authority.ocsp(data), "application/ocsp-response")
                return
            asked = tsp.TimeStampReq.load(data)
            self.answer(authority.clock().request_tsa_response(asked).dump(), "application/timestamp-reply")

        def answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    authority.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
