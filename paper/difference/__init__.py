"""How two papers differ, clause by clause and word by word. Pure: no database, linear in practice."""

from paper.difference.compare import difference
from paper.difference.value import Difference, How, Keys, Line, Part, Path, Piece, Row
from paper.difference.words import after_of, before_of, pieces_of

__all__ = [
    "Difference",
    "How",
    "Keys",
    "Line",
    "Part",
    "Path",
    "Piece",
    "Row",
    "after_of",
    "before_of",
    "difference",
    "pieces_of",
]
