"""Who a process really is: a pid alone may have been given to somebody else, so a pid is kept with its start time."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass(frozen=True)
class Identity:
    """One process for all time: its pid and the moment it started (kernel ticks; text of ps(1) without /proc)."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "Identity | None":
        """The process that holds `pid` now; None when there is none (a zombie counts as none)."""
        started = _start_of(pid)
        return cls(pid, started) if started else None

    @classmethod
    def read(cls, record: dict[str, Any] | None) -> "Identity | None":
        """What `as_record` wrote, or None for anything else."""
        try:
            return cls(int(record["pid"]), str(record["started"])) if record else None
        except (KeyError, TypeError, ValueError):
            return None

    def as_record(self) -> dict[str, Any]:
        return asdict(self)

    def alive(self) -> bool:
        return _start_of(self.pid) == self.started


def stop(identity: Identity, *, first: int = signal.SIGTERM, patience: float = 10, last: int = signal.SIGKILL) -> bool:
    """Ask a process to end with signal `first`, and after `patience` seconds with `last`; True when it is gone."""
    for number, wait in ((first, patience), (last, 5.0)):
        if not identity.alive():
            return True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(identity.pid, number)
        if wait_for_end(identity, wait):
            return True
    return not identity.alive()


def wait_for_end(identity: Identity, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while identity.alive():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _start_of(pid: int) -> str:
    if Path("/proc/self/stat").exists():
        try:
            # The name in parentheses may hold anything, so count the fields from the last parenthesis (proc(5)).
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (OSError, UnicodeDecodeError):
            return ""
        return "" if fields[0] in "ZX" else fields[19]
    shown = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split(maxsplit=1)
    return "" if len(shown) < 2 or shown[0].startswith("Z") else shown[1].strip()


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the thread that made it ends. Linux only; elsewhere, and late, a check."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we could ask
        sys.exit(1)
