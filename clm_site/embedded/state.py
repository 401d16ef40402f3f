"""What is known about the embedded servers between two commands: ports and processes, in `run/services.json`.

Read by the settings of every process, so it imports nothing heavy.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clm_site.secret_store import secret

NAMES = ("postgres", "redis")
DATABASE = "clm"
ROLE = "clm"


class EmbeddedError(RuntimeError):
    """An embedded server cannot run here; the message says why and what to do."""


@dataclass(frozen=True)
class Urls:
    database_url: str
    redis_url: str


def recorded(home: Path) -> Urls:
    """The addresses of the servers under `home`, whether they run or not.

    Before the first start the port is 1, where nothing listens: a command that needs no store still loads its settings.
    """
    known = read(home)
    postgres, redis = (known.get(name, {}).get("port", 1) for name in ("postgres", "redis"))
    if not known:
        return Urls(f"postgres://{ROLE}@127.0.0.1:{postgres}/{DATABASE}", f"redis://127.0.0.1:{redis}/0")
    return Urls(
        f"postgres://{ROLE}:{secret(home, 'postgres')}@127.0.0.1:{postgres}/{DATABASE}",
        f"redis://:{secret(home, 'redis')}@127.0.0.1:{redis}/0",
    )


def read(home: Path) -> dict[str, Any]:
    try:
        known = json.loads((home / "run" / "services.json").read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def write(home: Path, known: dict[str, Any]) -> None:
    """Replace the record in one step, so that a reader never sees half of it. Call with the start lock held."""
    path = home / "run" / "services.json"
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(known, indent=1))
    fresh.replace(path)
