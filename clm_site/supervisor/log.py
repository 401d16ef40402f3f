"""One log for everything the site says: each line with its process, on the terminal and in a rotated file."""

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

SIZE = 10_000_000  # bytes of one file
KEPT = 5


class SiteLog:
    """Takes lines from many threads; a terminal that went away silences only the terminal."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = RotatingFileHandler(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8")
        self._file.setFormatter(logging.Formatter("%(asctime)s %(name)-11s | %(message)s", "%Y-%m-%d %H:%M:%S"))
        self._lock = threading.Lock()

    def line(self, name: str, text: str) -> None:
        text = text.rstrip()
        if not text:
            return
        with self._lock:
            self._file.handle(logging.LogRecord(name, logging.INFO, "", 0, text, None, None))
            self._show(f"{name:11} | {text}")

    def say(self, text: str, *, file: bool = True) -> None:
        """A sentence of the supervisor itself. With `file` off it is only shown: the sign-in link is kept nowhere."""
        if file:
            self.line("site", text)
        else:
            self._show(text)

    def follow(self, name: str, stream: IO[str]) -> threading.Thread:
        """Copy a child's lines until it ends."""

        def copy() -> None:
            for text in stream:
                self.line(name, text)

        thread = threading.Thread(target=copy, name=f"log-{name}", daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        self._file.close()

    @staticmethod
    def _show(text: str) -> None:
        try:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
        except (OSError, ValueError):
            pass
