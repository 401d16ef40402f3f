"""Find a library's files in a folder, without following links or reading what is no file."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LIMIT = 8 * 1024 * 1024  # bytes of a pattern or lighthouse file
CONTEXT_LIMIT = 64 * 1024 * 1024  # bytes of a context file
PATTERN_FOLDERS = ("patterns/_patterns", "_patterns", "patterns")
LIGHTHOUSE_FOLDERS = ("lighthouses/_lighthouses", "_lighthouses", "lighthouses")
CONTEXT_FOLDERS = ("context", "")
RELATIONS, SUITABILITY = "relationships_approved.json", "archetype_extractions.json"


class Kind(StrEnum):
    PATTERN = "pattern"
    LIGHTHOUSE = "lighthouse"
    RELATIONS = "relations"
    SUITABILITY = "suitability"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a library: `path` inside the library with `/`, and where it is. `fault` says why it is not read."""

    path: str
    place: Path
    kind: Kind
    fault: str = ""


class NoLibraryError(ValueError):
    """The folder holds nothing that looks like a library; the message says what was looked for."""


def scan(root: Path) -> list[File]:
    """Return the files of the library under `root` in reading order; raise `NoLibraryError` when there are none."""
    files = list(_context(root))
    patterns = _first(root, PATTERN_FOLDERS, Kind.PATTERN)
    lighthouses = _first(root, LIGHTHOUSE_FOLDERS, Kind.LIGHTHOUSE)
    if not patterns and not lighthouses:
        patterns = list(_markdown(root, "", Kind.PATTERN))
    if not (patterns or lighthouses or files):
        raise NoLibraryError(
            f"There is no library in “{root}”: no Markdown files there, in patterns/_patterns or in _patterns."
        )
    return [*patterns, *lighthouses, *files]


def _first(root: Path, folders: tuple[str, ...], kind: Kind) -> list[File]:
    for folder in folders:
        if found := list(_markdown(root, folder, kind)):
            return found
    return []


def _markdown(root: Path, folder: str, kind: Kind) -> Iterator[File]:
    here = root / folder
    if not here.is_dir() or (folder and here.is_symlink()):
        return
    with os.scandir(here) as entries:
        listed = sorted((entry for entry in entries if entry.name.endswith((".md", ".markdown"))), key=_name)
    for entry in listed:
        yield _checked(f"{folder}/{entry.name}" if folder else entry.name, Path(entry.path), kind, limit=LIMIT)


def _name(entry: os.DirEntry) -> str:
    return entry.name


def _context(root: Path) -> Iterator[File]:
    for name, kind in ((RELATIONS, Kind.RELATIONS), (SUITABILITY, Kind.SUITABILITY)):
        for folder in CONTEXT_FOLDERS:
            place = root / folder / name
            if place.is_file() or place.is_symlink():
                yield _checked(f"{folder}/{name}".lstrip("/"), place, kind, limit=CONTEXT_LIMIT)
                break


def _checked(path: str, place: Path, kind: Kind, *, limit: int) -> File:
    shown = path.encode("utf-8", "replace").decode()
    if shown != path:
        return File(shown, place, kind, "has a name that is not UTF-8")
    if place.is_symlink():
        return File(path, place, kind, "is a link; only real files are read")
    if not place.is_file():
        return File(path, place, kind, "is not a file")
    if place.stat().st_size > limit:
        return File(path, place, kind, f"is larger than {limit // 1024 // 1024} MB")
    return File(path, place, kind)
