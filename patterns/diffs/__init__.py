"""Say what changed between two texts the way a reader would: section by section, line by line, word by word.

Pure, and bounded: `Effort` says how much looking one comparison is worth, and what was cut short says that it was.
"""

from patterns.diffs.bodies import diff_bodies
from patterns.diffs.documents import Changes, FieldDiff, changes_between
from patterns.diffs.effort import Effort
from patterns.diffs.lines import diff_lines, diff_texts
from patterns.diffs.pieces import Line, Piece, SectionDiff
from patterns.diffs.wording import diff_words

__all__ = [
    "Changes",
    "Effort",
    "FieldDiff",
    "Line",
    "Piece",
    "SectionDiff",
    "changes_between",
    "diff_bodies",
    "diff_lines",
    "diff_texts",
    "diff_words",
]
