"""Every way a site is hurt here, by name, each as a block: it strikes when the block begins."""

import contextlib
import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tests.campaign.house import House, kill
from tests.factories.generators import Slow


@dataclass(frozen=True)
class Fault:
    """`strike(house)` is the block. `asked_within`: the questions are asked inside it, not before."""

    name: str
    strike: Callable[[House], AbstractContextManager[None]]
    asked_within: bool = False
    question: str = "What is steward ownership?"
    fails: bool = False  # every answer is expected to fail in words


def _at_once(act: Callable[[House], None]) -> Callable[[House], AbstractContextManager[None]]:
    @contextlib.contextmanager
    def strike(house: House) -> Iterator[None]:
        act(house)
        yield

    return strike


def _wipe(house: House) -> None:
    with house.redis() as client:
        client.flushall()


@contextlib.contextmanager
def _web_dies_while_asked(house: House) -> Iterator[None]:
    timer = threading.Timer(random.uniform(0.0, 0.4), lambda: kill(house.child("web")))
    timer.start()
    yield
    timer.join()


FAULTS = {
    "child": Fault("kill -9 of the process that writes", _at_once(lambda house: kill(house.writer()))),
    "worker": Fault("kill -9 of the answering worker", _at_once(lambda house: kill(house.child("answers")))),
    "term": Fault(
        "SIGTERM to the answering worker", _at_once(lambda house: kill(house.child("answers"), number=signal.SIGTERM))
    ),
    "redis": Fault("kill -9 of Redis", _at_once(lambda house: kill(house.store("redis")))),
    "wipe": Fault("Redis wiped (FLUSHALL)", _at_once(_wipe)),
    "postgres": Fault(
        "PostgreSQL stopped at once (immediate)",
        _at_once(lambda house: kill(house.store("postgres"), number=signal.SIGQUIT)),
    ),
    "web": Fault("kill -9 of the web process while people ask", _web_dies_while_asked, asked_within=True),
    "down": Fault("asked while Redis is down", lambda house: house.without_redis(), asked_within=True),
    "supervisor": Fault("kill -9 of the supervisor, then the next start", _at_once(House.kill_supervisor)),
    "poison": Fault(
        "a question that kills its worker each time",
        lambda _house: contextlib.nullcontext(),
        asked_within=True,
        question=f"What is steward ownership? {Slow.POISON}",
        fails=True,
    ),
}
