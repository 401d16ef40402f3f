"""The sections of a file as the editor shows them: a name and a text each, to be changed, moved, added and taken out.

Pure. What nobody touched stays as it is, to the character; browsers mangle line ends, so words are compared without
them. Numbers in headings (`Section 3: Solution`) follow the order where it changed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patterns.format import Document
from patterns.texts.sections import Section, split

UNNAMED: Final = "New section"
USUAL_LEVEL: Final = 3
OPENING: Final = "n0"  # the text before the first heading, in a file that has none yet
_NUMBERED: Final = re.compile(r"^( {0,3}#{1,6}[ \t]+\**)((?:Section[ \t]+)?)(\d{1,2})(:|\.(?!\d))", re.IGNORECASE)
_HASHES: Final = re.compile(r" {0,3}#{1,6}")
_NOT_IN_NAME: Final = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One section in the form. `id` is its place in the file the form was made over, or `n1`, `n2`, … for a new one.

    `level` 0 is the text before the first heading, which has no name.
    """

    id: str
    name: str
    text: str
    level: int = USUAL_LEVEL

    @property
    def place(self) -> int | None:
        """Where it stood in the file, None for a new one."""
        return int(self.id) if self.id.isdecimal() else None


def parts_of(document: Document) -> tuple[Part, ...]:
    """Return the sections of `document` as a form shows them, with a place for an opening text where it has none."""
    found = split(document.body)
    opening = () if found and not found[0].level else (Part(OPENING, "", "", 0),)
    return opening + tuple(
        Part(str(place), section.name, _shown(document.body, section), section.level)
        for place, section in enumerate(found)
    )


def usual_level(parts: Sequence[Part]) -> int:
    """The level of heading a new section gets: the one most sections have, the higher of two."""
    counted = Counter(part.level for part in parts if part.level > 1)
    return min(counted, key=lambda level: (-counted[level], level)) if counted else USUAL_LEVEL


def body_of(document: Document, parts: Sequence[Part]) -> str:
    """Return the body of `document` with the sections as they stand in `parts`.

    Raises `ValueError` when a part names no section of this document.
    """
    body, found = document.body, split(document.body)
    if any(part.place is not None and part.place >= len(found) for part in parts):
        raise ValueError("The form does not have the sections of this text.")
    newline = "\r\n" if "\r\n" in body else "\n"
    parts = [part for part in parts if part.id != OPENING or part.text.strip()]
    headed = [part.id for part in parts if part.id != OPENING]
    same_order = headed == [str(place) for place in range(len(found))]
    numbering = None if same_order else _numbering(body, found)
    written = body[: found[0].start] if found else body
    number = 0
    for part in parts:
        text = _written(body, found, part, newline=newline)
        if numbering and part.level == numbering.level and (part.place is None or _NUMBERED.match(text)):
            number += 1
            text = numbering.on(text, number)
        if written.strip() and not written.endswith("\n"):
            written += newline * 2
        elif part.place is None and written.strip() and not written.endswith(newline * 2):
            written += newline
        written += text
    return written


@dataclass(frozen=True, slots=True)
class _Numbering:
    """How a file numbers its sections: `Section 3: ` or `3. `, at one level of headings."""

    level: int
    word: str
    sign: str

    def on(self, text: str, number: int) -> str:
        """Return a section's text with `number` in its heading, instead of the one it has or as its first."""
        if _NUMBERED.match(text):
            return _NUMBERED.sub(lambda found: f"{found[1]}{found[2]}{number}{found[4]}", text, count=1)
        return _HASHES.sub(lambda found: f"{found[0]} {self.word}{number}{self.sign}", text, count=1)


def _numbering(body: str, found: Sequence[Section]) -> _Numbering | None:
    """Return the numbering of a file that counts from one without a gap; others are left as they are."""
    hits = [(section.level, hit) for section in found if (hit := _NUMBERED.match(body[section.start : section.end]))]
    level = hits[0][0] if hits else 0
    counted = [int(hit[3]) for at, hit in hits if at == level]
    if not hits or counted != list(range(1, len(counted) + 1)):
        return None
    return _Numbering(level, hits[0][1][2], hits[0][1][4])


def _written(body: str, found: Sequence[Section], part: Part, *, newline: str) -> str:
    """Return one section as it stands in the file: the very same text when nobody changed its words."""
    name, text = one_line(part.name), plain(part.text).strip("\n")
    text = text if text.strip() else ""
    if part.place is None and not part.level:
        return f"{text}\n\n".replace("\n", newline)
    if part.place is None:
        whole = f"{'#' * part.level} {name or UNNAMED}\n\n" + (f"{text}\n\n" if text else "")
        return whole.replace("\n", newline)
    section = found[part.place]
    old = body[section.start : section.end]
    same_name = not section.level or not name or name == section.name
    if same_name and text == _shown(body, section):
        return old
    heading, rest = _parted(old) if section.level else ("", old)
    if not same_name:
        heading = _renamed(heading, section, name)
    if text != _shown(body, section):
        rest = _refilled(plain(rest), text, headed=bool(section.level)).replace("\n", newline)
    return f"{heading}{newline if section.level and not heading.endswith(newline) else ''}{rest}"


def _renamed(heading: str, section: Section, name: str) -> str:
    """Return the heading line with another name: its level and its number stay."""
    hashes = _HASHES.match(heading)
    number = section.title[: len(section.title) - len(section.name)] if section.title.endswith(section.name) else ""
    end = heading[len(heading.rstrip("\r\n")) :]
    return f"{hashes[0] if hashes else '#' * section.level} {number}{name}{end}"


def _refilled(rest: str, text: str, *, headed: bool) -> str:
    """Return what follows a heading with other words in it, between the blank lines that were there."""
    inner = rest.strip("\n")
    if not text:
        return "\n" if headed else ""
    if not inner.strip():
        return f"{chr(10) if headed else ''}{text}\n\n"
    lead = rest[: len(rest) - len(rest.lstrip("\n"))]
    trail = rest[len(rest.rstrip("\n")) :]
    return f"{lead}{text}{trail or chr(10)}"


def _shown(body: str, section: Section) -> str:
    text = body[section.start : section.end]
    inner = plain(_parted(text)[1] if section.level else text).strip("\n")
    return inner if inner.strip() else ""


def _parted(text: str) -> tuple[str, str]:
    """Return the heading line with its end, and the rest."""
    cut = text.find("\n") + 1 or len(text)
    return text[:cut], text[cut:]


def plain(text: str) -> str:
    """Line ends as they were before a browser sent them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


def one_line(text: str) -> str:
    """A name as it can stand in a heading."""
    return " ".join(_NOT_IN_NAME.sub(" ", text).split())
