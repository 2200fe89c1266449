"""A Paper as semantic HTML: headings, paragraphs, tables; no layout tables, every text escaped.

The text of a paper never becomes markup, style or address: it only stands between tags, escaped,
with unprintable characters replaced by :func:`paper.printing.glyphs.visible`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from paper.forms import Below, Face, Profile, profile_of
from paper.printing import measure, words
from paper.printing.css import BRACE, HANGING, RECIPIENTS_GAP, css
from paper.printing.glyphs import visible
from paper.value import Appendix, Clause, Paper, Regime, Role, Table, walk

LONGEST_WORD = 250
"""Characters; the longest word a Vietnamese office writes is an address of the web."""
SIGNED_HERE = "signed-here"
"""The id of the space between position and name, where a signature stands."""
_ENDLESS = re.compile(rf"[^ ]{{{LONGEST_WORD}}}|(?:(?![^ ]{{{LONGEST_WORD}}}).)+", re.DOTALL)


def html(paper: Paper, profile: Profile | None = None) -> str:
    """The whole page with its style sheet; the profile is chosen by regime and date where not given.

    Raises ValueError when the profile is of the other regime.
    """
    form = checked(paper, profile)
    return "".join(
        (
            "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8>",
            f"<title>{_safe(words.title(paper))}</title>",
            f'<meta name=author content="{_safe(words.author(paper))}">' if paper.issuer else "",
            _created(paper),
            f"<style>{css(form, len(paper.appendices))}</style></head><body>",
            *_letterhead(paper, form),
            *_name(paper, form),
            *_addressees(paper, form),
            *_body(paper, form),
            *_closing(paper, form),
            *_appendices(paper.appendices, form),
            "</body></html>",
        )
    )


def checked(paper: Paper, profile: Profile | None) -> Profile:
    """The profile to print in; ValueError where it is of another regime than the paper."""
    form = profile or profile_of(paper)
    if paper.regime is not None and form.regime is not paper.regime:
        here = "Đảng" if paper.regime is Regime.PARTY else "Nhà nước"
        raise ValueError(f"Mẫu {form.code} không dùng được cho văn bản của {here}.")
    return form


def anchor(path: tuple[int, ...]) -> str:
    """The id of a clause in the page: "c-0-3" for the fourth child of the first clause."""
    return "c-" + "-".join(str(i) for i in path)


def _safe(text: str) -> str:
    """Text as markup: unprintable characters shown, everything escaped, endless words broken.

    A word longer than LONGEST_WORD is no word; the engine would weigh all of it again for each line.
    """
    shown = visible(text)
    if len(shown) > LONGEST_WORD and max(map(len, shown.split(" "))) > LONGEST_WORD:
        return "<br>".join(escape(part) for part in _ENDLESS.findall(shown))
    return escape(shown)


def _created(paper: Paper) -> str:
    day = paper.dated.date
    if day is None:
        return ""
    return "".join(
        f"<meta name=dcterms.{when} content={day.isoformat()}>" for when in ("created", "modified")
    )


def _letterhead(paper: Paper, form: Profile) -> Iterator[str]:
    yield "<header>"
    yield "<div class=head><div class=left>"
    if paper.superior:
        yield f"<p class=superior>{_lines(paper.superior, form.superior, form.letterhead_left)}</p>"
    if paper.issuer:
        rule = "<span class=rule></span>" if form.issuer_below is Below.RULE else ""
        lines = _lines(paper.issuer, form.issuer, form.letterhead_left)
        yield f"<p class=issuer><span class=fit>{lines}{rule}</span></p>"
        if form.issuer_below is Below.ASTERISK:
            yield "<p class=star>*</p>"
    yield "</div><div class=right>"
    if paper.regime is not None:
        yield from _title(form)
    yield "</div></div>"
    yield from _second_row(paper, form)
    yield "</header>"


def _title(form: Profile) -> Iterator[str]:
    for i, (line, _) in enumerate(form.title.lines):
        rule = "<span class=rule></span>" if i == len(form.title.lines) - 1 else ""
        yield f'<p class="title title-{i}"><span class=fit>{_safe(line)}{rule}</span></p>'


def _second_row(paper: Paper, form: Profile) -> Iterator[str]:
    number, date = words.has_number(paper), words.has_date(paper)
    letter = not paper.kind and bool(paper.subject)
    if not (number or date or letter or paper.marks):
        return
    left, right = _columns(paper, form) if date else ("", "")
    yield f'<div class="head second"><div class=left{left}>'
    if number:
        line = visible(words.number_line(paper, form))
        long = " long" if measure.length(line, form.number.face) > form.letterhead_left else ""
        yield f'<p class="number{long}">{_safe(line)}</p>'
    if letter:
        yield f"<p class=about>{_lines(paper.subject, form.subject_of_letter, form.letterhead_left)}</p>"
    for mark in paper.marks:
        size = dict(form.urgency_frame).get(mark)
        frame = f' style="width: {size}mm; padding: 0"' if size else ""
        yield f"<p><span class=urgency{frame}>{_safe(mark)}</span></p>"
    yield f"</div><div class=right{right}>"
    if date:
        yield f"<p class=date>{_safe(words.date_line(paper, form))}</p>"
    yield "</div></div>"


def _columns(paper: Paper, form: Profile) -> tuple[str, str]:
    """Widths for a place-date that is longer than its column: it goes left as far as the number lets it."""
    room = form.text_width
    date = measure.length(visible(words.date_line(paper, form)), form.date.face) + 0.5
    if date <= room - form.letterhead_left:
        return "", ""
    number = measure.length(visible(words.number_line(paper, form)), form.number.face) + 2
    right = min(date, room - min(number, form.letterhead_left))
    return f' style="width: {room - right:.2f}mm"', f' style="width: {right:.2f}mm"'


def _lines(lines: tuple[str, ...], face: Face, room: float) -> str:
    """Lines of a centred name; one that is too long for its column is broken into about equal parts."""
    broken = (part for line in lines for part in measure.balanced(visible(line), face, room - 1))
    return "<br>".join(escape(part) for part in broken)


def _name(paper: Paper, form: Profile) -> Iterator[str]:
    if not paper.kind:
        return
    yield f"<h1 class=kind>{_safe(paper.kind)}</h1>"
    rule = "<span class=rule></span>" if form.subject_below is Below.RULE else ""
    if paper.subject:
        lines = _lines(paper.subject, form.subject, form.text_width)
        yield f"<p class=subject><span class=fit>{lines}{rule}</span></p>"
    if form.subject_below is Below.DASHES:
        yield f"<p class=dashes>{form.subject_below.value}</p>"


def _addressees(paper: Paper, form: Profile) -> Iterator[str]:
    if not paper.addressees:
        return
    yield f"<div class=to><p class=word>{form.addressees_word}</p><div>"
    if len(paper.addressees) == 1:
        yield f"<p>{_safe(paper.addressees[0])}</p>"
    else:
        last = len(paper.addressees) - 1
        for i, line in enumerate(paper.addressees):
            yield f"<p>- {_safe(line)}{'.' if i == last else ';'}</p>"
    yield "</div></div>"


def _body(paper: Paper, form: Profile) -> Iterator[str]:
    text, _ = words.split_footnotes(paper.body)
    clauses = list(walk(text))
    bases = words.bases(text)
    for i, (path, clause) in enumerate(clauses):
        last = i == len(clauses) - 1
        extra = "first" if i == 0 else ""
        if len(path) == 1 and path[0] in bases:
            extra += " basis"
        opens = not last and len(clauses[i + 1][0]) > len(path)
        mark = last and paper.end_mark and clause.table is None
        yield from _clause(path, clause, form, mark=mark, opens=opens, extra=extra)
    if paper.end_mark and (not clauses or clauses[-1][1].table is not None):
        alone = words.mark_after_table(form) if clauses else form.end_mark
        yield f'<p class="c stay">{alone}</p>' if alone else ""


def _clause(
    path: tuple[int, ...],
    clause: Clause,
    form: Profile,
    *,
    mark: bool = False,
    opens: bool = False,
    extra: str = "",
) -> Iterator[str]:
    """One clause; ``mark``: the end mark closes it, ``opens``: it stands above its children.

    ``extra`` are more class names.
    """
    text = words.labelled(clause)
    if text or mark:
        text = words.with_end_mark(text, form) if mark else text
        tag, look = _look(path, clause, opens=opens)
        look += f" {extra}" if extra else ""
        yield f'<{tag} id={anchor(path)} class="c{look}">{_safe(text)}</{tag}>'
    if clause.table is not None:
        yield from _table(clause.table, form, "" if text or mark else f" id={anchor(path)}")


def _look(path: tuple[int, ...], clause: Clause, *, opens: bool) -> tuple[str, str]:
    if clause.role is Role.HEADING:
        return f"h{min(len(path) + 1, 6)}", " heading"
    if clause.role is Role.NOTE:
        return "p", " note"
    return "p", " lead" if clause.table is not None or (opens and clause.text.endswith(":")) else ""


def _table(table: Table, form: Profile, name: str) -> Iterator[str]:
    """A table with its columns' widths; rows shorter than the widest get empty cells."""
    widths = measure.columns(table.rows, replace(form.body, bold=True), form.text_width)
    head, rows = table.rows[: table.header_rows], table.rows[table.header_rows :]
    yield f"<table{name}><colgroup>"
    yield from (f'<col style="width: {width:.2f}mm">' for width in widths)
    yield "</colgroup>"
    if head:
        yield f"<thead>{''.join(_row(row, 'th scope=col', len(widths)) for row in head)}</thead>"
    yield "<tbody>"
    for i, row in enumerate(rows):
        goes_on = i + 1 < len(rows) and not rows[i + 1][0]
        joined = (not row[0], goes_on) if form.joined else (False, False)
        yield _row(row, "td", len(widths), joined)
    yield "</tbody></table>"


def _row(cells: tuple[str, ...], tag: str, count: int, joined: tuple[bool, bool] = (False, False)) -> str:
    """A row; ``joined``: its first cell has no line above, none below."""
    full = (*cells, *[""] * (count - len(cells)))
    look = " ".join(name for name, on in zip(("from", "on"), joined, strict=True) if on)
    first = f' class="{look}"' if look else ""
    return (
        f"<tr{' class=stay' if joined[0] else ''}>"
        + "".join(f"<{tag}{'' if i else first}>{_safe(cell)}</{tag[:2]}>" for i, cell in enumerate(full))
        + "</tr>"
    )


def _closing(paper: Paper, form: Profile) -> Iterator[str]:
    sign = paper.signature
    signed = bool(sign.authority or sign.position or sign.name)
    if paper.recipients or signed:
        yield "<div class=end><div class=to-whom>"
        yield from _recipients(paper, form)
        yield "</div><div class=signed>"
        yield from (f"<p class=authority>{_safe(line)}</p>" for line in sign.authority)
        if sign.position:
            yield f"<p class=position>{_safe(sign.position)}</p>"
        if signed:
            yield f"<div class=space id={SIGNED_HERE}></div>"
        if sign.name:
            yield f"<p class=signer>{_safe(sign.name)}</p>"
        yield "</div></div>"
    text, notes = words.split_footnotes(paper.body)
    for i, note in enumerate(notes):
        first = " first" if i == 0 else ""
        yield f'<p id={anchor((len(text) + i,))} class="c footnote{first}">{_safe(words.labelled(note))}</p>'


def _recipients(paper: Paper, form: Profile) -> Iterator[str]:
    if not paper.recipients:
        return
    yield f"<p class=word>{form.recipients_word}</p>"
    for group in words.groups(paper.recipients):
        lines = "".join(
            f"<p class=r>{_safe(words.recipient_line(r, form, last=last, purpose=not group.braced))}</p>"
            for i, r in enumerate(group.recipients)
            for last in (group.first + i == len(paper.recipients) - 1,)
        )
        if group.braced:
            yield from _braced(group, form, lines)
        else:
            yield lines


def _braced(group: words.Group, form: Profile, lines: str) -> Iterator[str]:
    """Lines of one purpose with the brace right beside the longest of them."""
    why = visible(f"({group.purpose})")
    texts = [visible(words.recipient_line(r, form, last=False, purpose=False)) for r in group.recipients]
    room = form.recipients_width - RECIPIENTS_GAP - BRACE - measure.length(why, form.recipients)
    width = measure.block_width(texts, form.recipients, max(room, form.recipients_width / 2), HANGING)
    yield f'<div class=group><div class=who style="width: {width:.2f}mm">{lines}</div>'
    yield f"<div class=brace></div><p class=why>{escape(why)}</p></div>"


def _appendices(appendices: tuple[Appendix, ...], form: Profile) -> Iterator[str]:
    for number, appendix in enumerate(appendices):
        yield f"<section class=appendix id=appendix-{number}>"
        if appendix.label:
            yield f"<h1 class=appendix-label>{_safe(appendix.label)}</h1>"
        yield f"<h1 class=appendix-title>{_safe(appendix.title)}</h1>"
        for path, clause in walk(appendix.body):
            for part in _clause(path, clause, form):
                yield part.replace(f"id={anchor(path)}", f"id=a{number}-{anchor(path)}", 1)
        yield "</section>"
