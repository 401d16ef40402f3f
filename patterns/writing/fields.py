"""The front matter in plain words: which field of the form stands for which key of the file, in either generation.

Pure. A field whose words nobody changed writes nothing, so its lines in the file stay as they are.
"""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from patterns.format.document import text_of
from patterns.relating.lines import in_front, read_lines
from patterns.writing.parts import one_line, plain

Words = str | Promise
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `paths` are where files have its value, read in this order; a value none has yet goes to the last.

    `shape`: `line`, `text` (several lines of one value), or `list` (one value a line). `asked` fields stand at the
    top of the form, the others in a fold.
    """

    name: str
    label: Words
    hint: Words
    paths: tuple[Path, ...]
    shape: str = "line"
    longest: int = 300
    asked: bool = False
    suggestions: str = ""

    def read(self, front: Mapping[str, Any]) -> str:
        """Return what the form shows."""
        value = _at(front, self._path(front))
        if self.shape != "list":
            return text_of(value)
        return "\n".join(line for item in _items(value) if (line := line_of(item)))

    def write(self, front: dict[str, Any], words: str) -> None:
        """Put `words` into `front`, a copy of one's own, unless they say what stands there already."""
        words = cleaned(words, shape=self.shape)
        if words == cleaned(self.read(front), shape=self.shape):
            return
        path = self._path(front)
        value = _listed(words, _items(_at(front, path))) if self.shape == "list" else words
        holder = front
        for key in path[:-1]:
            inner = holder.get(key)
            holder[key] = inner if isinstance(inner, dict) else {}
            holder = holder[key]
        if value or path[-1] in holder:
            holder[path[-1]] = value

    def _path(self, front: Mapping[str, Any]) -> Path:
        """Where this file has the value, or has the mapping it would stand in."""
        said = next((path for path in self.paths if _at(front, path) not in (None, "", [])), None)
        near = (path for path in self.paths if len(path) > 1 and isinstance(front.get(path[0]), dict))
        return said or next(near, self.paths[-1])


@dataclass(frozen=True, slots=True)
class Relations(Field):
    """Lines that are added to the relations a file has; those it has are not shown, and none is taken out."""

    def read(self, front: Mapping[str, Any]) -> str:  # noqa: ARG002 - there is nothing to show
        return ""

    def write(self, front: dict[str, Any], words: str) -> None:
        if lines := read_lines([words]):
            front["relationships"] = in_front(lines, before=front.get("relationships"))


def changed_front(front: Mapping[str, Any], fields: Iterable[Field], values: Mapping[str, str]) -> dict[str, Any]:
    """Return the top-level keys that `values` change, with their new values."""
    wanted = copy.deepcopy(dict(front))
    for field in fields:
        if field.name in values:
            field.write(wanted, values[field.name])
    return {key: value for key, value in wanted.items() if key not in front or front[key] != value}


def values_of(front: Mapping[str, Any], fields: Iterable[Field]) -> dict[str, str]:
    """Return what every field shows of `front`."""
    return {field.name: field.read(front) for field in fields}


def line_of(item: Any) -> str:
    """Return one item of a list as a line: a text, or a mapping's title and address."""
    if isinstance(item, Mapping):
        parts = (text_of(item.get(key)) for key in ("title", "name", "slug", "id", "url", "link"))
        return " ".join(dict.fromkeys(" ".join(part.split()) for part in parts if part))
    return " ".join(text_of(item).split())


def cleaned(words: str, *, shape: str) -> str:
    """Words as a field keeps them: no blank lines in a list, no line ends in a line."""
    if shape == "list":
        return "\n".join(line for one in plain(words).split("\n") if (line := one_line(one)))
    return one_line(words) if shape == "line" else plain(words).strip()


def _listed(words: str, before: Sequence[Any]) -> list[Any]:
    """Return the items the lines stand for: those that were there as they were, new ones as texts.

    Items that show as nothing stay, at the end.
    """
    known: dict[str, list[Any]] = {}
    for item in before:
        known.setdefault(line_of(item), []).append(item)
    mappings = bool(before) and all(isinstance(item, Mapping) for item in before)
    lines = words.split("\n") if words else []
    found = [known[line].pop(0) if known.get(line) else _fresh(line, mappings=mappings) for line in lines]
    return found + known.get("", [])


def _fresh(line: str, *, mappings: bool) -> Any:
    """A new item like its neighbours: a mapping of title and address among mappings, else the line."""
    if not mappings:
        return line
    words = line.split(" ")
    url = next((word for word in words if word.startswith(("https://", "http://"))), "")
    title = " ".join(word for word in words if word != url)
    return {key: value for key, value in (("title", title), ("url", url)) if value}


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]


def _at(front: Mapping[str, Any], path: Path) -> Any:
    value: Any = front
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
