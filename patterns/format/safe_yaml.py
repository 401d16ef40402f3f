"""Read YAML that strangers wrote, without letting it expand, recurse or run.

Built on the events of libyaml rather than on PyYAML's constructors: one pass, a bounded stack of our own, no
aliases, no tags, and dates left as the text a person typed. https://yaml.org/spec/1.1/
"""

import math
import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

LIMIT = 512 * 1024  # characters; the largest front matter in the public library has 8,426
DEPTH = 32
VALUES = 50_000

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?[0-9]{1,25}\.[0-9]{0,25}(?:[eE][-+][0-9]{1,3})?\Z")
_WORDS = {"true": True, "True": True, "false": False, "False": False, "~": None, "null": None, "Null": None, "": None}
_PLAIN_TAGS = frozenset({None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})

Path = tuple[str | int, ...]


class UnreadableYamlError(ValueError):
    """The text is not YAML this reader accepts. `line` counts from 1 within the text that was read."""

    def __init__(self, reason: str, *, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Yaml:
    """A value, the line (from 1) each part of it stands on, and what the reader had to decide on its own."""

    value: Any
    lines: dict[Path, int]
    remarks: tuple[tuple[int, str], ...]


def read(text: str) -> Yaml:
    """Return what `text` says; raise `UnreadableYamlError` with a plain reason and a line when it cannot be read."""
    if len(text) > LIMIT:
        raise UnreadableYamlError(f"is longer than {LIMIT:,} characters", line=1)
    try:
        return _build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableYamlError(_sentence(error), line=mark.line + 1 if mark else 1) from error
    except yaml.reader.ReaderError as error:
        reason = f"holds a character that YAML does not allow (U+{ord(_as_text(error.character)):04X})"
        raise UnreadableYamlError(reason, line=text.count("\n", 0, error.position) + 1) from error
    except yaml.YAMLError as error:
        raise UnreadableYamlError(f"is not valid YAML: {error}", line=1) from error


def scalar(value: str, *, plain: bool = True) -> Any:
    """Return the typed value of a scalar. Its types are a subset of PyYAML's, so what PyYAML quotes stays text."""
    if not plain:
        return value.replace("\x00", "\ufffd") if "\x00" in value else value
    if value in _WORDS:
        return _WORDS[value]
    if value[0] in "-+0123456789":
        if _INTEGER.match(value):
            return int(value)
        if _FLOAT.match(value) and math.isfinite(number := float(value)):
            return number
    return value


def _build(text: str) -> Yaml:
    builder = _Builder()
    for event in yaml.parse(text, yaml.CSafeLoader):
        kind = type(event)
        if kind is ScalarEvent:
            builder.take_scalar(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            builder.open(event, {} if kind is MappingStartEvent else [])
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            builder.close()
        elif kind is AliasEvent:
            reason = "uses a YAML alias (`*name`), which can expand without end; write the value out"
            raise UnreadableYamlError(reason, line=event.start_mark.line + 1)
        elif kind is DocumentStartEvent:
            builder.begin(event)
    return Yaml(value=builder.root[0] if builder.root else None, lines=builder.lines, remarks=tuple(builder.remarks))


_NO_KEY = object()  # a mapping awaits its next key; None stands for "in a sequence"


class _Builder:
    """Folds events into one value. `stack` holds `(container, its path, the outer key to return to)`."""

    def __init__(self) -> None:
        self.root: list[Any] = []
        self.lines: dict[Path, int] = {}
        self.remarks: list[tuple[int, str]] = []
        self.stack: list[tuple[Any, Path, Any]] = [(self.root, (), None)]
        self.key: Any = None
        self.values = self.documents = 0

    def begin(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise UnreadableYamlError("holds more than one YAML document", line=event.start_mark.line + 1)

    def take_scalar(self, event: Any) -> None:
        if self.key is _NO_KEY:
            self._take_key(event)
        else:
            self._place(event)
            self._put(scalar(event.value, plain=event.implicit[0]))

    def open(self, event: Any, container: Any) -> None:
        line = event.start_mark.line + 1
        if self.key is _NO_KEY:
            raise UnreadableYamlError("uses a list or mapping as a key", line=line)
        if len(self.stack) > DEPTH:
            raise UnreadableYamlError(f"is nested more than {DEPTH} deep", line=line)
        path = self._place(event)
        self._put(container)
        self.stack.append((container, path, self.key))
        self.key = _NO_KEY if isinstance(container, dict) else None

    def close(self) -> None:
        self.key = self.stack.pop()[2]

    def _take_key(self, event: Any) -> None:
        self.key = scalar(event.value, plain=False)
        container = self.stack[-1][0]
        if self.key in container:
            self.remarks.append((event.start_mark.line + 1, f"`{self.key[:60]}` is written twice; the last one counts"))
            del container[self.key]

    def _place(self, event: Any) -> Path:
        """Return the path of the value that `event` begins, having noted its line and checked it is allowed."""
        line = event.start_mark.line + 1
        if event.tag not in _PLAIN_TAGS:
            raise UnreadableYamlError(f"uses the YAML tag `{event.tag[:60]}`, which is not read", line=line)
        self.values += 1
        if self.values > VALUES:
            raise UnreadableYamlError(f"holds more than {VALUES:,} values", line=line)
        container, outer, _ = self.stack[-1]
        path = (*outer, len(container) if self.key is None else self.key) if len(self.stack) > 1 else ()
        self.lines[path] = line
        return path

    def _put(self, value: Any) -> None:
        container = self.stack[-1][0]
        if self.key is None:
            container.append(value)
        else:
            container[self.key] = value
            self.key = _NO_KEY


def _sentence(error: yaml.MarkedYAMLError) -> str:
    """Return libyaml's complaint as one plain sentence, without its positions."""
    parts = [part for part in (error.context, error.problem) if part]
    return "is not valid YAML: " + ", ".join(parts)


def _as_text(character: Any) -> str:
    return chr(character) if isinstance(character, int) else str(character)[:1] or "\ufffd"
