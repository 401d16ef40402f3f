"""Compare two bodies section by section: matched by their headings, so that a change in one is no noise in the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from patterns.diffs.effort import Effort
from patterns.diffs.lines import diff_texts, whole_lines
from patterns.diffs.pieces import Line, SectionDiff
from patterns.diffs.steps import Step, steps
from patterns.texts.sections import split

RENAMED: Final = 0.4  # share of words two sections under different names must share to be one that was renamed
NEIGHBOURS: Final = 40  # sections of a stretch among which renamed ones are looked for


@dataclass(frozen=True, slots=True)
class _Section:
    anchor: str
    title: str
    text: str

    @property
    def words(self) -> set[str]:
        return set(self.text.partition("\n")[2][:20_000].split())


def diff_bodies(before: str, after: str, *, effort: Effort | None = None) -> tuple[SectionDiff, ...]:
    """Compare two bodies; every section of both is in the result, in the order a reader of both would expect."""
    effort = effort or Effort()
    old, new = _cut(before), _cut(after)
    found, _ = steps([one.anchor for one in old], [one.anchor for one in new], effort=effort, junk=lambda key: not key)
    pairs = _matched(old, new, found, effort)
    kept = set(pairs.values())
    shown: list[SectionDiff] = []
    for _tag, i1, i2, j1, j2 in found:
        gone = [i for i in range(i1, i2) if i not in kept]
        for j in range(j1, j2):
            match = pairs.get(j)
            while gone and match is not None and gone[0] < match < i2:
                shown.append(_section(old[gone.pop(0)], None, effort))
            shown.append(_section(old[match] if match is not None else None, new[j], effort))
            if match is not None and not i1 <= match < i2:
                shown[-1] = _moved(shown[-1])
        shown += [_section(old[i], None, effort) for i in gone]
    return tuple(shown)


def _matched(old: Sequence[_Section], new: Sequence[_Section], found: Sequence[Step], effort: Effort) -> dict[int, int]:
    """Return which section of `old` each of `new` is: by its name in place, by its name elsewhere, by its words."""
    pairs: dict[int, int] = {}
    for tag, i1, i2, j1, j2 in found:
        if tag == "equal":
            pairs |= zip(range(j1, j2), range(i1, i2), strict=True)
    taken = set(pairs.values())
    named = {one.anchor: i for i, one in enumerate(old) if i not in taken and one.anchor}
    for j, one in enumerate(new):
        if j not in pairs and one.anchor in named:
            pairs[j] = named[one.anchor]
            taken.add(pairs[j])
    for tag, i1, i2, j1, j2 in found:
        if tag != "replace" or i2 - i1 > NEIGHBOURS or j2 - j1 > NEIGHBOURS:
            continue
        left = [i for i in range(i1, i2) if i not in taken]
        for j in range(j1, j2):
            if j in pairs or not left or not effort.affords(400 * len(left)):
                continue
            shares = [(_shared(old[i], new[j]), -i) for i in left]
            share, place = max(shares)
            if share >= RENAMED:
                pairs[j] = -place
                left = [i for i in left if i > -place]  # in order: what was passed over is gone
    return pairs


def _shared(one: _Section, other: _Section) -> float:
    mine, theirs = one.words, other.words
    if not mine and not theirs:
        return 1.0
    return len(mine & theirs) / max(len(mine), len(theirs))


def _section(old: _Section | None, new: _Section | None, effort: Effort) -> SectionDiff:
    if old is None or new is None:
        one, state = (new, "added") if old is None else (old, "removed")
        return SectionDiff(
            one.title, state, whole_lines(one.text, state, effort=effort), anchor=one.anchor, anchor_before=one.anchor
        )
    was = old.title if old.title != new.title else ""
    if old.text.rstrip() == new.text.rstrip():  # how many blank lines follow a section is nobody's change
        return SectionDiff(new.title, "same", anchor=new.anchor, anchor_before=old.anchor)
    if not effort.lines:
        cut = Line("changed", cut=len(new.text.splitlines()), coarse=True)
        return SectionDiff(
            new.title, "changed", (cut,), anchor=new.anchor, anchor_before=old.anchor, was=was, coarse=True
        )
    lines = diff_texts(old.text, new.text, effort=effort)
    return SectionDiff(
        new.title,
        "changed",
        lines,
        anchor=new.anchor,
        anchor_before=old.anchor,
        was=was,
        coarse=any(line.coarse for line in lines),
    )


def _moved(section: SectionDiff) -> SectionDiff:
    return replace(section, moved=True, state="moved" if section.state == "same" else section.state)


def _cut(body: str) -> list[_Section]:
    return [_Section(one.anchor, one.name, body[one.start : one.end]) for one in split(body)]
