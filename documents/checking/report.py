"""The report on one paper: what is open, what was let be, what is in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.checking.words import name_of
from documents.checking.world import world_of
from documents.models import DisabledCheck, Document, Silence
from documents.papers import paper_of
from documents.tree import Tree
from paper.checks import CHECKS, Finding, Severity, check
from paper.value import Paper


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding that somebody let be."""

    finding: Finding
    silence: Silence


@dataclass(frozen=True, slots=True)
class Report:
    """Findings on a paper. ``passed`` names what every check without a finding makes sure of."""

    paper: Paper
    findings: tuple[Finding, ...]
    silenced: tuple[Kept, ...]
    passed: tuple[str, ...]

    @property
    def refusing(self) -> list[Finding]:
        """Those for which a registrar sends the paper back."""
        return [each for each in self.findings if each.severity is Severity.REFUSE]

    @property
    def warnings(self) -> list[Finding]:
        return [each for each in self.findings if each.severity is Severity.WARN]

    @property
    def hints(self) -> list[Finding]:
        return [each for each in self.findings if each.severity is Severity.HINT]


def report_of(document: Document, *, today: dt.date, tree: Tree | None = None) -> Report:
    """Check the paper as it prints now. The number of queries does not depend on its length."""
    paper = paper_of(document, tree)
    off = set(
        DisabledCheck.objects.filter(issuing_body=document.issuing_body_id).values_list("code", flat=True)
    )
    found = check(paper, world_of(document, today), without=off)
    let = {row.fingerprint: row for row in Silence.objects.filter(document=document.pk).select_related("by")}
    slips = {each.code for each in found}
    return Report(
        paper,
        tuple(each for each in found if each.fingerprint not in let),
        tuple(Kept(each, let[each.fingerprint]) for each in found if each.fingerprint in let),
        tuple(name_of(each) for code, each in CHECKS.items() if code not in slips and code not in off),
    )
