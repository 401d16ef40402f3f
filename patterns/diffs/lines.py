"""Compare two texts line by line: which lines belong together, what is folded away, what is code and what a table."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from patterns.diffs.effort import Effort
from patterns.diffs.pieces import Form, Line, Piece, State
from patterns.diffs.steps import steps
from patterns.diffs.wording import compared_words, words_of

CONTEXT: Final = 1  # unchanged lines shown around a change
PAIRED: Final = 24  # lines of a replaced stretch, on either side, of which the likeliest pairs are looked for
ALIKE: Final = 0.25  # share of a line that must stay for it to be shown as one that changed
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING: Final = re.compile(r" {0,3}#{1,6}(?:\s|$)")


def diff_texts(before: str, after: str, *, effort: Effort | None = None) -> tuple[Line, ...]:
    """Compare two texts without headings; lines far from any change are folded away."""
    effort = effort or Effort()
    return tuple(_folded(diff_lines(before, after, effort=effort), effort))


def diff_lines(before: str, after: str, *, effort: Effort | None = None) -> tuple[Line, ...]:
    """Compare two texts line by line, and changed lines word by word. Every line of both is in the result."""
    effort = effort or Effort()
    old, new = before.splitlines(), after.splitlines()
    forms = forms_of(old), forms_of(new)
    found, coarse = steps(old, new, effort=effort, junk=is_blank)
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in found:
        if tag == "equal":
            lines += [
                Line("same", (Piece("same", new[j]),), before=i + 1, after=j + 1, form=forms[1][j])
                for i, j in zip(range(i1, i2), range(j1, j2), strict=True)
            ]
            continue
        fair = max(effort.lines // 2, effort.lines - (j2 - j1))  # neither side takes all the room there is
        gone = i1 + effort.shows(min(i2 - i1, fair))
        come = j1 + effort.shows(j2 - j1)
        part = (i1, gone, j1, come)
        lines += _replaced(old, new, part, effort, forms=forms, coarse=coarse)
        if cut := i2 - gone + j2 - come:
            lines.append(Line("changed", cut=cut, before=gone + 1, coarse=True))
    return tuple(lines)


def whole_lines(text: str, state: State, *, effort: Effort) -> tuple[Line, ...]:
    """Every line of a text that is only in one of the two; blank ones aside."""
    lines = text.splitlines()
    number = "after" if state == "added" else "before"
    shown = effort.shows(len(lines))
    found = [
        Line(state, (Piece(state, line),), form=form, **{number: index})
        for index, (line, form) in enumerate(zip(lines[:shown], forms_of(lines[:shown]), strict=True), 1)
        if line.strip()
    ]
    if shown < len(lines):
        found.append(Line("changed", cut=len(lines) - shown, coarse=True))
    return tuple(found)


def forms_of(lines: Sequence[str]) -> list[Form]:
    """What each line is to Markdown, as far as that can be said line by line."""
    forms: list[Form] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if fence:
            forms.append("code")
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            forms.append("code")
            fence = mark[1]
        elif _HEADING.match(line):
            forms.append("heading")
        else:
            forms.append("table" if line.lstrip().startswith("|") else "text")
    return forms


def is_blank(line: str) -> bool:
    return not line.strip()


def _replaced(
    old: Sequence[str], new: Sequence[str], part: tuple[int, int, int, int], effort: Effort, *,
    forms: tuple[list[Form], list[Form]], coarse: bool,
) -> Iterator[Line]:  # fmt: skip
    """Show a replaced stretch: lines that belong together as changed ones, all others apart."""
    i, i2, j, j2 = part
    for a, b in [*_pairs(old[i:i2], new[j:j2], effort), (i2 - i, j2 - j)]:
        a, b = part[0] + a, part[2] + b  # noqa: PLW2901 - from places in the stretch to places in the text
        last = a == i2 or b == j2
        words = None if last else _changed(old[a], new[b], effort)
        before, after = (i2, j2) if last else (a, b) if words else (a + 1, b + 1)
        for k in range(i, before):
            yield Line("removed", (Piece("removed", old[k]),), before=k + 1, form=forms[0][k], coarse=coarse)
        for k in range(j, after):
            yield Line("added", (Piece("added", new[k]),), after=k + 1, form=forms[1][k], coarse=coarse)
        if words:
            pieces, part_only = words
            yield Line("changed", pieces, before=a + 1, after=b + 1, form=forms[1][b], coarse=part_only)
        i, j = a + 1, b + 1


def _changed(before: str, after: str, effort: Effort) -> tuple[tuple[Piece, ...], bool] | None:
    """The pieces of one line that became another, or nothing when hardly a word of it stayed."""
    pieces, coarse = compared_words(before, after, effort=effort)
    kept = sum(len(piece.text) for piece in pieces if piece.state == "same")
    return (pieces, coarse) if kept >= max(len(before), len(after)) * ALIKE else None


def _pairs(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[tuple[int, int]]:
    """Return which lines are likely to be the same line, changed; in order, each at most once."""
    few = len(old) <= PAIRED and len(new) <= PAIRED and sum(map(len, old)) + sum(map(len, new)) <= 40_000
    if not few or not effort.affords(30 * len(old) * len(new)):
        likely = [(index, index) for index in range(min(len(old), len(new)))]
        return [pair for pair in likely if effort.affords(120) and _share(old[pair[0]], new[pair[1]])]
    if len(old) == len(new) == 1:
        return [(0, 0)]
    bags = [[Counter(word for word in words_of(line) if word.strip()) for line in side] for side in (old, new)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for a in range(len(old) - 1, -1, -1):
        for b in range(len(new) - 1, -1, -1):
            best[a][b] = max(best[a + 1][b], best[a][b + 1], _likeness(bags[0][a], bags[1][b]) + best[a + 1][b + 1])
    chosen, a, b = [], 0, 0
    while a < len(old) and b < len(new):
        likeness = _likeness(bags[0][a], bags[1][b])
        if likeness and best[a][b] == likeness + best[a + 1][b + 1]:
            chosen.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return chosen


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words two lines have in common; none at all when it is too small to speak of one line."""
    shared = (one & other).total() / max(one.total(), other.total(), 1)
    return shared if shared >= ALIKE else 0.0


def _share(before: str, after: str) -> bool:
    """A quick guess whether comparing two lines word by word is worth it."""
    one, other = set(before[:2000].split()), set(after[:2000].split())
    return 4 * len(one & other) >= max(len(one), len(other))


def _folded(lines: Sequence[Line], effort: Effort) -> Iterator[Line]:
    """Leave out blank lines, and fold away those that stand far from any change."""
    near = {
        index + offset
        for index, line in enumerate(lines)
        if line.state != "same"
        for offset in range(-CONTEXT, CONTEXT + 1)
    }
    far: list[Line] = []
    for index, line in enumerate(lines):
        if not line.cut and not any(piece.text.strip() for piece in line.pieces):
            continue
        if index not in near:
            far.append(line)
            continue
        yield from _fold(far, effort)
        far = []
        yield line
    yield from _fold(far, effort)


def _fold(far: Sequence[Line], effort: Effort) -> Iterator[Line]:
    """One line stands for all of `far`; where it is one, and short, it stands for itself."""
    if len(far) == 1 and len(far[0].text) <= 120:
        yield far[0]
    elif far:
        carried = effort.folds(sum(len(line.text) + 200 for line in far))
        yield Line("same", skipped=len(far), folded=tuple(far) if carried else ())
