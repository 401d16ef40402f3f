"""As whom the servers run: PostgreSQL refuses root, so root lends it an unprivileged account and nothing else.

No parent folder is ever opened up: where the account cannot pass through them (a checkout under a 0700 folder), the
server keeps one capability, CAP_DAC_READ_SEARCH, as an ambient one (capabilities(7)).
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from clm_site.embedded.state import EmbeddedError

# The second is for containers, whose default set lacks the first.
CAPABILITIES = ("dac_read_search", "dac_override")


@dataclass(frozen=True)
class Account:
    """How to start a command: an account to change to (None: stay who we are) and words to put before it."""

    uid: int | None = None
    gid: int | None = None
    prefix: tuple[str, ...] = ()

    def options(self) -> dict[str, object]:
        """Keyword arguments for `subprocess`; empty when `prefix` does the change."""
        if self.uid is None or self.prefix:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.uid is not None:
            os.chown(path, self.uid, self.gid if self.gid is not None else -1)


def account_for(folder: Path, *, binary: Path) -> Account:
    """The account that runs `binary` on `folder` (which exists). Raises `EmbeddedError` when there is none that can."""
    owner = folder.stat()
    if os.geteuid() != 0:
        if owner.st_uid != os.geteuid():
            raise EmbeddedError(
                f"{folder} belongs to {_name(owner.st_uid)}: the site was first started by somebody else. "
                f"Start it as before, or take the folder: sudo chown -R {_name(os.geteuid())} {folder.parent}"
            )
        return Account()
    if owner.st_uid == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        owner = folder.stat()
    plain = Account(owner.st_uid, owner.st_gid)
    candidates = [plain]
    if setpriv := shutil.which("setpriv"):
        # With no_setuid_fixup access(2), with which initdb looks for its parts, counts capabilities as open(2) does.
        # Nothing else is kept: an exec leaves an ordinary user only the ambient ones.
        change = (setpriv, "--securebits=+no_setuid_fixup", f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}")
        for cap in CAPABILITIES:
            prefix = (*change, "--clear-groups", f"--inh-caps=+{cap}", f"--ambient-caps=+{cap}", "--")
            candidates.append(Account(owner.st_uid, owner.st_gid, prefix))
    for candidate in candidates:
        if _reaches(candidate, binary, folder):
            return candidate
    raise EmbeddedError(
        f"Started by root, the servers run as {_name(owner.st_uid)}, who cannot reach {folder} or {binary}. "
        "Put the checkout where everybody may enter (such as /srv or /opt), set CLM_HOME to such a folder, "
        "or start the site as an ordinary user."
    )


def _reaches(account: Account, binary: Path, folder: Path) -> bool:
    probe = ["/bin/sh", "-c", 'test -x "$1" && "$1" --version && cd "$2" && test -w .', "sh", str(binary), str(folder)]
    done = subprocess.run(
        [*account.prefix, *probe], cwd="/", check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        **account.options(),
    )  # fmt: skip
    return done.returncode == 0


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
