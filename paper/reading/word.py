"""The walk over a Word document: paragraphs, text boxes, tables and footnotes as lines, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from paper.reading import codepages, repair
from paper.reading.lines import Furniture, Line, is_page_number, is_rule
from paper.reading.numbering import Numbering, W
from paper.reading.result import Notice
from paper.value import Table

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


_LAYOUT = re.compile(
    (
        r"CỘNG H[ÒO][ÀA]|ĐẢNG CỘNG SẢN VIỆT NAM|Nơi nhận|^\s*Số\s*:?\s*\d*\s*[-/]|(?:^|\s)(?:T/M|T/L|K/T|"
        r"TM\.|TL\.|KT\.|TUQ\.)\s"
    ),
    re.M,
)


@dataclass(slots=True)
class Gathered:
    """What a walk over the document collects."""

    source: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    furniture: Furniture = field(default_factory=Furniture)
    notices: list[Notice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    page: bool = False
    codes: set[str] = field(default_factory=set)

    def add(
        self, text: str, *, label: str | None = None, table: Table | None = None, whole: bool = True
    ) -> None:
        """One line; blanks, page numbers and rules find their place here."""
        at = len(self.source)
        shown = f"{label} {text}".strip() if label else text
        self.source.append(shown)
        bare = shown.strip()
        if not bare:
            return
        if is_page_number(bare) and table is None and label is None:
            self.furniture.add(bare)
            return
        self.lines.append(
            Line(bare, at, 0, 0, self.page, whole, is_rule(bare) and not label, table, label=label)
        )
        self.page = False

    def once(self, code: str, message: str, line: int | None = None) -> None:
        if code not in self.codes:
            self.codes.add(code)
            self.notices.append(Notice(code, message, line))


def is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val") not in ("0", "false", "none")


class Walk:
    """Goes through the document once, in order."""

    def __init__(self, numbering: Numbering, capitals: set[str], footnotes: Any) -> None:
        self.numbering = numbering
        self.capitals = capitals
        self.footnotes = (
            {f.get(f"{W}id"): f for f in footnotes.iter(f"{W}footnote")} if footnotes is not None else {}
        )
        self.got = Gathered()

    def blocks(self, parent: Any) -> None:
        """Paragraphs and tables among the children of ``parent``; content controls are looked into."""
        stack = list(reversed(parent))
        while stack:
            child = stack.pop()
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag in (
                f"{W}sdt",
                f"{W}sdtContent",
                f"{W}ins",
                f"{W}moveTo",
                f"{W}customXml",
                f"{W}smartTag",
            ):
                stack += reversed(child)

    def paragraph(self, p: Any) -> None:
        got = self.got
        for box in self._boxes(p):
            self.blocks(box)
        properties = p.find(f"{W}pPr")
        pieces = self.text(p).split("\n")
        label = None
        if any(piece.strip("\f \t") for piece in pieces):
            label = self.numbering.label(properties)
        for i, piece in enumerate(pieces):
            if "\f" in piece:
                got.page = True
                piece = piece.replace("\f", "")
            got.add(piece, label=label if i == 0 else None, whole=i == 0 or not label)

    def _boxes(self, p: Any) -> list[Any]:
        """Text boxes anchored here, each once (a file holds a copy for old programs)."""
        out: list[Any] = []
        for box in p.iter(f"{W}txbxContent"):
            above = [a.tag for a in box.iterancestors()]
            if f"{_MC}Fallback" in above and f"{_MC}AlternateContent" in above and out:
                continue
            if above.count(f"{W}txbxContent"):
                continue
            out.append(box)
        return out

    def text(self, p: Any) -> str:
        """The words of a paragraph: insertions in, deletions and field codes out."""
        out: list[str] = []
        style = p.find(f"{W}pPr/{W}pStyle")
        capitals = style is not None and style.get(f"{W}val") in self.capitals
        stack = list(reversed(p))
        while stack:
            e = stack.pop()
            tag = e.tag
            if tag in (f"{W}del", f"{W}moveFrom"):
                self.got.once(
                    "word.tracked",
                    "Tệp Word còn dấu sửa (track changes); đã đọc theo bản sau khi sửa.",
                    len(self.got.source),
                )
            elif tag == f"{W}r":
                self._run(e, out, capitals=capitals)
            elif tag in (f"{W}pPr", f"{W}txbxContent", f"{_MC}Fallback"):
                continue
            else:
                if tag in (f"{W}ins", f"{W}moveTo"):
                    self.got.once(
                        "word.tracked",
                        "Tệp Word còn dấu sửa (track changes); đã đọc theo bản sau khi sửa.",
                        len(self.got.source),
                    )
                stack += reversed(e)
        return repair.horns(repair.tidy_keeping_breaks("".join(out)))

    def _run(self, r: Any, out: list[str], *, capitals: bool) -> None:
        properties = r.find(f"{W}rPr")
        if properties is not None and is_on(properties.find(f"{W}vanish")):
            return
        upper = capitals
        font = ""
        if properties is not None:
            caps = properties.find(f"{W}caps")
            upper = is_on(caps) if caps is not None else capitals
            fonts = properties.find(f"{W}rFonts")
            font = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""
        text = "".join(self._piece(e) for e in r)
        if font.startswith((".Vn", "VNI")) and text.strip():
            text = self._converted(text, font)
        out.append(text.upper() if upper else text)

    def _converted(self, text: str, font: str) -> str:
        name = "TCVN3" if font.startswith(".Vn") else "VNI"
        self.got.once(
            "encoding.converted",
            f"Chữ phông {font} (bảng mã {name}) đã được chuyển sang Unicode; hãy kiểm tra lại dấu.",
            len(self.got.source),
        )
        if name == "VNI":
            return codepages.from_vni(text)
        text = codepages.from_tcvn3(text)
        return text.upper() if font.endswith("H") else text

    def _piece(self, e: Any) -> str:
        tag = e.tag
        if tag == f"{W}t":
            return e.text or ""
        if tag == f"{W}tab":
            return "\t"
        if tag in (f"{W}br", f"{W}cr"):
            return "\f" if e.get(f"{W}type") == "page" else "\n"
        if tag == f"{W}noBreakHyphen":
            return "-"
        if tag == f"{W}footnoteReference":
            return self._footnote(e.get(f"{W}id"))
        if tag == f"{W}commentReference":
            self.got.once(
                "word.comments",
                "Tệp Word có ý kiến bên lề (comments); phần đó không được đọc.",
                len(self.got.source),
            )
        return ""

    def _footnote(self, key: str | None) -> str:
        note = self.footnotes.get(key)
        if note is None:
            return ""
        mark = f"[{len(self.got.notes) + 1}]"
        words = " ".join(" ".join(self.text(p).split()) for p in note.iter(f"{W}p"))
        self.got.notes.append(f"{mark} {words.strip()}")
        return mark

    # -------------------------------------------------------------- tables

    def table(self, tbl: Any) -> None:
        rows = [self._cells(row) for row in tbl if row.tag == f"{W}tr"]
        rows = [r for r in rows if r]
        whole = "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in tbl.iter(f"{W}p"))
        columns = max((len(r) for r in rows), default=0)
        nested = any(True for row in rows for cell in row for _ in cell.iter(f"{W}tbl"))
        if nested or columns < 2 or len(rows) < 2 or _LAYOUT.search(whole):
            self._as_lines(rows)
            return
        texts = tuple(tuple(self._cell_text(cell) for cell in row) for row in rows)
        if not any(any(t for t in row) for row in texts):
            return
        head = sum(1 for row in tbl.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None) or 1
        shown = " ".join(t for row in texts for t in row if t)
        self.got.add(shown, table=Table(texts, min(head, len(texts))))

    def _cells(self, row: Any) -> list[Any]:
        out: list[Any] = []
        stack = list(reversed(row))
        while stack:
            e = stack.pop()
            if e.tag == f"{W}tc":
                out.append(e)
            elif e.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
                stack += reversed(e)
        return out

    def _as_lines(self, rows: list[list[Any]]) -> None:
        """A layout table: the cells one after the other; a lone purpose goes beside the line above it."""
        for row in rows:
            for i, cell in enumerate(row):
                said = self._cell_text(cell)
                if (
                    i
                    and re.fullmatch(
                        (
                            r"[{}⎬\s]*\(?(?:để\s)?(?:b/c|báo cáo|biết|thực hiện|chỉ đạo|phối hợp|theo "
                            r"dõi)[^()]{0,30}\)?"
                        ),
                        said,
                        re.I,
                    )
                    and self.got.lines
                ):
                    last = self.got.lines[-1]
                    joined = f"{last.text}\t{said}"
                    self.got.lines[-1] = replace(last, text=joined)
                    self.got.source[last.at] = joined
                    continue
                self.blocks(cell)

    def _cell_text(self, cell: Any) -> str:
        words = [" ".join(self._labelled(p).split()) for p in cell.iter(f"{W}p")]
        return " ".join(w for w in words if w)

    def _labelled(self, p: Any) -> str:
        text = self.text(p).replace("\f", " ")
        label = self.numbering.label(p.find(f"{W}pPr")) if text.strip() else None
        return f"{label} {text}" if label else text
