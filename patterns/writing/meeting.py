"""Which sections and fields of a thing other people's sent edits touch: said by name, never by their words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from patterns.format import Document, parse
from patterns.models import Submission
from patterns.writing.fields import Field
from patterns.writing.parts import parts_of


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody's open edit: who, and the names of the sections and fields it touches."""

    who: str
    sections: tuple[str, ...]
    fields: tuple[str, ...]


def meetings(edits: Iterable[Submission], fields: Iterable[Field]) -> tuple[Meeting, ...]:
    """Return what each of `edits` touches of the revision it was written on."""
    fields = tuple(fields)
    return tuple(_meeting(edit, fields) for edit in edits if edit.based_on is not None)


def _meeting(edit: Submission, fields: tuple[Field, ...]) -> Meeting:
    before, after = parse(edit.based_on.source), parse(edit.text)
    old, new = _sections(before), _sections(after)
    touched = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    named = [str(one.label) for one in fields if one.read(before.front) != one.read(after.front)]
    return Meeting(edit.author.credit, tuple(touched), tuple(named))


def _sections(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in parts_of(document):
        found.setdefault(part.name, []).append(part.text)
    return found
