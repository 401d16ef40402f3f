"""Mails of a site without a mail server: files that only the site's own account on this machine can read.

They hold links that open accounts, so they stand in no log, no queue and no database, and are gone after a day.
"""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KeptMail:
    """One mail as it would have gone out."""

    path: Path
    at: datetime
    to: tuple[str, ...]
    subject: str
    body: str

    @property
    def recipients(self) -> str:
        return ", ".join(self.to)


def folder() -> Path:
    """Where the mails lie, made for its owner alone, whoever made it before."""
    home = Path(settings.CLM_HOME)
    path = home / "mail"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    _give_to_owner_of(home, path)
    return path


def keep(to: Iterable[str], *, subject: str, body: str) -> Path:
    """Keep one mail; a reader never meets half of one."""
    path = folder() / f"{timezone.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.json"
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"to": list(to), "subject": subject, "body": body}, file, ensure_ascii=False)
    _give_to_owner_of(path.parent, fresh)
    fresh.replace(path)
    return path


def kept() -> list[KeptMail]:
    """Every mail of the last day, the newest first."""
    since = timezone.now() - KEPT
    found = (_read(path) for path in sorted(folder().glob("*.json"), reverse=True))
    return [mail for mail in found if mail is not None and mail.at >= since]


def kept_for(addresses: Iterable[str]) -> list[KeptMail]:
    """The mails to one of these addresses, however they are written."""
    theirs = {address.casefold() for address in addresses}
    return [mail for mail in kept() if theirs & {one.casefold() for one in mail.to}]


def forget(mails: Iterable[KeptMail]) -> int:
    """Delete these mails; returns how many."""
    count = 0
    for mail in mails:
        mail.path.unlink(missing_ok=True)
        count += 1
    return count


def forget_old() -> int:
    """Delete whatever lies there for more than a day, whole or not; returns how many."""
    ended, count = (timezone.now() - KEPT).timestamp(), 0
    for path in folder().iterdir():
        try:
            if path.stat().st_mtime < ended:
                path.unlink()
                count += 1
        except FileNotFoundError:
            continue  # somebody else was faster
    return count


def _read(path: Path) -> KeptMail | None:
    """The mail in a file, or None where it went meanwhile or is none of ours."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        return KeptMail(path, at, tuple(map(str, said["to"])), str(said["subject"]), str(said["body"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _give_to_owner_of(home: Path, path: Path) -> None:
    """What root makes stays readable for the ordinary user whose home this is."""
    if os.geteuid() == 0:
        owner = home.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
