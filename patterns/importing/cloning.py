"""Fetch a git repository a stranger may have named: no inward address, no prompt, no hook, no link, no waiting.

The options follow git's own notes on untrusted repositories (https://git-scm.com/docs/git#_security).
"""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies

from patterns import egress

CLONE_SECONDS = 300
ANSWER_SECONDS = 10
PORTS = {"http": 80, "https": 443, "ssh": 22, "git": 9418}
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "GIT_SSH_COMMAND": f"ssh -o BatchMode=yes -o ConnectTimeout={ANSWER_SECONDS}",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ALLOW_PROTOCOL": ":".join(PORTS),
    "GIT_LFS_SKIP_SMUDGE": "1",
    "LC_ALL": "C",
}
_SAFE = (
    f"core.hooksPath={os.devnull}", "core.symlinks=false", "core.fsmonitor=false", "http.followRedirects=false",
    "http.lowSpeedLimit=1000", "http.lowSpeedTime=30", "transfer.fsckObjects=true",
)  # fmt: skip


class CloneError(ValueError):
    """The repository was not fetched; the message is a plain sentence for the operator."""


def clone(url: str, folder: Path) -> Path:
    """Fetch the newest state of `url` into `folder`. Raises `CloneError` for whatever goes wrong."""
    parts = urlsplit(url)
    shown = without_secrets(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise CloneError(f"“{shown}” is not an address git can fetch by http, https, ssh or git.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    try:
        checked = egress.check_url(f"https://{host}/")
        port = parts.port or PORTS[parts.scheme]
    except ValueError as refusal:
        raise CloneError(f"“{shown}” is not fetched. {refusal}") from refusal
    if not shutil.which("git"):
        raise CloneError("git is not installed here. Download the library and give the folder it is in.")
    proxied = parts.scheme in getproxies()
    if not proxied and not _answers(checked.addresses, port):
        raise CloneError(f"“{shown}” does not answer. Check the address, or download the library and give its folder.")
    pin = () if proxied else _pin(parts, port, checked.addresses)
    return fetch_repository(url, folder, settings=pin)


def fetch_repository(url: str, folder: Path, *, settings: Sequence[str] = ()) -> Path:
    """Run git for an address that was checked; nothing the repository brings is run or followed."""
    options = [word for setting in (*_SAFE, *settings) for word in ("-c", setting)]
    command = ["git", *options, "clone", "--quiet", "--depth", "1", "--single-branch", "--no-tags",
               "--no-recurse-submodules", "--template=", "--", url, str(folder)]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _QUIET
    shown = without_secrets(url)
    try:
        subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=CLONE_SECONDS, check=True
        )
    except subprocess.TimeoutExpired as late:
        raise CloneError(f"“{shown}” took longer than {CLONE_SECONDS} s. Try again, or give a folder.") from late
    except subprocess.CalledProcessError as failure:
        said = without_secrets(failure.stderr.decode("utf-8", "replace")).strip().splitlines()
        reason = said[-1][:300] if said else f"git ended with status {failure.returncode}"
        raise CloneError(f"“{shown}” could not be fetched: {reason}") from failure
    return folder


def without_secrets(text: str) -> str:
    """Return `text` with no user name or password left in its addresses."""
    return re.sub(r"//[^/@\s]+@", "//", text)


def _answers(addresses: Sequence[str], port: int) -> bool:
    for address in addresses:
        try:
            socket.create_connection((address, port), timeout=ANSWER_SECONDS).close()
        except OSError:
            continue
        return True
    return False


def _pin(parts: SplitResult, port: int, addresses: Sequence[str]) -> tuple[str, ...]:
    """Tie git's own look-up of the name to the addresses that were checked; ssh and git:// offer no such option."""
    if parts.scheme not in {"http", "https"} or not addresses:
        return ()
    listed = ",".join(f"[{address}]" if ":" in address else address for address in addresses)
    return (f"http.curloptResolve={parts.hostname}:{port}:{listed}",)
