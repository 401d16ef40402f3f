"""One supervised process: started, watched, started again after a pause that grows, and stopped with all it made."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from clm_site.processes import Identity
from clm_site.supervisor.log import SiteLog
from clm_site.supervisor.programs import Program

SETTLED = 60.0  # seconds of life after which an end counts as the first again
LONGEST_PAUSE = 30.0


class Child:
    def __init__(self, program: Program, log: SiteLog, *, directory: Path, keep_fds: tuple[int, ...] = ()) -> None:
        self.program = program
        self._log = log
        self._directory = directory
        self._keep_fds = keep_fds
        self._process: subprocess.Popen[str] | None = None
        self._identity: Identity | None = None
        self._started = 0.0
        self._failures = 0
        self._not_before = 0.0

    @property
    def identity(self) -> Identity | None:
        return self._identity

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def age(self) -> float:
        return time.monotonic() - self._started if self.running else 0.0

    def start(self) -> None:
        """Call from the main thread: the kernel ties the child's life to the thread that made it."""
        self._started = time.monotonic()
        separate = self.program.log.open("ab") if self.program.log else None
        launcher = [sys.executable, "-m", "clm_site.supervisor.launch", str(os.getpid()), str(self.program.niceness)]
        self._process = subprocess.Popen(
            [*launcher, *self.program.command],
            cwd=self._directory,
            stdin=subprocess.DEVNULL,
            stdout=separate or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=None if separate else True,
            errors=None if separate else "replace",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            pass_fds=self._keep_fds,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which then stops everything in order
        )
        self._identity = Identity.of(self._process.pid)
        if separate:
            separate.close()
        elif self._process.stdout:
            self._log.follow(self.program.name, self._process.stdout)

    def tend(self) -> bool:
        """Start again what ended, when its pause is over; True when it was started."""
        if self._process is None or self.running or self.program.once:
            return False
        now = time.monotonic()
        if not self._not_before:
            self._failures = 1 if now - self._started > SETTLED else self._failures + 1
            pause = min(LONGEST_PAUSE, 2.0 ** (self._failures - 1))
            self._not_before = now + pause
            self.clear_group()
            self._log.say(f"{self.program.name} ended ({self._ending()}); it starts again in {pause:.0f} s.")
        if now < self._not_before:
            return False
        self._not_before = 0.0
        self.start()
        return True

    @property
    def ended_well(self) -> bool | None:
        """For programs that end by themselves: None while running."""
        code = self._process.poll() if self._process else None
        return None if code is None else code == 0

    def ask_to_stop(self) -> None:
        if self.running and self._process:
            self._process.terminate()

    def clear_group(self) -> None:
        """Kill what is left of the process and of everything it made (they share a session of their own)."""
        if self._process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=2)

    def restart(self) -> None:
        """Stop and start at once, as after an upgrade of a library it loads."""
        self.ask_to_stop()
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=5)
        self.clear_group()
        self._not_before = 0.0
        self.start()

    def _ending(self) -> str:
        code = self._process.returncode if self._process else 0
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
