"""What is known about a running site, in `run/site.json`: who supervises it, its children, its address.

Read by the next start, which clears away what a killed supervisor left, and by `doctor`.
"""

import fcntl
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from clm_site.processes import Identity, stop


@dataclass(frozen=True)
class SiteRecord:
    address: str = ""
    supervisor: Identity | None = None
    children: dict[str, Identity] = field(default_factory=dict)


class AlreadyRunning(RuntimeError):
    """A supervisor works under this CLM_HOME; the message says where the site answers."""


def read(home: Path) -> SiteRecord:
    try:
        known = json.loads(_path(home).read_text())
        children = {name: Identity.read(record) for name, record in known["children"].items()}
        found = {name: identity for name, identity in children.items() if identity}
        return SiteRecord(str(known["address"]), Identity.read(known["supervisor"]), found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return SiteRecord()


def write(home: Path, record: SiteRecord) -> None:
    fresh = _path(home).with_suffix(f".{os.getpid()}")
    known = {
        "address": record.address,
        "supervisor": record.supervisor.as_record() if record.supervisor else None,
        "children": {name: identity.as_record() for name, identity in record.children.items()},
    }
    fresh.write_text(json.dumps(known, indent=1))
    fresh.replace(_path(home))


def take_over(home: Path) -> IO[bytes]:
    """Become the one supervisor of `home` and end what a killed one left. Raises `AlreadyRunning`."""
    lock = (home / "run" / "site.lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        known = read(home)
        who = f" (process {known.supervisor.pid})" if known.supervisor else ""
        raise AlreadyRunning(
            f"The site already runs{who}{f' at {known.address}' if known.address else ''}. "
            "Stop it with Ctrl-C there, or set CLM_HOME to another folder for a second site."
        ) from None
    for identity in read(home).children.values():
        if identity.alive():
            stop(identity, patience=2)
    return lock


def _path(home: Path) -> Path:
    return home / "run" / "site.json"
