"""What the two embedded servers have in common: a folder, a port, a log, and a start that is proven by a connection."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

from clm_site.embedded.account import Account, account_for
from clm_site.embedded.state import EmbeddedError, read, write
from clm_site.processes import Identity, stop

LOG_LIMIT = 10_000_000  # bytes; an older log is kept once as `.1`
# The server must not be our child: dead and not yet reaped, it would still hold its lock in the eyes of the next start.
ORPHANED = 'exec 3<&0; "$@" <&3 3<&- >&2 & echo $!'


class Server(ABC):
    """One server under one home. Subclasses name the binary, make the data, and ask whether it is well."""

    name: str
    stop_signal = signal.SIGTERM
    start_patience = 60.0  # seconds; PostgreSQL may replay its log after a crash

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder, self.data = self._folders()
        self.log = home / "log" / f"{self.name}.log"

    def _folders(self) -> tuple[Path, Path]:
        """The folder that is ours, and the one in it where the server works."""
        return self.home / self.name, self.home / self.name

    @abstractmethod
    def binary(self) -> Path:
        """The program to run."""

    @abstractmethod
    def command(self, port: int) -> list[str]:
        """The program with its arguments, to serve on `port`."""

    def standard_input(self) -> bytes:
        return b""

    def prepare_data(self, account: Account) -> None:  # noqa: B027 (not every server has something to do)
        """Make the data folder when there is none; repair what a crash left."""

    @abstractmethod
    def healthy(self) -> bool:
        """Whether a server that holds *our* data answers on the recorded port."""

    def after_start(self) -> None:  # noqa: B027
        """Bring the content up to what the site expects; every start, so it must be quick and repeatable."""

    @property
    def port(self) -> int:
        return int(read(self.home).get(self.name, {}).get("port", 0))

    @property
    def process(self) -> Identity | None:
        return Identity.read(read(self.home).get(self.name))

    def start(self) -> None:
        """Start, or adopt what already runs. Call with the start lock held. Raises `EmbeddedError`."""
        process = self.process
        if process and process.alive():
            if self.healthy() or self._well_after(process):
                return
            stop(process, first=self.stop_signal)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        account = account_for(self.folder, binary=self.binary())
        self._end_strays()
        self.prepare_data(account)
        port = self.port if _free(self.port) else _choose_port()
        process = self._launch(account, port)
        if not self._well_after(process):
            stop(process, first=self.stop_signal, patience=3)
            raise EmbeddedError(f"{self.name} did not start. The end of {self.log}:\n{self._tail()}")
        self.after_start()

    def stop(self) -> None:
        if process := self.process:
            stop(process, first=self.stop_signal, patience=20)

    def _end_strays(self) -> None:
        """Stop a server that works on our data but is not in our record: two would destroy it."""
        end = time.monotonic() + 10
        while strays := _processes_in(self.data):
            for pid, parent in strays.items():
                if parent not in strays and (stray := Identity.of(pid)):
                    stop(stray, first=self.stop_signal)
            if time.monotonic() > end:
                raise EmbeddedError(f"Process {min(strays)} works on {self.data} and does not stop. End it first.")
            time.sleep(0.05)  # the children of a killed server notice and leave within moments

    def _launch(self, account: Account, port: int) -> Identity:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with (
            self.log.open("ab") as log,
            subprocess.Popen(
                ["/bin/sh", "-c", ORPHANED, "sh", *account.prefix, *self.command(port)],
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,  # a Ctrl-C in the terminal is for the site, not for its stores
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                **account.options(),
            ) as shell,
        ):
            said, _nothing = shell.communicate(self.standard_input())
        pid = int(said or 0)
        identity = Identity.of(pid) or Identity(pid, "ended at once")
        write(self.home, {**read(self.home), self.name: {"port": port, **identity.as_record()}})
        return identity

    def _well_after(self, process: Identity) -> bool:
        end = time.monotonic() + self.start_patience
        while process.alive() and time.monotonic() < end:
            if self.healthy():
                return True
            time.sleep(0.03)
        return False

    def _tail(self, lines: int = 8) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else "(empty)"


def _processes_in(folder: Path) -> dict[int, int]:
    """Processes (with their parents) whose working directory is `folder`, as each of our servers' is its data."""
    import psutil

    found = {}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.cwd() == str(folder):
                found[process.pid] = process.ppid()
    return found


def _free(port: int) -> bool:
    if not port:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _choose_port() -> int:
    # Below the ranges from which systems take ports for outgoing connections, so it is still free at the next start.
    for _ in range(200):
        port = random.randint(20_000, 29_999)  # noqa: S311 (not a secret)
        if _free(port):
            return port
    raise EmbeddedError("No free port between 20000 and 29999 on 127.0.0.1.")
