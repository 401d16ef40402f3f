"""Read files of a library one chunk at a time: bytes, hash, text, document; the only stage that touches the disk."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from patterns.format import Document, Problem, Severity, parse
from patterns.importing.scanning import File

_UID = re.compile(r"^id:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)
_HEAD = 4000


@dataclass(frozen=True, slots=True)
class Seen:
    """A file's hash and the id it begins with, without its text."""

    file: File
    sha256: str
    uid: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file with its bytes and what they say. Without a readable document it is kept but not imported."""

    file: File
    sha256: str
    raw: bytes
    document: Document

    @property
    def file_slug(self) -> str:
        """What the file calls itself in addresses: its `slug`, else its name."""
        return (self.document.slug or self.file.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])[:200]

    @property
    def problems(self) -> list[dict]:
        """The document's problems as `SourceFile` keeps them."""
        return [{"line": one.line, "reason": one.reason} for one in self.document.problems]


def look(files: Sequence[File]) -> Iterator[Seen]:
    """Yield the hash of each file; a file that cannot be read has none."""
    for file in files:
        try:
            raw = b"" if file.fault else file.place.read_bytes()
        except OSError:
            raw = b""
        match = _UID.search(raw[:_HEAD].decode("utf-8", "replace"))
        yield Seen(file, "" if file.fault else hashlib.sha256(raw).hexdigest(), match[1] if match else "")


def read(file: File) -> ReadFile:
    """Return one file, read; what is wrong with it stands in its document's problems."""
    if file.fault:
        return _faulty(file, b"", file.fault)
    try:
        raw = file.place.read_bytes()
    except OSError as error:
        return _faulty(file, b"", f"cannot be read: {error.strerror}")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _faulty(file, raw, f"is not UTF-8 text (byte {error.start})", line=line)
    return ReadFile(file, hashlib.sha256(raw).hexdigest(), raw, parse(text))


def _faulty(file: File, raw: bytes, reason: str, *, line: int = 1) -> ReadFile:
    digest = hashlib.sha256(raw).hexdigest() if raw else ""
    return ReadFile(file, digest, raw, Document(text="", problems=(Problem(line, reason, Severity.ERROR),)))
