"""What an export wrote, for people and for machines."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """Files written: `unchanged` ones are the bytes that were imported, `changed` and `authored` ones this site's."""

    directory: str = ""
    libraries: list[str] = field(default_factory=list)
    unchanged: int = 0
    changed: int = 0
    authored: int = 0
    unread: int = 0
    context: int = 0
    reported: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def written(self) -> int:
        return self.unchanged + self.changed + self.authored + self.unread + self.context

    def say(self, file: str, reason: str) -> None:
        self.reported.append({"file": file, "line": 1, "reason": reason})

    def as_json(self) -> dict[str, Any]:
        return {
            "directory": self.directory,
            "libraries": self.libraries,
            "written": self.written,
            "unchanged": self.unchanged,
            "changed": self.changed,
            "authored": self.authored,
            "unread": self.unread,
            "context": self.context,
            "reported": self.reported,
            "seconds": round(self.seconds, 2),
        }

    def summary(self) -> str:
        sums = (
            f"{self.unchanged:,} as they were imported, {self.changed:,} changed here, {self.authored:,} written here, "
            f"{self.context:,} context files, {self.unread:,} that could not be read and are given back as they came."
        )
        lines = [f"Wrote {self.written:,} files to {self.directory} in {self.seconds:.1f} s: {sums}"]
        lines += [f"  {one['file']}: {one['reason']}" for one in self.reported]
        return "\n".join(lines)
