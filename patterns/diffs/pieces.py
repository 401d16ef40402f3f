"""What a comparison is made of: pieces of a line, lines, sections. Values only; the templates read these names."""

import re
from dataclasses import dataclass
from typing import Final, Literal

State = Literal["same", "changed", "added", "removed", "moved"]
Form = Literal["text", "heading", "table", "code"]

LONG_SAME: Final = 600  # characters of an unchanged stretch inside one line beyond which its middle is left out
ENDS: Final = 160  # what is shown of it on either side
_PADDING: Final = re.compile(r"[ \t\xa0]{12,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line that is in both texts, or only in the later (`added`) or the earlier (`removed`)."""

    state: State
    text: str

    @property
    def shown(self) -> str:
        """The text for eyes: padding of table rows drawn together, the middle of a very long same stretch left out."""
        text = _PADDING.sub(" ⋯ ", self.text)
        if self.state != "same" or len(text) <= LONG_SAME:
            return text
        return f"{text[:ENDS]} ⋯ {text[-ENDS:]}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as shown; `changed` lines mix pieces. `before` and `after` are its numbers in its section, 0 for none.

    A line with `skipped` stands for that many unchanged ones: `folded` are they, unless there are too many to carry.
    `coarse`: it was too long, or too much was compared already, to mark single words. A line with `cut` stands for that
    many changed ones that are too many to show.
    """

    state: State
    pieces: tuple[Piece, ...] = ()
    skipped: int = 0
    before: int = 0
    after: int = 0
    form: Form = "text"
    coarse: bool = False
    folded: tuple["Line", ...] = ()
    cut: int = 0

    @property
    def text(self) -> str:
        """What the later text says here, or the earlier one where the line is gone."""
        gone = "added" if self.state == "removed" else "removed"
        return "".join(piece.text for piece in self.pieces if piece.state != gone)


@dataclass(frozen=True, slots=True)
class SectionDiff:
    """A section of either text; `lines` is empty for one that is the same in both.

    `anchor` is its place in the later text, in the earlier one for a section that is gone, and `anchor_before` that in
    the earlier text. `was` is the title it had under another name; `moved` says that it stands elsewhere now.
    `coarse`: not every line could be looked at.
    """

    title: str
    state: State
    lines: tuple[Line, ...] = ()
    anchor: str = ""
    anchor_before: str = ""
    was: str = ""
    moved: bool = False
    coarse: bool = False

    @property
    def added_words(self) -> int:
        return _count(self.lines, "added")

    @property
    def removed_words(self) -> int:
        return _count(self.lines, "removed")


def _count(lines: tuple[Line, ...], state: State) -> int:
    return sum(len(piece.text.split()) for line in lines for piece in line.pieces if piece.state == state)
