"""What an import did, file by file and in sums, for people and for machines."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a person should know about one file; `line` counts from 1."""

    file: str
    line: int
    reason: str


@dataclass
class Report:
    """The sums of one import. `imported + updated + unchanged + unread` is `seen`, which counts every file read.

    `unread` files are kept, exported and named in `reported`; a file in `reported` may well be imported, with
    something about it that a person should know. `returned` were retired by an import before and are published again.
    """

    library: str = ""
    seen: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    unread: int = 0
    reported: list[Remark] = field(default_factory=list)
    relations: dict[str, Any] = field(default_factory=lambda: {"resolved": 0, "unresolved": 0, "by_kind": {}})
    lighthouses: int = 0
    suitability: int = 0
    retired: int = 0
    returned: int = 0
    seconds: float = 0.0
    dry_run: bool = False

    def say(self, file: str, reason: str, *, line: int = 1) -> None:
        self.reported.append(Remark(file, line, reason))

    def as_json(self) -> dict[str, Any]:
        """Return the shape that `--json` prints."""
        return {
            "library": self.library,
            "seen": self.seen,
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "unread": self.unread,
            "reported": [{"file": one.file, "line": one.line, "reason": one.reason} for one in self.reported],
            "relations": self.relations,
            "lighthouses": self.lighthouses,
            "suitability": self.suitability,
            "retired": self.retired,
            "returned": self.returned,
            "seconds": round(self.seconds, 2),
            "dry_run": self.dry_run,
        }

    def summary(self, *, most: int = 40) -> str:
        """Return a short account for a person, with at most `most` remarks."""
        lines = [
            (
                f"{'Would read' if self.dry_run else 'Read'} {self.seen:,} files of the library “{self.library}” "
                f"in {self.seconds:.1f} s: {self.imported:,} new, {self.updated:,} changed, "
                f"{self.unchanged:,} unchanged, {self.unread:,} not readable."
            ),
            (
                f"It now has {self.relations['resolved']:,} relations between patterns, "
                f"{self.relations['unresolved']:,} that name a pattern nobody has written yet, "
                f"{self.lighthouses:,} lighthouses and {self.suitability:,} suitability records."
            ),
        ]
        if self.returned:
            lines.append(f"{self.returned:,} patterns and lighthouses that an import had retired are back.")
        if self.retired:
            lines.append(f"{self.retired:,} patterns and lighthouses were retired; a curator can bring each back.")
        if self.reported:
            files = len({one.file for one in self.reported})
            lines.append(f"\n{len(self.reported):,} remarks on {files:,} files:")
            lines += [f"  {one.file}:{one.line}: {one.reason}" for one in self.reported[:most]]
            if (rest := len(self.reported) - most) > 0:
                lines.append(f"  … and {rest:,} more; --json prints all of them.")
        return "\n".join(lines)


def relation_sums(rows: list[tuple[str, bool, int]]) -> dict[str, Any]:
    """Return `{resolved, unresolved, by_kind}` from `(kind, resolved, count)` rows; `by_kind` counts both."""
    kinds: Counter[str] = Counter()
    sums = {"resolved": 0, "unresolved": 0}
    for kind, resolved, count in rows:
        kinds[kind] += count
        sums["resolved" if resolved else "unresolved"] += count
    return {**sums, "by_kind": dict(kinds.most_common())}
