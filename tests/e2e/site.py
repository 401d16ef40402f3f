"""A whole site for tests: `manage.py up` on a home of its own, with every process, and a way to run its commands."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from clm_site.supervisor.listening import address_of, listen
from clm_site.supervisor.running import answers
from tests.e2e.warm import Warm

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"(http://[^/\s]+)(/sign-in/\S+)")


@dataclass(frozen=True)
class Site:
    """A running site. `sign_in_link` works once; `settings` are those it was started with.

    With `warm`, its commands come from one process that has loaded Django (tests/e2e/warm.py).
    """

    address: str
    sign_in_link: str
    home: Path
    supervisor: subprocess.Popen[bytes]
    settings: Mapping[str, str] = field(default_factory=dict)
    warm: Warm | None = None

    def manage(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a manage.py command on this site's data."""
        if self.warm:
            return self.warm.run(arguments, timeout=timeout)
        return subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(self.home) | self.settings,
            timeout=timeout, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def fresh_link(self, email: str = "") -> str:
        """Another one-time sign-in link, for `email` or the first moderator."""
        done = self.manage("sign_in_link", *([email] if email else []))
        assert done.returncode == 0, done.stderr
        return f"{self.address}{LINK.search(done.stdout)[2]}"

    def log(self) -> str:
        return (self.home / "log" / "clm.log").read_text(errors="replace")

    def wait_for_workers(self, seconds: float = 240) -> None:
        """Return when every worker answers; the models are loaded then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            # What they log costs nothing to read; the doctor is only asked when it will say yes.
            if all(f": {name}@clm ready." in self.log() for name in ("interactive", "answers", "bulk")):
                said = json.loads(self.manage("doctor", "--json").stdout or "{}")
                if [row for row in said.get("findings", []) if row["check"] == "workers" and row["level"] == "fine"]:
                    return
            time.sleep(0.2)
        raise AssertionError(f"The workers did not come up in {seconds:g} s:\n{self.log()[-4000:]}")


def environment(home: Path) -> dict[str, str]:
    """The test run's own servers are for the tests in its process; the site has its own."""
    ours = {"DATABASE_URL", "REDIS_URL", "CLM_TEST_DATABASE", "CLM_PUBLIC_URL"}
    # A test fills in a form more quickly than a person, and each test is another person behind one address.
    quick = {"CLM_FORM_SECONDS": "0", "CLM_ADDRESS_SHARE": "1000"}
    return {**{name: value for name, value in os.environ.items() if name not in ours}, **quick, "CLM_HOME": str(home)}


def prepare(home: Path) -> Path:
    """Do what a first start does, for sites whose first start is not looked at (tests/clm_site/test_up.py looks)."""
    done = subprocess.run(
        [sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment(home), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return home


def copy_of(home: Path, folder: Path) -> Path:
    """A home like `home`, on which nothing runs, under `folder`; whose files they are goes along."""
    subprocess.run(["cp", "-a", str(home), str(folder)], check=True)
    return folder / home.name


@contextlib.contextmanager
def running_site(
    home: Path, *options: str, patience: float = 120, settings: Mapping[str, str] | None = None
) -> Iterator[Site]:
    """Start a site under `home`, wait for its address, and stop it as Ctrl-C would. `settings`: more environment."""
    settings = dict(settings or {})
    output = home.parent / f"{home.name}.out"
    with output.open("wb") as out:
        supervisor = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", "auto", "--no-llama", *options], cwd=ROOT,
            env=environment(home) | settings, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        end = time.monotonic() + patience
        while not (found := LINK.search(output.read_text(errors="replace"))):
            if supervisor.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"The site did not start:\n{output.read_text(errors='replace')[-6000:]}")
            time.sleep(0.05)
        yield Site(found[1], found[0], home, supervisor, settings)
    finally:
        if supervisor.poll() is None:
            supervisor.send_signal(signal.SIGINT)
            try:
                supervisor.wait(timeout=30)
            except subprocess.TimeoutExpired:
                supervisor.kill()
                supervisor.wait()


@contextlib.contextmanager
def another_web(site: Site, settings: Mapping[str, str], *, patience: float = 60) -> Iterator[Site]:
    """One more web process on the stores and workers of `site`, at an address and with `settings` of its own."""
    with listen("127.0.0.1", 0, strict=True) as sock:
        address = address_of(sock)
        process = subprocess.Popen(
            [sys.executable, "-m", "clm_site.supervisor.web", "--fd", str(sock.fileno())], cwd=ROOT,
            env=environment(site.home) | {**site.settings, **settings, "CLM_PUBLIC_URL": address},
            stdin=subprocess.DEVNULL, pass_fds=[sock.fileno()],
        )  # fmt: skip
    try:
        end = time.monotonic() + patience
        while not answers(address):
            assert process.poll() is None, "The other web process ended."
            assert time.monotonic() < end, "The other web process did not come up."
            time.sleep(0.05)
        yield replace(site, address=address)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
