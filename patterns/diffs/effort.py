"""How much work one comparison may be: hostile texts are built of a few words, many times."""

from dataclasses import dataclass

MOST_EFFORT = 1_000_000  # steps of about a microsecond; then what is left is shown whole, before and after
MOST_FOLDED = 60_000  # characters of unchanged lines that a page carries folded away; then they are only counted
MOST_LINES = 4_000  # changed lines that one comparison shows; the others are counted


@dataclass(slots=True)
class Effort:
    """What a comparison may still spend, on looking and on unchanged lines it brings along."""

    left: int = MOST_EFFORT
    folded: int = MOST_FOLDED
    lines: int = MOST_LINES

    def affords(self, steps: int) -> bool:
        """Take `steps` from what is left; say no, and take nothing, when there is not as much."""
        if steps > self.left:
            return False
        self.left -= steps
        return True

    def folds(self, characters: int) -> bool:
        """Take room for unchanged lines in the same way."""
        if characters > self.folded:
            return False
        self.folded -= characters
        return True

    def shows(self, lines: int) -> int:
        """Take room for as many of `lines` changed lines as there is, and return how many that are."""
        shown = min(lines, self.lines)
        self.lines -= shown
        return shown
