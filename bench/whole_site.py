"""A site with all its processes for one benchmark, as `make up` starts it, on a home of its own."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(http://[^/\s]+)/sign-in/")
PATIENCE = 300.0


@dataclass(frozen=True)
class WholeSite:
    """A running site: its address, its home, and the environment of its commands."""

    address: str
    home: Path
    environment: Mapping[str, str]

    def shell(self, program: str) -> str:
        """Run `program` in the site's Python and return what it prints last."""
        command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", program]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return (done.stdout.strip().splitlines() or [""])[-1]

    def wait_for_workers(self) -> None:
        """Return when every worker answers and everything there is has its vector."""
        command = [sys.executable, "manage.py", "doctor", "--json"]
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            said = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
            findings = json.loads(said.stdout or "{}").get("findings", [])
            if any(one["check"] == "workers" and one["level"] == "fine" for one in findings) and not self.unembedded():
                return
            time.sleep(2)
        raise TimeoutError(f"The workers were not ready within {PATIENCE:.0f} s.")

    def unembedded(self) -> int:
        """How many passages have no vector yet."""
        count = "from inference.models import Passage; print(Passage.objects.filter(embedding=None).count())"
        return int(self.shell(count))


@contextlib.contextmanager
def whole_site(**settings: str) -> Iterator[WholeSite]:
    """Start a site with these settings, wait for its address, and stop it as Ctrl-C would."""
    with tempfile.TemporaryDirectory(prefix="clm-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # PostgreSQL runs as another user when this one is root
        theirs = {name: text for name, text in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        environment = theirs | {"CLM_HOME": folder} | settings
        output = home / "bench.out"
        with output.open("wb") as out:
            supervisor = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", "auto", "--no-llama"],
                cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            end = time.monotonic() + PATIENCE
            while not (found := LINK.search(output.read_text(errors="replace"))):
                if supervisor.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"The site did not start:\n{output.read_text(errors='replace')[-3000:]}")
                time.sleep(0.1)
            yield WholeSite(found[1], home, environment)
        finally:
            supervisor.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                supervisor.wait(timeout=30)
            supervisor.kill()
