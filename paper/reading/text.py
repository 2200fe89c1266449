"""Plain text to a Reading: repair, letterhead, tail, structure, and an account of every word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from paper.reading import findings, letterhead, lost, repair, structure, tail
from paper.reading.lines import Furniture, Line, gather, tabled
from paper.reading.marks import Mark, Rank
from paper.reading.paragraphs import Paragraph, glue, join
from paper.reading.result import Damage, Leftover, Notice, Reading, Span
from paper.value import Appendix, Clause, Paper, Regime

_BREAKS = re.compile(r"\r\n|\r|\n|\x0b|\x85|\u2028|\u2029")
_WORDS = re.compile(r"[^\W_]+")


def read_text(text: str) -> Reading:
    """The Reading of a text as a person pasted it or a file carried it. Never raises.

    Lines are the text's own; nothing is guessed that the text does not say, and every word is in
    the Paper, in ``leftover``, or is furniture of the form. Linear in the length of the text.
    """
    raw = _BREAKS.split(text)
    furniture = Furniture()
    source, damaged, notices = _repaired(raw)
    return read_lines(gather(source, furniture), source, furniture, damaged, notices)


def read_lines(
    lines: Sequence[Line],
    source: Sequence[str],
    furniture: Furniture,
    damaged: Sequence[Damage] = (),
    notices: Sequence[Notice] = (),
) -> Reading:
    """The Reading of lines that were gathered already (from a text, or from a Word file)."""
    head = letterhead.read(lines, furniture)
    ending = tail.read(head.rest, furniture)
    margin = min((line.indent for line in lines if not line.whole), default=None)
    body = join(tabled(head.rest[: ending.start]), margin)
    body, end_mark = _end_mark(body, furniture)
    nodes = structure.nest(body)
    nodes += [structure.Node(p.mark, p.text, p.first, p.last) for p in _footnotes(ending.footnotes)]
    clauses, spans = structure.clauses(nodes)
    paper = Paper(
        regime=head.regime,
        superior=head.superior,
        issuer=head.issuer,
        number=head.number,
        notation=head.notation,
        place=head.place,
        dated=head.dated,
        urgency=head.urgency,
        secrecy=head.secrecy,
        kind=head.kind,
        subject=head.subject,
        addressees=head.addressees,
        body=clauses,
        end_mark=end_mark,
        recipients=ending.recipients,
        signature=ending.signature,
        appendices=_appendices(ending.appendix),
    )
    paper = _regime(paper)
    left = account(source, paper, furniture, [*head.unplaced, *ending.unplaced])
    made = tuple(Span(path, first, last) for path, first, last in spans)
    found = [*notices, *findings.find(paper, made, left)]
    found.sort(key=lambda n: (n.line is None, n.line or 0))
    return Reading(paper, tuple(source), tuple(found), tuple(damaged), left, made)


# ------------------------------------------------------------------ letters


def _repaired(raw: Sequence[str]) -> tuple[list[str], list[Damage], list[Notice]]:
    """The source with its letters put right, what was damaged, and what a person should check."""
    tidied = [repair.tidy(line) for line in raw]
    fixed = [repair.horns(line) for line in tidied]
    damaged: list[Damage] = []
    notices: list[Notice] = []
    guesses = lost.decode(fixed)
    for i, line in enumerate(fixed):
        guess = guesses.get(i)
        if guess and guess.sure:
            part = _changed(tidied[i], guess.text)
            damaged.append(Damage(part[0], part[1], i))
            notices.append(findings.repaired_letters(i, part[0], part[1]))
            fixed[i] = line[: len(line) - len(line.lstrip())] + guess.text
        elif guess:
            notices.append(findings.unsure_letters(i, line.strip(), " ".join(guess.text.split())))
        if not (guess and guess.sure) and repair.wrong_horns(tidied[i]):
            part = _changed(tidied[i], line)
            damaged.append(Damage(part[0], part[1], i))
            notices.append(findings.repaired_letters(i, part[0], part[1]))
    return fixed, damaged, notices


def _changed(raw: str, repaired: str) -> tuple[str, str]:
    """The whole line before and after, without the blanks at its ends."""
    return raw.strip("\f\n\r\t").lstrip(" "), " ".join(repaired.split())


# ------------------------------------------------------------------ parts


def _end_mark(body: list[Paragraph], furniture: Furniture) -> tuple[list[Paragraph], bool]:
    """The paragraphs without the end mark, and whether there was one."""
    for i in range(len(body) - 1, max(-1, len(body) - 4), -1):
        text = structure.cut_end_mark(body[i].text)
        if text is not None:
            body = list(body)
            body[i] = replace(body[i], text=text)
            if not text and body[i].mark is None:
                del body[i]
            return body, True
    return body, False


def _footnotes(lines: Sequence[Line]) -> list[Paragraph]:
    """Footnotes after the signature: each opens with "[1]"; other lines continue it."""
    out: list[Paragraph] = []
    run: list[Line] = []
    label = ""
    for line in [*lines, None]:
        m = re.match(r"\[\d{1,3}\]", line.text) if line else None
        if line is None or m:
            if run:
                out.append(_footnote(label, run))
            if line is None:
                break
            label, run = (m[0] if m else ""), [line]
        else:
            run.append(line)
    return out


def _footnote(label: str, run: Sequence[Line]) -> Paragraph:
    text = glue([run[0].text[len(label) :], *[line.text for line in run[1:]]])
    return Paragraph(Mark(label, "[1]", Rank.LETTER, 0, len(label)), text, run[0].at, run[-1].at)


def _appendices(lines: Sequence[Line]) -> tuple[Appendix, ...]:
    if not lines:
        return ()
    first = lines[0].text
    m = re.match(r"(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu)(?:\s(?:[IVX]{1,5}|\d{1,2}))?(?!\w)", first)
    label = m[0] if m else None
    title = first[m.end() :].strip(" :.-") if m else first
    rest = list(lines[1:])
    while rest and (rest[0].rule or (rest[0].text.isupper() and len(rest[0].text) < 120)):
        line = rest.pop(0)
        if not line.rule:
            title = f"{title} {line.text}".strip()
    nodes = structure.nest(join(rest))
    body, _ = structure.clauses(nodes)
    return (Appendix(" ".join(title.split()), body, label),)


def _regime(paper: Paper) -> Paper:
    """Without a letterhead the authority's sign and the filing line decide (``paper-json.md``)."""
    if paper.regime is not None:
        return paper
    for line in paper.signature.authority:
        if re.match(r"[TK]/[MTL]|T/L", line):
            return replace(paper, regime=Regime.PARTY)
        if re.match(r"(?:TM|TL|KT|TUQ)\.", line):
            return replace(paper, regime=Regime.STATE)
    for r in paper.recipients:
        if re.match(r"Lưu\s*:?\s*(?:VT|HC|TH\b)", r.text):
            return replace(paper, regime=Regime.STATE)
        if re.match(r"Lưu\s*:?\s*(?:Văn phòng|VP)\s*(?:Huyện|Tỉnh|Đảng|Thành|Thị|Quận|HU|TU|ĐU)", r.text):
            return replace(paper, regime=Regime.PARTY)
    return paper


# ------------------------------------------------------------------ account


def account(
    source: Sequence[str], paper: Paper, furniture: Furniture, unplaced: Sequence[Line] = ()
) -> tuple[Leftover, ...]:
    """The words of ``source`` that are neither in ``paper`` nor furniture, at their lines (law 1)."""
    pool: Counter[str] = Counter()
    for text in strings(paper):
        pool.update(_WORDS.findall(text))
    for text in furniture.texts:
        pool.update(_WORDS.findall(text))
    missing = [_WORDS.findall(line) for line in source]
    gone: dict[int, list[str]] = {}
    known: dict[int, list[str]] = {}
    for line in unplaced:
        words = _WORDS.findall(line.text)
        gone.setdefault(line.at, []).append(line.text)
        known.setdefault(line.at, []).extend(words)
    out: list[Leftover] = []
    for at, words in enumerate(missing):
        skip = Counter(known.get(at, ()))
        lost_words: list[str] = []
        for w in words:
            if skip[w] > 0:
                skip[w] -= 1
            elif pool[w] > 0:
                pool[w] -= 1
            else:
                lost_words.append(w)
        said = " ".join(gone.get(at, []))
        if said or lost_words:
            out.append(Leftover(at, " ".join([said, *lost_words]).strip()))
    return tuple(out)


def strings(paper: Paper) -> list[str]:
    """Every printed text of a Paper, for counting words."""
    out = [*paper.superior, *paper.issuer, *paper.subject, *paper.addressees, *paper.signature.authority]
    out += [t for t in (paper.notation, paper.place, paper.urgency, paper.secrecy, paper.kind) if t]
    out += [t for t in (paper.signature.position, paper.signature.name) if t]
    if paper.number is not None:
        out.append(str(paper.number))
    for r in paper.recipients:
        out += [r.text, r.purpose or ""]
    for _, c in paper.clauses():
        out += _clause_strings(c)
    for a in paper.appendices:
        out += [a.title, a.label or ""]
        for _, c in Paper(body=a.body).clauses():
            out += _clause_strings(c)
    return out


def _clause_strings(clause: Clause) -> list[str]:
    out = [clause.label or ""]
    if clause.table is not None:
        out += [cell for row in clause.table.rows for cell in row]
    else:
        out.append(clause.text)
    return out
