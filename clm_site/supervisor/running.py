"""The loop of the one parent: start in order, tend what ends, notice what hangs, stop everything within ten seconds."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from clm_site.processes import Identity
from clm_site.supervisor.child import Child
from clm_site.supervisor.log import SiteLog
from clm_site.supervisor.programs import Program, web
from clm_site.supervisor.record import SiteRecord, write

STOP_PATIENCE = 5.0  # seconds for all children together before they are killed
FIRST_PAGE_PATIENCE = 120.0  # seconds; a small machine with other work on it was seen to take more than sixty
STEP = 0.2


class Supervisor:
    """`between` is called about once a second while all runs (it revives services, watches workers)."""

    def __init__(
        self,
        *,
        home: Path,
        directory: Path,
        sock: socket.socket,
        address: str,
        log: SiteLog,
        between: Callable[["Supervisor"], None] = lambda _site: None,
    ) -> None:
        self.home = home
        self.log = log
        self.address = address
        self.children: dict[str, Child] = {}
        self.stopping = False
        self._directory = directory
        self._sock = sock
        self._between = between

    def heed_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_soon)

    def add(self, program: Program) -> Child:
        keep = (self._sock.fileno(),) if program.name == "web" else ()
        child = Child(program, self.log, directory=self._directory, keep_fds=keep)
        self.children[program.name] = child
        child.start()
        self.remember()
        return child

    def start_web(self) -> bool:
        """Start the web process and wait until its health address answers; False when it did not or we must stop."""
        child = self.add(web(self._sock.fileno()))
        end = time.monotonic() + FIRST_PAGE_PATIENCE
        while not self.stopping and time.monotonic() < end:
            if answers(self.address):
                return True
            if not child.running and child.tend():
                self.remember()
            time.sleep(0.05)
        return False

    def run(self) -> None:
        """Tend the children until a signal says stop."""
        next_look = time.monotonic() + 1
        while not self.stopping:
            started_again = [child for child in self.children.values() if child.tend()]
            if started_again:
                self.remember()
            if time.monotonic() >= next_look:
                self._between(self)
                next_look = time.monotonic() + 1
            time.sleep(STEP)

    def stop(self) -> None:
        """End every child: asked first, killed after `STOP_PATIENCE`, with everything each of them made."""
        self.stopping = True
        self._sock.close()
        for child in self.children.values():
            child.ask_to_stop()
        end = time.monotonic() + STOP_PATIENCE
        while time.monotonic() < end and any(child.running for child in self.children.values()):
            time.sleep(0.05)
        for name, child in self.children.items():
            if child.running:
                self.log.say(f"{name} was still busy and is killed; what it did is taken up again at the next start.")
            child.clear_group()
        write(self.home, SiteRecord())

    def remember(self) -> None:
        children = {name: child.identity for name, child in self.children.items() if child.identity}
        me = Identity.of(os.getpid())
        write(self.home, SiteRecord(self.address, me, children))

    def _stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        if self.stopping:  # asked twice: no more waiting
            for child in self.children.values():
                child.clear_group()
        self.stopping = True


def answers(address: str, *, timeout: float = 1.0) -> bool:
    """Whether the health address of the site says it is alive."""
    try:
        with urllib.request.urlopen(f"{address}/health/", timeout=timeout) as response:  # noqa: S310 (our own address)
            return response.status == 200
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500  # such as 400 where ALLOWED_HOSTS does not name this machine: alive all the same
    except (urllib.error.URLError, OSError):
        return False
