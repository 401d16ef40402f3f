"""The faults of test_faults.py, one after the other in a thread: they mostly wait, while other tests go on."""

import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

from tests.campaign.faults import FAULTS
from tests.campaign.house import House
from tests.campaign.resuming import cut_and_resume
from tests.campaign.rounds import suffer

ANSWERS, CUTS = 3, 12
RESUMING: Final = "resuming"
EVERYTHING: Final = (RESUMING, *FAULTS)
# Short: the campaign waits as long as a real site does, and loads a real embedder.
QUICK: Final = {"CLM_ANSWER_LOST_AFTER": "10", "CLM_EMBEDDER": "tests.factories.embedders.SharedWords"}
PATIENCE = 280  # seconds until one is over; pytest's own limit for a browser test is 300


class Hurting:
    """Begins at once. `found(name)` waits for what became of one, and raises what was raised there."""

    def __init__(self, make_home: Callable[[], Path], names: Collection[str]) -> None:
        self._found: dict[str, Future[Any]] = {name: Future() for name in EVERYTHING if name in names}
        self._enough = False
        self._thread = threading.Thread(target=self._all, args=[make_home], name="faults")
        self._thread.start()

    def found(self, name: str) -> Any:
        return self._found[name].result(timeout=PATIENCE)

    def end(self) -> None:
        """Return when the site is gone; what has not begun is left out."""
        self._enough = True
        self._thread.join()

    def _all(self, make_home: Callable[[], Path]) -> None:
        try:
            with House(make_home(), settings=QUICK) as house:
                for name, future in self._found.items():
                    if self._enough:
                        return
                    _settle(future, lambda name=name: _one(house, name))
        except BaseException as problem:  # noqa: BLE001 - whoever waits for one is told
            for future in self._found.values():
                if not future.done():
                    future.set_exception(problem)


def _one(house: House, name: str) -> Any:
    if name == RESUMING:
        return cut_and_resume(house, cuts=CUTS)
    return suffer(house, FAULTS[name], answers=ANSWERS)


def _settle(future: Future[Any], act: Callable[[], Any]) -> None:
    try:
        future.set_result(act())
    except BaseException as problem:  # noqa: BLE001 - it is raised where the result is asked for
        future.set_exception(problem)
