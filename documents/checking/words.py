"""Findings in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from paper.checks import Check, Finding, Part, Place
from paper.checks.places import mark_of
from paper.value import Paper


def sentence(finding: Finding) -> str:
    """The sentence of a finding; its template is translated, its facts are the paper's own words."""
    return _(finding.message) % finding.facts if finding.facts else _(finding.message)


def name_of(check: Check) -> str:
    """What a check makes sure of."""
    return _(check.name)


def where(paper: Paper, place: Place) -> str:
    """The place of a finding: "mục IV.4"."""
    match place.part:
        case Part.BODY:
            mark = mark_of(paper, place.path)
            return _("mục %(mark)s") % {"mark": mark} if mark else _("đoạn %(n)s") % {"n": place.path[0] + 1}
        case Part.RECIPIENTS:
            return _("nơi nhận, dòng %(n)s") % {"n": place.index + 1}
        case Part.SUBJECT:
            return _("trích yếu")
        case Part.SIGNATURE:
            return _("khối ký")
    return _("phần đầu văn bản")
