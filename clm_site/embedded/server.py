"""What the two embedded servers have in common: a folder, a port, a log, and a start that is proven by a connection."""

import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path

from clm_site.embedded.account import Account, account_for
from clm_site.embedded.state import EmbeddedError, read, write
from clm_site.processes import Identity, stop

LOG_LIMIT = 10_000_000  # bytes; an older log is kept once as `.1`
_started_here: list[subprocess.Popen[bytes]] = []  # keeps Popen objects, so that an ended child can be reaped


class Server:
    """One server under one home. Subclasses name the binary, make the data, and ask whether it is well."""

    name: str
    stop_signal = signal.SIGTERM
    start_patience = 60.0  # seconds; PostgreSQL may replay its log after a crash

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / self._folder_name()
        self.log = home / "log" / f"{self.name}.log"

    def _folder_name(self) -> str:
        return self.name

    def binary(self) -> Path:
        raise NotImplementedError

    def command(self, port: int) -> list[str]:
        raise NotImplementedError

    def standard_input(self) -> bytes:
        return b""

    def prepare_data(self, account: Account) -> None:
        """Make the data folder when there is none; repair what a crash left."""

    def healthy(self) -> bool:
        """Whether a server that holds *our* data answers on the recorded port."""
        raise NotImplementedError

    def after_start(self) -> None:
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
        for child in _started_here:
            child.poll()

    def _launch(self, account: Account, port: int) -> Identity:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                [*account.prefix, *self.command(port)],
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl-C in the terminal is for the site, not for its stores
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                **account.options(),
            )
        _started_here.append(child)
        if child.stdin:
            child.stdin.write(self.standard_input())
            child.stdin.close()
        identity = Identity.of(child.pid) or Identity(child.pid, "gone")
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
