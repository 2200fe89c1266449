"""How far the signing of a paper has come, read from its newest signed copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import IssuingBody
from documents.models import Document, SignedCopy, SigningKey, SigningPractice
from documents.signing import latest
from documents.signing.verify import Report, Signature
from lucngan.lib.text import fold

SIGNER, SEAL = "signer", "seal"


@dataclass(frozen=True, slots=True)
class Stage:
    """The newest copy, what is wanted next ("signer", "seal" or "" when nothing is)."""

    copy: SignedCopy | None
    wanted: str

    @property
    def complete(self) -> bool:
        return self.copy is not None and self.copy.complete


def stage_of(document: Document) -> Stage:
    copy = latest(document)
    if copy is None:
        return Stage(None, SIGNER)
    return Stage(copy, "" if copy.complete else SEAL)


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


def warnings(document: Document, report: Report, roles: Roles) -> list[str]:
    """What a person must look at before a copy that was signed elsewhere is filed."""
    found = list(report.problems)
    issued = document.dated_on
    for each in report.signatures:
        if issued and each.at and timezone.localtime(each.at).date() < issued:
            found.append(_("%(name)s: thời điểm ký trước ngày ban hành.") % {"name": each.name})
        if roles.role(each) == SIGNER and not same_person(document.signing_name, each.name):
            found.append(
                _("Chứng thư số mang tên “%(one)s”, văn bản in tên “%(two)s”.")
                % {"one": each.name, "two": document.signing_name}
            )
    return found


def same_person(printed: str, name: str) -> bool:
    """Whether a certificate or an account bears the printed name; a paper without a name fits everyone."""
    return not printed or fold(printed) in fold(name)
