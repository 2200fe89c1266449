"""Bodies: in the text and among the recipients, abolished ones, names that are not official."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from lucngan.lib.text import fold
from paper import notes
from paper.checks.finding import N_, Finding, Severity
from paper.checks.material import Material, Passage
from paper.checks.registry import checks
from paper.checks.spelling import OLD_TONE, to_new
from paper.checks.world import Body
from paper.reading.bodies import opens_body
from paper.value import Role

#: What a collective line of the recipients covers, by the first words of a body's name (folded).
_UNITS = re.compile(
    r"(?:phong|ban|van phong|trung tam|cong an|bch|ban chi huy|thanh tra|chi cuc|doi|uy ban kiem tra|ubkt|"
    r"kho bac|thue|tram|truong|doan|hat|toa an|vien)(?!\w)"
)
_FRONT = re.compile(
    r"(?:hoi|doan|lien doan|uy ban mttq|mttq|uy ban mat tran|ub mttq|mat tran|cong doan)(?!\w)"
)
_ALL_UNITS = re.compile(
    r"cac (?:phong|ban|co quan|cq|don vi|nganh|so|to chuc)|thanh vien|nhu tren|nhu kinh gui"
)
_ALL_FRONT = re.compile(r"to chuc (?:chinh tri|ct)|doan the|mttq|mat tran")
#: What follows from the body that signs: it need not be told.
_OWN = re.compile(
    r"^(?:ban thuong vu|ban chap hanh|thuong truc|lanh dao|chu tich|pho chu tich|bi thu|pho bi thu)"
)


def preparing(m: Material) -> Iterator[tuple[Passage, str]]:
    """Every body that a preparing note names, with the text that names it."""
    for passage in m.body:
        if passage.clause is None:
            continue
        if passage.clause.role is Role.NOTE:
            found = notes.parse(passage.text)
            who = found[0] if found else None
        else:
            cut = notes.cut_inline(passage.text)
            who = cut[1] if cut else None
        for name in (*who.lead, *who.coordinate) if who else ():
            yield passage, name


def _find(m: Material, name: str) -> tuple[Body, ...]:
    return m.world.by_name.get(fold(name), ())


def _covered(m: Material, name: str) -> bool:
    """Whether a line of the recipients is the body, holds its name, or is a collective it belongs to."""
    said = fold(name)
    others = {said, *(fold(each) for body in _find(m, name) for each in (body.name, *body.names))}
    for recipient in m.paper.recipients:
        line = fold(recipient.text)
        if any(other in line for other in others):
            return True
        if _ALL_UNITS.search(line) and (_UNITS.match(said) or (_FRONT.match(said) and "to chuc" in line)):
            return True
        if _ALL_FRONT.search(line) and _FRONT.match(said):
            return True
    return False


@checks("body.recipient", N_("Cơ quan được giao có ở Nơi nhận"), Severity.WARN)
def recipient(m: Material) -> Iterator[Finding]:
    """W38, product rule 5: a body that is named in the text is among the recipients."""
    seen: set[str] = set()
    for passage, name in preparing(m):
        if name in seen or not m.paper.recipients:
            continue
        seen.add(name)
        said = fold(name)
        if not _OWN.match(said) and said not in fold(" ".join(m.paper.issuer)) and not _covered(m, name):
            yield passage.whole(N_("%(name)s được giao chuẩn bị nhưng chưa có ở Nơi nhận."), name=name)


@checks("recipient.unnamed", N_("Nơi nhận “thực hiện” có việc trong văn bản"), Severity.HINT)
def unnamed(m: Material) -> Iterator[Finding]:
    """The reverse: a single body that is to carry out something, and the text does not name it."""
    text = fold(" ".join(passage.text for passage in m.body))
    for passage, each in zip(m.recipients, m.paper.recipients, strict=True):
        said = fold(each.text)
        acts = fold(each.purpose or "").endswith("thuc hien")
        single = opens_body(each.text) and not said.startswith(("cac ", "nhung "))
        if acts and single and said not in text:
            yield passage.whole(
                N_("%(name)s nhận “để thực hiện” nhưng văn bản không giao việc gì."), name=each.text
            )


def _named(m: Material) -> Iterator[tuple[Passage, str]]:
    yield from preparing(m)
    for passage in m.recipients:
        yield passage, passage.text


@checks("body.abolished", N_("Cơ quan còn hoạt động vào ngày văn bản"), Severity.REFUSE)
def abolished(m: Material) -> Iterator[Finding]:
    """E03: since 1 July 2025 there are no districts; a new paper gives them nothing to do."""
    if m.day is None:
        return
    seen: set[str] = set()
    for passage, name in _named(m):
        found = _find(m, name)
        if name in seen or not found or any(body.exists_on(m.day) for body in found):
            continue
        seen.add(name)
        yield passage.whole(N_("%(name)s không còn hoạt động vào ngày của văn bản."), name=name)


def _spelt(name: str) -> str:
    """A name as it is spelt, whatever the case and the placement of its tones."""
    return OLD_TONE.sub(lambda match: match[1] + to_new(match[2]), name.lower())


@checks("body.unofficial", N_("Tên cơ quan đúng danh mục"), Severity.WARN)
def unofficial(m: Material) -> Iterator[Finding]:
    """A name that is not in the directory, or is spelt otherwise there: the nearest one is offered."""
    if not m.world.bodies or m.day is None:
        return
    there = [body for body in m.world.bodies if body.exists_on(m.day)]
    official = {fold(each): body for body in there for each in (body.name, *body.names)}
    spelt = {_spelt(each) for body in m.world.bodies for each in (body.name, *body.names)}
    seen: set[str] = set()
    for passage, name in preparing(m):
        if name in seen or _spelt(name) in spelt:
            continue
        seen.add(name)
        near = get_close_matches(fold(name), official, n=1, cutoff=0.84)
        start = passage.text.find(name)
        if near and start >= 0:
            yield passage.finding(
                N_("“%(said)s” không có trong danh mục; tên gần nhất: %(right)s."),
                start,
                start + len(name),
                said=name,
                right=official[near[0]].name,
            )
