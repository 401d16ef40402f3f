"""Write into a folder that is empty or that an earlier export wrote, and into no other.

What an export wrote is noted under CLM_HOME, not in the folder: that holds the library and nothing else.
"""

import hashlib
import json
from pathlib import Path


class ExportError(ValueError):
    """The export cannot be written; the message is a plain sentence for the operator."""


class Folder:
    """The target of one export. Files an earlier export wrote and this one does not are removed at `close`."""

    def __init__(self, root: Path, *, notes: Path) -> None:
        self.root = root.resolve()
        name = hashlib.sha256(str(self.root).encode()).hexdigest()[:32]
        self._note = notes / f"{name}.json"
        self._before = self._claim()
        self._written: dict[str, str] = {}

    def write(self, path: str, content: bytes) -> None:
        """Write one file; `path` is relative with `/` and may not leave the folder."""
        place = self.root / path
        if not place.resolve().is_relative_to(self.root) or place.is_symlink():
            raise ExportError(f"“{path}” is a link or lies outside the folder. Remove it, or give another folder.")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        self._written[path] = _digest(content)

    def has(self, path: str) -> bool:
        return path in self._written

    def close(self) -> None:
        """Remove what an earlier export wrote and this one did not, and note what this one wrote."""
        for path in self._before.keys() - self._written.keys():
            place = self.root / path
            if place.is_file() and not place.is_symlink():
                place.unlink()
        self._remember({**self._written})

    def _claim(self) -> dict[str, str]:
        """Return what an earlier export wrote here; refuse a folder with anything else in it."""
        if self.root.exists() and not self.root.is_dir():
            raise ExportError(f"“{self.root}” is a file. Give a folder.")
        self.root.mkdir(parents=True, exist_ok=True)
        there = [path for path in self.root.rglob("*") if path.is_symlink() or not path.is_dir()]
        before = self._remembered() if there else {}
        for place in there:
            path = place.relative_to(self.root).as_posix()
            if path not in before:
                raise ExportError(
                    f"“{self.root}” is not empty: “{path}” was not written by an export of this site. "
                    "Give an empty folder, or one an earlier export wrote."
                )
            if before[path] and (place.is_symlink() or _digest(place.read_bytes()) != before[path]):
                raise ExportError(f"“{path}” in “{self.root}” was changed since it was exported. Move it away first.")
        return before

    def _remembered(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    def plan(self, paths: list[str]) -> None:
        """Note what is about to be written, so that an export that was interrupted can be repeated."""
        self._remember(dict.fromkeys(paths, "") | self._before)
        self._before = dict.fromkeys(paths, "") | self._before

    def _remember(self, written: dict[str, str]) -> None:
        self._note.parent.mkdir(parents=True, exist_ok=True)
        partial = self._note.with_suffix(".part")
        partial.write_text(json.dumps(written, indent=0, sort_keys=True), encoding="utf-8")
        partial.replace(self._note)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
