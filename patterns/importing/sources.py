"""Turn what an operator typed, a folder or a git address, into a folder to read."""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.text import slugify

from patterns.importing.cloning import CloneError, clone, without_secrets

_SCP = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?!/|\\)(?P<path>\S+)\Z")


class SourceError(ValueError):
    """The source cannot be read; the message is a plain sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Source:
    """A folder to read, what to call its library, and how to say where it came from."""

    root: Path
    slug: str
    address: str


@contextlib.contextmanager
def opened(source: str | Path) -> Iterator[Source]:
    """Yield the folder of `source`; a clone is deleted afterwards. Raises `SourceError`."""
    text = str(source)
    if url := git_url(text):
        with tempfile.TemporaryDirectory(prefix="clm-import-") as folder:
            try:
                root = clone(url, Path(folder) / "library")
            except CloneError as problem:
                raise SourceError(str(problem)) from problem
            yield Source(root, _slug(_last_part(text)), without_secrets(url))
        return
    root = Path(text).expanduser()
    if not root.exists():
        raise SourceError(f"There is nothing at “{text}”. Give the folder of a library, or its git address.")
    if not root.is_dir():
        raise SourceError(f"“{text}” is a file. Give the folder of a library, or its git address.")
    starter = root.resolve() == Path(settings.STARTER_LIBRARY).resolve()
    yield Source(root, "starter" if starter else _slug(root.resolve().name), root.resolve().name)


def git_url(text: str) -> str:
    """Return the URL when `text` is a git address, and nothing when it is a path."""
    if "://" in text:
        return text
    match = _SCP.match(text)
    if match and not Path(text).exists():
        return f"ssh://{text.rsplit(':', 1)[0]}/{match['path']}"
    return ""


def _last_part(text: str) -> str:
    """Return what names the library in an address: owner and repository where both are there."""
    parts = [part for part in re.split(r"[/:]", text.rstrip("/").removesuffix(".git")) if part]
    return parts[-1] if parts else "library"


def _slug(name: str) -> str:
    return slugify(name)[:80] or "library"
