"""Something made of the whole library, kept in this process and made anew when the library's log has grown."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from patterns.models import LibraryChange
from patterns.queries.library import library_state

Value = TypeVar("Value")
AGE = 30.0  # seconds after which the log is counted too: a slow transaction's change has an older id


class Kept(Generic[Value]):
    """What `make` returns for the library as it is now. One small query while the library stays as it is."""

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._value: Value | None = None
        self._newest, self._count, self._counted_at = -1, -1, 0.0

    def get(self, *, newest: int | None = None) -> Value:
        """Return it as the library is now. While another thread makes it anew, the last one: nobody waits for that.

        `newest` is the number of the library's newest change, for who has just read it.
        """
        if self._fresh(newest):
            return self._value
        last = self._value
        if not self._lock.acquire(blocking=last is None):
            return last
        try:
            if not self._fresh(None):
                newest, count = library_state(), LibraryChange.objects.count()
                self._value = self._make()
                self._newest, self._count, self._counted_at = newest, count, time.monotonic()
            return self._value
        finally:
            self._lock.release()

    def forget(self) -> None:
        """Make it anew when it is asked for next."""
        self._value = None

    def _fresh(self, newest: int | None) -> bool:
        """The log is only ever added to: the same newest line and the same number of lines are the same library."""
        if self._value is None or self._newest != (library_state() if newest is None else newest):
            return False
        if time.monotonic() - self._counted_at > AGE:
            if LibraryChange.objects.count() != self._count:
                return False
            self._counted_at = time.monotonic()
        return True
