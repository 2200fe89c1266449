"""An operation while it is being done."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from documents.models import Clause, Document, Operation
from documents.models.clause import STEP
from documents.operations.errors import Conflict, Gone, OperationError
from documents.operations.values import as_uuid
from documents.tree import Tree, row

#: What becomes of the words of a clause before they are stored ("(thứ Ba)" put right).
Rewrite = Callable[[Clause, str], str]


#: Levels under one another that a text may have; official papers use seven.
DEEPEST = 30


def as_typed(clause: Clause, text: str) -> str:
    return text


@dataclass
class Work:
    """An operation while it is being done: what was asked, and which rows it touches."""

    document: Document
    asked: dict[str, Any]
    rewrite: Rewrite = as_typed
    loaded: Tree | None = None
    undoes: Operation | None = None
    before: dict[uuid.UUID, dict[str, Any] | None] = field(default_factory=dict)
    touched: dict[uuid.UUID, Clause] = field(default_factory=dict)
    removed: dict[uuid.UUID, Clause] = field(default_factory=dict)
    structural: bool = False

    @property
    def tree(self) -> Tree:
        if self.loaded is None:
            self.loaded = Tree.load(self.document.pk)
        return self.loaded

    def clause(self, key: str = "clause", *, version: str | None = "version") -> Clause:
        """The clause that the operation names, checked against the version it started from."""
        found = self.find(self.asked.get(key))
        if version and self.asked.get(version) != found.version:
            raise Conflict(found)
        return found

    def find(self, public_id: Any) -> Clause:
        clause = self.tree.clauses.get(as_uuid(public_id))
        if clause is None:
            raise Gone(_("Mục này đã bị xóa. Nội dung bạn vừa gõ còn giữ ở đây để chép lại."))
        return clause

    def optional(self, key: str) -> Clause | None:
        return self.find(self.asked[key]) if self.asked.get(key) else None

    def change(self, clause: Clause, **values: Any) -> None:
        """Set fields of a row; ``parent`` takes a clause or None."""
        self._remember(clause)
        if "parent" in values:
            parent = values.pop("parent")
            clause.parent_id = parent.pk if parent else None
            self.structural = True
        self.structural |= bool({"position", "style", "start", "role"} & values.keys())
        for name, value in values.items():
            setattr(clause, name, value)
        self.touched[clause.public_id] = clause
        self.tree.changed()

    def create(self, public_id: uuid.UUID, parent: Clause | None, position: int, **values: Any) -> Clause:
        """A new row; its primary key is given at once so that children can name it."""
        if Clause.objects.filter(public_id=public_id).exists():
            raise OperationError(_("Mục này đã có."))
        clause = Clause(
            document_id=self.document.pk, public_id=public_id, parent=parent, position=position, **values
        )
        clause.save(force_insert=True)
        self.before[public_id] = None
        self.tree.clauses[public_id] = clause
        self.touched[public_id] = clause
        self.structural = True
        self.tree.changed()
        return clause

    def remove(self, clause: Clause) -> None:
        """Take out the clause with everything under it."""
        for each in self.tree.subtree(clause):
            self._remember(each)
            self.removed[each.public_id] = each
            self.touched.pop(each.public_id, None)
        for each in list(self.removed.values()):
            self.tree.clauses.pop(each.public_id, None)
        self.structural = True
        self.tree.changed()

    def place(self, parent: Clause | None, after: Clause | None) -> int:
        """A position behind ``after``; neighbours move aside when there is no room."""
        position = self.tree.gap(parent, after)
        if position is None:
            for n, clause in enumerate(self.tree.children(parent), start=1):
                self.change(clause, position=n * STEP)
            position = self.tree.gap(parent, after)
        assert position is not None
        return position

    def refuse_depth(self) -> None:
        """Raises OperationError where the operation made the text deeper than any paper is."""
        if self.structural and any(line.depth >= DEEPEST for line in self.tree.lines()):
            raise OperationError(_("Văn bản chỉ có nhiều nhất %(n)s bậc.") % {"n": DEEPEST})

    def scheme(self) -> list[str]:
        return list(self.document.issuing_body.label_styles)

    def _remember(self, clause: Clause) -> None:
        if clause.public_id not in self.before:
            self.before[clause.public_id] = row(clause, self.parent_id(clause))

    def parent_id(self, clause: Clause) -> uuid.UUID | None:
        if clause.parent_id is None:
            return None
        known = {**self.tree.clauses, **self.removed}
        return next((c.public_id for c in known.values() if c.pk == clause.parent_id), None)

    def changes(self) -> list[dict[str, Any]]:
        out = []
        for key, before in self.before.items():
            clause = self.touched.get(key)
            after = row(clause, self.parent_id(clause)) if clause else None
            if before != after:
                out.append({"id": str(key), "before": before, "after": after})
        return out
