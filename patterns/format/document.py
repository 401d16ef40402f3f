"""What a Commons OS file says, as immutable values that every later stage can rely on.

The format was never specified; these shapes were measured on the 3,616 files of the public library of June 2026:
2,074 of the newer generation (`relationships`, `lifecycle`, `ontology`, …), 1,542 of the older (`classification`,
flat `enables`, `requires`, …), and one or two of every oddity that several people and machines can write by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from patterns.texts import sections
from patterns.texts.sections import Section


class Generation(StrEnum):
    """Which keys a file is written with; `unknown` files are read by the keys of both."""

    NEWER = "newer"
    OLDER = "older"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much a problem cost: the whole file, a part of it, a repair, or nothing but a remark."""

    ERROR = "error"
    PARTLY = "partly"
    REPAIRED = "repaired"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about a file: the line (from 1) and a plain sentence."""

    line: int
    reason: str
    severity: Severity = Severity.NOTE


@dataclass(frozen=True, slots=True)
class Reference:
    """One relation as a file writes it.

    `key` is the file's own word (`generalizes_from`); `kind` and `inverse` say what it means: with `inverse` the
    named pattern is the relation's source and the file's own pattern its target. At least one of `id`, `slug` and
    `title` is not empty; `stands_at` is a path into the front matter such as `relationships.enables[0]`.
    """

    key: str
    kind: str
    inverse: bool
    stands_at: str
    line: int
    id: str = ""
    slug: str = ""
    title: str = ""
    weight: float | None = None
    description: str = ""
    raw: Any = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the reference gives, the most reliable first: ids beside a slug are often invented."""
        return tuple(name for name in (self.slug, self.id, self.title) if name)


@dataclass(frozen=True, slots=True)
class NestedFront:
    """A second front matter that stands in the body, left over from an earlier identity of the pattern."""

    id: str
    slug: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. `text` is the file to the character; `text[body_start:]` is its body.

    A document without `text` was authored here and has no file yet: `serialise` writes one from `front` and
    `body_written`.
    """

    text: str
    front: Mapping[str, Any] = field(default_factory=dict)
    front_start: int = 0
    front_end: int = 0
    body_start: int = 0
    generation: Generation = Generation.UNKNOWN
    references: tuple[Reference, ...] = ()
    inferred: tuple[Reference, ...] = ()
    nested: tuple[NestedFront, ...] = ()
    problems: tuple[Problem, ...] = ()
    body_written: str = ""

    @property
    def front_text(self) -> str:
        return self.text[self.front_start : self.front_end]

    @property
    def body(self) -> str:
        return self.text[self.body_start :] if self.text else self.body_written

    @property
    def readable(self) -> bool:
        """False when the file as a whole could not be understood; `problems` then says why."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def sections(self) -> tuple[Section, ...]:
        return sections.split(self.body)

    @property
    def uid(self) -> str:
        return text_of(self.front.get("id"))

    @property
    def slug(self) -> str:
        return text_of(self.front.get("slug"))

    @property
    def title(self) -> str:
        return text_of(self.front.get("title"))

    @property
    def aliases(self) -> tuple[str, ...]:
        return texts_of(self.front.get("aliases"))

    @property
    def sources(self) -> tuple[Any, ...]:
        """Sources as written: texts, or mappings with `title` and `url`."""
        value = self.front.get("sources")
        return tuple(value) if isinstance(value, list) else ((value,) if value else ())


def text_of(value: Any) -> str:
    """Return a scalar as trimmed text, and nothing at all for a list or mapping."""
    if value is None or isinstance(value, list | dict):
        return ""
    return str(value).strip()


def texts_of(value: Any) -> tuple[str, ...]:
    """Return a list, or a lone scalar, as the texts in it; what is empty or nested is left out."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(text_of, values) if text)
