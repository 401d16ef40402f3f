"""From two texts and what was said to what a page shows: each changed field, section and line with its own place."""

from collections.abc import Iterator
from dataclasses import dataclass

from patterns.diffs import Changes, FieldDiff, Line, SectionDiff
from patterns.review.spots import Spot
from patterns.review.threads import Thread


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line, the spot a comment on it would have (empty where there can be none), and what was said there."""

    line: Line
    spot: str = ""
    threads: tuple[Thread, ...] = ()
    folded: tuple["ShownLine", ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A changed field or section, with what was said of it as a whole."""

    spot: str
    lines: tuple[ShownLine, ...]
    field: FieldDiff | None = None
    section: SectionDiff | None = None
    threads: tuple[Thread, ...] = ()


def spots_of(changes: Changes) -> Iterator[str]:
    """Every spot that a page with these changes has."""
    for field in changes.fields:
        yield str(Spot("f", field.name))
    for section in changes.sections:
        yield str(Spot("s", section.anchor))
        for line in section.lines:
            for one in line.folded or (line,):
                if spot := spot_of(section, one):
                    yield spot


def spot_of(section: SectionDiff, line: Line) -> str:
    """The place of one line: in the text as it is now, or, for a line that is gone, in the one before."""
    if line.skipped or line.cut:
        return ""
    if line.after:
        return str(Spot("n", section.anchor, line.after))
    return str(Spot("o", section.anchor_before, line.before)) if line.before else ""


def parts(changes: Changes, said: dict[str, tuple[Thread, ...]], *, writing: str = "") -> tuple[Part, ...]:
    """The changes with their threads; `writing` is the spot somebody is about to comment on."""
    fields = [
        Part(spot, tuple(ShownLine(line) for line in field.lines), field=field, threads=said.get(spot, ()))
        for field in changes.fields
        for spot in [str(Spot("f", field.name))]
    ]
    sections = [
        Part(
            spot, tuple(_shown(section, line, said, writing) for line in section.lines), section=section,
            threads=said.get(spot, ()),
        )
        for section in changes.sections
        for spot in [str(Spot("s", section.anchor))]
    ]  # fmt: skip
    return (*fields, *sections)


def _shown(section: SectionDiff, line: Line, said: dict[str, tuple[Thread, ...]], writing: str) -> ShownLine:
    folded = tuple(_shown(section, one, said, writing) for one in line.folded)
    spot = spot_of(section, line)
    needed = any(one.threads or (writing and one.spot == writing) for one in folded)
    return ShownLine(line, spot, said.get(spot, ()) if spot else (), folded, needed)
