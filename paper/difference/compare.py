"""Two papers, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paper.difference.align import align, moved
from paper.difference.value import Difference, How, Keys, Line, Part, Path, Piece, Row
from paper.difference.words import pieces_of
from paper.value import Clause, Paper, Recipient, Role, walk


def difference(
    before: Paper, after: Paper, *, keys_before: Keys | None = None, keys_after: Keys | None = None
) -> Difference:
    """How ``after`` differs from ``before``.

    ``keys_before`` and ``keys_after`` name the clauses at their paths: a clause with the same key is the
    same clause, wherever it stands and whatever it says. Without keys the words decide.
    """
    return Difference(
        (
            _part("head", _head(before), _head(after)),
            _part("body", _body(before, keys_before or {}), _body(after, keys_after or {})),
            _part("recipients", _recipients(before), _recipients(after)),
            _part("signature", _signature(before), _signature(after)),
            _part("appendices", _appendices(before), _appendices(after)),
        )
    )


def _part(name: str, before: Sequence[Line], after: Sequence[Line]) -> Part:
    match = align(before, after)
    away = moved(before, after, match)
    back = {m: n for n, m in match.items()}
    rows = _removed_by_anchor(before, match, away)
    out = list(rows.get(-1, ()))
    for m, line in enumerate(after):
        n = back.get(m)
        out.append(_row(before[n] if n is not None else None, line, n in away))
        out += rows.get(m, ())
    return Part(name, tuple(out))


def _removed_by_anchor(before: Sequence[Line], match: dict[int, int], away: set[int]) -> dict[int, list[Row]]:
    """What was removed, by the position in the second paper that it stands behind (-1: in front)."""
    found: dict[int, list[Row]] = {}
    anchor = -1
    for n, line in enumerate(before):
        if n not in match:
            found.setdefault(anchor, []).append(_row(line, None, False))
        elif n not in away:
            anchor = max(anchor, match[n])
    return found


def _row(before: Line | None, after: Line | None, is_moved: bool) -> Row:
    if before is None:
        assert after is not None
        return Row(How.ADDED, None, after, _whole("ins", after.text))
    if after is None:
        return Row(How.REMOVED, before, None, _whole("del", before.text))
    pieces = pieces_of(before.text, after.text)
    if before.text != after.text:
        return Row(How.CHANGED, before, after, pieces, is_moved)
    return Row(How.MOVED if is_moved else How.SAME, before, after, pieces, is_moved)


def _whole(kind: str, text: str) -> tuple[Piece, ...]:
    return (Piece(kind, text),) if text else ()


def text_of(clause: Clause) -> str:
    """The words of a clause, the rows of its table behind them."""
    rows = [" | ".join(row) for row in clause.table.rows] if clause.table else []
    return "\n".join([clause.text, *rows])


def _clauses(body: tuple[Clause, ...], keys: Keys, above: Path = ()) -> Iterator[Line]:
    for path, clause in walk(body):
        name = "note" if clause.role is Role.NOTE else "clause"
        yield Line(
            text_of(clause),
            (*above, *path),
            clause.label,
            clause.role is Role.HEADING,
            name,
            keys.get(path, ""),
        )


def _body(paper: Paper, keys: Keys) -> list[Line]:
    return list(_clauses(paper.body, keys))


def _fields(*named: tuple[str, str]) -> list[Line]:
    """Components of one part: each is itself, whatever it says."""
    return [Line(text, (n,), name=name, key=name) for n, (name, text) in enumerate(named) if text]


def _head(paper: Paper) -> list[Line]:
    day = paper.dated
    number = f"{paper.number:02d}" if paper.number is not None else ""
    return _fields(
        ("regime", paper.regime or ""),
        ("superior", "\n".join(paper.superior)),
        ("issuer", "\n".join(paper.issuer)),
        ("number", number),
        ("notation", paper.notation or ""),
        ("place", paper.place or ""),
        ("date", "/".join(str(part) if part else "…" for part in (day.day, day.month, day.year)))
        if day.year or day.month or day.day
        else ("date", ""),
        ("urgency", paper.urgency or ""),
        ("kind", paper.kind or ""),
        ("subject", "\n".join(paper.subject)),
        ("addressees", "\n".join(paper.addressees)),
    )


def _recipients(paper: Paper) -> list[Line]:
    return [Line(_recipient(each), (n,), name="recipient") for n, each in enumerate(paper.recipients)]


def _recipient(each: Recipient) -> str:
    return f"{each.text} ({each.purpose})" if each.purpose else each.text


def _signature(paper: Paper) -> list[Line]:
    sign = paper.signature
    return _fields(
        ("end", "./." if paper.end_mark else ""),
        ("authority", "\n".join(sign.authority)),
        ("position", sign.position or ""),
        ("signer", sign.name or ""),
    )


def _appendices(paper: Paper) -> list[Line]:
    found: list[Line] = []
    for n, appendix in enumerate(paper.appendices):
        found.append(Line(appendix.title, (n,), appendix.label, True, "appendix"))
        found += _clauses(appendix.body, {}, (n,))
    return found
