"""How far the signing of a paper has come, read from its newest signed copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import IssuingBody
from documents.models import CoSigner, Document, SignedCopy, SigningKey, SigningPractice
from documents.signing import latest
from documents.signing.verify import Report, Signature
from lucngan.lib.text import fold

SIGNER, SEAL = "signer", "seal"


@dataclass(frozen=True, slots=True)
class Stage:
    """The newest copy, what is wanted next ("signer", "seal" or "" when nothing is), the co-signers, and
    the one whose turn it is (None when it is that of the person whose name is printed)."""

    copy: SignedCopy | None
    wanted: str
    cosigners: tuple[CoSigner, ...] = ()
    turn: CoSigner | None = None

    @classmethod
    def of(cls, copy: SignedCopy | None, cosigners: Iterable[CoSigner]) -> Stage:
        """Where a paper with this newest copy and these co-signers stands."""
        rows = tuple(cosigners)
        if copy is None or not copy.has_signer:
            return cls(copy, SIGNER, rows, next((each for each in rows if each.signed_at is None), None))
        return cls(copy, "" if copy.complete else SEAL, rows)

    @property
    def complete(self) -> bool:
        return self.copy is not None and self.copy.complete


def stage_of(document: Document) -> Stage:
    return Stage.of(latest(document), document.cosigners.select_related("person"))


def practice_of(body: IssuingBody) -> SigningPractice:
    """The body's own practice, else that of everybody."""
    return SigningPractice.objects.filter(issuing_body=body).first() or SigningPractice(issuing_body=body)


@dataclass(frozen=True, slots=True)
class Roles:
    """Tells the agency's seal from a person's signature by its certificate."""

    seals: frozenset[str]
    names: frozenset[str]
    has_seal: bool

    @classmethod
    def of(cls, body: IssuingBody) -> Roles:
        seals = SigningKey.objects.of_body(body.pk).values_list("fingerprint", flat=True)
        names = {fold(body.agency.name), fold(body.agency.short_name)}
        return cls(frozenset(seals), frozenset(names), practice_of(body).has_seal)

    def role(self, signature: Signature) -> str:
        is_seal = signature.fingerprint in self.seals or fold(signature.name) in self.names
        return SEAL if is_seal else SIGNER

    def complete(self, signatures: Iterable[Signature]) -> bool:
        """A person signed, and the agency after him where it has a seal."""
        roles = [self.role(each) for each in signatures]
        return SIGNER in roles and (not self.has_seal or roles[-1] == SEAL)

    def out_of_order(self, signatures: Iterable[Signature]) -> bool:
        """The agency before the person."""
        roles = [self.role(each) for each in signatures]
        return bool(roles) and roles[0] == SEAL


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a copy brings the paper: the co-signers who signed now, whether the person whose name is
    printed did, whether nothing is wanted any more."""

    cosigners: tuple[int, ...] = ()
    has_signer: bool = False
    complete: bool = False


class OutOfOrder(ValueError):
    """Somebody signed before his turn; the text is a sentence for the person."""


@dataclass
class Reading:
    """Who the new signatures of a copy that was signed elsewhere belong to, told by their certificates."""

    waiting: list[CoSigner]
    signed: list[CoSigner] = field(default_factory=list)
    others: list[Signature] = field(default_factory=list)

    def take(self, signature: Signature) -> None:
        """The next signature: that of a co-signer whose turn it is, or of the person whose name is
        printed. Raises OutOfOrder where a co-signer should have signed before."""
        found = next((each for each in self.waiting if same_person(str(each.person), signature.name)), None)
        if self.waiting and found is not self.waiting[0]:
            raise OutOfOrder(
                _("%(first)s phải ký trước %(name)s.")
                % {"first": self.waiting[0].person, "name": signature.name}
            )
        if found is None:
            self.others.append(signature)
        else:
            self.signed.append(self.waiting.pop(0))


def read_outside(
    cosigners: Iterable[CoSigner], before: SignedCopy | None, report: Report, roles: Roles
) -> tuple[Reach, Reading]:
    """How far a copy brings the paper whose report begins with that of ``before``. Raises OutOfOrder."""
    reading = Reading([each for each in cosigners if each.signed_at is None])
    known = len(before.report.get("signatures", ())) if before is not None else 0
    for signature in report.signatures[known:]:
        if roles.role(signature) == SIGNER:
            reading.take(signature)
        elif reading.waiting:
            raise OutOfOrder(_("%(first)s chưa ký nên chưa đóng dấu được.") % {"first": reading.waiting[0]})
    has_signer = bool(reading.others) or bool(before and before.has_signer)
    complete = has_signer and roles.complete(report.signatures)
    return Reach(tuple(each.pk for each in reading.signed), has_signer, complete), reading


def warnings(document: Document, report: Report, signers: Iterable[Signature]) -> list[str]:
    """What a person must look at before a copy that was signed elsewhere is filed; ``signers`` are the
    signatures that stand for the printed name."""
    found, issued = list(report.problems), document.dated_on
    found += [
        _("%(name)s: thời điểm ký trước ngày ban hành.") % {"name": each.name}
        for each in report.signatures
        if issued and each.at and timezone.localtime(each.at).date() < issued
    ]
    found += [
        _("Chứng thư số mang tên “%(one)s”, văn bản in tên “%(two)s”.")
        % {"one": each.name, "two": document.signing_name}
        for each in signers
        if not same_person(document.signing_name, each.name)
    ]
    return found


def same_person(printed: str, name: str) -> bool:
    """Whether a certificate or an account bears the printed name; a paper without a name fits everyone."""
    return not printed or fold(printed) in fold(name)
