"""The front matter in plain words: which field of the form stands for which key of the file, in either generation.

Pure. A field whose words nobody changed writes nothing, so its lines in the file stay as they are.
"""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patterns.format.document import text_of
from patterns.relation_lines import in_front, read_lines
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


_TITLE: Final = Field(
    "title", _("Title"), _("Two to five words that name what one does."), (("title",),), asked=True
)  # fmt: skip
_SOURCES: Final = Field(
    "sources", _("Sources"), _("One a line: author, title, year, and an address where there is one."),
    (("sources",),), shape="list", longest=40_000,
)  # fmt: skip
_LICENCE: Final = Field(
    "license", _("Licence of the text"), _("Leave CC-BY-SA-4.0 unless the text is somebody else's."),
    (("license",), ("provenance", "license"), ("license",)), longest=80,
)  # fmt: skip
_ATTRIBUTION: Final = Field(
    "attribution", _("Attribution"), _("Whom to name beside you, where part of the text comes from elsewhere."),
    (("attribution",), ("provenance", "attribution"), ("attribution",)), longest=1000,
)  # fmt: skip

PATTERN: Final = (
    _TITLE,
    Field(
        "summary", _("Summary"), _("One or two sentences: what it is and whom it helps."),
        (("summary",), ("description",), ("summary",)), shape="text", longest=2000, asked=True,
    ),
    Field(
        "aliases", _("Other names"), _("One a line: what others call it, abbreviations too."), (("aliases",),),
        shape="list", longest=4000,
    ),
    Field(
        "domain", _("Domain"), _("The one field it belongs to most, such as governance or housing."),
        (("ontology", "domain"), ("classification", "domain"), ("ontology", "domain")), longest=120,
        suggestions="domains",
    ),
    Field(
        "categories", _("Also belongs to"), _("One a line: other fields in which people look for it."),
        (("classification", "category"), ("ontology", "cross_domains")), shape="list", longest=2000,
    ),
    Field(
        "universality", _("How widely it holds"), _("Such as universal or context-specific. Leave it out if unsure."),
        (("classification", "universality"), ("ontology", "universality")), longest=60,
    ),
    _SOURCES, _LICENCE, _ATTRIBUTION,
)  # fmt: skip
NEW_PATTERN: Final = (
    *PATTERN,
    Relations(
        "relations", _("Relations"),
        _("One a line: how it is joined, and the other pattern, such as “requires: Steward-Ownership”."),
        (("relationships",),), shape="list", longest=10_000,
    ),
)  # fmt: skip
LIGHTHOUSE: Final = (
    Field("title", _("Name of the place"), _("As it calls itself."), (("title",),), asked=True),
    Field(
        "description", _("In one or two sentences"), _("What it is and what it is known for."), (("description",),),
        shape="text", longest=2000, asked=True,
    ),
    Field("tagline", _("In a few words"), _("A line under its name."), (("tagline",),)),
    Field(
        "type", _("What it is"), _("organization, city or community."), (("type",),), longest=60, suggestions="kinds"
    ),
    Field("country", _("Country"), _("Where it is at home."), (("country",),), longest=120),
    Field("sector", _("Sector"), _("What it does, such as care, energy or housing."), (("sector",),), longest=120),
    Field("founded", _("Founded"), _("The year."), (("founded",),), longest=60),
    Field(
        "patterns_used", _("Patterns it uses"),
        _("One a line, by their titles. What the library does not hold yet stays plain text."), (("patterns_used",),),
        shape="list", longest=20_000, asked=True,
    ),
    _SOURCES, _LICENCE, _ATTRIBUTION,
)  # fmt: skip
