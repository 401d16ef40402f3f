"""What the editor's form holds, and how it is read from what a browser sent. Nothing is looked up or kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from patterns.format import Document, edit, parse
from patterns.models import Revision
from patterns.writing.arranging import arranged
from patterns.writing.fields import Field, changed_front, values_of
from patterns.writing.packing import packed, unpacked
from patterns.writing.parts import OPENING, Part, body_of, parts_of, plain, usual_level

_ID: Final = re.compile(r"\d{1,4}|n\d{1,4}")
_NUMBER: Final = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Written:
    """A form over the file `source`: the front matter in fields, the sections in order, and those taken out.

    `base` is the published revision the work stands on, None for what is new; `version` that of the draft the form
    was made over, None where there is none yet. `touched` is the section to show open.
    """

    source: str
    values: Mapping[str, str]
    parts: tuple[Part, ...]
    out: tuple[Part, ...] = ()
    base: Revision | None = None
    note: str = ""
    consent: bool = False
    key: str = ""
    version: int | None = None
    touched: str = field(default="", compare=False)

    @property
    def packed_source(self) -> str:
        """The file as the form carries it; nothing where it is that of the revision."""
        return "" if self.base is not None and self.base.source == self.source else packed(self.source)

    @property
    def original(self) -> dict[str, Part]:
        """The sections as they are in the file, by id."""
        return {part.id: part for part in parts_of(parse(self.source))}


def over(source: str, fields: Sequence[Field], **more: object) -> Written:
    """Return the form as it is opened over `source`."""
    document = parse(source)
    return Written(source, values_of(document.front, fields), parts_of(document), **more)


def read(data: Mapping[str, str], fields: Sequence[Field], *, base: Revision | None) -> Written:
    """Return what a browser sent. Raises `ValueError` for what no form of ours holds."""
    source = _source(data.get("source", ""), base)
    levels = {part.id: part.level for part in parts_of(parse(source))}
    usual = usual_level([Part(key, "", "", level) for key, level in levels.items()])
    order, out = _ids(data.get("order", "")), _ids(data.get("out", ""))
    if len({*order, *out}) != len(order) + len(out):
        raise ValueError("A section stands in the form twice.")

    def part(key: str) -> Part:
        if f"section-{key}" not in data or (key.isdecimal() and key not in levels):
            raise ValueError("The form does not have the sections of this text.")
        level = levels.get(key, 0 if key == OPENING else usual)
        return Part(key, data.get(f"heading-{key}", "").strip(), plain(data[f"section-{key}"]), level)

    version = data.get("version", "")
    return Written(
        source=source,
        values={one.name: plain(data[one.name]) for one in fields if one.name in data},
        parts=tuple(map(part, order)),
        out=tuple(map(part, out)),
        base=base,
        note=plain(data.get("note", "")).strip(),
        consent=bool(data.get("consent")),
        key=data.get("key", ""),
        version=int(version) if _NUMBER.fullmatch(version) else None,
    )


def document_of(written: Written, fields: Sequence[Field]) -> Document:
    """Return the file the form stands for: where nobody changed a word, the very same text.

    Raises `UnwritableError` where a value cannot stand in the front matter.
    """
    source = parse(written.source)
    front, body = changed_front(source.front, fields, written.values), body_of(source, written.parts)
    if not front and body == source.body:
        return source
    return edit(source, front=front, body=body)


def stepped(written: Written, step: str, *, name: str = "") -> Written | None:
    """Return the form after a button moved, added or took out a section; None when `step` is another button's."""
    found = arranged(written.parts, written.out, step=step, name=name)
    return found and replace(written, parts=found.parts, out=found.out, touched=found.touched)


def _source(line: str, base: Revision | None) -> str:
    if line:
        return unpacked(line)
    if base is None:
        raise ValueError("The form carries no text.")
    return base.source


def _ids(text: str) -> list[str]:
    found = [one for one in text.split(",") if one]
    if not all(_ID.fullmatch(one) for one in found):
        raise ValueError("The form names a section that cannot be.")
    return found
