"""How quickly something goes and how long the rest will take, by the last minutes and not by the whole run. Pure."""

import time
from collections import deque
from collections.abc import Callable

WINDOW = 120.0  # seconds looked back: a load that came or went is noticed, a slow batch is not
SHORTEST = 2.0  # seconds before anything is said


class Pace:
    """Told what got done and when; `clock` gives seconds."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._done = 0
        self._marks: deque[tuple[float, int]] = deque([(clock(), 0)])

    def note(self, done: int) -> None:
        """`done` more are done now."""
        self._done += done
        now = self._clock()
        self._marks.append((now, self._done))
        while len(self._marks) > 2 and self._marks[1][0] <= now - WINDOW:
            self._marks.popleft()

    def rate(self) -> float:
        """How many a second; 0 before there is anything to go by."""
        (begun, before), (last, after) = self._marks[0], self._marks[-1]
        return (after - before) / (last - begun) if last - begun >= SHORTEST else 0.0

    def seconds_left(self, left: int) -> int | None:
        """Seconds that `left` more will take at this pace; None where nothing can be said yet."""
        rate = self.rate()
        return round(left / rate) if rate > 0 else None


def said(seconds: int) -> str:
    """`seconds` as a person says it: 40 seconds, 12 minutes, 2 hours 5 minutes."""
    if seconds < 100:
        return _counted(max(1, seconds), "second")
    minutes = round(seconds / 60)
    if minutes < 100:
        return _counted(minutes, "minute")
    hours, minutes = divmod(minutes, 60)
    return _counted(hours, "hour") + (f" {_counted(minutes, 'minute')}" if minutes else "")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
