"""Turn what an operator typed, a folder or a git address, into a folder to read."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import slugify

CLONE_SECONDS = 300
_SCP = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?!/|\\)(?P<path>\S+)\Z")
_SCHEMES = ("http", "https", "ssh", "git")
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=15",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ALLOW_PROTOCOL": ":".join(_SCHEMES),
    "GIT_LFS_SKIP_SMUDGE": "1",
    "LC_ALL": "C",
}
_SAFE = (
    "-c", "core.hooksPath=" + os.devnull, "-c", "core.symlinks=false", "-c", "http.followRedirects=false",
    "-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30", "-c", "transfer.fsckObjects=true",
    "-c", "protocol.allow=user",
)  # fmt: skip


class SourceError(ValueError):
    """The source cannot be read; the message is a plain sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Source:
    """A folder to read, what to call its library, and how to say where it came from."""

    root: Path
    slug: str
    address: str


@contextlib.contextmanager
def opened(source: str | Path) -> Iterator[Source]:
    """Yield the folder of `source`; a clone is deleted afterwards. Raises `SourceError`."""
    text = str(source)
    if url := git_url(text):
        with tempfile.TemporaryDirectory(prefix="clm-import-") as folder:
            yield Source(clone(url, Path(folder) / "library"), _slug(_last_part(text)), _without_secrets(url))
        return
    root = Path(text).expanduser()
    if not root.exists():
        raise SourceError(f"There is nothing at “{text}”. Give the folder of a library, or its git address.")
    if not root.is_dir():
        raise SourceError(f"“{text}” is a file. Give the folder of a library, or its git address.")
    starter = root.resolve() == Path(settings.STARTER_LIBRARY).resolve()
    yield Source(root, "starter" if starter else _slug(root.resolve().name), root.resolve().name)


def git_url(text: str) -> str:
    """Return the URL when `text` is a git address, and nothing when it is a path."""
    if "://" in text:
        return text
    match = _SCP.match(text)
    if match and not Path(text).exists():
        return f"ssh://{text.rsplit(':', 1)[0]}/{match['path']}"
    return ""


def clone(url: str, folder: Path) -> Path:
    """Fetch the newest state of `url` into `folder`, running nothing it brings and asking nobody anything."""
    from patterns import egress

    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise SourceError(f"“{_without_secrets(url)}” is not an address git can fetch by http, https, ssh or git.")
    try:
        egress.check_url(f"https://{_host(parts.hostname)}/")
    except ValueError as refusal:
        raise SourceError(f"“{_without_secrets(url)}” is not fetched: {refusal}") from refusal
    if not shutil.which("git"):
        raise SourceError("git is not installed here. Download the library and give the folder it is in.")
    command = ["git", *_SAFE, "clone", "--quiet", "--depth", "1", "--single-branch", "--no-tags",
               "--no-recurse-submodules", "--template=", "--", url, str(folder)]  # fmt: skip
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | _QUIET
    try:
        subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=CLONE_SECONDS, check=True
        )
    except subprocess.TimeoutExpired as late:
        raise SourceError(
            f"“{_without_secrets(url)}” did not finish within {CLONE_SECONDS} s. Try again, or give a folder."
        ) from late
    except subprocess.CalledProcessError as failure:
        said = failure.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = re.sub(r"//[^/@\s]+@", "//", said[-1]) if said else f"git ended with status {failure.returncode}"
        raise SourceError(f"“{_without_secrets(url)}” could not be fetched: {reason[:300]}") from failure
    return folder


def _host(hostname: str) -> str:
    return f"[{hostname}]" if ":" in hostname else hostname


def _without_secrets(url: str) -> str:
    return re.sub(r"//[^/@]+@", "//", url)


def _last_part(text: str) -> str:
    """Return what names the library in an address: owner and repository where both are there."""
    parts = [part for part in re.split(r"[/:]", text.rstrip("/").removesuffix(".git")) if part]
    return parts[-1] if parts else "library"


def _slug(name: str) -> str:
    return slugify(name)[:80] or "library"
