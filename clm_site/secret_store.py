"""First-run secrets, made once into CLM_HOME and readable by their owner alone: nothing secret is ever shipped."""

import fcntl
import json
import os
import secrets
from pathlib import Path


def secret(home: Path, name: str) -> str:
    """The secret called `name`, made on first use. Safe when several processes start at once."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "secrets.json"
    with (home / ".secrets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = json.loads(path.read_text()) if path.exists() else {}
        if name not in known:
            known[name] = secrets.token_urlsafe(48)
            fresh = path.with_suffix(".new")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(known, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            if os.geteuid() == 0:  # a file root adds to stays readable for the ordinary user whose home this is
                owner = home.stat()
                os.chown(fresh, owner.st_uid, owner.st_gid)
            fresh.replace(path)
        return known[name]
