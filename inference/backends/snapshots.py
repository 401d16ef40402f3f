"""Immutable snapshots on disk: each is a folder that is never written again, and a pointer file names the live one.

What is built aside is taken over whole or not at all. A reader holds a shared lock on what it has open, and what is
held is not removed. Who finds a snapshot broken sets it aside, so that the next build replaces it.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from inference.backends import BackendError

KEPT = 2  # the live one, and the one before
POINTER, SCHEMA_FILE, LOCK, BROKEN = "current", "schema.json", "held", "broken"
_BUILDING = ".building-"
YOUNG = 60.0  # seconds


class Snapshots:
    """The snapshots of one thing under `folder`; `schema` is what this version of the site can read."""

    def __init__(self, folder: Path, *, schema: dict[str, Any]) -> None:
        self.folder = folder
        self.schema = schema

    def add(self, write: Callable[[Path], dict[str, Any]], **facts: Any) -> str:
        """Let `write` fill a new folder and return what it wrote, then make it the live one; returns its name.

        `write` says its files under `files`. Raises whatever `write` does, and OSError; the live one then stays.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        target = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=self.folder))
        with (target / LOCK).open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # another process that prunes leaves it alone
            try:
                wrote = write(target)
                sums = {name: _sha256(target / name) for name in wrote.pop("files")}
                built_at = datetime.now(UTC).isoformat(timespec="seconds")
                manifest = self.schema | wrote | facts | {"built_at": built_at, "sha256": sums}
                (target / SCHEMA_FILE).write_text(json.dumps(manifest, indent=1) + "\n")
                _sync(target)
                name = self._take_over(target)
            except BaseException:
                shutil.rmtree(target, ignore_errors=True)
                raise
        self.prune()
        return name

    def live(self) -> dict[str, Any]:
        """What the live snapshot says of itself, with its `name`; empty where there is none that can be read."""
        try:
            name = (self.folder / POINTER).read_text().strip()
            if not name.isdecimal() or (self.folder / name / BROKEN).exists():
                return {}
            manifest = json.loads((self.folder / name / SCHEMA_FILE).read_text())
        except (OSError, ValueError):
            return {}
        readable = isinstance(manifest, dict) and all(manifest.get(key) == value for key, value in self.schema.items())
        return manifest | {"name": name} if readable else {}

    def hold(self, manifest: dict[str, Any]) -> IO[bytes]:
        """Keep a snapshot from being removed until the returned file is closed; its files are checked first.

        Raises BackendError where it is gone or damaged; a damaged one is set aside.
        """
        folder = self.folder / manifest["name"]
        try:
            lock = (folder / LOCK).open("rb")
        except OSError as problem:
            raise BackendError(f"The snapshot {folder} is gone: {problem.strerror}.") from problem
        try:
            fcntl.flock(lock, fcntl.LOCK_SH)
            for name, sha256 in manifest["sha256"].items():
                if _sha256(folder / name) != sha256:
                    raise BackendError(f"The snapshot {folder} is damaged: {name} is not what was built.")
        except (OSError, BackendError) as problem:
            lock.close()
            self.set_aside(manifest["name"])
            if isinstance(problem, BackendError):
                raise
            raise BackendError(f"The snapshot {folder} cannot be read: {problem.strerror}.") from problem
        return lock

    def set_aside(self, name: str) -> None:
        """Mark a snapshot as broken, so that nobody opens it again and the next build replaces it."""
        with contextlib.suppress(OSError):
            (self.folder / name / BROKEN).touch()

    def prune(self) -> None:
        """Remove old snapshots that nobody has open, and builds that a killed process left behind."""
        numbered = sorted(self._numbered(), reverse=True)
        live = self.live().get("name", "")
        old = [self.folder / str(number) for number in numbered[KEPT:] if str(number) != live]
        for folder in [*old, *self.folder.glob(f"{_BUILDING}*")]:
            with _alone(folder) as alone:
                if alone:
                    shutil.rmtree(folder, ignore_errors=True)

    def _take_over(self, target: Path) -> str:
        """Give the folder the next number, which another builder may have taken meanwhile, and point at it."""
        number = max(self._numbered(), default=0) + 1
        while True:
            try:
                target.rename(self.folder / str(number))
                break
            except OSError:
                if not (self.folder / str(number)).exists():
                    raise
                number += 1
        pointer = self.folder / f".{POINTER}-{os.getpid()}"
        pointer.write_text(str(number))
        pointer.replace(self.folder / POINTER)
        return str(number)

    def _numbered(self) -> list[int]:
        return [int(path.name) for path in self.folder.iterdir() if path.name.isdecimal() and path.is_dir()]


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nobody has this folder open, while the block runs."""
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
    except BlockingIOError:
        yield False
    except FileNotFoundError:
        # A build that has only just made its folder has no lock yet.
        yield folder.exists() and time.time() - folder.stat().st_mtime > YOUNG


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """Have the files on the disk before anything points at them."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
