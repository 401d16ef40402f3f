"""The site's command line kept warm: one process loads Django once and forks for each command.

A test run gives the site some thirty commands, and most of what each would cost by itself is loading the same modules.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Warm:
    """`run` is what `manage.py` with these arguments does, in a process of its own."""

    process: subprocess.Popen[str]

    def run(self, arguments: tuple[str, ...], *, timeout: float) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory(prefix="clm-said-") as folder:
            said = [Path(folder) / name for name in ("out", "err")]
            self.process.stdin.write(json.dumps({"arguments": arguments, "said": list(map(str, said))}) + "\n")
            self.process.stdin.flush()
            overdue = threading.Timer(timeout, os.killpg, (self.process.pid, signal.SIGKILL))
            overdue.start()
            answer = self.process.stdout.readline()
            overdue.cancel()
            assert answer, f"manage.py {' '.join(arguments)[:200]} took more than {timeout:g} s, or could not be run."
            out, err = (path.read_text(errors="replace") for path in said)
        return subprocess.CompletedProcess(arguments, json.loads(answer), out, err)


@contextlib.contextmanager
def warm(environment: Mapping[str, str]) -> Iterator[Warm]:
    """Keep a command line warm while the block runs. The servers of its site have to run already."""
    process = subprocess.Popen(
        [sys.executable, "-m", __name__], cwd=ROOT, env=dict(environment), stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield Warm(process)
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def serve() -> None:
    """Load what every command loads, then fork for each line that asks for one. No connection is opened before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clm_site.settings")
    import django

    django.setup()
    from clm_site import urls  # noqa: F401 - loads every view, which many commands do to check them

    for line in sys.stdin:
        asked = json.loads(line)
        if (child := os.fork()) == 0:
            _become(asked)
        _pid, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(asked: dict[str, Any]) -> NoReturn:
    """Be manage.py with these arguments: its own files for what it says, nothing to read, its own end."""
    for descriptor, path in zip((1, 2), asked["said"], strict=True):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = ["manage.py", *asked["arguments"]]
    from clm_site.cli import main

    code: Any = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - a process that ends so says why and fails
        sys.excepthook(*sys.exc_info())
        code = 1
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    serve()
